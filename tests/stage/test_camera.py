"""The camera: smooth below a pixel, in the right direction, never past the edge of the stage."""

import itertools
from typing import get_args

import numpy as np
import pytest

from duocast.compiler.operations.compose import CameraMove, Framed, Layout, Placed
from duocast.compiler.timeline import Rate
from duocast.language.direction import MoveKind
from duocast.runtime.stage.frames import ShotFrames
from duocast.runtime.stage.moves import camera_at, path
from duocast.runtime.stage.placing import Stage
from stage.ovals import Oval, dotted

STAGE = Stage(794, 446, 360)
RATE = Rate(numerator=24)
MOVES = get_args(MoveKind)


def layout_of(move: str, amount: float = 1.0, angle: str = "eye", people=()) -> Layout:
    start, end, sway, parallax = path(
        CameraMove(kind=move, amount=amount), STAGE, angle, (STAGE.width / 2, STAGE.height / 2 - 40)
    )
    return Layout(
        width=640, height=360, people=people, start=start, end=end, handheld=sway, parallax=parallax, seed=5,
    )  # fmt: skip


def shot(layout: Layout, frames: int = 24, rigs=None) -> ShotFrames:
    plate = dotted(STAGE.height, STAGE.width)
    return ShotFrames(layout, plate, None, rigs or {}, None, frames, RATE)


def centre(frame: np.ndarray) -> tuple[float, float]:
    light = frame[..., 0].astype(np.float64)
    ys, xs = np.mgrid[0 : light.shape[0], 0 : light.shape[1]]
    return float((light * xs).sum() / light.sum()), float((light * ys).sum() / light.sum())


