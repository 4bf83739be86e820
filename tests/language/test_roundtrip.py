"""Round trips: generated scripts, well and badly laid out, are printed and read back; the tree is the same."""

import random

from hypothesis import given
from hypothesis import strategies as st

from duocast.language import Action, Boneyard, Note, SceneHeading, Source, Speech, parse
from duocast.language.format import formatted
from duocast.language.format.formatter import LAID_OUT
from duocast.language.format.meaning import block_form
from generate.broken import slip
from generate.laws import law
from generate.letters import letters
from generate.screenplays import screenplays, slovenly

LAW = law(15)
SEEDS = st.integers(0, 1_000_000)


def read(text):
    return parse(Source("film.scene", text))


def tidy(text):
    return formatted(Source("film.scene", text))


def same(one, other):
    """Whether two blocks say the same, told without the formatter's own eyes."""
    if isinstance(one, SceneHeading):
        parts = [[part.text.upper().split() for part in (h.place, *h.rest)] for h in (one, other)]
        flags = [(h.interior, h.exterior, h.establishing, h.forced, h.number) for h in (one, other)]
        times = [h.time and h.time.text.upper() for h in (one, other)]
        return type(one) is type(other) and (parts[0], flags[0], times[0]) == (
            parts[1],
            flags[1],
            times[1],
        )
    if isinstance(one, Action):
        return isinstance(other, Action) and (one.content, one.forced) == (
            other.content,
            other.forced,
        )
    if isinstance(one, Speech):
        known = (
            "text",
            "content",
            "notes",
            "together",
            "breaks_in",
            "cut_off",
            "forced",
            "voice_over",
            "off_screen",
        )
        return isinstance(other, Speech) and all(
            getattr(one, name) == getattr(other, name) for name in known
        )
    if isinstance(one, Note | Boneyard):
        lines = [[line.rstrip() for line in part.text.splitlines()] for part in (one, other)]
        return type(one) is type(other) and lines[0] == lines[1]
    return one == other


def told(parsed):
    """What is found, but for line ends, which a layout puts right."""
    return [one.code for one in parsed.diagnostics if one.code not in LAID_OUT]


def assert_kept(text, same=same):
    before, found = read(text), tidy(text)
    after = read(found)
    assert [entry.name for entry in after.script.title_page] == [
        entry.name for entry in before.script.title_page
    ]
    assert len(after.script.blocks) == len(before.script.blocks)
    assert all(map(same, before.script.blocks, after.script.blocks))
    assert told(after) == told(before)
    assert letters(found) == letters(text)
    assert tidy(found) == found


@LAW
@given(screenplays())
def test_what_is_printed_reads_the_same(play):
    assert_kept(play.text)


@LAW
@given(screenplays(), SEEDS)
def test_a_bad_layout_reads_the_same_and_is_printed_like_a_good_one(play, seed):
    text = slovenly(play.text, seed)
    assert_kept(text)
    assert tidy(text) == tidy(play.text)


@LAW
@given(screenplays(), SEEDS)
def test_slips_lose_no_word_and_hide_no_mistake(play, seed):
    chance = random.Random(seed)
    text = play.text
    for _ in range(chance.randrange(1, 6)):
        text = slip(chance, text)
    assert_kept(text, same=lambda one, other: block_form(one) == block_form(other))


@LAW
@given(screenplays())
def test_a_fountain_page_keeps_its_spelling(play):
    found = formatted(Source("film.fountain", play.text))
    assert "".join(found.split()) == "".join(play.text.split())
    assert formatted(Source("film.fountain", found)) == found
