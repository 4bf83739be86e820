"""A card's words are kept, and what they leave open is the same every time."""

import numpy as np
import pytest

from duocast.compiler.operations.portrait import PortraitParams
from duocast.runtime.picture.drawn.casting import cast_person, person_from_colours
from duocast.runtime.picture.drawn.colour import lightness
from duocast.runtime.picture.drawn.palettes import CLOTH, HAIRS
from duocast.runtime.picture.drawn.person import Person
from duocast.runtime.picture.drawn.rig import DrawnRig
from duocast.runtime.picture.pose import NEUTRAL


def person(description: str, wardrobe: str = "", name: str = "Robin", seed: int = 0) -> Person:
    return cast_person(
        PortraitParams(name=name, description=description, wardrobe=wardrobe, seed=seed)
    )


@pytest.mark.parametrize(
    ("words", "low", "high"),
    [
        ("a woman in her sixties", 60, 69),
        ("late forties", 46, 50),
        ("a man of 41", 41, 41),
        ("thirty-two years old", 32, 32),
        ("an old fisherman", 60, 80),
        ("a teenager", 13, 18),
        ("72-year-old", 72, 72),
    ],
)
def test_age(words: str, low: float, high: float) -> None:
    assert low <= person(words).age <= high


@pytest.mark.parametrize(
    ("words", "style"),
    [
        ("bald", "bald"),
        ("an afro", "afro"),
        ("hair in a bun", "bun"),
        ("a black ponytail", "ponytail"),
        ("short curly hair, a woman", "curly-short"),
        ("long straight hair", "long"),
        ("long wavy hair", "wavy"),
        ("a blonde bob", "bob"),
        ("dreadlocks", "dreadlocks"),
        ("buzz cut", "buzz"),
    ],
)
def test_hair_style(words: str, style: str) -> None:
    assert person(words).hair.style == style


@pytest.mark.parametrize(
    ("words", "style"),
    [
        ("a man with wavy hair", "wavy-short"),
        ("a man with long, wavy hair", "wavy"),
        ("a young woman, wavy hair", "wavy"),
        ("a woman of 66, white wavy hair", "wavy-bob"),
        ("a man, straight hair", "short"),
        ("a man, long-haired, straight hair", "long"),
    ],
)
def test_hair_is_as_long_as_sex_and_age_make_it_unless_said(words: str, style: str) -> None:
    assert person(words).hair.style == style


@pytest.mark.parametrize(
    ("words", "colour"),
    [
        ("black hair", "black"),
        ("grey-haired", "grey"),
        ("blonde bob", "blonde"),
        ("white hair in a bun", "white"),
    ],
)
def test_hair_colour(words: str, colour: str) -> None:
    assert person(words).hair.colour == HAIRS[colour]


@pytest.mark.parametrize(
    ("words", "garment", "colour"),
    [
        ("red hoodie", "hoodie", "red"),
        ("a navy suit and a tie", "suit", "navy"),
        ("black turtleneck", "turtleneck", "black"),
        ("yellow raincoat", "coat", "yellow"),
        ("mustard sweater over a white shirt", "sweater", "mustard"),
    ],
)
def test_clothes(words: str, garment: str, colour: str) -> None:
    clothes = person("someone", words).clothes
    assert (clothes.garment, clothes.colour) == (garment, CLOTH[colour])


def test_lab_coat_is_white() -> None:
    clothes = person("a scientist in a lab coat").clothes
    assert clothes.garment == "lab-coat"
    assert lightness(clothes.colour) > 0.9


def test_other_words() -> None:
    assert person("round glasses").glasses == "round"
    assert person("no glasses").glasses == "none"
    assert person("a man with a grey beard").beard == "full"
    assert person("stubble").beard == "stubble"
    assert person("clean-shaven man").beard == "none"
    assert person("a woman in a teal hijab").headwear == "hijab"
    assert person("freckled").face.freckles > 0
    assert lightness(person("dark-skinned man").skin) < lightness(person("pale man").skin) - 0.3


def test_name_hints_at_manliness_and_words_win() -> None:
    assert person("", name="Jonas").manly > 0.8
    assert person("", name="Mara").manly < 0.2
    assert person("a woman", name="Jonas").manly < 0.2


def test_same_card_same_person() -> None:
    card = PortraitParams(name="Ada", description="an engineer", seed=7)
    assert cast_person(card).to_json() == cast_person(card).to_json()


def test_words_left_open_differ_between_people() -> None:
    made = {person("", name=name).to_json() for name in ("Ada", "Bo", "Cy", "Di", "Ed")}
    assert len(made) == 5


def test_glasses_are_seen() -> None:
    matrix, size = (200.0, 0.0, 0.0, 200.0, 150.0, 150.0), (300, 300)
    plain = person("a woman")
    shown = [
        DrawnRig(plain.replace(glasses=kind)).draw(NEUTRAL, matrix, size).pixels
        for kind in ("none", "square")
    ]
    change = np.abs(shown[0].astype(int) - shown[1].astype(int)).max(axis=2) > 40
    rows, columns = np.nonzero(change)
    assert change.sum() > 300
    assert 100 < rows.mean() < 180
    assert columns.min() < 130
    assert columns.max() > 170


def test_person_from_colours_is_drawn_in_them() -> None:
    made = person_from_colours("#204080", "#c09070", "#308040", True)
    rig = DrawnRig(made)
    pixels = rig.draw(
        NEUTRAL, (100.0, 0.0, 0.0, 100.0, 150.0, 100.0), (300, 300), view="back"
    ).pixels
    blue = (pixels[..., 2] > pixels[..., 0].astype(int) + 30) & (pixels[..., 3] == 255)
    green = (pixels[..., 1] > pixels[..., 0].astype(int) + 30) & (pixels[..., 3] == 255)
    assert blue.sum() > 2000
    assert green.sum() > 2000
