"""Continuity: whatever is edited, what it gives is what a compile without a memory gives."""

import random

import pytest
from scripts import CAST

from duocast.compiler import continuity as remembering
from duocast.compiler.continuity import Continuity
from duocast.compiler.film import compile_film
from duocast.compiler.reader import MemoryReader
from duocast.language import Source

FILM = (
    CAST
    + """\
INT. KITCHEN - NIGHT

Rain on the window.

MARA
You kept it. [beat] All these *years*.

[close on JONAS, 85mm]

JONAS
I kept **everything**. Every word you --

MARA
Don't.

MUSIC: soft piano, fade in 2s

DISSOLVE TO:

EXT. STATION - CONTINUOUS

FADE IN:

JONAS ^
You came.

[MARA wears a red coat]

MARA
I know.

AMBIENCE: crowd

INT. KITCHEN - NIGHT

ANNA
Who is there?

@PAVEL
Nobody you know.

[wide, slow push in]

A long silence. A clock. Nobody moves, and nobody says a word for a while.

CUT TO:

INT. GARDEN - DAY

[coverage: podcast]

MARA
It was a long time ago, and we were both so young, and nobody told us anything at all.

JONAS (V.O.)
[looks at MARA] Nobody did.
"""
)
PIECES = (
    "\n", "\n\n", " ", "MARA", "JONAS\nNo.\n\n", "[beat]", "[[a note]]", "/*", "*/", "INT. ATTIC - DAWN\n\n",
    "EXT. STATION - DAY\n\n", "character IRIS\n\n", "FADE TO BLACK.\n\n", "SFX: door\n\n", "# One\n\n", "--",
    "= They meet.\n\n", "@VERA\nHello.\n\n", "[close on ANNA]", "^", "*", "place KITCHEN\n  light: lamp\n\n",
    "[MARA nods]", "CHAPTER: Two\n\n", "### Deep\n\n", "~ la la\n\n", "> dissolve 2s\n\n", "MATCH CUT TO:\n\n",
    "[#m]", "SFX: bang, at #m\n\n", "MUSIC: stop\n\n", "MUSIC: x, until MARA speaks\n\n", "It rains.\n\n",
    "INT. KITCHEN - NIGHT #3#\n\n", "[MARA wears a hat]", "MARA\nYes.\n\nMARA\nYes.\n\n", "Transitions: dissolve\n",
    "Check: ignore L\n",
)  # fmt: skip


def edited(text, dice):
    """A text after one edit: something more, something less, a line gone, a stretch moved."""
    at = dice.randrange(len(text) + 1)
    match dice.randrange(4):
        case 0:
            return text[:at] + dice.choice(PIECES) + text[at:]
        case 1:
            return text[:at] + text[at + dice.randint(1, 12) :]
        case 2:
            lines = text.split("\n")
            del lines[dice.randrange(len(lines))]
            return "\n".join(lines)
        case _:
            end = min(len(text), at + dice.randint(1, 200))
            to = dice.randrange(len(text) + 1)
            moved, rest = text[at:end], text[:at] + text[end:]
            return rest[:to] + moved + rest[to:]


def same(one, other):
    return (
        one.screenplay == other.screenplay
        and repr(one.diagnostics) == repr(other.diagnostics)
        and one.sources == other.sources
    )


@pytest.mark.parametrize("seed", range(6))
@pytest.mark.parametrize("path", ["film.scene", "film.fountain"])
def test_after_any_edit_the_compile_is_the_same(seed, path):
    dice, text, memory = random.Random(seed), FILM, Continuity()
    reader = MemoryReader({})
    for _ in range(30):
        source = Source(path, text)
        assert same(memory.compile(source, reader), compile_film(source, reader)), text
        text = FILM if dice.random() < 0.1 or len(text) < 300 else edited(text, dice)


def told_anew(monkeypatch, memory, text, reader=None):
    """The names of the scenes that a compile tells anew."""
    told = []
    anew = remembering.tell

    def tell(story, block):
        anew(story, block)
        told.append(story.scenes[-1].id)

    with monkeypatch.context() as heard:
        heard.setattr(remembering, "tell", tell)
        memory.compile(Source("film.scene", text), reader or MemoryReader({}))
    return told


def test_only_the_scene_of_an_edit_is_told_again(monkeypatch):
    memory = Continuity()
    everything = told_anew(monkeypatch, memory, FILM)
    assert len(everything) == 4
    assert told_anew(monkeypatch, memory, FILM) == []
    other = FILM.replace("You came.", "You came back.")
    assert told_anew(monkeypatch, memory, other) == everything[1:2]
    assert told_anew(monkeypatch, memory, "\n" + other.replace("Title: Test", "Title: Tests")) == []


def test_another_cast_tells_every_scene_again(monkeypatch):
    memory = Continuity()
    told_anew(monkeypatch, memory, FILM)
    assert len(told_anew(monkeypatch, memory, FILM.replace("slate", "amber"))) == 4


def test_a_file_that_appears_is_seen():
    text = FILM.replace("MUSIC: soft piano", "MUSIC: song.wav")
    memory, source = Continuity(), Source("film.scene", text)
    assert any(one.code == "A0001" for one in memory.compile(source, MemoryReader({})).diagnostics)
    there = MemoryReader({"song.wav": "la"})
    assert same(memory.compile(source, there), compile_film(source, there))


def test_a_used_file_that_changes_is_seen():
    source = Source("film.scene", "Use: cast.scene\n" + FILM.replace("slate", "warm"))
    memory = Continuity()
    for pace in ("1.1", "0.8"):
        reader = MemoryReader({"cast.scene": f"voice WARM\n  engine: slate\n  pace: {pace}\n"})
        assert same(memory.compile(source, reader), compile_film(source, reader))
