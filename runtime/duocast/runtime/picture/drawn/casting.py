"""Casting: from a card's words to a person. What the words say is kept; the rest comes from a seeded hand."""

import hashlib
from typing import cast

import numpy as np

from duocast.compiler.operations.portrait import PortraitParams
from duocast.runtime.picture.drawn.colour import lightness, mix, tone
from duocast.runtime.picture.drawn.palettes import (
    CLOTH,
    EYES,
    FRAMES,
    HAIRS,
    SCARVES,
    SKINS,
    SUITES,
    TIES,
)
from duocast.runtime.picture.drawn.person import (
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
from duocast.runtime.picture.drawn.words import Words

_STYLES = (
    ("bald|shaven head|shaved head|hairless", "bald"),
    ("receding|thinning|balding", "receding"),
    ("buzz cut|buzz|buzzed|buzzcut|cropped close|crew cut|shaved", "buzz"),
    ("dreadlocks|dreads|dreadlocked|locs", "dreadlocks"),
    ("afro", "afro"),
    ("ponytail|pony tail", "ponytail"),
    ("bun|chignon|topknot|updo|hair up|tied back|pinned up", "bun"),
    ("braids?|braided|plait|plaits|plaited", "braid"),
    ("pixie|pixie cut", "pixie"),
    ("quiff|pompadour", "quiff"),
    ("slicked?[- ]back|slicked|combed back|swept back", "slick"),
    ("curly bob", "curly-bob"),
    ("bob|bobbed", "bob"),
    ("long curly|long curls", "curly-long"),
    ("long wavy|wavy", "wavy"),
    ("long (?:[a-z]+ ){0,2}hair|long-haired|straight hair", "long"),
)
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
_SKIN_WORDS = (
    ("porcelain|very pale|pale", "porcelain"),
    ("ebony|very dark skin|very dark-skinned", "ebony"),
    ("dark[- ]skin|dark[- ]skinned|black (?:woman|man|girl|boy|teenager|student)", "dark"),
    ("nigerian|ghanaian|kenyan|senegalese|african", "dark"),
    ("deep brown skin|deep skin|african[- ]american|jamaican|haitian", "deep"),
    ("brown[- ]skin|brown[- ]skinned|indian|pakistani|south asian|bengali|tamil|sri lankan", "brown"),
    ("tanned|tan skin|bronzed?|latina|latino|mexican|brazilian|filipina|filipino", "tan"),
    ("olive skin|olive-skinned|mediterranean|arab|persian|turkish|greek", "olive"),
    ("lebanese|egyptian|moroccan|italian|spanish", "olive"),
    ("fair[- ]skin|fair[- ]skinned|freckled|freckles|scandinavian|swedish|irish|red-haired|redhead", "fair"),
    ("light[- ]skin|light[- ]skinned|east asian|asian|japanese|chinese|korean|white (?:woman|man)", "light"),
    ("rosy|ruddy", "rosy"),
)  # fmt: skip


class _Hand:
    """A seeded generator that picks like an artist: each question has its own stream, so answers don't shift."""

    def __init__(self, params: PortraitParams) -> None:
        self.root = f"{params.seed}|{params.name.strip().lower()}"

    def stream(self, question: str) -> np.random.Generator:
        digest = hashlib.sha256(f"{self.root}|{question}".encode()).digest()
        return np.random.default_rng(int.from_bytes(digest[:8], "big"))

    def pick(self, question: str, *choices: str) -> str:
        return choices[int(self.stream(question).integers(len(choices)))]

    def chance(self, question: str, share: float) -> bool:
        return bool(self.stream(question).random() < share)

    def between(self, question: str, low: float, high: float) -> float:
        return round(float(self.stream(question).uniform(low, high)), 3)


def cast_person(params: PortraitParams) -> Person:
    """The person a card describes: the same card gives the same person."""
    words = Words(f"{params.description} , {params.wardrobe}")
    hand = _Hand(params)
    manly = words.manly(params.name)
    manly = min(1.0, max(0.0, manly + hand.between("lean", -0.12, 0.12)))
    age = words.age() or hand.between("age", 24, 48)
    skin = _skin(words, hand)
    hair = _hair(words, hand, manly, age, skin)
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
        face=_face(words, hand, manly, age, skin),
        hair=hair,
        brow_colour=_brow(hair, skin),
        beard=_beard(words, hand, manly, age),
        beard_colour=words.beard_colour(),
        glasses=_glasses(words, hand),
        frame_colour=hand.pick("frame", *FRAMES),
        headwear=cast(Headwear, headwear),
        headwear_colour=accent.cloth_colour("hijab|headscarf|head scarf|veil|beanie|cap|hat")
        or CLOTH[hand.pick("scarf", *SCARVES)],
        earrings=_earrings(words, hand, manly, age),
        clothes=_clothes(accent, hand, manly),
    )


