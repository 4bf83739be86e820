"""Filming: how each video model is asked for one piece. A piece is frames x height x width x 3, RGB bytes."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
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
PERTURBED = 28
"""The block that LTX-2's makers perturb for guidance; a smaller model has none such."""


@dataclass(frozen=True, slots=True)
class Ask:
    """One piece: its first picture, its last if that is known, the words, the size and how many frames.

    `people` are the portraits of everybody in it, for models that are shown them.
    """

    first: Image.Image
    last: Image.Image | None
    prompt: str
    width: int
    height: int
    frames: int
    seed: int
    people: tuple[Image.Image, ...] = ()


@dataclass(frozen=True, slots=True)
class Heard:
    """The sound of a piece: (samples, channels), about -1 to 1, at `rate` samples a second."""

    samples: NDArray[np.float32]
    rate: int


@dataclass(frozen=True, slots=True)
class Piece:
    """What a model made. `begins`: its first frame is the picture that it was given."""

    frames: Frames
    heard: Heard | None = None
    begins: bool = True


Filmer = Callable[[Pipeline, Ask, PictureLimits], Piece]


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


def ltx(pipeline: Pipeline, ask: Ask, limits: PictureLimits) -> Piece:
    """LTX-Video, from the first picture to the last."""
    from diffusers.pipelines.ltx.pipeline_ltx_condition import LTXVideoCondition

    pipeline.vae.use_framewise_decoding = False
    conditions = [LTXVideoCondition(image=ask.first, frame_index=0)]
    if ask.last is not None:
        conditions.append(LTXVideoCondition(image=ask.last, frame_index=ask.frames - 1))
    made = pipeline(conditions=conditions, frame_rate=limits.fps, **_worded(ask, limits))
    return Piece(_bytes(made.frames[0]))


def ltx2(pipeline: Pipeline, ask: Ask, limits: PictureLimits) -> Piece:
    """LTX-2: picture and sound, from the first picture to the last; its places count latent frames (-1: the last)."""
    from diffusers.pipelines.ltx2.pipeline_ltx2_condition import LTX2VideoCondition

    pipeline.vae.use_framewise_decoding = False
    conditions = [LTX2VideoCondition(frames=ask.first, index=0)]
    if ask.last is not None:
        conditions.append(LTX2VideoCondition(frames=ask.last, index=-1))
    told = {**_worded(ask, limits), **_guided(pipeline, limits)}
    made = pipeline(conditions=conditions, frame_rate=float(limits.fps), **told)
    samples = np.nan_to_num(np.asarray(made.audio[0].float().cpu(), np.float32)).T
    heard = Heard(samples, int(pipeline.vocoder.config.output_sampling_rate))
    return Piece(_bytes(made.frames[0]), heard)


def _guided(pipeline: Pipeline, limits: PictureLimits) -> dict[str, Any]:
    """How LTX-2 is guided: 2.0 by words alone, later ones as their makers do; a distilled one not at all."""
    made = pipeline.transformer.config
    later = bool(made.cross_attn_mod)
    if later and limits.guidance > 1 and made.num_layers > PERTURBED:
        return {"use_cross_timestep": True, "spatio_temporal_guidance_blocks": [PERTURBED]}
    off = {"stg_scale": 0.0, "modality_scale": 1.0, "guidance_rescale": 0.0}
    heard = {f"audio_{name}": value for name, value in off.items()}
    guidance = {"audio_guidance_scale": limits.guidance, "use_cross_timestep": later}
    return {**off, **heard, **guidance, "spatio_temporal_guidance_blocks": None}


def worded(pipeline: Pipeline, ask: Ask, limits: PictureLimits) -> Piece:
    """Wan and CogVideoX: a picture and words."""
    return Piece(_bytes(pipeline(image=ask.first, **_worded(ask, limits)).frames[0]))


def wan_vace(pipeline: Pipeline, ask: Ask, limits: PictureLimits) -> Piece:
    """Wan VACE: the portraits of the people, words, and a video of which only the ends are given."""
    at = (ask.width, ask.height)
    video, mask = [Image.new("RGB", at, (128, 128, 128))], [Image.new("L", at, 255)]
    video, mask = video * ask.frames, mask * ask.frames
    for place, picture in ((0, ask.first), (-1, ask.last)):
        if picture is not None:
            video[place], mask[place] = picture, Image.new("L", at, 0)
    made = pipeline(
        video=video,
        mask=mask,
        reference_images=list(ask.people) or None,
        **_worded(ask, limits),
    )
    return Piece(_bytes(made.frames[0]))


def hunyuan(pipeline: Pipeline, ask: Ask, limits: PictureLimits) -> Piece:
    """HunyuanVideo: the model with 33 channels leaves out the first latent, so it is asked for that much more."""
    left_out = pipeline.transformer.config.image_condition_type == "latent_concat"
    more = int(pipeline.vae_scale_factor_temporal) if left_out else 0
    told = _common(replace(ask, frames=ask.frames + more), limits)
    made = pipeline(
        image=ask.first, prompt=ask.prompt, guidance_scale=limits.guidance, **told
    ).frames[0]
    return Piece(_bytes(made), begins=not left_out)


def mochi(pipeline: Pipeline, ask: Ask, limits: PictureLimits) -> Piece:
    """Mochi: words alone."""
    return Piece(_bytes(pipeline(**_worded(ask, limits)).frames[0]), begins=False)


def svd(pipeline: Pipeline, ask: Ask, limits: PictureLimits) -> Piece:
    """Stable Video Diffusion: a picture without words."""
    told = {**_common(ask, limits), "max_guidance_scale": limits.guidance, "fps": limits.fps}
    return Piece(_bytes(pipeline(ask.first, decode_chunk_size=4, **told).frames[0]))


def _bytes(frames: object) -> Frames:
    """Values 0 to 1 as bytes. What is no number becomes black, which the film's checks then see."""
    made = np.nan_to_num(np.asarray(frames, np.float32))
    return np.asarray(np.rint(np.clip(made, 0, 1) * 255), np.uint8)


HOW: Mapping[str, Filmer] = MappingProxyType(
    {
        "ltx": ltx,
        "ltx2": ltx2,
        "wan": worded,
        "wan-vace": wan_vace,
        "cogvideox": worded,
        "hunyuan": hunyuan,
        "mochi": mochi,
        "svd": svd,
    }
)
"""By engine."""
