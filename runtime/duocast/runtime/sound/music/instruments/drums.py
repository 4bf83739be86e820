"""Soft percussion: kick, brushes, shaker, ride, hand drum, great drum, cymbal swell, clock tick."""

from collections.abc import Callable

import numpy as np

from duocast.runtime.sound.loudness import Floats
from duocast.runtime.sound.signal.envelope import burst, rise
from duocast.runtime.sound.signal.modes import decay_rate, panned, ringing
from duocast.runtime.sound.signal.spectrum import RATE, noise


def _time(seconds: float) -> Floats:
    return np.arange(round(seconds * RATE), dtype=np.float32) / np.float32(RATE)


def _both(mono: Floats) -> Floats:
    return np.repeat(mono[:, np.newaxis], 2, axis=1)


def kick(strength: float, rng: np.random.Generator) -> Floats:
    """A felt-beaten bass drum: a tone that falls from 105 to 47 Hz."""
    time = _time(0.5)
    turns = 47 * time + 58 / 32 * (1 - np.exp(-32 * time))
    tone = np.sin(2 * np.pi * turns) * burst(0.5, 0.004, 0.42)
    beater = noise(rng, len(time), [(200, -12), (900, 0), (2500, -18), (8000, -50)])[:, 0]
    return _both((tone + beater * burst(0.5, 0.001, 0.02) * 0.05 * strength).astype(np.float32))


def brush_tap(strength: float, rng: np.random.Generator) -> Floats:
    """A wire brush laid on a snare."""
    wires = noise(rng, round(0.3 * RATE), [(250, -18), (900, -3), (3500, 0), (9000, -8)], 2)
    skin = ringing([185, 330], [32, 45], panned(np.array([0.25, 0.12]) * strength, 0.0), 0.3)
    return wires * burst(0.3, 0.004, 0.17)[:, np.newaxis] * np.float32(0.35) + skin


def brush_sweep(strength: float, rng: np.random.Generator) -> Floats:
    """A wire brush drawn in an arc over a snare: noise that swells and moves."""
    samples = round(0.55 * RATE)
    wires = noise(rng, samples, [(400, -20), (1500, -4), (4500, 0), (11000, -10)], 2)
    arc = np.sin(np.pi * np.arange(samples) / samples) ** 1.6
    side = np.linspace(-0.5, 0.5, samples)
    moved = wires * (arc * 0.16 * (0.5 + strength))[:, np.newaxis]
    return (moved * np.stack([1 - side, 1 + side], axis=1)).astype(np.float32)


def shaker(strength: float, rng: np.random.Generator) -> Floats:
    """Seeds in a shell: a short forward swing."""
    samples = round(0.12 * RATE)
    seeds = noise(rng, samples, [(2500, -30), (5000, -4), (8500, 0), (13000, -8)], 2)
    swing = np.sin(np.pi * np.linspace(0, 1, samples) ** 0.6) ** 2
    return (seeds * (swing * 0.16 * (0.4 + strength))[:, np.newaxis]).astype(np.float32)


def ride(strength: float, rng: np.random.Generator) -> Floats:
    """A ride cymbal, touched with the tip of a stick: many plate modes and a wash."""
    layout = np.random.default_rng(11)
    hertz = np.sort(layout.uniform(320, 11_000, 70))
    falls = decay_rate(np.clip(2.4 - hertz / 7000, 0.5, 2.4))
    weights = np.exp(-(((hertz - 4200) / 3800) ** 2)) * layout.uniform(0.2, 1, 70) * 0.035
    sound = ringing(hertz, falls, panned(weights, layout.uniform(-0.6, 0.6, 70)), 1.6)
    sound[:140] *= rise(140)[:, np.newaxis]
    wash = noise(rng, len(sound), [(1500, -30), (6000, 0), (14000, -8)], 2)
    return sound + wash * (burst(len(sound) / RATE, 0.002, 0.5) * 0.012 * strength)[:, np.newaxis]


def hand_drum(strength: float, rng: np.random.Generator) -> Floats:
    """A frame drum, with the fingers."""
    hertz = np.array([96, 153, 205, 248, 300])
    weights = np.array([1, 0.45, 0.28, 0.2, 0.12]) * 0.5
    sound = ringing(hertz, decay_rate([0.5, 0.3, 0.25, 0.2, 0.16]), panned(weights, 0.1), 0.5)
    sound[:120] *= rise(120)[:, np.newaxis]
    slap = noise(rng, len(sound), [(300, -20), (1500, 0), (5000, -20)], 2)
    return sound + slap * (burst(0.5, 0.001, 0.025) * 0.05 * strength)[:, np.newaxis]


def great_drum(strength: float, rng: np.random.Generator) -> Floats:
    """A great drum in a hall: a skin of two metres, and its room."""
    time = _time(1.8)
    turns = 44 * time + 18 / 22 * (1 - np.exp(-22 * time))
    tone = (np.sin(2 * np.pi * turns) * burst(1.8, 0.004, 1.3)).astype(np.float32)
    skins = ringing(
        [71, 98, 134, 176], decay_rate([0.7, 0.5, 0.4, 0.3]), panned(np.full(4, 0.22), 0.0), 1.8
    )
    stick = noise(rng, len(time), [(100, -10), (500, 0), (1800, -14), (6000, -44)], 2)
    hit = stick * (burst(1.8, 0.0015, 0.09) * 0.16 * strength)[:, np.newaxis]
    sound = _both(tone) + skins[: len(time)] + hit
    sound[:100] *= rise(100)[:, np.newaxis]
    return sound


def cymbal_swell(strength: float, rng: np.random.Generator) -> Floats:
    """A suspended cymbal rolled with mallets: two seconds up, three down."""
    samples = round(5.0 * RATE)
    wash = noise(rng, samples, [(250, -26), (900, -10), (4000, 0), (12000, -9)], 2)
    time = _time(5.0)
    swell = np.where(time < 2, (time / 2) ** 2.6, np.exp(-(time - 2) * 1.6))
    fade = np.ones(samples, np.float32)
    fade[-4800:] = rise(4800)[::-1]
    return (wash * (swell * fade * 0.2 * strength)[:, np.newaxis]).astype(np.float32)


def tick(strength: float, rng: np.random.Generator) -> Floats:
    """A small dry tick, for time that runs out."""
    sound = ringing([1850, 3120, 5200], [160, 220, 300], panned(np.full(3, 0.2), 0.25), 0.08)
    sound[:24] *= rise(24)[:, np.newaxis]
    return sound * np.float32(strength * rng.uniform(0.94, 1.06))


DRUMS: dict[str, Callable[[float, np.random.Generator], Floats]] = {
    "kick": kick,
    "brush tap": brush_tap,
    "brush sweep": brush_sweep,
    "shaker": shaker,
    "ride": ride,
    "hand drum": hand_drum,
    "great drum": great_drum,
    "cymbal swell": cymbal_swell,
    "tick": tick,
}
