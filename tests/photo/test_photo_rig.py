"""The rig of a photograph, on a face painted by hand: every field of a pose is measured in the pixels."""

from itertools import pairwise

import numpy as np
import pytest
from hand_face import HAIR, IRIS, SKIN, data

from duocast.runtime.engine import EngineError
from duocast.runtime.picture.load import load_rig
from duocast.runtime.picture.photo.behind import colours_of
from duocast.runtime.picture.photo.data import load_rig_data, save_rig
from duocast.runtime.picture.photo.rig import PhotoRig
from duocast.runtime.picture.pose import NEUTRAL, Pose

SIZE = (640, 640)
SCALE = 300.0
MATRIX = (SCALE, 0.0, 0.0, SCALE, 320.0, 260.0)


@pytest.fixture(scope="module")
def rig():
    return PhotoRig(data())


@pytest.fixture(scope="module")
def smiling():
    """The photograph shows teeth between parted lips."""
    return PhotoRig(data(gap=0.05))


def frame(rig, pose=NEUTRAL, matrix=MATRIX, size=SIZE, **more):
    sheet = rig.draw(pose, matrix, size, **more)
    picture = np.zeros((size[1], size[0], 4), np.uint8)
    rows, columns = sheet.pixels.shape[:2]
    picture[sheet.y : sheet.y + rows, sheet.x : sheet.x + columns] = sheet.pixels
    return picture


def part(picture, left, top, right, bottom):
    """A box of rig units cut out of a frame."""
    x0, x1 = (round(320 + SCALE * x) for x in (left, right))
    y0, y1 = (round(260 + SCALE * y) for y in (top, bottom))
    return picture[y0:y1, x0:x1, :3].astype(int)


def mouth(picture):
    return part(picture, -0.14, 0.20, 0.14, 0.62)


def like(pixels, colour, far=40):
    """How many pixels are of about this colour."""
    return int((np.abs(pixels - np.array(colour)).max(axis=-1) < far).sum())


def dark(pixels):
    return int((pixels.sum(axis=-1) < 210).sum())


def middle_of(pixels, colour, far=60):
    rows, columns = np.nonzero(np.abs(pixels - np.array(colour)).max(axis=-1) < far)
    return columns.mean(), rows.mean()


def test_the_neutral_pose_is_the_photograph(rig):
    picture = frame(rig)
    assert (
        like(part(picture, -0.2, 0.12, 0.2, 0.2), SKIN, 8)
        > 0.95 * part(picture, -0.2, 0.12, 0.2, 0.2).size / 3
    )
    x, y = middle_of(part(picture, -0.25, -0.1, 0.25, 0.1), IRIS)
    assert (x / SCALE - 0.25, y / SCALE - 0.1) == pytest.approx((0, 0), abs=0.01)


def test_a_resting_mouth_is_shut_even_where_the_photograph_smiles(rig, smiling):
    assert dark(mouth(frame(rig))) == 0
    teeth = like(mouth(frame(smiling)), (240, 238, 230), 60)
    opened = like(mouth(frame(smiling, Pose(jaw=0.4))), (240, 238, 230), 90)
    assert teeth == 0
    assert opened > 40


def test_the_mouth_opens_as_far_as_the_jaw_says(rig):
    areas = [dark(mouth(frame(rig, Pose(jaw=jaw)))) for jaw in (0.0, 0.2, 0.4, 0.6, 0.8, 1.0)]
    assert areas[0] == 0
    assert all(more > less + 20 for less, more in pairwise(areas))


def test_pressed_lips_win_over_the_jaw(rig):
    assert dark(mouth(frame(rig, Pose(jaw=0.6, press=1.0)))) == 0


def test_an_open_mouth_is_round_below_and_no_v(rig):
    inside = mouth(frame(rig, Pose(jaw=0.9))).sum(axis=-1) < 210
    deepest = [np.flatnonzero(column).max(initial=0) for column in inside.T]
    middle = len(deepest) // 2
    quarter = round(0.05 * SCALE)
    fall = deepest[middle] - (deepest[middle - quarter] + deepest[middle + quarter]) / 2
    assert 0 <= fall < 0.35 * (deepest[middle] - round(0.10 * SCALE))


def test_a_round_mouth_is_narrower_than_a_wide_one(rig):
    def width(wide):
        return np.ptp(np.nonzero(mouth(frame(rig, Pose(jaw=0.4, wide=wide))).sum(axis=-1) < 210)[1])

    assert width(-1.0) < 0.75 * width(0.0)
    assert width(0.9) > width(0.0)


def test_a_smile_lifts_the_corners(rig):
    lips = part(frame(rig, Pose(smile=0.8)), -0.16, 0.2, -0.08, 0.4)
    rest = part(frame(rig), -0.16, 0.2, -0.08, 0.4)
    red = (186, 82, 84)
    assert middle_of(lips, red)[1] < middle_of(rest, red)[1] - 2


def test_a_blink_hides_the_iris_and_half_a_blink_half_of_it(rig):
    counts = []
    for lid in (0.0, 0.5, 1.0):
        eyes = part(frame(rig, Pose(lid_left=lid, lid_right=lid)), -0.22, -0.025, 0.22, 0.025)
        counts.append(like(eyes, IRIS, 50))
    assert counts[0] > counts[1] > counts[2]
    assert counts[2] < 0.2 * counts[0]


