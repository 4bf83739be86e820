"""A hairdo: cut, parting and colour from a card's words, by sex and age where they leave it open."""

from typing import cast

from duocast.runtime.picture.drawn.colour import lightness, mix, tone
from duocast.runtime.picture.drawn.hand import Hand
from duocast.runtime.picture.drawn.palettes import HAIRS
from duocast.runtime.picture.drawn.person import Hair, HairStyle, Parting
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
    ("wavy", "wavy"),
    ("long (?:[a-z]+ ){0,2}hair|long-haired|straight hair", "long"),
)
_LONG = (
    r"long[ ,]+(?:[a-z-]+[ ,]+){0,2}(?:hair|curls|locks|waves)|hair (?:is |worn )?long|long-haired"
)
_LONG += "|(?:shoulder|waist|chin)-length|flowing"
_SHORTER = {"wavy": ("wavy-short", "wavy-bob"), "long": ("short", "bob")}
"""What men, and women of some years, wear where no word says that it is long."""


def hair_of(words: Words, hand: Hand, manly: float, age: float, skin: str) -> Hair:
    """The hair on the head."""
    style = _said(words, manly, age) or _style(words, hand, manly, age, skin)
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
    if style in ("short", "quiff", "pixie", "curly-short", "wavy-short") and parting == "centre":
        parting = "right"
    colour = words.hair_colour() or _hair_colour(hand, age, skin)
    return Hair(
        style=cast(HairStyle, style),
        colour=colour,
        parting=cast(Parting, parting),
        volume=hand.between("volume", 0.88, 1.12),
    )


def _said(words: Words, manly: float, age: float) -> str | None:
    """The cut that the words name, as long as they say, or as people of that sex and age wear it."""
    style = words.first(_STYLES)
    if style not in _SHORTER or words.has(_LONG):
        return style
    man, woman = _SHORTER[style]
    if manly > 0.5:
        return man
    return woman if age > 58 or words.has("short") else style


def _style(words: Words, hand: Hand, manly: float, age: float, skin: str) -> str:
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


def _hair_colour(hand: Hand, age: float, skin: str) -> str:
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


def brow_of(hair: Hair, skin: str) -> str:
    """The brows' colour: the hair's, darker where that is pale."""
    colour = hair.colour
    if lightness(colour) > 0.62:
        return mix(tone(colour, 0.66), tone(skin, 0.5), 0.35)
    return tone(colour, 0.85)
