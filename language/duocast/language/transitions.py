"""Transitions: `CUT TO:` and `> dissolve 1.5s`."""

import re

from duocast.language.diagnostic import Label, insertion, removal, replacement
from duocast.language.lalr import Unread
from duocast.language.lines import Line
from duocast.language.misread import Misread, misread, number_title, united
from duocast.language.nearest import nearest
from duocast.language.nodes import Transition
from duocast.language.phrasebook import transition_of
from duocast.language.pieces import Piece
from duocast.language.reading import Reading
from duocast.language.source import Span
from duocast.language.vocabulary import TRANSITIONS

_KNOWN = frozenset(phrase.upper() for phrase in TRANSITIONS if len(phrase.split()) > 1)
_ENDS = re.compile(r"\s*[:.]$")


def is_transition(line: Line, *, fresh: bool, lenient: bool) -> bool:
    """Whether a line is a transition: forced by `>`, one of the known phrases in capitals, or capitals up to `TO:`."""
    text = line.text
    if text.startswith(">"):
        return not text.endswith("<")
    if len(text) > 60 or not text.isupper():
        return False
    stopped = text[-1] in ":."
    bare = _ENDS.sub("", text)
    if bare in _KNOWN:
        return fresh or stopped
    if not fresh:
        return False
    slip = not lenient and stopped and " " in bare and nearest(bare, _KNOWN_ORDERED) is not None
    return text.endswith("TO:") or slip


_KNOWN_ORDERED = tuple(sorted(_KNOWN))


def parse_transition(reading: Reading, line: Line) -> Transition:
    """The transition that `line` is. One that is not known becomes a cut, and is reported unless leniently read."""
    text = line.text.removeprefix(">").lstrip()
    start = line.end - len(text)
    piece = Piece(_ENDS.sub("", text), start)
    span = reading.span(line.start, line.end)
    try:
        found = transition_of(piece.text, piece.start, reading.place)
    except Unread as unread:
        if not reading.lenient:
            _report(reading, piece, unread, span)
        return Transition("cut", span=span)
    return Transition(found.kind, found.seconds, span=span)


def _report(reading: Reading, piece: Piece, unread: Unread, span: Span) -> None:
    found = misread(piece, unread.token, TRANSITIONS, lambda _: False, span.place)
    if found.kind == "unfinished" and "TIME" in unread.expected:
        _report_unfinished(reading, piece, found)
        return
    numeric = found.kind == "number"
    fix = found.fix or united(unread.token, unread.expected)
    if found.fix and fix and piece.text.isupper():
        fix = replacement(found.span, found.meant.upper(), safe=fix.safe)
    known = "the transitions are cut, dissolve, wipe, fade in, fade out, fade to black"
    reading.error(
        "D0103" if numeric else "D0105",
        number_title(found) if numeric else _unknown_title(piece.text),
        Label(found.span if piece.text else span, found.label),
        hint="write a length as 1.5s or 500ms" if numeric else "" if fix else known,
        fix=fix,
    )


def _unknown_title(written: str) -> str:
    return f"there is no transition “{written}”" if written else "no transition stands after >"


def _report_unfinished(reading: Reading, piece: Piece, found: Misread) -> None:
    """`> fade for`: a word that a length should follow, and none does. A cut takes no time."""
    kept, word = piece.text.rsplit(maxsplit=1)
    cut = "cut" in kept.casefold().split()
    surplus = reading.span(piece.start + len(kept), piece.end)
    reading.error(
        "D0108",
        f"the transition “{piece.text}” stops too early",
        Label(found.span, found.label),
        hint=f"a cut takes no time: write {kept}"
        if cut
        else f"say how long, as in {piece.text} 2s",
        fix=removal(surplus, f"drop {word}", safe=False)
        if cut
        else insertion(found.span.after, " 2s", "say that it takes 2s", safe=False),
    )
