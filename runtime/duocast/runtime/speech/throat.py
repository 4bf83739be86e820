"""A throat: breaths and sighs for voices that can only say words; air alone, through no particular mouth."""

from collections.abc import Sequence

import numpy as np

from duocast.runtime.speech.shape import tilted
from duocast.runtime.speech.signal import Sound, transform_size
from duocast.runtime.speech.synthesis import RATE
from duocast.runtime.speech.vocals import VocalSound, vocal_sound

_AIRY = ("breath", "sigh", "gasp")
_RESONANCES = (
    (550.0, 220.0, 1.0),
    (1500.0, 350.0, 0.8),
    (2600.0, 500.0, 0.55),
    (3800.0, 900.0, 0.3),
)
"""Hertz, width and height of what an open throat lets through."""  # fmt: skip


def can_make(sound: str) -> bool:
    """Whether a sound needs no voice."""
    return sound in _AIRY


class Throat:
    """Somebody who breathes and says nothing."""

    def __init__(self, seed: int) -> None:
        self.seed = seed

    def vocal(self, name: str) -> VocalSound:
        """A breath, a sigh or a gasp."""
        return vocal_sound(name, self)

    def say(self, phones: str, pace: Sequence[float], pitch: Sequence[float]) -> Sound:  # noqa: ARG002 - as a speaker's
        """Nothing: it has no voice."""
        return np.zeros(int(0.05 * len(phones) * RATE), np.float32)

    def air(self, seconds: float, brightness: float) -> Sound:
        """Noise of unit level through this throat; `brightness` is a tilt in dB."""
        count = int(seconds * RATE)
        size = transform_size(count + 4096)
        hertz = np.fft.rfftfreq(size, 1 / RATE)
        colour = np.full(len(hertz), 0.04)
        for middle, width, height in _RESONANCES:
            colour += height * np.exp(-0.5 * ((hertz - middle) / width) ** 2)
        noise = np.random.default_rng([self.seed, count]).standard_normal(size)
        sound = np.fft.irfft(np.fft.rfft(noise) * colour, size)[:count].astype(np.float32)
        sound = tilted(sound, RATE, -brightness, 1500.0)
        return sound / np.float32(np.sqrt(np.mean(sound**2)) + 1e-9)
