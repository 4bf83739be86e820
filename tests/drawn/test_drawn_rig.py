"""The drawn rig: deterministic, smooth, placed by its matrix, and a mouth that does what it is told."""

import json
from pathlib import Path
from typing import get_args

import numpy as np
import pytest
from PIL import Image

from duocast.compiler.operations.portrait import PortraitParams
from duocast.runtime.engine import EngineError, Request
from duocast.runtime.picture.drawn.casting import cast_person
from duocast.runtime.picture.drawn.engine import DrawnPortrait, load_rig
from duocast.runtime.picture.drawn.person import Beard, Person
from duocast.runtime.picture.drawn.rig import DrawnRig
from duocast.runtime.picture.measure import mouth_opening
from duocast.runtime.picture.pose import NEUTRAL, Pose
from duocast.runtime.picture.rig import Matrix

SIZE = (240, 260)
MATRIX: Matrix = (130.0, 0.0, 0.0, 130.0, 120.0, 110.0)
CARDS = (
    ("Mara", "a woman with short curly hair and round glasses", "mustard sweater"),
    ("Jonas", "a man of 41, stubble", "navy suit and tie"),
    ("Kofi", "dreadlocks, full beard", "hoodie"),
    ("Leila", "a woman in a teal hijab", "coat"),
    ("Tom", "a boy of 10 with a cap", "striped t-shirt"),
    ("Ingrid", "white hair in a bun, seventies", "blue dress"),
    ("Mei", "long black hair", "cardigan"),
)


def rig(number: int = 0) -> DrawnRig:
    name, description, wardrobe = CARDS[number]
    return DrawnRig(
        cast_person(PortraitParams(name=name, description=description, wardrobe=wardrobe))
    )


def frame(
    person: DrawnRig,
    pose: Pose = NEUTRAL,
    matrix: Matrix = MATRIX,
    yaw: float = 0.0,
    view: str = "front",
) -> np.ndarray:
    sheet = person.draw(pose, matrix, SIZE, yaw=yaw, view=view)
    whole = np.zeros((SIZE[1], SIZE[0], 4), np.uint8)
    height, width = sheet.pixels.shape[:2]
    whole[sheet.y : sheet.y + height, sheet.x : sheet.x + width] = sheet.pixels
    return whole


def test_same_pixels_whatever_was_drawn_before() -> None:
    pose = Pose(jaw=0.4, yaw=7, gaze_x=0.3, breath=0.6)
    fresh = frame(rig(), pose, yaw=20)
    used = rig()
    for turn in (-30, -10, 0, 10, 30, 20):
        frame(used, Pose(jaw=0.9, lid_left=1), yaw=turn)
    assert np.array_equal(fresh, frame(used, pose, yaw=20))


def test_pixels_are_premultiplied() -> None:
    pixels = frame(rig())
    assert (pixels[..., :3] <= pixels[..., 3:]).all()
    assert (pixels[..., 3] == 255).mean() > 0.3


@pytest.mark.parametrize("press", [0.0, 0.5])
@pytest.mark.parametrize(
    "shape", [{}, {"wide": -1.0}, {"wide": 1.0}, {"smile": 1.0}, {"bite": 1.0}]
)
def test_mouth_opens_with_the_jaw(press: float, shape: dict[str, float]) -> None:
    person = rig()
    gaps = [mouth_opening(person, Pose(jaw=j, press=press, **shape)) for j in np.linspace(0, 1, 21)]
    assert (np.diff(gaps) > 0).all()


def test_press_and_rest_close_the_lips() -> None:
    person = rig()
    assert mouth_opening(person, NEUTRAL) == pytest.approx(0, abs=1e-12)
    assert mouth_opening(person, Pose(jaw=1, press=1, tongue=1, bite=1)) == pytest.approx(
        0, abs=1e-12
    )


def cavity(pixels: np.ndarray) -> int:
    red, green, alpha = pixels[..., 0].astype(int), pixels[..., 1], pixels[..., 3]
    return int(((red < 90) & (green < 26) & (red > green + 25) & (alpha == 255)).sum())


def test_cavity_pixels_grow_with_the_jaw() -> None:
    person, matrix = rig(1), (500.0, 0.0, 0.0, 500.0, 120.0, -60.0)
    dark = [cavity(frame(person, Pose(jaw=jaw), matrix)) for jaw in (0.0, 0.25, 0.5, 0.75, 1.0)]
    assert dark[0] == 0
    assert dark == sorted(dark)
    assert dark[-1] > 1500
    assert cavity(frame(person, Pose(jaw=1, press=1), matrix)) == 0


@pytest.mark.parametrize("beard", get_args(Beard))
def test_pressed_lips_hide_teeth_and_cavity_under_any_beard(beard: Beard) -> None:
    person, matrix = (
        DrawnRig(Person(beard=beard, manly=1.0)),
        (700.0, 0.0, 0.0, 700.0, 120.0, -95.0),
    )

    def inside(pose: Pose) -> tuple[int, int]:
        pixels = frame(person, pose, matrix)
        return cavity(pixels), int((pixels[90:190, 60:180, :3].min(axis=2) > 205).sum())

    for jaw in (0.2, 0.6):
        dark, teeth = inside(Pose(jaw=jaw))
        assert dark + teeth > 300
        assert inside(Pose(jaw=jaw, press=1)) == (0, 0)


