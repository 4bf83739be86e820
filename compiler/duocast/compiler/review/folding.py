"""Folding: one slip is one message, however often it shows.

A name that is nobody's is said once, with all the places that its fix mends. Where it is the card that is misspelt, and
not everybody who uses it, the card is named. What only follows from an error is not said.
"""

import re
from collections.abc import Iterable, Iterator, Mapping
from operator import attrgetter

from msgspec.structs import replace

from duocast.language import Diagnostic, Fix, Label, Severity, Source, Span, has_errors
from duocast.language import replacement as replaced

_CODE = attrgetter("code")
UNKNOWN = frozenset({"N0204", "N0220", "N0302", "N0303", "N0401", "V0011"})
"""Findings of a name that is declared nowhere. The second place, if there is one, is the nearest declaration."""
CONSEQUENCES = ("L", "T")
"""Families that look at the film as a whole: while errors keep parts of it away they see what is not there."""


def folded(found: Iterable[Diagnostic], files: Mapping[str, Source]) -> Iterator[Diagnostic]:
    """The findings, each root cause once, in their order."""
    found = list(found)
    broken = has_errors(found)
    if not broken and UNKNOWN.isdisjoint(map(_CODE, found)):
        yield from found
        return
    groups: dict[tuple[str, str], list[Diagnostic]] = {}
    for one in found:
        if one.code in UNKNOWN:
            groups.setdefault((one.code, one.title), []).append(one)
    for one in found:
        follows = one.code[0] in CONSEQUENCES and one.severity is not Severity.ERROR
        if follows and broken:
            continue
        group = groups.get((one.code, one.title), [one])
        if group[0] is one:
            yield one if one.code not in UNKNOWN else _one(group, files)


def _one(group: list[Diagnostic], files: Mapping[str, Source]) -> Diagnostic:
    """One finding for a name that is met several times."""
    first = group[0]
    declared = first.labels[1].span if len(first.labels) > 1 else None
    if declared is not None and (card := _misspelt(group, declared, files)):
        return card
    if len(group) == 1:
        return first
    again = Label(group[1].labels[0].span, _times(len(group) - 1))
    fix = first.fix
    if fix is not None:
        path = first.labels[0].span.path
        every = (edit for one in group if one.fix for edit in one.fix.edits)
        edits = tuple(edit for edit in every if edit.span.path == path)
        fix = replace(fix, edits=edits)
    return replace(first, labels=(*first.labels, again), fix=fix)


def _times(count: int) -> str:
    return "and here" if count == 1 else f"and here, {count} times in all after the first"


def _misspelt(
    group: list[Diagnostic], declared: Span, files: Mapping[str, Source]
) -> Diagnostic | None:
    """The card, where nothing names it as it is written."""
    source = files.get(declared.path)
    if source is None:
        return None
    name = source.slice(declared)
    used = files[group[0].labels[0].span.path].slice(group[0].labels[0].span)
    if not used or _said(files, name) > 1 or _said(files, used) < 2:
        return None
    first = group[0]
    fix: Fix | None = replaced(
        declared, used.upper(), safe=first.fix is not None and first.fix.safe
    )
    return replace(
        first,
        labels=(
            Label(declared, f"did you mean {used.upper()}?"),
            Label(first.labels[0].span, "meant here"),
        ),
        fix=fix,
    )


def _said(files: Mapping[str, Source], name: str) -> int:
    return sum(_mentions(source.text, name) for source in files.values())


def _mentions(text: str, name: str) -> int:
    """How often a text names somebody, counted to two."""
    matches = re.finditer(rf"(?<!\w){re.escape(name)}(?!\w)", text, re.IGNORECASE)
    return sum(1 for _ in zip(matches, range(2), strict=False))
