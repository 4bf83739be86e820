"""Casting: from a card's words to a person. What the words say is kept; the rest comes from a seeded hand."""

from typing import cast

from duocast.compiler.operations.portrait import PortraitParams
from duocast.runtime.picture.drawn.colour import tone
from duocast.runtime.picture.drawn.features import (
    beard_of,
    complexion,
    earrings_of,
    face_of,
    glasses_of,
)
from duocast.runtime.picture.drawn.hairdo import brow_of, hair_of
from duocast.runtime.picture.drawn.hand import Hand
from duocast.runtime.picture.drawn.palettes import CLOTH, FRAMES, SCARVES
from duocast.runtime.picture.drawn.person import Clothes, Hair, Headwear, Person
from duocast.runtime.picture.drawn.wardrobe import apart, clothes_of
from duocast.runtime.picture.drawn.words import Words


def cast_person(params: PortraitParams) -> Person:
    """The person a card describes: the same card gives the same person."""
    words = Words(f"{params.description} , {params.wardrobe}")
    hand = Hand(params)
    manly = words.manly(params.name)
    manly = min(1.0, max(0.0, manly + hand.between("lean", -0.12, 0.12)))
    age = words.age() or hand.between("age", 24, 48)
    skin = complexion(words, hand)
    hair = hair_of(words, hand, manly, age, skin)
    headwear = (
        words.first(
            (
                ("hijab|headscarf|head scarf|veil", "hijab"),
                ("beanie|woolly hat|wool hat|knit cap", "beanie"),
                ("cap|baseball cap", "cap"),
            )
        )
        or "none"
    )
    accent = Words(params.wardrobe + " , " + params.description)
    return Person(
        name=params.name,
        manly=round(manly, 3),
        age=age,
        build=_breadth(words, hand),
        skin=skin,
        face=face_of(words, hand, manly, age, skin),
        hair=hair,
        brow_colour=brow_of(hair, skin),
        beard=beard_of(words, hand, manly, age),
        beard_colour=words.beard_colour(),
        glasses=glasses_of(words, hand),
        frame_colour=hand.pick("frame", *FRAMES),
        headwear=cast(Headwear, headwear),
        headwear_colour=accent.cloth_colour("hijab|headscarf|head scarf|veil|beanie|cap|hat")
        or CLOTH[hand.pick("scarf", *SCARVES)],
        earrings=earrings_of(words, hand, manly, age),
        clothes=clothes_of(accent, hand, manly),
    )


def _breadth(words: Words, hand: Hand) -> float:
    if words.has("heavy|heavyset|stout|plump|burly|broad|stocky|large|big|chubby|fat"):
        return 1.15
    if words.has("thin|slim|slender|slight|skinny|lean|petite|wiry|gaunt"):
        return 0.90
    return hand.between("build", 0.94, 1.06)


def person_from_colours(hair: str, skin: str, clothes: str, long_hair: bool) -> Person:
    """Somebody known only by sampled colours ("#rrggbb"): for the back of a photographed character."""
    return Person(
        manly=0.15 if long_hair else 0.85,
        skin=skin,
        hair=Hair(style="long" if long_hair else "short", colour=hair, parting="left"),
        brow_colour=tone(hair, 0.85),
        clothes=Clothes(garment="sweater", colour=clothes, under=apart("#f1eee8", clothes)),
    )
