"""Captions in the picture look as the title page says; fades go through the colour that the writer names."""

import numpy as np
import pytest

from duocast.compiler.operations.delivery import Caption
from duocast.compiler.operations.encode import CaptionStyle
from duocast.compiler.timeline import Rate
from duocast.runtime.delivery.captions.burn import caption_reel
from duocast.runtime.delivery.colour import Planes
from duocast.runtime.delivery.join.blend import LEVELS, faded
from duocast.runtime.delivery.titles import reel

WIDTH, HEIGHT = 640, 360
RATE = Rate(numerator=24)


def grey(level=110):
    y = np.full((HEIGHT, WIDTH), level, np.uint8)
    half = np.full((HEIGHT // 2, WIDTH // 2), 128, np.uint8)
    return Planes(y, half.copy(), half.copy())


def drawn(**style):
    """A grey frame with a caption on it."""
    frame = grey()
    titles = reel((), RATE, WIDTH, HEIGHT, black=False)
    caption = Caption(start=0, end=24, text="You kept it.", speaker="Mara")
    caption_reel([caption], titles, RATE, WIDTH, HEIGHT, CaptionStyle(**style)).draw(frame, 5)
    return frame


def box(frame):
    rows, columns = np.nonzero(frame.y != 110)
    return rows.min(), rows.max(), columns.min(), columns.max()


def test_a_caption_can_be_larger():
    small, large = box(drawn(plate=False)), box(drawn(plate=False, size=1.6))
    assert (large[3] - large[2]) / (small[3] - small[2]) == pytest.approx(1.6, rel=0.08)


def test_a_caption_can_be_coloured():
    white, yellow = drawn(), drawn(colour=(255, 226, 64))
    assert abs(int(white.u.min()) - 128) < 4
    assert int(yellow.u.min()) < 90, "yellow has little blue"


def test_a_caption_can_stand_without_its_plate_and_at_the_top():
    assert int(drawn().y.min()) < 80, "the plate is dark"
    with_plate, without = (np.count_nonzero(drawn(plate=p).y != 110) for p in (True, False))
    assert without < with_plate
    assert box(drawn(top=True))[1] < HEIGHT / 3 < HEIGHT * 2 / 3 < box(drawn())[0]


@pytest.mark.parametrize(("colour", "level"), [("black", 16), ("white", 235)])
def test_a_fade_goes_all_the_way_to_its_colour(colour, level):
    assert np.all(faded(grey(), 0.0, LEVELS[colour]).y == level)
    half = faded(grey(), 0.5, LEVELS[colour])
    assert int(half.y[0, 0]) == pytest.approx((110 + level) / 2, abs=1)
    assert np.all(half.u == 128)
