"""Findings gathered: the same words in many prompts are one finding, shown where the writer wrote them."""

from collections.abc import Iterable, Iterator, Sequence
from dataclasses import replace

from duocast.language import Span
from duocast.runtime.moderation.judge import Finding
from duocast.runtime.moderation.passage import Passage
from duocast.runtime.moderation.words import fold

_Kind = tuple[str, str, str]


def gathered(findings: Iterable[Finding], passages: Sequence[Passage]) -> tuple[Finding, ...]:
    """Findings of prompts one for each kind, at the words of the script that they come from; the script's own that say
    no more than one of these are left out."""
    findings = tuple(findings)
    prompted: dict[_Kind, list[Finding]] = {}
    for one in findings:
        if one.passage.span is None:
            prompted.setdefault(_kind(one), []).append(one)
    placed = {kind: _placed(those, passages) for kind, those in prompted.items()}
    kept = [
        one for one in findings if one.passage.span is not None and not _said(one, placed.values())
    ]
    return (*kept, *placed.values())


def _kind(one: Finding) -> _Kind:
    return one.category, one.found, one.near


def _placed(those: Sequence[Finding], passages: Iterable[Passage]) -> Finding:
    first, more = those[0], len(those) - 1
    label = f"{first.passage.label} and {more} more" if more else first.passage.label
    at = next(_with(first.found, passages), None) if first.found else None
    return replace(first, passage=replace(first.passage, label=label, span=at))


def _with(found: str, passages: Iterable[Passage]) -> Iterator[Span]:
    around = f" {found} "
    return (
        one.span
        for one in passages
        if one.span is not None and one.scope == "seen" and around in f" {fold(one.text)} "
    )


def _said(one: Finding, placed: Iterable[Finding]) -> bool:
    """Whether a finding of the script says no more than one of a prompt that is shown at the same place."""
    return any(
        (one.category, one.found, one.passage.span)
        == (other.category, other.found, other.passage.span)
        and one.action.severity <= other.action.severity
        for other in placed
    )
