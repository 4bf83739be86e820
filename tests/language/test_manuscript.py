"""Editing: an update says exactly what reading anew would say, and keeps what the edit did not touch."""

from pathlib import Path

import pytest
from hypothesis import example, given, settings
from hypothesis import strategies as st

from duocast.language import Node, Source, parse
from duocast.language.manuscript import Manuscript

HERE = Path(__file__).parent
LETTER = (HERE / "letter.scene").read_text("utf-8")
LINES = sorted({line for path in [HERE / "letter.scene", *(HERE / "goldens").glob("**/*.txt")]
                for line in path.read_text("utf-8").splitlines()})  # fmt: skip
PIECES = (
    "\n",
    "\n\n",
    "\r\n",
    "\r",
    " ",
    "  ",
    "[",
    "]",
    "(",
    ")",
    "*",
    "--",
    "^",
    "[[",
    "]]",
    "/*",
    "*/",
    "#",
    "=",
    ":",
)
PIECES += (
    "MARA",
    "MARA\nHello.\n",
    "INT. HALL - DAY\n\n",
    "character MARA\n",
    "  voice: amber\n",
    "Title: X\n",
    "\u200b",
)
PIECES += (
    "\n\ncharacter IRIS\n  voice: slate\n",
    "\n\n  title: Editor\n",
    "CUT TO:\n",
    "\ufeff",
    "é",
    "@",
    "!",
    "/* a\n\nb */",
)
LONG = "\n\n".join(
    [
        LETTER,
        *["INT. HALL - DAY\n\nRain.\n\nMARA\n(quiet)\nNo. [beat] *Never.*\n\n[close on MARA]"] * 30,
    ]
)


def places(node):
    """Every node of a tree with its span, as it is now."""
    if isinstance(node, tuple):
        return tuple(places(part) for part in node)
    if isinstance(node, Node):
        fields = (field for field in node.__struct_fields__ if field != "span")
        span = (node.span.start, node.span.end, node.span.path)
        return (type(node).__name__, span, *(places(getattr(node, field)) for field in fields))
    return node


def said(manuscript):
    return places(manuscript.script), repr(manuscript.diagnostics), manuscript.text


def check(texts, *, lenient=False):
    manuscript = Manuscript.read(Source("film.scene", texts[0]), lenient=lenient)
    for text in texts[1:]:
        manuscript = manuscript.update(text)
        anew = Manuscript.read(Source("film.scene", text), lenient=lenient)
        assert said(manuscript) == said(anew)
        assert manuscript.source == anew.source
        assert [one.origin for one in manuscript.passages] == [one.origin for one in anew.passages]
        assert (+manuscript.names, manuscript.cast) == (+anew.names, anew.cast)


edits = st.lists(
    st.tuples(st.floats(0, 1), st.integers(0, 30), st.sampled_from(("", *PIECES, *LINES))),
    min_size=1,
    max_size=5,
)


def edited(text, changes):
    texts = [text]
    for where, length, put in changes:
        at = int(where * len(text))
        text = text[:at] + put + text[at + length :]
        texts.append(text)
    return texts


@settings(max_examples=60, deadline=None)
@given(edits, st.booleans())
@example([(0.5, 0, "/*"), (0.7, 0, "*/"), (0.5, 2, "")], False)
@example([(0.5, 0, "/*"), (0.7, 0, "*/"), (0.5, 2, "")], True)
def test_any_edits_of_a_script(changes, lenient):
    check(edited(LETTER, changes), lenient=lenient)


@settings(max_examples=60, deadline=None)
@given(st.lists(st.sampled_from((*PIECES, *LINES, "", "", "")), max_size=30).map("\n".join), edits)
def test_any_edits_of_any_lines(text, changes):
    check(edited(text, changes))


@settings(max_examples=30, deadline=None)
@given(edits)
def test_any_edits_of_a_longer_script(changes):
    check(edited(LONG, changes))


@pytest.mark.parametrize("text", ["", "\n\n", "MARA\nHello."])
def test_from_nothing_and_back(text):
    check([text, "INT. HALL - DAY\n\nRain.\n", text, "Title: X\n\n" + text, text])


def test_what_an_edit_does_not_touch_is_the_same_object():
    before = Manuscript.read(Source("film.scene", LONG))
    blocks = before.script.blocks
    after = before.update(LONG.replace("Rain.", "Rain, and wind.", 1))
    changed = [one for one, old in zip(after.script.blocks, blocks, strict=True) if one is not old]
    assert [type(one).__name__ for one in changed] == ["Action"]
    assert after.script.title_page is before.script.title_page


def test_moved_blocks_know_where_they_stand():
    after = Manuscript.read(Source("film.scene", LONG)).update("Title: X\n\n" + LONG)
    last = after.script.blocks[-1].span
    assert after.source.slice(last) == "[close on MARA]"


def test_findings_move_with_the_text():
    text = LONG + "\n\nMARA\n[clsoe on MARA] No (what\n\n/* gone"
    before = Manuscript.read(Source("film.scene", text))
    after = before.update("# Act\n\n" + text)
    anew = parse(Source("film.scene", "# Act\n\n" + text))
    assert after.diagnostics == anew.diagnostics
    assert len(after.diagnostics) >= 3


def test_the_same_text_is_the_same_manuscript():
    manuscript = Manuscript.read(Source("film.scene", LETTER))
    assert manuscript.update(LETTER) is manuscript


def test_what_stands_before_an_end_that_is_cut_off_is_found_once():
    text = "INT. HALL - DAY\n\nMARA\nNo -\n\nMARA\nWhat\u200b now?\n\nRain.\n\nWind.\n"
    check([text, text[:-7], text[:-16], text[: text.index("Rain")]])


def test_the_other_half_of_a_note_that_an_empty_line_broke():
    text = "INT. HALL - DAY\n\nMARA\nNo. [[a\n\nMARA\nWhat? b]] c\n\nMARA\nNo ]] d\n"
    check([text, text.replace("[[", "", 1), text, text.replace("[[a", "[[a]]"), text])
