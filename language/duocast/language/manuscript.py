"""A manuscript: a script that has been read, and that can be edited.

    manuscript = Manuscript.read(Source("film.scene", text))
    manuscript = manuscript.update(new_text)

An update reads the passages again that the edit touched, and keeps the others: they are the very same objects, so
that whatever is known about them is still true. What moves are their places. For that reason an update uses the
manuscript up: the spans of all that both share count from the new text.
"""

from bisect import bisect_left, bisect_right
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from functools import partial
from itertools import chain
from operator import attrgetter

import msgspec

from duocast.language.checks import CAST_CHECKS, PASSAGE_CHECKS, SCRIPT_CHECKS
from duocast.language.diagnostic import Diagnostic
from duocast.language.difference import shared_end, shared_start
from duocast.language.extract import Extract, extract
from duocast.language.nodes import Block, Card, Script, Speech
from duocast.language.passage import Passage
from duocast.language.proof import prove
from duocast.language.reading import Reading
from duocast.language.source import Place, Source

_ORIGIN = attrgetter("origin")
_FOUND = attrgetter("found")
_BLOCKS = attrgetter("blocks")
_ENTRIES = attrgetter("entries")
_START = attrgetter("span.start")
_BEHIND = (1, 8, 64)
"""How many passages behind an edit are read again, until the last comes out as it was."""


class Manuscript(msgspec.Struct, frozen=True):
    """The text, its passages, and the script that they make."""

    source: Source
    lenient: bool
    text: str
    """The source's text with blanks for notes and boneyard."""
    passages: tuple[Passage, ...]
    names: Counter[str]
    """Who speaks or has a card, as written, and how often."""
    cast: frozenset[str]
    """The same, by the keys of the names."""
    found: tuple[Diagnostic, ...]
    """What passages tell of themselves."""
    found_of_cast: tuple[Diagnostic, ...]
    """What they tell when the cast is known."""
    script: Script
    diagnostics: tuple[Diagnostic, ...]

    @classmethod
    def read(cls, source: Source, *, lenient: bool = False) -> "Manuscript":
        """A script from its text."""
        lenient = lenient or source.path.lower().endswith(".fountain")
        whole = extract(source, lenient=lenient, start=0, end=len(source.text), state="top")
        passages = whole.passages()
        entries = tuple(chain.from_iterable(map(_ENTRIES, passages)))
        blocks = tuple(chain.from_iterable(map(_BLOCKS, passages)))
        names = Counter(_names(blocks))
        cast = _cast(names)
        proof = partial(prove, source, whole.text, passages, 0, len(passages), lenient=lenient)
        return _bound(
            source,
            Script(entries, blocks, span=source.span(0, len(source.text))),
            passages,
            (*chain.from_iterable(map(_FOUND, passages)), *proof(checks=PASSAGE_CHECKS)),
            proof(checks=CAST_CHECKS, cast=cast),
            lenient=lenient,
            text=whole.text,
            names=names,
            cast=cast,
        )

    def update(self, text: str) -> "Manuscript":
        """The manuscript with another text: the same as if it were read anew, but sooner."""
        old = self.source.text
        if text == old:
            return self
        if not self.passages:
            return Manuscript.read(Source(self.source.path, text), lenient=self.lenient)
        start = shared_start(old, text)
        end = len(old) - shared_end(old, text, start)
        source = Source(self.source.path, text)
        first = max(bisect_right(self.passages, start, key=_ORIGIN) - 2, 0)
        last = bisect_left(self.passages, end, key=_ORIGIN)
        for behind in _BEHIND:
            stretch = self._reread(source, first, min(last + behind, len(self.passages)))
            if stretch is not None:
                return self._with(source, *stretch)
        return Manuscript.read(source, lenient=self.lenient)

    def _origin(self, index: int) -> int:
        """Where a passage begins; the first at the start of the text, and one behind the last at its end."""
        if index == 0:
            return 0
        return self.passages[index].origin if index < len(self.passages) else len(self.source.text)

    def _reread(
        self, source: Source, first: int, last: int
    ) -> tuple[str, int, int, tuple[Passage, ...]] | None:
        """The passages from `first` to before `last` read again: the text, and what of them is new and where."""
        start, end = self._origin(first), self._origin(last)
        delta = len(source.text) - len(self.source.text)
        if self.lenient and "*/" in self.source.text[start:end]:
            return None
        plain = self.text is self.source.text
        part = extract(
            source,
            lenient=self.lenient,
            start=start,
            end=end + delta,
            state=self.passages[first].state if first else "top",
            around=None if plain else (self.text[:start], self.text[end:]),
        )
        if not part.whole:
            return None
        read = part.passages()
        if last < len(self.passages):
            before = self.passages[last - 1]
            if not read or (read[-1].begin, read[-1].state) != (
                before.origin + delta,
                before.state,
            ):
                return None
        return (part.text, *self._changed(part, first, last, read))

    def _changed(
        self, part: Extract, first: int, last: int, read: tuple[Passage, ...]
    ) -> tuple[int, int, tuple[Passage, ...]]:
        """What is left of a stretch without the passages at both ends that are what they were."""
        old, new = self.source.text, part.source.text
        starts = [part.start, *[one.begin for one in read[1:]], part.end]
        low, high = 0, len(read)
        while low < high and first < last:
            if not self._same(old, new, first, read[low], starts[low], starts[low + 1]):
                break
            low, first = low + 1, first + 1
        while low < high and first < last:
            if not self._same(old, new, last - 1, read[high - 1], starts[high - 1], starts[high]):
                break
            high, last = high - 1, last - 1
        return first, last, read[low:high]

    def _same(self, old: str, new: str, index: int, read: Passage, start: int, end: int) -> bool:
        """Whether a passage has the text that it had, below what it stood below."""
        if read.state != self.passages[index].state:
            return False
        return old[self._origin(index) : self._origin(index + 1)] == new[start:end]

    def _with(
        self, source: Source, text: str, first: int, last: int, read: tuple[Passage, ...]
    ) -> "Manuscript":
        """The manuscript with other passages from `first` to before `last`."""
        old, script = self.passages, self.script
        low = bisect_left(script.blocks, self._origin(first), key=_START)
        high = bisect_left(script.blocks, self._origin(last), key=_START)
        blocks = tuple(chain.from_iterable(map(_BLOCKS, read)))
        names, cast = self._recast(script.blocks[low:high], blocks)
        around = (_before(old, first), last) if cast == self.cast else (0, len(old))
        reach = self._reach(source.text, first, last)
        found = self._outside(self.found, first, reach)
        found_of_cast = self._outside(self.found_of_cast, *around)
        _move(old[last:], len(source.text) - len(self.source.text))
        passages = old[:first] + read + old[last:]
        grown = len(passages) - len(old)
        proof = partial(prove, source, text, passages, lenient=self.lenient)
        entries = script.title_page
        if any(one.entries for one in (*old[first:last], *read)):
            entries = tuple(chain.from_iterable(map(_ENTRIES, passages)))
        found += chain.from_iterable(map(_FOUND, passages[first : reach + grown]))
        found += proof(first, reach + grown, checks=PASSAGE_CHECKS)
        found_of_cast += proof(around[0], around[1] + grown, checks=CAST_CHECKS, cast=cast)
        blocks = script.blocks[:low] + blocks + script.blocks[high:]
        return _bound(
            source,
            Script(entries, blocks, span=source.span(0, len(source.text))),
            passages,
            tuple(found),
            tuple(found_of_cast),
            lenient=self.lenient,
            text=text,
            names=names,
            cast=cast,
        )

    def _reach(self, text: str, first: int, last: int) -> int:
        """The passages before which an edit can change what passages tell: one half of a note may have lost another."""
        old, start, end = self.source.text, self._origin(first), self._origin(last)
        written = old[start:end] + text[start : end + len(text) - len(old)]
        if "[[" not in written and "]]" not in written:
            return last
        closing = old.find("]]", end)
        return (
            max(last, bisect_right(self.passages, closing + 2, key=_ORIGIN))
            if closing >= 0
            else last
        )

    def _outside(self, found: Iterable[Diagnostic], first: int, last: int) -> list[Diagnostic]:
        """Findings that are not in the passages from `first` to before `last`."""
        start, end = self._origin(first), self._origin(last)
        return [one for one in found if one.span is None or not start <= one.span.start < end]

    def _recast(
        self, gone: Sequence[Block], came: Sequence[Block]
    ) -> tuple[Counter[str], frozenset[str]]:
        """Who speaks when some blocks take the place of others."""
        left, joined = Counter(_names(gone)), Counter(_names(came))
        if left == joined:
            return self.names, self.cast
        names = self.names - left + joined
        return names, _cast(names)


