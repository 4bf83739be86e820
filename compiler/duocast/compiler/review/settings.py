"""Settings: what a film's title page says about its own check, as in `Check: ignore L0003, L01`."""

import re

from duocast.compiler.resolve.findings import Findings
from duocast.compiler.resolve.sources import Sources
from duocast.compiler.review.folding import folded
from duocast.language import (
    Diagnostic,
    Label,
    Script,
    Severity,
    Span,
    nearest,
    removal_from_list,
    replacement,
)
from duocast.language.pattern import pattern

KEY = "check"
_IGNORE = pattern(r"ignore\b[ \t]*:?", re.IGNORECASE)
_WORD = pattern(r"[^\s,;]+")
_PREFIX = pattern(r"[A-Z]\d{0,4}")


def ignored(script: Script) -> dict[str, Span]:
    """The codes, or beginnings of codes, that a script does not want to hear of, with where it says so."""
    found: dict[str, Span] = {}
    for entry in script.title_page:
        for value in entry.values if entry.name == KEY else ():
            start = _IGNORE.match(value.text)
            for word in _WORD.finditer(value.text, start.end() if start else 0):
                found[word.group().upper()] = value.span.part(*word.span())
    return found


def review_settings(sources: Sources, findings: Findings) -> None:
    """What stands behind `Check:` on the title page."""
    for entry in sources.script.title_page:
        if entry.name == KEY and entry.values and not _IGNORE.match(entry.values[0].text):
            findings.warning(
                "N0123",
                "a film's check can only be told what to ignore",
                Label(entry.values[0].span),
                hint="write Check: ignore L0003, L01",
            )
            return
    for code, span in ignored(sources.script).items():
        _check(sources, findings, code, span)


def _check(sources: Sources, findings: Findings, code: str, span: Span) -> None:
    from duocast.language.explain import codes, find  # few films ignore anything

    known = [one for one in codes() if one.startswith(code)] if _PREFIX.fullmatch(code) else []
    text = sources.files[sources.script.span.path].text
    if not known:
        near = nearest(code, codes())
        findings.warning(
            "N0121",
            f"there is no code {code}",
            Label(span, f"did you mean {near}?" if near else ""),
            hint="duocast explain lists all codes",
            fix=replacement(span, near, safe=False)
            if near
            else removal_from_list(text, span, "leave it out"),
        )
        return
    page = find(code)
    if page is not None and page.severity is Severity.ERROR:
        findings.warning(
            "N0122",
            f"{code} can't be ignored: it stops the film",
            Label(span, page.title),
            fix=removal_from_list(text, span, "leave it out"),
        )


def settled(findings: Findings, sources: Sources) -> tuple[Diagnostic, ...]:
    """What is to be said, file by file in the order of the text, without what the film ignores. Errors stay."""
    unwanted = tuple(ignored(sources.script))
    files = {path: number for number, path in enumerate(sources.files)}
    kept = folded(findings.items, sources.files)
    if unwanted:
        kept = (
            one
            for one in kept
            if one.severity is Severity.ERROR or not one.code.startswith(unwanted)
        )
    if len(files) == 1:
        return tuple(sorted(kept, key=_start))
    return tuple(sorted(kept, key=lambda one: _place(one, files)))


def _start(diagnostic: Diagnostic) -> int:
    """Where it stands in the only file that there is."""
    labels = diagnostic.labels
    return labels[0].span.start if labels else -1


def _place(diagnostic: Diagnostic, files: dict[str, int]) -> tuple[int, int]:
    span = diagnostic.span
    return (files.get(span.path, len(files)), span.start) if span else (-1, 0)
