"""A phrasebook: directions, cue options and transitions, walked from the grammar and filled from the vocabulary.

It grows with them: a new rule or a new spelling is in it without a change here, as long as its terminals can be spelt.
"""

import random
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from lark import Lark
from lark.lexer import Lexer

import duocast.language as language
from duocast.language import Source, has_errors, parse
from duocast.language.vocabulary import CUE_KEYWORDS, TIMES_OF_DAY, phrases

GRAMMAR = Path(language.__file__).with_name("direction.lark")
CAST = ("MARA", "JONAS")
FREE = {
    "NAME": CAST,
    "QUOTED": ('"the phone"', "“A, or B”", '"200 ms"'),
    "TIME": ("2s", "500ms", "0.5 s", "1 min", "3 seconds", "1.50s"),
    "MILLIMETRES": ("35mm", "85 mm"),
    "DECIBELS": ("-24dB", "-6 db", "+3dB", "−12 dB"),
    "PERCENT": ("60%", "110 %"),
    "SEMITONES": ("-1st", "2 semitones"),
    "MARK": ("#ring", "#two-3"),
    "COMMA": (",",),
    "COLON": (":",),
}
DEPTH = 12


class _NoLexer(Lexer):
    """Nothing is read with this grammar: it is only walked."""

    def __init__(self, lexer_conf):
        pass

    def lex(self, lexer_state, parser_state):
        return iter(())


@cache
def _rules() -> dict[str, list[tuple[str, ...]]]:
    starts = ["direction", "option", "transition"]
    text = GRAMMAR.read_text("utf-8")
    grammar = Lark(text, parser="lalr", lexer=_NoLexer, start=starts, maybe_placeholders=False)
    rules: dict[str, list[tuple[str, ...]]] = {}
    for rule in grammar.rules:
        rules.setdefault(str(rule.origin.name), []).append(
            tuple(str(symbol.name) for symbol in rule.expansion)
        )
    return rules


@cache
def _spellings(terminal: str) -> tuple[str, ...]:
    """How a terminal can be written; none when this book does not know it."""
    if terminal in FREE:
        return FREE[terminal]
    try:
        return phrases(terminal)
    except KeyError:
        return ()


def _walk(symbol: str, chance: random.Random, depth: int) -> list[str]:
    rules = _rules().get(symbol)
    if rules is None:
        spelt = _spellings(symbol)
        return [chance.choice(spelt)] if spelt else ["?"]
    if depth <= 0:
        rules = [min(rules, key=len)]
    return [word for part in chance.choice(rules) for word in _walk(part, chance, depth - 1)]


def written(words: Sequence[str]) -> str:
    """Words with a space between them, but none before a comma or a colon."""
    return " ".join(words).replace(" ,", ",").replace(" :", ":")


def _reads_well(text: str) -> bool:
    cards = "character MARA\n  side: left\n\ncharacter JONAS\n  side: right\n\n"
    return not has_errors(parse(Source("f.scene", cards + text)).diagnostics)


@cache
def _pool(start: str, before: str, after: str, size: int = 300) -> tuple[str, ...]:
    """Different phrases of a rule that are read without an error in their place."""
    chance = random.Random(f"{start} {before}")
    found: dict[str, None] = {}
    for _ in range(size):
        phrase = written(_walk(start, chance, DEPTH))
        if "?" not in phrase and _reads_well(f"INT. HALL - DAY\n\n{before}{phrase}{after}\n"):
            found[phrase] = None
    return tuple(found)


def directions() -> tuple[str, ...]:
    """What stands in brackets, without them."""
    return _pool("direction", "MARA\nNo [", "] no.")


def options() -> tuple[str, ...]:
    """Options of a cue line."""
    return _pool("option", "MUSIC: a song, ", "", 150)


def transitions() -> tuple[str, ...]:
    """What follows `>`."""
    return _pool("transition", "> ", "", 100)


SAID = ("soft piano, hopeful", '"Mara Lindt", "Editor"', "rain", "wind.wav")
"""What a cue is about."""


def cues() -> tuple[str, ...]:
    """Cue lines without options: every keyword with everything that it could be about."""
    return tuple(f"{keyword}: {said}" for keyword in CUE_KEYWORDS for said in SAID)


@dataclass(frozen=True)
class Book:
    """What a generated script may use. `sound` keeps to keys and values that are known to compile."""

    directions: tuple[str, ...]
    options: tuple[str, ...]
    transitions: tuple[str, ...]
    cues: tuple[str, ...]
    times_of_day: tuple[str, ...] = TIMES_OF_DAY
    sound: bool = False


@cache
def whole() -> Book:
    """Everything that is read without an error."""
    return Book(directions(), options(), transitions(), cues())
