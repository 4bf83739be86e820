"""The pages of all codes: their examples compile to just what they say, and their codes are the ones in use.

Each has a golden with the bad example and the rendered finding together. Set DUOCAST_WRITE_GOLDENS=1 to write what is
said now, and read the difference.
"""

import os
import re
from pathlib import Path

import pytest
from explained import PATH, codes_of, compiled, mended, rendered

from duocast.language.explain import FAMILIES, Page, PageError, codes, find, page, pages, read_page
from duocast.language.explain.shelf import nearest_code

ROOT = Path(__file__).parents[2]
GOLDENS = Path(__file__).with_name("goldens") / "codes"
REFERENCE = ROOT / "docs" / "language.md"
RULE = "-" * 72 + "\n"
WRITE = bool(os.environ.get("DUOCAST_WRITE_GOLDENS"))
CODE = re.compile(r'"([SNDTLAVMR]\d{4})"')
COMPONENTS = ("language", "compiler", "runtime", "farm", "cli")
ALL = pages()
SHOWN = [one for one in ALL if not one.render]
FIXED = [one for one in SHOWN if one.fix != "none"]

a_shown_page = pytest.mark.parametrize("one", SHOWN, ids=lambda one: one.code)


def codes_in_use() -> set[str]:
    """Every string of the sources that has the shape of a code."""
    paths = (path for component in COMPONENTS for path in (ROOT / component).rglob("*.py"))
    return {code for path in paths for code in CODE.findall(path.read_text("utf-8"))}


def test_every_code_has_a_page_and_every_page_a_code():
    assert sorted(codes_in_use()) == sorted(codes())


@a_shown_page
def test_the_bad_example_gives_exactly_this_finding(one: Page):
    found = compiled(one, one.bad)
    assert codes_of(found) == [one.code], rendered(found)
    (finding,) = found.diagnostics
    assert finding.severity == one.severity
    fix = "none" if finding.fix is None else "safe" if finding.fix.safe else "unsafe"
    assert fix == one.fix


@a_shown_page
def test_the_good_example_gives_no_finding(one: Page):
    scripts = {path: text for path, text in one.scripts if not path.startswith("good ")}
    scripts |= {path[5:]: text for path, text in one.scripts if path.startswith("good ")}
    found = compiled(one, one.good, scripts)
    assert codes_of(found) == [], rendered(found)
    assert found.screenplay is not None


@pytest.mark.parametrize("one", FIXED, ids=lambda one: one.code)
def test_the_fix_cures(one: Page):
    """Nothing is left of the finding after its fix, and nothing new has come."""
    texts = mended(one, compiled(one, one.bad))
    again = compiled(one, texts.pop(PATH), texts)
    assert codes_of(again) == [], rendered(again)


@a_shown_page
def test_golden(one: Page):
    said = (one.bad + RULE + rendered(compiled(one, one.bad))).replace("\r", "␍")
    path = GOLDENS / f"{one.code}.txt"
    if WRITE:
        path.write_text(said, "utf-8")
    assert path.exists(), "run the tests once with DUOCAST_WRITE_GOLDENS=1"
    assert path.read_text("utf-8") == said


def table() -> str:
    """The table of the reference, from the pages."""
    rows = (
        f"| `{one.code}` | {one.title} | {'' if one.fix == 'none' else one.fix} |" for one in ALL
    )
    return "| code | finding | fix |\n|---|---|---|\n" + "\n".join(rows) + "\n"


def test_the_reference_lists_the_pages():
    text = REFERENCE.read_text("utf-8")
    head, mark, rest = text.partition("| code | finding | fix |\n")
    assert mark
    after = rest[re.match(r"(?:\|.*\n)*", rest).end() :]
    if WRITE:
        REFERENCE.write_text(head + table() + after, "utf-8")
    else:
        assert mark + rest == table() + after, "run once with DUOCAST_WRITE_GOLDENS=1"


def test_most_findings_of_a_script_can_be_mended():
    """Six of ten at least have an edit that can be made for the writer."""
    assert len(SHOWN) >= 120
    assert len(FIXED) >= 0.6 * len(SHOWN)


def test_every_golden_has_a_page():
    assert {path.stem for path in GOLDENS.glob("*.txt")} == {one.code for one in SHOWN}


def test_pages_are_found_by_what_people_type():
    assert find(" n0204 ") is page("N0204")
    assert find("N9999") is None
    assert nearest_code("N0240") == "N0204"
    with pytest.raises(KeyError):
        page("N9999")


def test_the_families_are_those_of_the_codes():
    assert {code[0] for code in codes()} <= set(FAMILIES)
    order = "".join(FAMILIES)
    assert list(codes()) == sorted(codes(), key=lambda code: (order.index(code[0]), code))


PAGE = "# S0001: a finding\n\nerror · fix: none\n\nWords.\n\n## Bad\n```scene\na\n```\n## Good\n```scene\nb\n```\n"


def test_a_page():
    one = read_page("S0001", PAGE.replace("none\n", "safe\nfiles: a b.png picture, c empty\n"))
    assert (one.title, one.fix, one.text) == ("a finding", "safe", "Words.")
    assert (one.bad, one.good) == ("a\n", "b\n")
    assert one.files == (("a b.png", "picture"), ("c", "empty"))


@pytest.mark.parametrize(
    ("old", "new"),
    [
        ("S0001", "S0002"),
        ("error", "mistake"),
        ("a finding", "a finding."),
        ("Words.", ""),
        ("## Bad\n```scene\na\n```\n", ""),
        ("none\n", "none\nrender: true\n"),
        ("none\n", "none\nfiles: a\n"),
    ],
)
def test_what_is_no_page(old, new):
    with pytest.raises(PageError):
        read_page("S0001", PAGE.replace(old, new))
