"""The cast and all other cards: names that collide with words or with each other, and cards that nobody needs."""

import re
import unicodedata
from itertools import islice
from operator import attrgetter

from duocast.compiler.resolve.findings import Findings
from duocast.compiler.resolve.sources import Sources
from duocast.language import Card, Label, Name, has_errors, removal

KEYWORDS = frozenset(
    {
        "AMBIENCE", "BLACK", "CAMERA", "CHAPTER", "CUT", "DIALOGUE", "DISSOLVE", "EST", "EXT", "FADE", "GRADE",
        "INT", "LIGHT", "MUSIC", "SFX", "SPEECH", "TITLE", "WIPE",
    }
)  # fmt: skip
"""Words that mean something else where a name could stand."""
_NAMED = attrgetter("named")
_PARTING = re.compile(r"[\W_]+")


def review_names(sources: Sources, findings: Findings) -> None:
    """Characters whose names are words of the language, or that only spaces and accents tell apart."""
    seen: dict[str, Card] = {}
    for card in sources.of("character"):
        key = card.name.key
        if key in KEYWORDS:
            findings.warning(
                "N0109",
                f"{key} is also a word of the language",
                Label(card.name.span, "a direction may take this name for that word"),
                hint="give the character another name, as in OLD CUT",
            )
        first = seen.setdefault(_bare(key), card)
        if first.name.key != key:
            findings.warning(
                "N0110",
                f"{key} and {first.name.key} are two people with nearly the same name",
                Label(card.name.span, "this one"),
                Label(first.name.span, "and this one"),
                hint="take one of the cards out, or give them names that differ by a letter",
                fix=removal(card.span, f"remove the card of {key}", safe=False),
            )


def _bare(key: str) -> str:
    """A name without what the ear does not tell apart: accents, spaces and hyphens."""
    letters = unicodedata.normalize("NFD", _PARTING.sub("", key))
    return "".join(letter for letter in letters if not unicodedata.combining(letter))


def review_unused(sources: Sources, findings: Findings) -> None:
    """Cards of the script itself that nothing names. Those of other files may be for other films.

    It waits until everything else is right: a card may stand unused only because its name is misspelt elsewhere.
    """
    named = frozenset[str]().union(*map(_NAMED, sources.stretches))
    cards = [card for card in sources.own if card.name.text and card.name.key not in named]
    if not cards or has_errors(findings.items):
        return
    offered = {label.span for one in findings.items for label in one.labels}
    texts = [source.text for source in sources.files.values()]
    for card in cards:
        if card.name.span not in offered and not _is_mentioned(texts, card.name):
            person = card.kind == "character"
            findings.note(
                "N0111" if person else "N0112",
                f"nobody speaks or sees {card.name.key}"
                if person
                else f"the {card.kind} {card.name.key} is never used",
                card.name.span,
                fix=removal(card.span, "remove the card", safe=False),
            )


def _is_mentioned(texts: list[str], name: Name) -> bool:
    """Whether a name stands anywhere but on its own card, in whatever case."""
    if any(_twice(re.compile(rf"(?<!\w){re.escape(name.text)}(?!\w)"), text) for text in texts):
        return True
    pattern = re.compile(rf"(?<!\w){re.escape(name.key)}(?!\w)", re.IGNORECASE)
    return sum(sum(1 for _ in islice(pattern.finditer(text), 2)) for text in texts) > 1


def _twice(pattern: re.Pattern[str], text: str) -> bool:
    """Whether a text has a pattern twice."""
    return sum(1 for _ in islice(pattern.finditer(text), 2)) > 1
