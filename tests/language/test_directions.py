"""Brackets: each phrase of the vocabulary, and what it means."""

import pytest

from duocast.language import (
    Coverage,
    Delivery,
    Gesture,
    LookAt,
    Mark,
    Pause,
    SayAs,
    Shot,
    Source,
    Vocal,
    Wears,
    parse,
    read_direction,
)
from duocast.language.bracket import understood
from duocast.language.vocabulary import phrases


def directions(text):
    source = Source("film.scene", f"INT. ROOM - DAY\n\n[{text}]\n")
    parsed = parse(source)
    assert parsed.diagnostics == (), text
    return [block.direction for block in parsed.script.blocks[1:]]


def shot(text):
    (direction,) = directions(text)
    assert isinstance(direction, Shot)
    return direction


@pytest.mark.parametrize(
    ("text", "size"),
    [
        ("ECU", "ECU"),
        ("extreme close-up", "ECU"),
        ("close on MARA", "CU"),
        ("close-up of Mara", "CU"),
        ("CU MARA", "CU"),
        ("MCU MARA", "MCU"),
        ("medium shot", "MS"),
        ("MWS", "MWS"),
        ("full shot of MARA and JONAS", "FS"),
        ("wide", "WS"),
        ("Wide Shot", "WS"),
        ("EWS", "EWS"),
    ],
)
def test_sizes(text, size):
    assert shot(text).size == size


@pytest.mark.parametrize(
    ("text", "framing", "subjects"),
    [
        ("single MARA", "single", ["MARA"]),
        ("two-shot", "two-shot", []),
        ("two shot of MARA & JONAS", "two-shot", ["MARA", "JONAS"]),
        ("over MARA onto JONAS", "over-the-shoulder", ["JONAS", "MARA"]),
        ("OTS MARA on JONAS", "over-the-shoulder", ["JONAS", "MARA"]),
        ("over-the-shoulder JONAS", "over-the-shoulder", ["JONAS"]),
        ("group", "group", []),
        ("establishing shot", "establishing", []),
        ("POV JONAS", "pov", ["JONAS"]),
        ("MARA and THE OLD MAN", None, ["MARA", "THE OLD MAN"]),
        ("GUARD 2", None, ["GUARD 2"]),
        ("CU CRANE", None, ["CRANE"]),
    ],
)
def test_framings_and_subjects(text, framing, subjects):
    found = shot(text)
    assert found.framing == framing
    assert [name.text for name in found.subjects] == subjects


@pytest.mark.parametrize(
    ("text", "kind", "speed", "seconds", "target"),
    [
        ("static", "static", "ordinary", None, None),
        ("slow push in", "push in", "slow", None, None),
        ("fast pan left to JONAS", "pan left", "fast", None, "JONAS"),
        ("crane over 4s", "crane", "ordinary", 4, None),
        ("rack focus from MARA to JONAS", "rack focus", "ordinary", None, "JONAS"),
        ("push-in on the letter", "push in", "ordinary", None, "the letter"),
    ],
)
def test_moves(text, kind, speed, seconds, target):
    move = shot(text).move
    assert (move.kind, move.speed, move.seconds) == (kind, speed, seconds)
    assert (move.target.text if move.target else None) == target


@pytest.mark.parametrize(
    ("text", "kind", "seconds"),
    [
        ("hold 4s", "at least", 4),
        ("hold for 500ms", "at least", 0.5),
        ("2.5 seconds", "at least", 2.5),
        ("exactly 4s", "exactly", 4),
        ("hold until end of line", "until end of line", 0),
    ],
)
def test_lengths(text, kind, seconds):
    hold = shot(text).hold
    assert (hold.kind, hold.seconds) == (kind, seconds)


def test_facets_make_one_shot():
    found = shot('insert on "phone", 100 mm, low angle, engine: veo, look KODAK, camera A')
    assert (found.framing, found.thing.text, found.lens_mm, found.angle) == (
        "insert",
        "phone",
        100,
        "low",
    )
    assert (found.engine.text, found.look.text, found.camera.text) == ("veo", "KODAK", "A")


def test_several_directions_in_one_bracket_keep_their_order():
    laugh, close, look = directions("laughs, close on JONAS, looks at JONAS, 50mm")
    assert isinstance(laugh, Vocal)
    assert isinstance(close, Shot)
    assert close.lens_mm == 50
    assert isinstance(look, LookAt)


