"""The laws of keys on scripts that nobody wrote: what a layout, a remark or another order may not change."""

import re
from collections import Counter
from dataclasses import replace
from functools import cache

from hypothesis import assume, given
from hypothesis import strategies as st
from scripts import symbolic_keys

from duocast.compiler.film import compile_film
from duocast.compiler.lower import Crew, lower
from duocast.compiler.reader import MemoryReader
from duocast.language import Source
from duocast.language.format import formatted
from generate import phrasebook
from generate.laws import law
from generate.phrasebook import Book
from generate.screenplays import REMARKS, noted, screenplays, slovenly

JOINING = {"cut", "mix", "caption", "master", "sign", "deliver"}
FILES = {"wind.wav": "a sound"}
LAW = law(12, shrinks=False)
HEAD = "character MARA\n  side: left\n\ncharacter JONAS\n  side: right\n\nINT. HALL - DAY\n\n"
STAYS = re.compile(r"wear|look |LIGHT|GRADE|engine|camera")
"""What goes on into the next scene, or names a card."""


@cache
def book():
    """The phrases that compile in a small film of their own."""
    whole = phrasebook.whole()
    return Book(
        tuple(
            said for said in whole.directions if film(f"{HEAD}MARA\nNo [{said}] no.\n\n[{said}]\n")
        ),
        tuple(said for said in whole.options if film(f"{HEAD}MUSIC: a song, {said}\n")),
        whole.transitions,
        tuple(said for said in whole.cues if film(f"{HEAD}{said}\n")),
        sound=True,
    )


@cache
def local_book():
    """The phrases whose meaning ends with their scene."""
    local = [
        tuple(said for said in some if not STAYS.search(said))
        for some in (book().directions, book().options, book().cues)
    ]
    times = ("DAY", "NIGHT", "DAWN", "EVENING")
    return replace(
        book(),
        directions=local[0],
        options=local[1],
        transitions=("cut",),  # any other reaches into the next scene
        cues=local[2],
        times_of_day=times,
    )


def film(text):
    """The screenplay and the graph of a script, or nothing where an error stops it."""
    compiled = compile_film(Source("film.scene", text), MemoryReader(FILES))
    if compiled.screenplay is None:
        return None
    return compiled.screenplay, lower(compiled.screenplay, Crew())


def keys(graph):
    return symbolic_keys(graph)


def shot_keys(graph):
    """The keys of pictures and voices: of everything but the joining, and the cards that the film opens and ends on."""
    found = symbolic_keys(graph)
    scenes = (node for node in graph.nodes if str(node.operation) not in JOINING)
    return Counter(
        found[node.address]
        for node in scenes
        if not node.address.startswith(("title-card/", "end-card/"))
    )


PLAYS = st.deferred(lambda: screenplays(book()))


@LAW
@given(PLAYS, st.integers(0, 1_000_000))
def test_a_layout_changes_no_key(play, seed):
    made = film(play.text)
    assume(made is not None)
    for text in (formatted(play.source), slovenly(play.text, seed)):
        screenplay, graph = film(text)
        assert screenplay == made[0]
        assert keys(graph) == keys(made[1])
    tidy = formatted(Source("film.scene", slovenly(play.text, seed)))
    assert keys(film(tidy)[1]) == keys(made[1])


@LAW
@given(PLAYS)
def test_the_same_text_gives_the_same_keys(play):
    one, other = film(play.text), film(play.text)
    assert one == other
    assert one is None or keys(one[1]) == keys(other[1])


@LAW
@given(PLAYS, st.integers(0, 100), st.sampled_from(REMARKS))
def test_a_remark_between_blocks_changes_no_picture_and_no_voice(play, where, remark):
    made = film(play.text)
    assume(made is not None)
    after = film(noted(play, where, remark).text)
    assert shot_keys(after[1]) == shot_keys(made[1])


@LAW
@given(st.deferred(lambda: screenplays(local_book(), scenes=2)), st.randoms(use_true_random=False))
def test_moving_a_scene_changes_no_picture_and_no_voice(play, chance):
    made = film(play.text)
    assume(made is not None and len(play.scenes) > 1)
    after = film(play.shuffled(chance).text)
    assert shot_keys(after[1]) == shot_keys(made[1])
