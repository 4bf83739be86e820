"""Sizes, lenses, seats and angles, measured on frames and layouts."""

import itertools

import numpy as np
import pytest

from duocast.compiler.operations.compose import CameraMove, ComposeParams, Person
from duocast.compiler.operations.plate import Light, PlateGeometry
from duocast.compiler.timeline import Rate
from duocast.runtime.stage.compose import compose
from duocast.runtime.stage.frames import ShotFrames
from duocast.runtime.stage.framing import EYE_LINE, HEAD_SHARE, Cast, view, widening
from duocast.runtime.stage.lens import disc
from duocast.runtime.stage.placing import Stage
from stage.ovals import Oval, grey, red_rows

WIDE, TALL = 2048, 720
SIZES = ("ECU", "CU", "MCU", "MS", "MWS", "FS", "WS", "EWS")


def geometry(table: bool = True, key: float = 0.25) -> PlateGeometry:
    return PlateGeometry(
        width=WIDE, height=TALL, horizon=0.444, floor=0.95, head=0.0917,
        seats=tuple((0.34 + 0.107 * k, 0.444) for k in range(4)),
        table=0.64 if table else None, ambient=(0.5, 0.45, 0.4), inserts=(("door", 0.9, 0.5, 0.4),),
        lights=(Light(kind="key", x=key, y=0.3, colour=(1.0, 0.8, 0.6), strength=1.2),),
    )  # fmt: skip


