"""The film's sound: the programme as AAC, exactly as long as the picture."""

from collections.abc import Iterator
from fractions import Fraction
from pathlib import Path

import numpy as np
from av.audio.frame import AudioFrame
from av.audio.stream import AudioStream
from av.packet import Packet

from duocast.compiler.timeline import SAMPLE_RATE
from duocast.runtime.engine import EngineError, FailureClass
from duocast.runtime.sound.file import read_sound, stereo

BIT_RATE = 256_000
CODER = "fast"
"""At this bit rate within 1 dB of the thorough one on speech, and not five times as slow on plain tones."""
_BLOCK = 1024


def programme(path: Path, samples: int) -> np.ndarray:
    """The programme as float32 (2, samples), cut or filled with silence to the picture's length.

    Raises `EngineError` (poisoned, R0406) if it is not at 48 kHz or misses the film's length by more than a second.
    """
    sound, rate = read_sound(path, longest=4 * 3600.0)
    if rate != SAMPLE_RATE or abs(len(sound) - samples) > SAMPLE_RATE:
        message = (
            f"The mix has {len(sound)} samples at {rate} Hz; the film needs {samples} at 48000 Hz."
        )
        raise EngineError(FailureClass.POISONED, "R0406", message)
    planes = np.zeros((2, samples), np.float32)
    both = stereo(sound)[:samples].T
    planes[:, : both.shape[1]] = both
    return planes


def aac_packets(stream: AudioStream, planes: np.ndarray) -> "Iterator[Packet[AudioStream]]":
    """The encoded packets; the first ones carry the encoder's run-in, before time 0."""
    for at in range(0, planes.shape[1], _BLOCK):
        block = np.ascontiguousarray(planes[:, at : at + _BLOCK])
        frame = AudioFrame.from_ndarray(block, format="fltp", layout="stereo")
        frame.sample_rate, frame.pts = SAMPLE_RATE, at
        frame.time_base = Fraction(1, SAMPLE_RATE)
        yield from stream.encode(frame)
    yield from stream.encode(None)
