"""What each video and picture model can do, as data: lengths, sizes, rates, memory. A model's sheet may change it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType
from typing import Any, Literal

from duocast.compiler.value import Value

Dtype = Literal["float32", "bfloat16", "float16"]


@dataclass(frozen=True, slots=True)
class Limits:
    """The limits of one engine.

    Frame counts are `step` x k + `offset`, `most` of them in one piece; 0 where no frames are made. `pixels` is the
    largest area of a picture, `multiple` what its sides are divisible by, `size` a size that the model insists on.
    `steps` and `guidance` are what its makers recommend, `gigabytes` what it needs on the device, all loaded.
    """

    engine: str
    pipeline: str
    """The class of diffusers."""
    repository: str
    """Where its weights are published, for the person who fetches or pins them."""
    licence: str
    """The weights' licence as their page says; to be checked there before use."""
    multiple: int
    pixels: int
    steps: int
    guidance: float
    gigabytes: float
    dtype: Dtype = "bfloat16"
    size: tuple[int, int] | None = None
    fps: int = 0
    step: int = 1
    offset: int = 0
    most: int = 0
    last_frame: bool = False
    """Whether it can be told where a piece ends."""

    @property
    def seconds(self) -> float:
        """How long one piece is at most."""
        return self.most / self.fps if self.fps else 0.0


FILMERS: Mapping[str, Limits] = MappingProxyType(
    {
        one.engine: one
        for one in (
            Limits(
                "ltx", "LTXConditionPipeline", "Lightricks/LTX-Video", "LTXV Open Weights",
                multiple=32, pixels=1216 * 704, steps=40, guidance=3.0, gigabytes=24,
                fps=24, step=8, offset=1, most=161, last_frame=True,
            ),
            Limits(
                "wan", "WanImageToVideoPipeline", "Wan-AI/Wan2.1-I2V-14B-480P-Diffusers", "Apache-2.0",
                multiple=16, pixels=832 * 480, steps=40, guidance=5.0, gigabytes=48,
                fps=16, step=4, offset=1, most=81,
            ),
            Limits(
                "cogvideox", "CogVideoXImageToVideoPipeline", "zai-org/CogVideoX-5b-I2V", "CogVideoX",
                multiple=16, pixels=720 * 480, steps=50, guidance=6.0, gigabytes=28, size=(720, 480),
                fps=8, step=8, offset=1, most=49,
            ),
            Limits(
                "svd", "StableVideoDiffusionPipeline", "stabilityai/stable-video-diffusion-img2vid-xt",
                "Stability AI Community",
                multiple=64, pixels=1024 * 576, steps=25, guidance=3.0, gigabytes=16, dtype="float16",
                fps=7, step=1, offset=0, most=25,
            ),
        )
    }
)  # fmt: skip
"""Models that make a picture move."""

PAINTERS: Mapping[str, Limits] = MappingProxyType(
    {
        one.engine: one
        for one in (
            Limits(
                "flux", "Flux2KleinPipeline", "black-forest-labs/FLUX.2-klein-4B", "Apache-2.0",
                multiple=16, pixels=2048 * 1152, steps=4, guidance=1.0, gigabytes=16,
            ),
        )
    }
)  # fmt: skip
"""Models that paint a still from pictures and words."""


class Sheet(Value):
    """What is known of one model: a hub repository with its pinned revision, and what differs from the engine's limits.

    It stands as `duocast.json` in a model's folder, or beside the folders as `ENGINE.json` to pin a revision.
    """

    repository: str = ""
    revision: str = ""
    """A commit, 40 hexadecimal digits: a name of a branch would change under the film."""
    steps: int | None = None
    guidance: float | None = None
    pixels: int | None = None
    most: int | None = None
    fps: int | None = None
    gigabytes: float | None = None
    dtype: Dtype | None = None


def limited(limits: Limits, sheet: Sheet) -> Limits:
    """The limits with what the sheet says. A sheet that gives another area frees the model of its fixed size."""
    said: dict[str, Any] = {
        name: value
        for name in ("steps", "guidance", "pixels", "most", "fps", "gigabytes", "dtype")
        if (value := getattr(sheet, name)) is not None
    }
    if "pixels" in said:
        said["size"] = None
    return replace(limits, **said)
