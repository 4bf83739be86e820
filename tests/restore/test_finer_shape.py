"""What is enlarged: the part that the film shows, to the size that it needs, by no more than that takes."""

import numpy as np
import pytest

from duocast.runtime.delivery.encode.covering import covering, fills
from duocast.runtime.finer.shape import best_scale, covering_still, filling


def test_a_clip_of_another_shape_is_cut_before_it_is_enlarged():
    shape = filling(640, 480, 1920, 1080)
    assert (shape.part.width, shape.part.height) == (640, 360)
    assert (shape.part.x, shape.part.y) == (0, 60)
    assert (shape.width, shape.height, shape.factor) == (1920, 1080, 3.0)


@pytest.mark.parametrize(
    ("wide", "tall"), [(320, 180), (321, 181), (240, 136), (90, 160), (500, 100)]
)
def test_it_comes_out_as_the_encoder_would_lay_it(wide, tall):
    """The encoder then has nothing left to scale, but a backdrop to paint around what is of quite another shape."""
    shape = filling(wide, tall, 640, 360)
    made = np.zeros((shape.height, shape.width, 3), np.uint8)
    if fills(np.zeros((tall, wide, 3), np.uint8), 640, 360):
        assert made.shape == (360, 640, 3)
    else:
        assert made.shape[0] == 360 or made.shape[1] == 640
        assert covering(made, 640, 360).shape == (360, 640, 3)


def test_what_is_large_enough_is_not_touched():
    assert not filling(1920, 1080, 1280, 720).needed
    assert not filling(1280, 720, 1320, 742).needed
    assert filling(960, 540, 1280, 720).needed


def test_a_still_stays_whole():
    shape = covering_still(400, 300, 1382, 778)
    assert (shape.part.width, shape.part.height) == (400, 300)
    assert (shape.width, shape.height) == (1382, 1036)
    assert covering_still(4000, 3000, 1382, 778).factor == 1


@pytest.mark.parametrize(
    ("factor", "scales", "best"),
    [(1.5, (2, 4), 2), (2.5, (2, 4), 4), (8, (2, 4), 4), (1.2, (4,), 4)],
)
def test_the_smallest_network_that_is_enough_does_it(factor, scales, best):
    assert best_scale(factor, scales) == best