def test_one_eye_can_wink(rig):
    picture = frame(rig, Pose(lid_left=1.0))
    assert like(part(picture, -0.22, -0.025, -0.08, 0.02), IRIS, 50) < 60
    assert like(part(picture, 0.08, -0.04, 0.22, 0.04), IRIS, 50) > 60


def test_gaze_moves_both_irises_and_nothing_else(rig):
    def irises(gaze):
        picture = frame(rig, Pose(gaze_x=gaze))
        return [
            middle_of(part(picture, side - 0.08, -0.05, side + 0.08, 0.05), IRIS)[0]
            for side in (-0.15, 0.15)
        ]

    for left, right in zip(irises(-0.8), irises(0.8), strict=True):
        assert right - left > 0.025 * SCALE
    still, moved = frame(rig), frame(rig, Pose(gaze_x=0.8))
    assert np.array_equal(still[260 + 60 :], moved[260 + 60 :])


def test_the_head_turns_the_nose_before_the_ears(rig):
    """A yaw moves what is near more than the outline."""
    rest, turned = frame(rig), frame(rig, Pose(yaw=14.0))
    lips = [middle_of(mouth(p), (186, 82, 84))[0] for p in (rest, turned)]
    edges = [np.flatnonzero(p[round(260 - 0.1 * SCALE), :, 3] > 128) for p in (rest, turned)]
    outline = [(columns.min() + columns.max()) / 2 for columns in edges]
    assert lips[1] - lips[0] > 0.03 * SCALE
    assert lips[1] - lips[0] > 1.5 * abs(outline[1] - outline[0])


def test_shoulders_stay_while_the_head_rolls(rig):
    rest, rolled = frame(rig), frame(rig, Pose(roll=10.0))
    assert np.array_equal(rest[260 + round(1.1 * SCALE) :], rolled[260 + round(1.1 * SCALE) :])
    assert not np.array_equal(rest[:260], rolled[:260])


@pytest.mark.parametrize("pose", [Pose(breath=1.0), Pose(shrug=1.0)])
def test_breath_and_shrug_lift_the_shoulders(rig, pose):
    def top(picture):
        return np.flatnonzero(picture[:, 320 + round(0.6 * SCALE), 3] > 128).min()

    assert top(frame(rig)) - top(frame(rig, pose)) >= (2 if pose.breath else 12)


def test_a_move_below_a_pixel_is_seen(rig):
    first = frame(rig).astype(int)
    shifted = frame(rig, matrix=(SCALE, 0, 0, SCALE, 320.25, 260.0)).astype(int)
    further = frame(rig, matrix=(SCALE, 0, 0, SCALE, 321.0, 260.0)).astype(int)
    quarter = np.abs(shifted - first).sum() / np.abs(further - first).sum()
    assert 0.15 < quarter < 0.40


@pytest.mark.parametrize("scale", [40.0, 90.0, 240.0, 700.0])
def test_every_size_is_premultiplied_and_inside_its_frame(rig, scale):
    sheet = rig.draw(Pose(jaw=0.3, yaw=8), (scale, 0, 0, scale, 200.0, 150.0), (400, 300))
    rows, columns = sheet.pixels.shape[:2]
    assert sheet.x >= 0
    assert sheet.y >= 0
    assert sheet.x + columns <= 400
    assert sheet.y + rows <= 300
    assert (sheet.pixels[..., :3].max(axis=-1) <= sheet.pixels[..., 3].astype(int) + 1).all()


def test_nobody_is_drawn_outside_the_frame(rig):
    assert rig.draw(NEUTRAL, (100, 0, 0, 100, 5000, 100), (400, 300)).pixels.size == 0


def test_the_file_keeps_the_rig_and_its_bytes(rig, tmp_path):
    first, second = tmp_path / "rig.npz", tmp_path / "again.npz"
    save_rig(first, data())
    save_rig(second, load_rig_data(first))
    assert first.read_bytes() == second.read_bytes()
    loaded = load_rig(first)
    pose = Pose(jaw=0.4, yaw=5, lid_left=0.3)
    assert np.array_equal(frame(loaded, pose), frame(rig, pose))


def test_what_was_drawn_before_changes_nothing(rig):
    fresh = PhotoRig(data())
    pose = Pose(jaw=0.5, wide=-0.4, gaze_x=0.3, roll=3)
    assert np.array_equal(frame(fresh, pose), frame(rig, pose))


@pytest.mark.parametrize("name", ["rig.npz", "rig.json", "rig.txt"])
def test_a_file_that_is_no_rig_is_refused(name, tmp_path):
    path = tmp_path / name
    path.write_bytes(b"nothing")
    with pytest.raises(EngineError) as caught:
        load_rig(path)
    assert caught.value.code.startswith("A02")


def test_the_back_is_drawn_in_the_photographs_colours(rig):
    assert colours_of(data()) == {"skin": "#dcac8c", "hair": "#462e1e", "clothes": "#285a96"}
    back = frame(rig, view="back")
    assert like(part(back, -0.3, -0.4, 0.3, 0.3), HAIR, 45) > 3000
    assert like(part(back, -0.2, 0.1, 0.2, 0.4), IRIS, 10) < 200
