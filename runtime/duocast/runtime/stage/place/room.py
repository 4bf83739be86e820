"""A room's shell: wall, floor, ceiling, windows with the world behind them, doors."""

import random
from dataclasses import dataclass
from itertools import pairwise

from duocast.runtime.stage.place.brief import PlaceBrief
from duocast.runtime.stage.place.brush import Colour, darker, lighter, mixed
from duocast.runtime.stage.place.daylight import Daylight
from duocast.runtime.stage.place.lighting import Lamp, Painting, Patch
from duocast.runtime.stage.place.sky import Box, drops, fallen, sky, skyline, trees

_SUN = 0.375
"""Where sun and moon stand behind a room's wall: seen in one window, if there is one."""
METRE = 400.0
"""Pixels of a metre on the back wall."""


@dataclass(frozen=True, slots=True)
class Room:
    """Where things stand, and the room's colours. `base` is the y of the wall's foot, `top` of its head."""

    painting: Painting
    brief: PlaceBrief
    day: Daylight
    top: float
    base: float
    wall: Colour
    trim: Colour
    floor: Colour
    wood: Colour
    accent: Colour
    second: Colour

    @property
    def width(self) -> float:
        """The plate's width in pixels."""
        return float(self.painting.width)

    def at(self, share: float) -> float:
        """An x by its share of the plate's width."""
        return share * self.width

    def up(self, metres: float) -> float:
        """The y of a height above the wall's foot."""
        return self.base - metres * METRE

    def dice(self, salt: int) -> random.Random:
        """Chance for one part."""
        return self.brief.dice(salt)

    def lamp(
        self,
        x: float,
        y: float,
        reach: float,
        *,
        strength: float = 1.0,
        beam: str = "round",
        light: tuple[float, float, float] = (1.0, 0.66, 0.36),
        flat: float = 1.0,
    ) -> None:
        """A practical light, lit as far as the hour asks for it."""
        power = strength * (0.12 + 0.88 * self.day.lamps)
        self.painting.lamps.append(Lamp(x, y, reach, light, power, beam, flat))


def shell(room: Room, *, dado: float = 0.0, boards: str = "planks", ceiling: bool = True) -> None:
    """Wall, skirting, floor and ceiling. `dado` is the height of a panelled lower wall in metres."""
    brush, height = room.painting.base, room.painting.height
    brush.rect(
        0, 0, room.width, room.base + 2, lighter(room.wall, 0.05), to=darker(room.wall, 0.06)
    )
    if ceiling:
        brush.rect(0, 0, room.width, room.top, lighter(room.wall, 0.28))
        brush.rect(0, room.top - 16, room.width, 16, lighter(room.trim, 0.1), to=room.trim)
        brush.rect(0, room.top, room.width, 60, "#120d18", alpha=0.16, fade=0.0)
    if dado > 0:
        _dado(room, room.up(dado))
    floor(room, boards, height)
    brush.rect(0, room.base - 46, room.width, 48, room.trim, to=darker(room.trim, 0.12))
    brush.rect(0, room.base - 46, room.width, 4, lighter(room.trim, 0.3), alpha=0.7)
    brush.rect(0, room.base, room.width, 70, "#120d18", alpha=0.30, fade=0.0)


def _dado(room: Room, y: float) -> None:
    brush, tone = room.painting.base, mixed(room.wall, room.trim, 0.55)
    brush.rect(0, y, room.width, room.base - y, tone, to=darker(tone, 0.08))
    x = 30.0
    while x < room.width:
        brush.rect(x, y + 50, 250, room.base - y - 150, darker(tone, 0.07), r=4)
        brush.rect(x + 5, y + 55, 245, room.base - y - 155, lighter(tone, 0.07), r=4)
        brush.rect(x + 8, y + 58, 238, room.base - y - 162, tone, r=3)
        x += 290
    brush.rect(0, y - 10, room.width, 22, room.trim, to=darker(room.trim, 0.15))


