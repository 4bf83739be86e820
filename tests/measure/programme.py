"""Measures of a finished film's sound: its length, loudness and true peak, by two independent meters."""

import re
import subprocess
from dataclasses import dataclass
from pathlib import Path

import av
import imageio_ffmpeg  # type: ignore[import-untyped] # it ships no types
import numpy as np
from numpy.typing import NDArray

from duocast.runtime.sound.loudness import integrated_loudness, true_peak

_INTEGRATED = re.compile(r"Integrated loudness:\s+I:\s+(-?[\d.]+|-inf) LUFS")
_PEAK = re.compile(r"True peak:\s+Peak:\s+(-?[\d.]+|-inf) dBFS")


@dataclass(frozen=True, slots=True)
class Level:
    """Integrated loudness in LUFS and true peak in dBTP."""

    integrated: float
    peak: float


def decoded(film: Path) -> tuple[NDArray[np.float32], int]:
    """The sound of a film as it is played (an encoder's padding is cut as the file says): samples x channels, rate."""
    with av.open(str(film)) as container:
        stream = container.streams.audio[0]
        blocks = [frame.to_ndarray() for frame in container.decode(stream)]
        planar = stream.format.is_planar
        channels = stream.channels
        rate = int(stream.rate)
    shaped = [b.T if planar else b.reshape(-1, channels) for b in blocks]
    return np.concatenate(shaped).astype(np.float32), rate


def level(sound: NDArray[np.float32], rate: int) -> Level:
    """By duocast's own meter."""
    return Level(integrated_loudness(sound, rate), true_peak(sound, rate))


def ffmpeg_level(film: Path) -> Level:
    """By FFmpeg's `ebur128` filter."""
    arguments = ["-nostdin", "-hide_banner", "-nostats", "-i", str(film), "-vn"]
    meter = ["-af", "ebur128=peak=true:framelog=quiet", "-f", "null", "-"]
    done = subprocess.run(
        [imageio_ffmpeg.get_ffmpeg_exe(), *arguments, *meter],
        capture_output=True,
        text=True,
        check=True,
    )
    summary = done.stderr[done.stderr.rindex("Summary:") :]
    found = (pattern.search(summary) for pattern in (_INTEGRATED, _PEAK))
    integrated, peak = (float(match[1]) if match else float("nan") for match in found)
    return Level(integrated, peak)


def delay(sound: NDArray[np.float32], reference: NDArray[np.float32], reach: int = 4800) -> int:
    """By how many samples `sound` comes after `reference` (mono or first channels, at most `reach` either way)."""
    a, b = (np.asarray(s if s.ndim == 1 else s[:, 0], np.float64) for s in (sound, reference))
    length = min(len(a), len(b))
    size = 1 << (length + reach).bit_length()
    product = np.fft.rfft(a[:length], size) * np.conj(np.fft.rfft(b[:length], size))
    agreement = np.fft.irfft(product, size)
    lags = np.concatenate([agreement[-reach:], agreement[: reach + 1]])
    return int(np.argmax(lags)) - reach
