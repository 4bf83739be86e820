"""The line lexer: what kind of line each line is, decided by its own shape and what stands before it."""

import re
from bisect import bisect_left
from collections.abc import Iterator
from itertools import takewhile

from msgspec import Struct

from duocast.language.bracket import understood
from duocast.language.cardline import CardOpening, card_opening
from duocast.language.character import is_character
from duocast.language.cueline import cue_opening
from duocast.language.diagnostic import Label, insertion
from duocast.language.heading import heading_opening
from duocast.language.keys import (
    forgot_colon,
    is_card_key,
    is_nearly_title_key,
    is_title_key,
    key_of,
)
from duocast.language.lines import Line, Page
from duocast.language.nodes import CardKind
from duocast.language.pattern import pattern
from duocast.language.reading import State
from duocast.language.token import NOTHING, Opened, Token, token_of
from duocast.language.transitions import is_transition

_PAGE_BREAK = pattern(r"={3,}$")
_SECTION = pattern(r"#{1,6}(?!#)\s*(?=\S)")
_DIRECTIONS = re.compile(r"(?:\[[^\[\]]*\]\s*)+$")

_BETWEEN = ("", "broken", "after title", "after card")
"""Modes in which a note can stand as a block of its own."""

_BLOCKS = {"CHARACTER": "SPEECH"}
_GOES_ON = ("SPOKEN", "MORE_ACTION")
"""Lines that belong to the block above them."""


class LineLexer(Struct):
    """Where the lexer is: `mode` says what the lines are part of, `fresh` whether a paragraph may begin here."""

    page: Page
    mode: str
    fresh: bool = True
    kind: CardKind = "character"
    lenient: bool = False

    def __post_init__(self) -> None:
        self.lenient = self.page.reading.lenient

    def tokens(self, first: int) -> Iterator[Token]:
        """The tokens of the lines from number `first` on."""
        opened: Token | None = None
        for number in range(first, len(self.page.lines)):
            line = self.page.lines[number]
            token: Token | None = None
            if line.text:
                kind, opening = self._classify(number, line)
                if kind in _GOES_ON and opened is not None:
                    _go_on(opened, line)
                else:
                    token = token_of(_BLOCKS.get(kind, kind), self.page.reading, line, opening)
            elif not line.removed:
                self.end_paragraph()
            elif number in self.page.removed and self.mode in _BETWEEN:
                self.mode = ""
                token = token_of("REMOVED", self.page.reading, line, self.page.removed[number])
            if token is not None:
                if opened is not None:
                    yield opened
                opened = token
        if opened is not None:
            yield opened

    @property
    def in_card(self) -> bool:
        """Whether the last line belonged to a card."""
        return self.mode in ("card", "keyed card")

    def goes_on(self, line: Line) -> bool:
        """Whether a line that follows a card and an empty line still belongs to the card."""
        return line.indented and is_card_key(line, self.kind)

    @property
    def state(self) -> State:
        """What the next passage has above it."""
        if self.mode == "top":
            return "top"
        return "after title" if self.mode == "title" else ""

    def end_paragraph(self) -> None:
        """An empty line."""
        self.fresh = True
        self.mode = {"title": "after title", "card": "after card", "keyed card": "after card"}.get(
            self.mode, self.mode if self.mode in ("top", "after title", "after card") else ""
        )

    def _classify(self, number: int, line: Line) -> tuple[str, Opened]:
        """The kind of a line that is not blank. The steps come in the order in which shapes win."""
        if self.mode in ("top", "title", "after title") and (kind := self._title(number, line)):
            return kind, None
        if self.mode in ("card", "keyed card", "after card") and (kind := self._card_line(line)):
            return kind, None
        if self.mode == "speech" and not self._ends_speech(line):
            return "SPOKEN", None
        return self._block(number, line)

    def _title(self, number: int, line: Line) -> str | None:
        if self.mode == "title" and (
            (line.indented and not is_title_key(line)) or key_of(line) is None
        ):
            return "MORE"
        if self.mode == "title" or (self.mode == "after title" and self._is_title_line(line)):
            self.mode = "title"
            return "TITLE_KEY"
        if self.mode == "top" and key_of(line) and self._is_title_start(number, line):
            self.mode = "title"
            return "TITLE_KEY"
        self.mode = ""
        return None

    def _is_title_start(self, number: int, line: Line) -> bool:
        """Whether the first line of a file begins a title page: it, or a line under it, has a key that is known."""
        if is_title_key(line):
            return True
        shaped = (
            is_transition(line, fresh=True, lenient=self.lenient)
            or heading_opening(line, fresh=True, lenient=self.lenient)
            or cue_opening(line, lenient=self.lenient)
            or line.text[0] in "[.!@#>~="
        )
        if shaped or self.lenient:
            return not shaped and len((key_of(line) or "").split()) <= 3
        paragraph = takewhile(lambda under: under.text, self.page.lines[number : number + 40])
        return any(is_nearly_title_key(under) for under in paragraph)

    def _is_title_line(self, line: Line) -> bool:
        """Whether a line after an empty one goes on with the title page."""
        return is_title_key(line) and cue_opening(line, lenient=True) is None

    def _card_line(self, line: Line) -> str | None:
        """A line of a card: after an empty line only an indented one with a known key."""
        if self.mode == "after card":
            if not (line.indented and is_card_key(line, self.kind)):
                return None
            self.mode = "keyed card"
            return "KEY"
        if not line.indented and card_opening(line, None, lenient=self.lenient):
            self.fresh = True
            return None
        keyed = key_of(line) is not None or forgot_colon(line, self.kind) is not None
        if not keyed and self.mode == "keyed card":
            return "MORE"
        self.mode = "keyed card"
        return "KEY"

    def _ends_speech(self, line: Line) -> bool:
        """Lines that end a speech although no empty line stands between."""
        text = line.text
        return bool(
            cue_opening(line, lenient=True)
            or heading_opening(line, fresh=False, lenient=True)
            or (text[0] == ">" and text[-1] != "<")
            or (text[-1] in ":." and is_transition(line, fresh=False, lenient=True))
            or _PAGE_BREAK.match(text)
        )

    def _block(self, number: int, line: Line) -> tuple[str, Opened]:
        """A line that begins something of its own, or is prose."""
        kind, opening = self._structural(number, line)
        if kind == "PROSE":
            return self._prose(line), None
        if kind == "ACTION":
            self.mode, self.fresh = "action", False
            return kind, None
        after = {"CARD": "card", "CHARACTER": "speech"}
        self.mode = after.get(kind, "broken" if self.mode in ("speech", "broken") else "")
        self.fresh = kind not in after
        return kind, opening

    def _structural(self, number: int, line: Line) -> tuple[str, Opened]:
        following = self._next(number)
        kind, opening = shape(line, following, fresh=self.fresh, lenient=self.lenient)
        if isinstance(opening, CardOpening):
            self.kind = opening.kind
        if kind == "CHARACTER" and following is None and line.text[0] != "@":
            kind = "PROSE"
        return kind, opening

    def _prose(self, line: Line) -> str:
        if self.mode == "broken" and not self.lenient:
            _report_broken(self.page, line, self._speaker(line))
        first = self.mode != "action" or self.fresh
        self.mode, self.fresh = "action", False
        return "ACTION" if first else "MORE_ACTION"

    def _speaker(self, line: Line) -> str:
        """The name above the speech that `line` no longer belongs to."""
        number = bisect_left(self.page.lines, line.start, key=_start)
        above = self.page.lines[max(0, number - 200) : number]
        return next((one.text for one in reversed(above) if one.text and is_character(one)), "")

    def _next(self, number: int) -> Line | None:
        """The next line, unless it is blank; lines that were removed do not count."""
        for line in self.page.lines[number + 1 : number + 200]:
            if not line.removed:
                return line if line.text else None
        return None


