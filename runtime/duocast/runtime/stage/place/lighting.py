"""The light on a drawn place: lamps and windows light the flat colours, what shines glows over them."""

from collections.abc import Sequence
from dataclasses import dataclass, field
from typing import Any

import cv2
import numpy as np
from numpy.typing import NDArray

from duocast.runtime.stage.pixels import Bytes, Floats, dithered, encoded, linear
from duocast.runtime.stage.place.brush import Brush, Colour, Point

Light = tuple[float, float, float]
_COARSE = 4
"""The light is worked out on a sheet this many times smaller."""
_STRIP = 144


@dataclass(frozen=True, slots=True)
class Lamp:
    """A light at (x, y) that reaches about `reach` pixels. `beam`: all round, down (a pendant), or shade (up
    and down)."""

    x: float
    y: float
    reach: float
    light: Light
    strength: float
    beam: str = "round"
    flat: float = 1.0
    """Below 1 the pool is lower than wide."""


@dataclass(frozen=True, slots=True)
class Patch:
    """A shape of light on wall or floor: what a window throws."""

    points: tuple[Point, ...]
    light: Light
    strength: float
    blur: float = 14.0


@dataclass(slots=True)
class Painting:
    """A place while it is drawn: flat colours in `base`, what shines in `glow`, and what lights it."""

    width: int
    height: int
    glow: Brush = field(init=False)
    base: Brush = field(init=False)
    front_glow: Brush = field(init=False)
    front: Brush = field(init=False)
    lamps: list[Lamp] = field(default_factory=list)
    patches: list[Patch] = field(default_factory=list)
    things: list[tuple[str, float, float, float]] = field(default_factory=list)
    ambient: Light = (1.0, 1.0, 1.0)
    mist: float = 1.0
    """How far halos reach, beside their reach in clear air."""
    exposure: float | None = None
    """The mean light where people are; lamps are turned up or down to it. None leaves them as they are."""
    shade_top: float = 0.25
    """How much darker the ambient light is at the top edge."""
    shade_low: float = 0.1

    def __post_init__(self) -> None:
        self.glow = Brush(self.width, self.height)
        self.base = Brush(self.width, self.height, over=self.glow)
        self.front_glow = Brush(self.width, self.height)
        self.front = Brush(self.width, self.height, over=self.front_glow)

    def shine(self, x: float, y: float, r: float, colour: Colour, alpha: float = 0.6) -> None:
        """A soft halo about something bright."""
        self.glow.glow(x, y, r * self.mist, r * self.mist, colour, min(1.0, alpha * self.mist))


def light_map(painting: Painting) -> Floats:
    """The light that falls on every place."""
    return light_maps(painting)[0]


def light_maps(painting: Painting) -> tuple[Floats, Floats]:
    """The light that falls on every place, with what windows throw on wall and floor, and without it: linear RGB,
    sheets a `_COARSE` times smaller than the place."""
    height, width = painting.height // _COARSE, painting.width // _COARSE
    ys = (np.arange(height, dtype=np.float32)[:, None] + 0.5) * _COARSE
    xs = (np.arange(width, dtype=np.float32)[None, :] + 0.5) * _COARSE
    down = ys / painting.height
    profile = 1 - painting.shade_top * (1 - down) ** 2 - painting.shade_low * down**3
    ambient = np.broadcast_to(profile, (height, width))[..., None] * np.array(
        painting.ambient, np.float32
    )
    sheet: Floats = np.array(ambient, np.float32)
    thrown: Floats = np.zeros_like(sheet)
    patches: Floats = np.zeros_like(sheet)
    for lamp in painting.lamps:
        thrown += _pool(lamp, xs, ys)[..., None] * np.array(lamp.light, np.float32) * lamp.strength
    for patch in painting.patches:
        patches += _thrown(patch, width, height)[..., None] * np.array(patch.light, np.float32)
    turned = 1.0
    if painting.exposure is not None:
        turned = _turned(sheet, thrown + patches, painting.exposure)
    bare: Floats = sheet + thrown * turned
    return _soft(bare + patches * turned), _soft(bare)


def _soft(sheet: Floats) -> Floats:
    return np.asarray(cv2.GaussianBlur(sheet, (0, 0), 2.0), np.float32)


