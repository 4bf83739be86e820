"""Places: cards and headings become places; a heading without a card is a place drawn from its own words."""

import re

from msgspec import Struct, field

from duocast.compiler.lower.identity import slug
from duocast.compiler.reader import Reader
from duocast.compiler.resolve.engines import Hiring
from duocast.compiler.resolve.findings import Findings
from duocast.compiler.resolve.sources import Sources, asset
from duocast.compiler.screenplay import Place
from duocast.language import (
    Card,
    Label,
    SceneHeading,
    Span,
    nearest,
    parse_options,
    removal,
    replacement,
    warning,
)
from duocast.language.pattern import pattern

ROOMS = {
    "hall": (
        "hall",
        "church",
        "station",
        "museum",
        "gallery",
        "theatre",
        "theater",
        "stage",
        "warehouse",
        "court",
    ),
    "studio": ("studio", "podcast", "radio", "booth"),
    "small": ("car", "office", "bathroom", "closet", "elevator", "lift", "bedroom", "cell"),
}
WEATHERS = {
    "storm": r"\b(storm\w*|thunder\w*|lightning)\b",
    "rain": r"\b(rain\w*|drizzl\w*|downpour)\b",
    "snow": r"\b(snow\w*|blizzard)\b",
    "fog": r"\b(fog\w*|mist\w*)\b",
    "wind": r"\b(wind|windy|gusts?)\b",
}
_WEATHER = pattern(r"storm|thund|lightn|rain|drizz|downp|snow|blizz|fog|mist|wind|gust")
"""In every word for any weather."""
SAME_AS_BEFORE = ("continuous", "later", "moments later", "same", "same time")
CANONICAL_TIMES = {
    "afternoon": "day", "noon": "day", "midday": "day", "midnight": "night", "sunrise": "dawn",
    "sunset": "dusk", "twilight": "dusk", "magic hour": "dusk", "golden hour": "dusk",
}  # fmt: skip
DECIBELS_OF_AMBIENCE = -22.0


class Places(Struct):
    """Places by the key of their name."""

    declared: dict[str, Span | None] = field(default_factory=dict)
    places: dict[str, Place] = field(default_factory=dict)

    def find(self, heading: SceneHeading, action: str, findings: Findings) -> Place:
        """The place of a heading, in the weather that its card or the scene's action speaks of."""
        key = heading.place.key
        place = self.places.get(key)
        if place is None:
            self._near_miss(heading, findings)
            outside = heading.exterior and not heading.interior
            place = Place(id=slug(key), name=key, room=room(key, outside=outside))
            self.places[key] = place
        if not place.weather and (found := weather(action)):
            place = self._in_weather(key, place, found)
        return place

    def nowhere(self) -> Place:
        """Where a script without headings happens."""
        return self.places.setdefault("", Place(id="somewhere", name="room"))

    def _near_miss(self, heading: SceneHeading, findings: Findings) -> None:
        near = nearest(heading.place.key, self.declared)
        if near is None:
            return
        title = f"there is no place {heading.place.key}; it will be drawn from its heading"
        labels = [Label(heading.place.span, f"did you mean {near}?")]
        declared = self.declared[near]
        labels += [Label(declared, "declared here")] if declared is not None else []
        fix = replacement(heading.place.span, near, safe=False)
        findings.add(warning("N0302", title, *labels, fix=fix))

    def _in_weather(self, key: str, place: Place, found: str) -> Place:
        """The same place in a weather is a place of its own."""
        return self.places.setdefault(
            f"{key} in {found}",
            place.replace(id=f"{place.id}-{found}", weather=found),
        )


def resolve_places(sources: Sources, reader: Reader, hiring: Hiring) -> Places:
    """The places of all place cards."""
    places, findings = Places(), hiring.findings
    for card in sources.of("place"):
        key = card.name.key
        if key in places.declared:
            findings.error(
                "N0301",
                f"the place {key} is declared twice",
                Label(card.name.span, "this card is not used"),
                *(Label(span, "first declared here") for span in (places.declared[key],) if span),
                hint="give one of them another name",
                fix=removal(card.span, "remove the second card", safe=False),
            )
            continue
        places.declared[key] = card.name.span
        places.places[key] = _place(card, reader, hiring)
    return places


def _place(card: Card, reader: Reader, hiring: Hiring) -> Place:
    description = _text(card, "description")
    sound, level = _sound(card)
    return Place(
        id=slug(card.name.text),
        name=card.name.text,
        plate=asset(card.get("plate"), reader, hiring.findings),
        engine=hiring.of(card.get("engine"), "plate"),
        description=description,
        light=_text(card, "light"),
        weather=_text(card, "weather") or weather(description),
        sound=sound,
        sound_db=level,
        room=room(f"{card.name.text} {description}", outside=False),
    )


def _sound(card: Card) -> tuple[str, float | None]:
    """`rain.wav, -24dB, loop`: what is heard, and how loud."""
    entry = card.get("sound")
    options = (
        [o for value in entry.values for o in parse_options(value)] if entry is not None else []
    )
    named = [
        option.text
        for option in options
        if option.quantity is None and option.words.lower() != "loop"
    ]
    levels = [
        o.quantity.value for o in options if o.quantity is not None and o.quantity.unit == "dB"
    ]
    return (named[0] if named else ""), (levels[0] if levels else None)


def _text(card: Card, name: str) -> str:
    entry = card.get(name)
    return "" if entry is None else " ".join(entry.text.split())


def room(words: str, *, outside: bool) -> str:
    """How a place sounds, from its name and description."""
    if outside:
        return "outdoors"
    found = set(re.findall(r"\w+", words.lower()))
    return next((name for name, signs in ROOMS.items() if found & set(signs)), "living")


def weather(words: str) -> str:
    """The weather that some words speak of, or nothing."""
    lowered = words.lower()
    if not _WEATHER.search(lowered):
        return ""
    return next((name for name, sign in WEATHERS.items() if re.search(sign, lowered)), "")


def time_of_day(heading: SceneHeading, before: str) -> str:
    """day, night, morning, evening, dawn or dusk; `CONTINUOUS` and its like keep the time before."""
    word = "" if heading.time is None else " ".join(heading.time.text.lower().split())
    if not word:
        return "day"
    if word in SAME_AS_BEFORE:
        return before
    return CANONICAL_TIMES.get(
        word, word if word in ("day", "night", "morning", "evening", "dawn", "dusk") else "day"
    )