def floor(room: Room, boards: str, height: int) -> None:
    """The floor: planks, tiles, carpet or bare."""
    brush, depth = room.painting.base, height - room.base
    brush.rect(
        0, room.base, room.width, depth, darker(room.floor, 0.12), to=lighter(room.floor, 0.06)
    )
    middle, eye = room.width / 2, room.base - 520
    dice = room.dice(11)
    if boards == "planks":
        for i in range(-44, 45):
            near, far = middle + i * 150.0, middle + i * 150.0 * (room.base - eye) / (height - eye)
            brush.line(
                [(far, room.base), (near, height)], 2.0, darker(room.floor, 0.35), alpha=0.35
            )
            if dice.random() < 0.35:
                wide = 150.0
                ratio = (room.base - eye) / (height - eye)
                side = [
                    (far, room.base),
                    (far + wide * ratio, room.base),
                    (near + wide, height),
                    (near, height),
                ]
                brush.poly(
                    side,
                    dice.choice((lighter(room.floor, 0.2), darker(room.floor, 0.2))),
                    alpha=0.3,
                )
    elif boards == "tiles":
        _tiles(room, height, middle, eye)
    elif boards == "carpet":
        for _ in range(900):
            x, y = dice.uniform(0, room.width), dice.uniform(room.base, height)
            brush.oval(x, y, dice.uniform(4, 16), 1.6, lighter(room.floor, 0.25), alpha=0.16)


def _tiles(room: Room, height: int, middle: float, eye: float) -> None:
    brush = room.painting.base
    edges = [room.base + (height - room.base) * share for share in (0, 0.12, 0.27, 0.46, 0.70, 1.0)]
    for row, (y0, y1) in enumerate(pairwise(edges)):
        for i in range(-30, 30):
            if (i + row) % 2:
                continue
            ratios = [(y - eye) / (height - eye) for y in (y0, y1)]
            xs = [middle + (i + k) * 230.0 * ratio for ratio in ratios for k in (0, 1)]
            brush.poly(
                [(xs[0], y0), (xs[1], y0), (xs[3], y1), (xs[2], y1)],
                darker(room.floor, 0.2),
                alpha=0.55,
            )


def window(
    room: Room, x: float, y: float, w: float, h: float, *, view: str = "city", panes: int = 2, cross: bool =
    True, curtain: Colour | None = None, blinds: bool = False
) -> None:  # fmt: skip
    """A window with what the hour and the weather show behind it, and the light that it throws."""
    brush, glow, day = room.painting.base, room.painting.glow, room.day
    frame = lighter(room.trim, 0.25)
    brush.shadow(x - 18, y - 4, w + 36, h + 30, blur=16, alpha=0.22)
    brush.rect(x - 26, y - 26, w + 52, h + 52, frame, to=darker(frame, 0.1), r=4)
    brush.rect(x - 4, y - 4, w + 8, h + 8, darker(frame, 0.35))
    brush.rect(x, y, w, h, "#000000")
    pane = Box(x, y, w, h)
    with glow.inside(x, y, w, h):
        outside(room, pane, view)
        if room.brief.weather in ("rain", "storm"):
            drops(glow, pane, room.dice(int(x)), mixed(day.low, "#dfeaff", 0.35))
        glow.poly(
            [(x + w * 0.1, y), (x + w * 0.36, y), (x + w * 0.02, y + h), (x - w * 0.24, y + h)],
            "#ffffff",
            alpha=0.05,
        )
    for k in range(1, panes):
        brush.rect(x + w * k / panes - 8, y, 16, h, frame, to=darker(frame, 0.12))
    if cross:
        brush.rect(x, y + h * 0.42 - 7, w, 14, frame, to=darker(frame, 0.12))
    if blinds:
        _blinds(room, pane)
    brush.rect(x - 44, y + h + 24, w + 88, 22, lighter(frame, 0.2), to=darker(frame, 0.1), r=3)
    brush.rect(x - 40, y + h + 46, w + 80, 20, "#120d18", alpha=0.22, fade=0.0)
    if curtain:
        _curtains(room, pane, curtain)
    _thrown(room, pane)
    room.painting.things.append(("window", pane.middle, y + h / 2, h))


