"""Phrasing: the one spelling of what stands in brackets, on a cue line or in a transition.

Spaces, the case of the vocabulary's words, numbers and their units. Names, texts and everything in quotes stay.
"""

import re
from collections.abc import Iterator, Sequence

from duocast.language.quantity import NUMBER, Number, read_number
from duocast.language.vocabulary import CUE_KEYWORDS, PHRASES, phrases

Place = tuple[int, int]
"""A stretch of the file, half-open."""

_SPELT = r"[^\W\d_]+(?:'[^\W\d_]+)*"
_TOKEN = re.compile(rf"(?P<space>[ \t]+)|(?P<number>{NUMBER.pattern})|(?P<word>{_SPELT})|[\s\S]")
_WORD = re.compile(_SPELT)
_KEYWORD = re.compile(r"\s*(?:" + "|".join(map(re.escape, CUE_KEYWORDS)) + r")[ \t]*(?=:)")
_SYMBOLS = {
    "sec": "s", "secs": "s", "second": "s", "seconds": "s", "minute": "min", "minutes": "min",
    "db": "dB", "semitone": "st", "semitones": "st", "lufs": "LUFS",
}  # fmt: skip


def _table() -> dict[str, str]:
    """Every word of the vocabulary by its lower case; one that the tables spell in two ways is left out."""
    terminals = dict.fromkeys(name for pairs in PHRASES.values() for name, _ in pairs)
    spelt: dict[str, set[str]] = {}
    for phrase in phrases(*terminals):
        for word in _WORD.findall(phrase):
            spelt.setdefault(word.lower(), set()).add(word)
    return {word: found.pop() for word, found in spelt.items() if len(found) == 1}


_WORDS = _table()


def phrased(text: str, start: int, end: int, own: Sequence[Place], *, words: bool = True) -> str:
    """The spelling of `text[start:end]`, which is part of one line.

    `own` are the stretches that are the writer's own, in order. `words` off leaves the case of words as it is.
    """
    keyword = _KEYWORD.match(text, start, end)
    fixed = [(start, keyword.end()), *own] if keyword else own
    spelt = ""
    gap = after_colon = False
    for token, apart in _tokens(text, start, end, fixed, words=words):
        gap = gap or apart
        if token in (",", ":"):
            timecode = token == ":" and not gap and spelt[-1:].isdigit()
            spelt += token
            gap, after_colon = not timecode, timecode
            continue
        spelt += (
            " " if (gap or (after_colon and not token[0].isdigit())) and spelt else ""
        ) + token
        gap = after_colon = False
    return spelt


def _tokens(
    text: str, start: int, end: int, own: Sequence[Place], *, words: bool
) -> Iterator[tuple[str, bool]]:
    """The parts of a stretch in their own spelling, each with whether white space stands before it."""
    position, apart = start, False
    for first, last in [*own, (end, end)]:
        first, last = max(first, position), min(last, end)
        for found in _TOKEN.finditer(text, position, max(first, position)):
            if found.lastgroup == "space":
                apart = True
                continue
            yield _spelt(found, words=words), apart
            apart = False
        if last > first:
            yield text[first:last].strip(" \t"), apart or text[first] in " \t"
            apart = text[last - 1] in " \t"
        position = max(position, last)


def _spelt(found: re.Match[str], *, words: bool) -> str:
    written = found.group()
    if found.group("number"):
        return _number(written)
    return _WORDS.get(written.lower(), written) if words and found.group("word") else written


def _number(written: str) -> str:
    """`2 seconds` is 2s, `-24.0 db` is -24dB; a number without a unit stays as it is."""
    read = read_number(written)
    if read is None or not read.unit:
        return written
    found = NUMBER.match(written)
    sign, digits = (found.group(1), found.group(2)) if found else ("", "")
    whole, _, decimals = digits.partition(".")
    decimals = decimals.rstrip("0")
    digits = (whole.lstrip("0") or "0") + (f".{decimals}" if decimals else "")
    unit = read.written.lower()
    spelt = sign.replace("−", "-").replace("–", "-") + digits + _SYMBOLS.get(unit, unit)
    return spelt if _same(read, read_number(spelt)) else written


def _same(one: Number, other: Number | None) -> bool:
    return other is not None and (one.value, one.unit) == (other.value, other.unit)