@pytest.mark.parametrize("move", ["push in", "truck left", "pan right", "tilt up", "crane"])
def test_a_move_is_smooth_below_a_pixel(move):
    """A dot on the plate stays within hundredths of a pixel of where the camera puts it."""
    layout = layout_of(move, 0.5)
    frames = shot(layout, 48)
    dot = np.array([(STAGE.width // 2) * 1.0, STAGE.height // 2, 1])
    missed, moved = [], []
    for index in range(48):
        camera = camera_at(layout, index / 47, index / 24)
        exact = frames._matrix(camera, 1.0) @ dot
        moved.append(exact)
        missed.append(np.array(centre(frames.frame(index))) - exact)
    assert np.std(missed, axis=0).max() < 0.03
    assert np.ptp(moved, axis=0).max() > 0.7, "it moves"
    assert np.abs(np.diff(moved, n=2, axis=0)).max() < 0.08, "without a jerk"


def test_a_static_camera_gives_the_same_background_in_every_frame():
    first, *rest = list(shot(layout_of("static"), 4))
    assert all(np.array_equal(first, frame) for frame in rest)


@pytest.mark.parametrize(
    ("move", "axis", "sign"),
    [
        ("pan left", 0, 1), ("pan right", 0, -1), ("truck left", 0, 1), ("truck right", 0, -1),
        ("tilt up", 1, 1), ("tilt down", 1, -1), ("pedestal up", 1, 1), ("pedestal down", 1, -1),
    ],
)  # fmt: skip
def test_a_move_goes_where_it_says(move, axis, sign):
    frames = list(shot(layout_of(move), 12))
    assert sign * (centre(frames[-1])[axis] - centre(frames[0])[axis]) > 8


@pytest.mark.parametrize(
    ("inwards", "outwards"), [("push in", "pull out"), ("zoom in", "zoom out")]
)
def test_in_is_out_backwards(inwards, outwards):
    one, other = layout_of(inwards), layout_of(outwards)
    assert (one.start, one.end) == (other.end, other.start)
    assert one.end.zoom > 1.05 * one.start.zoom


def corners(layout: Layout, camera: Framed, depth: float) -> np.ndarray:
    """The frame's corners on the stage."""
    matrix = shot(layout)._matrix(camera, depth)
    square = np.vstack([matrix, [0, 0, 1]])
    points = np.array([[0, 0, 1], [640, 0, 1], [0, 360, 1], [640, 360, 1]]).T
    return (np.linalg.inv(square) @ points)[:2]


@pytest.mark.parametrize("angle", ["eye", "dutch"])
@pytest.mark.parametrize("move", MOVES)
def test_the_frame_never_leaves_the_stage(move, angle):
    for amount in (0.5, 1.0, 2.0):
        layout = layout_of(move, amount, angle)
        for part in (0.0, 0.5, 1.0):
            camera = camera_at(layout, part, part * 3)
            for depth in (1.0, -1.0):
                xs, ys = corners(layout, camera, depth)
                assert xs.min() > -1
                assert xs.max() < STAGE.width + 1
                assert ys.min() > -1
                assert ys.max() < STAGE.height + 1


def test_near_things_move_more_than_far_ones():
    layout = layout_of("truck right")
    frames = shot(layout)
    shifts = []
    for depth in (-1.0, 0.0, 1.0):
        a, b = (frames._matrix(camera, depth)[0, 2] for camera in (layout.start, layout.end))
        shifts.append(abs(b - a))
    assert shifts[0] > shifts[1] > shifts[2] > 0


def test_a_hand_sways_a_little_and_repeatably():
    layout = layout_of("handheld")
    one = [camera_at(layout, 0.5, t / 24) for t in range(48)]
    assert one == [camera_at(layout, 0.5, t / 24) for t in range(48)]
    xs = np.array([camera.x for camera in one])
    assert 0.5 < np.ptp(xs) < 12
    assert np.abs(np.diff(xs)).max() < 1.5


def person(**more) -> Placed:
    plain = {
        "role": "a", "matrix": (100, 0, 0, 100, 397, 223), "yaw": 20.0, "depth": 1.0,
        "face": (360, 180, 70, 90),
    }  # fmt: skip
    return Placed.from_plain({**plain, **more})


def test_frames_are_the_same_in_any_order_and_again():
    layout = layout_of("push in", people=(person(),))
    rigs = {"a": Oval()}
    whole = list(shot(layout, 6, rigs))
    assert len(whole) == 6
    assert all(frame.shape == (360, 640, 3) and frame.dtype == np.uint8 for frame in whole)
    other = shot(layout, 6, rigs)
    for index in (4, 0, 5):
        assert np.array_equal(other.frame(index), whole[index])


def test_rig_is_asked_for_its_turn_and_side():
    rig = Oval()
    list(shot(layout_of("static", people=(person(view="back", yaw=-24.0),)), 1, {"a": rig}))
    assert rig.asked == [(-24.0, "back")]


def edge(frame: np.ndarray) -> float:
    """How steep the steepest edge is along the middle of the head."""
    return float(np.abs(np.diff(frame[180, :, 0].astype(int))).max())


def test_focus_travels_to_the_one_it_is_racked_to():
    layout = layout_of("rack focus", people=(person(blur=6.0, blur_end=0.0),))
    frames = list(shot(layout, 3, {"a": Oval()}))
    assert edge(frames[0]) < 0.4 * edge(frames[-1])


def test_shade_lies_on_the_side_away_from_the_light():
    means = {}
    for side in (-1.0, 1.0):
        placed = person(light_from=side, contrast=0.6)
        frame = shot(layout_of("static", people=(placed,)), 1, {"a": Oval()}).frame(0)
        row = frame[185, :, 0].astype(float)
        columns = np.flatnonzero(row > 60)
        half = len(columns) // 2
        means[side] = row[columns[:half]].mean() - row[columns[half:]].mean()
    assert means[-1.0] > 10
    assert means[1.0] < -10


def test_light_from_behind_draws_the_outline_away_from_the_key():
    dark = {"gain": (0.3, 0.3, 0.3), "light_from": -1.0}
    frames = [
        shot(layout_of("static", people=(person(rim=rim, **dark),)), 1, {"a": Oval()}).frame(0)
        for rim in ((0.0, 0.0, 0.0), (0.1, 0.1, 0.6))
    ]
    more = frames[1][185, :, 2].astype(int) - frames[0][185, :, 2]
    columns = np.flatnonzero(frames[0][185, :, 0] > 30)
    assert more[columns[-4:]].max() > 25, "right edge, the key comes from the left"
    assert np.abs(more[columns[: len(columns) // 2]]).max() < 4


def test_a_shadow_darkens_the_floor_under_somebody():
    placed = person(shadow=(397, 400, 90, 16))
    plate = np.full((STAGE.height, STAGE.width, 3), 150, np.uint8)
    layout = layout_of("static", people=(placed,))
    frames = [
        ShotFrames(lay, plate, None, {"a": Oval(1.0)}, None, 1, RATE).frame(0)
        for lay in (layout, layout_of("static", people=(person(),)))
    ]
    y, x = 400 - 43, 320
    assert frames[0][y, x].mean() < 0.6 * frames[1][y, x].mean()


def test_moves_have_a_name_each():
    paths = {
        move: path(CameraMove(kind=move), STAGE, "eye", (400.0, 180.0))
        for move in MOVES
        if move not in ("static", "rack focus")
    }
    alike = [{a, b} for a, b in itertools.combinations(paths, 2) if paths[a] == paths[b]]
    assert alike in ([], [{"tilt up", "pedestal up"}, {"tilt down", "pedestal down"}])


def test_a_move_with_a_length_of_its_own_is_over_before_the_shot():
    layout = layout_of("push in").replace(move_seconds=1.0)
    whole, done = (camera_at(layout, part, seconds) for part, seconds in ((0.25, 1.0), (1.0, 4.0)))
    assert whole == done == layout.end
    assert camera_at(layout, 0.1, 0.4) != layout.end
