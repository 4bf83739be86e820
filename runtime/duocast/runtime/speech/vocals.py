"""Sounds of the voice that are no words: breath, sigh, gasp, laugh and cough, in the voice of who speaks.

Air is noise through the speaker's own throat: its colour is taken from a whisper of the same voice. What is voiced
(a laugh, the sound in a sigh and in a cough) is said by the voice's model with a melody and a pace of its own.
"""

from collections.abc import Callable, Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from duocast.compiler.voices import Voice
from duocast.runtime.speech.shape import energy, faded, tilted
from duocast.runtime.speech.signal import Curve, Sound, transform_size
from duocast.runtime.speech.synthesis import RATE, Synthesiser


@dataclass(frozen=True, slots=True)
class VocalSound:
    """A sound at the models' rate; `level` is its loudness beside speech in dB; `mouth` are (symbol, start, end)."""

    sound: Sound
    level: float
    mouth: tuple[tuple[str, float, float], ...]

    @property
    def seconds(self) -> float:
        """How long it is."""
        return len(self.sound) / RATE


class Breathing(Protocol):
    """Whoever makes the sounds: can say phones, and let air through a throat."""

    def say(self, phones: str, pace: Sequence[float], pitch: Sequence[float]) -> Sound:
        """The trimmed sound of some phones."""
        ...

    def air(self, seconds: float, brightness: float) -> Sound:
        """Noise of unit level through this throat; `brightness` is a tilt in dB."""
        ...


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who makes the sound: a voice of a model, at a pitch (a factor)."""

    model: Synthesiser
    voice: Voice
    pitch: float
    seed: int

    def say(self, phones: str, pace: Sequence[float], pitch: Sequence[float]) -> Sound:
        """The trimmed sound of some phones."""
        melody = [self.pitch * factor for factor in pitch]
        return _trimmed(self.model.say(phones, self.voice, pace, melody, self.seed).sound)

    def air(self, seconds: float, brightness: float) -> Sound:
        """Noise of unit level through this throat; `brightness` is a tilt in dB."""
        whisper = self.model.say("hɑhəhɑ", self.voice, [0.8] * 6, [0.0] * 6, self.seed).sound
        count = int(seconds * RATE)
        size = transform_size(count + 4096)
        colour = np.interp(
            np.fft.rfftfreq(size, 1 / RATE), np.fft.rfftfreq(1024, 1 / RATE), _colour(whisper)
        )
        noise = np.random.default_rng([self.seed, count]).standard_normal(size)
        sound = np.fft.irfft(np.fft.rfft(noise) * colour, size)[:count].astype(np.float32)
        sound = tilted(sound, RATE, -brightness, 1500.0)
        return sound / np.float32(np.sqrt(np.mean(sound**2)) + 1e-9)


def vocal_sound(name: str, speaker: Breathing) -> VocalSound:
    """The sound called `name`: breath, laugh, sigh, gasp or cough."""
    return _VOCALS[name](speaker)


def _breath(speaker: Breathing) -> VocalSound:
    """In through the mouth: it grows, and stops before the first word."""
    sound = speaker.air(0.42, 0.0) * _shape([(0, 0), (0.1, 0.25), (0.3, 1), (0.36, 0.7), (0.42, 0)])
    return VocalSound(sound, -17.0, (("h", 0.05, 0.38),))


def _gasp(speaker: Breathing) -> VocalSound:
    """A short, sharp breath in, with a trace of voice at its start."""
    air = speaker.air(0.3, 2.0) * _shape([(0, 0), (0.03, 0.5), (0.16, 1), (0.22, 0.8), (0.3, 0)])
    voice = speaker.say("hˈʌ", [1.3] * 3, [1.5] * 3)[: len(air)] * np.float32(0.2)
    air[: len(voice)] += faded(voice / _peak(voice), 120, 2400) * np.float32(0.35)
    return VocalSound(air, -9.0, (("ʌ", 0.02, 0.28),))


def _sigh(speaker: Breathing) -> VocalSound:
    """Out, long and falling: air with a little voice under it."""
    air = speaker.air(0.95, -3.0) * _shape([(0, 0), (0.1, 0.9), (0.25, 1), (0.6, 0.45), (0.95, 0)])
    phones = "hˈʌː"
    voice = speaker.say(phones, [0.55] * 4, [0.94, 0.94, 0.88, 0.76])
    voice = faded(voice, 1800, len(voice) * 2 // 3)[: len(air)]
    air[: len(voice)] += voice / _peak(voice) * np.float32(1.1)
    return VocalSound(air, -10.0, (("h", 0.04, 0.14), ("ʌ", 0.14, 0.75)))


def _laugh(speaker: Breathing) -> VocalSound:
    """Four syllables that fall in pitch and strength, each on a push of air, and a breath after them."""
    heights, levels = (1.28, 1.36, 1.2, 1.05), (0.85, 1.0, 0.75, 0.5)
    step, parts = 0.19, []
    mouth = []
    out = np.zeros(int((step * len(heights) + 0.5) * RATE), np.float32)
    push = speaker.air(0.09, 2.0) * _shape([(0, 0), (0.03, 1), (0.06, 0.8), (0.09, 0)])
    for index, (height, level) in enumerate(zip(heights, levels, strict=True)):
        vowel = "ˈɑ" if index % 2 == 0 else "ˈʌ"
        voice = speaker.say("h" + vowel, [2.4, 1.2, 0.9], [height * 1.02, height, height * 0.94])
        voice = faded(voice[: int(0.17 * RATE)], 360, 1700)
        parts.append((int((index * step + 0.02) * RATE), voice / _peak(voice) * level))
        parts.append((int(index * step * RATE), push * np.float32(0.07 * level)))
        mouth += [
            ("h", index * step, index * step + 0.05),
            (vowel[1], index * step + 0.05, index * step + 0.17),
        ]
    air = speaker.air(0.3, 0.0) * _shape([(0, 0), (0.15, 1), (0.25, 0.6), (0.3, 0)])
    parts.append((int((len(heights) * step + 0.08) * RATE), air * np.float32(0.035)))
    for at, part in parts:
        out[at : at + len(part)] += part[: len(out) - at]
    return VocalSound(out, -2.0, tuple(mouth))


def _cough(speaker: Breathing) -> VocalSound:
    """Two bursts: a hard start, rough air, and a short voice in it."""
    out = np.zeros(int(0.62 * RATE), np.float32)
    mouth = []
    for at, level, seconds in ((0.0, 1.0, 0.24), (0.3, 0.75, 0.28)):
        air = speaker.air(seconds, -2.0)
        air = air * _shape([(0, 0), (0.012, 1), (0.06, 0.5), (0.12, 0.35), (seconds, 0)])
        voice = speaker.say("ˈʌh", [1.4] * 3, [0.9, 0.85, 0.8])[: int(0.13 * RATE)]
        voice = faded(voice, 100, 1500) / _peak(voice)
        air[: len(voice)] += voice * np.float32(1.6)
        start = int(at * RATE)
        out[start : start + len(air)] += air[: len(out) - start] * np.float32(level)
        mouth.append(("ʌ", at, at + 0.2))
    return VocalSound(out, -4.0, tuple(mouth))


_VOCALS: dict[str, Callable[[Breathing], VocalSound]] = {
    "breath": _breath,
    "gasp": _gasp,
    "sigh": _sigh,
    "laugh": _laugh,
    "cough": _cough,
}


def _shape(points: Sequence[tuple[float, float]]) -> Sound:
    """An envelope through (seconds, height) points, rounded."""
    times, heights = zip(*points, strict=True)
    at = np.arange(int(times[-1] * RATE)) / RATE
    curve: Curve = np.interp(at, times, heights)
    return (curve * curve * (3 - 2 * curve) if max(heights) <= 1 else curve).astype(np.float32)


def _colour(sound: Sound) -> npt.NDArray[np.float64]:
    """The mean magnitude spectrum of the loud parts (513 bins), smoothed over about 150 Hz."""
    frames = np.lib.stride_tricks.sliding_window_view(sound, 1024)[::256] * np.hanning(1024)
    power = np.abs(np.fft.rfft(frames, axis=1)) ** 2
    total = power.sum(axis=1)
    mean = power[total >= np.percentile(total, 60)].mean(axis=0)
    window = np.hanning(9)[1:-1]
    smooth = np.convolve(np.pad(mean, 3, mode="edge"), window / window.sum(), mode="valid")
    colour: npt.NDArray[np.float64] = np.sqrt(smooth / smooth.max())
    return colour


def _trimmed(sound: Sound) -> Sound:
    level = energy(sound, RATE, 0.005, 0.01)
    loud = np.flatnonzero(level > level.max() * 0.03)
    if not len(loud):
        return sound
    step = int(0.005 * RATE)
    return sound[loud[0] * step : (loud[-1] + 1) * step].copy()


def _peak(sound: Sound) -> np.float32:
    return np.float32(max(1e-6, float(np.abs(sound).max(initial=0.0))))
