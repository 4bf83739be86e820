"""The rehearsal, the shot list and the statistics of a small film."""

import csv
import io

import pytest

from duocast.compiler.film import compile_film
from duocast.compiler.lower import Crew, addresses, lower
from duocast.compiler.operations.speak import TakeTimes
from duocast.compiler.reader import MemoryReader
from duocast.compiler.rehearsal import Rehearsal, rehearse
from duocast.compiler.screenplay import Screenplay
from duocast.compiler.select import shot_name
from duocast.compiler.shotlist import shot_list, time_code
from duocast.compiler.statistics import statistics
from duocast.compiler.timeline import Rate
from duocast.language import Source

SCRIPT = """\
Title: Two Rooms
Format: 1280x720 @ 24

character MARA
character JONAS

INT. KITCHEN - NIGHT

[close on MARA, 85mm]

MARA
You kept all of the letters.

[two-shot, 35mm, slow push in]

JONAS
Every one.

INT. HALL - DAY

MARA
Good.
"""


@pytest.fixture(scope="module")
def film() -> tuple[Screenplay, Rehearsal]:
    screenplay = compile_film(Source("two.scene", SCRIPT), MemoryReader({})).screenplay
    assert screenplay is not None
    return screenplay, rehearse(lower(screenplay, Crew()))


def test_the_rehearsed_film_is_gapless_and_says_every_line(film):
    _, rehearsal = film
    at = 0
    for clip in rehearsal.timeline.picture:
        assert clip.start <= at
        at = clip.start + clip.frames
    assert at == rehearsal.timeline.frames
    assert [line.name for line in rehearsal.timeline.spoken] == ["Mara", "Jonas", "Mara"]


def test_a_measured_take_moves_what_comes_after_it(film):
    screenplay, rehearsal = film
    scene = next(scene for scene in screenplay.scenes if scene.lines)
    address = addresses.take(scene, scene.lines[0])
    guess = rehearsal.times[addresses.line_name(scene, scene.lines[0])]
    longer = TakeTimes(seconds=guess.seconds + 2, words=guess.words, phones=())
    measured = rehearse(lower(screenplay, Crew()), {address: longer})
    assert measured.timeline.frames - rehearsal.timeline.frames == 48


def test_the_shot_list_has_a_row_a_shot_that_reads_back(film):
    screenplay, rehearsal = film
    rows = list(csv.DictReader(io.StringIO(shot_list(screenplay, rehearsal))))
    assert len(rows) == len(rehearsal.timeline.picture)
    row = next(row for row in rows if row["text"].startswith("Mara: You"))
    assert (row["size"], row["subjects"], row["lens_mm"]) == ("CU", "Mara", "85")
    assert sum(int(row["frames"]) for row in rows) >= rehearsal.timeline.frames
    assert (row["scene"], row["shot"]) == ("1", shot_name(screenplay, row["address"]))
    cards = [row for row in rows if row["framing"] == "card"]
    assert all(row["scene"] == "" and row["shot"].endswith("-card") for row in cards)
    assert not any("\n" in row["text"] for row in rows)


def test_statistics_count_by_character_scene_and_place(film):
    found = statistics(*film)
    assert [(one.name, one.lines, one.words) for one in found.characters] == [
        ("Mara", 2, 7),
        ("Jonas", 1, 2),
    ]
    assert [(one.name, one.words) for one in found.scenes] == [
        ("INT. KITCHEN - NIGHT", 8),
        ("INT. HALL - DAY", 1),
    ]
    assert [one.name for one in found.places] == ["KITCHEN", "HALL"]
    mara, jonas = found.characters
    assert mara.seen > mara.seconds > jonas.seconds > 0
    assert sum(one.seconds for one in found.places) <= found.seconds


def test_time_codes_count_frames():
    assert time_code(24 * 65 + 12, Rate(numerator=24, denominator=1)) == "00:01:05:12"
    assert time_code(24, Rate(numerator=24_000, denominator=1001)) == "00:00:01:00"
