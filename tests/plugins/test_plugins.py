"""Engines of other packages: found by their entry point, used by name, left out with a reason when they are wrong."""

from importlib.metadata import EntryPoint
from pathlib import Path

import av
import pytest

from duocast.compiler.graph import Operation
from duocast.runtime.plugins import GROUP, plugged
from measure.rendered import Rendered
from measure.terminal import duocast

EXAMPLE = Path(__file__).with_name("example")
SCRIPT = """\
Title: Tiny
Format: 256x144 @ 12
Engine: speak draft, animate flipbook

character MARA

INT. KITCHEN - NIGHT

MARA
Stay.
"""


class Named:
    def __init__(self, name="reel", operation=Operation.ANIMATE):
        self.name, self.version, self.operation = name, "1", operation

    def run(self, request):
        raise AssertionError


def good():
    return [Named("one"), Named("two")]


def clashing():
    return [Named("three"), Named("reel")]


def unfinished():
    return [object()]


def point(name, function=None):
    return EntryPoint(name, f"{__name__}:{function or name}", GROUP)


def test_what_plugins_bring_is_taken_and_what_is_wrong_is_told():
    points = [point(name) for name in ("unfinished", "good", "clashing")]
    points.append(EntryPoint("away", "no_such_package_at_all:engines", GROUP))
    found = plugged([Named("reel")], points)
    assert [engine.name for engine in found.engines] == ["one", "two"]
    told = {gone.reference.split()[0]: gone.reason for gone in found.absent}
    assert sorted(told) == ["away", "clashing", "unfinished"]
    assert "another engine 'reel' that can animate" in told["clashing"]
    assert "has no name and no version" in told["unfinished"]
    assert "no_such_package_at_all" in told["away"]


def test_the_first_of_two_plugins_that_clash_is_taken():
    found = plugged([], [point("b", "good"), point("a", "good")])
    assert len(found.engines) == 2
    assert [gone.reference.split()[0] for gone in found.absent] == ["b"]


@pytest.fixture
def installed(tmp_path):
    """The example package as an installer leaves it: its code on the path, its entry point in the metadata."""
    site = tmp_path / "site"
    info = site / "duocast_flipbook-1.0.dist-info"
    info.mkdir(parents=True)
    (site / "duocast_flipbook").symlink_to(EXAMPLE / "duocast_flipbook")
    (info / "METADATA").write_text("Metadata-Version: 2.1\nName: duocast-flipbook\nVersion: 1.0\n")
    (info / "entry_points.txt").write_text(f"[{GROUP}]\nflipbook = duocast_flipbook:engines\n")
    return site


@pytest.mark.slow
def test_the_example_package_makes_the_pictures_of_a_film(installed, tmp_path):
    script = tmp_path / "film.scene"
    script.write_text(SCRIPT)
    changes = {"PYTHONPATH": str(installed)}
    done = duocast("render", script, "--json", home=tmp_path, changes=changes)
    assert done.code == 0, done.out[-3000:] + done.err[-3000:]
    film = Rendered(script, "standard", done, done.data)
    (picture,) = [t["address"] for t in film.report["tasks"] if t["engine"] == "flipbook"]
    with av.open(str(film.file(picture, "clip"))) as made:
        assert made.streams.video[0].average_rate == 12
    without = duocast("check", script, home=tmp_path)
    assert "there is no engine flipbook" in without.err + without.out
