"""Fuzz: whatever comes in, a tree or findings come out, the layout keeps every letter, and time grows with the text.

`benchmarks/fuzz.py` tries many more.
"""

import time

import pytest
from hypothesis import example, given
from hypothesis import strategies as st

from duocast.compiler.film import compile_film
from duocast.compiler.reader import MemoryReader
from duocast.language import Source, parse, render
from duocast.language.format import formatted
from generate.broken import broken
from generate.laws import law
from generate.ordeal import undergo
from generate.shapes import BEFORE, UNITS, grown

DEEP = 10_000
TIGHT = (
    "[",
    "(",
    "*",
    "_",
    "[[",
    "/*",
    '"',
    "“",
    "[a ",
    "(a ",
    "*a ",
    "**a",
    "\\",
    ">",
    "#",
    "=",
    "^",
    "--",
)
"""What opens something, and could be opened without end."""


@pytest.mark.parametrize("hundred", range(3))
def test_broken_scripts(hundred):
    for seed in range(hundred * 100, hundred * 100 + 100):
        undergo(broken(seed, 120), readings=(seed % 3 == 2,))


@law(40)
@given(st.binary(max_size=120))
@example(b"\xff\xfe\x00\xd8")
@example(b"\xef\xbb\xbf\xef\xbb\xbfINT. HALL - DAY")
@example(b"\x00\x00")
def test_any_bytes(content):
    undergo(content)


@law(40)
@given(st.text(max_size=60))
@example("MARA\n -- -- --")
@example("INT. HALL - DAY\n\nRain [B-ROLL: harbour.mp4, 2s] falls.")
@example("@(”\n\n\x1c\nRain.\n\n@\x1c\nHello.")
@example("TITLE:ς\n")
@example("[[one\r\ntwo]]\r\n\r\nMARA\r\nHello.")
def test_any_text(text):
    undergo(text.encode("utf-8", "replace"))


@pytest.mark.parametrize("opening", TIGHT)
@pytest.mark.parametrize("before", ["MARA\n", "INT. HALL - DAY\n\nRain "])
def test_ten_thousand_deep(opening, before):
    text = before + opening * DEEP
    started = time.process_time()
    parsed = parse(Source("film.scene", text))
    assert parsed.script.blocks or parsed.diagnostics
    assert formatted(Source("film.scene", text)).split() == text.split()
    assert time.process_time() - started < 8


def seconds(action, text):
    """CPU seconds, the better of two."""
    found = []
    for _ in range(2):
        started = time.process_time()
        action(Source("film.scene", text))
        found.append(time.process_time() - started)
    return min(found)


def everything(source):
    compiled = compile_film(source, MemoryReader({}))
    render(compiled.diagnostics, compiled.sources.values(), form="concise")


@pytest.mark.slow
@pytest.mark.parametrize("action", [formatted, everything])
@pytest.mark.parametrize("before", ["nothing", "speech", "bracket", "cue", "card", "action"])
def test_time_grows_with_the_text_only(before, action):
    """Four times the text takes at most 2.5 times as long per doubling, where it takes long at all."""
    assert before in BEFORE
    slow = []
    for unit in UNITS:
        if "\ud800" in unit:
            continue  # never decoded from a file
        one = seconds(action, grown(before, unit, 2_000))
        if one < 0.02:
            continue
        four = seconds(action, grown(before, unit, 8_000))
        one = min(one, seconds(action, grown(before, unit, 2_000)))
        if four > 0.3 and four > one * 2.5**2:
            slow.append((unit, round(one, 3), round(four, 3)))
    assert slow == []
