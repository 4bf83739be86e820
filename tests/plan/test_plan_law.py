"""A plan equals its render on scripts that nobody wrote, through edits, losses and new versions of engines."""

import random
import tempfile
from functools import cache
from pathlib import Path

from edits import edited
from hypothesis import assume, given
from hypothesis import strategies as st
from studio_set import Set, differences, quick_folder

from duocast.compiler.film import compile_film
from duocast.compiler.reader import MemoryReader
from duocast.language import Source
from generate import phrasebook
from generate.laws import law
from generate.phrasebook import Book
from generate.screenplays import screenplays

FILES = {"wind.wav": "a sound"}
HEAD = "character MARA\n  side: left\n\ncharacter JONAS\n  side: right\n\nINT. HALL - DAY\n\n"
EACH = 3
"""Every third phrase of the book is enough here."""
EDITS = 3
"""Renders after the first one, for each script."""


def compiles(text):
    return compile_film(Source("film.scene", text), MemoryReader(FILES)).screenplay is not None


@cache
def book():
    """The phrases that compile in a small film of their own."""
    whole = phrasebook.whole()
    said = tuple(
        one
        for one in whole.directions[::EACH]
        if compiles(f"{HEAD}MARA\nNo [{one}] no.\n\n[{one}]\n")
    )
    options = tuple(
        one for one in whole.options[::EACH] if compiles(f"{HEAD}MUSIC: a song, {one}\n")
    )
    cues = tuple(one for one in whole.cues[::EACH] if compiles(f"{HEAD}{one}\n"))
    return Book(said, options, whole.transitions, cues, sound=True)


PLAYS = st.deferred(lambda: screenplays(book(), scenes=2))


def befalls(film, chance):
    """Now and then an engine is a newer one, a file changes, or the store loses something."""
    what = chance.random()
    if what < 0.08:
        film.versions[chance.choice(("kokoro", "stage", "performer", "x264"))] = str(
            chance.random()
        )
    elif what < 0.16:
        film.files["wind.wav"] = f"a sound {chance.random()}"
    elif what < 0.3 and film.ledger.nodes:
        past = chance.choice(film.ledger.nodes)
        film.store._objects.delete(chance.choice(sorted(past.outputs.values())))


@law(10, shrinks=False)
@given(PLAYS, PLAYS, st.randoms(use_true_random=False))
def test_a_plan_is_what_the_render_does(play, other, chance):
    assume(compiles(play.text))
    with tempfile.TemporaryDirectory(dir=quick_folder()) as folder:
        film = Set(Path(folder), dict(FILES))
        for number in range(EDITS + 1):
            graph = film.graph(play.text)
            if graph is not None:
                plan = film.plan(graph)
                outcome = film.render(graph)
                assert differences(plan, outcome) == []
                assert not outcome.ok or film.plan(film.graph(play.text)).current
            if number < EDITS:
                play = edited(play, other, random.Random(chance.random()))
                befalls(film, chance)
        film.store.close()
