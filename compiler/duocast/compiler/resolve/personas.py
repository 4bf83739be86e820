"""Personas: how somebody carries themselves, from a card or from plain words like `calm`."""

from msgspec import Struct
from msgspec.structs import replace

from duocast.compiler.resolve.findings import Findings, within
from duocast.compiler.resolve.sources import Sources
from duocast.language import Card, Entry, Option, Span, parse_options, replacement

NUMBERS = ("pause", "emphasis", "speed", "motion", "brows", "blinks")
RANGE = (0.2, 3.0)


class Manner(Struct, frozen=True, gc=False):
    """Factors beside the ordinary person's 1, and a mood in the writer's words."""

    pause: float = 1.0
    emphasis: float = 1.0
    speed: float = 1.0
    motion: float = 1.0
    brows: float = 1.0
    blinks: float = 1.0
    mood: str = ""


MANNERS = {
    "calm": Manner(pause=1.2, speed=0.96, motion=0.75, blinks=0.8),
    "still": Manner(pause=1.2, motion=0.5, brows=0.8, blinks=0.7),
    "lively": Manner(pause=0.8, speed=1.05, motion=1.3, brows=1.3),
    "nervous": Manner(pause=0.8, speed=1.06, motion=1.2, blinks=1.7),
    "stern": Manner(pause=1.1, motion=0.7, brows=0.8, mood="stern"),
    "warm": Manner(motion=1.05, brows=1.1, mood="smiling"),
    "shy": Manner(pause=1.3, motion=0.7, blinks=1.3, mood="shy"),
    "proud": Manner(pause=1.1, motion=0.9, mood="proud"),
    "tired": Manner(pause=1.3, speed=0.94, motion=0.6, blinks=1.2, mood="tired"),
    "excited": Manner(pause=0.7, speed=1.08, motion=1.4, brows=1.4, mood="excited"),
}


def personas(sources: Sources, findings: Findings) -> dict[str, Manner]:
    """The persona cards by the key of their name."""
    return {card.name.key: _card(card, findings) for card in sources.of("persona")}


def _card(card: Card, findings: Findings) -> Manner:
    manner = Manner()
    for entry in card.entries:
        if not entry.values:
            continue
        if entry.name == "mood":
            manner = replace(manner, mood=entry.text.strip())
        elif entry.name in NUMBERS:
            options = parse_options(entry.values[0])
            manner = _number(manner, entry.name, options[0], findings) if options else manner
    return manner


def read_persona(entry: Entry | None, cards: dict[str, Manner], findings: Findings) -> Manner:
    """The manner that a character's card asks for: a persona card's name, plain words, numbers."""
    manner = Manner()
    for value in entry.values if entry is not None else ():
        for option in parse_options(value):
            manner = _option(manner, option, cards, findings)
    return manner


def _option(manner: Manner, option: Option, cards: dict[str, Manner], findings: Findings) -> Manner:
    word = option.words.lower()
    if option.quantity is not None and word in NUMBERS:
        return _number(manner, word, option, findings)
    if option.text.upper() in cards:
        return cards[option.text.upper()]
    if word in MANNERS:
        return _both(manner, MANNERS[word])
    known: dict[str, Span | None] = dict.fromkeys([*cards, *MANNERS, *NUMBERS])
    findings.unknown("N0220", f"there is no persona {option.text}", option.span, option.text, known)
    return manner


def _both(one: Manner, other: Manner) -> Manner:
    factors = {name: getattr(one, name) * getattr(other, name) for name in NUMBERS}
    mood = ", ".join(filter(None, (one.mood, other.mood)))
    return Manner(**factors, mood=mood)


def _number(manner: Manner, key: str, option: Option, findings: Findings) -> Manner:
    if option.quantity is None:
        title = f"{key} needs a number"
        hint = f"for example `{key} 1.2` or `{key} 120%`"
        fix = replacement(option.span, "1", safe=False)
        findings.error("N0221", title, option.span, hint=hint, fix=fix)
        return manner
    value = option.quantity.value / (100 if option.quantity.unit == "%" else 1)
    if not RANGE[0] <= value <= RANGE[1]:
        title = f"{key} must be from {RANGE[0]} to {RANGE[1]}"
        findings.error("N0222", title, option.span, fix=within(option.quantity, *RANGE))
        return manner
    factors = {name: getattr(manner, name) for name in NUMBERS} | {key: value}
    return Manner(**factors, mood=manner.mood)
