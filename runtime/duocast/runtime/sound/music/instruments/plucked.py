"""Plucked strings: nylon guitar, harp, pizzicato, upright bass, and a synthesiser's pluck.

The loss of a Karplus-Strong loop, solved: each partial of the string decays at its own rate, which leaves room for
stiffness, the place of the pluck and the body, and has no tuning error.
"""

from dataclasses import dataclass

import numpy as np

from duocast.runtime.sound.loudness import Floats
from duocast.runtime.sound.music.instruments.struck import hertz_of
from duocast.runtime.sound.signal.envelope import burst, rise
from duocast.runtime.sound.signal.modes import decay_rate, panned, ringing
from duocast.runtime.sound.signal.spectrum import noise


@dataclass(frozen=True, slots=True)
class String:
    """What a plucked string is like: where it is plucked (share of its length), how its partials fall off and die."""

    pluck: float
    slope: float
    cutoff: float
    decay: float
    """Seconds by which middle C's first partial falls by 60 dB."""
    loss: float
    """How much sooner each next partial dies."""
    body: tuple[tuple[float, float, float], ...]
    """(hertz, decay rate, weight) of the body's resonances."""
    finger: float
    """The noise of the finger."""
    attack: float = 0.0015


NYLON = String(
    0.21, 1.05, 4200, 3.4, 0.13, ((104, 28, 0.20), (203, 40, 0.16), (392, 60, 0.07)), 0.02
)
HARP = String(0.4, 1.35, 2600, 4.5, 0.10, ((150, 40, 0.08), (290, 50, 0.06)), 0.006, 0.002)
PIZZICATO = String(0.14, 1.2, 1900, 0.55, 0.22, ((280, 70, 0.22), (460, 80, 0.16)), 0.02)
UPRIGHT = String(0.3, 1.35, 750, 1.5, 0.20, ((62, 25, 0.14), (105, 30, 0.22)), 0.025, 0.004)


def plucked(
    string: String, pitch: float, strength: float, seconds: float, rng: np.random.Generator
) -> Floats:
    """A pluck of the string, (n, 2)."""
    base = hertz_of(pitch)
    orders = np.arange(1, 46)
    hertz = orders * base * np.sqrt(1 + 3e-5 * orders**2)
    hertz = hertz[hertz < 10_000]
    orders = orders[: len(hertz)]
    place = string.pluck * rng.uniform(0.92, 1.08)
    weights = np.abs(np.sin(np.pi * orders * place)) / orders**string.slope
    weights *= np.exp(-hertz / (string.cutoff * (0.5 + strength)))
    fall = decay_rate(string.decay * 2 ** (-(pitch - 60) / 20))
    falls = fall * (1 + string.loss * (orders - 1)) + 1.5e-7 * hertz**2
    # The two planes in which a string swings: a little apart in pitch, and one dies sooner.
    cents = 2 ** (rng.uniform(0.2, 0.7, len(orders)) / 1200)
    places = rng.uniform(-0.25, 0.25, len(orders))
    sound = ringing(
        np.concatenate([hertz, hertz * cents, [mode[0] for mode in string.body]]),
        np.concatenate([falls * 1.8, falls * 0.8, [mode[1] for mode in string.body]]),
        np.concatenate(
            [
                panned(weights * 0.6, places),
                panned(weights * 0.4, -places),
                panned(np.array([mode[2] for mode in string.body]) * strength, 0.0),
            ]
        ),
        seconds,
    )
    up = round(string.attack * 48_000)
    sound[:up] *= rise(up)[: len(sound), np.newaxis]
    finger = noise(rng, 2880, [(200, -24), (1500, 0), (4500, -8), (12000, -40)], 2)
    touch = burst(0.06, 0.001, 0.03) * np.float32(string.finger * (0.3 + strength))
    sound[:2880] += (finger * touch[:, np.newaxis])[: len(sound)]
    return sound


def nylon_guitar(pitch: float, strength: float, seconds: float, rng: np.random.Generator) -> Floats:
    """A classical guitar, plucked with the flesh of the finger."""
    return plucked(NYLON, pitch, strength, seconds, rng)


def harp(pitch: float, strength: float, seconds: float, rng: np.random.Generator) -> Floats:
    """A harp, plucked near the middle."""
    return plucked(HARP, pitch, strength, seconds, rng)


def pizzicato(pitch: float, strength: float, seconds: float, rng: np.random.Generator) -> Floats:
    """A section's plucked strings: three players not quite together."""
    players = [plucked(PIZZICATO, pitch, strength, seconds, rng) for _ in range(3)]
    result = players[0] * np.float32(0.45)
    for player, side in zip(players[1:], (0.75, -0.75), strict=True):
        late = int(rng.integers(200, 900))
        left, right = 1 - max(0.0, side), 1 + min(0.0, side)
        sides = np.array([0.4 * left, 0.4 * right], np.float32)
        result[late:] += player[: len(result) - late] * sides
    return result


def upright_bass(pitch: float, strength: float, seconds: float, rng: np.random.Generator) -> Floats:
    """A double bass, plucked."""
    return plucked(UPRIGHT, pitch, strength, seconds, rng)


def soft_synth(pitch: float, strength: float, seconds: float, rng: np.random.Generator) -> Floats:
    """A synthesiser's round pluck: the highs close like a filter's envelope."""
    base = hertz_of(pitch)
    orders = np.arange(1, 33)
    hertz = orders * base
    hertz = hertz[hertz < 8000]
    orders = orders[: len(hertz)]
    weights = 1 / orders * np.exp(-hertz / (900 + 2600 * strength))
    falls = decay_rate(1.3) * (1 + 0.35 * (orders - 1))
    detune = 2 ** (5 / 1200)
    places = np.full(len(orders), 0.5)
    sound = ringing(
        np.concatenate([hertz * detune, hertz / detune]),
        np.concatenate([falls, falls]),
        np.concatenate([panned(weights, places), panned(weights * rng.uniform(0.9, 1), -places)]),
        seconds,
    )
    up = 240
    sound[:up] *= rise(up)[: len(sound), np.newaxis]
    return sound
