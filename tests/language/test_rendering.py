"""Rendering: what stands under what, whatever the text is made of."""

import json

import pytest

from duocast.language import (
    Diagnostic,
    Edit,
    Fix,
    Label,
    Position,
    Severity,
    Source,
    Span,
    apply,
    error,
    has_errors,
    nearest,
    render,
    replacement,
    summary,
    warning,
)
from duocast.language.excerpt import cells

MAIN = Source("acts/one.scene", "INT. A - DAY\n\nMRAA\nHello.\n")
CAST = Source("cast.scene", "\n" * 11 + "character MARA\n")
FINDING = error(
    "N0204",
    "there is no MRAA in the cast",
    Label(Span(14, 18, MAIN.path), "did you mean MARA?"),
    Label(Span(21, 25, CAST.path), "declared here, 14 speeches"),
    hint="write @MRAA to use a role that has no card",
    fix=replacement(Span(14, 18, MAIN.path), "MARA"),
)

FULL = """\
error[N0204]: there is no MRAA in the cast
  --> acts/one.scene:3:1
   |
 3 | MRAA
   | ^^^^ did you mean MARA?
   |
  ::: cast.scene:12:11
12 | character MARA
   |           ---- declared here, 14 speeches
   = fix (safe): replace with MARA
   = or: write @MRAA to use a role that has no card

"""


def test_full():
    assert render([FINDING], [MAIN, CAST]) == FULL


def test_colour_adds_nothing_but_colour():
    coloured = render([FINDING], [MAIN, CAST], colour=True)
    assert "\x1b[1;31m" in coloured
    import re

    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == FULL


def test_concise():
    expected = (
        "acts/one.scene:3:1: error[N0204]: there is no MRAA in the cast (did you mean MARA?)\n"
    )
    assert render([FINDING], [MAIN, CAST], form="concise") == expected


def test_json():
    (found,) = json.loads(render([FINDING], [MAIN, CAST], form="json"))
    assert (found["code"], found["severity"], found["fix"]["safe"]) == ("N0204", "error", True)
    assert found["labels"][1] == {
        "path": "cast.scene",
        "start": 21,
        "end": 25,
        "line": 12,
        "column": 11,
        "end_line": 12,
        "end_column": 15,
        "text": "declared here, 14 speeches",
    }
    assert render([], [], form="json") == "[]\n"


def test_a_finding_without_its_source_or_any_place():
    assert " --> acts/one.scene\n" in render([FINDING], [CAST])
    bare = Diagnostic("A0001", Severity.NOTE, "no place")
    assert render([bare], []) == "note[A0001]: no place\n\n"
    assert render([bare], [], form="concise") == "note[A0001]: no place\n"


@pytest.mark.parametrize(
    ("line", "word", "shown", "marks"),
    [
        ("\tMRAA", "MRAA", "    MRAA", "    ^^^^"),
        ("他说 MRAA", "MRAA", "他说 MRAA", "     ^^^^"),
        ("他说", "说", "他说", "  ^^"),
        ("e\u0301 MRAA", "MRAA", "e\u0301 MRAA", "  ^^^^"),
        ("\x1b[2J MRAA", "MRAA", "\ufffd[2J MRAA", "     ^^^^"),
        (
            "x" * 300 + "MRAA" + "y" * 300,
            "MRAA",
            "…" + "x" * 40 + "MRAA" + "y" * 64 + "…",
            " " * 41 + "^^^^",
        ),
    ],
)
def test_the_marks_stand_under_the_word(line, word, shown, marks):
    source = Source("f", line)
    at = line.index(word)
    text = render([error("N0204", "x", Label(Span(at, at + len(word), "f")))], [source])
    assert text.splitlines()[3:5] == [f"1 | {shown}", f"  | {marks}"]


