"""Sound files: read anything FFmpeg can decode, resample, write WAV and FLAC.

Failures: A0321 no sound in the file, A0322 an empty sound, A0323 a sound that is too long.
"""

import math
import wave
from functools import lru_cache
from pathlib import Path
from types import TracebackType
from typing import Self

import av
import numpy as np
from av.audio.frame import AudioFrame
from av.audio.resampler import AudioResampler
from av.audio.stream import AudioStream
from numpy.typing import NDArray

from duocast.runtime.engine import EngineError, FailureClass
from duocast.runtime.sound.loudness import Floats
from duocast.runtime.sound.signal.product import product

LONGEST_SECONDS = 30 * 60.0
"""How long a sound may be that is read at once (stereo: 690 MB)."""

_TAPS = 64


def read_sound(path: Path, longest: float = LONGEST_SECONDS) -> tuple[Floats, int]:
    """The file's first sound: float32 (n, channels) within about -1 to 1, and its rate.

    Raises `EngineError` (invalid): A0321 not a sound, A0322 empty, A0323 longer than `longest` seconds.
    """
    sound, rate = _read_pcm(path, longest) or _decode(path, longest)
    if not len(sound) or not sound.shape[1]:
        raise EngineError(FailureClass.INVALID, "A0322", f"The sound {path.name} is empty.")
    if not np.isfinite(sound).all():
        sound = np.nan_to_num(sound, nan=0.0, posinf=1.0, neginf=-1.0)
    return sound, rate


def _read_pcm(path: Path, longest: float) -> tuple[Floats, int] | None:
    """A plain 16 or 24 bit WAV, ten times as fast as through a decoder; None for all else."""
    try:
        with wave.open(str(path), "rb") as file:
            rate, channels, width = file.getframerate(), file.getnchannels(), file.getsampwidth()
            if width not in (2, 3) or not 8000 <= rate <= 192_000:
                return None
            _check_length(path, file.getnframes() / rate, longest)
            content = file.readframes(file.getnframes())
    except (wave.Error, EOFError, OSError):
        return None
    if len(content) % (channels * width):
        return None
    return _floats(content, width).reshape(-1, channels), rate


def _floats(content: bytes, width: int) -> Floats:
    if width == 2:
        return np.frombuffer(content, "<i2").astype(np.float32) / np.float32(32768)
    parts = np.frombuffer(content, np.uint8).reshape(-1, 3)
    wide = np.zeros((len(parts), 4), np.uint8)
    wide[:, 1:] = parts
    return wide.view("<i4")[:, 0].astype(np.float32) / np.float32(2**31)


def _check_length(path: Path, seconds: float, longest: float) -> None:
    if seconds > longest:
        raise EngineError(
            FailureClass.INVALID,
            "A0323",
            f"The sound {path.name} is longer than {longest / 60:.0f} minutes.",
            "Cut it to the part that the film uses.",
        )


def _decode(path: Path, longest: float) -> tuple[Floats, int]:
    try:
        with av.open(str(path), "r", metadata_errors="ignore") as container:
            if not container.streams.audio:
                raise _no_sound(path)
            stream = container.streams.audio[0]
            stream.codec_context.thread_count = 1
            return _decode_stream(path, container, stream, longest)
    except (av.FFmpegError, ValueError, OSError) as error:
        raise _no_sound(path) from error


def _no_sound(path: Path) -> EngineError:
    return EngineError(
        FailureClass.INVALID,
        "A0321",
        f"{path.name} is not a sound that can be read.",
        "Use WAV, FLAC, MP3, AAC, Opus or Ogg.",
    )


def _decode_stream(
    path: Path, container: av.container.InputContainer, stream: AudioStream, longest: float
) -> tuple[Floats, int]:
    rate = stream.rate
    flat = AudioResampler(format="fltp")
    parts: list[Floats] = []
    total = 0
    for frame in container.decode(stream):
        for plain in flat.resample(frame):
            part = plain.to_ndarray().T.astype(np.float32, copy=False)
            total += len(part)
            _check_length(path, total / rate, longest)
            parts.append(part)
    if not parts:
        raise EngineError(FailureClass.INVALID, "A0322", f"The sound {path.name} is empty.")
    return np.concatenate(parts), rate


