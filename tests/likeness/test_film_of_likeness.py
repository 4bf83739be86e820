"""A whole film with a painter that paints somebody else first: looked over, made again, told, and its lips move."""

import os
from pathlib import Path

import pytest
from PIL import Image

from duocast.runtime.likeness.embedding import MODEL
from duocast.runtime.plugins import GROUP
from measure.rendered import Rendered
from measure.terminal import duocast
from photo.sitter import ASTRONAUT, weights

PACKAGE = Path(__file__).parent / "copyist" / "duocast_copyist"
SCRIPT = """\
Title: Likeness
Format: 640x360 @ 24
Engine: speak draft, compose copyist

character MARA
  portrait: mara.png

character JONAS
  description: man of seventy

INT. KITCHEN - NIGHT

[over JONAS onto MARA]

MARA
Stay.
"""


@pytest.fixture
def film(tmp_path):
    """Render the film with the copyist installed; weights come from the user's own cache."""
    site = tmp_path / "site"
    info = site / "duocast_copyist-1.0.dist-info"
    info.mkdir(parents=True)
    (site / "duocast_copyist").symlink_to(PACKAGE)
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: duocast-copyist\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(f"[{GROUP}]\ncopyist = duocast_copyist:engines\n")
    photograph = weights().path(ASTRONAUT)
    weights().path(MODEL)
    with Image.open(photograph) as person:
        person.convert("RGB").save(tmp_path / "mara.png")
    file = tmp_path / "film.scene"
    file.write_text(SCRIPT)
    cache = photograph.parents[2]
    changes = {
        "PYTHONPATH": os.pathsep.join([str(site), os.environ.get("PYTHONPATH", "")]),
        "DUOCAST_CACHE": str(cache),
    }

    def render(*options):
        words = ("render", file, "--jobs", "1", *options)
        return file, duocast(*words, home=tmp_path, changes=changes, timeout=300)

    return render


@pytest.mark.slow
def test_who_is_not_met_is_painted_again_and_that_is_told(film):
    file, done = film("--json")
    assert done.code == 0, done.out[-3000:] + done.err[-3000:]
    made = Rendered(file, "standard", done, done.data)
    (still,) = [task for task in made.report["tasks"] if task["engine"] == "copyist"]
    first, second = still["likeness"]["takes"]
    assert first["reason"] in ("drifted", "no face")
    assert second["reason"] == "alike"
    assert second["figures"][0]["likeness"] > 0.7
    assert still["likeness"]["kept"] == 1
    _, again = film()
    assert "made 2 times" in again.err
    assert "take 2 is kept" in again.err
    assert "0 tasks run" in again.err
