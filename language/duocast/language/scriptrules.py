"""From lines to blocks: the script grammar's rules become nodes while it parses."""

from bisect import bisect_left
from collections.abc import Sequence
from operator import attrgetter
from typing import Any, cast

from duocast.language.bracket import parse_bracket
from duocast.language.cardline import CardOpening, card_name_node
from duocast.language.character import attribution
from duocast.language.cueline import CueOpening, cue_of
from duocast.language.heading import Opening, parse_heading
from duocast.language.inline import NOTHING_SAID, directions_of, parse_inline
from duocast.language.keys import check_key, forgot_colon, key_of, report_colon
from duocast.language.lines import cut_lines
from duocast.language.node import Name, Text
from duocast.language.nodes import (
    ActingNote,
    Action,
    Card,
    Centred,
    CueLine,
    DirectionLine,
    Entry,
    Lyric,
    PageBreak,
    Section,
    Speech,
    Synopsis,
    Words,
)
from duocast.language.reading import Reading
from duocast.language.remarks import remark, remarks
from duocast.language.removed import Removed
from duocast.language.source import Span
from duocast.language.token import NOTHING, Token
from duocast.language.transitions import parse_transition
from duocast.language.vocabulary import CARD_KEYS, TITLE_KEYS

_START = attrgetter("span.start")
Children = list[Any]
Tokens = list[Token]


def _text(token: Token, skip: int = 0) -> Text:
    """What follows the first `skip` characters of a line."""
    return _written(token.reading, token.start + skip, token.head)


def _written(reading: Reading, start: int, end: int) -> Text:
    rest = reading.text[start:end]
    return Text(rest.strip(), span=Span(end - len(rest.lstrip()), end, reading.place))


