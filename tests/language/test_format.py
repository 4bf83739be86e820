"""Layouts: a file holds a script as it came, a line of dashes, and the script as `duocast fmt` lays it out.

Set DUOCAST_WRITE_GOLDENS=1 to write what comes out now, and read the difference. `fountain.txt` is read leniently.
"""

import os
import re
import time
from collections import Counter
from pathlib import Path

import pytest

from duocast.language import Source, parse
from duocast.language.format import formatted
from duocast.language.format.meaning import different
from generate.letters import letters

HERE = Path(__file__).parent
ROOT = HERE.parents[1]
RULE = "-" * 72 + "\n"
FILES = sorted((HERE / "layouts").glob("*.txt"))
LETTER = (HERE / "letter.scene").read_text("utf-8")
EXAMPLES = [HERE / "letter.scene", *sorted((ROOT / "examples" / "scripts").glob("*.[sf]*"))]


def tidy(text, *, lenient=False):
    return formatted(Source("film.scene", text), lenient=lenient)


@pytest.mark.parametrize("path", FILES, ids=lambda path: path.stem)
def test_layout(path):
    lenient = path.stem == "fountain"
    text, _, expected = path.read_text("utf-8").partition(RULE)
    found = tidy(text, lenient=lenient)
    before, after = (parse(Source("film.scene", one), lenient=lenient) for one in (text, found))
    assert different(before, after) is None
    assert tidy(found, lenient=lenient) == found
    assert letters(found) == letters(text)
    if os.environ.get("DUOCAST_WRITE_GOLDENS"):
        path.write_text(text + RULE + found, "utf-8")
    else:
        assert found == expected


@pytest.mark.parametrize("path", EXAMPLES, ids=lambda path: path.stem)
def test_the_examples_are_laid_out(path):
    text = path.read_text("utf-8")
    assert formatted(Source(path.name, text)) == text


def test_the_reference_is_laid_out():
    """Every example of the reference is in its layout, and the one of a layout is true."""
    reference = (ROOT / "docs" / "language.md").read_text("utf-8")
    for example in re.findall(r"```scene\n(.*?)```", reference, re.DOTALL):
        assert tidy(example) == example
    shown = re.search(r"```text\n(int\. .*?)```.*?```scene\n(.*?)```", reference, re.DOTALL)
    assert shown is not None
    assert tidy(shown[1]) == shown[2]


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
@pytest.mark.parametrize("space", ["", " ", "\t", "\u00a0", " \t \u00a0"])
def test_line_ends_and_white_space_at_them_do_not_matter(end, space):
    text = "\ufeff" + (space + end) * 2 + LETTER.replace("\n", space + end)
    assert tidy(text + (space + end) * 3) == LETTER


@pytest.mark.parametrize("text", ["", " ", "\n", "\r\n\r\n", "\ufeff", "\t\n \n"])
def test_nothing_stays_nothing(text):
    assert tidy(text) == ""


def test_the_last_line_ends():
    assert tidy("INT. HALL - DAY\n\nRain.") == "INT. HALL - DAY\n\nRain.\n"


@pytest.mark.parametrize(
    ("written", "spelt"),
    [
        ("2 seconds", "2s"),
        ("02.50 SEC", "2.5s"),
        (".5s", "0.5s"),
        ("500 ms", "500ms"),
        ("1 minute", "1min"),
        ("2.0s", "2s"),
        ("100s", "100s"),
    ],
)
def test_one_spelling_for_lengths(written, spelt):
    found = tidy(f"INT. HALL - DAY\n\n[hold {written}]\n\n> dissolve {written}\n")
    assert found == f"INT. HALL - DAY\n\n[hold {spelt}]\n\n> dissolve {spelt}\n"


@pytest.mark.parametrize("level", ["-24 dB", "−24db", "–24.0 DB", "-024dB"])
def test_one_spelling_for_levels(level):
    assert tidy(f"MUSIC: a song,{level}\n") == "MUSIC: a song, -24dB\n"


def test_what_two_tables_spell_in_two_ways_keeps_its_case():
    assert tidy("INT. HALL - DAY\n\n[ms MARA, POV, ECU]\n").count("[ms MARA, POV, ECU]") == 1


def test_an_empty_line_is_not_put_where_it_would_hide_a_mistake():
    text = "INT. HALL - DAY\n\nMARA\nHello.\nSFX: a door\nand so on.\n"
    assert tidy(text) == text
    assert [one.code for one in parse(Source("f.scene", text)).diagnostics] == ["S0108"]


def test_a_script_of_8000_lines_takes_about_a_second():
    head, _, body = LETTER.partition("# Act One")
    text = (head + ("# Act One" + body + "\n") * (8_000 // body.count("\n"))).replace(", ", ",")
    assert text.count("\n") > 7_900
    started = time.process_time()
    found = tidy(text)
    assert time.process_time() - started < 4, "a busy machine is given four times as long"
    assert Counter(found) != Counter(text)
