"""Rain and snow: they fall, they never end, and they are the same each time."""

import cv2
import numpy as np
import pytest

from duocast.compiler.operations.compose import Framed, Layout, Placed
from duocast.compiler.operations.plate import PlateParams
from duocast.runtime.stage.falling import Falling
from duocast.runtime.stage.place.brief import brief_of
from duocast.runtime.stage.place.drawn import draw_place

FRAMED = Framed(x=400, y=225, zoom=1)


def layout(falling: str, head: float = 0.0) -> Layout:
    person = Placed(
        role="a", matrix=(1, 0, 0, 1, 0, 0), yaw=0, depth=1, face=(0, 0, head, head * 360)
    )
    people = (person,) if head else ()
    return Layout(
        width=640, height=360, people=people, start=FRAMED, end=FRAMED, falling=falling, seed=3
    )


def air(shot: Falling, seconds: float) -> np.ndarray:
    picture = np.zeros((360, 640, 3), np.uint8)
    shot.behind(picture, seconds)
    return picture


@pytest.mark.parametrize("kind", ["rain", "snow"])
def test_it_falls(kind):
    shot = Falling(layout(kind))
    one, two = (air(shot, t)[..., 0].astype(np.float32) for t in (1.0, 1.0 + 1 / 24))
    (_, down), found = cv2.phaseCorrelate(one, two)
    speed = 1.9 if kind == "rain" else 0.13
    assert found > 0.3
    assert down == pytest.approx(speed * 360 / 24, abs=1.5)


@pytest.mark.parametrize("kind", ["rain", "snow"])
def test_it_is_the_same_each_time_and_never_ends(kind):
    for seconds in (0.0, 7.3, 3600.0):
        picture = air(Falling(layout(kind)), seconds)
        assert np.array_equal(picture, air(Falling(layout(kind)), seconds))
        assert 0.1 < picture.mean() < 12
        top, low = picture[:180].mean(), picture[180:].mean()
        assert 0.4 < top / low < 2.5


def test_nothing_falls_in_clear_air():
    shot = Falling(layout(""))
    assert air(shot, 1.0).max() == 0


def test_what_falls_before_a_close_face_is_faint():
    for kind in ("rain", "snow"):
        wide, close = (np.zeros((360, 640, 3), np.uint8) for _ in range(2))
        Falling(layout(kind)).before(wide, 1.0)
        Falling(layout(kind, 0.5)).before(close, 1.0)
        assert close.max() < 0.5 * wide.max()


def test_it_rains_outdoors_only():
    outside = brief_of(PlateParams(name="DESERT", interior=False, weather="rain"))
    inside = brief_of(PlateParams(name="STAGE", interior=True, weather="rain"))
    assert draw_place(outside).geometry.falling == "rain"
    assert draw_place(inside).geometry.falling == ""
