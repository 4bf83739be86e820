"""What a voice's model does: tokens in, sound and the length of every token out."""

from collections.abc import Sequence
from dataclasses import dataclass
from typing import Protocol

import numpy as np
import numpy.typing as npt

from duocast.compiler.voices import Voice
from duocast.runtime.speech.signal import Sound

RATE = 24000
"""Samples a second of every model here."""


@dataclass(frozen=True, slots=True)
class Said:
    """A sound at `RATE` and where its tokens stand: token i lasts from `bounds[i]` to `bounds[i + 1]` (seconds)."""

    sound: Sound
    bounds: npt.NDArray[np.float64]


class Synthesiser(Protocol):
    """A voice model. The same arguments give the same bytes."""

    longest: int
    """Most tokens in one call."""
    british: bool
    """Whether it reads a British voice's text the British way."""

    def say(
        self,
        tokens: Sequence[str],
        voice: Voice,
        pace: Sequence[float],
        pitch: Sequence[float],
        seed: int,
    ) -> Said:
        """Say the tokens. `pace` and `pitch` are factors, one a token; pitch 0 has no voice (a whisper)."""
        ...
