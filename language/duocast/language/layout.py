"""Layout: where the lines of a message break, when the width of the terminal is known."""

import textwrap
from collections.abc import Iterator

from duocast.language.excerpt import cells

Segment = tuple[str, str]
"""Text, and the rich style it is shown in."""
_NARROWEST = 20


def wrapped(text: str, first: int, width: int | None, rest: int | None = None) -> str:
    """The text broken to a width; `first` cells stand before its first line, `rest` (or as many) before the others."""
    if width is None or first + cells(text) <= width:
        return text
    indent = first if rest is None else rest
    lines = textwrap.wrap(
        " " * first + text,
        max(width, indent + _NARROWEST),
        subsequent_indent=" " * indent,
        break_long_words=False,
        break_on_hyphens=False,
        drop_whitespace=True,
    )
    return "\n".join(lines)[first:]


def marked(
    blank: str, indent: int, marks: str, label: str, width: int | None, colour: str
) -> Iterator[Segment]:
    """The marks under a line and what is said there: beside them where it fits, or else below."""
    gutter = f"{blank} | "
    lead = len(gutter)
    fits = width is None or lead + indent + len(marks) + 1 + cells(label) <= width
    yield gutter, "blue"
    if fits or not label:
        yield f"{' ' * indent}{marks} {label}".rstrip() + "\n", colour
        return
    yield f"{' ' * indent}{marks}\n", colour
    room = (width or 0) - lead
    start = min(indent, max(0, room - cells(label)))
    for line in textwrap.wrap(label, max(room - start, _NARROWEST)):
        yield gutter, "blue"
        yield f"{' ' * start}{line}\n", colour
