"""The design's example, whole: what it holds, and that nothing is found."""

from collections import Counter
from pathlib import Path

import pytest

from duocast.language import (
    Card,
    CueLine,
    DirectionLine,
    Mark,
    Pause,
    SceneHeading,
    Shot,
    Source,
    Speech,
    Transition,
    Vocal,
    Words,
    parse,
)

LETTER = Path(__file__).with_name("letter.scene").read_text("utf-8")


@pytest.fixture(scope="module")
def parsed():
    return parse(Source("letter.scene", LETTER))


@pytest.fixture(scope="module")
def speeches(parsed):
    return [block for block in parsed.script.blocks if isinstance(block, Speech)]


def test_nothing_is_found(parsed):
    assert parsed.diagnostics == ()


def test_counts(parsed):
    counts = Counter(type(block).__name__ for block in parsed.script.blocks)
    assert counts == {
        "Card": 4,
        "Section": 1,
        "Synopsis": 1,
        "SceneHeading": 1,
        "CueLine": 2,
        "DirectionLine": 3,
        "Action": 1,
        "Speech": 5,
        "Note": 1,
        "Transition": 1,
    }
    assert [entry.name for entry in parsed.script.title_page] == ["title", "format", "look"]
    assert len(parsed.script.scenes) == 1


def test_words_are_what_is_spoken(speeches):
    assert [speech.text for speech in speeches] == [
        "You kept it. All these years.",
        "I kept everything. Every word you",
        "Don't. Just",
        "Let it ring.",
        "I have to.",
    ]
    assert [speech.cut_off for speech in speeches] == [False, True, True, False, False]
    assert [speech.together for speech in speeches] == [False, False, False, False, True]
    assert [note.parts for note in speeches[0].notes] == [("quiet", "not looking up")]


def test_directions_stand_at_their_word(speeches):
    kept, everything, laughing = (speech.content for speech in speeches[:3])
    assert [type(part) for part in kept] == [Words, Pause, Words, Words, Words]
    assert [part.emphasis for part in kept if isinstance(part, Words)] == [0, 0, 1, 0]
    cut = everything[1]
    assert isinstance(cut, Shot)
    assert (cut.size, cut.subjects[0].text, cut.hold.kind) == ("CU", "MARA", "until end of line")
    assert [type(part) for part in laughing] == [Vocal, Words, Pause, Words, Mark]
    assert laughing[2].seconds == 1.2


def test_shots_cues_and_transition(parsed):
    shots = [block.direction for block in parsed.script.blocks if isinstance(block, DirectionLine)]
    two, close, insert = shots
    assert (two.framing, two.lens_mm, two.move.kind, two.move.speed) == (
        "two-shot",
        35,
        "push in",
        "slow",
    )
    assert (close.size, close.subjects[0].text, close.lens_mm) == ("CU", "JONAS", 85)
    assert (insert.framing, insert.thing.text, insert.lens_mm, insert.hold.seconds) == (
        "insert",
        "phone",
        100,
        2,
    )
    music, phone = (block.cue for block in parsed.script.blocks if isinstance(block, CueLine))
    assert (music.kind, music.text, music.is_file, music.fade_in, music.duck) == (
        "music",
        "theme.wav",
        True,
        2.0,
        True,
    )
    assert (phone.kind, phone.at.text) == ("sfx", "ring")
    transition = next(block for block in parsed.script.blocks if isinstance(block, Transition))
    assert (transition.kind, transition.seconds) == ("dissolve", 1.5)


def test_cards_and_heading(parsed):
    cards = [block for block in parsed.script.blocks if isinstance(block, Card)]
    assert [(card.kind, card.name.text) for card in cards] == [
        ("character", "MARA"),
        ("character", "JONAS"),
        ("place", "KITCHEN"),
        ("look", "KODAK"),
    ]
    assert cards[0].get("voice").text == "amber, pace 0.95, warm"
    heading = next(block for block in parsed.script.blocks if isinstance(block, SceneHeading))
    assert (heading.place.text, heading.time.text, heading.interior) == ("KITCHEN", "NIGHT", True)


@pytest.mark.parametrize(
    "change",
    [
        pytest.param(lambda text: text.replace("\n", "\r\n"), id="crlf"),
        pytest.param(lambda text: text.replace("\n", "\r"), id="cr"),
        pytest.param(lambda text: "\ufeff" + text, id="byte order mark"),
        pytest.param(lambda text: text.replace("  ", "\t"), id="tabs"),
        pytest.param(lambda text: text.replace("\n  ", "\n"), id="indentation lost in a mail"),
        pytest.param(lambda text: text.replace("\n", "  \n"), id="spaces at the ends"),
        pytest.param(lambda text: text.replace("\n\n", "\n\n\n\n"), id="more empty lines"),
    ],
)
def test_layout_is_forgiven(parsed, change):
    again = parse(Source("letter.scene", change(LETTER)))
    assert again.diagnostics == ()
    assert again.script == parsed.script
