"""Convolution of a loop with long responses, block by block, so that its size stays small and its seam unheard."""

from collections.abc import Sequence

import numpy as np
from numpy.typing import NDArray

from duocast.runtime.sound.loudness import Floats
from duocast.runtime.sound.signal.ring import Ring
from duocast.runtime.sound.signal.spectrum import NORM, Curve, gain, good_length

Bins = NDArray[np.complexfloating]

TAPS = 8192


def equaliser(curve: Curve) -> Floats:
    """A linear-phase response (TAPS, 1) with the curve's amplitudes; it is late by TAPS / 2 samples."""
    response = np.roll(np.fft.irfft(gain(curve, TAPS), TAPS), TAPS // 2)
    window = np.hanning(TAPS + 1)[:TAPS]
    return np.asarray(response * window, np.float32)[:, np.newaxis]


def circular(pairs: Sequence[tuple[Floats, Floats]], late: int) -> Floats:
    """The sum of loops (n, 2) convolved with their responses (m, 1 or 2), all moved earlier by `late` samples."""
    samples = len(pairs[0][0])
    longest = max(len(response) for _, response in pairs)
    size = good_length(max(1 << 16, 2 * longest))
    hop = size - longest + 1
    spectra = [_spectra(response, size) for _, response in pairs]
    result = Ring(samples)
    for start in range(0, samples, hop):
        block = np.empty((2, size), np.float32)
        for channel in range(2):
            total = sum(
                np.fft.rfft(sound[start : start + hop, channel], size, norm=NORM)
                * spectrum[channel]
                for (sound, _), spectrum in zip(pairs, spectra, strict=True)
            )
            np.fft.irfft(total, size, norm=NORM, out=block[channel])
        length = min(hop, samples - start) + longest - 1
        result.add(start - late, block[:, :length].T)
    return result.samples


def _spectra(response: Floats, size: int) -> tuple[Bins, Bins]:
    first = np.fft.rfft(response[:, 0], size)
    return first, np.fft.rfft(response[:, -1], size) if response.shape[1] > 1 else first
