"""Casting: a card's words become a drawn person. What they do not say is drawn by lot from the role's own seed."""

import random
import re
from typing import Any

from duocast.compiler.operations.portrait import PortraitParams
from duocast.runtime.picture.drawn import looks
from duocast.runtime.picture.drawn.person import Clothes, Face, Hair, Person

_STYLES = (
    (r"\bbald|shaven head|hairless", "bald"),
    (r"\bbuzz", "buzz"),
    (r"dreadlock|\bdreads|\blocs\b", "dreadlocks"),
    (r"\bafro\b", "afro"),
    (r"\bponytail", "ponytail"),
    (r"\b(bun|chignon|updo)\b", "bun"),
    (r"\bbraid|\bplait", "braid"),
    (r"\b(pixie)\b", "pixie"),
    (r"curly bob|curly[^,;.]*\bbob\b", "curly-bob"),
    (r"\bbob\b", "bob"),
    (r"thinning|receding|balding", "receding"),
    (r"\bquiff|pompadour", "quiff"),
    (r"slicked|slick", "slick"),
    (r"\bcrop(ped)?\b|crew cut", "crop"),
)
_PARTINGS = (
    ("bangs", r"\bbangs|\bfringe"),
    ("centre", r"centre part|center part|middle part"),
    ("back", r"swept back|brushed back"),
)
_BEARDS = (
    ("full", r"(long|full|big|bushy|thick)[^,;.]*\bbeard"),
    ("stubble", r"stubble|unshaven|five o'clock"),
    ("goatee", r"goatee"),
    ("short", r"\bbeard"),
    ("moustache", r"moustache|mustache"),
)
_GLASSES = (
    ("round", r"round[^,;.]*(glasses|spectacles)"),
    ("cat-eye", r"cat.?eye"),
    ("half-rim", r"half.?rim|reading glasses"),
    ("square", r"\bglasses|spectacles"),
)


DARK_SKIN = 470
"""The sum of red, green and blue below which dark eyes and hair are drawn by lot."""


def cast(params: PortraitParams) -> Person:
    """The person that a card describes. The same card gives the same person."""
    words = _Words(params)
    dice = random.Random(params.seed * 7919 + 11)
    manly = _manly(words, params.name, dice)
    age = _age(words, dice)
    skin = _skin(words, dice)
    hair = _hair(words, manly, age, skin, dice)
    return Person(
        name=params.name,
        manly=manly,
        age=age,
        build=_build(words, dice),
        skin=skin,
        face=_face(words, manly, age, skin, dice),
        hair=hair,
        brow_colour=_darker(hair.colour, 0.72),
        beard=_first(words.text, _BEARDS, "none")
        if manly > 0.4 or "beard" in words.text
        else "none",
        glasses=_first(words.text, _GLASSES, "none"),
        headwear=_headwear(words),
        headwear_colour=_colour_before(words, ("cap", "hijab", "headscarf", "beanie", "hat"), dice),
        earrings=_earrings(words, manly, dice),
        clothes=_clothes(words, manly, dice),
    )


class _Words:
    """A card's text, in lower case, and its words."""

    def __init__(self, params: PortraitParams) -> None:
        self.text = f"{params.description}; {params.wardrobe}".lower()
        self.body = params.description.lower()
        self.wardrobe = (params.wardrobe or params.description).lower()
        self.words = re.findall(r"[a-z'-]+", self.text)


def _manly(words: _Words, name: str, dice: random.Random) -> float:
    said = set(words.words)
    first = (re.findall(r"[a-z]+", name.lower()) or [""])[0]
    first = (
        first if first not in ("officer", "doctor", "dr", "professor") else name.lower().split()[-1]
    )
    spread = dice.uniform(-0.06, 0.06)
    if said & looks.WOMAN and not said & looks.MAN:
        return 0.07 + abs(spread)
    if said & looks.MAN and not said & looks.WOMAN:
        return 0.9 + spread
    if first in looks.WOMEN_NAMES or (first not in looks.MEN_NAMES and first.endswith("a")):
        return 0.08 + abs(spread)
    if first in looks.MEN_NAMES:
        return 0.9 + spread
    return dice.choice((0.1, 0.88))


def _age(words: _Words, dice: random.Random) -> float:
    number = re.search(r"\b(\d{1,2})s?\b", words.body)
    if number and 5 <= int(number[1]) <= 99:
        return float(int(number[1]) + (4 if number[0].endswith("s") else 0))
    for word in words.words:
        if word in looks.NUMBERS:
            return float(looks.NUMBERS[word])
    for word, age in looks.AGES:
        if re.search(rf"\b{re.escape(word)}\b", words.body):
            return float(age)
    return float(dice.randint(26, 46))


