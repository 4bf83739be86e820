"""Pieces that go round: the seam is no larger than what the piece does anyway from one frame to the next."""

from itertools import islice

import cv2
import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from duocast.runtime.diffusion.loops import best_loop, looped


def textured(seed=1, side=160):
    noise = np.random.default_rng(seed).integers(0, 255, (side, side, 3), np.uint8)
    return cv2.GaussianBlur(noise, (0, 0), 4)


def swaying(count=60, period=23.0, grain=2.0):
    """A camera on a swaying boat: it comes back to where it was, never to the very same pixels."""
    scene, chance = textured(), np.random.default_rng(7)
    frames = []
    for number in range(count):
        turn = 2 * np.pi * number / period
        shift = np.array([[1, 0, 9 * np.sin(turn) - 40], [0, 1, 4 * np.cos(turn) - 40]], np.float32)
        seen = cv2.warpAffine(scene, shift, (80, 60), borderMode=cv2.BORDER_REFLECT)
        noisy = seen.astype(np.float32) + chance.normal(0, grain, seen.shape)
        frames.append(np.clip(noisy, 0, 255).astype(np.uint8))
    return np.asarray(frames)


def going_away(count=40):
    """A picture that goes darker and darker: it never comes back."""
    scene = textured(side=60).astype(np.float32)
    return np.asarray([scene * (1 - n / count) for n in range(count)], np.uint8)


def steps(frames):
    moved = np.asarray(frames, np.float32)
    return np.abs(np.diff(moved, axis=0)).mean(axis=(1, 2, 3))


def test_a_loop_is_found_where_a_movement_comes_back_and_its_seam_is_an_ordinary_step():
    frames = swaying()
    loop = best_loop(frames)
    assert (loop.end - loop.first) % 23 in (0, 1, 22)
    made = list(looped(frames, 300))
    assert len(made) == 300
    assert steps(made).max() <= steps(frames).max()
    np.testing.assert_array_equal(
        made[: loop.end - loop.dissolve], frames[: loop.end - loop.dissolve]
    )


def test_what_never_comes_back_goes_there_and_back():
    frames = going_away()
    assert best_loop(frames) is None
    made = np.asarray(list(looped(frames, 100)))
    assert steps(made).max() <= steps(frames).max()
    np.testing.assert_array_equal(made[40:79], frames[38::-1])


def test_a_cut_is_no_place_to_come_back_over():
    """Two quite different halves: to go from the end of the second into the first would be seen."""
    frames = np.concatenate([swaying(20, period=500), 255 - swaying(20, period=500)])
    loop = best_loop(frames)
    assert loop is None or steps(list(looped(frames, 200))).max() <= steps(frames).max()


@given(st.integers(2, 9), st.integers(1, 30))
def test_every_piece_gives_as_many_frames_as_are_wanted(count, wanted):
    frames = going_away(count)
    assert len(list(looped(frames, wanted))) == wanted


def test_what_stands_still_stands_still():
    frames = np.full((9, 8, 8, 3), 90, np.uint8)
    assert {int(frame.mean()) for frame in islice(looped(frames, 40), 40)} == {90}


@pytest.mark.slow
def test_a_real_picture_seen_from_a_swaying_camera_loops_unseen():
    from photo.sitter import ASTRONAUT, weights

    scene = cv2.imread(str(weights().path(ASTRONAUT)))
    frames = []
    for number in range(48):
        turn = 2 * np.pi * number / 31
        at = (250 + 20 * np.sin(turn), 200 + 8 * np.sin(2 * turn))
        frames.append(cv2.getRectSubPix(scene, (256, 144), at))
    frames = np.asarray(frames)
    made = list(looped(frames, 200))
    assert best_loop(frames) is not None
    assert steps(made).max() <= steps(frames).max()
