"""`duocast jobs`: a farm's jobs, or one of them and its tasks."""

from collections.abc import Mapping, Sequence
from datetime import UTC, datetime
from typing import Any

import click
from rich.text import Text

from duocast.cli.board import clock
from duocast.cli.farm.session import (
    connected,
    json_option,
    print_data,
    says_faults,
    which_job,
)
from duocast.cli.farm.table import STYLES, out, show_table
from duocast.cli.options import farm_options
from duocast.farm.client.connection import Connection, part
from duocast.farm.client.follow import tasks as all_tasks
from duocast.farm.core.job import FINAL, JobStatus
from duocast.farm.core.task import Status

EXIT_FAILED = 1
OPEN = (Status.FAILED, Status.BLOCKED, Status.RUNNING, Status.READY, Status.WAITING)
"""Tasks that people ask about, those that need somebody first."""
SHOWN = 20


@click.command(
    epilog="Examples: duocast jobs · duocast jobs last · duocast jobs 4f1 --status failed"
)
@click.argument("job", required=False)
@click.option(
    "--all", "everybody", is_flag=True, help="Everybody's jobs, if your token may see them."
)
@click.option(
    "--state", type=click.Choice([str(s) for s in JobStatus]), help="Only jobs like that."
)
@click.option(
    "--status", type=click.Choice([str(s) for s in Status]), help="Of JOB, only such tasks."
)
@click.option("--limit", type=click.IntRange(1, 1000), default=20, show_default=True)
@farm_options
@json_option
@says_faults
def command(
    job: str | None,
    everybody: bool,
    state: str | None,
    status: str | None,
    limit: int,
    url: str | None,
    token: str | None,
    as_data: bool,
) -> None:
    """List your jobs on the farm, newest first; or show JOB and why its tasks wait."""
    with connected(url, token) as connection:
        if job is None:
            mine = None if everybody else "true"
            rows = connection.get("/jobs", mine=mine, state=state, limit=limit)["jobs"]
            print_data(rows) if as_data else _list(rows)
            if not as_data and any(row["state"] == JobStatus.RUNNING for row in rows):
                _waits(connection)
            return
        found = which_job(connection, job)
        view = connection.get(f"/jobs/{part(found)}")
        wanted = (Status(status),) if status else OPEN
        rows = [row for each in wanted for row in all_tasks(connection, found, status=each)]
        if not as_data and view["state"] == JobStatus.RUNNING:
            _waits(connection)
    if as_data:
        print_data({**view, "tasks": rows})
    else:
        _show(view)
        _tasks(rows)


def ended(view: Mapping[str, Any], found: object | None = None) -> None:
    """Say how a job ended, and end the program with what that means."""
    done = view["state"] == JobStatus.DONE
    if found is not None:
        print_data(found)
    elif view["state"] in FINAL:
        _show(view, err=True)
        hint = f"duocast fetch {view['id']}" if done else f"duocast logs {view['id']}"
        click.echo(f"  next: {hint}", err=True)
    if not done:
        raise SystemExit(EXIT_FAILED)


def ago(when: str) -> str:
    """A time of the farm as people say it: `7 s ago`."""
    seconds = (datetime.now(UTC) - datetime.fromisoformat(when)).total_seconds()
    return f"{clock(max(0.0, seconds))} ago"


def _list(rows: Sequence[Mapping[str, Any]]) -> None:
    columns = ("job", "film", "user", "state", ">done", ">left", "submitted", "why")
    cells = [
        (
            row["id"],
            row["name"],
            row["user"],
            row["state"],
            _done(row["counts"]),
            _left(row),
            ago(row["submitted"]),
            row.get("reason") or "",
        )
        for row in rows
    ]
    show_table(columns, cells, "you have no jobs here; submit one: duocast submit film.scene")


def _waits(connection: Connection) -> None:
    """Say why nobody works, if that is so: Ray starts, or its cluster can't be reached."""
    trouble = connection.get("/nodes")["broken"]
    if trouble:
        click.echo(f"the farm waits: {trouble}", err=True)


def _done(counts: Mapping[str, int]) -> str:
    ended = counts.get(Status.DONE, 0) + counts.get(Status.REUSED, 0)
    return f"{ended}/{sum(counts.values())}"


def _left(row: Mapping[str, Any]) -> str:
    running = row["state"] == JobStatus.RUNNING and row.get("eta") is not None
    return clock(row["eta"]) if running else ""


def _show(view: Mapping[str, Any], *, err: bool = False) -> None:
    """A job on a few lines."""
    counts = {name: count for name, count in view["counts"].items() if count}
    console = out(err=err)
    head = Text.assemble(
        (view["id"], "bold"), f"  {view['name']}  ", (view["state"], STYLES.get(view["state"], ""))
    )
    console.print(head)
    told = ", ".join(f"{count} {name}" for name, count in counts.items())
    console.print(f"  tasks: {told or 'none'}")
    if _left(view):
        console.print(f"  about {_left(view)} left")
    if view.get("reason"):
        console.print(Text(f"  {view['reason']}"))
    if view.get("ratio") and view.get("bound"):
        console.print(
            f"  took {clock(view['bound'] * view['ratio'])}; with these workers it takes at least "
            f"{clock(view['bound'])} (ratio {view['ratio']:.2f})"
        )


def _tasks(rows: Sequence[Mapping[str, Any]]) -> None:
    cells = [(row["task"], row["status"], row.get("reason") or "") for row in rows[:SHOWN]]
    if cells:
        show_table(("task", "state", "why"), cells)
    if len(rows) > SHOWN:
        out().print(f"and {len(rows) - SHOWN} more; --status or --json shows them")