def _skin(words: Words, hand: _Hand) -> str:
    named = words.first(_SKIN_WORDS)
    if named is None and words.has("black hair|dark hair"):
        named = hand.pick("skin", "light", "olive", "tan", "brown", "fair")
    if named is None and words.hair_colour() in (
        HAIRS["blonde"],
        HAIRS["copper"],
        HAIRS["red"],
        HAIRS["platinum"],
    ):
        named = hand.pick("skin", "fair", "rosy", "porcelain", "light")
    if named is None and words.has("afro|dreadlocks|dreads|locs"):
        named = hand.pick("skin", "deep", "dark", "brown")
    named = named or hand.pick(
        "skin", "fair", "rosy", "light", "light", "olive", "tan", "brown", "deep", "dark"
    )
    return SKINS[named]


def _breadth(words: Words, hand: _Hand) -> float:
    if words.has("heavy|heavyset|stout|plump|burly|broad|stocky|large|big|chubby|fat"):
        return 1.15
    if words.has("thin|slim|slender|slight|skinny|lean|petite|wiry|gaunt"):
        return 0.90
    return hand.between("build", 0.94, 1.06)


def _hair(words: Words, hand: _Hand, manly: float, age: float, skin: str) -> Hair:
    style = words.first(_STYLES) or _style(words, hand, manly, age, skin)
    parting = words.first(
        (("bangs|fringe", "bangs"), ("centre part|center part|middle part|curtains", "centre"))
    )
    if parting is None:
        parting = (
            "back"
            if style in ("ponytail", "bun", "slick", "dreadlocks", "afro", "buzz", "receding")
            and not hand.chance("swept", 0.25)
            else hand.pick(
                "part", "left", "right", "centre" if manly < 0.5 else "left", "left", "right"
            )
        )
    if style == "crop":
        parting = "bangs"
    if style in ("short", "quiff", "pixie", "curly-short") and parting == "centre":
        parting = "right"
    colour = words.hair_colour() or _hair_colour(hand, age, skin)
    return Hair(
        style=cast(HairStyle, style),
        colour=colour,
        parting=cast(Parting, parting),
        volume=hand.between("volume", 0.88, 1.12),
    )


def _style(words: Words, hand: _Hand, manly: float, age: float, skin: str) -> str:
    deep = lightness(skin) < 0.55
    short = words.has("short(?:-haired)? |short|cropped|neat") and not words.has("short and stout")
    if words.has("curly|curls|frizzy"):
        if short or manly > 0.5:
            return "curly-short"
        return "curly-long" if words.has("long") else hand.pick("style", "curly-bob", "curly-long")
    if words.has("long-haired|long hair"):
        return hand.pick("style", "long", "wavy")
    if manly > 0.5:
        if age > 58 and not words.has("hair|haired"):
            return hand.pick("style", "receding", "short", "slick", "short")
        if deep:
            return hand.pick("style", "buzz", "buzz", "afro", "dreadlocks", "crop")
        return hand.pick("style", "short", "quiff", "crop", "curly-short", "slick", "short")
    if short:
        return "pixie"
    if age > 60:
        return hand.pick("style", "bun", "bob", "pixie", "curly-short")
    if deep:
        return hand.pick("style", "afro", "curly-bob", "bun", "braid", "curly-long")
    return hand.pick(
        "style", "wavy", "bob", "long", "ponytail", "bun", "wavy", "braid", "curly-bob"
    )


def _hair_colour(hand: _Hand, age: float, skin: str) -> str:
    level = lightness(skin)
    if level < 0.5:
        colour = "black"
    elif level < 0.6:
        colour = hand.pick("hair", "black", "black", "dark brown")
    elif level < 0.78:
        colour = hand.pick("hair", "black", "dark brown", "brown", "dark brown")
    else:
        colour = hand.pick(
            "hair",
            "dark brown",
            "brown",
            "chestnut",
            "auburn",
            "dark blonde",
            "blonde",
            "copper",
            "black",
        )
    share = min(1.0, max(0.0, (age - 48) / 20))
    if share <= 0.0:
        return HAIRS[colour]
    return mix(HAIRS[colour], HAIRS["silver" if age < 70 else "white"], round(0.9 * share, 2))


def _brow(hair: Hair, skin: str) -> str:
    colour = hair.colour
    if lightness(colour) > 0.62:
        return mix(tone(colour, 0.66), tone(skin, 0.5), 0.35)
    return tone(colour, 0.85)


