"""Whatever the text is: always a tree, never a crash, every place inside the text, and in good time."""

import time
from pathlib import Path

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from duocast.language import Node, Source, parse, render
from duocast.language.tables import STARTS, grammar, make

HERE = Path(__file__).parent
LETTER = (HERE / "letter.scene").read_text("utf-8")
LINES = sorted({line for path in [HERE / "letter.scene", *(HERE / "goldens").glob("*.txt")]
                for line in path.read_text("utf-8").splitlines()})  # fmt: skip
PIECES = ("[", "]", "(", ")", "*", "_", "#", "=", "!", ">", "<", "~", "@", ".", ":", ",", '"', "“")
PIECES += ("\n", "\n\n", "\r\n", "\t", "  ", "--", "^", "[[", "]]", "/*", "*/", "\ufeff", "\u2028")
PIECES += ("MARA", "beat", "close on ", "INT. ", "35mm", "2s", "CUT TO:", "character ", "é", "\\")


def places(node):
    """Every span in a tree."""
    if isinstance(node, tuple):
        for part in node:
            yield from places(part)
    elif isinstance(node, Node):
        yield node.span
        for field in node.__struct_fields__:
            if field != "span":
                yield from places(getattr(node, field))


def check(text):
    source = Source("film.scene", text)
    for lenient in (False, True):
        parsed = parse(source, lenient=lenient)
        spans = [*places(parsed.script)]
        spans += [label.span for found in parsed.diagnostics for label in found.labels]
        spans += [edit.span for one in parsed.diagnostics if one.fix for edit in one.fix.edits]
        assert all(0 <= span.start <= span.end <= len(text) for span in spans)
        assert all(span.path == "film.scene" for span in spans)
        for form in ("full", "concise", "json"):
            render(parsed.diagnostics, [source], form=form)


@settings(max_examples=150, deadline=None)
@given(st.text(max_size=200))
def test_any_text(text):
    check(text)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(PIECES), max_size=40).map("".join))
def test_any_pieces(text):
    check(text)


@settings(max_examples=150, deadline=None)
@given(st.lists(st.sampled_from(LINES), max_size=25).map("\n".join))
def test_any_lines(text):
    check(text)


@settings(max_examples=100, deadline=None)
@given(st.integers(0, len(LETTER) - 1), st.integers(0, 3), st.sampled_from(("", *PIECES)))
def test_any_edit(at, length, put):
    check(LETTER[:at] + put + LETTER[at + length :])


def seconds(text):
    started = time.process_time()
    parse(Source("film.scene", text))
    return time.process_time() - started


def test_a_long_script_takes_about_a_second():
    head, _, body = LETTER.partition("# Act One")
    text = head + ("# Act One" + body + "\n") * (10_000 // body.count("\n"))
    assert text.count("\n") > 9_900
    parse(Source("film.scene", LETTER))
    assert seconds(text) < 3


UNITS = (
    "[",
    "[a",
    "(",
    "()",
    "*a",
    "_a",
    "[[",
    "[[a\n\n",
    "/*",
    "“",
    "a, ",
    " -- ",
    "\n",
    "a: b\n",
)
UNITS += ("A ", "character A\n", " ", "\t\n", "#", "=", "1", "-", "/* a */\n", ">", "\\", "[beat]")


@pytest.mark.parametrize("unit", UNITS)
@pytest.mark.parametrize(
    "before", ["", "MARA\n", "MARA\n[", "MUSIC: ", "INT. A", "character A\n  "]
)
def test_time_grows_with_the_text_only(unit, before):
    assert seconds(before + unit * (8_000 // len(unit))) < 2


@pytest.mark.parametrize("name", STARTS)
def test_the_grammars_have_no_conflict(name):
    pytest.importorskip("interegular")
    make(grammar(name), STARTS[name], strict=True)


HOSTILE = {
    "boneyards in a row": "/*\n\n*/ " * 5_000,
    "brackets that close only": "MARA\n" + "a]\n" * 8_000,
    "brackets in one line": "MARA\n" + "[beat] " * 8_000,
    "brackets in brackets": "MARA\n" + "[" * 20_000 + "]" * 20_000,
    "parentheses in parentheses": "MARA\n" + "(" * 20_000 + ")" * 20_000,
    "one long word": "MARA\n" + "a" * 200_000,
    "one long line of action": "Rain. " * 30_000,
    "notes without an end": "[[a\n\n" * 4_000,
    "a card without an end": "character A\n  voice: x\n\n" + "  voice: y\n\n" * 4_000,
    "unknown directions": "".join(f"MARA\n[clsoe on X{n}] No.\n\n" for n in range(200)),
}


@pytest.mark.parametrize("name", HOSTILE)
def test_hostile_scripts_take_no_longer_than_their_length(name):
    text = HOSTILE[name]
    short = seconds(text[: len(text) // 4])
    assert seconds(text) < max(12 * short, 0.5)
