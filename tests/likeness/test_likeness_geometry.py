"""A face is laid upright before it is embedded; who is who is told by place, or by who is most alike."""

import numpy as np
import pytest

from duocast.runtime.likeness.embedding import UPRIGHT, likeness, upright
from duocast.runtime.likeness.measuring import in_still
from duocast.runtime.picture.photo.detect import Face
from duocast.runtime.picture.photo.mesh import LEFT_UPPER_LID, RIGHT_UPPER_LID


def mesh(five):
    points = np.zeros((468, 3))
    for corners, where in (((33, 133), five[0]), ((362, 263), five[1])):
        points[list(corners), :2] = where
    for number, where in zip((4, 61, 291), five[2:], strict=True):
        points[number, :2] = where
    assert {33, 133} <= set(LEFT_UPPER_LID)
    assert {362, 263} <= set(RIGHT_UPPER_LID)
    return points


@pytest.mark.parametrize("degrees", [0, 20, -75])
@pytest.mark.parametrize("scale", [0.4, 3.0])
def test_a_turned_face_of_any_size_is_laid_on_the_models_points(degrees, scale):
    turn = np.radians(degrees)
    matrix = scale * np.array([[np.cos(turn), -np.sin(turn)], [np.sin(turn), np.cos(turn)]])
    lying = UPRIGHT @ matrix.T + (300, 40)
    found = upright(mesh(lying))
    np.testing.assert_allclose(lying @ found[:, :2].T + found[:, 2], UPRIGHT, atol=1e-6)


def one(*values):
    vector = np.array(values, float)
    return vector / np.linalg.norm(vector)


MARA, JONAS, STRANGER = one(1, 0, 0), one(0, 1, 0), one(0, 0, 1)


def face(x, size=50.0):
    return Face(x, 60.0, size, (x - 8, 50.0), (x + 8, 50.0), 0.9)


class Eyes:
    def __init__(self, *seen):
        self.seen = seen

    def faces(self, picture):
        return list(self.seen)


def alike(*seen, order=("mara", "jonas")):
    known = {"mara": [one(1, 1, 0), MARA], "jonas": [JONAS]}
    found = in_still(None, Eyes(*seen), known, order)
    return {figure.role: figure.likeness for figure in found}


def test_a_face_is_the_persons_who_is_meant_to_be_there():
    assert alike((face(80), MARA), (face(220), JONAS)) == {"mara": 1.0, "jonas": 1.0}
    assert alike((face(80), JONAS), (face(220), MARA)) == {"mara": 0.7071, "jonas": 0.0}


def test_the_biggest_faces_count():
    seen = ((face(20, 25), STRANGER), (face(80), MARA), (face(220), JONAS))
    assert alike(*seen) == {"mara": 1.0, "jonas": 1.0}


def test_where_a_face_is_missing_everybody_is_the_one_most_like_them():
    assert alike((face(220), MARA)) == {"mara": 1.0, "jonas": None}
    assert alike() == {"mara": None, "jonas": None}


def test_likeness_is_one_for_the_same_and_none_for_strangers():
    assert likeness(MARA, MARA) == 1.0
    assert likeness(MARA, STRANGER) == 0.0
