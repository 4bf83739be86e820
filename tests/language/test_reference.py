"""The reference of directions is made from the vocabulary, and tells about every rule of the grammar.

Set DUOCAST_WRITE_GOLDENS=1 to write its tables into docs/language.md.
"""

import os
import re
from pathlib import Path

import pytest

from duocast.language import Source, parse
from duocast.language.bracket import understood
from duocast.language.reference import LINKING, OPTIONS, PEOPLE, SHOTS, with_tables
from duocast.language.vocabulary import PHRASES, spellings

ROOT = Path(__file__).parents[2]
PAGE = ROOT / "docs" / "language.md"
GRAMMAR = (ROOT / "language" / "duocast" / "language" / "direction.lark").read_text("utf-8")
ROWS = (*SHOTS, *PEOPLE, *OPTIONS)


def alternatives(rule):
    body = re.search(rf"^\?{rule}:((?:.|\n\s+)*?)\n\n", GRAMMAR, re.MULTILINE).group(1)
    return set(re.findall(r"[a-z_]+", body))


def test_the_page_has_the_tables_as_they_are_now():
    text = PAGE.read_text("utf-8")
    made = with_tables(text)
    if os.environ.get("DUOCAST_WRITE_GOLDENS"):
        PAGE.write_text(made, "utf-8")
    else:
        assert made == text, "run once with DUOCAST_WRITE_GOLDENS=1"


def test_a_page_without_a_place_for_a_table_is_refused():
    with pytest.raises(ValueError, match="shots"):
        with_tables("# Nothing\n")


def test_every_rule_of_the_grammar_has_a_row():
    told = {rule for row in ROWS for rule in row.rules}
    assert told == alternatives("item") | alternatives("option")


def test_every_word_of_the_vocabulary_is_told():
    terminals = {terminal for meanings in PHRASES.values() for terminal, _ in meanings}
    shown = set(re.findall(r"\{([A-Z_]+)\}", "".join(row.what + row.text for row in ROWS)))
    assert terminals - shown - LINKING == {"TRANSITION"}


@pytest.mark.parametrize("row", [*SHOTS, *PEOPLE], ids=lambda row: row.what)
def test_every_example_of_a_direction_is_understood(row):
    """What stands between backquotes in a row is a whole direction, or goes with one."""
    partial = {"on", "of", "and", "to JONAS", "over 4s", "over the shoulder", "normal"}
    for example in re.findall(r"`([^`]+)`", row.text):
        assert example in partial or understood(example), example


@pytest.mark.parametrize("terminal", ["DELIVERY", "CUTTING", "POLICY", "SPEED"])
def test_every_spelling_means_the_same(terminal):
    for meaning, phrases in spellings(terminal).items():
        found = set()
        for phrase in phrases:
            (block,) = parse(Source("f.scene", f"INT. ROOM - DAY\n\n[{phrase}]\n")).script.blocks[
                1:
            ]
            found.add(repr(block.direction))
        assert len(found) == 1, meaning
