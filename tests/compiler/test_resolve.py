"""Resolving: names, cards and the title page; what is wrong is said once, with what to type."""

import pytest
from scripts import CAST, compiled, scenes, screenplay

BODY = "INT. KITCHEN - NIGHT\n\nMARA\nHello there.\n\nJONAS\nHello.\n"


def codes(found):
    return [diagnostic.code for diagnostic in found.diagnostics]


def test_an_unknown_name_is_found_once_with_the_nearest_one():
    found = compiled(BODY.replace("MARA", "MRAA"))
    assert codes(found) == ["N0204"]
    diagnostic = found.diagnostics[0]
    assert diagnostic.fix is not None
    assert diagnostic.fix.edits[0].text == "MARA"
    assert len(diagnostic.labels) == 2
    assert found.screenplay is None


def test_a_script_without_cards_casts_itself():
    play = screenplay(BODY, head="Title: Bare\n\n")
    assert [role.name for role in play.roles] == ["Mara", "Jonas"]
    assert len({role.voice.id for role in play.roles}) == 2


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("  portrait: ../secret.png\n", "A0002"),
        ("  portrait: /etc/passwd\n", "A0002"),
        ("  portrait: nowhere.png\n", "A0001"),
        ("  portrait: empty.png\n", "A0004"),
        ("  voice: ambr\n", "V0011"),
        ("  voice: amber, pace 9\n", "V0013"),
        ("  persona: clam\n", "N0220"),
        ("  side: lfet\n", "N0210"),
    ],
)
def test_bad_cards_have_codes(line, code):
    head = CAST.replace("character MARA\n", "character MARA\n" + line).replace(
        "  voice: amber\n", ""
    )
    assert code in codes(compiled(BODY, head=head, files={"empty.png": ""}))


@pytest.mark.parametrize(
    ("line", "code"),
    [
        ("Format: huge", "D0401"),
        ("Format: 99999x10 @ 24", "D0402"),
        ("Loudness: loud", "D0403"),
        ("Captions: sideways", "D0404"),
        ("Disclosure: none", "D0405"),
        ("Look: NOWHERE", "N0401"),
        ("Use: missing.scene", "A0001"),
    ],
)
def test_bad_title_pages_have_codes(line, code):
    head = CAST.replace("Title: Test\n", f"Title: Test\n{line}\n")
    assert code in codes(compiled(BODY, head=head))


def test_cards_come_from_the_files_that_are_used():
    cast = "character MARA\n  voice: amber\n\ncharacter JONAS\n  voice: slate\n"
    play = screenplay(BODY, head="Title: T\nUse: cast.scene\n\n", files={"cast.scene": cast})
    assert {role.id: role.voice.id for role in play.roles} == {"mara": "amber", "jonas": "slate"}


def test_a_bracket_is_never_part_of_the_words():
    body = BODY.replace(
        "Hello there.", "Hello [beat] *my* [#ring] dear [laughs] friend. [looks at JONAS]"
    )
    line = scenes(body)[0].lines[0]
    assert line.words == ("Hello", "my", "dear", "friend.")
    assert [s.kind for s in line.segments] == [
        "words",
        "pause",
        "words",
        "mark",
        "words",
        "vocal",
        "words",
    ]
    assert line.gestures[0].target == "jonas"


def test_a_full_stop_after_emphasis_belongs_to_the_word():
    line = scenes(BODY.replace("Hello there.", "I kept **everything**."))[0].lines[0]
    assert line.words == ("I", "kept", "everything.")


def test_the_same_line_twice_keeps_two_names():
    body = "INT. KITCHEN - NIGHT\n\nMARA\nYes.\n\nJONAS\nNo.\n\nMARA\nYes.\n"
    ids = [line.id for line in scenes(body)[0].lines]
    assert len(set(ids)) == 3


def test_continuous_keeps_the_time_of_day():
    body = BODY + "\nINT. HALL - CONTINUOUS\n\nMARA\nHere.\n"
    assert [scene.time_of_day for scene in scenes(body)] == ["night", "night"]


def test_the_disclosure_stays():
    play = screenplay(BODY, head=CAST.replace("Title: Test\n", "Title: Test\nDisclosure: none\n"))
    assert play.delivery.disclosure in play.scenes[-1].shots[0].overlays[0].second


def test_voices_over_are_heard_and_not_seen():
    found = scenes(BODY.replace("JONAS\n", "JONAS (V.O.)\n"))[0]
    assert [person.role for person in found.people] == ["mara"]
    assert not found.lines[1].on_screen


def test_an_empty_script_is_an_error():
    found = compiled("", head="")
    assert found.screenplay is None
    assert found.diagnostics