def _start(line: Line) -> int:
    return line.start


def _go_on(token: Token, line: Line) -> None:
    """One more line of a speech or a paragraph of action."""
    if token.inside == NOTHING:
        token.inside = line.start
    token.end = line.end


def shape(line: Line, following: Line | None, *, fresh: bool, lenient: bool) -> tuple[str, Opened]:
    """What a line that is part of nothing is by itself. A CHARACTER needs something to say, or an `@`."""
    if sign := _signed(line.text, fresh=fresh, lenient=lenient):
        return sign, None
    if heading := heading_opening(line, fresh=fresh, lenient=lenient):
        return "HEADING", heading
    if cue := cue_opening(line, lenient=lenient or not fresh):
        return "CUE", cue
    if fresh and (card := card_opening(line, following, lenient=lenient)):
        return "CARD", card
    if is_transition(line, fresh=fresh, lenient=lenient):
        return "TRANSITION", None
    return "CHARACTER" if fresh and is_character(line) else "PROSE", None


def _signed(text: str, *, fresh: bool, lenient: bool) -> str | None:
    """What the first character says."""
    if text[0] == "=" and _PAGE_BREAK.match(text):
        return "PAGE_BREAK"
    if text[0] == "#" and _SECTION.match(text):
        return "SECTION"
    if text[0] == ">" and text[-1] == "<" and len(text) > 1:
        return "CENTRED"
    if text[0] == "[" and _DIRECTIONS.match(text) and _is_direction(text, lenient=lenient):
        return "DIRECTION"
    return {"=": "SYNOPSIS", "~": "LYRIC", "!": "ACTION"}.get(text[0]) if fresh else None


def _is_direction(text: str, *, lenient: bool) -> bool:
    """In a lenient reading, a line in brackets that is no direction is prose."""
    return not lenient or all(understood(part[1:]) for part in text.split("]")[:-1] if part)


def _report_broken(page: Page, line: Line, speaker: str) -> None:
    again = page.reading.span(line.start, line.start)
    page.reading.warning(
        "S0108",
        "this line is not part of the speech above",
        Label(page.reading.span(line.start, line.end), "nobody says this"),
        hint="write the cue in brackets inside the speech, as in [SFX: door.wav], or name the speaker again",
        fix=insertion(again, f"\n{speaker}\n", "name the speaker again", safe=False)
        if speaker
        else None,
    )
