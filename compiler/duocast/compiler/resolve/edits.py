"""Edits: how a direction is taken out of a script so that what is left is as its writer would have written it."""

from duocast.compiler.resolve.findings import Findings
from duocast.language import Fix, Span, removal


def without_direction(findings: Findings, span: Span, title: str, *, safe: bool = False) -> Fix:
    """The fix that takes a direction out: with its brackets if it stands alone in them, else with its comma."""
    source = findings.files.get(span.path)
    text = source.text if source is not None else ""
    start, end = span.start, span.end
    while start > 0 and text[start - 1] in " \t":
        start -= 1
    while end < len(text) and text[end] in " \t":
        end += 1
    if not (text[start - 1 : start] == "[" and text[end : end + 1] == "]"):
        return findings.without(span, title, safe=safe)
    start, end = start - 1, end + 1
    if text[end : end + 1] == " ":
        end += 1
    elif text[start - 1 : start] == " ":
        start -= 1
    return removal(Span(start, end, span.path), title, safe=safe)


def without_option(findings: Findings, span: Span, words: str) -> Fix | None:
    """The fix that takes an option out of a cue, found by its words; None where they are written otherwise."""
    source = findings.files.get(span.path)
    at = source.slice(span).lower().find(words) if source is not None else -1
    if at < 0:
        return None
    return findings.without(span.part(at, at + len(words)), "leave it out")
