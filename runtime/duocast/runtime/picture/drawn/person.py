"""A drawn person: everything about how somebody looks, as one frozen value. rig.json is this value."""

from typing import Literal

from duocast.compiler.value import Value
from duocast.runtime import engines

VERSION = int(engines.DRAWN.version)
"""Grows whenever the same person is drawn otherwise, so that films made before are made again."""

FaceShape = Literal["oval", "round", "square", "heart", "long", "diamond"]
HairStyle = Literal[
    "bald",
    "buzz",
    "receding",
    "short",
    "crop",
    "quiff",
    "slick",
    "curly-short",
    "wavy-short",
    "afro",
    "pixie",
    "bob",
    "curly-bob",
    "wavy-bob",
    "long",
    "wavy",
    "curly-long",
    "ponytail",
    "bun",
    "dreadlocks",
    "braid",
]
Parting = Literal["left", "right", "centre", "bangs", "back"]
Beard = Literal["none", "stubble", "moustache", "goatee", "short", "full"]
Glasses = Literal["none", "round", "square", "cat-eye", "half-rim"]
Garment = Literal[
    "t-shirt",
    "shirt",
    "sweater",
    "turtleneck",
    "hoodie",
    "cardigan",
    "blazer",
    "suit",
    "coat",
    "lab-coat",
    "dress",
]
Headwear = Literal["none", "hijab", "cap", "beanie"]
Earrings = Literal["none", "stud", "hoop", "drop"]


Pattern = Literal["plain", "stripes", "dots"]


class Clothes(Value):
    """What somebody wears: colours as "#rrggbb"."""

    garment: Garment = "sweater"
    colour: str = "#3f5f7a"
    under: str = "#f3efe6"
    """The shirt or top beneath an open garment."""
    legs: str = "#343a4a"
    shoes: str = "#2b2626"
    tie: str | None = None
    skirt: bool = False
    pattern: Pattern = "plain"


class Hair(Value):
    """The hair on the head; `colour` is its middle tone."""

    style: HairStyle = "short"
    colour: str = "#4a342a"
    parting: Parting = "left"
    volume: float = 1.0


class Face(Value):
    """Measures of the face, each 1 for the ordinary one unless said otherwise."""

    shape: FaceShape = "oval"
    jaw: float = 1.0
    eye_size: float = 1.0
    eye_tilt: float = 0.0
    """-1 outer corners down, 1 up."""
    eye_gap: float = 1.0
    eye_colour: str = "#5a3d2b"
    hood: float = 0.0
    """How much of the lid is covered by its fold, 0 to 1."""
    lashes: float = 0.5
    brow_weight: float = 1.0
    brow_arch: float = 0.5
    nose_width: float = 1.0
    nose_length: float = 1.0
    nose_height: float = 1.0
    lip_fullness: float = 1.0
    mouth_width: float = 1.0
    lip_colour: str | None = None
    """A lipstick, or None for the skin's own."""
    ears: float = 1.0
    freckles: float = 0.0
    blush: float = 0.5


class Person(Value):
    """A character as the artist sees them."""

    version: int = VERSION
    """Of the hand that draws them."""
    name: str = ""
    manly: float = 0.5
    """0 womanly to 1 manly: build, jaw and brows lean on it."""
    age: float = 32.0
    build: float = 1.0
    """Breadth of the body, 0.85 slight to 1.2 heavy."""
    skin: str = "#e2b08f"
    face: Face = Face()
    hair: Hair = Hair()
    brow_colour: str = "#3c2a22"
    beard: Beard = "none"
    beard_colour: str | None = None
    """None for the hair's own."""
    glasses: Glasses = "none"
    frame_colour: str = "#2b2a2e"
    headwear: Headwear = "none"
    headwear_colour: str = "#7b4b5a"
    earrings: Earrings = "none"
    clothes: Clothes = Clothes()
