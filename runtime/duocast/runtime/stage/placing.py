"""Placing: people on the stage, in the light of the place.

The stage is the frame with room around it for the camera to move; one stage pixel is one frame pixel at zoom 1.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from duocast.compiler.operations.compose import ComposeParams, Person, Placed
from duocast.compiler.operations.plate import PlateGeometry
from duocast.runtime.picture.rig import Rig
from duocast.runtime.stage.framing import LEGS, Cast, View, Window, facing, seat_place, shown

ROOM = 0.12
"""Room at each side of the frame, as a fraction of it."""
YAW = {"single": 21.0, "two-shot": 26.0, "group": 17.0, "over-the-shoulder": 27.0, "pov": 0.0}
ORDINARY_YAW = 18.0
BACK_SHARE = 0.64
"""A head's share of the frame's height for the one over whose shoulder we look."""
BACK_X, BACK_EYES, BACK_YAW = 0.075, 0.44, 24.0
TABLE_DEPTH = 0.03
"""How far above its near edge a table's top begins to hide people, as a fraction of the plate's height."""
RIM = 0.42
"""The strongest light on an outline."""
BACK_BLUR = 0.0105
STRETCH = {"low": 1.035, "high": 0.965, "overhead": 0.90}
"""How much taller or shorter people look from below and above."""
DARKEST, TINT = 0.68, 0.62
LONGEST_STRETCH = 1.4
"""How much a person without legs may grow so that the picture's edge is out of sight."""


@dataclass(frozen=True, slots=True)
class Stage:
    """The stage's size in pixels and the frame's height."""

    width: int
    height: int
    frame: int

    @staticmethod
    def of(params: ComposeParams) -> "Stage":
        """The stage for a frame size."""
        wide = params.width + 2 * round(params.width * ROOM)
        tall = params.height + 2 * round(params.height * ROOM)
        return Stage(wide, tall, params.height)

    def scale(self, window: Window) -> float:
        """Stage pixels for a plate pixel."""
        return self.frame / window.height

    def point(self, window: Window, x: float, y: float) -> tuple[float, float]:
        """A plate point on the stage."""
        scale = self.scale(window)
        return (x - window.x) * scale + self.width / 2, (y - window.y) * scale + self.height / 2


def place(
    params: ComposeParams,
    geometry: PlateGeometry,
    view: View,
    rigs: Mapping[str, Rig],
    cast: Cast,
) -> tuple[Placed, ...]:
    """Everybody in the frame, from far to near."""
    scene = _Scene(params, geometry, view, Stage.of(params), cast)
    alone = params.framing in ("single", "pov") and view.share > 0.15
    people = [p for p in params.people if not alone or p.role in shown(params)]
    placed = [scene.placed(person, rigs[person.role]) for person in people]
    visible = [p for p in placed if _in_frame(p, scene.stage)]
    return tuple(sorted(visible, key=lambda p: -p.depth))


@dataclass(frozen=True, slots=True)
class _Scene:
    """One shot with all that says where people go."""

    params: ComposeParams
    geometry: PlateGeometry
    view: View
    stage: Stage
    cast: Cast

    def placed(self, person: Person, rig: Rig) -> Placed:
        """Somebody's place, turn and light."""
        back = self._is_back(person)
        spot = self._back_spot() if back else self._seat_spot(person)
        if back or not self.cast.standing:
            spot = _edge_hidden(rig, spot, self._hidden_below(back))
        x, y, head = spot
        tall = head * STRETCH.get(self.params.angle, 1.0)
        side, gain, contrast = light_on(self.geometry, person, self.params)
        return Placed(
            role=person.role,
            matrix=(head, 0.0, 0.0, tall, x, y),
            yaw=self._yaw(person, back),
            view="back" if back else "front",
            depth=0.0 if back else 1.0,
            blur=self._blur(person, back)[0],
            blur_end=self._blur(person, back)[1],
            gain=_dimmed(gain, 0.62) if back else gain,
            light_from=side,
            contrast=contrast,
            rim=rim_on(self.geometry, back=back),
            face=(x - 0.36 * head, y - 0.35 * tall, 0.72 * head, 0.9 * tall),
            shadow=self._shadow(rig, x, y, head, tall),
        )

    def _hidden_below(self, back: bool) -> float:
        """The y on the stage below which nothing of a person is seen: the table's top, or the frame's edge."""
        stage, table = self.stage, self.geometry.table
        edge = stage.height - 0.2 * round(stage.frame * ROOM)
        if back or table is None:
            return edge
        top = (table - TABLE_DEPTH) * self.geometry.height
        return min(edge, stage.point(self.view.people, 0.0, top)[1])

    def _is_back(self, person: Person) -> bool:
        over = self.params.framing == "over-the-shoulder"
        return over and person.role in self.params.subjects[1:]

    def _seat_spot(self, person: Person) -> tuple[float, float, float]:
        """Eyes on the stage, and pixels of a head."""
        unit = self.geometry.head * self.geometry.height
        x, y = seat_place(self.geometry, person.seat, self.params.seats)
        x, y = self.stage.point(self.view.people, x, y + self.cast.drop(person.role) * unit)
        return x, y, unit * self.stage.scale(self.view.people)

    def _back_spot(self) -> tuple[float, float, float]:
        """The one with the back to us stands on the side that the other looks to."""
        stage, toward = self.stage, facing(self.params, self.params.subjects[0]) or -1.0
        width = stage.width / (1 + 2 * ROOM)
        x = stage.width / 2 + toward * (0.5 - BACK_X) * width
        y = stage.height / 2 + (BACK_EYES - 0.5) * stage.frame
        return x, y, BACK_SHARE * stage.frame

    def _yaw(self, person: Person, back: bool) -> float:
        toward = facing(self.params, person.role)
        if back:
            return BACK_YAW * toward
        if toward == 0.0 and len(self.params.people) > 1 and self.params.framing != "pov":
            toward = 0.35 * _inwards(person.seat, self.params.seats)
        return YAW.get(self.params.framing, ORDINARY_YAW) * toward

    def _blur(self, person: Person, back: bool) -> tuple[float, float | None]:
        """Blur at the start, and at the end where the focus is racked."""
        soft = BACK_BLUR * self.stage.frame
        racked = self.params.move.kind == "rack focus"
        if racked and self.params.move.target is not None and not back:
            goal = person.role == self.params.move.target
            return (0.8 * soft, 0.0) if goal else (0.0, soft)
        if back:
            return (0.0, soft) if racked else (soft, None)
        if person.role in shown(self.params):
            return (0.8 * soft, 0.0) if racked else (0.0, None)
        return (0.35 * soft if self.view.share > 0.15 else 0.0), None

    def _shadow(
        self, rig: Rig, x: float, y: float, head: float, tall: float
    ) -> tuple[float, float, float, float] | None:
        """Where feet stand on the floor."""
        if not self.cast.standing or rig.extent.bottom < LEGS:
            return None
        foot = y + (rig.extent.bottom - 0.12) * tall
        return (x, foot, 1.25 * head, 0.20 * tall) if foot < self.stage.height * 1.05 else None


