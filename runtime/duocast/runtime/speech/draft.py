"""The draft voice: a tiny model whose spectrum is bent into other voices before it becomes sound.

The model gives, for every 12.5 ms, a filter for the voice's pulses (magnitude and phase), a noise spectrum, and a
part with free phase. So pitch and the length of the throat can be changed without a trace: pulses at another pitch,
and the spectra stretched along the frequency axis.
"""

import json
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np
import numpy.typing as npt

from duocast.compiler.voices import Voice
from duocast.runtime.engine import Weights
from duocast.runtime.onnx import open_session
from duocast.runtime.speech.graft import INT64, Exposed, Reshaped, graft
from duocast.runtime.speech.signal import Sound
from duocast.runtime.speech.synthesis import RATE, Said, token_bounds

MODEL, VOCABULARY = "hibari/heart.onnx", "hibari/vocab.json"
SIZE, HOP = 1200, 300
_DURATIONS = "/Cast_32_output_0"
_OWN_HERTZ = 188.0
_TOP = 7.0  # natural log of the largest magnitude that the model is trusted with
_WINDOW = (0.5 - 0.5 * np.cos(2 * np.pi * np.arange(SIZE) / SIZE)).astype(np.float32)

Frames = npt.NDArray[np.float32]


@dataclass(frozen=True, slots=True)
class Throat:
    """How the draft voice is bent: `pitch` and `length` (formants) are factors; `breath` is in dB."""

    pitch: float
    length: float
    breath: float


def throat_of(voice: Voice) -> Throat:
    """Pitch from the voice's own, formants from its size: a man's lie lower, and no two voices are the same."""
    pitch = voice.hertz / _OWN_HERTZ
    length = pitch**0.22 * (0.93 if voice.gender == "man" else 1.0)
    shade = (sum(map(ord, voice.id)) % 7 - 3) / 100
    breath = {"young": -1.0, "adult": 0.0, "older": 2.5}[voice.age]
    return Throat(pitch, length + shade, breath)