def test_people():
    assert directions("beat") == [Pause(0.4, span=None)]
    assert directions("long pause") == [Pause(1.6, span=None)]
    assert directions("pause 800 ms") == [Pause(0.8, span=None)]
    assert directions("interview") == [Coverage("interview", span=None)]
    assert [type(one) for one in directions("#ring")] == [Mark]
    (nod,) = directions("MARA nods")
    assert isinstance(nod, Gesture)
    assert (nod.kind, nod.who.text) == ("nod", "MARA")
    (look,) = directions("MARA looks at the window")
    assert isinstance(look, LookAt)
    assert (look.toward, look.target.text, look.who.text) == ("role", "the window", "MARA")
    assert directions("looks down")[0].toward == "down"
    assert directions("looks at camera")[0].toward == "lens"


COMPLETED = {"LOOKS_AT": " MARA", "INSERT": " MARA", "HOLD": " 2s", "EXACTLY": " 2s"}


@pytest.mark.parametrize("terminal", ["SIZE", "FRAMING", "OTS", "INSERT", "ANGLE", "MOVE", "HOLD"])
def test_every_shot_phrase_is_understood(terminal):
    every_phrase(terminal)


@pytest.mark.parametrize(
    "terminal", ["EXACTLY", "POLICY", "PAUSE", "VOCAL", "GESTURE", "LOOKS_AT", "LOOKS"]
)
def test_every_other_phrase_is_understood(terminal):
    every_phrase(terminal)


def every_phrase(terminal):
    for phrase in phrases(terminal):
        text = phrase + COMPLETED.get(terminal, "")
        assert understood(text), text
        assert understood(text.upper()), text
        assert understood(text.replace(" ", "-", 1)) or terminal in COMPLETED, text


def test_names_know_their_place():
    text = "INT. ROOM - DAY\n\n[over MARA onto JONAS, pan left to KIM]\n\nMARA\nHi [looks at JONAS] [#ring] you.\n"
    source = Source("film.scene", text)
    line, speech = parse(source).script.blocks[1:]
    found = [*line.direction.subjects, line.direction.move.target, speech.name]
    found += [speech.content[1].target, speech.content[2].name]
    assert [name.text for name in found] == ["JONAS", "MARA", "KIM", "MARA", "JONAS", "ring"]
    assert [source.slice(name.span).lstrip("#") for name in found] == [name.text for name in found]


@pytest.mark.parametrize(
    ("text", "kind", "amount"),
    [
        ("whisper", "whisper", 0),
        ("slowly", "slow", 0),
        ("high voice", "high", 0),
        ("normal", "normal", 0),
        ("pace 80%", "pace", 0.8),
        ("pitch -2st", "pitch", -2),
        ("pitch +1.5 semitones", "pitch", 1.5),
    ],
)
def test_how_words_are_said(text, kind, amount):
    (found,) = directions(text)
    assert isinstance(found, Delivery)
    assert (found.kind, found.amount) == (kind, amount)


def test_a_speed_before_a_move_is_the_moves():
    assert shot("slow push in").move.speed == "slow"
    assert [type(one) for one in directions("slow, close on MARA")] == [Delivery, Shot]


def test_how_a_word_is_said():
    (found,) = directions('say "GIF" as "jif"')
    assert isinstance(found, SayAs)
    assert (found.word.text, found.how.text) == ("GIF", "jif")


@pytest.mark.parametrize("clothes", ["a red coat", '"a coat over a dress"'])
def test_clothes(clothes):
    (found,) = directions(f"MARA wears {clothes}")
    assert isinstance(found, Wears)
    assert (found.who.text, found.clothes.text) == ("MARA", clothes.strip('"'))


def test_a_policy_and_its_options_are_one_direction():
    assert directions("no reactions, podcast, tight") == [
        Coverage("podcast", ("no reactions", "tight"), span=None)
    ]
    assert directions("loose") == [Coverage(None, ("loose",), span=None)]


def test_options_of_cues():
    (cue,) = directions("MUSIC: theme.wav, duck by 9dB under MARA")
    assert (cue.duck, cue.duck_db, cue.duck_under.text) == (True, -9, "MARA")
    (cue,) = directions("MUSIC: theme.wav, no duck")
    assert cue.duck is False
    (cue,) = directions('TITLE: "Years later", bottom right, 3s')
    assert (cue.text, cue.place, cue.seconds) == ("Years later", "bottom right", 3)


def test_the_value_of_a_card_is_read_as_a_direction():
    source = Source(
        "film.scene", "camera A\n  angle: high\n  move: slow push in\n\nINT. ROOM - DAY\n"
    )
    angle, move = (entry.values[0] for entry in parse(source).script.cards[0].entries)
    assert read_direction(angle) == ()
    assert read_direction(angle, after=" angle")[0].angle == "high"
    assert read_direction(move)[0].move.speed == "slow"