LINES = (
    "MARA says MRAA and goes on and on about the sea that was never as blue as it is now, she says",
    "\t\tMRAA  \ttabs and spaces " * 6,
    "他说他说他说他说他说他说他说他说他说他说他说他说他说他说他说他说 MRAA 他说他说他说他说他说他说他说他说他说",
    "e\u0301" * 90 + " MRAA " + "e\u0301" * 90,
    "한국어 " * 15 + "MRAA" + " 한국어" * 15,
    "👩‍👧 " * 20 + "MRAA" + " 👍🏽" * 20,
    "x" * 100_000 + "MRAA" + "他" * 100_000,
    "\u202eMRAA\u202c \u200b \x1b[31m \x9b",
)


@pytest.mark.parametrize("width", [40, 80, 120])
@pytest.mark.parametrize("line", LINES)
def test_nothing_is_wider_than_the_terminal(line, width):
    """And the marks stand under the word, counted in cells."""
    source = Source("f", line)
    at = line.index("MRAA")
    found = error(
        "N0204",
        "there is no MRAA in the cast, and that is said in a title of more than eighty letters in all",
        Label(
            Span(at, at + 4, "f"), "did you mean MARA, who is declared in another file of the film?"
        ),
        hint="declare it with a line of its own, or write @MRAA to use a role that has no card at all",
        fix=replacement(Span(at, at + 4, "f"), "MARA"),
    )
    lines = render([found], [source], width=width).splitlines()
    assert max(map(cells, lines)) <= width
    marks = next(
        i for i, shown in enumerate(lines) if set(shown.strip(" |")) == {"^"} or "^^^^ " in shown
    )
    above, column = lines[marks - 1], lines[marks].index("^")
    assert cells(above.partition("MRAA")[0]) == column
    assert lines[marks].count("^") == 4
    assert all(shown.isprintable() or "\u200d" in shown for shown in lines)


def test_colours_are_kept_when_lines_break():
    import re

    plain = render([FINDING], [MAIN, CAST], width=40)
    coloured = render([FINDING], [MAIN, CAST], colour=True, width=40)
    assert re.sub(r"\x1b\[[\d;]*m", "", coloured) == plain
    assert "\n     has no card\n" in plain


def test_a_span_over_several_lines_is_marked_on_its_first():
    text = render([error("S0001", "x", Label(Span(0, 9, "f")))], [Source("f", "abc\ndefgh\n")])
    assert text.splitlines()[4] == "  | ^^^"


def test_summary():
    assert summary([FINDING, FINDING, warning("S0001", "x")]) == "2 errors, 1 warning"
    assert summary([]) == ""
    assert has_errors([FINDING])
    assert not has_errors([warning("S0001", "x")])


def test_fixes_that_overlap_are_made_once():
    one = replacement(Span(0, 4), "MARA")
    other = Fix("other", (Edit(Span(2, 6), "X"),))
    last = Fix("last", (Edit(Span(9, 9), "!"),))
    assert apply("MRAA says", [one, other, last]) == "MARA says!"


def test_positions():
    source = Source("f", "ab\r\ncd\re\n\nf")
    assert [source.position(at).line for at in range(len(source.text) + 1)] == [1] * 4 + [2] * 3 + [
        3
    ] * 2 + [4, 5, 5]
    assert source.position(4) == Position(2, 1)
    assert source.position(99) == Position(5, 2)
    assert [source.line(number) for number in range(7)] == ["", "ab", "cd", "e", "", "f", ""]


@pytest.mark.parametrize(
    ("word", "candidates", "expected"),
    [
        ("MRAA", ["JONAS", "MARA"], "MARA"),
        ("jonsa", ["JONAS", "MARA"], "JONAS"),
        ("KIM", ["MARA", "JONAS"], None),
        ("A", ["B"], None),
        ("the old  man", ["THE OLD MAN"], "THE OLD MAN"),
        ("CA", ["AB", "CAB"], "CAB"),
        ("x" * 1000, ["x" * 999], None),
        ("MARA", [], None),
    ],
)
def test_nearest(word, candidates, expected):
    assert nearest(word, candidates) == expected
