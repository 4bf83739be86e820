"""What a sound is here, and convolution at a good size."""

import numpy as np
import numpy.typing as npt

Sound = npt.NDArray[np.float32]
"""Mono samples, full scale 1."""
Curve = npt.NDArray[np.float64]


def transform_size(least: int) -> int:
    """A length of at least `least` that a Fourier transform is quick at: 8 to 15 times a power of two."""
    step = max(1, 1 << max(0, least.bit_length() - 4))
    return -(-least // step) * step


def convolved(sound: Sound | Curve, taps: Curve) -> Curve:
    """Convolution with taps of odd length, centred, of the same length."""
    size = transform_size(len(sound) + len(taps))
    out = np.fft.irfft(np.fft.rfft(sound, size) * np.fft.rfft(taps.astype(sound.dtype), size), size)
    return out[len(taps) // 2 :][: len(sound)].astype(np.float64)
