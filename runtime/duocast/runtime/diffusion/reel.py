"""A reel: the pieces of one shot, joined as they are made, and the sound that came with them."""

from collections.abc import Callable, Iterator, Sequence
from dataclasses import replace

import numpy as np
from PIL import Image

from duocast.runtime.delivery.colour import RGB
from duocast.runtime.diffusion.filming import Ask, Heard, Piece
from duocast.runtime.diffusion.limits import PictureLimits
from duocast.runtime.diffusion.loops import looped
from duocast.runtime.engine import EngineError, FailureClass
from duocast.runtime.sound.file import resample, stereo
from duocast.runtime.sound.loudness import Floats
from duocast.runtime.sound.signal.spectrum import RATE

Make = Callable[[Ask], Piece]
"""Asks the model for one piece."""
BEFORE_THE_END = 0.95
"""The share of the work that the model does."""


class Reel:
    """Frames as they are made; after the last one, what was heard under them."""

    def __init__(
        self,
        make: Make,
        asks: Sequence[Ask],
        limits: PictureLimits,
        progress: Callable[[float], None],
    ) -> None:
        self._make = make
        self._asks = asks
        self._limits = limits
        self._progress = progress
        self._heard: list[Floats] = []

    def frames(self, wanted: int) -> Iterator[RGB]:
        """`wanted` frames. Raises `EngineError` (poisoned, R0012) for a model that makes none."""
        if not self._limits.continues:
            yield from looped(self._piece(self._asks[0]).frames, wanted)
            self._progress(BEFORE_THE_END)
            return
        for number, frame in enumerate(self._joined()):
            if number == wanted:
                return
            yield frame

    def sound(self, seconds: float) -> Floats | None:
        """(samples, 2) at 48 kHz, as long as `seconds`; None where the model makes no sound."""
        if not self._heard:
            return None
        whole, samples = _lapped(self._heard, RATE // self._limits.fps), round(seconds * RATE)
        short = max(0, samples - len(whole))
        return np.pad(whole[:samples], ((0, short), (0, 0)))

    def _joined(self) -> Iterator[RGB]:
        """All pieces; the frame that two share comes once."""
        first = self._asks[0].first
        for number, ask in enumerate(self._asks):
            piece = self._piece(replace(ask, first=first))
            yield from piece.frames[1 if number and piece.begins else 0 :]
            first = Image.fromarray(piece.frames[-1])
            self._progress((number + 1) / len(self._asks) * BEFORE_THE_END)

    def _piece(self, ask: Ask) -> Piece:
        piece = self._make(ask)
        if len(piece.frames) < 2:
            name = self._limits.engine
            message = f"the engine {name!r} made {len(piece.frames)} of {ask.frames} frames"
            raise EngineError(FailureClass.POISONED, "R0012", message)
        if piece.heard is not None:
            self._heard.append(_ours(piece.heard, len(piece.frames) / self._limits.fps))
        return piece


def _ours(heard: Heard, seconds: float) -> Floats:
    """(samples, 2) at 48 kHz, without its mean and without what lasts longer than the picture."""
    both = resample(stereo(heard.samples), heard.rate, RATE)[: round(seconds * RATE)]
    centred: Floats = both - both.mean(axis=0, dtype=np.float64).astype(np.float32)
    return centred


def _lapped(parts: Sequence[Floats], lap: int) -> Floats:
    """The sounds one after another, each over the last `lap` samples of the one before, with steady power."""
    whole = parts[0]
    for part in parts[1:]:
        length = min(lap, len(whole), len(part))
        turn = ((np.arange(length, dtype=np.float32) + 0.5) / max(1, length) * np.pi / 2)[
            :, np.newaxis
        ]
        over = whole[len(whole) - length :] * np.cos(turn) + part[:length] * np.sin(turn)
        whole = np.concatenate([whole[: len(whole) - length], over, part[length:]])
    return np.asarray(whole, np.float32)