def resample(samples: NDArray[np.floating], from_rate: int, to_rate: int) -> Floats:
    """`samples` (n,) or (n, channels) at another rate; the length is round(n * to_rate / from_rate).

    A windowed sinc of 64 taps (more when the rate falls): flat to 0.9 of the lower Nyquist frequency, images
    and aliases 90 dB down, no delay.
    """
    sound = np.asarray(samples, np.float32)
    if from_rate == to_rate:
        return sound
    if sound.ndim == 2:
        channels = [resample(channel, from_rate, to_rate) for channel in sound.T]
        return np.stack(channels, axis=1)
    common = math.gcd(from_rate, to_rate)
    up, down = to_rate // common, from_rate // common
    length = max(1, round(len(sound) * up / down))
    taps = 2 * math.ceil(_TAPS / 2 * max(1.0, down / up))
    padded = np.pad(sound, (taps // 2 - 1, taps + down))
    windows = np.lib.stride_tricks.sliding_window_view(padded, taps)
    result = np.zeros(length, np.float32)
    for phase in range(min(up, length)):
        whole, part = divmod(phase * down, up)
        points = result[phase::up]
        rows = windows[whole::down][: len(points)]
        weights = _sinc(taps, part / up, min(1.0, up / down))
        for start in range(0, len(points), 32768):
            points[start : start + 32768] = product(rows[start : start + 32768], weights)
    return result


@lru_cache(maxsize=2048)
def _sinc(taps: int, part: float, cutoff: float) -> Floats:
    distance = np.arange(-taps // 2 + 1, taps // 2 + 1) - part
    inside = np.clip(1 - (distance / (taps / 2)) ** 2, 0, 1)
    edge = 0.95 * cutoff
    weights = edge * np.sinc(distance * edge) * np.i0(9.0 * np.sqrt(inside)) / np.i0(9.0)
    normal: Floats = (weights / weights.sum()).astype(np.float32)
    return normal


def stereo(samples: Floats) -> Floats:
    """(n, channels) as (n, 2): mono stands in both, more than two are folded down."""
    if samples.ndim == 1 or samples.shape[1] == 1:
        mono = samples.reshape(-1, 1)
        return np.repeat(mono, 2, axis=1)
    if samples.shape[1] == 2:
        return samples
    return _fold(samples)


def _fold(samples: Floats) -> Floats:
    """Left, right, centre, (low,) surrounds: the usual fold-down without the low channel."""
    channels = samples.shape[1]
    left, right = samples[:, 0].copy(), samples[:, 1].copy()
    centre = samples[:, 2] * np.float32(0.7071)
    surrounds = range(4 if channels > 5 else 3, channels)
    for at, number in enumerate(surrounds):
        side = left if at % 2 == 0 else right
        side += samples[:, number] * np.float32(0.7071)
    return np.stack([left + centre, right + centre], axis=1)


class WavWriter:
    """A WAV file of 16 or 24 bits, written block by block."""

    def __init__(self, path: Path, rate: int, channels: int, bits: int) -> None:
        self._bits = bits
        self._file = wave.open(str(path), "wb")  # noqa: SIM115 - closed by __exit__
        self._file.setnchannels(channels)
        self._file.setsampwidth(bits // 8)
        self._file.setframerate(rate)

    def write(self, samples: NDArray[np.floating]) -> None:
        """Append samples (n,) or (n, channels); beyond -1 to 1 they clip."""
        self._file.writeframesraw(_pcm(samples, self._bits))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        self._file.close()


def quantised(samples: NDArray[np.floating], bits: int) -> NDArray[np.int32]:
    """Samples as integers of `bits` bits in int32."""
    full = 2 ** (bits - 1)
    scaled = np.asarray(samples, np.float32) * np.float32(full)
    np.rint(scaled, out=scaled)
    np.clip(scaled, -full, full - 1, out=scaled)
    return scaled.astype(np.int32)


def _pcm(samples: NDArray[np.floating], bits: int) -> bytes:
    whole = quantised(samples, bits)
    if bits == 16:
        return whole.astype("<i2").tobytes()
    return whole.astype("<i4").reshape(-1, 1).view(np.uint8)[:, :3].tobytes()


def write_wav(path: Path, samples: NDArray[np.floating], rate: int, bits: int = 16) -> None:
    """Write samples (n,) or (n, channels) as a WAV of 16 or 24 bits; the same samples give the same bytes."""
    channels = 1 if np.ndim(samples) == 1 else np.shape(samples)[1]
    with WavWriter(path, rate, channels, bits) as file:
        file.write(samples)


class FlacWriter:
    """A stereo FLAC file of 24 bits, written block by block."""

    def __init__(self, path: Path, rate: int) -> None:
        self._container = av.open(
            str(path), "w", format="flac", container_options={"fflags": "+bitexact"}
        )
        self._stream: AudioStream = self._container.add_stream("flac", rate=rate)
        self._stream.format = "s32"
        self._stream.layout = "stereo"
        self._stream.options = {"compression_level": "0"}
        self._stream.codec_context.thread_count = 1
        self._rate = rate
        self._at = 0

    def write(self, samples: NDArray[np.floating]) -> None:
        """Append samples (n, 2); beyond -1 to 1 they clip."""
        self.write_exact(quantised(samples, 24))

    def write_exact(self, samples: NDArray[np.int32]) -> None:
        """Append samples (n, 2) that are integers of 24 bits already."""
        if not len(samples):
            return
        whole = np.ascontiguousarray(samples << 8).reshape(1, -1)
        frame = AudioFrame.from_ndarray(whole, format="s32", layout="stereo")
        frame.sample_rate = self._rate
        frame.pts = self._at
        self._at += len(samples)
        self._container.mux(self._stream.encode(frame))

    def __enter__(self) -> Self:
        return self

    def __exit__(
        self,
        kind: type[BaseException] | None,
        error: BaseException | None,
        trace: TracebackType | None,
    ) -> None:
        if error is None:
            self._container.mux(self._stream.encode(None))
        self._container.close()
