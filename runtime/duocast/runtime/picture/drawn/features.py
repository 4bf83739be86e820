"""Features: skin, face, beard, glasses and earrings from a card's words."""

from typing import cast

from duocast.runtime.picture.drawn.colour import lightness
from duocast.runtime.picture.drawn.hand import Hand
from duocast.runtime.picture.drawn.palettes import EYES, HAIRS, SKINS
from duocast.runtime.picture.drawn.person import Beard, Earrings, Face, FaceShape, Glasses
from duocast.runtime.picture.drawn.words import Words

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


def complexion(words: Words, hand: Hand) -> str:
    """The skin's colour."""
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


def face_of(words: Words, hand: Hand, manly: float, age: float, skin: str) -> Face:
    """The measures of the face."""
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


def beard_of(words: Words, hand: Hand, manly: float, age: float) -> Beard:
    """What grows on the chin."""
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


def glasses_of(words: Words, hand: Hand) -> Glasses:
    """The glasses; none where no word says so."""
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


def earrings_of(words: Words, hand: Hand, manly: float, age: float) -> Earrings:
    """The earrings."""
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
