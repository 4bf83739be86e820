"""Framing: where the camera stands and what it sees, from a shot's words and a place's geometry.

Two windows are cut from the plate: one in the plane where people are, which sets their size and the table's,
and one behind them,
whose width follows the lens. Units are plate pixels; a window's `height` becomes the frame's height.
"""

from dataclasses import dataclass

from duocast.compiler.operations.compose import ComposeParams, Size
from duocast.compiler.operations.plate import PlateGeometry

HEAD_SHARE: dict[Size, float] = {
    "ECU": 0.90, "CU": 0.54, "MCU": 0.395, "MS": 0.285, "MWS": 0.215, "FS": 0.130, "WS": 0.112, "EWS": 0.078,
}  # fmt: skip
"""The height of a head beside the frame's."""
EYE_LINE: dict[Size, float] = {
    "ECU": 0.46, "CU": 0.42, "MCU": 0.385, "MS": 0.35, "MWS": 0.33, "FS": 0.25, "WS": 0.36, "EWS": 0.44,
}  # fmt: skip
"""Where the eyes stand in the frame, from its top."""
DEPTH_OF_WORLD: dict[Size, float] = {
    "ECU": 2.1, "CU": 1.75, "MCU": 1.5, "MS": 1.25, "MWS": 1.1, "FS": 1.0, "WS": 1.0, "EWS": 1.0,
}  # fmt: skip
"""How much wider the window behind the people is than theirs, at the size's ordinary lens."""
ORDINARY_LENS: dict[Size, float] = {
    "ECU": 100, "CU": 85, "MCU": 65, "MS": 50, "MWS": 40, "FS": 35, "WS": 28, "EWS": 24,
}  # fmt: skip
SPACING = {1: 0.0, 2: 3.2, 3: 2.65, 4: 2.3}
"""Heads between two neighbours, by how many sit there; more sit as close as four."""
LOOK_ROOM = 0.065
"""How far a face stands from the middle, away from where it looks (fraction of the width)."""
SIDE_STEP = 0.15
"""How far the camera turns to the side of the one it looks at (fraction of the plate's width)."""
MARGIN_HEADS = 1.35
"""Room at each side of a group, in heads."""


@dataclass(frozen=True, slots=True)
class Window:
    """A part of the plate: its middle and its height."""

    x: float
    y: float
    height: float


@dataclass(frozen=True, slots=True)
class View:
    """The two windows of a shot: where people are, and behind them. `share` is a head's part of the frame."""

    people: Window
    behind: Window
    share: float


def seat_place(geometry: PlateGeometry, seat: int, seats: int) -> tuple[float, float]:
    """The eyes of somebody on a seat, in plate pixels."""
    head = geometry.head * geometry.height
    middle = sum(x for x, _ in geometry.seats) / len(geometry.seats) * geometry.width
    eyes = sum(y for _, y in geometry.seats) / len(geometry.seats) * geometry.height
    spacing = SPACING.get(seats, SPACING[4]) * head
    return middle + (seat - (seats - 1) / 2) * spacing, eyes + 0.06 * head * ((seat * 7) % 3 - 1)


def facing(params: ComposeParams, role: str) -> float:
    """-1 somebody faces left, 1 right, 0 the lens."""
    person = next((p for p in params.people if p.role == role), None)
    if person is None or person.faces is None:
        return 0.0
    return 1.0 if person.faces > person.seat else -1.0


def view(params: ComposeParams, geometry: PlateGeometry) -> View:
    """The windows of a shot."""
    spots = [_spot(params, geometry, role) for role in _seen(params)]
    if not spots:
        return _empty(params, geometry)
    head, aspect = geometry.head * geometry.height, params.width / params.height
    share = _share(params, spots, head, aspect)
    height = head / share
    x = (min(s[0] for s in spots) + max(s[0] for s in spots)) / 2
    x += _look_room(params) * height * aspect
    eyes = sum(s[1] for s in spots) / len(spots)
    y = eyes + (0.5 - _eye_line(params)) * height
    people = Window(x, y, height)
    return View(people, _behind(params, geometry, people, eyes), share)


def _seen(params: ComposeParams) -> tuple[str, ...]:
    """Whom the frame is made for: the front one of an over-the-shoulder shot, else all subjects."""
    if params.framing == "insert":
        return ()
    roles = tuple(p.role for p in params.people)
    subjects = tuple(role for role in params.subjects if role in roles) or roles
    return subjects[:1] if params.framing == "over-the-shoulder" else subjects


def _spot(params: ComposeParams, geometry: PlateGeometry, role: str) -> tuple[float, float]:
    seat = next(p.seat for p in params.people if p.role == role)
    return seat_place(geometry, seat, params.seats)


def _share(
    params: ComposeParams, spots: list[tuple[float, float]], head: float, aspect: float
) -> float:
    """The size's share of the frame, or less where several people would not fit."""
    wanted = HEAD_SHARE[params.size]
    spread = max(s[0] for s in spots) - min(s[0] for s in spots)
    if spread <= 0:
        return wanted
    return min(wanted, aspect * head / (spread + 2 * MARGIN_HEADS * head))


def _eye_line(params: ComposeParams) -> float:
    line = EYE_LINE[params.size]
    return line + {"low": 0.06, "high": -0.05, "overhead": -0.08}.get(params.angle, 0.0)


def _look_room(params: ComposeParams) -> float:
    if params.framing == "over-the-shoulder":
        return -0.10 * facing(params, params.subjects[0])
    subjects = _seen(params)
    return LOOK_ROOM * facing(params, subjects[0]) if len(subjects) == 1 else 0.0


def _behind(params: ComposeParams, geometry: PlateGeometry, people: Window, eyes: float) -> Window:
    """What stands behind: a longer lens sees less of it; a single looks to its own side of the place."""
    widening = DEPTH_OF_WORLD[params.size] * (ORDINARY_LENS[params.size] / params.lens_mm) ** 0.7
    if params.framing in ("two-shot", "group", "establishing"):
        widening = (35 / params.lens_mm) ** 0.35
    height = people.height * min(max(widening, 0.75), 2.6)
    side = 0.0
    if params.framing in ("single", "over-the-shoulder", "pov"):
        side = -facing(params, params.subjects[0]) * SIDE_STEP * geometry.width
    y = eyes + (people.y - eyes) * (height / people.height) + _tilt(params) * height
    return _inside(Window(people.x + side, y, height), geometry, params.width / params.height)


def _tilt(params: ComposeParams) -> float:
    """A low camera sees more of what is above."""
    return {"low": -0.12, "high": 0.12, "overhead": 0.18}.get(params.angle, 0.0)


def _inside(window: Window, geometry: PlateGeometry, aspect: float) -> Window:
    """The window moved, and made smaller if need be, so that it stays on the plate with room for a move."""
    room = 1.0 + 2 * 0.1
    height = min(window.height, geometry.height / 1.02, geometry.width / (aspect * room))
    half_x, half_y = height * aspect * room / 2, height / 2
    x = min(max(window.x, half_x), geometry.width - half_x)
    y = min(max(window.y, half_y), geometry.height - half_y)
    return Window(x, y, height)


def _empty(params: ComposeParams, geometry: PlateGeometry) -> View:
    """A place without people: an establishing shot sees nearly all of it, an insert the thing it shows."""
    height = geometry.height * (0.94 if params.framing != "insert" else 0.4)
    y = geometry.height * (0.5 if params.framing != "insert" else geometry.horizon)
    aspect = params.width / params.height
    window = _inside(Window(geometry.width / 2, y, height), geometry, aspect)
    return View(window, window, geometry.head * geometry.height / window.height)
