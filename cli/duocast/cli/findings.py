"""Findings on the terminal and for programs: in full, concise, as JSON, for GitHub or as SARIF."""

import json
import os
import shlex
import shutil
import sys
from collections.abc import Iterable
from dataclasses import dataclass, replace
from importlib.metadata import version
from pathlib import Path
from typing import Any, Literal, get_args

import click

from duocast.compiler.film import Compiled
from duocast.language import Diagnostic, Source, render, summary

Form = Literal["full", "concise", "json", "github", "sarif"]
FORMS: tuple[str, ...] = get_args(Form)
EXPLAINED = 3
"""Codes that are named where to read more."""
CARRIED = "D0200"
"""What is carried and not seen yet: only `check` says all of it."""
USUAL_WIDTH = 80
"""Cells of a line where no terminal says how many it has."""


@dataclass(frozen=True, slots=True)
class Report:
    """What is to be said about one script. The sources are named from its folder, but for the script itself."""

    script: Path
    diagnostics: tuple[Diagnostic, ...]
    sources: tuple[Source, ...]

    def shown(self, path: str) -> str:
        """The path of a source as seen from where duocast was called."""
        return path if path == str(self.script) else str(self.script.parent / path)


def report(compiled: Compiled, script: Path | None = None) -> Report:
    """Everything that a compile has found."""
    sources = tuple(compiled.sources.values())
    path = script or Path(sources[0].path if sources else "film.scene")
    return Report(path, compiled.diagnostics, sources)


def show(compiled: Compiled, form: Form) -> None:
    """Print the findings of one script; what is for programs goes to standard output, the rest to standard error.

    In full, what is carried is only pointed to: it is the same in every command, and `check` says it.
    """
    whole = report(compiled)
    if form != "full":
        show_all([whole], form)
        return
    told = tuple(one for one in whole.diagnostics if one.code != CARRIED)
    show_all([replace(whole, diagnostics=told)], form)
    if len(told) < len(whole.diagnostics):
        script = shlex.quote(str(whole.script))
        click.echo(
            f"some of the script is not seen yet: duocast check {script} says what", err=True
        )


def show_all(reports: Iterable[Report], form: Form) -> None:
    """Print the findings of several scripts as one answer."""
    reports = list(reports)
    if form in ("full", "concise"):
        _say(reports, "full" if form == "full" else "concise")
    elif form == "json":
        rows = [row for one in reports for row in _rows(one)]
        click.echo(json.dumps(rows, ensure_ascii=False, indent=2))
    elif form == "github":
        from duocast.language.github import github

        for one in reports:
            click.echo(github(one.diagnostics, one.sources, shown=one.shown), nl=False)
    else:
        from duocast.language.sarif import results, sarif

        found = [
            row for one in reports for row in results(one.diagnostics, one.sources, shown=one.shown)
        ]
        click.echo(sarif(found, version=version("duocast")), nl=False)


def _say(reports: list[Report], form: Literal["full", "concise"]) -> None:
    terminal = sys.stderr.isatty()
    colour = form == "full" and terminal and "NO_COLOR" not in os.environ
    width = shutil.get_terminal_size((USUAL_WIDTH, 24)).columns
    for one in reports:
        text = render(
            one.diagnostics, one.sources, form=form, colour=colour, shown=one.shown, width=width
        )
        if text:
            click.echo(text, err=True, nl=False)
    if form == "full" and (more := _more(reports)):
        click.echo(more, err=True)


def _more(reports: list[Report]) -> str:
    """Where to read more about what was found, said once."""
    found = dict.fromkeys(one.code for part in reports for one in part.diagnostics)
    if not found:
        return ""
    named = list(found)[:EXPLAINED]
    others = f" and {len(found) - EXPLAINED} more" if len(found) > EXPLAINED else ""
    return f"Read more with duocast explain {', '.join(named)}{others}\n"


def _rows(one: Report) -> list[Any]:
    rows: list[Any] = json.loads(render(one.diagnostics, one.sources, form="json"))
    return rows


def findings_data(compiled: Compiled) -> Any:  # noqa: ANN401 - JSON
    """The findings as `check --json` prints them, to stand in a larger object."""
    return _rows(report(compiled))


def verdict(compiled: Compiled) -> str:
    """`2 errors, 1 warning`, or `no findings`."""
    return summary(compiled.diagnostics) or "no findings"
