"""The lexer of scripts: a text in, readings of its passages and their tokens out.

A passage is a paragraph, or a card with the lines that go on with it after an empty one. It is read without
knowing anything of the others but the state: whether the title page may still begin or go on.
"""

from bisect import bisect_left
from collections.abc import Iterator, Sequence

from duocast.language.glance import ENDS_ACTION, ENDS_SPEECH, PROSE, first_line
from duocast.language.linelexer import LineLexer
from duocast.language.lines import EDGES, Page, line_at
from duocast.language.paragraphs import Paragraph, paragraphs
from duocast.language.reading import Reading, State
from duocast.language.removed import Removed
from duocast.language.source import Place, Source
from duocast.language.token import NOTHING, Token


class PassageLexer:
    """Cuts a part of a script into passages. `text` is the source's with blanks for what is `removed`."""

    def __init__(
        self, source: Source, text: str, removed: Sequence[Removed], *, lenient: bool
    ) -> None:
        self.source = source
        self.text = text
        self.readings: list[Reading] = []
        self.state: State = "top"
        self._removed = removed
        self._lenient = lenient
        self._by_line = text.count("\r") != text.count("\r\n") if "\r" in text else False
        """Line ends of old: a lone CR."""

    def tokens(self, start: int, end: int, state: State) -> Iterator[Token]:
        """The tokens between two offsets, which are those of paragraphs; `state` is what stands above."""
        self.state = state
        text = self.text
        cut = paragraphs(self.source.text, start, end, self._removed)
        following = 0
        for number, (first, last) in enumerate(cut):
            if number < following:
                continue
            following = number + 1
            reading = Reading(
                self.source, self._lenient, text=text, place=Place(self.source.path),
                begin=first, state=self.state,
            )  # fmt: skip
            self.readings.append(reading)
            if self.state or self._by_line or (self._removed and self._touched(first, last)):
                token = None
            else:
                token = self._glance(reading, first, last)
            if token is not None:
                yield token
            else:
                taken, tokens = self._lines(reading, cut, number)
                following = number + taken
                yield from tokens

    def _glance(self, reading: Reading, first: int, last: int) -> Token | None:
        """The one block that a paragraph is, where that is plain."""
        text = self.text
        under = text.find("\n", first, last)
        written = text[first : under if under >= 0 else last]
        head = written.strip(EDGES)
        start = first if written[0] == head[0] else first + written.find(head)
        end = last if text[last - 1] not in EDGES else first + len(text[first:last].rstrip(EDGES))
        opening = None
        if PROSE.match(head):
            kind = "ACTION"
        else:
            kind, opening = first_line(head, lenient=self._lenient)
        if under < 0 or under >= end:
            kind = {"PROSE": "ACTION", "CHARACTER": "SPEECH" if head[0] == "@" else "ACTION"}.get(
                kind, kind
            )
            return Token(kind, reading, start, end, NOTHING, end, opening) if kind else None
        if kind == "CHARACTER":
            if ENDS_SPEECH.search(text, under, end):
                return None
            inside = under + 1
            while text[inside] in EDGES:
                inside += 1
            return Token("SPEECH", reading, start, start + len(head), inside, end)
        if kind in ("ACTION", "PROSE") and not ENDS_ACTION.search(text, under, end):
            return Token("ACTION", reading, start, start + len(head), NOTHING, end)
        return None

    def _touched(self, first: int, last: int) -> Sequence[Removed]:
        """What was removed from a paragraph."""
        at = bisect_left(self._removed, first, key=_end)
        until = bisect_left(self._removed, last, key=_start)
        return self._removed[at:until]

    def _lines(
        self, reading: Reading, cut: Sequence[Paragraph], number: int
    ) -> tuple[int, list[Token]]:
        """A passage read line by line, and how many paragraphs it takes."""
        page = Page(reading)
        lexer = LineLexer(page, self.state)
        tokens: list[Token] = []
        taken = 0
        while True:
            first, last = cut[number + taken]
            known = len(page.lines)
            page.add(first, last, self._touched(first, last))
            tokens.extend(lexer.tokens(known))
            taken += 1
            if not (lexer.in_card and number + taken < len(cut)):
                break
            first, last = cut[number + taken]
            line_end = min(
                (at for at in (self.text.find(mark, first, last) for mark in "\r\n") if at >= 0),
                default=last,
            )
            if not lexer.goes_on(line_at(self.text, first, line_end)):
                break
            lexer.end_paragraph()
        self.state = lexer.state
        return taken, tokens


def _start(one: Removed) -> int:
    return one.start


def _end(one: Removed) -> int:
    return one.end
