"""What somebody says in a shot: the sound of their lines alone on the shot's clock, and what they mean by it."""

from collections.abc import Mapping, Sequence
from pathlib import Path

import numpy as np

from duocast.compiler.operations.animate import Actor
from duocast.compiler.operations.speak import TakeTimes
from duocast.compiler.operations.time import ShotTiming, SpokenSpan
from duocast.runtime.performance.curve import blur
from duocast.runtime.sound.file import read_sound, resample
from duocast.runtime.sound.loudness import Floats
from duocast.runtime.talking.governor import Track
from duocast.runtime.talking.intent import SOFT_SECONDS, intent_map, talking_intent

_FADE = 0.01


def spans_of(timing: ShotTiming, role: str) -> tuple[SpokenSpan, ...]:
    """What a role says in the shot."""
    return tuple(span for span in timing.spoken if span.role == role)


def voice_of(
    spans: Sequence[SpokenSpan], inputs: Mapping[str, Path], seconds: float, rate: int
) -> Floats:
    """Mono sound as long as the shot, silent where the role says nothing. `inputs` has `sound.<line>` of each."""
    track = np.zeros(round(seconds * rate), np.float32)
    for span in spans:
        sound, own = read_sound(inputs[f"sound.{span.line}"])
        mono = resample(sound.mean(axis=1), own, rate).reshape(-1)
        part = mono[round(span.offset * rate) : round((span.offset + span.seconds) * rate)].copy()
        edge = min(round(_FADE * rate), len(part) // 2)
        if edge:
            part[-edge:] *= np.linspace(1, 0, edge, dtype=np.float32)
        at = round(span.at * rate)
        part = part[max(0, -at) :]
        at = max(0, at)
        part = part[: len(track) - at]
        track[at : at + len(part)] += part
    return track


def meant(
    spans: Sequence[SpokenSpan],
    inputs: Mapping[str, Path],
    actor: Actor,
    frames: int,
    fps: float,
) -> Track:
    """The intent of each frame, 0 to 1; between lines nothing is meant. `inputs` has `times.<line>` of each."""
    level = np.zeros(frames)
    for span in spans:
        times = TakeTimes.from_json(inputs[f"times.{span.line}"].read_bytes())
        segments = talking_intent(times, actor, span.line)
        one = intent_map(segments, frames, fps, zero=span.at - span.offset)
        time = (np.arange(frames) + 0.5) / fps
        heard = (time >= span.at) & (time < span.at + span.seconds)
        edge = blur(heard.astype(np.float64), SOFT_SECONDS * fps)
        level = np.maximum(level, np.minimum(one, edge))
    return level
