"""Words: what a card's description says about how somebody looks."""

import re
from collections.abc import Mapping, Sequence

from duocast.compiler.names import presumed
from duocast.runtime.picture.drawn.palettes import CLOTH, HAIRS

_TENS = {
    "twenties": 25,
    "thirties": 35,
    "forties": 45,
    "fifties": 55,
    "sixties": 65,
    "seventies": 75,
    "eighties": 84,
    "nineties": 92,
}
_SPOKEN = {
    "twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "seventy": 70, "eighty": 80, "ninety": 90,
    "ten": 10, "eleven": 11, "twelve": 12, "thirteen": 13, "fourteen": 14, "fifteen": 15, "sixteen": 16,
    "seventeen": 17, "eighteen": 18, "nineteen": 19, "eight": 8, "nine": 9, "seven": 7,
}  # fmt: skip
_UNITS = {
    "one": 1,
    "two": 2,
    "three": 3,
    "four": 4,
    "five": 5,
    "six": 6,
    "seven": 7,
    "eight": 8,
    "nine": 9,
}
_AGES = (
    (r"\b(?:teen|teenager|teenage|adolescent|schoolgirl|schoolboy)\b", 16),
    (r"\b(?:child|kid|little (?:girl|boy)|young (?:girl|boy))\b", 10),
    (r"\b(?:elderly|ancient|grandmother|grandfather|grandma|grandpa|very old)\b", 74),
    (r"\b(?:middle[- ]aged)\b", 50),
    (r"\b(?:old|older|retired|senior)\b", 68),
    (r"\b(?:student|young|youthful|twentysomething)\b", 24),
)
_WOMEN = (
    r"\b(?:"
    r"woman|women|girl|lady|she|her|hers|mother|sister|aunt|grandmother|grandma|wife|"
    r"daughter|female|actress|queen|waitress|mrs|ms|miss|madam|hijab|headscarf|dress"
    r")\b"
)
_MEN = (
    r"\b(?:"
    r"man|men|boy|gentleman|he|his|him|father|brother|uncle|grandfather|grandpa|"
    r"husband|son|male|actor|king|waiter|mr|sir|bearded|beard|moustache|mustache|"
    r"stubble|guy|bloke"
    r")\b"
)


