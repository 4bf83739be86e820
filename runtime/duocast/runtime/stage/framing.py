"""Framing: where the camera stands and what it sees, from a shot's words and a place's geometry.

Two windows are cut from the plate: one in the plane where people are, which sets their size and the table's, and one
behind them, whose width follows the lens as it does through real glass. Units are plate pixels; a window's height
becomes the frame's height.
"""

from collections.abc import Mapping
from dataclasses import dataclass

from duocast.compiler.operations.compose import ComposeParams
from duocast.compiler.operations.plate import PlateGeometry
from duocast.language.direction import Size

HEAD_SHARE: dict[Size, float] = {
    "ECU": 0.90, "CU": 0.54, "MCU": 0.395, "MS": 0.285, "MWS": 0.205, "FS": 0.140, "WS": 0.112, "EWS": 0.078,
}  # fmt: skip
"""The height of a head beside the frame's, where people sit."""
EYE_LINE: dict[Size, float] = {
    "ECU": 0.46, "CU": 0.42, "MCU": 0.385, "MS": 0.36, "MWS": 0.40, "FS": 0.43, "WS": 0.46, "EWS": 0.50,
}  # fmt: skip
"""Where the eyes stand in the frame, from its top, where people sit."""
STANDING_SHARE: dict[Size, float] = {"MWS": 0.200, "FS": 0.117, "WS": 0.088, "EWS": 0.052}
STANDING_LINE: dict[Size, float] = {"MWS": 0.27, "FS": 0.175, "WS": 0.34, "EWS": 0.52}
"""People on their feet: a full shot holds them from crown to toe."""
LEGS = 4.2
"""A rig that reaches this far below the eyes, in heads, can be seen on its feet."""
TALL = 6.38
"""Eyes to soles of an adult, in heads."""
HEAD_METRES, SENSOR_METRES, BEHIND_METRES = 0.23, 0.0203, 2.8
"""A head, a full-frame sensor's height in 16:9, and how far the back of the place is behind the people."""
PLATE_LENS, PLATE_SHARE = 35.0, 0.112
"""The plate is drawn as this lens sees it when a head has this share of the frame."""
SPACING = {1: 0.0, 2: 3.2, 3: 2.65, 4: 2.3}
"""Heads between two neighbours, by how many sit there; more sit as close as four."""
LOOK_ROOM = 0.075
"""How far a face stands from the middle, away from where it looks (fraction of the width)."""
SIDE_STEP = 0.17
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


@dataclass(frozen=True, slots=True)
class Cast:
    """How far each person reaches below the eyes, in heads; and whether the place lets them stand."""

    reach: Mapping[str, float]
    table: bool

    @property
    def standing(self) -> bool:
        """Everybody is on their feet and can be seen so."""
        return not self.table and all(reach >= LEGS for reach in self.reach.values())

    def drop(self, role: str) -> float:
        """How much lower than an adult's somebody's eyes are, in heads: children are small."""
        reach = self.reach.get(role, TALL)
        if reach < LEGS:
            return 0.0
        return (TALL - reach) * (1.0 if not self.table else 0.35)


def seat_place(geometry: PlateGeometry, seat: int, seats: int) -> tuple[float, float]:
    """The eyes of an adult on a seat, in plate pixels."""
    head = geometry.head * geometry.height
    middle = sum(x for x, _ in geometry.seats) / len(geometry.seats) * geometry.width
    eyes = sum(y for _, y in geometry.seats) / len(geometry.seats) * geometry.height
    spacing = SPACING.get(seats, SPACING[4]) * head
    return middle + (seat - (seats - 1) / 2) * spacing, eyes


def facing(params: ComposeParams, role: str) -> float:
    """-1 somebody faces left, 1 right, 0 the lens."""
    person = next((p for p in params.people if p.role == role), None)
    if person is None or person.faces is None or person.faces == person.seat:
        return 0.0
    return 1.0 if person.faces > person.seat else -1.0


def metres(lens_mm: float, share: float) -> float:
    """How far the camera stands from somebody whose head has `share` of the frame."""
    return lens_mm / 1000 * HEAD_METRES / share / SENSOR_METRES


def widening(lens_mm: float, share: float) -> float:
    """How much wider the window behind the people is than theirs: near cameras and short lenses see more."""

    def smaller(distance: float) -> float:
        return distance / (distance + BEHIND_METRES)

    return smaller(metres(PLATE_LENS, PLATE_SHARE)) / smaller(metres(lens_mm, share))