def front(table: bool = True) -> np.ndarray:
    sheet = np.zeros((TALL, WIDE, 4), np.uint8)
    if table:
        sheet[int(0.6 * TALL) :, WIDE // 5 : WIDE * 4 // 5] = (90, 60, 40, 255)
    return sheet


def people(count: int) -> tuple[Person, ...]:
    return tuple(
        Person(role="abcd"[k], seat=k, faces=k + 1 if k < count - 1 else k - 1)
        for k in range(count)
    )


def params(**what) -> ComposeParams:
    plain = {
        "width": 640, "height": 360, "framing": "single", "size": "MS", "people": people(2),
        "subjects": ("a",), "seats": 2, "lens_mm": 50.0,
    }  # fmt: skip
    return ComposeParams.from_plain({**plain, **what})


def frame_of(wanted: ComposeParams, rigs=None, table: bool = True) -> np.ndarray:
    rigs = rigs or {"a": Oval(), "b": Oval(), "c": Oval(), "d": Oval()}
    made = compose(wanted, geometry(table), grey(TALL, WIDE), front(table), rigs)
    background, foreground, layout = made
    return ShotFrames(layout, background, foreground, rigs, None, 1, Rate(numerator=24)).frame(0)


@pytest.mark.parametrize("size", SIZES[1:])
def test_a_size_has_its_head_and_its_eye_line(size):
    top, low = red_rows(frame_of(params(size=size, people=people(2)[:1])))
    assert (low - top) / 360 == pytest.approx(HEAD_SHARE[size], abs=0.02)
    assert (low + top) / 2 / 360 == pytest.approx(EYE_LINE[size], abs=0.015)


def test_every_size_is_smaller_than_the_one_before():
    for bigger, smaller in itertools.pairwise(SIZES):
        assert HEAD_SHARE[bigger] > 1.15 * HEAD_SHARE[smaller]


def test_a_longer_lens_sees_less_of_the_place_and_blurs_it_more():
    for size in ("CU", "MS"):
        seen = [widening(lens, HEAD_SHARE[size]) for lens in (24.0, 35.0, 50.0, 85.0, 135.0)]
        assert all(a > 1.12 * b for a, b in itertools.pairwise(seen))
        soft = [disc(lens, HEAD_SHARE[size]) for lens in (24.0, 50.0, 135.0)]
        assert soft == sorted(soft)
        assert soft[-1] > 1.4 * soft[0]
    assert disc(85.0, HEAD_SHARE["CU"]) > 5 * disc(28.0, HEAD_SHARE["WS"])


def test_reverse_angles_have_different_backgrounds():
    cast = Cast({"a": 6.4, "b": 6.4}, True)
    one = view(params(size="CU", subjects=("a",), lens_mm=85.0), geometry(), cast).behind
    other = view(params(size="CU", subjects=("b",), lens_mm=85.0), geometry(), cast).behind
    assert other.x - one.x > 0.8 * one.height * 16 / 9


@pytest.mark.parametrize("framing", ["single", "two-shot", "group", "over-the-shoulder"])
@pytest.mark.parametrize("size", ["CU", "MS", "WS"])
def test_nobody_crosses_the_line(framing, size):
    """The left one looks right and the right one left, whatever the shot; the back of a head stands on its own side."""
    for subjects in (("a", "b"), ("b", "a")):
        rigs = {"a": Oval(), "b": Oval()}
        wanted = params(framing=framing, size=size, subjects=subjects)
        _, _, layout = compose(wanted, geometry(), grey(TALL, WIDE), front(), rigs)
        seen = {p.role: p for p in layout.people}
        for role, sign in (("a", 1), ("b", -1)):
            if role in seen:
                assert seen[role].yaw * sign > 5
        if len(seen) == 2:
            assert seen["a"].matrix[4] < seen["b"].matrix[4]


def test_over_the_shoulder_shows_a_soft_back_before_the_other():
    rigs = {"a": Oval(), "b": Oval()}
    wanted = params(framing="over-the-shoulder", size="MCU", subjects=("a", "b"))
    _, _, layout = compose(wanted, geometry(), grey(TALL, WIDE), front(), rigs)
    far, near = layout.people
    assert (far.role, far.view, near.role, near.view) == ("a", "front", "b", "back")
    assert near.depth < far.depth
    assert near.blur > 1 > far.blur
    assert near.matrix[0] > 1.3 * far.matrix[0]


def test_a_single_leaves_room_where_the_face_looks():
    for role, side in (("a", -1), ("b", 1)):
        frame = frame_of(params(size="CU", subjects=(role,), people=people(2)))
        red = (frame[..., 0] > 110) & (frame[..., 1] < 70) & (frame[..., 2] < 70)
        middle = np.flatnonzero(red.any(axis=0)).mean() / 640
        assert 0.03 < side * (middle - 0.5) < 0.14


@pytest.mark.parametrize("size", SIZES)
@pytest.mark.parametrize("table", [True, False])
def test_the_cut_edge_of_a_photograph_is_never_seen(size, table):
    """Under a body there is table or nothing: grey is never seen below blue."""
    rigs = {"a": Oval(bottom=2.3)}
    frame = frame_of(params(size=size, people=people(2)[:1]), rigs, table)
    blue = (frame[..., 2] > 100) & (frame[..., 0] < 60)
    for column in np.flatnonzero(blue.any(axis=0))[8:-8:16]:
        low = int(np.flatnonzero(blue[:, column])[-1])
        if low < 358:
            red, _, under = frame[low + 2, column].astype(int)
            assert red > under + 15, "what hides the edge is the table"


def test_a_full_shot_holds_somebody_from_crown_to_toe():
    frame = frame_of(params(size="FS", people=people(2)[:1]), table=False)
    rows = np.flatnonzero(((frame[..., 2] > 100) & (frame[..., 0] < 70)).any(axis=1))
    assert red_rows(frame)[0] > 6
    assert 300 < rows[-1] < 356


def test_children_are_smaller_on_the_same_floor():
    rigs = {"a": Oval(6.38), "b": Oval(5.0)}
    wanted = params(framing="two-shot", size="WS", subjects=("a", "b"))
    _, _, layout = compose(wanted, geometry(False), grey(TALL, WIDE), front(False), rigs)
    feet = {p.role: p.matrix[5] + rigs[p.role].extent.bottom * p.matrix[3] for p in layout.people}
    assert feet["a"] == pytest.approx(feet["b"], abs=2)


def test_the_light_of_the_place_falls_on_people():
    rigs = {"a": Oval()}
    for key, side in ((0.1, -1), (0.9, 1)):
        wanted = params(people=people(2)[:1])
        _, _, layout = compose(wanted, geometry(key=key), grey(TALL, WIDE), front(), rigs)
        person = layout.people[0]
        assert person.light_from * side > 0.5
        assert person.gain[0] > person.gain[2]
        assert 0.2 < person.contrast < 0.8


@pytest.mark.parametrize("angle", ["low", "high", "dutch", "overhead"])
def test_every_angle_differs_from_the_eye(angle):
    eye, other = frame_of(params()), frame_of(params(angle=angle))
    assert np.abs(eye.astype(int) - other).mean() > 1.0


def test_an_insert_shows_the_thing_and_nobody():
    pictures = {}
    for thing in ("phone", "a letter", "the door", "samovar"):
        wanted = params(framing="insert", thing=thing, subjects=(), people=())
        background, foreground, layout = compose(wanted, geometry(), grey(TALL, WIDE), front(), {})
        assert layout.people == ()
        assert foreground[..., 3].max() == 0
        pictures[thing] = background
    for one, other in itertools.combinations(pictures.values(), 2):
        assert np.abs(one.astype(int) - other).mean() > 1.5


def test_a_large_thing_fills_its_insert():
    """A window of a third of the plate's height, between two others that stay out of the frame's middle."""
    plate = grey(TALL, WIDE)
    things = []
    for number, colour in enumerate(((200, 40, 40), (40, 200, 40), (40, 40, 200))):
        left = 664 + 300 * number
        plate[240:500, left : left + 180] = colour
        things.append(("window", (left + 90) / WIDE, 370 / TALL, 260 / TALL))
    place = geometry().replace(inserts=tuple(things))
    wanted = params(framing="insert", thing="the window", subjects=(), people=())
    background, _, _ = compose(wanted, place, plate, front(), {})
    top, left = (background.shape[0] - 360) // 2, (background.shape[1] - 640) // 2
    seen = background[top : top + 360, left : left + 640].astype(int)
    green, red, blue = (
        (seen[..., own] > seen[..., other] + 80).mean() for own, other in ((1, 0), (0, 1), (2, 1))
    )
    assert green > 0.33
    assert max(red, blue) < 0.12


def test_stage_has_room_around_the_frame():
    stage = Stage.of(params(move=CameraMove(kind="orbit")))
    assert stage.width > 1.2 * 640
    assert stage.height > 1.2 * 360
