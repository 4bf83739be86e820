"""The terms of each cloud engine on one screen: operation, provider, usual model and limits; no library is loaded."""

import math
from collections.abc import Mapping, Sequence
from typing import NamedTuple

from duocast.compiler.graph import Operation


class Terms(NamedTuple):
    """`lengths`: the seconds of video that the provider makes. `longest`: characters of speech in one order.

    `talks`: it is told the lines of those who are seen, and moves their lips.
    """

    operation: Operation
    provider: str
    model: str
    lengths: tuple[int, ...] = ()
    longest: int = 0
    talks: bool = False


TERMS: tuple[Terms, ...] = (
    Terms(Operation.SPEAK, "elevenlabs", "eleven_multilingual_v2", longest=10_000),
    Terms(Operation.SPEAK, "openai-tts", "tts-1-hd", longest=4096),
    Terms(Operation.COMPOSE, "aiml", "google/gemini-3-pro-image-edit"),
    Terms(Operation.COMPOSE, "gemini", "gemini-3-pro-image"),
    Terms(Operation.COMPOSE, "fal", "fal-ai/nano-banana/edit"),
    Terms(Operation.COMPOSE, "replicate", "google/nano-banana"),
    Terms(Operation.COMPOSE, "comfyui", "workflow"),
    Terms(Operation.ANIMATE, "aiml", "google/veo-3.1-i2v", (4, 6, 8)),
    Terms(Operation.ANIMATE, "veo", "veo-3.1-generate-preview", (4, 6, 8)),
    Terms(Operation.ANIMATE, "runway", "gen4.5", (2, 3, 4, 5, 6, 7, 8, 9, 10)),
    Terms(Operation.ANIMATE, "luma", "ray-2", (5, 9)),
    Terms(Operation.ANIMATE, "kling", "kling-v2-1", (5, 10)),
    Terms(Operation.ANIMATE, "fal", "fal-ai/kling-video/v2.1/standard/image-to-video", (5, 10)),
    Terms(Operation.ANIMATE, "replicate", "kwaivgi/kling-v2.1", (5, 10)),
    Terms(Operation.ANIMATE, "comfyui", "workflow", (2, 3, 4, 5)),
    Terms(Operation.ANIMATE, "comfyui-talk", "workflow", tuple(range(1, 16)), talks=True),
)

KEYS: Mapping[str, str] = {
    "aiml": "AIML_API_KEY",
    "comfyui": "",
    "comfyui-talk": "",
    "elevenlabs": "ELEVENLABS_API_KEY",
    "fal": "FAL_KEY",
    "gemini": "GEMINI_API_KEY",
    "kling": "KLING_API_KEY",
    "luma": "LUMAAI_API_KEY",
    "openai-chat": "OPENAI_API_KEY",
    "openai-tts": "OPENAI_API_KEY",
    "replicate": "REPLICATE_API_TOKEN",
    "runway": "RUNWAYML_API_SECRET",
    "veo": "GEMINI_API_KEY",
}
"""The environment variable that each provider's key is usually in."""


WRITERS: Mapping[str, str] = {"gemini": "gemini-2.5-flash", "openai-chat": "gpt-4.1-mini"}
"""Who writes words, and the usual model."""


def parts(seconds: float, lengths: Sequence[int]) -> tuple[int, ...]:
    """The parts of a shot: as many of the longest as it takes, and the shortest that covers the rest."""
    whole = max(0, math.ceil(seconds / lengths[-1] - 1e-9) - 1)
    rest = seconds - whole * lengths[-1]
    last = next((one for one in lengths if one >= rest - 1e-6), lengths[-1])
    return (*(lengths[-1],) * whole, last)
