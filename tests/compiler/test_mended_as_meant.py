"""Fixes: the text after them is what the writer meant, to the letter."""

import pytest

from duocast.compiler.film import compile_film
from duocast.compiler.reader import MemoryReader
from duocast.language import Source
from duocast.language.diagnostic import apply

CARD = "character MARA\n  voice: amber\n\n"
SCENE = CARD + "INT. KITCHEN - NIGHT\n\n{}\n\nMARA\nYou kept it. Mara said so, and so did I.\n"


def mended(text, *, unsafe=False):
    found = compile_film(Source("film.scene", text), MemoryReader({}))
    fixes = [one.fix for one in found.diagnostics if one.fix and (one.fix.safe or unsafe)]
    return apply(text, fixes)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("AMBIENCE: sea, -24", "AMBIENCE: sea, -24dB"),
        ('LOWER THIRD: "Mara", 4s under MARA', 'LOWER THIRD: "Mara", 4s, under MARA'),
        ("[close on MARA, hold untill end of line]", "[close on MARA, hold until end of line]"),
        ("> disolve 1.5s", "> dissolve 1.5s"),
    ],
)
def test_what_stands_in_a_scene(written, meant):
    assert mended(SCENE.format(written)) == SCENE.format(meant)


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("Transitions: disolve 1s", "Transitions: dissolve 1s"),
        ("Transitions: disolve", "Transitions: dissolve"),
    ],
)
def test_what_stands_on_the_title_page(written, meant):
    text = "Title: T\n{}\n\n" + SCENE.format("Rain.")
    assert mended(text.format(written)) == text.format(meant)


def test_a_number_of_a_voice():
    text = SCENE.format("Rain.")
    assert mended(text.replace("amber", "amber, pase 0.9")) == text.replace(
        "amber", "amber, pace 0.9"
    )


def test_a_word_is_said_like_words_in_quotes():
    text = CARD + 'INT. KITCHEN - NIGHT\n\nMARA\nA [say "GIF" as {}] GIF.\n'
    assert mended(text.format("jif")) == text.format('"jif"')


def test_a_caret_goes_with_the_space_before_it():
    text = CARD + "INT. KITCHEN - NIGHT\n\nMARA{}\nYou kept it.\n"
    assert mended(text.format(" ^")) == text.format("")


@pytest.mark.parametrize(
    ("written", "meant"),
    [
        ("[MARA nods]\n\n[pause 1200]", "[pause 1200ms]"),
        ("> fade for", "> fade for 2s"),
        ("> fade to black over:", "> fade to black over 2s:"),
        ("> cut over", "> cut"),
    ],
)
def test_what_has_to_be_looked_at(written, meant):
    text = SCENE.format("Rain.\n\n" + written)
    assert mended(text) == text, "not without being asked"
    assert meant in mended(text, unsafe=True)


def test_a_share_without_its_sign():
    text = "look OLD\n  grain: 12\n\n" + SCENE.format("Rain.")
    assert "grain: 12%\n" in mended(text, unsafe=True)


def test_a_transition_that_stops_too_early_is_told_so():
    found = compile_film(Source("film.scene", SCENE.format("> fade for")), MemoryReader({}))
    assert [one.code for one in found.diagnostics] == ["D0108"]


def test_dialog_is_the_american_dialogue():
    found = compile_film(
        Source("film.scene", SCENE.format("MUSIC: piano, duck under dialog")), MemoryReader({})
    )
    assert found.diagnostics == ()
