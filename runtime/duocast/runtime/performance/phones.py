"""A take's phonemes as segments of the mouth: stress marks folded into their vowel, rests told from sounds."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass

from duocast.compiler.operations.speak import PhoneTime
from duocast.runtime.performance.articulation import REST, VOWELS, Shape, shapes_of

_STRESS = "ˈˌ"
_MARKS = frozenset("ˈˌː ʲ̩̃")
_SILENT = frozenset(("rest", "sil", "SIL", "sp", "pau", "", " ", "_"))


@dataclass(frozen=True, slots=True)
class Segment:
    """One target of the mouth held from `start` to `end` (take seconds). `stress` is 0, 1 or 2 (main)."""

    symbol: str
    start: float
    end: float
    shape: Shape
    stress: int = 0

    @property
    def voiced_vowel(self) -> bool:
        """Whether this is a vowel."""
        return self.symbol in VOWELS


def segments_of(phones: Iterable[PhoneTime]) -> tuple[Segment, ...]:
    """The segments of a take in order. A stress mark's time and stress go to the next vowel."""
    return tuple(_folded(phones))


def _folded(phones: Iterable[PhoneTime]) -> Iterator[Segment]:
    start: float | None = None
    stress = 0
    for phone in sorted(phones, key=lambda p: (p.start, p.end)):
        stress = max(stress, _stress(phone.symbol))
        begin = phone.start if start is None else start
        symbols = _sounds(phone.symbol)
        if not symbols and not _silent(phone.symbol):
            start = begin
            continue
        start = None
        if not symbols:
            yield Segment("rest", begin, phone.end, REST)
            continue
        yield from _spread(symbols, begin, phone.end, stress)
        if symbols[-1] in VOWELS:
            stress = 0


def _spread(symbols: str, start: float, end: float, stress: int) -> Iterator[Segment]:
    """The targets of `symbols` one after the other; the first half of a diphthong is the longer."""
    parts = [(symbol, shape) for symbol in symbols for shape in shapes_of(symbol)]
    shares = (
        [0.56, 0.44] if len(symbols) == 1 and len(parts) == 2 else [1 / len(parts)] * len(parts)
    )
    at = start
    for (symbol, shape), share in zip(parts, shares, strict=True):
        until = at + share * (end - start)
        yield Segment(symbol, at, until, shape, stress if symbol in VOWELS else 0)
        at = until


def _stress(symbol: str) -> int:
    return 2 if "ˈ" in symbol else 1 if "ˌ" in symbol else 0


def _sounds(symbol: str) -> str:
    """The letters of a phoneme's name that are sounds; nothing for a mark, a rest or punctuation."""
    if symbol in _SILENT:
        return ""
    return "".join(c for c in symbol if c not in _MARKS and (c.isalpha() or c == "ʔ"))


def _silent(symbol: str) -> bool:
    """Whether it is a rest (and not only a stress mark that belongs to what follows)."""
    return not any(c in _STRESS or c == "ː" for c in symbol)
