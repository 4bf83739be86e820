"""`duocast logs`: what happened in a job, or in one of its tasks."""

from collections.abc import Mapping
from datetime import datetime
from typing import Any

import click

from duocast.cli.farm.session import (
    connected,
    job_argument,
    json_option,
    print_data,
    says_faults,
    which_job,
)
from duocast.cli.options import farm_options
from duocast.farm.client.connection import part
from duocast.farm.client.follow import pages


@click.command(epilog="Example: duocast logs last kitchen-night/shot-3/clip")
@job_argument
@click.argument("task", required=False)
@farm_options
@json_option
@says_faults
def command(job: str, task: str | None, url: str | None, token: str | None, as_data: bool) -> None:
    """Print what happened in JOB, or in one TASK of it: attempts, workers, failures with their details."""
    with connected(url, token) as connection:
        path = f"/jobs/{part(which_job(connection, job))}"
        found = connection.get(f"{path}/tasks/{part(task)}") if task else None
        lines = found["log"] if found else list(pages(connection, f"{path}/log", "lines"))
    if as_data:
        print_data(found or lines)
        return
    if found:
        click.echo(f"{found['task']}: {found['status']}: {found['reason']}")
    for entry in lines:
        click.echo(line(entry))


def line(entry: Mapping[str, Any]) -> str:
    """One line, and what belongs to it under it."""
    at = datetime.fromisoformat(entry["at"]).astimezone().strftime("%H:%M:%S")
    head = f"{at}  {entry['text']}"
    detail = (entry.get("detail") or "").rstrip()
    return head + "".join(f"\n    {each}" for each in detail.splitlines())