def _bound(
    source: Source,
    script: Script,
    passages: tuple[Passage, ...],
    found: tuple[Diagnostic, ...],
    found_of_cast: tuple[Diagnostic, ...],
    *,
    lenient: bool,
    text: str,
    names: Counter[str],
    cast: frozenset[str],
) -> Manuscript:
    """A manuscript, with everything that there is to say about it in the order of the text."""
    reading = Reading(source, lenient, text=text, place=Place(source.path), end=len(text))
    for check in SCRIPT_CHECKS:
        check(reading, script)
    return Manuscript(
        source,
        lenient,
        text,
        passages,
        names,
        cast,
        found,
        found_of_cast,
        script,
        tuple(sorted((*found, *found_of_cast, *reading.found), key=_place)),
    )


def _before(passages: Sequence[Passage], first: int) -> int:
    """The passage with the last block before `first`: what is said of it may hang on what follows."""
    while first > 0:
        first -= 1
        if passages[first].blocks:
            break
    return first


def _move(passages: Iterable[Passage], by: int) -> None:
    """Passages to where they stand now, with everything in them."""
    if by:
        for passage in passages:
            passage.place.origin += by


def _names(blocks: Iterable[Block]) -> Iterator[str]:
    for block in blocks:
        if isinstance(block, Speech) or (isinstance(block, Card) and block.kind == "character"):
            yield block.name.text


def _cast(names: Iterable[str]) -> frozenset[str]:
    return frozenset(" ".join(name.split()).upper() for name in names)


def _place(finding: Diagnostic) -> tuple[int, str]:
    return (finding.span.start if finding.span else 0, finding.code)
