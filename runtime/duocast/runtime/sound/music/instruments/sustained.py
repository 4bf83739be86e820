"""Sections that hold a note: strings, low strings, choir, horns, pads, a sub bass.

Each partial is a band of noise some cents wide (what many players together are), all partials made at once by one
inverse transform: a loop of some seconds without a seam (the method known as PADsynth).
"""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from duocast.runtime.sound.loudness import Floats
from duocast.runtime.sound.music.instruments.struck import hertz_of
from duocast.runtime.sound.signal.spectrum import RATE

_LOOP = 1 << 18
"""5.46 s."""


@dataclass(frozen=True, slots=True)
class Section:
    """What a section sounds like.

    `slope` is the fall of its partials (1: a saw), `bright` and `dark` the cut-off in Hz when played hard and softly,
    `cents` how far its players spread, `formants` (hertz, width, gain) of its body, `air` its bow or breath noise.
    """

    slope: float
    bright: float
    dark: float
    cents: float
    attack: float
    release: float
    formants: tuple[tuple[float, float, float], ...] = ()
    air: float = 0.0
    odd: float = 1.0
    """The weight of the even partials."""


STRINGS = Section(
    1.0, 5200, 2000, 17, 0.32, 0.5, ((290, 120, 0.7), (540, 200, 0.6), (1150, 500, 0.5)), 0.012
)
LOW_STRINGS = Section(
    1.0, 3000, 1200, 14, 0.22, 0.45, ((110, 50, 0.8), (220, 90, 0.6), (480, 200, 0.3)), 0.01
)
SPICCATO = Section(
    0.95, 4200, 1600, 14, 0.035, 0.16, ((110, 50, 0.8), (220, 90, 0.6), (480, 200, 0.4)), 0.03
)
CHOIR = Section(
    1.1, 2600, 1400, 30, 0.45, 0.8, ((650, 160, 2.2), (1080, 200, 1.2), (2650, 300, 0.5)), 0.02
)
HORNS = Section(1.1, 2200, 800, 9, 0.14, 0.35, ((340, 150, 0.8),), 0.004)
PAD = Section(1.3, 2400, 1000, 24, 1.1, 1.8, (), 0.006)
GLASS = Section(1.9, 3000, 1500, 34, 1.4, 2.2, (), 0.003, 0.35)
SUB = Section(2.6, 500, 240, 2.5, 0.05, 0.25)


@lru_cache(maxsize=256)
def loop(section: Section, pitch: int, step: int) -> Floats:
    """A held note as a loop (n, 2) of about root mean square 1; `step` 0 to 4 is how hard it is played."""
    base = hertz_of(pitch)
    bins = _LOOP // 2 + 1
    width = RATE / _LOOP
    amplitudes = np.zeros(bins, np.float32)
    cutoff = section.dark + (section.bright - section.dark) * step / 4 + base * 0.6
    for order in range(1, 49):
        hertz = base * order
        if hertz > min(12_000.0, cutoff * 5):
            break
        weight = order**-section.slope * np.exp(-hertz / cutoff) * _body(section, hertz)
        weight *= section.odd if order % 2 == 0 else 1.0
        _spread(
            amplitudes, hertz / width, hertz * (2 ** (section.cents / 1200) - 1) / width, weight
        )
    if section.air:
        _breathe(amplitudes, section.air)
    return _voiced(amplitudes, pitch)


def _body(section: Section, hertz: float) -> float:
    return 1.0 + sum(
        boost * float(np.exp(-(((hertz - centre) / wide) ** 2)))
        for centre, wide, boost in section.formants
    )


def _spread(amplitudes: Floats, centre: float, deviation: float, weight: float) -> None:
    deviation = max(deviation, 0.6)
    low, high = max(1, int(centre - 4 * deviation)), int(centre + 4 * deviation) + 2
    if high >= len(amplitudes):
        return
    places = (np.arange(low, high) - centre) / deviation
    shape = np.exp(-0.5 * places**2)
    amplitudes[low:high] += (weight * shape / np.sqrt(np.square(shape).sum())).astype(np.float32)


def _breathe(amplitudes: Floats, air: float) -> None:
    hertz = np.arange(len(amplitudes)) * (RATE / _LOOP)
    band = np.exp(-0.5 * (np.log2(np.maximum(hertz, 1) / 2200) / 1.1) ** 2)
    amplitudes += (air * band / np.sqrt(np.square(band).sum())).astype(np.float32)


@lru_cache(maxsize=1)
def _turns() -> NDArray[np.complex64]:
    """Random phases for left and right, twice round, so that each pitch reads them from a place of its own."""
    bins = _LOOP // 2 + 1
    angles = np.random.default_rng(3).random((3, bins), np.float32) * np.float32(2 * np.pi)
    unit = np.exp(np.complex64(1j) * angles)
    return np.tile(unit[1:] + np.float32(0.55) * unit[0], 2).astype(np.complex64)


def _voiced(amplitudes: Floats, pitch: int) -> Floats:
    """Random phases, partly the same in both channels so that a section stands somewhere and not everywhere."""
    bins = len(amplitudes)
    first = pitch * 1009 % bins
    turns = _turns()[:, first : first + bins]
    sound = np.empty((_LOOP, 2), np.float32)
    for channel in range(2):
        sound[:, channel] = np.fft.irfft(amplitudes * turns[channel], _LOOP)
    return sound / np.float32(np.sqrt(np.square(sound).mean()) + 1e-12)


def held(section: Section, pitch: float, strength: float, samples: int, start: int) -> Floats:
    """`samples` of a held note, from a place in the loop that differs from note to note."""
    sound = loop(section, round(pitch), int(np.clip(round(strength * 4), 0, 4)))
    offset = (start * 7919) % len(sound)
    if offset + samples <= len(sound):
        return sound[offset : offset + samples]
    return np.take(sound, np.arange(offset, offset + samples), axis=0, mode="wrap")
