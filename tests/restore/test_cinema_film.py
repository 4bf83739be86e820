"""A whole film in cinema quality through the command line: B-roll and an engine's clip, smoother and larger."""

import json
from itertools import pairwise
from pathlib import Path

import cv2
import numpy as np
import pytest

from measure.rendered import Rendered
from measure.terminal import duocast
from restore.clips import passing, psnr, read_video, texture, write_video

pytestmark = [pytest.mark.slow, pytest.mark.network, pytest.mark.models]
SCRIPT = """\
Title: Finer
Format: 384x216 @ 48
Quality: cinema
Engine: upscale span, speak draft

character MARA

INT. KITCHEN - NIGHT

B-ROLL: harbour.mp4, 500ms

B-ROLL: tin.png, 500ms

[close on MARA, engine: flipbook]

MARA
Stay.
"""
EXAMPLE = Path(__file__).parents[1] / "plugins" / "example"


@pytest.fixture(scope="module")
def film(tmp_path_factory):
    """The script, its files, and how to run a command in its folder."""
    home = tmp_path_factory.mktemp("cinema")
    site = home / "site"
    info = site / "duocast_flipbook-1.0.dist-info"
    info.mkdir(parents=True)
    (site / "duocast_flipbook").symlink_to(EXAMPLE / "duocast_flipbook")
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: duocast-flipbook\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(
        "[duocast.engines]\nflipbook = duocast_flipbook:engines\n"
    )
    (home / "film.scene").write_text(SCRIPT)
    write_video(home / "harbour.mp4", [passing(n / 24, 96, 54, pace=8) for n in range(12)], 24, 6)
    cv2.imwrite(str(home / "tin.png"), texture(120, 80))

    def run(*words):
        changes = {"PYTHONPATH": str(site), "OMP_NUM_THREADS": "1"}
        return duocast(*words, home=home, changes=changes, timeout=600)

    return home, run


@pytest.fixture(scope="module")
def made(film):
    home, run = film
    done = run("render", home / "film.scene", "--json", "--jobs", "1")
    if "V0102" in done.out + done.err:
        pytest.skip("the weights can't be had here")
    assert done.code == 0, done.out[-2000:] + done.err[-2000:]
    return Rendered(home / "film.scene", "standard", done, done.data)


def tasks(made, operation):
    return [t["address"] for t in made.report["tasks"] if t["operation"] == operation]


def test_a_plan_says_what_will_be_made_finer(film):
    home, run = film
    assert run("check", home / "film.scene").codes == set()
    planned = json.loads(run("plan", home / "film.scene", "--json", "--quality", "cinema").out)
    told = json.dumps(planned)
    assert "kitchen-night/shot-1/smooth" in told
    assert "kitchen-night/shot-3/large" in told
    plain = run("plan", home / "film.scene", "--json", "--quality", "standard").out
    assert "/smooth" not in plain
    assert "/large" not in plain


def test_each_picture_is_made_finer_once_and_is_in_the_film(made):
    assert [a.rpartition("/")[2] for a in tasks(made, "interpolate")] == ["smooth", "smooth"]
    assert len(tasks(made, "upscale")) == 3
    smooth = read_video(made.file("kitchen-night/shot-1/smooth", "clip"))
    large = read_video(made.file("kitchen-night/shot-1/large", "clip"))
    shot = read_video(made.file("kitchen-night/shot-1/clip", "clip"))
    assert len(smooth) == len(large) == len(shot) == 24
    assert large[0][0].shape == shot[0][0].shape == (216, 384, 3)
    for number in range(22):
        truth = passing(number / 48, 96, 54, pace=8)
        assert psnr(smooth[number][0], truth) > 24, "half of these were never filmed"
        again = cv2.resize(large[number][0], (96, 54), interpolation=cv2.INTER_AREA)
        assert psnr(again, smooth[number][0]) > 30
    steps = [np.abs(a.astype(int) - b).mean() for (a, _), (b, _) in pairwise(large)]
    assert max(steps[:22]) < 2.5 * float(np.median(steps[:22])), "it moves evenly"
    levels = [float(picture.mean()) for picture, _ in large]
    assert np.ptp(np.diff(levels[:22])) < 1.5, "its brightness does not flicker"


def test_a_clip_of_an_engine_that_is_large_enough_is_only_made_smoother(made):
    shot = "kitchen-night/shot-3"
    timing = made.timing(shot)
    clip = read_video(made.file(f"{shot}/large", "clip"))
    assert len(clip) == timing.frames
    assert clip[0][0].shape == (216, 384, 3)


def test_nothing_is_made_again_and_standard_needs_none_of_it(film, made):
    home, run = film
    again = run("render", home / "film.scene", "--json", "--jobs", "1")
    assert {t["status"] for t in again.data["tasks"]} == {"reused"}
    plain = run("render", home / "film.scene", "--json", "--jobs", "1", "--quality", "standard")
    assert plain.code == 0
    assert {"interpolate", "upscale"}.isdisjoint(t["operation"] for t in plain.data["tasks"])
