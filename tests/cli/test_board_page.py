"""The storyboard's page: its sections are the scenes, and its numbers are said in the units that they have."""

import re

import pytest

from duocast.cli.boardpage import page
from duocast.cli.rehearsing import rehearsed
from duocast.cli.storyboard import Frame
from duocast.compiler.film import compile_film
from duocast.compiler.reader import MemoryReader
from duocast.language import Source

SCRIPT = """\
Title: Two Rooms

character MARA

INT. HALL - DAY

MARA
One.

INT. YARD - DAY

MARA
Two.
"""


def board(text):
    screenplay = compile_film(Source("film.scene", text), MemoryReader({})).screenplay
    timeline = rehearsed(screenplay).timeline
    fps = float(timeline.rate.fps)
    clips = {clip.shot: clip for clip in timeline.picture}
    frames = [
        Frame(scene, shot, None, clips[shot.id].start / fps, clips[shot.id].frames / fps)
        for scene in screenplay.scenes
        for shot in scene.shots
    ]
    return page(screenplay, frames)


def test_cards_are_sections_of_their_own():
    headings = re.findall(r"<h2>(.*?)</h2>", board(SCRIPT))
    assert headings == ["Title card", "INT. HALL - DAY", "INT. YARD - DAY", "End card"]


@pytest.mark.parametrize(
    ("pause", "told"), [(2, r"<b>about \d\d</b> seconds"), (200, r"<b>about 3:\d\d</b> minutes")]
)
def test_the_length_is_said_in_seconds_or_minutes(pause, told):
    text = SCRIPT.replace("One.", f"One. [pause {pause}s] And.")
    assert re.search(told, board(text))
