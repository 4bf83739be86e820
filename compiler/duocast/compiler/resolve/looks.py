"""Looks: cards, film stocks and `GRADE:` cues become what is done to the picture."""

from collections.abc import Mapping

from msgspec import Struct, field

from duocast.compiler.operations.encode import LookSpec
from duocast.compiler.reader import Reader
from duocast.compiler.resolve.findings import Findings
from duocast.compiler.resolve.sources import Sources, asset
from duocast.compiler.screenplay import Look
from duocast.language import (
    Card,
    Entry,
    Label,
    Name,
    Option,
    Span,
    Text,
    parse_options,
    removal,
    replacement,
)
from duocast.language.cue import Cue

RANGES: dict[str, tuple[float, float]] = {
    "grain": (0.0, 1.0),
    "vignette": (0.0, 1.0),
    "warmth": (-1.0, 1.0),
    "saturation": (0.0, 3.0),
    "contrast": (0.2, 2.0),
    "fade": (0.0, 1.0),
}
"""The numbers of a look, each with its least and its most."""
STOCKS: dict[str, dict[str, float]] = {
    "5219": {"grain": 0.22, "contrast": 1.08, "warmth": 0.06, "saturation": 0.96},
    "5207": {"grain": 0.10, "contrast": 1.08, "warmth": 0.10, "saturation": 1.04},
    "5213": {"grain": 0.15, "contrast": 1.06, "warmth": 0.08},
    "5203": {"grain": 0.05, "contrast": 1.10, "saturation": 1.06},
    "8 mm": {"grain": 0.6, "contrast": 1.15, "warmth": 0.25, "fade": 0.35, "vignette": 0.4},
    "16 mm": {"grain": 0.4, "contrast": 1.1, "warmth": 0.1, "fade": 0.15, "vignette": 0.15},
    "slide": {"grain": 0.08, "contrast": 1.3, "saturation": 1.3},
    "black and white": {"grain": 0.28, "contrast": 1.18, "saturation": 0.0},
    "bleach bypass": {"grain": 0.25, "contrast": 1.45, "saturation": 0.45},
    "instant": {"grain": 0.12, "contrast": 0.92, "warmth": 0.2, "fade": 0.45},
    "digital": {},
}
"""Film stocks, by what they do beside a plain picture."""
STOCK_WORDS = {
    "vision3 500t": "5219",
    "500t": "5219",
    "vision3 250d": "5207",
    "250d": "5207",
    "vision3 200t": "5213",
    "200t": "5213",
    "vision3 50d": "5203",
    "50d": "5203",
    "super 8": "8 mm",
    "8mm": "8 mm",
    "super 16": "16 mm",
    "16mm": "16 mm",
    "reversal": "slide",
    "tri-x": "black and white",
    "double-x": "black and white",
    "monochrome": "black and white",
    "polaroid": "instant",
}
GRADES: dict[str, dict[str, float]] = {
    "warm": {"warmth": 0.35},
    "warmer": {"warmth": 0.35},
    "cold": {"warmth": -0.35},
    "cool": {"warmth": -0.25},
    "colder": {"warmth": -0.35},
    "black and white": {"saturation": 0.0},
    "muted": {"saturation": 0.7},
    "desaturated": {"saturation": 0.5},
    "vivid": {"saturation": 1.3},
    "high contrast": {"contrast": 1.3},
    "low contrast": {"contrast": 0.8},
    "faded": {"fade": 0.5},
    "grainy": {"grain": 0.4},
    "sepia": {"saturation": 0.25, "warmth": 0.7, "fade": 0.2},
    "bleach bypass": {"contrast": 1.45, "saturation": 0.45},
    "day for night": {"warmth": -0.7, "saturation": 0.6, "contrast": 0.8},
}
"""Words of a `GRADE:` cue."""
NORMAL = ("normal", "none", "off", "as before")
MATCHED = ("scenes", "yes", "on")


