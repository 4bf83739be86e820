"""What each video and picture model can do, as data: lengths, sizes, rates, memory. A model's sheet may change it."""

from collections.abc import Mapping
from dataclasses import dataclass, replace
from types import MappingProxyType

from duocast.runtime.likeness.threshold import ALIKE
from duocast.runtime.models.limits import Limits, Sheet, said


@dataclass(frozen=True, slots=True, kw_only=True)
class PictureLimits(Limits):
    """The limits of an engine that makes pictures.

    Frame counts are `step` x k + `offset`, `most` of them in one piece; 0 where no frames are made. `pixels` is the
    largest area of a picture, `multiple` what its sides are divisible by, `size` a size that the model insists on.
    """

    multiple: int
    pixels: int
    size: tuple[int, int] | None = None
    fps: int = 0
    step: int = 1
    offset: int = 0
    most: int = 0
    last_frame: bool = False
    """Whether it can be told where a piece ends."""
    continues: bool = True
    """Whether it goes on from a picture; else a piece that is too short goes round."""
    pictures: int = 0
    """How many pictures a painter is shown at most."""
    retakes: int = 1
    """How often what shows somebody else than the person is made again: a clip takes long, a still does not."""
    likeness: float = ALIKE
    """How alike a face must be to the person's own pictures, -1 to 1."""

    @property
    def seconds(self) -> float:
        """How long one piece is at most."""
        return self.most / self.fps if self.fps else 0.0


FILMERS: Mapping[str, PictureLimits] = MappingProxyType(
    {
        one.engine: one
        for one in (
            PictureLimits(
                engine="ltx", pipeline="LTXConditionPipeline", repository="Lightricks/LTX-Video",
                licence="LTXV Open Weights",
                multiple=32, pixels=1216 * 704, steps=40, guidance=3.0, gigabytes=24,
                fps=24, step=8, offset=1, most=161, last_frame=True,
            ),
            PictureLimits(
                engine="ltx2", pipeline="LTX2ConditionPipeline", repository="Lightricks/LTX-2",
                licence="LTX-2 Community",
                multiple=32, pixels=1280 * 704, steps=40, guidance=4.0, gigabytes=72,
                fps=24, step=8, offset=1, most=241, last_frame=True,
            ),
            PictureLimits(
                engine="wan", pipeline="WanImageToVideoPipeline", repository="Wan-AI/Wan2.1-I2V-14B-480P-Diffusers",
                licence="Apache-2.0",
                multiple=16, pixels=832 * 480, steps=40, guidance=5.0, gigabytes=48,
                fps=16, step=4, offset=1, most=81,
            ),
            PictureLimits(
                engine="wan-vace", pipeline="WanVACEPipeline", repository="Wan-AI/Wan2.1-VACE-14B-diffusers",
                licence="Apache-2.0",
                multiple=16, pixels=832 * 480, steps=50, guidance=5.0, gigabytes=48,
                fps=16, step=4, offset=1, most=81, last_frame=True,
            ),
            PictureLimits(
                engine="hunyuan", pipeline="HunyuanVideoImageToVideoPipeline",
                repository="hunyuanvideo-community/HunyuanVideo-I2V",
                licence="Tencent Hunyuan Community",
                multiple=16, pixels=1280 * 720, steps=50, guidance=6.0, gigabytes=48,
                fps=24, step=4, offset=1, most=125,
            ),
            PictureLimits(
                engine="mochi", pipeline="MochiPipeline", repository="genmo/mochi-1-preview",
                licence="Apache-2.0",
                multiple=16, pixels=848 * 480, steps=64, guidance=4.5, gigabytes=34, size=(848, 480),
                fps=30, step=6, offset=1, most=163, continues=False,
            ),
            PictureLimits(
                engine="cogvideox", pipeline="CogVideoXImageToVideoPipeline", repository="zai-org/CogVideoX-5b-I2V",
                licence="CogVideoX",
                multiple=16, pixels=720 * 480, steps=50, guidance=6.0, gigabytes=28, size=(720, 480),
                fps=8, step=8, offset=1, most=49,
            ),
            PictureLimits(
                engine="svd", pipeline="StableVideoDiffusionPipeline",
                repository="stabilityai/stable-video-diffusion-img2vid-xt",
                licence="Stability AI Community",
                multiple=64, pixels=1024 * 576, steps=25, guidance=3.0, gigabytes=16, dtype="float16",
                fps=7, step=1, offset=0, most=25,
            ),
        )
    }
)  # fmt: skip
"""Models that make a picture move."""

PAINTERS: Mapping[str, PictureLimits] = MappingProxyType(
    {
        one.engine: one
        for one in (
            PictureLimits(
                engine="flux", pipeline="Flux2KleinPipeline", repository="black-forest-labs/FLUX.2-klein-4B",
                licence="Apache-2.0",
                multiple=16, pixels=2048 * 1152, steps=4, guidance=1.0, gigabytes=16, pictures=4, retakes=2,
            ),
            PictureLimits(
                engine="flux2", pipeline="Flux2Pipeline", repository="black-forest-labs/FLUX.2-dev",
                licence="FLUX Non-Commercial",
                multiple=16, pixels=2048 * 1152, steps=50, guidance=4.0, gigabytes=115, pictures=6, retakes=2,
            ),
            PictureLimits(
                engine="qwen-edit", pipeline="QwenImageEditPlusPipeline", repository="Qwen/Qwen-Image-Edit-2509",
                licence="Apache-2.0",
                multiple=16, pixels=1664 * 928, steps=40, guidance=4.0, gigabytes=60, pictures=3, retakes=2,
            ),
            PictureLimits(
                engine="sdxl", pipeline="StableDiffusionXLInpaintPipeline",
                repository="diffusers/stable-diffusion-xl-1.0-inpainting-0.1",
                licence="CreativeML Open RAIL++-M",
                multiple=64, pixels=1344 * 768, steps=30, guidance=6.0, gigabytes=12, dtype="float16",
                pictures=4, retakes=2,
            ),
            PictureLimits(
                engine="vace", pipeline="WanVACEPipeline", repository="Wan-AI/Wan2.1-VACE-14B-diffusers",
                licence="Apache-2.0",
                multiple=16, pixels=1280 * 720, steps=50, guidance=5.0, gigabytes=48, pictures=3, retakes=2,
            ),
        )
    }
)  # fmt: skip
"""Models that paint a still from pictures and words."""

ALL: Mapping[str, Limits] = MappingProxyType({**FILMERS, **PAINTERS})
"""Every engine of this package."""


def limited(limits: PictureLimits, sheet: Sheet) -> PictureLimits:
    """The limits with what the sheet says. A sheet that gives another area frees the model of its fixed size."""
    changed = said(limits, sheet)
    return changed if sheet.pixels is None else replace(changed, size=None)
