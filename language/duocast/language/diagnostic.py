"""A diagnostic: one finding about a script, in the writer's words, as a value.

Families of codes: S script, N names, D directions, T time, L film lint, A assets, V voices, M moderation,
R render.
"""

from collections.abc import Iterable
from enum import StrEnum
from operator import attrgetter

from msgspec import Struct

from duocast.language.pattern import pattern
from duocast.language.source import Span

_SEVERITY = attrgetter("severity")
_COMMA = pattern(r"[ \t]*,[ \t]*")


class Severity(StrEnum):
    """What a finding means for the film: an error stops it, a warning does not, a note only tells."""

    ERROR = "error"
    WARNING = "warning"
    NOTE = "note"


class Label(Struct, frozen=True, gc=False):
    """A place in a file and what is to be said about it (may be nothing)."""

    span: Span
    text: str = ""


class Edit(Struct, frozen=True, gc=False):
    """One replacement: the text of `span` becomes `text`."""

    span: Span
    text: str


class Fix(Struct, frozen=True, gc=False):
    """Edits that cure a finding. A `safe` one can be made without asking: nobody could have meant anything else."""

    title: str
    """What the fix does, as in `replace with MARA`."""
    edits: tuple[Edit, ...]
    safe: bool = True


class Diagnostic(Struct, frozen=True, gc=False):
    """A finding. The first label is where it is; later ones, in any file, are the other end of the story."""

    code: str
    """A family's letter and four digits: `N0204`."""
    severity: Severity
    title: str
    """One plain sentence without a full stop, in the writer's words."""
    labels: tuple[Label, ...] = ()
    hint: str = ""
    """What to type instead."""
    fix: Fix | None = None

    @property
    def span(self) -> Span | None:
        """Where the finding is, if it is in a file at all."""
        return self.labels[0].span if self.labels else None


def error(
    code: str, title: str, *labels: Label, hint: str = "", fix: Fix | None = None
) -> Diagnostic:
    """A finding that stops the film."""
    return Diagnostic(code, Severity.ERROR, title, labels, hint, fix)


def warning(
    code: str, title: str, *labels: Label, hint: str = "", fix: Fix | None = None
) -> Diagnostic:
    """A finding that the film can be made in spite of."""
    return Diagnostic(code, Severity.WARNING, title, labels, hint, fix)


def note(
    code: str, title: str, *labels: Label, hint: str = "", fix: Fix | None = None
) -> Diagnostic:
    """A finding that may well be meant."""
    return Diagnostic(code, Severity.NOTE, title, labels, hint, fix)


def replacement(span: Span, text: str, *, safe: bool = True) -> Fix:
    """The fix that puts `text` in the place of `span`."""
    return Fix(f"replace with {text}", (Edit(span, text),), safe)


def insertion(span: Span, text: str, title: str, *, safe: bool = True) -> Fix:
    """The fix that puts `text` before `span`."""
    return Fix(title, (Edit(span.part(0, 0), text),), safe)


def removal(span: Span, title: str, *, safe: bool = True) -> Fix:
    """The fix that takes `span` out, and its line with it where nothing else stands on it."""
    return Fix(title, (Edit(span, ""),), safe)


def removal_from_list(text: str, span: Span, title: str, *, safe: bool = False) -> Fix:
    """The fix that takes one part of a comma list out of a file's text, with the comma that it needs no more."""
    before = text[: span.start].rstrip(" \t")
    if before.endswith(","):
        span = span.part(len(before.rstrip(", \t")) - span.start, span.end - span.start)
    elif match := _COMMA.match(text, span.end):
        span = span.part(0, match.end() - span.start)
    return Fix(title, (Edit(span, ""),), safe)


def has_errors(diagnostics: Iterable[Diagnostic]) -> bool:
    """Whether any finding stops the film."""
    return Severity.ERROR in map(_SEVERITY, diagnostics)


def apply(text: str, fixes: Iterable[Fix]) -> str:
    """The text of one file after its fixes; a fix that overlaps one already made is left out.

    A line of which an edit to nothing leaves nothing goes as a whole: an empty line would end a speech or a card.
    """
    edits: list[Edit] = []
    for fix in fixes:
        if not any(_overlap(edit, made) for edit in fix.edits for made in edits):
            edits.extend(fix.edits)
    for edit in sorted(edits, key=lambda edit: edit.span.start, reverse=True):
        start, end = edit.span.start, edit.span.end
        if not edit.text and start < end:
            start, end = _whole_lines(text, start, end)
        text = text[:start] + edit.text + text[end:]
    return text


def _whole_lines(text: str, start: int, end: int) -> tuple[int, int]:
    """The stretch with its line end and white space, if it is all that its lines hold."""
    first = start
    while first > 0 and text[first - 1] in " \t":
        first -= 1
    if first > 0 and text[first - 1] not in "\r\n":
        return start, end
    last = end
    while last < len(text) and text[last] in " \t":
        last += 1
    if last < len(text) and text[last] not in "\r\n":
        return start, end
    return first, last + 2 if text.startswith("\r\n", last) else min(last + 1, len(text))


def _overlap(one: Edit, other: Edit) -> bool:
    same_place = one.span.start == other.span.start
    return same_place or (one.span.start < other.span.end and other.span.start < one.span.end)