def _turned(ambient: NDArray[Any], thrown: NDArray[Any], exposure: float) -> float:
    """How far the lamps are turned up so that the place has its exposure in the middle."""
    height, width = thrown.shape[:2]
    part = (slice(height // 6, height * 3 // 4), slice(width // 5, width * 4 // 5))
    missing = exposure - float(ambient[part].mean())
    return float(np.clip(missing / max(float(thrown[part].mean()), 1e-4), 0.3, 2.4))


def _pool(lamp: Lamp, xs: Floats, ys: Floats) -> Floats:
    dx = (xs - lamp.x) / lamp.reach
    dy = (ys - lamp.y) / (lamp.reach * lamp.flat)
    far = dx * dx + dy * dy
    pool = 1 / (1 + 4.0 * far) ** 1.7
    if lamp.beam == "round":
        return np.asarray(pool, np.float32)
    steep = dy / np.sqrt(far + 0.02)
    if lamp.beam == "down":
        mask = 0.22 + 0.78 / (1 + np.exp(-7 * (steep - 0.25)))
    else:
        mask = 0.4 + 0.6 * np.clip(np.abs(steep) * 1.3, 0, 1) ** 2
    return np.asarray(pool * mask, np.float32)


def _thrown(patch: Patch, width: int, height: int) -> Floats:
    sheet = np.zeros((height, width), np.float32)
    points = np.array([[(x / _COARSE * 16, y / _COARSE * 16) for x, y in patch.points]])
    cv2.fillPoly(sheet, np.rint(points).astype(np.int32), (patch.strength,), shift=4)
    return np.asarray(cv2.GaussianBlur(sheet, (0, 0), patch.blur / _COARSE), np.float32)


def lit(
    base: Brush, glow: Brush, lights: Floats, seed: int, *, texture: float = 1.6, top: int = 0
) -> Bytes:
    """The place as the eye sees it, from the row `top` down; above it stays black. RGB bytes. `texture` is the
    strength of the paper's grain, in steps."""
    halo = _halo(glow)
    generator = np.random.default_rng(seed)
    paper = _paper(generator)
    out = np.zeros((base.height, base.width, 3), np.uint8)
    for first in range(top, base.height, _STRIP):
        rows = slice(first, min(first + _STRIP, base.height))
        out[rows] = _lit_strip(base, glow, lights, halo, rows, paper * texture, seed + first)
    return out


def _lit_strip(
    base: Brush, glow: Brush, lights: Floats, halo: Floats, rows: slice, paper: Floats, seed: int
) -> Bytes:
    light = _stretched(lights, base, rows)
    seen = linear(base.pixels[rows, :, :3]) * light
    seen += linear(glow.pixels[rows, :, :3]) + _stretched(halo, base, rows)
    over = np.maximum(seen - 0.72, 0)
    seen -= over - over / (1 + over / 0.28)
    values = encoded(seen)
    grain = np.tile(paper, (1, base.width // paper.shape[1] + 1))[: values.shape[0], : base.width]
    values += grain[..., None] * (0.35 + values / 255)
    return dithered(values, seed)


def _stretched(sheet: Floats, base: Brush, rows: slice) -> Floats:
    """Rows of a coarse sheet at full size, sub-pixel right."""
    scale_x, scale_y = sheet.shape[1] / base.width, sheet.shape[0] / base.height
    matrix = np.array(
        [
            [scale_x, 0, 0.5 * scale_x - 0.5],
            [0, scale_y, (rows.start + 0.5) * scale_y - 0.5],
        ]
    )
    size = (base.width, rows.stop - rows.start)
    flags = cv2.INTER_LINEAR | cv2.WARP_INVERSE_MAP
    return np.asarray(
        cv2.warpAffine(sheet, matrix, size, flags=flags, borderMode=cv2.BORDER_REPLICATE),
        np.float32,
    )


def _halo(glow: Brush) -> Floats:
    small = cv2.resize(
        glow.pixels[:, :, :3], (glow.width // 8, glow.height // 8), interpolation=cv2.INTER_AREA
    )
    light = linear(np.asarray(small, np.uint8))
    near = cv2.GaussianBlur(light, (0, 0), 3.0)
    wide = cv2.GaussianBlur(light, (0, 0), 14.0)
    return np.asarray(near * 0.12 + wide * 0.16, np.float32)


def _paper(generator: np.random.Generator) -> Floats:
    fine = generator.standard_normal((_STRIP, 512)).astype(np.float32)
    return np.asarray(cv2.GaussianBlur(fine, (0, 0), 0.8) * 1.6)


def mean_light(lights: Floats, spots: Sequence[Point]) -> Light:
    """The mean light about some spots (plate pixels)."""
    picked = [_at(lights, x, y) for x, y in spots]
    mean = np.mean(picked, axis=0)
    return (float(mean[0]), float(mean[1]), float(mean[2]))


def _at(lights: Floats, x: float, y: float) -> Floats:
    row = int(np.clip(y / _COARSE, 0, lights.shape[0] - 1))
    column = int(np.clip(x / _COARSE, 0, lights.shape[1] - 1))
    return np.asarray(lights[row, column], np.float32)
