"""Prose that was hardly meant as such: cues without their colon, transitions without their `>`."""

import re

from duocast.language.cueline import BARE_KEYWORD, report_no_colon
from duocast.language.cues import is_option
from duocast.language.diagnostic import Label, insertion
from duocast.language.lalr import Unread
from duocast.language.nodes import Action, Script
from duocast.language.options import QUOTED
from duocast.language.phrasebook import transition_of
from duocast.language.pieces import pieces
from duocast.language.reading import Reading
from duocast.language.vocabulary import CUE_KEYWORDS

_TRANSITION = re.compile(
    r"(?:cut|dissolve|wipe|fade|(?:smash|match|jump) cut|cross dissolve)\b.{0,40}", re.IGNORECASE
)
_FIRST_LETTERS = frozenset({keyword[0] for keyword in CUE_KEYWORDS} | set("cdwfsmjCDWFSMJ"))


def check_prose(reading: Reading, script: Script) -> None:
    """Paragraphs of one line that begin like something else."""
    for block in () if reading.lenient else script.blocks:
        if isinstance(block, Action) and not block.forced and len(block.lines) == 1:
            text = block.lines[0].text
            if text[:1] in _FIRST_LETTERS:
                _cue(reading, block, text)
                _transition(reading, block, text)


def _cue(reading: Reading, block: Action, text: str) -> None:
    """`MUSIC soft piano, fade in 2s`: a keyword, and options that only a cue has."""
    match = BARE_KEYWORD.match(text) if text[:2].isupper() else None
    if match is None:
        return
    parts = list(pieces(text[match.end() :], 0))
    quoted = QUOTED.fullmatch(parts[0].text) is not None if parts else False
    if not (quoted or any(is_option(part.text) for part in parts)):
        return
    end = block.span.part(match.end(1), match.end(1))
    report_no_colon(reading, block.span.part(0, match.end(1)), end)


def _transition(reading: Reading, block: Action, text: str) -> None:
    """`dissolve 1.5s`: all of it is a transition, but for the sign before it."""
    if not _TRANSITION.fullmatch(text):
        return
    try:
        transition_of(text.rstrip(":. "), 0, reading.place)
    except Unread:
        return
    reading.warning(
        "S0137",
        "this is read as action, and looks like a transition",
        Label(block.span, "somebody would have to act it"),
        hint="write > before a transition in small letters",
        fix=insertion(block.span, "> ", "put > before it"),
    )
