"""From lines to blocks: the script grammar's rules become nodes while it parses."""

from collections.abc import Sequence
from typing import Any, cast

from duocast.language.bracket import parse_bracket
from duocast.language.cardline import CardOpening, card_name_node
from duocast.language.character import attribution
from duocast.language.cueline import CueOpening, cue_of
from duocast.language.heading import Opening, parse_heading
from duocast.language.inline import directions_of, parse_inline
from duocast.language.keys import check_key, forgot_colon, key_of, report_colon
from duocast.language.linelexer import LineToken
from duocast.language.node import Name, Text
from duocast.language.nodes import (
    ActingNote,
    Action,
    Block,
    Boneyard,
    Card,
    Centred,
    CueLine,
    DirectionLine,
    Entry,
    Lyric,
    Note,
    PageBreak,
    SceneHeading,
    Section,
    Speech,
    Synopsis,
    Transition,
    Words,
)
from duocast.language.source import Span
from duocast.language.transitions import parse_transition
from duocast.language.vocabulary import CARD_KEYS, TITLE_KEYS

Lines = list[LineToken]


def _span(tokens: Lines) -> Span:
    return tokens[0].page.reading.span(tokens[0].line.start, tokens[-1].line.end)


def _text(token: LineToken, skip: int = 0) -> Text:
    """What follows the first `skip` characters of a line."""
    rest = token.line.text[skip:]
    start = token.line.end - len(rest.lstrip())
    return Text(rest.strip(), span=token.page.reading.span(start, token.line.end))