def _skin(words: _Words, dice: random.Random) -> str:
    skin = re.search(r"([a-z ,-]{0,24})\bskin(ned)?\b", words.text)
    if skin:
        near = skin[1].split(",")[-1]
        for phrase, colour in looks.SKIN_PHRASES:
            if phrase in near:
                return colour
        for word in reversed(near.split()):
            if word in looks.SKINS:
                return looks.SKINS[word]
    for word in ("asian", "indian", "latina", "latino", "olive", "pale", "freckled", "ginger"):
        if word in words.words:
            return looks.SKINS.get(word, "#f4d3bd")
    return dice.choice(looks.SKIN_CHOICES)


def _hair_words(words: _Words) -> str:
    """The part of the description that speaks of hair."""
    named = r"hair|bob|bun|ponytail|braid|afro|locks|dreadlocks|curls|bald|pixie|buzz"
    parts = [p for p in re.split(r"[,;.]| and a | with a ", words.body) if re.search(named, p)]
    return " ".join(parts)


def _hair(words: _Words, manly: float, age: float, skin: str, dice: random.Random) -> Hair:
    said = _hair_words(words)
    colour = next((looks.HAIRS[w] for w in re.findall(r"[a-z]+", said) if w in looks.HAIRS), None)
    if colour is None and re.search(r"\b(redhead|ginger)\b", words.text):
        colour = looks.HAIRS["ginger"]
    if colour is None:
        colour = _hair_by_lot(age, skin, dice)
    style = next((style for sign, style in _STYLES if re.search(sign, words.text)), None)
    style = style or _style(said, manly, age, dice)
    parting = _first(
        words.text, tuple((p, s) for p, s in _PARTINGS), dice.choice(("left", "right", "left"))
    )
    return Hair.model_validate(
        {
            "style": style,
            "colour": colour,
            "parting": parting,
            "volume": round(dice.uniform(0.92, 1.1), 3),
        }
    )


def _hair_by_lot(age: float, skin: str, dice: random.Random) -> str:
    natural = dice.choice(looks.DARK_HAIR_CHOICES if _is_dark(skin) else looks.HAIR_CHOICES)
    if age >= looks.WHITE_FROM:
        return looks.HAIRS["white"]
    return looks.HAIRS["grey"] if age >= looks.GREY_FROM else natural


def _is_dark(skin: str) -> bool:
    return sum(int(skin[i : i + 2], 16) for i in (1, 3, 5)) < DARK_SKIN


def _style(said: str, manly: float, age: float, dice: random.Random) -> str:
    curly, wavy = re.search(r"curl|frizzy", said), "wav" in said
    long, short = "long" in said, "short" in said
    man = manly > 0.5
    if curly:
        return "curly-short" if man and not long else "curly-long" if long else "curly-bob"
    if wavy:
        return "quiff" if man and not long else "wavy"
    if long:
        return "long"
    if short:
        return "short" if man else "pixie"
    if age >= looks.GREY_FROM:
        return dice.choice(looks.OLD_STYLES_MAN if man else looks.OLD_STYLES_WOMAN)
    return dice.choice(looks.STYLES_MAN if man else looks.STYLES_WOMAN)


def _face(words: _Words, manly: float, age: float, skin: str, dice: random.Random) -> Face:
    shapes = (
        ("square", "oval", "long", "diamond")
        if manly > 0.5
        else ("oval", "heart", "round", "diamond")
    )
    shape = next(
        (s for s in ("round", "square", "oval", "long", "heart") if f"{s} face" in words.text), None
    )
    eyes = re.search(r"([a-z]+)[ -]eye", words.text)
    colour = looks.EYES.get(eyes[1], "") if eyes else ""
    around = dice.uniform
    return Face.model_validate(
        {
            "shape": shape or dice.choice(shapes),
            "jaw": around(0.95, 1.06),
            "eye_size": around(0.97, 1.08),
            "eye_tilt": around(-0.2, 0.45),
            "eye_gap": around(0.97, 1.04),
            "eye_colour": colour
            or dice.choice(looks.DARK_EYE_CHOICES if _is_dark(skin) else looks.EYE_CHOICES),
            "hood": min(0.7, max(0.0, (age - 45) / 60) + around(0.0, 0.15)),
            "lashes": around(0.05, 0.2) if manly > 0.5 else around(0.6, 0.9),
            "brow_weight": around(1.05, 1.25) if manly > 0.5 else around(0.8, 1.0),
            "brow_arch": around(0.25, 0.5) if manly > 0.5 else around(0.4, 0.7),
            "nose_width": around(0.94, 1.1),
            "nose_length": around(0.95, 1.06),
            "lip_fullness": around(0.75, 0.95) if manly > 0.5 else around(0.95, 1.2),
            "mouth_width": around(0.96, 1.06),
            "ears": around(0.95, 1.06),
            "freckles": 0.8 if "freckle" in words.text else 0.0,
            "blush": around(0.25, 0.4) if manly > 0.5 else around(0.4, 0.7),
        }
    )


