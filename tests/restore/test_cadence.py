"""Cadence: every instant of the film has its frame, made or found; nothing is made across a cut."""

from fractions import Fraction

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from duocast.compiler.timeline import Rate
from duocast.runtime.finer.cadence import PARTS, Between, lacks_frames, steps
from duocast.runtime.finer.cuts import is_cut
from duocast.runtime.finer.shown import look

RATES = [Fraction(7), Fraction(8), Fraction(16), Fraction(24), Fraction(24000, 1001), Fraction(25)]


@given(st.sampled_from(RATES), st.sampled_from([24, 25, 30, 50, 60, 120]), st.integers(1, 90))
def test_every_instant_comes_once_and_in_order(own, film, frames):
    intervals = [(Fraction(n) / own, Fraction(n + 1) / own) for n in range(200)]
    found = [one for start, end in intervals for one in steps(start, end, Fraction(film), frames)]
    assert [number for number, _ in found][:frames] == list(range(frames))
    assert all(0 <= part <= PARTS for _, part in found)


def test_twenty_four_becomes_sixty_within_a_sixteenth_of_a_frame():
    parts = [
        part
        for n in range(2)
        for _, part in steps(Fraction(n, 24), Fraction(n + 1, 24), Fraction(60), 5)
    ]
    assert parts == [0, 3, 6, 2, 5]  # 0, .4, .8, .2, .6 of the way


def test_doubling_makes_one_frame_for_each_there_is():
    made = []

    def halfway(one, other):
        made.append((one, other))
        return (one + other) / 2

    between = Between(0.0, 8.0, halfway)
    assert between.at(4) == 4.0
    assert [between.at(part) for part in range(9)] == [float(part) for part in range(9)]
    assert len(made) == 7
    assert len(set(made)) == 7


def test_slow_footage_is_looked_at_more_often():
    seen = look(30, Rate(numerator=24), 1.5, 0.5)
    assert (seen.rate.fps, seen.start, seen.instant(48)) == (48, Fraction(3, 2), 1)
    assert look(30, Rate(numerator=30000, denominator=1001), 0, 2).rate.fps == Fraction(15000, 1001)


@pytest.mark.parametrize(
    ("own", "film", "lacks"),
    [
        (24, 24, False),
        (Fraction(24000, 1001), 24, False),
        (24, 25, True),
        (16, 24, True),
        (50, 24, False),
    ],
)
def test_only_what_has_too_few_frames_gets_more(own, film, lacks):
    assert lacks_frames(Fraction(own), Fraction(film)) is lacks


def textured(seed, shift=0, light=1.0):
    import cv2

    noise = np.random.default_rng(seed).integers(0, 255, (20, 40, 3), np.uint8)
    large = cv2.resize(noise, (800, 400), interpolation=cv2.INTER_CUBIC)
    return np.clip(large[100:280, 200 + shift : 520 + shift] * light, 0, 255).astype(np.uint8)


def test_a_cut_is_told_from_motion_and_from_a_flash():
    assert is_cut(textured(1), textured(2))
    assert is_cut(textured(1), np.full((180, 320, 3), 250, np.uint8))
    assert not is_cut(textured(1), textured(1))
    assert not is_cut(textured(1), textured(1, shift=12))
    assert not is_cut(textured(1, light=0.5), textured(1, light=1.0))
    assert not is_cut(np.full((180, 320, 3), 10, np.uint8), np.full((180, 320, 3), 14, np.uint8))