class ScriptRules:
    """One method for each rule of the script grammar. They give what they make to the reading of its passage."""

    def script(self, children: Children) -> None:
        """All has been said."""

    def title_page(self, children: Children) -> None:
        """All entries are there."""

    def title_entry(self, tokens: Tokens) -> None:
        """`Title: The Letter` and the lines under it."""
        first = tokens[0]
        line, reading = first.line, first.reading
        key = key_of(line) or ""
        name = check_key(reading, line, key, TITLE_KEYS, "the title page", "N0101")
        reading.entries.append(_entry(tokens, key, name))

    def blocks(self, children: Children) -> None:
        """Nothing yet, or one card more."""
        if children:
            reading, card = children[1]
            reading.blocks.append(card)

    def card(self, children: Children) -> tuple[Reading, Card]:
        """`character MARA` and its entries."""
        token: Token = children[0]
        reading, opening = token.reading, cast(CardOpening, token.opening)
        known = CARD_KEYS[opening.kind]
        entries = []
        for tokens in children[1:]:
            line = tokens[0].line
            if key := key_of(line):
                owner = f"a {opening.kind} card"
                name = check_key(reading, line, key, known, owner, "N0102")
            else:
                key = name = forgot_colon(line, opening.kind) or ""
                report_colon(reading, line, key, known)
            entries.append(_entry(tokens, key, key.lower() if not known else name))
        name_node = card_name_node(reading, token.line, opening)
        span = token.span.to(entries[-1].span) if entries else token.span
        return reading, Card(opening.kind, name_node, tuple(entries), span=span)

    def entry(self, tokens: Tokens) -> Tokens:
        """The lines of an entry: only its card knows what they may say."""
        return tokens

    def speech(self, children: Children) -> None:
        """A speaker and what is said."""
        token: Token = children[1]
        reading = token.reading
        who = attribution(reading, token.start, token.head)
        content = NOTHING_SAID
        if token.inside != NOTHING:
            content = parse_inline(reading, token.inside, token.end, spoken=True)
        parts = content.parts
        notes = _leading_notes(parts) if parts and type(parts[0]) is ActingNote else ()
        reading.blocks.append(
            Speech(
                who.name,
                parts[len(notes) :],
                who.extensions,
                notes,
                who.together,
                content.breaks_in,
                content.cut_off,
                who.forced,
                remarks(reading, token.start, token.end),
                span=token.span,
            )
        )

    def action(self, children: Children) -> None:
        """A paragraph. One with nothing but directions in it is those directions."""
        token: Token = children[1]
        reading, text = token.reading, token.reading.text
        forced = text[token.start] == "!"
        content = parse_inline(reading, token.start + forced, token.end, spoken=False).parts
        if content and Words not in map(type, content):
            directions = [DirectionLine(one, span=one.span) for one in directions_of(content)]
            noted = remarks(reading, token.start, token.end)
            reading.blocks.extend(sorted((*directions, *noted), key=_START))
            return
        lines: tuple[Text, ...] = (_text(token, int(forced)),)
        if token.head < token.end:
            under = list(cut_lines(text, token.start, token.end))[1:]
            lines += tuple(_written(reading, line.start, line.end) for line in under if line.text)
        noted = remarks(reading, token.start, token.end)
        reading.blocks.append(Action(lines, content, forced, noted, span=token.span))

    def heading(self, children: Children) -> None:
        """`INT. KITCHEN - NIGHT`."""
        token: Token = children[1]
        opening = cast(Opening, token.opening)
        token.reading.blocks.append(parse_heading(token.reading, token.line, opening))
        _keep_remarks(token)

    def direction_line(self, children: Children) -> None:
        """`[two-shot, 35mm]`."""
        token: Token = children[1]
        reading, start = token.reading, token.start
        while start < token.end:
            end = reading.text.index("]", start) + 1
            directions = parse_bracket(reading, start, end)
            reading.blocks.extend(DirectionLine(one, span=one.span) for one in directions)
            start = token.end - len(reading.text[end : token.end].lstrip())
        _keep_remarks(token)

    def cue_line(self, children: Children) -> None:
        """`MUSIC: theme.wav`."""
        token: Token = children[1]
        cue = cue_of(token.reading, token.line, cast(CueOpening, token.opening))
        token.reading.blocks.append(CueLine(cue, span=cue.span))
        _keep_remarks(token)

    def transition(self, children: Children) -> None:
        """`> dissolve 1.5s`."""
        token: Token = children[1]
        token.reading.blocks.append(parse_transition(token.reading, token.line))
        _keep_remarks(token)

    def removed(self, children: Children) -> None:
        """A note or a boneyard that begins on a line of its own."""
        token: Token = children[1]
        token.reading.blocks.append(remark(token.reading, cast(Removed, token.opening)))

    def section(self, children: Children) -> None:
        """`# Act One`."""
        token: Token = children[1]
        text = token.line.text
        level = len(text) - len(text.lstrip("#"))
        token.reading.blocks.append(Section(level, _text(token, level), span=token.span))

    def synopsis(self, children: Children) -> None:
        """`= what happens`."""
        token: Token = children[1]
        text = token.line.text.lstrip("= \t")
        token.reading.blocks.append(Synopsis(text, span=token.span))

    def page_break(self, children: Children) -> None:
        """`===`."""
        token: Token = children[1]
        token.reading.blocks.append(PageBreak(span=token.span))

    def centred(self, children: Children) -> None:
        """`> text <`."""
        token: Token = children[1]
        token.reading.blocks.append(Centred(token.line.text[1:-1].strip(), span=token.span))

    def lyric(self, children: Children) -> None:
        """`~ text`."""
        token: Token = children[1]
        token.reading.blocks.append(Lyric(token.line.text[1:].strip(), span=token.span))


def _keep_remarks(token: Token) -> None:
    """Put the remarks of a line among the blocks that it is."""
    if noted := remarks(token.reading, token.start, token.end, under=False):
        blocks = token.reading.blocks
        first = bisect_left(blocks, token.start, key=_START)
        blocks[first:] = sorted((*blocks[first:], *noted), key=_START)


def _entry(tokens: Tokens, key: str, name: str) -> Entry:
    """An entry from its lines; the first holds the key."""
    first = tokens[0]
    line = first.line
    rest = line.text[len(key) :]
    skip = len(line.text) - len(rest.lstrip().removeprefix(":"))
    values = (_text(first, skip), *map(_text, tokens[1:]))
    return Entry(
        Name(key, span=first.reading.span(line.start, line.start + len(key))),
        tuple(value for value in values if value.text),
        name,
        span=first.span.to(tokens[-1].span),
    )


def _leading_notes(parts: Sequence[Any]) -> tuple[ActingNote, ...]:
    """The acting notes that stand before everything else."""
    notes: list[ActingNote] = []
    for part in parts:
        if not isinstance(part, ActingNote):
            break
        notes.append(part)
    return tuple(notes)
