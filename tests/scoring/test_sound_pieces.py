"""Loops, joins, endings and flaws, measured on what our own composer and foley play."""

from functools import lru_cache

import numpy as np
import pytest

from duocast.runtime.engine import EngineError, FailureClass
from duocast.runtime.scoring.flaws import flaw
from duocast.runtime.scoring.limits import ALL
from duocast.runtime.scoring.loops import (
    BANDS,
    HOP,
    bands_of,
    best_loop,
    cross_fade,
    opened,
    turned,
)
from duocast.runtime.scoring.pieces import conformed, counts, ended, joined, trimmed
from duocast.runtime.scoring.playing import HOW, Ask, Piece
from duocast.runtime.scoring.takes import ANOTHER, TRIES, taken
from duocast.runtime.sound.foley.foley import effect
from duocast.runtime.sound.mix.cue import seam_of
from duocast.runtime.sound.music.composer import composed
from duocast.runtime.sound.recording import looped
from duocast.runtime.sound.signal.envelope import faded
from duocast.runtime.sound.signal.spectrum import RATE


@lru_cache
def music(words):
    return composed(words, 16.0, 3)


def played(words, bars=0.0):
    """Music that does not loop as it is: it begins in the middle, goes on past its own repetition, and fades."""
    cue = music(words)
    piece = np.concatenate([cue, cue[: round(bars * RATE)]])[RATE:]
    return faded(piece, RATE // 2, 2 * RATE)


def seam(loop):
    """The step between a loop's last and first sample, and the largest within 0.2 s beside it."""
    around = np.concatenate([loop[-9600:], loop[:9600]])
    steps = np.abs(np.diff(around, axis=0)).max(axis=1)
    return float(steps[9599]), float(np.delete(steps, 9599).max())


def changes(loop):
    """How much the spectrum changes from hop to hop (dB) where the loop is joined, and everywhere else."""
    twice = bands_of(np.concatenate([loop, loop]))
    moves = np.sqrt(np.square(np.diff(twice, axis=0)).mean(axis=1))
    at = len(loop) // HOP
    beside = slice(at - 45, at + 4)
    return float(moves[beside].max()), np.delete(moves, np.r_[beside])


PAD, BEAT = "ambient pad", "upbeat electronic"


@pytest.mark.parametrize("words", [PAD, BEAT])
def test_music_that_comes_again_is_found_to_the_sample(words):
    loop = best_loop(played(words, bars=6.0), 8.0)
    assert abs(loop.end - loop.start - 16 * RATE) <= 1
    assert loop.matched > 0.98
    assert loop.likeness > 0.9


@pytest.mark.parametrize("words", [PAD, BEAT])
def test_music_that_never_comes_again_still_goes_round_without_a_click(words):
    piece = played(words)[: 11 * RATE]
    made = turned(piece, best_loop(piece, 5.0))
    assert len(made) >= 5 * RATE
    step, usual = seam(made)
    assert step <= usual
    joint, ordinary = changes(made)
    assert joint <= ordinary.max()
    begun = opened(made)
    assert seam_of(begun) == 0  # the mix plays it round and round as it is
    np.testing.assert_array_equal(np.sort(begun[:, 0]), np.sort(made[:, 0]))


def test_the_plain_way_round_is_worse_than_the_loop_that_was_found():
    piece = played(BEAT)[: 11 * RATE]
    found, _ = changes(turned(piece, best_loop(piece, 5.0)))
    plain, _ = changes(piece)
    assert found < plain


def test_a_piece_too_short_has_no_loop():
    assert best_loop(played(PAD)[: 2 * RATE], 1.0) is None
    assert (
        best_loop(np.zeros((5 * RATE, 2), np.float32), 2.0) is not None
    )  # silence is alike anywhere


@pytest.mark.parametrize("matched", [0.0, 0.5, 1.0])
def test_a_cross_fade_keeps_its_power(matched):
    out, into = cross_fade(1000, matched)
    power = out**2 + into**2 + 2 * matched * out * into
    np.testing.assert_allclose(power, 1, atol=1e-5)
    assert out[0] > 0.99
    assert into[-1] > 0.99


def test_pieces_that_go_on_are_joined_without_a_click_and_at_one_level():
    rain = [effect("rain", False, 6.0, seed)[RATE // 2 : -RATE // 2] for seed in (1, 2, 3)]
    whole = joined(rain, 1.0)
    assert len(whole) == 3 * 5 * RATE - 2 * RATE
    steps = np.abs(np.diff(whole, axis=0)).max(axis=1)
    levels = [
        float(np.sqrt(np.square(whole[at : at + RATE // 2]).mean()))
        for at in range(0, len(whole) - RATE // 2, RATE // 2)
    ]
    for join in (4 * RATE, 8 * RATE):
        assert steps[join : join + RATE].max() <= steps.max()
    assert 20 * np.log10(max(levels) / min(levels)) < 3
    step, usual = seam(looped(whole, 1.0))
    assert step <= usual


def test_music_that_goes_on_from_itself_is_joined_where_it_is_the_same():
    cue = music(PAD)
    whole = joined([cue[: 10 * RATE], cue[round(9.5 * RATE) :]], 0.5)
    np.testing.assert_allclose(whole, cue, atol=2e-3)


def test_counts_cover_what_is_wanted():
    assert counts(70, 30, 10) == 3
    assert counts(30, 30, 10) == 1
    assert counts(21, 10, 1) == 3


def test_music_that_is_cut_dies_away():
    cue = music(PAD)
    made = ended(cue, 6.0)
    assert len(made) == round(6.25 * RATE)
    assert not made[6 * RATE :].any()
    np.testing.assert_array_equal(made[: 4 * RATE], cue[: 4 * RATE])
    late = np.abs(made[round(5.9 * RATE) : 6 * RATE]).max()
    assert late < 0.02 * np.abs(made).max()


def test_silence_around_a_sound_is_cut_off():
    sound = np.zeros((2 * RATE, 2), np.float32)
    sound[RATE : RATE + 4800] = 0.5
    assert len(trimmed(sound)) < 9600
    assert trimmed(np.zeros((10, 2), np.float32)).shape == (10, 2)


def test_a_piece_of_any_rate_becomes_stereo_at_the_mixs_rate():
    made = conformed(np.ones((16_000, 1), np.float32), 16_000)
    assert made.shape == (RATE, 2)
    assert abs(float(made.mean())) < 1e-6


TONE = 0.3 * np.sin(np.arange(16_000) / 20).astype(np.float32)[:, np.newaxis]


@pytest.mark.parametrize(
    ("samples", "words"),
    [
        (TONE, None),
        (TONE[:4000], "0.2 of 1.0 seconds"),
        (TONE[:0], "0.0 of 1.0"),
        (np.where(np.arange(16_000)[:, np.newaxis] % 2, np.nan, TONE), "no numbers"),
        (TONE + np.inf, "no numbers"),
        (TONE * 0, "silent"),
        (TONE * 1e-3, "silent"),
        (TONE * 0.001 + 0.5, "stands still"),
        (np.clip(TONE * 9, -1, 1), "clipped"),
    ],
)
def test_flaws_are_named(samples, words):
    with np.errstate(invalid="ignore"):
        found = flaw(np.asarray(samples, np.float32), 16_000, 1.0)
    assert found is None if words is None else words in found


def test_another_take_has_another_seed_and_there_are_not_many():
    seeds = []

    def silent_once(ask):
        seeds.append(ask.seed)
        return Piece(TONE * (len(seeds) > 1), 16_000)

    ask = Ask("rain", "", 1.0, 5)
    assert taken("band", ask, silent_once).samples is not None
    assert seeds == [5, 5 + ANOTHER]
    with pytest.raises(EngineError, match="in 3 takes: it is silent") as raised:
        taken("band", ask, lambda ask: Piece(TONE * 0, 16_000))
    assert (raised.value.code, raised.value.failure) == ("A0611", FailureClass.INVALID)
    assert TRIES == 3


def test_every_engine_has_limits_and_a_way_to_be_asked():
    assert set(HOW) == set(ALL)
    assert all(limits.seconds > limits.carried for limits in ALL.values())
    assert len(BANDS) > 20
