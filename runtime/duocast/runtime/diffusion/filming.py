"""Filming: how each video model is asked for one piece. A piece is frames x height x width x 3, RGB bytes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import numpy as np
from numpy.typing import NDArray
from PIL import Image

from duocast.runtime.diffusion.limits import PictureLimits
from duocast.runtime.diffusion.loading import Pipeline
from duocast.runtime.models.device import generator

Frames = NDArray[np.uint8]
UNWANTED = "worst quality, inconsistent motion, blurry, jittery, distorted, text, watermark"


@dataclass(frozen=True, slots=True)
class Ask:
    """One piece: its first picture, its last if that is known, the words, the size and how many frames."""

    first: Image.Image
    last: Image.Image | None
    prompt: str
    width: int
    height: int
    frames: int
    seed: int


Filmer = Callable[[Pipeline, Ask, PictureLimits], Frames]


def _common(ask: Ask, limits: PictureLimits) -> dict[str, Any]:
    return {
        "width": ask.width,
        "height": ask.height,
        "num_frames": ask.frames,
        "num_inference_steps": limits.steps,
        "generator": generator(ask.seed),
        "output_type": "np",
    }


def _worded(ask: Ask, limits: PictureLimits) -> dict[str, Any]:
    told = {"prompt": ask.prompt, "negative_prompt": UNWANTED}
    return {**_common(ask, limits), **told, "guidance_scale": limits.guidance}


def ltx(pipeline: Pipeline, ask: Ask, limits: PictureLimits) -> Frames:
    """LTX-Video, from the first picture to the last."""
    from diffusers.pipelines.ltx.pipeline_ltx_condition import LTXVideoCondition

    pipeline.vae.use_framewise_decoding = False
    conditions = [LTXVideoCondition(image=ask.first, frame_index=0)]
    if ask.last is not None:
        conditions.append(LTXVideoCondition(image=ask.last, frame_index=ask.frames - 1))
    made = pipeline(conditions=conditions, frame_rate=limits.fps, **_worded(ask, limits))
    return _bytes(made.frames[0])


def worded(pipeline: Pipeline, ask: Ask, limits: PictureLimits) -> Frames:
    """Wan and CogVideoX: a picture and words."""
    return _bytes(pipeline(image=ask.first, **_worded(ask, limits)).frames[0])


def svd(pipeline: Pipeline, ask: Ask, limits: PictureLimits) -> Frames:
    """Stable Video Diffusion: a picture without words."""
    told = {**_common(ask, limits), "max_guidance_scale": limits.guidance, "fps": limits.fps}
    return _bytes(pipeline(ask.first, decode_chunk_size=4, **told).frames[0])


def _bytes(frames: object) -> Frames:
    """Values 0 to 1 as bytes. What is no number becomes black, which the film's checks then see."""
    made = np.nan_to_num(np.asarray(frames, np.float32))
    return np.asarray(np.rint(np.clip(made, 0, 1) * 255), np.uint8)


HOW: Mapping[str, Filmer] = MappingProxyType(
    {"ltx": ltx, "wan": worded, "cogvideox": worded, "svd": svd}
)
"""By engine."""
