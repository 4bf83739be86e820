"""The governor of face coefficients against its formulas written out again, and what it does to a noisy track."""

import numpy as np
import pytest

from duocast.compiler.operations.animate import Actor
from duocast.compiler.operations.speak import TakeTimes, WordTime
from duocast.runtime.talking import UnknownCoefficients, governed, intent_map, talking_intent

FRAMES = 125


@pytest.fixture
def noise():
    return np.random.default_rng(7)


def said(*words, seconds=3.0):
    """A take of (start, end, emphasis) words."""
    times = [WordTime(text="word", start=a, end=b, emphasis=e) for a, b, e in words]
    return TakeTimes(seconds=seconds, words=tuple(times), phones=())


@pytest.mark.parametrize("width", [6, 64, 70, 199])
def test_a_compact_track_is_its_formula(noise, width):
    track, intent = noise.normal(size=(FRAMES, width)), noise.random(FRAMES)
    wanted = track.copy()
    for frame in range(FRAMES):
        for column in range(min(width, 64)):
            wanted[frame, column] = track[frame, column] * (0.7 + 0.25 * intent[frame])
    assert np.abs(governed(track, intent) - wanted).max() < 1e-6


def test_the_caller_says_which_columns_of_a_compact_track_are_expression(noise):
    track, intent = noise.normal(size=(FRAMES, 10)), np.ones(FRAMES)
    out = governed(track, intent, expression=(2, 5))
    np.testing.assert_allclose(out[:, [2, 5]], 0.95 * track[:, [2, 5]], atol=1e-12)
    np.testing.assert_array_equal(np.delete(out, [2, 5], 1), np.delete(track, [2, 5], 1))


@pytest.mark.parametrize("width", [224, 227, 257])
def test_a_full_track_is_its_formula(noise, width):
    track = noise.normal(size=(FRAMES, width))
    track[40, 100] = 50.0
    out = governed(track, noise.random(FRAMES))
    wanted = track.copy()
    for column in range(80, 144):
        middle = np.median(track[:, column])
        reach = 3 * 1.4826 * np.median(np.abs(track[:, column] - middle))
        wanted[:, column] = np.minimum(np.maximum(track[:, column], middle - reach), middle + reach)
    for column in [c for c in (224, 225, 226, 254, 255, 256) if c < width]:
        padded = np.concatenate([[track[0, column]] * 6, track[:, column], [track[-1, column]] * 6])
        for frame in range(FRAMES):
            around = np.polyfit(np.arange(-6, 7), padded[frame : frame + 13], 2)
            wanted[frame, column] = around[2]
    assert np.abs(out - wanted).max() < 1e-6
    assert abs(out[40, 100]) < 5.0


def test_a_noisy_pose_loses_at_least_a_third_of_its_jerk_and_keeps_its_way(noise):
    time = np.arange(FRAMES) / 25
    way = 0.3 * np.sin(2 * np.pi * 0.4 * time)
    track = np.zeros((FRAMES, 257))
    track[:, 224] = way + noise.normal(scale=0.02, size=FRAMES)
    out = governed(track, np.full(FRAMES, 0.5))

    def jerk(values):
        return float(np.sqrt(np.mean(np.diff(values, 3) ** 2)))

    assert jerk(out[:, 224]) <= 0.7 * jerk(track[:, 224])
    assert np.abs(out[13:-13, 224] - way[13:-13]).max() < 0.05


def test_what_it_does_not_know_it_refuses(noise):
    for width in (200, 223, 258):
        with pytest.raises(UnknownCoefficients, match=str(width)):
            governed(np.zeros((5, width)), np.zeros(5))
    with pytest.raises(UnknownCoefficients, match="shape"):
        governed(np.zeros((5, 70)), np.zeros(4))


def test_intent_follows_words_pauses_and_emphasis():
    take = said((0.1, 0.5, 0), (0.5, 0.9, 1), (1.6, 2.0, 0))
    segments = talking_intent(take, Actor(role="MARA"), "L1")
    assert [s.kind for s in segments] == ["neutral", "emphasis", "pause", "neutral", "pause"]
    assert [s.start for s in segments[1:]] == [s.end for s in segments[:-1]]
    level = intent_map(segments, 75)
    assert level.shape == (75,)
    assert level[17] > level[5] > level[31]
    assert level.min() >= 0
    assert level.max() <= 1


def test_acting_notes_change_the_intensity():
    take = said((0.0, 1.0, 0), seconds=1.0)
    quiet = Actor(role="MARA", manner=(("L1", ("quiet",)),))
    loud = Actor(role="MARA", manner=(("L1", ("excited",)),))
    levels = [
        talking_intent(take, actor, "L1")[0].level for actor in (quiet, Actor(role="M"), loud)
    ]
    assert levels == sorted(levels)
    assert levels[0] < levels[1] < levels[2]


def test_the_map_has_the_films_rate_and_the_shots_clock():
    take = said((0.0, 1.0, 0), seconds=1.0)
    segments = talking_intent(take, Actor(role="M"), "L1")
    level = intent_map(segments, 72, 24.0, zero=1.0)
    assert level[:18].max() < 0.1
    assert level[36] == pytest.approx(0.5)
    assert level[60:].max() < 0.1