class Words:
    """A description in lower case, asked one question at a time. None means that the words don't say."""

    def __init__(self, text: str) -> None:
        self.text = " " + re.sub(r"[^a-z0-9' -]+", " , ", text.lower().replace("’", "'")) + " "

    def has(self, pattern: str) -> bool:
        """Whether the pattern occurs as a word."""
        return re.search(rf"\b(?:{pattern})\b", self.text) is not None

    def first(self, table: Sequence[tuple[str, str]]) -> str | None:
        """The value of the first pattern in the table that occurs."""
        return next((value for pattern, value in table if self.has(pattern)), None)

    def age(self) -> float | None:
        """Years, from numbers, decades and words."""
        for pattern in (
            r"\b(\d{1,2})[- ](?:years?|yrs?)\b",
            r"\baged?:? (\d{1,2})\b",
            r" , (\d{1,2}) ,",
            r"\b(?:is|about|around|of) (\d{1,2})\b",
            r"^\s*(\d{1,2})\b",
            r"\b(\d{1,2}) *$",
        ):
            found = re.search(pattern, self.text)
            if found and 5 <= int(found.group(1)) <= 99:
                return float(found.group(1))
        return self._decade() or self._spoken_age()

    def _decade(self) -> float | None:
        found = re.search(r"\b(early|mid|late)?[- ]?(\d0)'?s\b", self.text)
        years: float | None = float(found.group(2)) + 5 if found else None
        for word, value in _TENS.items():
            if re.search(rf"\b{word}\b", self.text):
                years = float(value)
        if years is None:
            return None
        return years + (-3 if self.has("early") else 4 if self.has("late") else 0)

    def _spoken_age(self) -> float | None:
        for word, value in _SPOKEN.items():
            found = re.search(
                rf"\b{word}(?:-(\w+))?(?:[- ]years?|[- ]something| ,| *$|[- ]year-old)", self.text
            )
            if found:
                return float(value + _UNITS.get(found.group(1) or "", 0))
        for pattern, value in _AGES:
            if re.search(pattern, self.text):
                return float(value)
        return None

    def manly(self, name: str) -> float:
        """0 for a woman, 1 for a man."""
        her, him = len(re.findall(_WOMEN, self.text)), len(re.findall(_MEN, self.text))
        if her != him:
            return 0.0 if her > him else 1.0
        return 0.0 if presumed(name) == "woman" else 1.0

    def near(self, names: Mapping[str, str], noun: str, reach: int = 4) -> str | None:
        """The colour word that stands at most `reach` words before the noun (or "noun is colour"), as its value."""
        choice = "|".join(sorted((re.escape(n) for n in names), key=len, reverse=True))
        found = re.search(
            rf"\b({choice})(?:[- ]+(?!and\b|with\b|in\b)[a-z'-]+){{0,{reach}}}[- ]+(?:{noun})\b",
            self.text,
        )
        found = found or re.search(
            rf"\b(?:{noun}) (?:is |are |in |of )?(?:[a-z]+ )?({choice})\b", self.text
        )
        return names[found.group(1)] if found else None

    def hair_colour(self) -> str | None:
        """The hair's colour; where only a beard has one, that."""
        noun = (
            "hair|haired|hairs|curls|locks|bun|ponytail|bob|fringe|bangs|braid|braids|"
            "dreadlocks|dreads|afro|buzz cut|crop|pixie|pixie cut|waves"
        )
        alone = (
            ("redhead|redheaded|ginger", HAIRS["copper"]),
            ("brunette", HAIRS["brown"]),
            ("blonde?", HAIRS["blonde"]),
            ("gr[ae]y-haired|greying|graying", HAIRS["grey"]),
        )
        return self._grown(noun) or self.beard_colour() or self.first(alone)

    def beard_colour(self) -> str | None:
        """The colour of what grows on a face."""
        return self._grown("beard|moustache|mustache|stubble|goatee")

    def _grown(self, noun: str) -> str | None:
        names = dict(HAIRS)
        same = {
            "blond": "blonde",
            "gray": "grey",
            "ginger": "copper",
            "red": "red",
            "redheaded": "red",
            "brunette": "brown",
            "dark": "dark brown",
            "fair": "blonde",
            "light brown": "chestnut",
            "raven": "black",
            "sandy": "dark blonde",
            "salt-and-pepper": "grey",
            "greying": "grey",
            "graying": "grey",
            "golden": "blonde",
            "snow-white": "white",
            "jet-black": "black",
            "strawberry blonde": "copper",
        }
        names.update({word: HAIRS[value] for word, value in same.items()})
        return self.near(names, noun, 2)

    def cloth_colour(self, noun: str) -> str | None:
        """The colour of a garment."""
        names = dict(CLOTH)
        same = {
            "gray": "grey",
            "dark blue": "navy",
            "light blue": "sky",
            "dark green": "forest",
            "dark red": "burgundy",
            "maroon": "burgundy",
            "tan": "camel",
            "gold": "mustard",
            "violet": "purple",
            "lavender": "lilac",
            "dark grey": "charcoal",
            "light grey": "grey",
            "ivory": "cream",
            "crimson": "red",
            "coral": "terracotta",
            "emerald": "green",
            "indigo": "navy",
            "ochre": "mustard",
            "pale blue": "sky",
            "silver": "grey",
            "wine": "burgundy",
            "peach": "rose",
            "mint": "sage",
        }
        names.update({word: CLOTH[value] for word, value in same.items()})
        return self.near(names, noun, 2)
