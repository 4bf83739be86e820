"""Findings on the terminal: full, concise or JSON."""

import json
import sys
from typing import Any, Literal, get_args

import click

from duocast.compiler.film import Compiled
from duocast.language import render, summary

Form = Literal["full", "concise", "json"]
FORMS: tuple[str, ...] = get_args(Form)


def show(compiled: Compiled, form: Form) -> None:
    """Print the findings; JSON goes to standard output, text to standard error."""
    if form == "json":
        text = render(compiled.diagnostics, compiled.sources.values(), form="json")
        click.echo(text, nl=not text.endswith("\n"))
        return
    colour = form == "full" and sys.stderr.isatty()
    text = render(compiled.diagnostics, compiled.sources.values(), form=form, colour=colour)
    if text:
        click.echo(text, err=True, nl=False)


def findings_data(compiled: Compiled) -> Any:  # noqa: ANN401 - JSON
    """The findings as `check --json` prints them, to stand in a larger object."""
    return json.loads(render(compiled.diagnostics, compiled.sources.values(), form="json"))


def verdict(compiled: Compiled) -> str:
    """`2 errors, 1 warning`, or `no findings`."""
    return summary(compiled.diagnostics) or "no findings"
