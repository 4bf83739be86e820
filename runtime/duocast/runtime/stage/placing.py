"""Placing: people on the stage, in the light of the place.

The stage is the frame with room around it for the camera to move; one stage pixel is one frame pixel at zoom 1.
"""

from collections.abc import Mapping
from dataclasses import dataclass

import numpy as np

from duocast.compiler.operations.compose import ComposeParams, Person, Placed
from duocast.compiler.operations.plate import PlateGeometry
from duocast.runtime.picture.rig import Rig
from duocast.runtime.stage.framing import View, Window, facing, seat_place

ROOM = 0.12
"""Room at each side of the frame, as a fraction of it."""
YAW = {"single": 21.0, "two-shot": 26.0, "group": 17.0, "over-the-shoulder": 27.0, "pov": 0.0}
ORDINARY_YAW = 18.0
BACK_SHARE = 0.64
"""A head's share of the frame's height for the one over whose shoulder we look."""
BACK_X, BACK_EYES, BACK_YAW = 0.075, 0.44, 24.0
DARKEST, TINT = 0.62, 0.55
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
    params: ComposeParams, geometry: PlateGeometry, view: View, rigs: Mapping[str, Rig]
) -> tuple[Placed, ...]:
    """Everybody in the frame, from far to near."""
    stage = Stage.of(params)
    placed = []
    for person in params.people:
        back = _is_back(params, person)
        spot = (
            _back_spot(params, stage) if back else _seat_spot(params, geometry, view, stage, person)
        )
        placed.append(_placed(params, geometry, stage, person, rigs[person.role], spot, back=back))
    visible = [p for p in placed if _in_frame(p, stage)]
    return tuple(sorted(visible, key=lambda p: -p.depth))


def _is_back(params: ComposeParams, person: Person) -> bool:
    return params.framing == "over-the-shoulder" and person.role in params.subjects[1:]


def _seat_spot(
    params: ComposeParams, geometry: PlateGeometry, view: View, stage: Stage, person: Person
) -> tuple[float, float, float]:
    """Eyes on the stage, and pixels of a head."""
    x, y = stage.point(view.people, *seat_place(geometry, person.seat, params.seats))
    return x, y, geometry.head * geometry.height * stage.scale(view.people)


def _back_spot(params: ComposeParams, stage: Stage) -> tuple[float, float, float]:
    """The one with the back to us stands on the side that the other looks to."""
    toward = facing(params, params.subjects[0]) or -1.0
    width = stage.width / (1 + 2 * ROOM)
    x = stage.width / 2 + toward * (0.5 - BACK_X) * width
    y = stage.height / 2 + (BACK_EYES - 0.5) * stage.frame
    return x, y, BACK_SHARE * stage.frame


def _placed(
    params: ComposeParams,
    geometry: PlateGeometry,
    stage: Stage,
    person: Person,
    rig: Rig,
    spot: tuple[float, float, float],
    *,
    back: bool,
) -> Placed:
    x, y, head = _edge_hidden(rig, stage, spot)
    side, gain, contrast = light_on(geometry, person, params)
    toward = facing(params, person.role)
    return Placed(
        role=person.role,
        matrix=(head, 0.0, 0.0, head, x, y),
        yaw=BACK_YAW * toward if back else YAW.get(params.framing, ORDINARY_YAW) * toward,
        view="back" if back else "front",
        depth=0.0 if back else 1.0,
        blur=0.0075 * stage.frame if back else 0.0,
        gain=tuple(0.8 * g for g in gain) if back else gain,
        light_from=side,
        contrast=contrast,
        face=(x - 0.36 * head, y - 0.35 * head, 0.72 * head, 0.9 * head),
    )


def _edge_hidden(
    rig: Rig, stage: Stage, spot: tuple[float, float, float]
) -> tuple[float, float, float]:
    """A picture that ends at the chest is moved down, and grows a little, until its edge is out of the frame."""
    x, y, head = spot
    bottom = stage.height - round(stage.frame * ROOM) * 0.2
    missing = bottom - (y + rig.extent.bottom * head)
    if missing <= 0 or rig.extent.bottom > 5.0:
        return spot
    grown = min(LONGEST_STRETCH, (bottom - y) / max(rig.extent.bottom * head, 1.0))
    missing = bottom - (y + rig.extent.bottom * head * grown)
    return x, y + max(0.0, missing), head * grown


def _in_frame(placed: Placed, stage: Stage) -> bool:
    x, _, width, _ = placed.face
    return x + width > 0 and x < stage.width


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