def view(params: ComposeParams, geometry: PlateGeometry, cast: Cast) -> View:
    """The windows of a shot."""
    seen = shown(params)
    spots = [_spot(params, geometry, cast, role) for role in seen]
    if not spots:
        return _empty(params, geometry)
    head, aspect = geometry.head * geometry.height, params.width / params.height
    share = _share(params, cast, spots, head, aspect)
    height = head / share
    x = (min(s[0] for s in spots) + max(s[0] for s in spots)) / 2
    x += _look_room(params) * height * aspect
    eyes = sum(s[1] for s in spots) / len(spots)
    y = eyes + (0.5 - _eye_line(params, cast)) * height
    people = Window(x, y, height)
    return View(people, _behind(params, geometry, people, share), share)


def shown(params: ComposeParams) -> tuple[str, ...]:
    """Whom the frame is made for: the front one of an over-the-shoulder shot, else all subjects."""
    if params.framing in ("insert", "card"):
        return ()
    roles = tuple(p.role for p in params.people)
    subjects = tuple(role for role in params.subjects if role in roles) or roles
    return subjects[:1] if params.framing == "over-the-shoulder" else subjects


def _spot(
    params: ComposeParams, geometry: PlateGeometry, cast: Cast, role: str
) -> tuple[float, float]:
    seat = next(p.seat for p in params.people if p.role == role)
    x, y = seat_place(geometry, seat, params.seats)
    return x, y + cast.drop(role) * geometry.head * geometry.height


def _share(
    params: ComposeParams, cast: Cast, spots: list[tuple[float, float]], head: float, aspect: float
) -> float:
    """The size's share; less where several people would not fit, more where a picture of somebody ends too soon."""
    wanted = HEAD_SHARE[params.size]
    if cast.standing:
        wanted = STANDING_SHARE.get(params.size, wanted)
    spread = max(s[0] for s in spots) - min(s[0] for s in spots)
    room = aspect * head / (spread + 2 * MARGIN_HEADS * head)
    fitting = min(wanted, room) if spread > 0 else wanted
    shortest = min(cast.reach.values(), default=TALL)
    if not cast.table and shortest < LEGS:
        return max(fitting, min(0.98 - _eye_line(params, cast), 0.62) / shortest)
    return fitting


def _eye_line(params: ComposeParams, cast: Cast) -> float:
    line = EYE_LINE[params.size]
    if cast.standing:
        line = STANDING_LINE.get(params.size, line)
    return line + {"low": 0.05, "high": -0.04, "overhead": -0.06}.get(params.angle, 0.0)


def _look_room(params: ComposeParams) -> float:
    if params.framing == "over-the-shoulder":
        return -0.10 * facing(params, params.subjects[0])
    subjects = shown(params)
    wide = params.size in ("FS", "WS", "EWS")
    return (
        (0.6 if wide else 1.0) * LOOK_ROOM * facing(params, subjects[0])
        if len(subjects) == 1
        else 0.0
    )


def _behind(params: ComposeParams, geometry: PlateGeometry, people: Window, share: float) -> Window:
    """What stands behind: the horizon is where it is for the people; a single looks to its own side of the place."""
    height = people.height * min(max(widening(params.lens_mm, share), 0.72), 3.0)
    side = 0.0
    if params.framing in ("single", "over-the-shoulder", "pov"):
        side = -facing(params, shown(params)[0]) * SIDE_STEP * geometry.width
    horizon = geometry.horizon * geometry.height
    y = horizon + (people.y - horizon) * (height / people.height) + _tilt(params) * height
    return _inside(Window(people.x + side, y, height), geometry, params.width / params.height)


def _tilt(params: ComposeParams) -> float:
    """A low camera sees more of what is above."""
    return {"low": -0.13, "high": 0.13, "overhead": 0.24}.get(params.angle, 0.0)


def _inside(window: Window, geometry: PlateGeometry, aspect: float) -> Window:
    """The window moved, and made smaller if need be, so that it stays on the plate with room for a move."""
    room = 1.0 + 2 * 0.1
    height = min(window.height, geometry.height / 1.02, geometry.width / (aspect * room))
    half_x, half_y = height * aspect * room / 2, height / 2
    x = min(max(window.x, half_x), geometry.width - half_x)
    y = min(max(window.y, half_y), geometry.height - half_y)
    return Window(x, y, height)


def _empty(params: ComposeParams, geometry: PlateGeometry) -> View:
    """A place without people: an establishing shot sees nearly all of it, an insert what stands behind a table."""
    insert = params.framing == "insert"
    height = geometry.height * (0.45 if insert else 0.94)
    y = geometry.height * (geometry.horizon if insert else 0.5)
    shift = _tilt(params) * height * 0.4
    window = Window(geometry.width / 2, y + shift, height)
    window = _inside(window, geometry, params.width / params.height)
    return View(window, window, geometry.head * geometry.height / window.height)
