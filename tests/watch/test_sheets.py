"""Sheets: a save makes anew only what it touched, and comes to the same as laying the whole script out at once."""

import random

from scripts_for_watch import FILM

from duocast.cli.watch.sheets import Sheets
from duocast.compiler.film import compile_film
from duocast.compiler.reader import MemoryReader
from duocast.language import Manuscript, Source

PIECES = (
    "\n",
    "\n\n",
    "MARA\nYes.\n\n",
    "[close on MARA]\n\n",
    "/*",
    "INT. ATTIC - DAY\n\n",
    "x",
    "= A note.\n\n",
)


def compiled(text):
    return compile_film(Source("film.scene", text), MemoryReader({})).screenplay


def edited(text, dice):
    at = dice.randrange(len(text))
    if dice.random() < 0.5:
        return text[:at] + dice.choice(PIECES) + text[at:]
    return text[:at] + text[at + dice.randint(1, 20) :]


def test_only_the_scene_of_an_edit_is_laid_anew():
    sheets, manuscript = Sheets(), Manuscript.read(Source("film.scene", FILM))
    before = sheets.lay(manuscript.script, manuscript.source, compiled(FILM))
    manuscript = manuscript.update(FILM.replace("I never opened it.", "I burnt it."))
    after = sheets.lay(manuscript.script, manuscript.source, compiled(manuscript.source.text))
    assert [one is other for one, other in zip(before, after, strict=True)].count(False) == 1


def test_after_any_edit_the_sheets_are_those_of_the_whole_script():
    for seed in range(4):
        dice, text, sheets = random.Random(seed), FILM, Sheets()
        manuscript, film = Manuscript.read(Source("film.scene", text)), compiled(text)
        for _ in range(25):
            text = edited(text, dice) if len(text) > 300 else FILM
            manuscript, film = manuscript.update(text), compiled(text) or film
            kept = sheets.lay(manuscript.script, manuscript.source, film)
            source = Source("film.scene", text)
            assert kept == Sheets().lay(Manuscript.read(source).script, source, film)
