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
LEAD = 0.05
"""Seconds by which a token is heard before the place that the models' durations give it: measured at the rise of
sibilants and against a forced alignment, the same in both models at every pace."""


def token_bounds(
    lengths: npt.NDArray[np.int64], known: Sequence[int], count: int, unit: float
) -> npt.NDArray[np.float64]:
    """Where each of `count` tokens is heard, in seconds, as one more bound than there are tokens.

    `lengths` are those of a pad, the `known` tokens and a pad, in units of `unit` seconds; other tokens take no time.
    """
    own = np.zeros(count + 2, np.int64)
    own[[0, *(index + 1 for index in known), count + 1]] = lengths
    ends = np.cumsum(own) * unit
    bounds: npt.NDArray[np.float64] = np.maximum(ends[:-1] - LEAD, 0.0)
    return bounds


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
