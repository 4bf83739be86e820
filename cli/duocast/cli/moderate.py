"""`duocast moderate`: every line of a script and every given picture, with its score, what the policy does, and why."""

import json
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import TYPE_CHECKING

import click
from rich.console import Console
from rich.markup import escape
from rich.table import Table

from duocast.cli.moderating import Film
from duocast.cli.options import lenient_option, result_option, script_argument
from duocast.cli.policy import office_here
from duocast.cli.prepared import Wishes, compile_project, prepare
from duocast.cli.project import EXIT_FINDINGS, open_project
from duocast.language import Diagnostic, Source, render
from duocast.runtime.engine import EngineError
from duocast.runtime.moderation import Action, refusals

if TYPE_CHECKING:
    from duocast.runtime.moderation import Office
    from duocast.runtime.moderation.judge import Finding
    from duocast.runtime.moderation.passage import Passage

WORTH_SHOWING = 0.5
"""The profanity score from which a line is shown without `--all`."""
COLOURS = {Action.ALLOW: "dim", Action.WARN: "yellow", Action.REFUSE: "bold red"}
LONGEST = 60


@dataclass(frozen=True, slots=True)
class Row:
    """One passage: its score (None: the model is not here) and what the policy finds in it."""

    passage: "Passage"
    line: int | None
    score: float | None
    findings: "tuple[Finding, ...]"

    @property
    def action(self) -> Action:
        """What is done about it: the gravest."""
        found = (one.action for one in self.findings)
        return max(found, key=lambda one: one.severity, default=Action.ALLOW)

    @property
    def reasons(self) -> str:
        """`minors: undresses, lena`."""
        said = (
            f"{one.category}: {', '.join(filter(None, (one.found, one.near)))}"
            for one in self.findings
        )
        return "; ".join(one.removesuffix(": ") for one in said)


@click.command()
@script_argument
@click.option(
    "--policy",
    "file",
    type=click.Path(path_type=Path),
    help="Another policy than the one that holds here.",
)
@click.option(
    "--all", "everything", is_flag=True, help="Every line, and not only those that count."
)
@lenient_option
@result_option
def command(
    script: Path, file: Path | None, everything: bool, lenient: bool, as_data: bool
) -> None:
    """Say what the policy of moderation finds in SCRIPT, line by line, with scores and reasons.

    The score is how likely people are to call a line offensive, 0 to 1; by itself it does nothing unless the policy
    says so. Pictures of the project have the picture model's score. Nothing is made.

    Exits with 1 when something is refused, or the policy is not right. A render under the same policy would refuse
    it, too.
    """
    project = open_project(script)
    compiled = compile_project(project, lenient=lenient, quiet=True)
    prepared = prepare(project, compiled, Wishes(lenient=lenient))
    film = Film.of(compiled, prepared.graph, project.folder)
    try:
        office = office_here(file)
    except EngineError as problem:
        _tell(problem, as_data=as_data)
        raise SystemExit(EXIT_FINDINGS) from None
    rows = _rows(office, film)
    pictures = {name: office.shown(path) for name, path in film.given.items()}
    passages, people = film.passages()
    told = list(office.words(passages, people, drawn=film.drawn, sources=compiled.sources))
    told += office.given(film.given)
    if as_data:
        click.echo(json.dumps(_as_json(office, film, rows, pictures, told), indent=2))
    else:
        _print(office, film, rows, pictures, told, everything=everything)
    if refusals(told):
        raise SystemExit(EXIT_FINDINGS)


def _tell(problem: EngineError, *, as_data: bool) -> None:
    """Why nothing could be looked at."""
    click.echo(f"error[{problem.code}]: {problem.message}\n  = {problem.hint}", err=True)
    if as_data:
        error = {"code": problem.code, "message": problem.message, "hint": problem.hint}
        click.echo(json.dumps({"ok": False, "errors": [error]}, indent=2))


def _rows(office: "Office", film: Film) -> list[Row]:
    passages, people = film.passages()
    sources = film.compiled.sources
    return [
        Row(
            one,
            _line(one, sources),
            office.score(one.text),
            office.judge.findings([one], people, drawn=film.drawn),
        )
        for one in passages
    ]


def _line(passage: "Passage", sources: Mapping[str, Source]) -> int | None:
    span = passage.span
    source = sources.get(span.path) if span is not None else None
    return source.text.count("\n", 0, span.start) + 1 if span is not None and source else None


def _as_json(
    office: "Office",
    film: Film,
    rows: Sequence[Row],
    pictures: Mapping[str, float | None],
    told: Sequence[Diagnostic],
) -> dict[str, object]:
    found = json.loads(render(told, film.compiled.sources.values(), form="json"))
    return {
        "ok": not refusals(told),
        "policy": office.policy.name,
        "drawn": film.drawn,
        "lines": [_row_json(row) for row in rows],
        "pictures": [{"file": name, "score": score} for name, score in pictures.items()],
        "findings": found,
    }


def _row_json(row: Row) -> dict[str, object]:
    span = row.passage.span
    return {
        "path": span.path if span is not None else None,
        "line": row.line,
        "scope": row.passage.scope,
        "what": row.passage.label,
        "text": row.passage.text,
        "score": row.score,
        "action": row.action,
        "findings": [
            {"category": one.category, "action": one.action, "found": one.found, "near": one.near}
            for one in row.findings
        ],
    }


def _print(
    office: "Office",
    film: Film,
    rows: Sequence[Row],
    pictures: Mapping[str, float | None],
    told: Sequence[Diagnostic],
    *,
    everything: bool,
) -> None:
    console = Console(highlight=False)
    table = Table("line", "score", "policy", "why", "words", box=None, pad_edge=False)
    for row in rows:
        if everything or row.findings or (row.score or 0.0) >= WORTH_SHOWING:
            cells = ("" if row.line is None else str(row.line), _number(row.score))
            why = row.reasons or row.passage.scope
            table.add_row(
                *cells, f"[{COLOURS[row.action]}]{row.action}", escape(why), escape(_short(row))
            )
    for name, score in pictures.items():
        table.add_row("", _number(score), "", "picture", escape(name))
    if table.row_count:
        console.print(table)
    refused = len(refusals(told))
    made = "drawn" if film.drawn else "painted, or made by a cloud"
    console.print(
        f"{len(rows)} passages, {len(pictures)} pictures: {refused} refused, {len(told) - refused} warned about;"
        f" the film is {made}, under {escape(office.policy.name)}"
    )
    if office.problem is not None:
        console.print(f"without scores: {escape(office.problem.message)}", style="yellow")


def _number(score: float | None) -> str:
    return "-" if score is None else f"{score:.2f}"


def _short(row: Row) -> str:
    words = " ".join(row.passage.text.split())
    return words if len(words) <= LONGEST else f"{words[: LONGEST - 1]}…"
