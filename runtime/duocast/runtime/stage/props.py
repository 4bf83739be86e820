"""Inserts: one thing, big, on a table with the place out of focus behind it; or a part of the place itself."""

import numpy as np
import skia

from duocast.compiler.operations.compose import ComposeParams
from duocast.compiler.operations.plate import PlateGeometry
from duocast.runtime.stage.framing import Window
from duocast.runtime.stage.layers import Bytes
from duocast.runtime.stage.lens import blurred, cropped
from duocast.runtime.stage.place.brief import words_of
from duocast.runtime.stage.place.brush import darker, lighter, mixed
from duocast.runtime.stage.place.lighting import Lamp, Painting, light_map, lit
from duocast.runtime.stage.placing import Stage
from duocast.runtime.stage.things import DRAWN, card

TABLE_EDGE = 0.50
"""Where the table's far edge stands in the frame, from its top."""
STAND = 0.80
"""Where a thing's foot stands in the frame."""
UNIT = 0.0056
"""Frame heights for one pixel of a thing drawn at a table's scale."""
_WOODS = ("#9a683f", "#8a5a3a", "#a8744a")


def insert(plate: Bytes, params: ComposeParams, geometry: PlateGeometry, stage: Stage) -> Bytes:
    """The stage of an insert on `params.thing`."""
    words = words_of(params.thing)
    if not any(word in DRAWN for word in words):
        part = _part(words, params, geometry)
        if part is not None:
            return cropped(plate, part, stage)
    return _tabletop(plate, params, geometry, stage, words)


def _part(words: list[str], params: ComposeParams, geometry: PlateGeometry) -> Window | None:
    """The place's own thing of that name: the window round it. Of several, the one nearest the plate's middle."""
    named = [thing for thing in geometry.inserts if thing[0] in words or thing[0] + "s" in words]
    if not named:
        return None
    _, x, y, size = min(named, key=lambda thing: abs(thing[1] - 0.5))
    height = max(size * _room_round(size), 0.2) * geometry.height
    half = height * params.width / params.height * 0.62
    middle = min(max(x * geometry.width, half), geometry.width - half)
    level = min(max(y * geometry.height, height * 0.62), geometry.height - height * 0.62)
    return Window(middle, level, height)


def _room_round(size: float) -> float:
    """The frame's height over a thing's: a small one keeps its surroundings, a large one fills the frame."""
    return float(np.interp(size, (0.12, 0.36), (1.7, 0.82)))


def _tabletop(
    plate: Bytes, params: ComposeParams, geometry: PlateGeometry, stage: Stage, words: list[str]
) -> Bytes:
    height = geometry.height * 0.5
    middle = geometry.width * (0.5 + 0.08 * (params.seed % 5 - 2))
    window = Window(middle, geometry.height * (geometry.horizon - 0.02), height)
    behind = blurred(cropped(plate, window, stage), 0.034 * stage.frame)
    painting = Painting(stage.width, stage.height)
    painting.glow.pixels[..., :3] = (behind * 0.86).astype(np.uint8)
    painting.glow.pixels[..., 3] = 255
    _table(painting, params, stage)
    _thing(painting, params.thing, words, stage)
    _light(painting, geometry, stage)
    return lit(painting.base, painting.glow, light_map(painting), params.seed, texture=1.2)


def _table(painting: Painting, params: ComposeParams, stage: Stage) -> None:
    brush, frame = painting.base, stage.frame
    edge = stage.height / 2 + (TABLE_EDGE - 0.5) * frame
    wood = _WOODS[params.seed % len(_WOODS)]
    dice = np.random.default_rng(params.seed)
    brush.rect(0, edge, stage.width, stage.height - edge, darker(wood, 0.1), to=lighter(wood, 0.08))
    middle = stage.width / 2
    for k in range(-9, 10):
        tone = mixed(wood, "#2a1a12", 0.5)
        points = [(middle + k * frame * 0.10, edge), (middle + k * frame * 0.42, stage.height)]
        brush.line(points, 1.5 + frame * 0.002, tone, alpha=0.30)
    for _ in range(70):
        t = float(dice.random()) ** 1.5
        y = edge + (stage.height - edge) * t
        x, long = (
            float(dice.uniform(0, stage.width)),
            frame * float(dice.uniform(0.05, 0.3)) * (0.4 + t),
        )
        brush.rect(x, y, long, 1 + 2.5 * t, darker(wood, 0.35), alpha=0.22)
    brush.rect(
        0, edge, stage.width, frame * 0.006, lighter(wood, 0.5), alpha=0.5, blur=frame * 0.003
    )
    brush.rect(0, edge, stage.width, frame * 0.16, "#1a1016", alpha=0.38, fade=0.0)


def _thing(painting: Painting, thing: str, words: list[str], stage: Stage) -> None:
    unit = UNIT * stage.frame
    foot = stage.height / 2 + (STAND - 0.5) * stage.frame
    draw = next((DRAWN[word] for word in words if word in DRAWN), None)
    matrix = skia.Matrix.Translate(stage.width / 2, foot).preScale(unit, unit)
    for brush in (painting.base, painting.glow):
        brush.canvas.save()
        brush.canvas.setMatrix(matrix)
    if draw is not None:
        draw(painting)
    else:
        card(painting, thing)
    for brush in (painting.base, painting.glow):
        brush.canvas.restore()


def _light(painting: Painting, geometry: PlateGeometry, stage: Stage) -> None:
    """The place's own light, with a key from its side."""
    red, green, blue = (0.30 + 0.5 * part for part in geometry.ambient)
    painting.ambient = (red, green, blue)
    painting.shade_top, painting.shade_low = 0.0, 0.25
    key = max(
        (light for light in geometry.lights if light.kind == "key"),
        key=lambda light: light.strength,
        default=None,
    )
    side = 0.35 if key is None or key.x < 0.5 else 0.65
    colour = (1.0, 0.85, 0.66) if key is None else key.colour
    x, y = stage.width * side, stage.height * 0.5 + 0.12 * stage.frame
    painting.lamps.append(Lamp(x, y, 0.75 * stage.frame, colour, 0.62, flat=0.6))