class Draft:
    """The model in memory."""

    longest = 400
    british = False

    def __init__(self, weights: Weights) -> None:
        model = graft(
            weights.path(MODEL).read_bytes(),
            exposed=(Exposed(_DURATIONS, INT64),),
            reshaped=(Reshaped("speed", ("speed_tokens",)),),
        )
        self._session = open_session(model)
        self._vocabulary: dict[str, int] = json.loads(weights.path(VOCABULARY).read_text("utf-8"))

    def say(
        self,
        tokens: Sequence[str],
        voice: Voice,
        pace: Sequence[float],
        pitch: Sequence[float],
        seed: int,
    ) -> Said:
        """Say the tokens; `seed` fixes the noise of breath and consonants."""
        known = [index for index, token in enumerate(tokens) if token in self._vocabulary]
        ids = [self._vocabulary[tokens[index]] for index in known]
        speed = np.array([1.0, *(pace[index] for index in known), 1.0], np.float32)
        names = ["lh", "theta", "ln", "lr", "phi", "f0", _DURATIONS]
        inputs = {"ids": np.array([[0, *ids, 0]], np.int64), "speed": speed}
        *frames, lengths = self._session.run(names, inputs)
        *spectra, melody = (part[0] for part in frames)
        lengths = lengths * (len(melody) // int(lengths.sum()))
        steer = np.repeat([1.0, *(pitch[index] for index in known), 1.0], lengths)
        throat = throat_of(voice)
        spectra[0] = _held_below(spectra[0], melody)
        whispered = (melody > 40.0) & (steer == 0)
        sound = _sound(spectra, melody * steer * throat.pitch, whispered, throat, seed)
        return Said(sound, token_bounds(lengths, known, len(tokens), HOP / RATE))


def _sound(
    spectra: Sequence[Frames],
    melody: Frames,
    whispered: npt.NDArray[np.bool_],
    throat: Throat,
    seed: int,
) -> Sound:
    """Pulses through their filter, shaped noise, and the free part; air instead of pulses where it is whispered."""
    voiced_filter, turn, noise, rest, phase = (
        _stretched(part, throat.length, steady=index in (0, 2, 3))
        for index, part in enumerate(spectra)
    )
    spectrum = _transformed(_pulses(melody)).T[:, : len(melody)] * (
        _magnitude(voiced_filter) * np.exp(1j * np.pi * np.tanh(turn))
    )
    draw = np.random.default_rng(seed).standard_normal((2, *noise.shape), np.float32)
    hiss = draw[0] + 1j * draw[1]
    spectrum += hiss * _magnitude(noise + throat.breath * 0.115)
    spectrum[:, whispered] += 0.35 * (hiss * _magnitude(voiced_filter))[:, whispered]
    spectrum += _magnitude(rest) * np.exp(1j * phase) * np.where(whispered, 0.5, 1.0)
    return _joined(spectrum.astype(np.complex64))


def _held_below(voiced_filter: Frames, melody: Frames) -> Frames:
    """The filter held below the model's own pitch, where it never had a harmonic and so means nothing."""
    bins = np.arange(voiced_filter.shape[0])[:, None]
    first = np.floor(melody * (0.95 * SIZE / RATE)).astype(int)[None]
    held = np.take_along_axis(voiced_filter, np.maximum(bins, first), axis=0)
    held -= (np.maximum(first - bins, 0) * 0.04).astype(np.float32)
    return held


def _stretched(part: Frames, length: float, *, steady: bool) -> Frames:
    """A spectrum with its frequency axis scaled by `length`. Phases take the nearest bin, magnitudes blend."""
    bins = part.shape[0]
    at = np.arange(bins) / length
    low = np.minimum(at.astype(int), bins - 1)
    if not steady:
        nearest: Frames = part[np.minimum(np.rint(at).astype(int), bins - 1)]
        return nearest
    high = np.minimum(low + 1, bins - 1)
    share = (at - np.floor(at)).astype(np.float32)[:, None]
    beyond = np.maximum(0.0, at - (bins - 1)).astype(np.float32)[:, None] * 0.02
    blend: Frames = part[low] * (1 - share) + part[high] * share - beyond
    return blend


def _magnitude(logarithm: Frames) -> Frames:
    out: Frames = np.exp(np.minimum(logarithm, np.float32(_TOP)))
    return out


def _pulses(melody: Frames) -> Sound:
    """One pulse a period with all harmonics below 11 kHz, silent where there is no voice."""
    count = len(melody)
    frames = np.arange(count)
    at = (np.arange(count * HOP) + 0.5) / HOP - 0.5
    hertz = np.interp(at, frames, melody)
    voiced = hertz > 40.0
    hertz = np.maximum(hertz, 40.0)
    phase = 2 * np.pi * np.modf(np.cumsum(hertz) / RATE)[0]
    harmonics = np.floor(11000.0 / hertz) + 0.5
    half = 2 * np.sin(phase / 2)
    near = np.abs(half) < 2e-3
    pulses = np.where(near, harmonics, np.sin(harmonics * phase) / np.where(near, 1.0, half)) - 0.5
    return np.where(voiced, pulses, 0.0).astype(np.float32)


def _transformed(sound: Sound) -> npt.NDArray[np.complex64]:
    """Short-time spectra; a cosine of height 1 has magnitude 1."""
    padded = np.pad(sound, SIZE // 2, mode="reflect" if len(sound) > SIZE // 2 else "constant")
    frames = np.lib.stride_tricks.sliding_window_view(padded, SIZE)[::HOP]
    return np.fft.rfft(frames * (_WINDOW / (SIZE / 4)), axis=1).astype(np.complex64)


def _joined(spectrum: npt.NDArray[np.complex64]) -> Sound:
    """The sound of short-time spectra, by overlap and add."""
    frames = np.fft.irfft(spectrum.T, SIZE, axis=1).astype(np.float32) * _WINDOW
    count, overlap = len(frames), SIZE // HOP
    sound = np.zeros((count + overlap - 1, HOP), np.float32)
    weight = np.zeros_like(sound)
    for part in range(overlap):
        span = slice(part * HOP, (part + 1) * HOP)
        sound[part : part + count] += frames[:, span]
        weight[part : part + count] += _WINDOW[span] ** 2
    flat = (sound / np.maximum(weight, 1e-9)).reshape(-1)
    return flat[SIZE // 2 : SIZE // 2 + count * HOP].astype(np.float32)
