"""Painting: how each picture model is asked for one still. A still is height x width x 3, RGB bytes."""

from collections.abc import Callable, Mapping, Sequence
from dataclasses import dataclass
from types import MappingProxyType
from typing import Any

import cv2
import numpy as np
from PIL import Image

from duocast.runtime.delivery.colour import RGB
from duocast.runtime.diffusion.limits import PictureLimits
from duocast.runtime.diffusion.loading import Pipeline
from duocast.runtime.diffusion.sketch import Mask, Sketch
from duocast.runtime.models.device import generator

UNWANTED = "blurry, distorted face, extra people, text, watermark, border"
OVER = 0.85
"""How much of what is painted over may change, 0 to 1: less keeps the drawing, more keeps to the references."""
LIKE = 0.7
"""How much a masked reference counts beside the words."""


@dataclass(frozen=True, slots=True)
class Ask:
    """One still: the words, the pictures that they speak of, the size and the seed.

    `people` are the pictures of single people by role; `sketch` is what is painted over, where the model does that.
    """

    prompt: str
    pictures: Sequence[Image.Image]
    people: Mapping[str, Image.Image]
    width: int
    height: int
    seed: int
    sketch: Sketch | None = None


Brush = Callable[[Pipeline, Ask, PictureLimits], RGB]


def _common(ask: Ask, limits: PictureLimits) -> dict[str, Any]:
    return {
        "prompt": ask.prompt,
        "width": ask.width,
        "height": ask.height,
        "num_inference_steps": limits.steps,
        "generator": generator(ask.seed),
        "output_type": "np",
    }


def flux(pipeline: Pipeline, ask: Ask, limits: PictureLimits) -> RGB:
    """FLUX.2 in both sizes: any number of pictures, or none."""
    shown = {"image": list(ask.pictures)} if ask.pictures else {}
    made = pipeline(guidance_scale=limits.guidance, **_common(ask, limits), **shown)
    return _bytes(made.images[0])


def qwen_edit(pipeline: Pipeline, ask: Ask, limits: PictureLimits) -> RGB:
    """Qwen-Image-Edit-Plus: at least one picture, a grey one if there is none."""
    shown = list(ask.pictures) or [Image.new("RGB", (ask.width, ask.height), (128, 128, 128))]
    unwanted = {"negative_prompt": UNWANTED} if limits.guidance > 1 else {}
    made = pipeline(image=shown, true_cfg_scale=limits.guidance, **_common(ask, limits), **unwanted)
    return _bytes(made.images[0])


def sdxl(pipeline: Pipeline, ask: Ask, limits: PictureLimits) -> RGB:
    """Stable Diffusion XL paints over the sketch; everybody's reference counts where they stand and nowhere else."""
    from diffusers.image_processor import IPAdapterMaskProcessor

    assert ask.sketch is not None, "the painter was given no sketch"
    size = (ask.width, ask.height)
    where = {role: mask for role, mask in ask.sketch.people.items() if role in ask.people}
    roles = sorted(where)
    shown = [ask.people[role] for role in roles] or [Image.new("RGB", (64, 64), (128, 128, 128))]
    masks = [Image.fromarray(scaled(where[role], size)) for role in roles]
    masks = masks or [Image.new("L", size, 0)]
    laid = IPAdapterMaskProcessor().preprocess(masks, height=ask.height, width=ask.width)
    pipeline.set_ip_adapter_scale([[LIKE] * len(shown)])
    made = pipeline(
        image=Image.fromarray(scaled(ask.sketch.picture, size)),
        mask_image=Image.fromarray(scaled(ask.sketch.painted, size)),
        strength=OVER,
        negative_prompt=UNWANTED,
        guidance_scale=limits.guidance,
        ip_adapter_image=[shown],
        cross_attention_kwargs={"ip_adapter_masks": [laid.reshape(1, *laid.shape[:1], *laid.shape[2:])]},
        **_common(ask, limits),
    )  # fmt: skip
    return _outside_kept(_bytes(made.images[0]), ask.sketch)


def vace(pipeline: Pipeline, ask: Ask, limits: PictureLimits) -> RGB:
    """Wan-VACE: the last frame of a film with these people in it, as short as its pictures allow.

    The pipeline masks the pictures with as many of the film's own latents, so that there must not be fewer of those.
    """
    latents = max(1, len(ask.pictures))
    made = pipeline(
        reference_images=list(ask.pictures) or None,
        num_frames=4 * (latents - 1) + 1,
        negative_prompt=UNWANTED,
        guidance_scale=limits.guidance,
        **_common(ask, limits),
    )
    return _bytes(made.frames[0][-1])


def scaled(picture: RGB | Mask, size: tuple[int, int]) -> RGB:
    """A picture or mask of the stage at another size, whole: what is painted lies exactly where it was drawn."""
    if picture.shape[1::-1] == size:
        return picture
    smaller = size[0] < picture.shape[1]
    way = cv2.INTER_AREA if smaller else cv2.INTER_CUBIC
    return np.asarray(cv2.resize(picture, size, interpolation=way), np.uint8)


def _outside_kept(made: RGB, sketch: Sketch) -> RGB:
    """What was painted, on the stage; around it the drawing as it was, which a model's decoder would change."""
    tall, wide = sketch.painted.shape
    alpha = sketch.painted.astype(np.float32)[..., None] / 255
    laid = scaled(made, (wide, tall)) * alpha + sketch.picture * (1 - alpha)
    return np.asarray(np.rint(laid), np.uint8)


def _bytes(picture: object) -> RGB:
    """Values 0 to 1 as bytes. What is no number becomes black, which the film's checks then see."""
    made = np.nan_to_num(np.asarray(picture, np.float32))
    return np.asarray(np.rint(np.clip(made, 0, 1) * 255), np.uint8)


HOW: Mapping[str, Brush] = MappingProxyType(
    {"flux": flux, "flux2": flux, "qwen-edit": qwen_edit, "sdxl": sdxl, "vace": vace}
)
"""By engine."""
SKETCHED = frozenset({"sdxl"})
"""Those that paint over the stage's own composition."""
