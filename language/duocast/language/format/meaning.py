"""Meaning: whether two scripts say the same, however they are laid out and spelt."""

from collections import Counter
from collections.abc import Iterator
from functools import cache

from duocast.language.node import Name, Node, Text
from duocast.language.nodes import (
    ActingNote,
    Action,
    Block,
    Card,
    Entry,
    SceneHeading,
    Script,
    Speech,
)
from duocast.language.parser import Parsed

Form = object
"""A value that is equal for equal meanings."""


def different(before: Parsed, after: Parsed) -> int | None:
    """The first block that no longer says the same, -1 for the title page, None when all do.

    Findings count as well: a layout that hides a mistake, or makes one, is another meaning.
    """
    if page_form(before.script) != page_form(after.script):
        return -1
    old, new = before.script.blocks, after.script.blocks
    for number, (one, other) in enumerate(zip(old, new, strict=False)):
        if one != other and block_form(one) != block_form(other):
            return number
    if len(old) != len(new):
        return min(len(old), len(new))
    return None if _codes(before) == _codes(after) else _first_new(before, after)


def page_form(script: Script) -> Form:
    """The meaning of a title page: keys by their names."""
    return form(script.title_page)


def block_form(block: Block) -> Form:
    """The meaning of a block.

    Names count as names are compared, a heading's words without their case, the lines of an action by what they
    say, known extensions without their stops, texts without the white space at the ends of their lines.
    """
    if isinstance(block, SceneHeading):
        return _shouted(form(block))
    if isinstance(block, Action):
        return ("Action", len(block.lines), form(block.content), block.forced)
    if isinstance(block, Card) and block.kind == "lexicon":
        return ("lexicon", *((entry.key.text, form(entry.values)) for entry in block.entries))
    if isinstance(block, Speech):
        known = tuple(extension_form(one.text) for one in block.extensions)
        rest = (getattr(block, name) for name in _fields(Speech) if name != "extensions")
        return ("Speech", known, *map(form, rest))
    return form(block)


def extension_form(text: str) -> str:
    """`(v.o.)`, `(VO)` and `(V.O.)` are the same; other words after a name count as they are written."""
    letters = "".join(filter(str.isalpha, text)).upper()
    return letters if letters in ("VO", "OS", "OC", "CONTD") else text


def form(value: object) -> Form:
    """A value without its places."""
    if isinstance(value, Name):
        return value.key
    if isinstance(value, Entry):
        return (value.name, form(value.values))
    if isinstance(value, ActingNote):
        return ("ActingNote", value.parts)
    if isinstance(value, Node):
        names = _fields(type(value))
        return (type(value).__name__, *(form(getattr(value, name)) for name in names))
    if isinstance(value, tuple):
        return tuple(map(form, value))
    return _plain(value) if isinstance(value, str) else value


def leaves(value: object) -> Iterator[Name | Text]:
    """The names and the texts that a value holds, in the order of its fields."""
    if isinstance(value, (Name, Text)):
        yield value
    elif isinstance(value, tuple):
        for part in value:
            if isinstance(part, (Node, tuple)):
                yield from leaves(part)
    elif isinstance(value, Node):
        for name in _fields(type(value)):
            part = getattr(value, name)
            if isinstance(part, (Node, tuple)):
                yield from leaves(part)


@cache
def _fields(kind: type[Node]) -> tuple[str, ...]:
    return tuple(name for name in kind.__struct_fields__ if name != "span")


def _plain(text: str) -> str:
    if "\n" not in text and "\r" not in text:
        return text
    lines = text.replace("\r\n", "\n").replace("\r", "\n").split("\n")
    return "\n".join(line.rstrip(" \t") for line in lines)


def _shouted(value: Form) -> Form:
    if isinstance(value, tuple):
        return tuple(map(_shouted, value))
    return " ".join(value.split()).upper() if isinstance(value, str) else value


def _codes(parsed: Parsed) -> Counter[str]:
    return Counter(one.code for one in parsed.diagnostics)


def _first_new(before: Parsed, after: Parsed) -> int:
    """The block where a finding came or went."""
    odd = (_codes(before) - _codes(after)) + (_codes(after) - _codes(before))
    for parsed in (before, after):
        for one in parsed.diagnostics:
            if one.code in odd and one.span is not None:
                start = one.span.start
                ends = (block.span.end >= start for block in parsed.script.blocks)
                return next((number for number, found in enumerate(ends) if found), -1)
    return -1
