"""Talking heads of a cloud (MultiTalk and the like through ComfyUI): each person's voice and mask go with the still."""

import io
import wave
from collections.abc import Callable

import cv2
import numpy as np

from duocast.compiler.operations.animate import FilmParams
from duocast.compiler.operations.compose import Layout
from duocast.compiler.operations.time import ShotTiming
from duocast.runtime.clouds.contract import Picture
from duocast.runtime.clouds.filming import CloudCamera
from duocast.runtime.delivery.colour import RGB
from duocast.runtime.delivery.encode.covering import covering
from duocast.runtime.delivery.encode.photograph import read_picture
from duocast.runtime.engine import Request
from duocast.runtime.sound.loudness import Floats
from duocast.runtime.talking.region import Region, region
from duocast.runtime.talking.speech import spans_of, voice_of

RATE = 16_000
MARGIN = 0.5
Attached = tuple[tuple[str, Picture], ...]


class CloudTalker(CloudCamera):
    """As `CloudCamera`; `{audio-1}` and `{mask-1}` are those of the person who stands farthest left, and so on."""

    def attached(
        self, request: Request, params: FilmParams, timing: ShotTiming
    ) -> Callable[[int, int], Attached]:
        """The voices of everybody who is seen, each on the shot's clock, and where their faces are."""
        layout = Layout.from_json(request.inputs["layout"].read_bytes())
        size = (params.width, params.height)
        still = covering(read_picture(request.inputs["still"]), *size)
        seen = [
            (person.role, square)
            for person in layout.people
            if (square := region(person, layout, still, MARGIN)) is not None
        ]
        whole = timing.frames / float(timing.rate.fps)
        people = [
            (voice_of(spans_of(timing, role), request.inputs, whole, RATE), mask(square, still))
            for role, square in sorted(seen, key=lambda one: one[1].x)
        ]

        def part(start: int, seconds: int) -> Attached:
            found: list[tuple[str, Picture]] = []
            for number, (voice, face) in enumerate(people, 1):
                found.append((f"audio-{number}", wav(voice[start * RATE :], seconds)))
                found.append((f"mask-{number}", face))
            return tuple(found)

        return part


def mask(square: Region, still: RGB) -> Picture:
    """White where a face is, black elsewhere."""
    picture = np.zeros(still.shape[:2], np.uint8)
    picture[square.y : square.y + square.side, square.x : square.x + square.side] = 255
    return Picture("image/png", cv2.imencode(".png", picture)[1].tobytes())


def wav(voice: Floats, seconds: int) -> Picture:
    """So many seconds of a voice as a WAV of 16 bits, silent behind its end."""
    samples = np.zeros(seconds * RATE, np.float32)
    part = voice[: len(samples)]
    samples[: len(part)] = part
    out = io.BytesIO()
    with wave.open(out, "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(RATE)
        file.writeframes(np.rint(np.clip(samples, -1, 1) * 32767).astype("<i2").tobytes())
    return Picture("audio/wav", out.getvalue())
