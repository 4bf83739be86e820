"""Cards and the title page: where they stand, and what they say twice."""

import re

from duocast.language.diagnostic import Edit, Fix, Label, removal
from duocast.language.keys import title_name
from duocast.language.nodes import Action, Card, Entry, SceneHeading, Script
from duocast.language.reading import Reading
from duocast.language.vocabulary import TITLE_KEYS

_TITLE_LINE = re.compile(r"([A-Za-z][A-Za-z ]{2,20}):\s+\S")


def check_empty(reading: Reading, script: Script) -> None:
    """A script must have something in it."""
    if not script.title_page and not script.blocks:
        reading.error(
            "S0101",
            "the script is empty",
            Label(reading.span(0, 0)),
            hint="begin with a heading such as INT. KITCHEN - NIGHT, or run duocast new",
        )


def check_late_cards(reading: Reading, script: Script) -> None:
    """Cards stand before the first scene."""
    heading = next((block for block in script.blocks if isinstance(block, SceneHeading)), None)
    for card in script.cards:
        if heading and card.span.start > heading.span.start:
            reading.warning(
                "S0109",
                f"the card of {card.name.text or 'this lexicon'} stands inside a scene",
                Label(card.name.span if card.name.text else card.span),
                Label(heading.span, "the first scene begins here"),
                fix=_moved(reading, card, heading),
            )


def _moved(reading: Reading, card: Card, heading: SceneHeading) -> Fix:
    """The card as it is written, before the first heading."""
    written = reading.source.slice(card.span)
    above = Edit(reading.span(heading.span.start, heading.span.start), written + "\n\n")
    return Fix("move it above the first scene", (above, Edit(card.span, "")))


def check_twice(reading: Reading, script: Script) -> None:
    """A key that is given twice on one card or title page."""
    _check_entries(reading, script.title_page, "the title page")
    for card in script.cards:
        _check_entries(
            reading,
            card.entries,
            f"the card of {card.name.text}" if card.name.text else "this lexicon",
        )


_MANY = frozenset({"portrait", "use", "notes", "contact", "author", "source"})


def _check_entries(reading: Reading, entries: tuple[Entry, ...], owner: str) -> None:
    seen: dict[str, Entry] = {}
    for entry in entries:
        before = seen.setdefault(entry.name, entry)
        if before is not entry and entry.name not in _MANY and not reading.lenient:
            reading.error(
                "N0103",
                f"{owner} says “{entry.key.text}” twice",
                Label(entry.key.span, "this one is not used"),
                Label(before.key.span, "first given here"),
                fix=removal(entry.span, "remove the second one", safe=False),
            )


def check_late_title_page(reading: Reading, script: Script) -> None:
    """Lines of the title page that stand behind something else."""
    for block in () if reading.lenient else script.blocks:
        if isinstance(block, SceneHeading):
            return
        if isinstance(block, Action) and not block.forced:
            match = _TITLE_LINE.match(block.lines[0].text)
            if match and title_name(match.group(1)) in TITLE_KEYS:
                _report_late_title(reading, script, block, match.group(1))


def _report_late_title(reading: Reading, script: Script, block: Action, key: str) -> None:
    written = reading.source.slice(block.span)
    top = reading.span(0, 0)
    gap = "\n" if script.title_page else "\n\n"
    reading.warning(
        "S0131",
        f"“{key}:” stands below the title page",
        Label(block.span, "this is read as action"),
        hint="the title page is the first thing in the file",
        fix=Fix(
            "move it to the top",
            (Edit(top, written + gap), Edit(block.span, "")),
            safe=False,
        ),
    )
