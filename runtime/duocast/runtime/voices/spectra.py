"""Spectra, loading and rates of sounds as tensors, called and shaped as torchaudio has them.

This module imports torch: it is imported where a voice of Coqui's is loaded. Buffers have the names under which
checkpoints hold them.
"""

from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn

from duocast.runtime.sound.file import read_sound
from duocast.runtime.sound.file import resample as resampled

Tensor = Any
"""Of torch, which is not typed here."""


def load(path: str | Path, **_: object) -> tuple[Tensor, int]:
    """A sound file as (channels, samples) and its rate."""
    samples, rate = read_sound(Path(path))
    return torch.from_numpy(np.ascontiguousarray(samples.T)), rate


def resample(waveform: Tensor, orig_freq: int, new_freq: int, **_: object) -> Tensor:
    """The last axis of a tensor at another rate."""
    if orig_freq == new_freq:
        return waveform
    flat = waveform.detach().to("cpu", torch.float32).reshape(-1, waveform.shape[-1]).numpy()
    out = np.stack([resampled(row, int(orig_freq), int(new_freq)) for row in flat])
    return torch.from_numpy(out).reshape(*waveform.shape[:-1], -1).to(waveform)


def mel_filters(
    rate: int, size: int, count: int, low: float, high: float, norm: str | None
) -> Tensor:
    """Triangles on the mel scale (O'Shaughnessy's formula), (size / 2 + 1, count); `slaney` gives each the area 1."""
    hertz = np.linspace(0, rate // 2, size // 2 + 1)
    first, last = (2595 * np.log10(1 + edge / 700) for edge in (low, high))
    points = 700 * (10 ** (np.linspace(first, last, count + 2) / 2595) - 1)
    slopes = points[None] - hertz[:, None]
    widths = np.diff(points)
    rising, falling = -slopes[:, :-2] / widths[:-1], slopes[:, 2:] / widths[1:]
    triangles = np.maximum(0.0, np.minimum(rising, falling))
    if norm == "slaney":
        triangles *= 2.0 / (points[2:] - points[:-2])
    return torch.from_numpy(triangles.astype(np.float32))


class Spectrogram(nn.Module):  # type: ignore[misc] # torch is not typed here
    """The power of the frequencies of a sound over time."""

    def __init__(
        self, size: int, win: int, hop: int, power: float, normalized: bool, window: Tensor
    ) -> None:
        super().__init__()
        self.size, self.win, self.hop = size, win, hop
        self.power, self.normalized = power, normalized
        self.register_buffer("window", window)

    def forward(self, waveform: Tensor) -> Tensor:
        """(..., samples) to (..., frequencies, frames)."""
        flat = waveform.reshape(-1, waveform.shape[-1])
        how = {"center": True, "pad_mode": "reflect", "return_complex": True}
        spectrum = torch.stft(flat, self.size, self.hop, self.win, self.window, **how)
        if self.normalized:
            spectrum = spectrum / self.window.pow(2.0).sum().sqrt()
        shape = (*waveform.shape[:-1], *spectrum.shape[-2:])
        return spectrum.abs().pow(self.power).reshape(shape)


class MelScale(nn.Module):  # type: ignore[misc] # as above
    """Frequencies gathered by triangles."""

    def __init__(self, filters: Tensor) -> None:
        super().__init__()
        self.register_buffer("fb", filters)

    def forward(self, spectrum: Tensor) -> Tensor:
        """(..., frequencies, frames) to (..., mels, frames)."""
        return torch.matmul(spectrum.transpose(-1, -2), self.fb).transpose(-1, -2)


class MelSpectrogram(nn.Module):  # type: ignore[misc] # as above
    """A spectrogram on the mel scale."""

    def __init__(
        self,
        sample_rate: int = 16000,
        n_fft: int = 400,
        win_length: int | None = None,
        hop_length: int | None = None,
        f_min: float = 0.0,
        f_max: float | None = None,
        n_mels: int = 128,
        window_fn: Any = torch.hann_window,  # noqa: ANN401 -- as above
        power: float = 2.0,
        normalized: bool = False,
        norm: str | None = None,
        **_: object,
    ) -> None:
        super().__init__()
        win = win_length or n_fft
        hop = hop_length or win // 2
        self.spectrogram = Spectrogram(n_fft, win, hop, power, normalized, window_fn(win))
        high = float(sample_rate // 2) if f_max is None else f_max
        self.mel_scale = MelScale(mel_filters(sample_rate, n_fft, n_mels, f_min, high, norm))

    def forward(self, waveform: Tensor) -> Tensor:
        """(..., samples) to (..., mels, frames)."""
        return self.mel_scale(self.spectrogram(waveform))


class Resample(nn.Module):  # type: ignore[misc] # as above
    """A sound at another rate."""

    def __init__(self, orig_freq: int = 16000, new_freq: int = 16000, **_: object) -> None:
        super().__init__()
        self.rates = (orig_freq, new_freq)

    def forward(self, waveform: Tensor) -> Tensor:
        """(..., samples) at the new rate."""
        return resample(waveform, *self.rates)
