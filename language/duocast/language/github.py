"""Findings as workflow commands: a run on GitHub shows each beside the line that it is about.

The form is `::error file=film.scene,line=3,col=1,endColumn=4,title=N0204::there is nobody of that name`, as GitHub's
documentation of workflow commands has it.
"""

from collections.abc import Callable, Iterable

from duocast.language.diagnostic import Diagnostic, Severity
from duocast.language.source import Source

_LEVELS = {Severity.ERROR: "error", Severity.WARNING: "warning", Severity.NOTE: "notice"}


def github(
    diagnostics: Iterable[Diagnostic],
    sources: Iterable[Source],
    *,
    shown: Callable[[str], str] = str,
) -> str:
    """One line for each finding. `shown` turns a source's path into that of the repository."""
    files = {source.path: source for source in sources}
    return "".join(_command(one, files, shown) + "\n" for one in diagnostics)


def _command(diagnostic: Diagnostic, files: dict[str, Source], shown: Callable[[str], str]) -> str:
    properties = {**_where(diagnostic, files, shown), "title": diagnostic.code}
    listed = ",".join(f"{key}={_property(value)}" for key, value in properties.items())
    return f"::{_LEVELS[diagnostic.severity]} {listed}::{_message(_words(diagnostic))}"


def _where(
    diagnostic: Diagnostic, files: dict[str, Source], shown: Callable[[str], str]
) -> dict[str, str]:
    """The place; columns only where it lies on one line, as GitHub wants it."""
    span = diagnostic.span
    if span is None:
        return {}
    source = files.get(span.path)
    if source is None:
        return {"file": shown(span.path)}
    first, last = source.position(span.start), source.position(max(span.start, span.end - 1))
    where = {"file": shown(span.path), "line": str(first.line)}
    if first.line == last.line:
        return where | {"col": str(first.column), "endColumn": str(last.column)}
    return where | {"endLine": str(last.line)}


def _words(diagnostic: Diagnostic) -> str:
    """The whole finding in lines: what is wrong, what is said at the place, what to do."""
    lines = [diagnostic.title, *(label.text for label in diagnostic.labels[:1])]
    if diagnostic.fix is not None:
        lines.append(f"fix: {diagnostic.fix.title}")
    return "\n".join(filter(None, [*lines, diagnostic.hint]))


def _message(text: str) -> str:
    return text.replace("%", "%25").replace("\r", "%0D").replace("\n", "%0A")


def _property(text: str) -> str:
    return _message(text).replace(":", "%3A").replace(",", "%2C")
