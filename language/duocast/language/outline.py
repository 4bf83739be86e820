"""An outline: what every block of a script is, who or what it is about and where it stands, without looking inside.

It takes a fraction of the time of a parse, which is the same up to here: for a list of scenes, or to fold a text.
"""

from typing import Any, Literal

import msgspec

from duocast.language.cardline import CardOpening
from duocast.language.heading import Opening
from duocast.language.keys import key_of
from duocast.language.lalr import Automaton
from duocast.language.passagelexer import PassageLexer
from duocast.language.reading import Reading
from duocast.language.removed import blanked, remove
from duocast.language.source import Source, Span
from duocast.language.tables import tables
from duocast.language.token import Token

PartKind = Literal[
    "title entry",
    "card",
    "heading",
    "speech",
    "action",
    "direction",
    "cue",
    "transition",
    "removed",
    "section",
    "synopsis",
    "page break",
    "centred",
    "lyric",
]


class Part(msgspec.Struct, frozen=True, gc=False):
    """A block, or an entry of the title page. `name` is the key, the speaker, the card's name or the place."""

    kind: PartKind
    name: str
    start: int
    """Offset in characters."""
    end: int
    path: str

    @property
    def span(self) -> Span:
        """Where it stands."""
        return Span(self.start, self.end, self.path)


def outline(source: Source, *, lenient: bool = False) -> tuple[Part, ...]:
    """The parts of a script, in order. `lenient` is as in `parse`; nothing is reported."""
    lenient = lenient or source.path.lower().endswith(".fountain")
    removed = remove(Reading(source, lenient))
    text = blanked(source.text, 0, len(source.text), removed) if removed else source.text
    lexer = PassageLexer(source, text, removed, lenient=lenient)
    tokens = lexer.tokens(0, len(text), "top")
    rules = _OutlineRules(source.path)
    Automaton(tables("script"), rules).read("script", lambda _: next(tokens, None))
    return tuple(rules.parts)


class _OutlineRules:
    """One method for each rule of the script grammar."""

    def __init__(self, path: str) -> None:
        self.parts: list[Part] = []
        self.path = path

    def _add(self, kind: PartKind, token: Token, name: str = "") -> None:
        start, end = token.start, token.end
        self.parts.append(Part(kind, name, start, end, self.path))

    def script(self, children: list[Any]) -> None:
        """All has been said."""

    def title_page(self, children: list[Any]) -> None:
        """All entries are there."""

    def title_entry(self, tokens: list[Token]) -> None:
        """`Title: The Letter` and the lines under it."""
        name = key_of(tokens[0].line) or ""
        self.parts.append(Part("title entry", name, tokens[0].start, tokens[-1].end, self.path))

    def blocks(self, children: list[Any]) -> None:
        """Nothing yet, or one block more."""

    def card(self, children: list[Any]) -> None:
        """`character MARA` and its entries."""
        first: Token = children[0]
        opening = first.opening
        at = opening.name if isinstance(opening, CardOpening) else 0
        last: Token = children[-1] if len(children) > 1 else first
        self.parts.append(Part("card", first.line.text[at:], first.start, last.end, self.path))

    def entry(self, tokens: list[Token]) -> Token:
        """Its last line."""
        return tokens[-1]

    def speech(self, children: list[Any]) -> None:
        """A speaker and what is said."""
        token: Token = children[1]
        head = token.reading.text[token.start : token.head]
        if not head.isalnum():
            head = head.removeprefix("@").partition("(")[0].rstrip(" \t^")
        self.parts.append(Part("speech", head, token.start, token.end, self.path))

    def action(self, children: list[Any]) -> None:
        """A paragraph."""
        token: Token = children[1]
        self.parts.append(Part("action", "", token.start, token.end, self.path))

    def heading(self, children: list[Any]) -> None:
        """`INT. KITCHEN - NIGHT`."""
        token: Token = children[1]
        at = token.opening.length if isinstance(token.opening, Opening) else 0
        self._add("heading", token, token.reading.text[token.start + at : token.end])

    def direction_line(self, children: list[Any]) -> None:
        """`[two-shot, 35mm]`."""
        self._add("direction", children[1])

    def cue_line(self, children: list[Any]) -> None:
        """`MUSIC: theme.wav`."""
        self._add("cue", children[1])

    def transition(self, children: list[Any]) -> None:
        """`> dissolve 1.5s`."""
        self._add("transition", children[1])

    def removed(self, children: list[Any]) -> None:
        """A note or a boneyard."""
        self._add("removed", children[1])

    def section(self, children: list[Any]) -> None:
        """`# Act One`."""
        token: Token = children[1]
        self._add("section", token, token.line.text.lstrip("# \t"))

    def synopsis(self, children: list[Any]) -> None:
        """`= what happens`."""
        self._add("synopsis", children[1])

    def page_break(self, children: list[Any]) -> None:
        """`===`."""
        self._add("page break", children[1])

    def centred(self, children: list[Any]) -> None:
        """`> text <`."""
        self._add("centred", children[1])

    def lyric(self, children: list[Any]) -> None:
        """`~ text`."""
        self._add("lyric", children[1])
