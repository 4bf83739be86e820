"""Keys: which lines are `key: value`, and which keys a title page or a card knows."""

import re
from collections.abc import Sequence

from duocast.language.diagnostic import Edit, Fix, Label, replacement
from duocast.language.lines import Line
from duocast.language.nearest import nearest
from duocast.language.nodes import CardKind
from duocast.language.reading import Reading
from duocast.language.vocabulary import CARD_ALIASES, CARD_KEYS, TITLE_ALIASES, TITLE_KEYS

_KEY = re.compile(r"([^\W\d_][\w .'’&/\-]{0,60}?)\s{0,20}:(?!//)")


def key_of(line: Line) -> str | None:
    """The key of a `key: value` line, as written."""
    match = _KEY.match(line.text)
    return match.group(1) if match else None


def title_name(key: str) -> str:
    """What a key of the title page is called; one that is not known keeps its own name."""
    plain = " ".join(key.lower().split())
    return TITLE_ALIASES.get(plain, plain)


def card_name(key: str) -> str:
    """What a key of a card is called."""
    plain = " ".join(key.lower().split())
    return CARD_ALIASES.get(plain, plain)


def is_title_key(line: Line) -> bool:
    """Whether a line begins with a key that every title page knows."""
    key = key_of(line)
    return key is not None and title_name(key) in TITLE_KEYS


def is_nearly_title_key(line: Line) -> bool:
    """Whether a line begins with a key that a title page knows, or with a slip for one."""
    name = title_name(key_of(line) or "")
    return name in TITLE_KEYS or nearest(name, TITLE_KEYS) is not None


def is_card_key(line: Line, kind: CardKind) -> bool:
    """Whether a line begins with a key that this kind of card knows."""
    key = key_of(line)
    return key is not None and (kind == "lexicon" or card_name(key) in CARD_KEYS[kind])


def forgot_colon(line: Line, kind: CardKind) -> str | None:
    """The key that a line of a card begins with, if only its colon is missing."""
    first, _, rest = line.text.partition(" ")
    if rest and line.indented and first in CARD_KEYS[kind]:
        return first
    return None


def report_colon(reading: Reading, line: Line, key: str, known: Sequence[str]) -> None:
    """A key without its colon, or a line without any key."""
    if not key:
        keys = ", ".join(known)
        reading.error(
            "N0104",
            "this line of the card has no key",
            Label(reading.span(line.start, line.end)),
            hint=f"the keys are {keys}" if keys else "write word: how to say it",
        )
        return
    end = line.start + len(key)
    reading.error(
        "N0104",
        f"a colon is missing after {key}",
        Label(reading.span(line.start, end)),
        fix=Fix("put a colon after it", (Edit(reading.span(end, end), ":"),)),
    )


def check_key(
    reading: Reading, line: Line, key: str, known: Sequence[str], owner: str, code: str
) -> str:
    """The name of a key of `owner`, reporting one that is not known; a slip counts as what was meant."""
    name = title_name(key) if owner == "the title page" else card_name(key)
    if reading.lenient or not known or name in known:
        return name
    span = reading.span(line.start, line.start + len(key))
    meant = nearest(name, known)
    if meant is None:
        reading.warning(
            code,
            f"{owner} has no “{key}”",
            Label(span, "this line is not used"),
            hint="the keys are " + ", ".join(known),
        )
        return name
    written = meant.capitalize() if key[0].isupper() else meant
    reading.error(
        code,
        f"{owner} has no “{key}”",
        Label(span, f"did you mean {written}?"),
        fix=replacement(span, written),
    )
    return meant
