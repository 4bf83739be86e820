"""Cards and the title page: where they stand, and what they say twice."""

from duocast.language.diagnostic import Edit, Fix, Label, removal
from duocast.language.keys import title_name
from duocast.language.nodes import Action, Card, Entry, SceneHeading, Script
from duocast.language.pattern import pattern
from duocast.language.reading import Reading
from duocast.language.source import Span
from duocast.language.vocabulary import TITLE_KEYS

_TITLE_LINE = pattern(r"([A-Za-z][A-Za-z ]{2,20}):\s+\S")


def check_empty(reading: Reading, script: Script) -> None:
    """A script must have something in it."""
    if not script.title_page and not script.blocks:
        reading.error(
            "S0101",
            "the script is empty",
            Label(reading.span(0, 0)),
            hint="begin with a heading such as INT. KITCHEN - NIGHT, or run duocast new",
        )


def check_cards(reading: Reading, script: Script) -> None:
    """Cards stand before the first scene, and say nothing twice; nor does the title page."""
    cards = script.cards
    _check_late(reading, script, cards)
    _check_twice(reading, script, cards)


def _check_late(reading: Reading, script: Script, cards: tuple[Card, ...]) -> None:
    heading = next((block for block in script.blocks if isinstance(block, SceneHeading)), None)
    for card in cards:
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


def _check_twice(reading: Reading, script: Script, cards: tuple[Card, ...]) -> None:
    """A key that is given twice on one card or title page."""
    _check_entries(reading, script.title_page, "the title page")
    for card in cards:
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
            key, _, _ = block.lines[0].text.partition(":")
            if _is_title_line(block.lines[0].text):
                _report_late_title(reading, script, block, key)


def check_title_colons(reading: Reading, script: Script) -> None:
    """A line of the title page whose colon is lost: it is taken for more of the line above, or for action."""
    if reading.lenient:
        return
    for entry in script.title_page:
        for value in entry.values[1:]:
            _check_colon(reading, value.text, value.span)
    first = next((block for block in script.blocks if isinstance(block, Action)), None)
    if first is None or first.forced:
        return
    if any(_is_title_line(line.text) for line in first.lines[1:]):
        _check_colon(reading, first.lines[0].text, first.lines[0].span)


def _is_title_line(text: str) -> bool:
    match = _TITLE_LINE.match(text)
    return match is not None and title_name(match.group(1)) in TITLE_KEYS


def _check_colon(reading: Reading, text: str, span: Span) -> None:
    key, space, _ = text.partition(" ")
    before = reading.text[span.start - 1 : span.start]
    if not space or before not in ("", "\n", "\r") or key.lower() not in TITLE_KEYS:
        return
    reading.error(
        "N0119",
        f"a colon is missing after {key}",
        Label(span.part(0, len(key)), "this is no line of its own without it"),
        hint="indent a line that goes on from the one above",
        fix=Fix("put a colon after it", (Edit(span.part(len(key), len(key)), ":"),)),
    )


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
