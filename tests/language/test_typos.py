"""Typos: one letter lost in the structure of a script is found, once, on its line.

The whole measurement is `benchmarks/typos.py`: 200 lines of a script of 4,600.
"""

import pytest
from typos import script, typos

COUNT = 50


@pytest.fixture(scope="module")
def found():
    return typos(script(300), COUNT)


def test_harmful_typos_are_found(found):
    harmful = [one for one in found if one.harmful]
    missed = [one.line for one in harmful if not one.found]
    assert len(harmful) > COUNT / 2
    assert len(missed) <= 0.05 * len(harmful), missed


def test_a_typo_is_told_once_on_its_line(found):
    caught = [one for one in found if one.harmful and one.found]
    several = [(one.line, one.found) for one in caught if len(one.found) > 1]
    assert sum(len(one.found) for one in caught) <= 1.1 * len(caught), several
    elsewhere = [(one.line, one.found) for one in caught if not one.there]
    assert len(elsewhere) <= 0.05 * len(caught), elsewhere
