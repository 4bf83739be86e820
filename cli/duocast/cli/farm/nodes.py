"""`duocast nodes` and `duocast drain`: a farm's machines."""

from collections.abc import Mapping
from typing import Any

import click

from duocast.cli.farm.session import connected, json_option, print_data, says_faults
from duocast.cli.farm.table import show_table
from duocast.cli.options import farm_options
from duocast.farm.client.connection import part


@click.command(epilog="Example: duocast nodes --engines")
@click.option("--engines", is_flag=True, help="What the farm can run, and in which version.")
@farm_options
@json_option
@says_faults
def command(engines: bool, url: str | None, token: str | None, as_data: bool) -> None:
    """List the farm's machines, their workers and what they run."""
    with connected(url, token) as connection:
        what = "engines" if engines else "nodes"
        answer = connection.get(f"/{what}")
        rows = answer[what]
    if as_data:
        print_data(rows)
    elif engines:
        known = [(row["operation"], row["name"], row["version"]) for row in rows]
        show_table(("work", "engine", "version"), known)
    else:
        cells = [_cells(node, worker) for node in rows for worker in node["workers"] or [{}]]
        columns = ("node", "state", "worker", "labels", "runs", "loaded")
        show_table(columns, cells, "no machine works for this farm at the moment")
        if answer.get("broken"):
            click.echo(answer["broken"], err=True)


@click.command(epilog="Example: duocast drain gpu-3 · duocast drain gpu-3 --undo")
@click.argument("node")
@click.option("--undo", is_flag=True, help="Let it work again.")
@farm_options
@json_option
@says_faults
def drain(node: str, undo: bool, url: str | None, token: str | None, as_data: bool) -> None:
    """Start nothing more on NODE; what runs there may end. Then it can be switched off."""
    with connected(url, token) as connection:
        connection.post(f"/nodes/{part(node)}/{'undrain' if undo else 'drain'}")
    if as_data:
        print_data({"ok": True, "node": node, "drained": not undo})
    else:
        said = (
            "works again" if undo else "starts nothing more; `duocast nodes` shows when it is idle"
        )
        click.echo(f"{node} {said}", err=True)


def _cells(node: Mapping[str, Any], worker: Mapping[str, Any]) -> tuple[str, ...]:
    return (
        node["name"],
        _state(node, worker),
        worker.get("name", ""),
        " ".join(worker.get("labels", ())),
        "/".join(filter(None, (worker.get("job"), worker.get("task")))),
        " ".join(worker.get("warm", ())),
    )


def _state(node: Mapping[str, Any], worker: Mapping[str, Any]) -> str:
    if worker.get("sick"):
        return f"sick: {' '.join(worker['sick'])}"
    if node["drained"]:
        return "draining" if worker.get("task") else "drained"
    if worker.get("stopping"):
        return "stopping"
    return "running" if worker.get("task") else "idle"