def test_lids_hide_the_eyewhite() -> None:
    person, matrix = rig(6), (600.0, 0.0, 0.0, 600.0, 120.0, 130.0)
    white = [
        int(
            (
                frame(person, Pose(lid_left=lid, lid_right=lid), matrix)[..., :3].min(axis=2) > 215
            ).sum()
        )
        for lid in (0.0, 0.4, 0.7, 1.0)
    ]
    assert white == sorted(white, reverse=True)
    assert white[0] > 300
    assert white[-1] == 0


@pytest.mark.parametrize("number", [0, 2, 3, 5])
def test_a_slow_turn_never_jumps(number: int) -> None:
    person, steps = rig(number), []
    last = None
    for turn in np.arange(-24, 24.1, 2.0):
        now = frame(person, Pose(yaw=float(turn), pitch=float(turn) / 5)).astype(np.int16)
        if last is not None:
            steps.append(np.abs(now - last).sum())
        last = now
    assert max(steps) < 1.8 * float(np.median(steps))


def test_a_move_of_a_tenth_of_a_pixel_is_seen() -> None:
    person = rig()
    here = frame(person)
    there = frame(person, matrix=(130.0, 0.0, 0.0, 130.0, 120.1, 110.0))
    change = np.abs(here.astype(int) - there.astype(int))
    assert (change > 0).sum() > 500
    assert change.max() < 100


def test_the_matrix_places_the_person() -> None:
    person = rig(1)
    small = person.draw(NEUTRAL, (65.0, 0.0, 0.0, 65.0, 60.0, 55.0), (120, 130))
    big = frame(person)
    half = big.reshape(130, 2, 120, 2, 4).mean(axis=(1, 3))
    mine = np.zeros((130, 120, 4))
    height, width = small.pixels.shape[:2]
    mine[small.y : small.y + height, small.x : small.x + width] = small.pixels
    assert np.abs(mine - half).mean() < 2.0


def test_only_the_covered_part_is_drawn() -> None:
    person = rig()
    sheet = person.draw(NEUTRAL, (40.0, 0.0, 0.0, 40.0, 500.0, 100.0), (1280, 720))
    assert sheet.pixels.shape[1] < 140
    assert sheet.pixels[0].max() == 0
    off = person.draw(NEUTRAL, (40.0, 0.0, 0.0, 40.0, -500.0, 100.0), (1280, 720))
    assert off.pixels.max() == 0


def test_back_shows_no_face() -> None:
    person, matrix = rig(6), (200.0, 0.0, 0.0, 200.0, 120.0, 130.0)
    still = frame(person, NEUTRAL, matrix, view="back")
    acted = frame(person, Pose(jaw=1, lid_left=1, gaze_x=1), matrix, view="back")
    assert np.abs(still.astype(int) - acted.astype(int))[:200].mean() < 0.5
    assert np.abs(still.astype(int) - frame(person, NEUTRAL, matrix).astype(int)).mean() > 10


@pytest.mark.parametrize("number", range(len(CARDS)))
def test_extent_holds_the_person(number: int) -> None:
    person = rig(number)
    scale = 60.0
    for turn, view in ((0, "front"), (40, "front"), (-40, "back")):
        sheet = person.draw(
            NEUTRAL, (scale, 0, 0, scale, 150.0, 80.0), (300, 500), yaw=turn, view=view
        )
        rows, columns = np.nonzero(sheet.pixels[..., 3] > 8)
        assert (columns.min() + sheet.x - 150) / scale >= person.extent.left - 0.02
        assert (columns.max() + sheet.x - 150) / scale <= person.extent.right + 0.02
        assert (rows.min() + sheet.y - 80) / scale >= person.extent.top - 0.02
        assert (rows.max() + sheet.y - 80) / scale <= person.extent.bottom + 0.03
        assert (rows.max() + sheet.y - 80) / scale > person.extent.bottom - 0.4


def test_light_comes_from_where_it_is_said() -> None:
    person = rig(1)
    left, right = (
        person.draw(NEUTRAL, MATRIX, SIZE, light=side, contrast=0.8).pixels.astype(int)
        for side in (-1.0, 1.0)
    )
    middle = left.shape[1] // 2
    face = slice(60, 160)
    assert left[face, :middle].sum() > right[face, :middle].sum()
    assert left[face, middle:].sum() < right[face, middle:].sum()


def test_engine_writes_a_rig_that_loads(tmp_path: Path) -> None:
    request = Request(
        params={"name": "Mara", "description": "round glasses", "wardrobe": "", "seed": 3},
        inputs={},
        folder=tmp_path,
        progress=lambda _: None,
        weights=None,  # type: ignore[arg-type]
    )
    made = DrawnPortrait().run(request)
    loaded = load_rig(made["rig"])
    assert loaded.person.glasses == "round"
    assert json.loads(made["rig"].read_text())["glasses"] == "round"
    first = made["still"].read_bytes()
    with Image.open(made["still"]) as still:
        assert still.mode == "RGBA"
        assert still.height == 720
    assert DrawnPortrait().run(request)["still"].read_bytes() == first


def test_a_damaged_rig_is_named(tmp_path: Path) -> None:
    path = tmp_path / "rig.json"
    path.write_text("{}}")
    with pytest.raises(EngineError, match=r"rig\.json"):
        load_rig(path)
