"""A picture file read safely: size checked before decoding, turned upright, at a size that is enough."""

import re
import warnings
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray
from PIL import Image, ImageOps, UnidentifiedImageError

from duocast.runtime.engine import EngineError, FailureClass
from duocast.runtime.picture.photo.reals import Reals

LARGEST_MEGAPIXELS = 40.0
SMALLEST_SIDE = 96
WORKING_SIDE = 1800
"""The longest side kept: a head is then some hundreds of pixels, which is more than a film shows."""

RGB = NDArray[np.uint8]


@dataclass(frozen=True, slots=True)
class Photograph:
    """Upright pixels (height x width x 3, sRGB) and, if the file has real transparency, its alpha (0 to 1)."""

    rgb: RGB
    alpha: Reals | None


def read_photograph(path: Path, largest: float = LARGEST_MEGAPIXELS) -> Photograph:
    """The picture in `path`.

    Raises `EngineError` (invalid): A0201 empty, A0202 no picture or a broken one, A0203 more than `largest`
    megapixels (read from the header, nothing is decoded), A0204 too small.
    """
    if path.stat().st_size == 0:
        raise _invalid(
            "A0201", f"{path.name} is empty (0 bytes)", "Export the picture again, or name another."
        )
    try:
        with warnings.catch_warnings(action="ignore"), Image.open(path) as image:
            _check_size(path, image, largest)
            image.draft("RGB", (WORKING_SIDE, WORKING_SIDE))
            image.load()
            return _photograph(ImageOps.exif_transpose(image))
    except Image.DecompressionBombError as error:
        raise _too_large(path, largest, _pixels_named(error)) from error
    except UnidentifiedImageError as error:
        hint = "Use a PNG, JPEG, WebP or TIFF picture of one person."
        raise _invalid("A0202", f"{path.name} is not a picture", hint) from error
    except (OSError, ValueError, SyntaxError, EOFError) as error:
        hint = "The file is cut off or damaged: export it again, or name another."
        raise _invalid("A0202", f"{path.name} can't be decoded as a picture", hint) from error


def _check_size(path: Path, image: Image.Image, largest: float) -> None:
    width, height = image.size
    if width * height > largest * 1e6:
        raise _too_large(
            path, largest, f"{width * height / 1e6:.0f} megapixels ({width} x {height}),"
        )
    if min(width, height) < SMALLEST_SIDE:
        message = f"{path.name} is only {width} x {height} pixels"
        raise _invalid(
            "A0204",
            message,
            f"Use one at least {SMALLEST_SIDE} pixels on its shorter side; 800 is good.",
        )


def _too_large(path: Path, largest: float, much: str) -> EngineError:
    message = f"{path.name} has {much} more than the {largest:.0f} megapixels that are read"
    return _invalid(
        "A0203", message, "Scale it down; a portrait needs no more than 2000 pixels a side."
    )


def _pixels_named(error: Image.DecompressionBombError) -> str:
    """What Pillow read in the header of a picture that it refuses to open."""
    found = re.search(r"(\d+) pixels", str(error))
    return f"{int(found.group(1)) / 1e6:.0f} megapixels," if found else "far"


def _photograph(image: Image.Image) -> Photograph:
    image = image if max(image.size) <= WORKING_SIDE else _smaller(image)
    has_alpha = "A" in image.getbands() or "transparency" in image.info
    rgba = np.asarray(image.convert("RGBA"), np.uint8)
    alpha = rgba[..., 3].astype(np.float32) / 255 if has_alpha else None
    if alpha is not None and float((alpha < 0.5).mean()) < 0.02:
        alpha = None
    rgb = rgba[..., :3] if alpha is None else _on_grey(rgba)
    return Photograph(np.ascontiguousarray(rgb), alpha)


def _smaller(image: Image.Image) -> Image.Image:
    mode = "RGBA" if "A" in image.getbands() or "transparency" in image.info else "RGB"
    copy = image.convert(mode)
    copy.thumbnail((WORKING_SIDE, WORKING_SIDE), Image.Resampling.LANCZOS)
    return copy


def _on_grey(rgba: RGB) -> RGB:
    """Colours under full transparency are anything: put the picture on grey, so that the models see a plain wall."""
    alpha = rgba[..., 3:].astype(np.float32) / 255
    return np.asarray(np.rint(rgba[..., :3] * alpha + 128 * (1 - alpha)), np.uint8)


def _invalid(code: str, message: str, hint: str) -> EngineError:
    return EngineError(FailureClass.INVALID, code, message, hint)