def outside(room: Room, box: Box, view: str) -> None:
    """What stands outside: `city`, `garden`, `far` or `sky`."""
    glow, day, dice = room.painting.glow, room.day, room.dice(int(box.x) + 3)
    line = box.y + box.h * (0.86 if view == "city" else 0.78)
    sun = (room.at(_SUN) - box.x) / box.w
    sky(glow, Box(box.x, box.y, box.w, line - box.y), day, dice, sun_x=sun)
    if view == "city":
        lit = 0.42 if day.lamps > 0.75 else 0.1 if day.lamps > 0.4 else 0.0
        skyline(glow, Box(box.x, box.y + box.h * 0.2, box.w, box.h * 0.85), day, dice, lit=lit)
    elif view == "garden":
        green = mixed("#4d7a4a", day.far, 0.25 if not day.stars else 0.8)
        glow.rect(box.x, line, box.w, box.bottom - line, green, to=darker(green, 0.2))
        trees(
            glow,
            Box(box.x, box.y, box.w, line + 6 - box.y),
            mixed(green, day.far, 0.35),
            dice,
            size=box.h * 0.5,
        )
        trees(
            glow,
            Box(box.x, box.y, box.w, box.bottom + 30 - box.y),
            darker(green, 0.15),
            dice,
            size=box.h * 0.6,
            gap=1.3,
        )
    fallen(glow, box, room.brief.weather, dice)


def _thrown(room: Room, pane: Box) -> None:
    """The light a window gives: a wash about it and a slanted patch on the floor."""
    light = room.day.window
    lamps = room.painting.lamps
    lamps.append(Lamp(pane.middle, pane.y + pane.h * 0.6, max(pane.w, pane.h) * 1.5, light, 0.42))
    if room.brief.weather != "clear" or room.brief.hour == "evening":
        return
    slant, height = pane.w * 0.55, room.painting.height
    for k in range(2):
        left, right = pane.x + pane.w * k / 2 + 14, pane.x + pane.w * (k + 1) / 2 - 14
        corners = (
            (left + slant * 0.6, room.base + 20), (right + slant * 0.6, room.base + 20),
            (right + slant * 1.7, height - 30.0), (left + slant * 1.5, height - 30.0),
        )  # fmt: skip
        room.painting.patches.append(Patch(corners, light, 0.5, 10.0))


def _curtains(room: Room, pane: Box, colour: Colour) -> None:
    brush = room.painting.base
    brush.rect(pane.x - 120, pane.y - 62, pane.w + 240, 12, darker(room.wood, 0.2), r=6)
    for side in (-1, 1):
        edge = pane.x - 110 if side < 0 else pane.right + 110
        wide = 128 + pane.w * 0.05
        low = min(room.base - 10, pane.bottom + 190)
        x = edge if side < 0 else edge - wide
        brush.shadow(x + 6, pane.y - 40, wide, low - pane.y + 40, blur=14, alpha=0.25)
        folds = 6
        for k in range(folds):
            tone = darker(colour, 0.16) if k % 2 else lighter(colour, 0.05)
            brush.rect(
                x + wide * k / folds,
                pane.y - 56,
                wide / folds + 1,
                low - pane.y + 56,
                tone,
                to=darker(tone, 0.14),
            )


def _blinds(room: Room, pane: Box) -> None:
    brush, slats = room.painting.base, int(pane.h / 21)
    for k in range(slats):
        brush.rect(pane.x, pane.y + 21 * k, pane.w, 8.5, "#d9d3c6", to="#a8a196", alpha=0.92)


def door(
    room: Room, x: float, colour: Colour, *, w: float = 360, h: float = 2.1, glass: bool = False
) -> None:
    """A closed door in the back wall."""
    brush, y = room.painting.base, room.up(h)
    frame = lighter(room.trim, 0.15)
    brush.rect(x - 28, y - 28, w + 56, room.base - y + 28, frame, to=darker(frame, 0.1))
    brush.rect(x, y, w, room.base - y, darker(colour, 0.3))
    brush.rect(
        x + 5, y + 5, w - 10, room.base - y - 5, lighter(colour, 0.05), to=darker(colour, 0.1)
    )
    if glass:
        room.painting.glow.rect(
            x + 60, y + 70, w - 120, 380, mixed(room.day.low, "#ffd9a0", 0.4), alpha=0.5
        )
    for top, tall in ((70, 330), (460, 320)):
        if glass and top == 70:
            continue
        brush.rect(x + 55, y + top, w - 110, tall, darker(colour, 0.18), r=3)
        brush.rect(x + 62, y + top + 7, w - 117, tall - 7, lighter(colour, 0.08), r=3)
        brush.rect(x + 66, y + top + 11, w - 128, tall - 18, colour, r=2)
    brush.oval(x + w - 34, room.base - 400, 13, 13, "#d8b36a")
    brush.oval(x + w - 37, room.base - 404, 5, 5, "#fff0c8")
    room.painting.things.append(("door", (x + w / 2), y + 300, 520.0))
