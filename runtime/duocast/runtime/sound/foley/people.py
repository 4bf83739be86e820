"""People: steps, applause, a heartbeat."""

import numpy as np

from duocast.runtime.sound.foley.grains import (
    Random,
    looped_in_place,
    placed,
    puff,
    samples_of,
    struck,
)
from duocast.runtime.sound.loudness import Floats
from duocast.runtime.sound.signal.reverb import Place
from duocast.runtime.sound.signal.ring import Ring
from duocast.runtime.sound.signal.spectrum import RATE

_CORRIDOR = Place(0.6, 0.8, 0.006, 0.5, 12, 0.03)
_THEATRE = Place(1.2, 0.8, 0.012, 0.3, 20, 0.06)


def steps(rng: Random, seconds: float, rate: float = 1.85) -> Floats:
    """Shoes on boards: heel, then sole, left and right; whole pairs in the loop."""
    ring = Ring(samples_of(seconds))
    count = 2 * max(1, round(seconds * rate / 2))
    for number in range(count):
        at = round((number + 0.15) * len(ring.samples) / count + rng.normal(0, 0.010) * RATE)
        side = 0.12 if number % 2 else -0.12
        weight = float(rng.uniform(0.8, 1.0))
        heel = struck(
            [92 * rng.uniform(0.95, 1.05), 178, 310, 560, 1250], [0.11, 0.09, 0.06, 0.04, 0.02],
            [0.8, 0.6, 0.35, 0.2, 0.14], 0.18, 0.0016, side,
        )  # fmt: skip
        tap = puff(rng, [(300, -10), (1300, 0), (4500, -12), (11000, -30)], 0.0006, 0.02)
        sole = puff(rng, [(150, -10), (500, 0), (2200, -10), (7000, -26)], 0.006, 0.07)
        ring.add(at, heel, 0.5 * weight)
        ring.add(at, placed(tap, side), 0.3 * weight)
        ring.add(at + samples_of(rng.uniform(0.055, 0.085)), placed(sole, side), 0.16 * weight)
    return looped_in_place(ring, _CORRIDOR, 0.3)


def applause(rng: Random, seconds: float, people: int = 70) -> Floats:
    """A theatre claps: each pair of hands has its pitch, its pace and its seat."""
    ring = Ring(samples_of(seconds))
    for _ in range(people):
        hertz = float(np.exp(rng.uniform(np.log(750), np.log(2300))))
        curve = [(hertz / 3, -22), (hertz, 0), (hertz * 2.2, -10), (hertz * 5, -26)]
        claps = [puff(rng, curve, 0.0005, float(rng.uniform(0.012, 0.03))) for _ in range(2)]
        side, gain = float(rng.uniform(-0.95, 0.95)), float(np.exp(rng.normal(-0.6, 0.5)))
        pace = float(rng.uniform(3.1, 5.2))
        whole = max(1, round(seconds * pace))
        for number in range(whole):
            at = round((number + rng.normal(0, 0.08)) * len(ring.samples) / whole)
            ring.add(at, placed(claps[number % 2], side), gain * float(rng.uniform(0.6, 1.0)) * 0.2)
    return looped_in_place(ring, _THEATRE, 0.5)


def heartbeat(rng: Random, seconds: float) -> Floats:
    """A heart from within: two dull beats, whole pairs in the loop."""
    ring = Ring(samples_of(seconds))
    beats = max(1, round(seconds * 1.15))
    for beat in range(beats):
        at = round(beat * len(ring.samples) / beats) + samples_of(0.05)
        first = struck([44, 61, 88], [0.24, 0.2, 0.12], [0.9, 0.6, 0.2], 0.32, 0.012)
        second = struck([53, 74, 102], [0.18, 0.15, 0.1], [0.7, 0.5, 0.18], 0.28, 0.010)
        ring.add(at, first, 0.6 * float(rng.uniform(0.95, 1.0)))
        ring.add(at + samples_of(0.27), second, 0.42)
    return ring.samples
