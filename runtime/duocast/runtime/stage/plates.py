"""The engines that make plates: one draws a place from words, one takes it from a picture."""

import warnings
from collections.abc import Mapping
from pathlib import Path

import cv2
import numpy as np
from PIL import Image, ImageOps, UnidentifiedImageError

from duocast.compiler.operations.plate import Light, PlateGeometry, PlateParams
from duocast.runtime import engines
from duocast.runtime.engine import EngineError, FailureClass, Request
from duocast.runtime.stage.files import write_picture
from duocast.runtime.stage.layers import Bytes
from duocast.runtime.stage.place.brief import brief_of
from duocast.runtime.stage.place.drawn import draw_place

MOST_PIXELS = 40_000_000
SMALLEST_SIDE = 160
HEIGHT = 1440
HEAD, EYES = 0.105, 0.44
"""A head and the line of the eyes, as fractions of a picture's height, where nothing better is known."""
_SEATS = (0.29, 0.43, 0.57, 0.71)


class DrawnPlace:
    """`plate` from words."""

    name = engines.DRAWN_PLACE.name
    version = engines.DRAWN_PLACE.version
    operation = engines.DRAWN_PLACE.operation

    def run(self, request: Request) -> Mapping[str, Path]:
        """Draw the place."""
        cv2.setNumThreads(1)
        picture = draw_place(brief_of(PlateParams.from_plain(request.params)))
        return _written(request.folder, picture.plate, picture.front, picture.geometry)


class PicturePlace:
    """`plate` from the input `picture`. Raises `EngineError` (invalid): A0511 no picture, A0512 too many pixels,
    A0513 too small."""

    name = engines.PICTURE_PLACE.name
    version = engines.PICTURE_PLACE.version
    operation = engines.PICTURE_PLACE.operation

    def run(self, request: Request) -> Mapping[str, Path]:
        """Fit the picture to the plate's height and guess its light."""
        cv2.setNumThreads(1)
        params = PlateParams.from_plain(request.params)
        plate = _fitted(decode(request.inputs["picture"]), params.aspect)
        front = np.zeros((*plate.shape[:2], 4), np.uint8)
        return _written(request.folder, plate, front, guessed(plate))


def decode(path: Path) -> Bytes:
    """The picture upright, RGB; its size is read from the header before it is decoded."""
    bombs = (Image.DecompressionBombError, Image.DecompressionBombWarning)
    unreadable = (UnidentifiedImageError, OSError, ValueError, SyntaxError)
    try:
        with warnings.catch_warnings():
            warnings.simplefilter("error", Image.DecompressionBombWarning)
            with Image.open(path) as picture:
                _check_size(*picture.size)
                return np.asarray(ImageOps.exif_transpose(picture).convert("RGB"))
    except bombs:
        raise _too_big("has too many pixels") from None
    except unreadable:
        message = "the plate is no picture that can be read"
        raise _refused("A0511", message, "use a PNG, JPEG or WebP file") from None


def _check_size(width: int, height: int) -> None:
    if width * height > MOST_PIXELS:
        raise _too_big(f"has {width} x {height} pixels")
    if min(width, height) < SMALLEST_SIDE:
        raise _refused(
            "A0513",
            f"the picture of the place is only {width} x {height} pixels",
            f"use one with sides of {SMALLEST_SIDE} pixels or more",
        )


def _too_big(what: str) -> EngineError:
    hint = f"make it smaller than {MOST_PIXELS // 1_000_000} megapixels"
    return _refused("A0512", f"the picture of the place {what}", hint)


def _refused(code: str, message: str, hint: str) -> EngineError:
    return EngineError(FailureClass.INVALID, code, message, hint)


def _fitted(picture: Bytes, aspect: float) -> Bytes:
    """At the plate's height; a picture narrower than the film's frame is cropped above and below."""
    tall, wide = picture.shape[:2]
    if wide / tall < aspect * 1.06:
        keep = max(1, round(wide / (aspect * 1.06)))
        top = (tall - keep) // 2
        picture = picture[top : top + keep]
    scale = HEIGHT / picture.shape[0]
    size = (max(2, round(picture.shape[1] * scale)), HEIGHT)
    way = cv2.INTER_AREA if scale < 1 else cv2.INTER_CUBIC
    return cv2.resize(picture, size, interpolation=way).astype(np.uint8, copy=False)


def guessed(plate: Bytes) -> PlateGeometry:
    """Seats in the middle, and light from the brighter side."""
    linear = (cv2.resize(plate, (64, 36), interpolation=cv2.INTER_AREA) / 255.0) ** 2.2
    ambient = linear.mean(axis=(0, 1)) * 2.2
    left, right = linear[:, :32].mean(), linear[:, 32:].mean()
    bright = linear[:, :32] if left >= right else linear[:, 32:]
    colour = bright.mean(axis=(0, 1)) / max(float(bright.mean(axis=(0, 1)).max()), 1e-6)
    key = Light(
        kind="key",
        x=0.2 if left >= right else 0.8,
        y=0.25,
        colour=(float(colour[0]), float(colour[1]), float(colour[2])),
        strength=float(max(left, right) / max(1e-6, (left + right) / 2)),
    )
    return PlateGeometry(
        width=plate.shape[1],
        height=plate.shape[0],
        horizon=EYES,
        floor=0.98,
        head=HEAD,
        seats=tuple((x, EYES) for x in _SEATS),
        table=None,
        lights=(key,),
        ambient=(float(ambient[0]), float(ambient[1]), float(ambient[2])),
    )


def _written(
    folder: Path, plate: Bytes, front: Bytes, geometry: PlateGeometry
) -> Mapping[str, Path]:
    target = folder / "geometry.json"
    target.write_bytes(geometry.to_json())
    return {
        "plate": write_picture(folder / "plate.png", plate),
        "front": write_picture(folder / "front.png", front),
        "geometry": target,
    }