def _inwards(seat: int, seats: int) -> float:
    """1 for those on the left, -1 on the right: people in a row turn a little to each other."""
    middle = (seats - 1) / 2
    return 0.0 if seat == middle else 1.0 if seat < middle else -1.0


def _dimmed(gain: tuple[float, float, float], share: float) -> tuple[float, float, float]:
    red, green, blue = gain
    return red * share, green * share, blue * share


def _edge_hidden(
    rig: Rig, spot: tuple[float, float, float], bottom: float
) -> tuple[float, float, float]:
    """A picture that ends at the chest moves down, and grows a little, until its edge is below `bottom`."""
    x, y, head = spot
    missing = bottom - (y + rig.extent.bottom * head)
    if missing <= 0 or rig.extent.bottom > LEGS:
        return spot
    grown = min(LONGEST_STRETCH, (bottom - y) / max(rig.extent.bottom * head, 1.0))
    missing = bottom - (y + rig.extent.bottom * head * grown)
    return x, y + max(0.0, missing), head * grown


def _in_frame(placed: Placed, stage: Stage) -> bool:
    x, _, width, _ = placed.face
    return x + width > 0 and x < stage.width


def rim_on(geometry: PlateGeometry, *, back: bool) -> tuple[float, float, float]:
    """Light from behind on the outline: what shines in the place, stronger the darker the place is."""
    behind = [light for light in geometry.lights if light.kind in ("back", "practical")]
    if not behind:
        return (0.0, 0.0, 0.0)
    weight = np.array([light.strength * (3.0 if light.kind == "back" else 1.0) for light in behind])
    colours = np.array([light.colour for light in behind])
    colour = (weight[:, None] * colours).sum(axis=0) / max(float(weight.sum()), 1e-6)
    colour = colour / max(float(colour.max()), 1e-6)
    dark = 1 - float(np.clip(np.mean(geometry.ambient), 0.0, 1.0))
    level = RIM * (0.25 + 0.75 * dark) * (0.6 if back else 1.0)
    red, green, blue = (float(level * part ** (1 / 2.2)) for part in colour)
    return red, green, blue


def light_on(
    geometry: PlateGeometry, person: Person, params: ComposeParams
) -> tuple[float, tuple[float, float, float], float]:
    """Where the key light comes from (-1 to 1), the colour of the light, and how hard it is."""
    ambient = np.clip(np.array(geometry.ambient, np.float64), 0.02, 4.0)
    level = float(np.clip(ambient.mean() ** 0.35, DARKEST, 1.0))
    colour = (ambient / ambient.mean()) ** TINT
    gain = np.clip(level * colour, 0.4, 1.08)
    x, _ = seat_place(geometry, person.seat, params.seats)
    keys = [light for light in geometry.lights if light.kind == "key"]
    key = max(keys, key=lambda light: light.strength, default=None)
    side = (
        0.0
        if key is None
        else float(np.clip((key.x * geometry.width - x) / (0.25 * geometry.width), -1, 1))
    )
    contrast = float(np.clip(0.72 - 0.3 * level, 0.3, 0.6))
    return side, (float(gain[0]), float(gain[1]), float(gain[2])), contrast