def _face(words: Words, hand: _Hand, manly: float, age: float, skin: str) -> Face:
    shape = words.first(
        (
            ("round face|round-faced|chubby", "round"),
            ("square jaw|square face|strong jaw", "square"),
            ("long face|narrow face", "long"),
            ("heart-shaped", "heart"),
            ("angular|gaunt|sharp features", "diamond"),
        )
    )
    pool = (
        ("oval", "square", "long", "oval", "round")
        if manly > 0.5
        else ("oval", "heart", "round", "oval", "diamond")
    )
    deep = lightness(skin) < 0.62
    eyes = words.near({**EYES, "gray": EYES["grey"]}, "eyes|eyed", 1)
    pool_eyes = (
        ("brown", "dark", "brown")
        if lightness(skin) < 0.76
        else ("brown", "hazel", "green", "blue", "grey", "brown")
    )
    lipstick = words.has("lipstick|red lips|make-up|makeup|glamorous")
    return Face(
        shape=cast(FaceShape, shape or hand.pick("face", *pool)),
        jaw=hand.between("jaw", 0.96, 1.06),
        eye_size=round(hand.between("eyes", 0.95, 1.10) + 0.06 * (0.5 - manly), 3),
        eye_tilt=hand.between("tilt", -0.5, 0.8),
        eye_gap=hand.between("gap", 0.97, 1.04),
        eye_colour=eyes or EYES[hand.pick("iris", *pool_eyes)],
        hood=round(
            min(
                1.0,
                hand.between("hood", 0.0, 0.35)
                + (0.35 if words.has("east asian|asian|japanese|chinese|korean") else 0)
                + max(0.0, (age - 50) / 90),
            ),
            3,
        ),
        lashes=round(0.15 + 0.65 * (1 - manly), 3),
        brow_weight=hand.between("brows", 0.85, 1.2)
        * (1.25 if words.has("bushy|thick brows|thick eyebrows") else 1.0),
        brow_arch=hand.between("arch", 0.2, 0.9) * (1 - 0.5 * manly),
        nose_width=hand.between("nose", 0.90, 1.10) * (1.14 if deep else 1.0),
        nose_length=hand.between("length", 0.94, 1.07),
        nose_height=hand.between("height", 0.92, 1.08),
        lip_fullness=hand.between("lips", 0.86, 1.10)
        * (1.20 if deep else 1.0)
        * (0.9 if age > 62 else 1.0),
        mouth_width=hand.between("mouth", 0.95, 1.07),
        lip_colour="#b0343c" if lipstick else None,
        ears=hand.between("ears", 0.92, 1.06),
        freckles=1.0 if words.has("freckles|freckled") else 0.0,
        blush=hand.between("blush", 0.35, 0.75),
    )


def _beard(words: Words, hand: _Hand, manly: float, age: float) -> Beard:
    said = words.first(
        (
            ("clean[- ]shaven|no beard|beardless", "none"),
            ("goatee", "goatee"),
            ("stubble|unshaven|stubbly", "stubble"),
            ("(?:short|trimmed|neat|cropped)(?: [a-z-]+){0,2} beard", "short"),
            ("beard|bearded", "full"),
            ("moustache|mustache|moustached", "moustache"),
        )
    )
    if said is not None:
        return cast(Beard, said)
    if manly < 0.5 or age < 20:
        return "none"
    return cast(Beard, hand.pick("beard", "none", "none", "none", "stubble", "short", "none"))


def _glasses(words: Words, hand: _Hand) -> Glasses:
    if words.has("no glasses|without glasses"):
        return "none"
    if words.has("glasses|spectacles|bespectacled|eyeglasses"):
        return cast(
            Glasses,
            words.first(
                (
                    ("round glasses|round spectacles|wire glasses|wire-rimmed", "round"),
                    ("cat-eye|cat eye", "cat-eye"),
                    ("half-rim|reading glasses", "half-rim"),
                    ("square glasses|thick glasses|black-rimmed|horn-rimmed", "square"),
                )
            )
            or hand.pick("glasses", "round", "square", "round", "half-rim"),
        )
    return "none"


def _earrings(words: Words, hand: _Hand, manly: float, age: float) -> Earrings:
    said = words.first(
        (
            ("hoops?|hoop earrings?", "hoop"),
            ("drop earrings?|dangling earrings?", "drop"),
            ("studs?|earrings?", "stud"),
        )
    )
    if said is not None:
        return cast(Earrings, said)
    if manly > 0.5 or age < 16:
        return "none"
    return cast(Earrings, hand.pick("earrings", "none", "stud", "hoop", "drop", "stud"))


def _clothes(words: Words, hand: _Hand, manly: float) -> Clothes:
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
        under=_apart(below or CLOTH[under], chosen),
        legs=words.cloth_colour("trousers|pants|jeans|skirt") or (CLOTH[legs] if legs else chosen),
        shoes=hand.pick("shoes", "#2b2626", "#4a3226", "#e7e2da", "#33363f"),
        tie=necktie if wears_tie and garment in ("suit", "blazer", "lab-coat") else None,
        skirt=garment == "dress" or words.has("skirt"),
        pattern="stripes" if words.has("striped|stripes|stripy") else "plain",
    )


def _apart(under: str, over: str) -> str:
    """The under colour, lifted when it would sink into the garment."""
    if abs(lightness(under) - lightness(over)) > 0.14:
        return under
    return CLOTH["white"] if lightness(over) < 0.75 else CLOTH["charcoal"]


def person_from_colours(hair: str, skin: str, clothes: str, long_hair: bool) -> Person:
    """Somebody known only by sampled colours ("#rrggbb"): for the back of a photographed character."""
    return Person(
        manly=0.15 if long_hair else 0.85,
        skin=skin,
        hair=Hair(style="long" if long_hair else "short", colour=hair, parting="left"),
        brow_colour=tone(hair, 0.85),
        clothes=Clothes(garment="sweater", colour=clothes, under=_apart("#f1eee8", clothes)),
    )
