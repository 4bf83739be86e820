"""A photograph in a whole film: it speaks in its own voice, listens with shut lips, and its back is drawn."""

import sys
from pathlib import Path

import pytest

from measure.lips import seen_lips
from measure.picture import frozen_stretches, look_at, stutters
from measure.rendered import render
from measure.voices import Voices

sys.path.insert(0, str(Path(__file__).parents[1] / "photo"))
from sitter import ASTRONAUT, weights

pytestmark = [pytest.mark.slow, pytest.mark.network]

SCRIPT = """\
Title: Orbit
Format: 1280x720 @ 24

character EILEEN
  portrait: eileen.png
  voice: coral

character BEN
  description: man in his forties, short black hair, dark skin
  voice: slate

INT. CONTROL ROOM - DAY

[conversation]

EILEEN
Maybe people want music up there, but I found something better: silence, a map, and five brown buttons.

BEN
And nobody to press them by mistake, I suppose. That must have been a very calm month.

EILEEN
Most of it. Then a bolt began to hum, and we spent a whole week finding out which.
"""


@pytest.fixture(scope="module")
def film(tmp_path_factory):
    home = tmp_path_factory.mktemp("photograph")
    project = home / "project"
    project.mkdir()
    (project / "eileen.png").write_bytes(weights().path(ASTRONAUT).read_bytes())
    (project / "orbit.scene").write_text(SCRIPT, encoding="utf-8")
    return render(project / "orbit.scene", home, quality="standard")


def test_a_photograph_and_a_drawing_talk_and_each_keeps_to_its_voice(film, figures):
    seen = Voices(film, seen_lips)
    matrix, ratio = seen.binding(), seen.listening_ratio()
    found = {role: seen.agreement(role) for role in seen.roles}
    shut = seen.closed_share("eileen")
    figures(
        photograph=f"{found['eileen'].correlation:.2f} at {found['eileen'].offset * 1000:+.0f} ms",
        drawing=f"{found['ben'].correlation:.2f} at {found['ben'].offset * 1000:+.0f} ms",
        shut=shut,
        listener=ratio,
        binding=matrix.round(2).tolist(),
    )
    for agreement in found.values():
        assert abs(agreement.offset) <= 0.040
        assert agreement.correlation >= 0.6
    assert shut >= 0.95
    assert ratio < 0.1
    assert matrix[0, 0] >= 0.5
    assert matrix[1, 1] >= 0.5
    assert max(matrix[0, 1], matrix[1, 0]) < 0.3


def test_a_photographed_person_never_stands_still(film):
    picture = look_at(film.film)
    assert frozen_stretches(picture, film.still_frames()) == []
    assert stutters(picture, film.still_frames()) == []