def _build(words: _Words, dice: random.Random) -> float:
    for build, sign in (
        (1.14, r"\b(heavy|big|burly|stout|broad|large)\b"),
        (0.9, r"\b(thin|slight|slim|small|petite|gaunt)\b"),
    ):
        if re.search(sign, words.body):
            return build
    return round(dice.uniform(0.95, 1.06), 3)


def _headwear(words: _Words) -> str:
    for kind, sign in (
        ("hijab", r"hijab|headscarf|veil"),
        ("beanie", r"beanie|wool(len)? (cap|hat)|knit(ted)? (cap|hat)"),
        ("cap", r"\bcap\b|\bhat\b"),
    ):
        if re.search(sign, words.text):
            return kind
    return "none"


def _earrings(words: _Words, manly: float, dice: random.Random) -> str:
    if "hoop" in words.text:
        return "hoop"
    if "earring" in words.text:
        return "drop"
    return dice.choice(("none", "stud", "stud", "hoop")) if manly < 0.3 else "none"


def _clothes(words: _Words, manly: float, dice: random.Random) -> Clothes:
    text = words.wardrobe.replace("t-shirt", "tshirt").replace("lab coat", "labcoat")
    found = [
        (m.start(), m[0])
        for m in re.finditer(r"[a-z]+", text)
        if m[0] in looks.GARMENTS or m[0] == "labcoat"
    ]
    values: dict[str, Any] = {
        "colour": dice.choice(looks.CLOTHES_CHOICES),
        "legs": dice.choice(("#343a4a", "#3b3a3f", "#4a4238")),
    }
    if found:
        at, word = found[0]
        values["garment"] = "lab-coat" if word == "labcoat" else looks.GARMENTS[word]
        values["colour"] = _colour_in(text[:at]) or (
            "#f0ede6" if word == "labcoat" else values["colour"]
        )
        if len(found) > 1:
            values["under"] = _colour_in(text[at : found[1][0]]) or "#f3efe6"
    else:
        values["garment"] = dice.choice(
            ("sweater", "shirt", "cardigan", "t-shirt", "blazer", "turtleneck")
        )
        values["colour"] = (
            _colour_in(words.wardrobe if words.wardrobe != words.body else "") or values["colour"]
        )
    tie = re.search(r"([a-z]*) ?\b(tie|scarf)\b", text)
    if tie and values["garment"] in ("suit", "blazer"):
        values["tie"] = looks.COLOURS.get(tie[1], "#8c2f39")
    values["skirt"] = manly < 0.3 and "skirt" in text
    values["pattern"] = (
        "stripes" if "strip" in text else "dots" if "dots" in text or "dotted" in text else "plain"
    )
    return Clothes.model_validate(values)


def _colour_in(text: str) -> str | None:
    """The last colour that some words name, darker or lighter as they say."""
    names = [
        w
        for w in re.findall(r"[a-z]+", text)
        if w in looks.COLOURS or w in ("dark", "light", "pale")
    ]
    colours = [w for w in names if w in looks.COLOURS]
    if not colours:
        return None
    colour = looks.COLOURS[colours[-1]]
    before = names[names.index(colours[-1]) - 1] if names.index(colours[-1]) else ""
    return (
        _darker(colour, 0.72)
        if before == "dark"
        else _lighter(colour)
        if before in ("light", "pale")
        else colour
    )


def _colour_before(words: _Words, things: tuple[str, ...], dice: random.Random) -> str:
    for thing in things:
        match = re.search(rf"([a-z ]{{0,20}})\b{thing}\b", words.text)
        if match and (colour := _colour_in(match[1])):
            return colour
    return dice.choice(("#7b4b5a", "#3f5f7a", "#5d6470", "#3f7350"))


def _first(text: str, table: tuple[tuple[str, str], ...], fallback: str) -> Any:  # noqa: ANN401 - a Literal's word
    return next((name for name, sign in table if re.search(sign, text)), fallback)


def _darker(colour: str, share: float) -> str:
    return "#" + "".join(f"{round(int(colour[i : i + 2], 16) * share):02x}" for i in (1, 3, 5))


def _lighter(colour: str) -> str:
    return "#" + "".join(
        f"{round(255 - (255 - int(colour[i : i + 2], 16)) * 0.6):02x}" for i in (1, 3, 5)
    )


def person_from_colours(hair: str, skin: str, clothes: str, *, long_hair: bool) -> Person:
    """Somebody known only by colours ("#rrggbb"): the back view of a photographed character."""
    style = "long" if long_hair else "short"
    return Person(
        skin=skin,
        manly=0.2 if long_hair else 0.8,
        hair=Hair.model_validate({"style": style, "colour": hair}),
        clothes=Clothes(colour=clothes),
    )
