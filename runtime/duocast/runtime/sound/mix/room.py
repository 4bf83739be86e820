"""Rooms: where a voice sounds. Early reflections and a short tail around it, or a telephone's narrow line."""

from dataclasses import dataclass
from functools import lru_cache

import numpy as np
from numpy.typing import NDArray

from duocast.runtime.sound.loudness import Floats, amplitude
from duocast.runtime.sound.signal.reverb import Place, impulse
from duocast.runtime.sound.signal.spectrum import NORM, Curve, good_length, shaped


@dataclass(frozen=True, slots=True)
class Room:
    """A place and how much of its answer is heard, in dB under the voice."""

    place: Place
    wet: float
    curve: Curve = ((20, -60), (150, -18), (300, -2), (6000, 0), (9000, -6), (20000, -40))


ROOMS: dict[str, Room] = {
    "studio": Room(Place(0.18, 0.9, 0.003, 0.7, 8, 0.015), -19.0),
    "small": Room(Place(0.32, 0.7, 0.003, 0.65, 14, 0.018), -12.5),
    "living": Room(Place(0.48, 0.9, 0.005, 0.55, 14, 0.03), -14.0),
    "hall": Room(Place(1.7, 0.8, 0.018, 0.3, 22, 0.08), -11.5),
    "outdoors": Room(
        Place(0.7, 1.6, 0.045, 0.85, 5, 0.16),
        -23.0,
        ((20, -60), (300, -8), (900, 0), (3500, -6), (9000, -40)),
    ),
}
"""`none` and `phone` have no answer of their own."""

_LINE_CURVE: Curve = (
    (20, -80), (180, -60), (280, -14), (340, 0), (900, 1.5), (2200, 3), (3200, 0), (3600, -16),
    (4200, -60), (24000, -90),
)  # fmt: skip
_PADDING = 4800
_SIZES = 24_000
"""Transforms come in few sizes, so that a room's own is mostly there already."""


@lru_cache(maxsize=8)
def _answer(name: str) -> Floats:
    room = ROOMS[name]
    response = impulse(room.place, 5)
    padded = np.pad(response, ((0, 2048), (0, 0)))
    shaped_answer = shaped(padded, room.curve) * np.float32(amplitude(room.wet))
    return np.asarray(shaped_answer, np.float32)


def in_room(voice: Floats, both: Floats, room: str) -> Floats:
    """The panned voice `both` (n, 2) with its room's answer to `voice` (n, 1): longer by the room's tail."""
    if room not in ROOMS:
        return both
    answer = _answer(room)
    length = len(voice) + len(answer) - 1
    size = good_length(-(-length // _SIZES) * _SIZES)
    spectrum = np.fft.rfft(voice[:, 0], size, norm=NORM)
    answered = np.fft.irfft(spectrum * _spectrum(room, size), size, norm=NORM)
    wet = np.ascontiguousarray(answered[:, :length].T, np.float32)
    wet[: len(both)] += both
    return wet


@lru_cache(maxsize=24)
def _spectrum(room: str, size: int) -> NDArray[np.complexfloating]:
    return np.fft.rfft(_answer(room).T, size)


def over_telephone(voice: Floats) -> Floats:
    """A voice (n,) through a telephone: 340 to 3300 Hz, a carbon edge, as loud as before."""
    padded = np.pad(voice, (_PADDING, _PADDING))
    narrow = shaped(padded, _LINE_CURVE)
    level = float(np.sqrt(np.square(narrow).mean())) or 1.0
    driven = np.tanh(narrow / (level * 4)) * (level * 4)
    again = shaped(driven, _LINE_CURVE)[_PADDING : _PADDING + len(voice)]
    before, after = np.square(voice).mean(), np.square(again).mean()
    return again * np.float32(np.sqrt(before / after)) if after > 0 else again