class Looks(Struct):
    """The look cards by the key of their name, and the film's own look."""

    findings: Findings
    looks: dict[str, Look] = field(default_factory=dict)
    declared: dict[str, Span | None] = field(default_factory=dict)
    film: Look = field(default_factory=Look)

    def find(self, name: Name) -> Look | None:
        """The look of a name; one that has no card is a finding."""
        look = self.looks.get(name.key)
        if look is None:
            hint = f"declare it with a line `look {name.key}`"
            title = f"there is no look {name.key}"
            self.findings.unknown("N0401", title, name.span, name.key, self.declared, hint=hint)
        return look

    def grade(self, cue: Cue) -> Look | None:
        """The look from a `GRADE:` cue on: a card's, or the film's with the cue's words laid on it."""
        look = self.film
        for text in cue.texts:
            for option in parse_options(text):
                if option.text.upper() in self.looks:
                    look = self.looks[option.text.upper()]
                elif option.words.lower() in NORMAL:
                    look = self.film
                else:
                    look = _with(look, self._grade(option))
        return look

    def _grade(self, option: Option) -> dict[str, float]:
        words = " ".join(option.words.lower().split())
        if words in RANGES and option.quantity is not None:
            return number(words, option, self.findings)
        if words in GRADES:
            return GRADES[words]
        known: dict[str, Span | None] = {
            **self.declared,
            **dict.fromkeys((*GRADES, *RANGES, "normal")),
        }
        title = f"no grade is called {option.text}"
        hint = "name a look card, or words like warm, cold, muted, high contrast, grain 20%"
        place = option.span
        if option.quantity is not None:
            before = option.text[: option.quantity.span.start - place.start]
            place = place.part(0, len(before.rstrip()) or place.end - place.start)
        self.findings.unknown("D0419", title, place, words, known, hint=hint)
        return {}


def _with(look: Look, values: Mapping[str, float]) -> Look:
    return look.replace(spec=look.spec.replace(**values))


def resolve_looks(sources: Sources, reader: Reader, findings: Findings) -> Looks:
    """All look cards, and the one that the title page names."""
    looks = Looks(findings)
    for card in sources.of("look"):
        key = card.name.key
        if key in looks.looks:
            report_twice(findings, "N0402", "look", card, looks.declared[key])
            continue
        looks.declared[key] = card.name.span
        looks.looks[key] = _look(card, reader, findings)
    entry = sources.script.get("look")
    if entry is not None and entry.values:
        name = Name(" ".join(entry.text.split()), span=entry.values[0].span)
        looks.film = looks.find(name) or Look()
    return looks


def report_twice(findings: Findings, code: str, kind: str, card: Card, first: Span | None) -> None:
    """A second card of the same kind and name."""
    findings.error(
        code,
        f"the {kind} {card.name.key} is declared twice",
        Label(card.name.span, "this card is not used"),
        *([Label(first, "first declared here")] if first is not None else []),
        hint="give one of them another name",
        fix=removal(card.span, "remove the second card", safe=False),
    )


def _look(card: Card, reader: Reader, findings: Findings) -> Look:
    values: dict[str, float] = {}
    film = _text(card.get("film"))
    if film is not None:
        values.update(_stock(film, findings))
    for entry in card.entries:
        if entry.name in RANGES and entry.values:
            options = parse_options(entry.values[0])
            if options:
                values.update(number(entry.name, options[0], findings, whole=entry.span))
    match = _text(card.get("match"))
    if match is not None:
        findings.carry("matching scenes", match.span)
    return Look(
        name=card.name.text,
        spec=LookSpec(**values),
        lut=asset(card.get("lut"), reader, findings),
        film=film.text.strip() if film is not None else "",
        match=match.text.strip() if match is not None else "",
    )


def _text(entry: Entry | None) -> Text | None:
    return entry.values[0] if entry is not None and entry.values else None


def _stock(film: Text, findings: Findings) -> dict[str, float]:
    word = " ".join(film.text.lower().split())
    name = STOCK_WORDS.get(word, word)
    if name in STOCKS:
        return STOCKS[name]
    known: dict[str, Span | None] = dict.fromkeys((*STOCKS, *STOCK_WORDS))
    title = f"no film stock is called {film.text}"
    findings.unknown("N0403", title, film.span, word, known)
    return {}


def number(
    key: str, option: Option, findings: Findings, *, whole: Span | None = None
) -> dict[str, float]:
    """The value of one of a look's numbers: a share, or a factor. `whole` is what to remove if it is none."""
    if option.quantity is None:
        fix = findings.without(whole or option.span, f"remove the {key}")
        findings.error(
            "D0410", f"{key} needs a number", option.span, hint="for example `12%`", fix=fix
        )
        return {}
    value = option.quantity.value / (100 if option.quantity.unit == "%" else 1)
    low, high = RANGES[key]
    if not low <= value <= high:
        percent = option.quantity.value / 100
        meant = percent if not option.quantity.unit and value > high else value
        nearest = min(max(meant, low), high)
        place = option.quantity.span
        findings.error(
            "D0418",
            f"{key} must be from {low:.0%} to {high:.0%}",
            option.span,
            fix=replacement(place, f"{nearest:.0%}", safe=False),
        )
        return {}
    return {key: value}
