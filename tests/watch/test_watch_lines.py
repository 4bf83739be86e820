"""The script beside the film: what every line is, and which shots show it."""

import pytest
from scripts_for_watch import FILM

from duocast.cli.watch.sheets import Sheets
from duocast.compiler.film import compile_film
from duocast.compiler.reader import MemoryReader
from duocast.language import Source, parse


def told(text, shown=None):
    """The lines of a text beside the film of another (or of itself), by their words."""
    source = Source("film.scene", text)
    film = compile_film(Source("film.scene", shown or text), MemoryReader({})).screenplay
    sheets = Sheets().lay(parse(source).script, source, film)
    assert "\n".join(row.text for sheet in sheets for row in sheet.rows) == text
    return {row.text: row for sheet in sheets for row in sheet.rows}


@pytest.mark.parametrize(
    ("line", "kind"),
    [
        ("Title: Two Cups", "title"),
        ("character MARA", "card"),
        ("  description: woman in her thirties, dark bob", "entry"),
        ("INT. KITCHEN - NIGHT", "heading"),
        ("Rain at the window.", "action"),
        ("JONAS", "cue"),
        ("(quiet)", "note"),
        ("I never opened it.", "speech"),
        ("", ""),
    ],
)
def test_every_line_is_something(line, kind):
    assert told(FILM)[line].kind == kind


def test_a_speech_and_its_name_lead_to_the_shot_that_shows_it():
    found = told(FILM)
    assert found["I never opened it."].shots == found["JONAS"].shots == found["(quiet)"].shots
    assert found["I never opened it."].shots != found["You kept the letter."].shots
    assert found["Then open it now."].shots == ("bridge-day/shot-1",)


def test_what_leads_to_a_picture_belongs_to_it():
    text = FILM.replace("JONAS\n(quiet)", "[close on JONAS, 85mm]\n\nJONAS\n(quiet)")
    found = told(text)
    assert found["[close on JONAS, 85mm]"].shots == found["I never opened it."].shots
    assert found["INT. KITCHEN - NIGHT"].shots == found["Rain at the window."].shots


def test_a_speech_over_a_cut_has_the_shots_of_its_words():
    long = "I never opened it. [close on MARA] Not once in all these years."
    found = told(FILM.replace("I never opened it.", long))
    assert len(found[long].shots) == 2


def test_beside_a_film_that_is_older_the_lines_that_stayed_still_lead_to_it():
    wrong = FILM.replace("Then open it now.", "Then open it [now").replace("letter", "[[letter")
    found = told("Note: new\n" + wrong, shown=FILM)
    assert found["I never opened it."].shots == told(FILM)["I never opened it."].shots
