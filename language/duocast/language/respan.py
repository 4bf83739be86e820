"""Spans of a finding: given another place, so that they move with the text."""

from bisect import bisect_right
from collections.abc import Callable, Sequence
from operator import attrgetter

from duocast.language.diagnostic import Diagnostic, Edit, Fix, Label
from duocast.language.passage import Passage
from duocast.language.source import Place, Span

_ORIGIN = attrgetter("origin")


def placed(finding: Diagnostic, place: Place) -> Diagnostic:
    """A finding about one passage, all its spans in `place`, which has not moved yet."""
    return _respanned(finding, lambda span: Span(span.start, span.end, place))


def settled(finding: Diagnostic, passages: Sequence[Passage]) -> Diagnostic:
    """A finding about a script, each of its spans in the place of the passage that it begins in."""

    def settle(span: Span) -> Span:
        at = bisect_right(passages, span.start, key=_ORIGIN) - 1
        place = passages[max(at, 0)].place
        return Span(span.start - place.origin, span.end - place.origin, place)

    return _respanned(finding, settle) if passages else finding


def _respanned(finding: Diagnostic, change: Callable[[Span], Span]) -> Diagnostic:
    labels = tuple(Label(change(label.span), label.text) for label in finding.labels)
    fix = finding.fix
    if fix is not None:
        edits = tuple(Edit(change(edit.span), edit.text) for edit in fix.edits)
        fix = Fix(fix.title, edits, fix.safe)
    return Diagnostic(finding.code, finding.severity, finding.title, labels, finding.hint, fix)