class ScriptRules:
    """One method for each rule of the script grammar."""

    def script(self, children: list[Any]) -> tuple[tuple[Entry, ...], tuple[Block, ...]]:
        """The title page and the blocks; a line of several directions is several blocks."""
        blocks: list[Block] = []
        for child in children[1:]:
            blocks.extend(child if isinstance(child, tuple) else (child,))
        return tuple(children[0]), tuple(blocks)

    def title_page(self, entries: list[Entry]) -> list[Entry]:
        """All entries."""
        return entries

    def title_entry(self, tokens: Lines) -> Entry:
        """`Title: The Letter` and the lines under it."""
        first = tokens[0]
        key = key_of(first.line) or ""
        name = check_key(first.page.reading, first.line, key, TITLE_KEYS, "the title page", "N0101")
        return _entry(tokens, key, name)

    def card(self, children: list[Any]) -> Card:
        """`character MARA` and its entries."""
        token: LineToken = children[0]
        reading, opening = token.page.reading, cast(CardOpening, token.opening)
        known = CARD_KEYS[opening.kind]
        entries = []
        for tokens in children[1:]:
            line: LineToken = tokens[0]
            if key := key_of(line.line):
                owner = f"a {opening.kind} card"
                name = check_key(reading, line.line, key, known, owner, "N0102")
            else:
                key = name = forgot_colon(line.line, opening.kind) or ""
                report_colon(reading, line.line, key, known)
            entries.append(_entry(tokens, key, key.lower() if not known else name))
        name_node = card_name_node(reading, token.line, opening)
        last = entries[-1].span if entries else _span([token])
        return Card(opening.kind, name_node, tuple(entries), span=_span([token]).to(last))

    def entry(self, tokens: Lines) -> Lines:
        """The lines of an entry: only its card knows what they may say."""
        return tokens

    def speech(self, tokens: Lines) -> Speech:
        """A speaker and what is said."""
        token, reading = tokens[0], tokens[0].page.reading
        who = attribution(reading, token.line)
        parts: Sequence[Any] = ()
        breaks_in = cut_off = False
        if len(tokens) > 1:
            content = parse_inline(reading, tokens[1].line.start, tokens[-1].line.end, spoken=True)
            parts, breaks_in, cut_off = content.parts, content.breaks_in, content.cut_off
        notes = _leading_notes(parts)
        return Speech(
            who.name,
            tuple(part for part in parts if not any(part is note for note in notes)),
            who.extensions,
            notes,
            who.together,
            breaks_in,
            cut_off,
            who.forced,
            span=_span(tokens),
        )

    def action(self, tokens: Lines) -> Action | tuple[DirectionLine, ...]:
        """A paragraph. One with nothing but directions in it is those directions."""
        first, reading = tokens[0], tokens[0].page.reading
        forced = first.line.text.startswith("!")
        start = first.line.start + forced
        content = parse_inline(reading, start, tokens[-1].line.end, spoken=False).parts
        if content and not any(isinstance(part, Words) for part in content):
            return tuple(DirectionLine(part, span=part.span) for part in directions_of(content))
        lines = (_text(first, int(forced)), *map(_text, tokens[1:]))
        return Action(lines, content, forced, span=_span(tokens))

    def heading(self, tokens: Lines) -> SceneHeading:
        """`INT. KITCHEN - NIGHT`."""
        token = tokens[0]
        return parse_heading(token.page.reading, token.line, cast(Opening, token.opening))

    def direction_line(self, tokens: Lines) -> tuple[DirectionLine, ...]:
        """`[two-shot, 35mm]`."""
        line, reading = tokens[0].line, tokens[0].page.reading
        found: list[DirectionLine] = []
        start = line.start
        while start < line.end:
            end = reading.text.index("]", start) + 1
            directions = parse_bracket(reading, start, end)
            found.extend(DirectionLine(one, span=one.span) for one in directions)
            rest = reading.text[end : line.end]
            start = line.end - len(rest.lstrip())
        return tuple(found)

    def cue_line(self, tokens: Lines) -> CueLine:
        """`MUSIC: theme.wav`."""
        token = tokens[0]
        cue = cue_of(token.page.reading, token.line, cast(CueOpening, token.opening))
        return CueLine(cue, span=cue.span)

    def transition(self, tokens: Lines) -> Transition:
        """`> dissolve 1.5s`."""
        return parse_transition(tokens[0].page.reading, tokens[0].line)

    def removed(self, tokens: Lines) -> Note | Boneyard:
        """A note or a boneyard that begins on a line of its own."""
        page = tokens[0].page
        one = page.removed[tokens[0].number]
        text = page.reading.source.text[one.start : one.end]
        span = page.reading.span(one.start, one.end)
        inside = (
            text.removeprefix("[[").removesuffix("]]")
            if one.kind == "note"
            else text[2:].removesuffix("*/")
        )
        return (Note if one.kind == "note" else Boneyard)(inside.strip(), span=span)

    def section(self, tokens: Lines) -> Section:
        """`# Act One`."""
        text = tokens[0].line.text
        level = len(text) - len(text.lstrip("#"))
        return Section(level, _text(tokens[0], level), span=_span(tokens))

    def synopsis(self, tokens: Lines) -> Synopsis:
        """`= what happens`."""
        return Synopsis(tokens[0].line.text.lstrip("= \t"), span=_span(tokens))

    def page_break(self, tokens: Lines) -> PageBreak:
        """`===`."""
        return PageBreak(span=_span(tokens))

    def centred(self, tokens: Lines) -> Centred:
        """`> text <`."""
        return Centred(tokens[0].line.text[1:-1].strip(), span=_span(tokens))

    def lyric(self, tokens: Lines) -> Lyric:
        """`~ text`."""
        return Lyric(tokens[0].line.text[1:].strip(), span=_span(tokens))


def _entry(tokens: Lines, key: str, name: str) -> Entry:
    """An entry from its lines; the first holds the key."""
    first = tokens[0]
    reading, start = first.page.reading, first.line.start
    rest = first.line.text[len(key) :]
    skip = len(first.line.text) - len(rest.lstrip().removeprefix(":"))
    values = (_text(first, skip), *map(_text, tokens[1:]))
    return Entry(
        Name(key, span=reading.span(start, start + len(key))),
        tuple(value for value in values if value.text),
        name,
        span=_span(tokens),
    )


def _leading_notes(parts: Sequence[Any]) -> tuple[ActingNote, ...]:
    """The acting notes that stand before everything else."""
    notes: list[ActingNote] = []
    for part in parts:
        if not isinstance(part, ActingNote):
            break
        notes.append(part)
    return tuple(notes)
