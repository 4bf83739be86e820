"""Everything a card can ask for can be drawn, from every side; and what is blended is what would be drawn."""

from itertools import product
from typing import get_args

import numpy as np
import pytest

from duocast.compiler.operations.portrait import PortraitParams
from duocast.runtime.picture.drawn.casting import cast_person
from duocast.runtime.picture.drawn.palettes import HAIRS
from duocast.runtime.picture.drawn.person import (
    VERSION,
    Beard,
    Clothes,
    Earrings,
    Face,
    FaceShape,
    Garment,
    Glasses,
    Hair,
    HairStyle,
    Headwear,
    Parting,
    Person,
)
from duocast.runtime.picture.drawn.rig import DrawnRig
from duocast.runtime.picture.drawn.sketch import SketchPen
from duocast.runtime.picture.drawn.stance import Place, stance
from duocast.runtime.picture.pose import NEUTRAL, Pose
from duocast.runtime.picture.rig import Matrix

SIZE = (64, 120)
MATRIX: Matrix = (24.0, 0.0, 0.0, 24.0, 32.0, 24.0)
POSE = Pose(jaw=0.3, yaw=3.0, pitch=-2.0, roll=1.5, breath=0.4, smile=0.3, shrug=0.2)


def shown(person: Person, pose: Pose = NEUTRAL) -> None:
    """Drawn from several sides: there, and inside what the pixels can hold."""
    rig = DrawnRig(person)
    for yaw, view in ((-40.0, "front"), (0.0, "front"), (40.0, "front"), (-30.0, "back")):
        pixels = rig.draw(pose, MATRIX, SIZE, yaw=yaw, view=view).pixels
        assert (pixels[..., 3] == 255).mean() > 0.25, (yaw, view)
        assert (pixels[..., :3] <= pixels[..., 3:]).all(), (yaw, view)


@pytest.mark.parametrize("style", get_args(HairStyle))
def test_every_hair(style: HairStyle) -> None:
    for parting in get_args(Parting) if style in ("short", "long") else ("left", "back"):
        shown(Person(hair=Hair(style=style, parting=parting)))


@pytest.mark.parametrize("garment", get_args(Garment))
def test_every_garment(garment: Garment) -> None:
    for manly, tie in ((0.0, None), (1.0, "#803040")):
        shown(Person(manly=manly, clothes=Clothes(garment=garment, tie=tie, skirt=manly == 0.0)))


@pytest.mark.parametrize(
    ("headwear", "style"), list(product(get_args(Headwear)[1:], ("bald", "afro", "wavy", "bun")))
)
def test_every_headwear(headwear: Headwear, style: HairStyle) -> None:
    shown(Person(headwear=headwear, hair=Hair(style=style)))


@pytest.mark.parametrize("number", range(6))
def test_every_beard_and_face(number: int) -> None:
    beards, shapes = get_args(Beard), get_args(FaceShape)
    glasses, earrings = get_args(Glasses), get_args(Earrings)
    for shift in (0, 3):
        face = Face(shape=shapes[number], freckles=number % 2, hood=0.2 * number)
        shown(
            Person(
                beard=beards[(number + shift) % len(beards)],
                face=face,
                age=(8, 15, 30, 50, 70, 90)[(number + shift) % 6],
                glasses=glasses[(number + shift) % len(glasses)],
                earrings=earrings[number % len(earrings)],
            )
        )


def test_a_moving_pose_is_drawn() -> None:
    shown(Person(beard="full", glasses="square", hair=Hair(style="long")), POSE)


def test_patterns_are_drawn() -> None:
    for pattern, garment in product(("stripes", "dots"), ("t-shirt", "sweater", "shirt")):
        shown(Person(clothes=Clothes(garment=garment, pattern=pattern)))


@pytest.mark.parametrize("yaw", [-17.0, 22.0])
def test_a_smaller_frame_is_a_window_on_a_bigger_one(yaw: float) -> None:
    rig = DrawnRig(Person(hair=Hair(style="long"), glasses="round"))
    big = rig.draw(POSE, (300.0, 0.0, 0.0, 300.0, 300.0, 260.0), (600, 700), yaw=yaw)
    small = rig.draw(POSE, (300.0, 0.0, 0.0, 300.0, 100.0, 110.0), (210, 230), yaw=yaw)
    assert (small.x, small.y) == (0, 0)
    top, left = 150 - big.y, 200 - big.x
    window = big.pixels[top : top + 230, left : left + 210].astype(int)
    change = np.abs(window - small.pixels).max(axis=2)
    assert (change > 8).mean() < 0.002  # the raster smooths an edge otherwise where it is cut
    assert change.mean() < 0.1


@pytest.mark.parametrize("style", ["short", "long", "curly-bob", "ponytail"])
def test_blended_lines_lie_where_drawn_ones_would(style: HairStyle) -> None:
    rig = DrawnRig(Person(hair=Hair(style=style), beard="short"))
    for pose, yaw in ((Pose(yaw=1.7, pitch=2.6), 18.0), (Pose(yaw=-5.1, pitch=-1.4), -24.0)):
        stood = stance(pose, Place(yaw), 0.03)
        for study, furthest in ((rig._skin, 0.003), (rig._nose, 0.0008), (rig._shadow, 0.001)):
            blended = study._blended(stood)
            assert blended is not None
            pen = SketchPen()
            study._draw(pen, stood)
            drawn = pen.sketch()
            assert drawn.form == blended[0].form
            lines = drawn.numbers[: blended[0].extras]
            assert np.abs(np.array(blended[1][: len(lines)]) - lines).max() < furthest


def test_beards_have_their_own_colour() -> None:
    def person(words: str) -> Person:
        return cast_person(PortraitParams(name="Robin", description=words, wardrobe=""))

    both = person("a man with brown hair and a short white beard")
    assert (both.hair.colour, both.beard, both.beard_colour) == (
        HAIRS["brown"],
        "short",
        HAIRS["white"],
    )
    assert person("a man with a short white beard").hair.colour == HAIRS["white"]
    assert person("a man with red hair and a beard").beard_colour is None


def test_a_rig_tells_which_hand_draws_it() -> None:
    assert Person().version == VERSION
    assert f'"version":{VERSION}'.encode() in Person().to_json()
