"""Findings on the terminal: full, concise or JSON."""

from collections.abc import Sequence

import click

from duocast.compiler.film import Compiled
from duocast.language import Severity, render_concise, render_full, render_json

FORMATS = ("full", "concise", "json")


def show(compiled: Compiled, form: str, *, colour: bool) -> None:
    """Print the findings; JSON goes to standard output, text to standard error."""
    if form == "json":
        click.echo(render_json(compiled.diagnostics, compiled.sources))
        return
    render = render_full if form == "full" else render_concise
    for diagnostic in compiled.diagnostics:
        click.echo(render(diagnostic, compiled.sources, colour=colour), err=True)


def verdict(compiled: Compiled) -> str:
    """`2 errors, 1 warning`, or nothing."""
    counts = [(_count(compiled, severity), severity.value) for severity in Severity]
    said = [f"{count} {word}{'s' if count > 1 else ''}" for count, word in counts if count]
    return ", ".join(said)


def _count(compiled: Compiled, severity: Severity) -> int:
    found: Sequence[Severity] = [d.severity for d in compiled.diagnostics]
    return found.count(severity)
