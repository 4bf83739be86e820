"""The cast and all other cards: names that collide with words or with each other, and cards that nobody needs."""

import re
import unicodedata

from duocast.compiler.review.inventory import Inventory
from duocast.language import Card, Label, has_errors, removal

KEYWORDS = frozenset(
    {
        "AMBIENCE", "BLACK", "CAMERA", "CHAPTER", "CUT", "DIALOGUE", "DISSOLVE", "EST", "EXT", "FADE", "GRADE",
        "INT", "LIGHT", "MUSIC", "SFX", "SPEECH", "TITLE", "WIPE",
    }
)  # fmt: skip
"""Words that mean something else where a name could stand."""
_PARTING = re.compile(r"[\W_]+")


def review_names(inventory: Inventory) -> None:
    """Characters whose names are words of the language, or that only spaces and accents tell apart."""
    seen: dict[str, Card] = {}
    for card in inventory.sources.of("character"):
        key = card.name.key
        if key in KEYWORDS:
            inventory.findings.warning(
                "N0109",
                f"{key} is also a word of the language",
                Label(card.name.span, "a direction may take this name for that word"),
                hint="give the character another name, as in OLD CUT",
            )
        first = seen.setdefault(_bare(key), card)
        if first.name.key != key:
            inventory.findings.warning(
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


def review_unused(inventory: Inventory) -> None:
    """Cards of the script itself that nothing names. Those of other files may be for other films.

    It waits until everything else is right: a card may stand unused only because its name is misspelt elsewhere.
    """
    if has_errors(inventory.findings.items):
        return
    offered = {label.span for one in inventory.findings.items for label in one.labels}
    texts = [source.text.upper() for source in inventory.sources.files.values()]
    for card in inventory.script.cards:
        if (
            card.name.text
            and card.name.span not in offered
            and sum(map(len, _mentions(texts, card.name.key))) < 2
        ):
            person = card.kind == "character"
            inventory.findings.note(
                "N0111" if person else "N0112",
                f"nobody speaks or sees {card.name.key}"
                if person
                else f"the {card.kind} {card.name.key} is never used",
                card.name.span,
                fix=removal(card.span, "remove the card", safe=False),
            )


def _mentions(texts: list[str], key: str) -> list[list[str]]:
    """Where a name stands in some texts: at most the two times that make a difference."""
    pattern = re.compile(rf"(?<!\w){re.escape(key)}(?!\w)")
    found: list[list[str]] = []
    for text in texts:
        matches = pattern.finditer(text)
        found.append([match.group() for match, _ in zip(matches, range(2), strict=False)])
    return found
