"""A wardrobe: the clothes that a card's words name, completed so that their colours go together."""

from typing import cast

from duocast.runtime.picture.drawn.colour import lightness
from duocast.runtime.picture.drawn.hand import Hand
from duocast.runtime.picture.drawn.palettes import CLOTH, SUITES, TIES
from duocast.runtime.picture.drawn.person import Clothes, Garment, Pattern
from duocast.runtime.picture.drawn.words import Words

_GARMENTS = (
    ("lab coat|laboratory coat|white coat|labcoat|scrubs", "lab-coat"),
    ("hoodie|hoody|hooded sweatshirt", "hoodie"),
    ("turtleneck|turtle neck|polo neck|roll neck|rollneck", "turtleneck"),
    ("cardigan", "cardigan"),
    ("suit|tuxedo", "suit"),
    ("blazer|jacket|sports coat|waistcoat", "blazer"),
    ("raincoat|overcoat|trench coat|coat|parka|trenchcoat", "coat"),
    ("t-shirt|tee|tshirt|tank top|t shirt", "t-shirt"),
    ("dress|gown|frock", "dress"),
    ("sweater|jumper|pullover|sweatshirt|knit|knitwear|fleece", "sweater"),
    ("shirt|blouse|flannel|uniform", "shirt"),
)
_NOUNS = {
    "lab-coat": "lab coat|coat|labcoat",
    "hoodie": "hoodie|hoody|sweatshirt",
    "turtleneck": "turtleneck|turtle neck|polo neck|roll neck|rollneck",
    "cardigan": "cardigan",
    "suit": "suit|tuxedo",
    "blazer": "blazer|jacket",
    "coat": "raincoat|overcoat|trench coat|coat|parka|trenchcoat",
    "t-shirt": "t-shirt|tee|tshirt|t shirt|tank top",
    "dress": "dress|gown|frock",
    "sweater": "sweater|jumper|pullover|sweatshirt|knit|knitwear|fleece",
    "shirt": "shirt|blouse|flannel|uniform",
}


def clothes_of(words: Words, hand: Hand, manly: float) -> Clothes:
    """What somebody wears."""
    tie = words.has("tie|necktie")
    garment = words.first(_GARMENTS)
    if garment is None:
        garment = (
            "suit"
            if tie
            else hand.pick(
                "garment",
                "sweater",
                "shirt",
                "turtleneck",
                "blazer",
                "cardigan",
                "t-shirt",
                "sweater",
            )
        )
    if tie and garment == "shirt":
        garment = "suit" if not words.has("shirt and tie") else "blazer"
    colour, under, legs = SUITES[int(hand.stream("suite").integers(len(SUITES)))]
    chosen = words.cloth_colour(_NOUNS[garment]) or CLOTH[colour]
    if garment == "suit":
        chosen = (
            words.cloth_colour("suit|tuxedo")
            or CLOTH[hand.pick("suit", "navy", "charcoal", "brown", "forest")]
        )
        legs, under = "", hand.pick("under", "white", "sky", "cream", "white")
    if garment == "lab-coat":
        chosen, under = "#f4f3f0", hand.pick("under", "sky", "sage", "rose", "navy")
    below = (
        words.cloth_colour("shirt|blouse|t-shirt|top")
        if garment not in ("shirt", "t-shirt")
        else None
    )
    necktie = words.cloth_colour("tie|necktie") or CLOTH[hand.pick("tie", *TIES)]
    wears_tie = tie or (garment == "suit" and manly > 0.5 and not words.has("no tie|open collar"))
    return Clothes(
        garment=cast(Garment, garment),
        colour=chosen,
        under=apart(below or CLOTH[under], chosen),
        legs=words.cloth_colour("trousers|pants|jeans|skirt") or (CLOTH[legs] if legs else chosen),
        shoes=hand.pick("shoes", "#2b2626", "#4a3226", "#e7e2da", "#33363f"),
        tie=necktie if wears_tie and garment in ("suit", "blazer", "lab-coat") else None,
        skirt=garment == "dress" or words.has("skirt"),
        pattern=cast(
            Pattern,
            words.first(
                (("striped|stripes|stripy", "stripes"), ("polka dots?|polka-dot|dotted", "dots"))
            )
            or "plain",
        ),
    )


def apart(under: str, over: str) -> str:
    """The under colour, lifted when it would sink into the garment."""
    if abs(lightness(under) - lightness(over)) > 0.14:
        return under
    return CLOTH["white"] if lightness(over) < 0.75 else CLOTH["charcoal"]
