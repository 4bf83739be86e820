"""Golden diagnostics: a file holds a script, a line of dashes, and all that is said about it.

Set DUOCAST_WRITE_GOLDENS=1 to write what is said now, and read the difference.
"""

import os
from pathlib import Path

import pytest

from duocast.language import Source, apply, parse, render, summary

RULE = "-" * 72 + "\n"
FILES = sorted(Path(__file__).with_name("goldens").glob("*.txt"))


def said(source):
    found = parse(source).diagnostics
    return render(found, [source]) + (summary(found) or "nothing to say") + "\n"


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_golden(path):
    text, _, expected = path.read_text("utf-8").partition(RULE)
    found = said(Source("film.scene", text))
    if os.environ.get("DUOCAST_WRITE_GOLDENS"):
        path.write_text(text + RULE + found, "utf-8")
    else:
        assert found == expected


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_safe_fixes_cure(path):
    """After all safe fixes are made, nothing that had one is said again, and nothing new."""
    text = path.read_text("utf-8").partition(RULE)[0]
    found = parse(Source("film.scene", text)).diagnostics
    safe = [one for one in found if one.fix and one.fix.safe]
    again = parse(Source("film.scene", apply(text, [one.fix for one in safe]))).diagnostics
    kept = sorted(one.code for one in found if one not in safe)
    assert sorted(one.code for one in again) == kept
