"""What is decided about a model before it is loaded: pieces, sizes, memory, the last picture, who is whose face."""

from types import SimpleNamespace

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st
from two_people import two

from duocast.compiler.operations.compose import Framed, Layout
from duocast.runtime.diffusion.ends import last_picture
from duocast.runtime.diffusion.faces import bound
from duocast.runtime.diffusion.limits import FILMERS, PAINTERS, limited
from duocast.runtime.diffusion.loading import laid
from duocast.runtime.diffusion.pieces import frames_for, lengths, size
from duocast.runtime.engine import EngineError
from duocast.runtime.models.device import Device, placement
from duocast.runtime.models.limits import Sheet
from duocast.runtime.picture.photo.detect import Face

ENGINES = [*FILMERS.values(), *PAINTERS.values()]


@given(st.sampled_from(sorted(FILMERS)), st.integers(2, 3000))
def test_pieces_cover_a_shot_and_are_what_the_model_makes(name, wanted):
    limits = FILMERS[name]
    counts = lengths(wanted, limits)
    made = counts[0] + sum(count - 1 for count in counts[1:])
    assert made >= wanted or not limits.continues
    assert all((count - limits.offset) % limits.step == 0 for count in counts)
    assert all(2 <= count <= limits.most for count in counts)
    if len(counts) == 1 and wanted > limits.step + limits.offset:
        assert counts[0] - wanted < limits.step


def test_a_shot_longer_than_a_piece_is_made_in_pieces_that_are_about_as_long():
    ltx = FILMERS["ltx"]
    assert lengths(161, ltx) == (161,)
    assert lengths(162, ltx) == (89, 89)
    assert frames_for(25, 25.0, ltx) == 24
    assert frames_for(24, 24.0, FILMERS["svd"]) == 7


@given(st.sampled_from(ENGINES), st.integers(128, 7680), st.integers(128, 4320))
def test_a_size_is_one_that_the_model_takes(limits, width, height):
    wide, tall = size(width, height, limits)
    assert wide % 2 == 0
    assert tall % 2 == 0
    assert wide % limits.multiple == 0
    assert tall % limits.multiple == 0
    assert wide * tall <= limits.pixels or min(wide, tall) == limits.multiple


def test_a_film_keeps_its_shape():
    assert size(1920, 1080, FILMERS["ltx"]) == (1216, 704)
    assert size(640, 360, FILMERS["wan"]) == (640, 352)
    assert size(1080, 1920, FILMERS["wan"]) == (480, 832)
    assert size(1920, 1080, FILMERS["cogvideox"]) == (720, 480)


def test_a_sheet_changes_what_it_names():
    cog = limited(FILMERS["cogvideox"], Sheet(steps=4, pixels=64 * 64))
    assert (cog.steps, cog.size, cog.guidance) == (4, None, 6.0)
    assert limited(FILMERS["ltx"], Sheet()) == FILMERS["ltx"]


@pytest.mark.parametrize(
    ("free", "laid"),
    [(None, "whole"), (80, "whole"), (26, "by part"), (16, "by part"), (8, "by layer")],
)
def test_a_model_is_laid_on_what_memory_there_is(free, laid):
    assert placement(free, 24) == laid


class Pipe:
    """Remembers how it was laid on a device."""

    def __init__(self):
        self.told = []
        self.vae = SimpleNamespace(enable_tiling=lambda: self.told.append("tiles"))

    def to(self, device):
        self.told.append(f"whole on {device}")
        return self

    def enable_model_cpu_offload(self, device):
        self.told.append(f"by part on {device}")

    def enable_sequential_cpu_offload(self, device):
        self.told.append(f"by layer on {device}")


@pytest.mark.parametrize(
    ("free", "told"),
    [
        (80, ["whole on cuda"]),
        (20, ["tiles", "by part on cuda"]),
        (8, ["tiles", "by layer on cuda"]),
    ],
)
def test_a_model_that_does_not_fit_is_brought_in_piece_by_piece(free, told):
    pipe = Pipe()
    assert laid(pipe, Device("cuda", free), FILMERS["ltx"]) is pipe
    assert pipe.told == told


def stage(end, handheld=0.0):
    start = Framed(x=100, y=50, zoom=1.0)
    return Layout(width=200, height=100, people=(), start=start, end=end, handheld=handheld)


def test_the_last_picture_is_known_where_the_camera_goes_nearer_or_stays():
    still = np.zeros((100, 200, 3), np.uint8)
    still[40:60, 90:110] = 255
    stays = last_picture(still, stage(Framed(x=100, y=50, zoom=1.0)), 200, 100)
    np.testing.assert_array_equal(np.asarray(stays), still)
    nearer = np.asarray(last_picture(still, stage(Framed(x=100, y=50, zoom=2.0)), 200, 100))
    assert nearer[32:68, 82:118].min() > 200
    assert nearer[:20].max() == 0
    for end in (Framed(x=130, y=50, zoom=1.0), Framed(x=100, y=50, zoom=0.8)):
        assert last_picture(still, stage(end), 200, 100) is None
    assert last_picture(still, stage(Framed(x=100, y=50, zoom=2.0), 0.01), 200, 100) is None


def face(x, size=40.0, score=0.9):
    return Face(x, 60.0, size, (x - 8, 50.0), (x + 8, 50.0), score)


def test_faces_are_peoples_from_left_to_right_and_the_biggest_count():
    people = bound(two(rigged=True), [face(30, size=9), face(80), face(220)])
    assert [(one.role, one.face.x) for one in people] == [("mara", 80), ("jonas", 220)]


def test_a_face_too_few_stops_lips_and_nothing_else():
    with pytest.raises(EngineError, match="1 of 2 faces") as raised:
        bound(two(rigged=True), [face(80)])
    assert raised.value.code == "A0601"
    assert bound(two(rigged=False), [face(80)]) == ()
