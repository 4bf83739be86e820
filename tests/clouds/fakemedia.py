"""Small real media for the fake cloud: made when a test asks for them, and kept for the run."""

import io
from functools import lru_cache

import av
import cv2
import numpy as np

SIZE, FPS, RATE = (128, 72), 12, 24_000


@lru_cache(maxsize=32)
def video(seconds: float, kind: str = "ok") -> bytes:
    """An MP4 of so many seconds: a moving gradient, or `black`."""
    out = io.BytesIO()
    with av.open(out, "w", format="mp4") as container:
        stream = container.add_stream(
            "libx264", rate=FPS, options={"threads": "1", "preset": "ultrafast"}
        )
        stream.width, stream.height, stream.pix_fmt = *SIZE, "yuv420p"
        x = np.linspace(0, 255, SIZE[0], dtype=np.float32)
        for number in range(round(seconds * FPS)):
            row = ((x + 5 * number) % 256).astype(np.uint8)
            grey = np.tile(row, (SIZE[1], 1)) * np.uint8(kind != "black")
            container.mux(
                stream.encode(av.VideoFrame.from_ndarray(np.stack([grey] * 3, 2), "rgb24"))
            )
        container.mux(stream.encode())
    return out.getvalue()


@lru_cache(maxsize=4)
def picture(kind: str = "ok") -> bytes:
    """A PNG."""
    x = np.linspace(40, 220, 320, dtype=np.uint8)
    grey = np.tile(x, (180, 1)) * np.uint8(kind != "black")
    content = cv2.imencode(".png", np.stack([grey, grey[::-1], grey], 2))[1].tobytes()
    return content[: len(content) // 2] if kind == "truncated" else content


def voice(text: str, kind: str = "ok") -> tuple[bytes, dict[str, list]]:
    """16-bit samples at 24 kHz, 70 ms a character, with silence for a space; and the alignment."""
    step = round(0.07 * RATE)
    at = np.arange(step) / RATE
    parts = []
    for character in text:
        loud = 0.0 if character == " " or kind == "silent" else 0.3
        tone = 120 + 8 * (ord(character) % 20)
        parts.append(loud * np.sin(2 * np.pi * tone * at))
    samples = np.rint(np.concatenate(parts or [np.zeros(1)]) * 32767).astype("<i2").tobytes()
    times = [round(index * 0.07, 4) for index in range(len(text) + 1)]
    alignment = {
        "characters": list(text),
        "character_start_times_seconds": times[:-1],
        "character_end_times_seconds": times[1:],
    }
    return samples, alignment
