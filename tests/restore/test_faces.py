"""Faces: laid upright, restored, and back in their frame without an edge, with the colours that the frame has."""

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from duocast.runtime.finer.faces import PLACES, SIDE, aligned, fitted, mask, pasted
from restore.clips import psnr, texture

FACE = np.array([(200.0, 160.0), (240.0, 164.0), (218.0, 188.0), (201.0, 204.0), (235.0, 208.0)])


@given(st.floats(-1.5, 1.5), st.floats(0.05, 4), st.floats(-900, 900), st.floats(-900, 900))
def test_a_face_that_is_turned_moved_and_small_is_laid_upright(turn, size, x, y):
    c, s = np.cos(turn) * size, np.sin(turn) * size
    seen = PLACES @ np.array([[c, -s], [s, c]]).T + (x, y)
    matrix = fitted(seen)
    assert np.allclose(seen @ matrix[:, :2].T + matrix[:, 2], PLACES, atol=1e-6)


def test_a_face_that_is_given_back_unchanged_leaves_the_frame_as_it_was():
    frame = texture(480, 320)
    at = aligned(frame, FACE)
    assert at.face.shape == (SIDE, SIDE, 3)
    again = pasted(frame, at, at.face, 1.0)
    assert psnr(again, frame) > 38
    assert np.array_equal(pasted(frame, at, 1 - at.face, 0.0), frame)


def test_only_the_face_changes_and_nowhere_at_once():
    frame = np.full((320, 480, 3), 120, np.uint8)
    at = aligned(frame, FACE)
    marked = at.face + np.random.default_rng(1).normal(0, 0.2, at.face.shape).astype(np.float32)
    made = pasted(frame, at, marked, 1.0).astype(int)
    assert np.array_equal(made[:80], frame[:80].astype(int))
    assert np.array_equal(made[:, :130], frame[:, :130].astype(int))
    assert np.ptp(made[170:190, 210:230]) > 10
    edge = cv2.transform(np.array([[(3.0, 256.0)]]), cv2.invertAffineTransform(at.matrix))[0, 0]
    assert abs(made[int(edge[1]), int(edge[0])] - 120).max() <= 3


def test_a_restored_face_keeps_the_colours_of_the_light_it_stands_in():
    frame = texture(480, 320)
    at = aligned(frame, FACE)
    made = pasted(frame, at, np.clip(at.face + np.float32([0.2, -0.1, 0.1]), 0, 1), 1.0)
    before, after = frame[150:210, 190:250], made[150:210, 190:250]
    assert np.abs(before.mean(axis=(0, 1)) - after.mean(axis=(0, 1))).max() < 6


def test_half_as_strong_lies_half_way():
    frame = texture(480, 320)
    at = aligned(frame, FACE)
    sharp = np.clip(at.face * 1.5 - 0.2, 0, 1)
    none, half, whole = (pasted(frame, at, sharp, strength).astype(int) for strength in (0, 0.5, 1))
    assert np.abs(half - (none + whole) / 2).max() <= 1


def test_the_mask_is_soft_and_whole_in_the_middle():
    share = mask()
    assert share[SIDE // 2, SIDE // 2] == 1
    assert share[0].max() < 0.01
    assert np.abs(np.diff(share, axis=0)).max() < 0.05


@pytest.mark.slow
@pytest.mark.network
def test_the_face_of_a_photograph_is_found_and_restored_where_it_is():
    from PIL import Image

    from duocast.runtime.finer.restorer import cleared, faces_of
    from photo.sitter import ASTRONAUT, weights

    kept = weights()
    photograph = np.asarray(Image.open(kept.path(ASTRONAUT)).convert("RGB"))
    (face,) = faces_of(photograph, kept)
    left, right = face[:2]
    assert 20 < right[0] - left[0] < 90
    turned = cv2.warpAffine(photograph, cv2.getRotationMatrix2D((224, 120), 25, 1.0), (512, 512))
    (other,) = faces_of(turned, kept)
    for points, frame in ((face, photograph), (other, turned)):
        square = aligned(frame, points).face
        assert square.shape == (SIDE, SIDE, 3)
        again = cleared(frame, 1.0, lambda seen: seen, kept)
        assert psnr(again, frame) > 40
        x, y = points.mean(axis=0).astype(int)
        sharper = cleared(frame, 1.0, lambda seen: np.clip(2 * seen - 0.5, 0, 1), kept)
        apart = np.abs(sharper.astype(int) - frame).mean(axis=2)
        assert apart[y - 15 : y + 15, x - 15 : x + 15].mean() > 2
        assert apart[400:].max() == 0
