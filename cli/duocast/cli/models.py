"""`duocast models`: list, pull and verify the model files."""

import json

import click
from rich.console import Console
from rich.progress import (
    BarColumn,
    DownloadColumn,
    Progress,
    TextColumn,
    TimeRemainingColumn,
    TransferSpeedColumn,
)
from rich.table import Table

from duocast.cli.project import EXIT_FINDINGS
from duocast.cli.studio import weights
from duocast.runtime.engine import EngineError
from duocast.runtime.weights import PullStep, WeightState

MEGABYTE = 1e6


@click.group()
def command() -> None:
    """List, pull and verify the model files.

    A render pulls what it needs by itself. Pull beforehand to work without a network.
    """


@command.command("list")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON list.")
def list_models(as_json: bool) -> None:
    """Say which model files are here, their size and licence."""
    _show(weights().list(), as_json)


@command.command("verify")
@click.option("--json", "as_json", is_flag=True, help="Print one JSON list.")
def verify_models(as_json: bool) -> None:
    """Compute every digest again; a damaged file is named and pulled anew when it is needed."""
    states = weights().verify()
    _show(states, as_json)
    if any(state.presence.value == "damaged" for state in states):
        raise SystemExit(EXIT_FINDINGS)


@command.command("pull")
@click.argument("names", nargs=-1)
@click.option("--all", "everything", is_flag=True, help="Also those that only checks need.")
def pull_models(names: tuple[str, ...], everything: bool) -> None:
    """Pull the named model files, or all that films need."""
    cache = weights()
    films = cache.catalogue.group("speak", "voices", "portrait", "moderate")
    wanted = names or (cache.catalogue.names if everything else films)
    columns = (TextColumn("{task.description}"), BarColumn(), DownloadColumn())
    console = Console(stderr=True)
    with Progress(*columns, TransferSpeedColumn(), TimeRemainingColumn(), console=console) as bar:
        rows: dict[str, int] = {}

        def report(step: PullStep) -> None:
            if step.source not in rows:
                rows[step.source] = int(bar.add_task(step.source, total=step.total))
            bar.update(rows[step.source], completed=step.done)  # type: ignore[arg-type]

        try:
            states = cache.pull(wanted, report)
        except EngineError as problem:
            bar.stop()
            click.echo(f"error[{problem.code}]: {problem.message}\n  = {problem.hint}", err=True)
            raise SystemExit(EXIT_FINDINGS) from None
    total = sum(state.weight.size for state in states) / MEGABYTE
    click.echo(f"{len(states)} model files are here, {total:.0f} MB, in {cache.folder}", err=True)


def _show(states: tuple[WeightState, ...], as_json: bool) -> None:
    if as_json:
        click.echo(json.dumps([_row(state) for state in states], indent=2))
        return
    table = Table("model", "MB", "state", "licence", "for", box=None)
    table.columns[0].overflow = "fold"
    for state in states:
        weight = state.weight
        size = f"{weight.size / MEGABYTE:.1f}"
        table.add_row(weight.name, size, state.presence.value, weight.licence, weight.use)
    Console().print(table)


def _row(state: WeightState) -> dict[str, object]:
    weight = state.weight
    return {
        "name": weight.name,
        "bytes": weight.size,
        "sha256": weight.sha256,
        "licence": weight.licence,
        "use": weight.use,
        "state": state.presence.value,
        "path": str(state.path) if state.path is not None else None,
    }
