"""Rendering diagnostics: in full with the line and a caret range, concise with one line each, or as JSON."""

import json
from collections.abc import Callable, Iterable, Iterator, Mapping
from typing import Any, Literal

from duocast.language.diagnostic import Diagnostic, Label, Severity
from duocast.language.excerpt import WIDEST, Excerpt, excerpt
from duocast.language.layout import Segment, marked, wrapped
from duocast.language.source import Source, Span

Form = Literal["full", "concise", "json"]
_COLOURS = {Severity.ERROR: "bold red", Severity.WARNING: "bold yellow", Severity.NOTE: "bold cyan"}
_MARGIN = "blue"
_GUTTER = 8
"""Cells before an excerpt: the number of the line and a bar."""


def render(
    diagnostics: Iterable[Diagnostic],
    sources: Iterable[Source],
    *,
    form: Form = "full",
    colour: bool = False,
    shown: Callable[[str], str] = str,
    width: int | None = None,
) -> str:
    """The findings as text, ending in a line end if there are any. `sources` are the files they point into.

    `colour` (full only) puts in terminal colours. A finding in a file that is not among the sources is shown
    without its line. `shown` says how people are to read a path (not in JSON).
    `width` (full only) is that of the terminal in cells; without it lines are as long as they are.
    """
    files = {source.path: source for source in sources}
    if form == "json":
        return (
            json.dumps([_as_json(one, files) for one in diagnostics], ensure_ascii=False, indent=2)
            + "\n"
        )
    if form == "concise":
        return "".join(_concise(one, files, shown) + "\n" for one in diagnostics)
    segments = (segment for one in diagnostics for segment in _full(one, files, shown, width))
    return "".join(map(_coloured if colour else _plain, segments))


def summary(diagnostics: Iterable[Diagnostic]) -> str:
    """How many findings of each severity: `2 errors, 1 warning`; empty when there are none."""
    found = [diagnostic.severity for diagnostic in diagnostics]
    counts = ((severity, found.count(severity)) for severity in Severity)
    return ", ".join(
        f"{count} {severity}{'s' * (count != 1)}" for severity, count in counts if count
    )


def _plain(segment: Segment) -> str:
    return segment[0]


def _coloured(segment: Segment) -> str:
    from rich.style import Style

    text, style = segment
    return Style.parse(style).render(text) if style and text.strip() else text


def _full(
    diagnostic: Diagnostic,
    files: Mapping[str, Source],
    shown: Callable[[str], str],
    width: int | None,
) -> Iterator[Segment]:
    """One finding, as the example in the reference shows it, and an empty line."""
    colour = _COLOURS[diagnostic.severity]
    head = f"{diagnostic.severity}[{diagnostic.code}]"
    yield head, colour
    yield f": {wrapped(diagnostic.title, len(head) + 2, width, rest=2)}\n", "bold"
    places = _places(diagnostic.labels, files, width)
    margin = max((len(str(place.line)) for place in places if place), default=1)
    for index, (label, place) in enumerate(zip(diagnostic.labels, places, strict=True)):
        path = shown(label.span.path)
        yield from _label(
            label,
            path,
            place,
            margin,
            colour if index == 0 else "bold blue",
            width,
            first=index == 0,
        )
    blank = " " * (margin + 1)
    if diagnostic.fix:
        kind = "safe" if diagnostic.fix.safe else "look at it first"
        yield f"{blank}= ", _MARGIN
        fix = f"fix ({kind}): {diagnostic.fix.title}"
        yield f"{wrapped(fix, margin + 3, width)}\n", "green"
    if diagnostic.hint:
        yield f"{blank}= ", _MARGIN
        hint = f"{'or' if diagnostic.fix else 'hint'}: {diagnostic.hint}"
        yield f"{wrapped(hint, margin + 3, width)}\n", ""
    yield "\n", ""


def _label(
    label: Label,
    path: str,
    place: Excerpt | None,
    margin: int,
    colour: str,
    width: int | None,
    *,
    first: bool,
) -> Iterator[Segment]:
    blank = " " * margin
    arrow = "-->" if first else ":::"
    if not first:
        yield f"{blank} |\n", _MARGIN
    if place is None:
        yield f"{blank}{arrow} {path}\n", _MARGIN
        return
    yield f"{blank}{arrow} ", _MARGIN
    yield f"{path}:{place.line}:{place.column}\n", ""
    if first:
        yield f"{blank} |\n", _MARGIN
    yield f"{place.line:>{margin}} | ", _MARGIN
    yield f"{place.text}\n", ""
    marks = ("^" if first else "-") * place.width
    yield from marked(blank, place.indent, marks, label.text, width, colour)


def _places(
    labels: tuple[Label, ...], files: Mapping[str, Source], width: int | None
) -> list[Excerpt | None]:
    """The excerpts of all labels, in the cells that a margin of four leaves them."""
    room = WIDEST if width is None else width - _GUTTER
    sources = [files.get(label.span.path) for label in labels]
    return [
        excerpt(source, label.span, room) if source else None
        for label, source in zip(labels, sources, strict=True)
    ]


def _place(label: Label, files: Mapping[str, Source]) -> Excerpt | None:
    source = files.get(label.span.path)
    return excerpt(source, label.span) if source else None


def _concise(
    diagnostic: Diagnostic, files: Mapping[str, Source], shown: Callable[[str], str]
) -> str:
    """`film.scene:41:1: error[N0204]: there is no MRAA in the cast (did you mean MARA?)`."""
    where = ""
    more = diagnostic.hint
    if diagnostic.labels:
        label = diagnostic.labels[0]
        place = _place(label, files)
        path = shown(label.span.path)
        where = f"{path}:{place.line}:{place.column}: " if place else f"{path}: "
        more = label.text or more
    tail = f" ({more})" if more else ""
    return f"{where}{diagnostic.severity}[{diagnostic.code}]: {diagnostic.title}{tail}"


def _as_json(diagnostic: Diagnostic, files: Mapping[str, Source]) -> dict[str, Any]:
    fix = diagnostic.fix
    return {
        "code": diagnostic.code,
        "severity": str(diagnostic.severity),
        "title": diagnostic.title,
        "labels": [
            {**_where(label.span, files), "text": label.text} for label in diagnostic.labels
        ],
        "hint": diagnostic.hint,
        "fix": fix
        and {
            "title": fix.title,
            "safe": fix.safe,
            "edits": [{**_where(edit.span, files), "text": edit.text} for edit in fix.edits],
        },
    }


def _where(span: Span, files: Mapping[str, Source]) -> dict[str, Any]:
    """A span for programs: offsets in characters from 0, lines and columns from 1, the end beyond the last one."""
    where: dict[str, Any] = {"path": span.path, "start": span.start, "end": span.end}
    if source := files.get(span.path):
        first, last = source.position(span.start), source.position(span.end)
        where |= {
            "line": first.line,
            "column": first.column,
            "end_line": last.line,
            "end_column": last.column,
        }
    return where
