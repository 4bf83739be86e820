"""Struck strings and bars: felt piano, celesta, music box, vibraphone, marimba."""

import numpy as np

from duocast.runtime.sound.loudness import Floats
from duocast.runtime.sound.signal.envelope import burst, rise
from duocast.runtime.sound.signal.modes import decay_rate, panned, ringing
from duocast.runtime.sound.signal.spectrum import noise


def hertz_of(pitch: float) -> float:
    """The frequency of a MIDI pitch."""
    return float(440.0 * 2 ** ((pitch - 69) / 12))


def _softened(sound: Floats, seconds: float) -> Floats:
    """The first moments rounded, as felt gives way: no sine starts with a corner."""
    up = min(len(sound), round(seconds * 48_000))
    sound[:up] *= rise(up)[:, np.newaxis]
    return sound


def felt_piano(pitch: float, strength: float, seconds: float, rng: np.random.Generator) -> Floats:
    """An upright with felt between hammers and strings.

    Stiff strings (partials at n f sqrt(1 + B n^2)), struck at 1/7.6 of their length, two strings a note a fraction
    of a cent apart with a fast and a slow decay (prompt sound and aftersound), a soundboard's knock.
    """
    base = hertz_of(pitch)
    stiffness = max(1.0e-4, 1.3e-4 * 2 ** ((pitch - 50) / 9))
    orders = np.arange(1, 41)
    hertz = orders * base * np.sqrt(1 + stiffness * orders**2)
    hertz = hertz[hertz < 9000]
    orders = orders[: len(hertz)]
    felt = 420 + 2100 * strength**1.5 + 0.9 * base
    weights = np.abs(np.sin(np.pi * orders / 7.6)) ** 0.7 * np.exp(-hertz / felt) / orders**0.35
    weights *= rng.uniform(0.75, 1.25, len(orders))
    fall = decay_rate(float(np.clip(11.0 * 2 ** (-(pitch - 36) / 15), 0.9, 11.0)))
    falls = fall * (1 + 0.16 * (orders - 1)) + 4e-7 * hertz**2
    places = np.clip((pitch - 62) / 70 + rng.uniform(-0.3, 0.3, len(orders)), -0.8, 0.8)
    cents = 2 ** (rng.uniform(0.15, 0.55, len(orders)) / 1200)
    strings = ringing(
        np.concatenate([hertz * cents, hertz / cents]),
        np.concatenate([falls * 2.3, falls * 0.62]),
        np.concatenate([panned(weights * 0.72, places), panned(weights * 0.28, -places * 0.4)]),
        seconds,
    )
    return _softened(strings, 0.0065 - 0.003 * strength) + _knock(strength, len(strings), rng)


def _knock(strength: float, samples: int, rng: np.random.Generator) -> Floats:
    """The key's bed and the soundboard: a dull thump, and a breath of felt."""
    seconds = 0.2
    body = ringing(
        [92, 138, 211, 325],
        [38, 42, 50, 60],
        panned(np.array([0.5, 0.6, 0.45, 0.2]) * 0.16 * (0.4 + strength), 0.0),
        seconds,
    )
    felt = noise(rng, len(body), [(80, -20), (250, 0), (900, -6), (2500, -30), (9000, -60)], 2)
    body += felt * (burst(seconds, 0.002, 0.06) * 0.035 * (0.3 + strength))[:, np.newaxis]
    result = np.zeros((samples, 2), np.float32)
    length = min(samples, len(body))
    result[:length] = _softened(body, 0.002)[:length]
    return result


def _bars(
    pitch: float,
    seconds: float,
    ratios: tuple[float, ...],
    weights: tuple[float, ...],
    decays: tuple[float, ...],
    rng: np.random.Generator,
) -> Floats:
    hertz = hertz_of(pitch) * np.array(ratios)
    kept = hertz < 16000
    shorter = 2 ** (-(pitch - 72) / 24)
    places = rng.uniform(-0.35, 0.35, int(kept.sum()))
    return ringing(
        hertz[kept],
        decay_rate(np.array(decays) * shorter)[kept],
        panned(np.array(weights)[kept], places),
        seconds,
    )


def celesta(pitch: float, strength: float, seconds: float, rng: np.random.Generator) -> Floats:
    """Small steel bars over wooden boxes: pure, with a short glint."""
    bright = 0.5 + strength
    weights = (1.0, 0.16 * bright, 0.12 * bright, 0.04 * bright)
    sound = _bars(pitch, seconds, (1, 2.0, 4.02, 9.1), weights, (2.6, 1.6, 0.45, 0.12), rng)
    return _softened(sound, 0.0025)


def music_box(pitch: float, strength: float, seconds: float, rng: np.random.Generator) -> Floats:
    """Plucked steel tines: a thin comb's partials and a tick."""
    weights = (1.0, 0.22, 0.10 * (0.4 + strength), 0.03)
    sound = _bars(pitch, seconds, (1, 2.003, 6.27, 12.5), weights, (2.2, 1.1, 0.3, 0.06), rng)
    tick = noise(rng, 2400, [(1500, -30), (4000, 0), (9000, -10)], 2)
    sound[:2400] += (tick * (burst(0.05, 0.0008, 0.025) * 0.012)[:, np.newaxis])[: len(sound)]
    return _softened(sound, 0.0015)


def vibraphone(pitch: float, strength: float, seconds: float, rng: np.random.Generator) -> Floats:
    """Tuned aluminium bars (1 : 4 : 10) with slow fans."""
    weights = (1.0, 0.14 * (0.4 + strength), 0.04 * strength)
    sound = _bars(pitch, seconds, (1, 4.0, 9.9), weights, (5.0, 1.4, 0.3), rng)
    time = np.arange(len(sound), dtype=np.float32) / np.float32(48_000)
    fan = 1 - 0.22 * (0.5 + 0.5 * np.sin(2 * np.pi * 4.7 * time))
    return _softened(sound * fan[:, np.newaxis].astype(np.float32), 0.003)


def marimba(pitch: float, strength: float, seconds: float, rng: np.random.Generator) -> Floats:
    """Rosewood bars with soft mallets."""
    weights = (1.0, 0.20 * (0.3 + strength), 0.06 * strength)
    sound = _bars(pitch, seconds, (1, 3.93, 9.2), weights, (0.9, 0.25, 0.08), rng)
    return _softened(sound, 0.003)
