"""`duocast farm down`: end the farm of this machine."""

from pathlib import Path

import click

from duocast.cli.farm import upkeep
from duocast.cli.farm.session import json_option, print_data, says_faults
from duocast.cli.farm.settings import farm_folder, forget_settings, read_settings
from duocast.farm.client.address import address
from duocast.farm.client.connection import Connection, part
from duocast.farm.daemon.lock import Holder, holder


@click.command(epilog="Example: duocast farm down --cancel")
@click.option(
    "--folder",
    type=click.Path(path_type=Path, file_okay=False),
    help="The farm's folder; default: ~/.duocast/farm.",
)
@click.option("--cancel", is_flag=True, help="End all jobs first, so that none goes on next time.")
@json_option
@says_faults
def command(folder: Path | None, cancel: bool, as_data: bool) -> None:
    """End the farm and all that it has started; nothing is left but its folder.

    Jobs that are not finished go on when the farm starts again, and what is finished is kept.
    """
    place = (folder or farm_folder()).expanduser().absolute()
    running = holder(place) if place.is_dir() else None
    cancelled: list[str] = []
    if running is not None:
        cancelled = _cancel_all(running) if cancel else []
        upkeep.end(place, running)
        forget_settings(running.url)
    upkeep.end_cluster(place)
    if as_data:
        print_data({"ok": True, "was_running": running is not None, "cancelled": cancelled})
    elif running is None:
        click.echo(f"no farm runs in {place}", err=True)
    else:
        ended = f", {len(cancelled)} jobs cancelled" if cancel else ""
        click.echo(f"the farm has ended{ended}; {place} keeps what it knows", err=True)


def _cancel_all(running: Holder) -> list[str]:
    kept = read_settings()
    at = address(running.url, kept.token, Path(kept.ca) if kept.ca else None)
    with Connection(at) as connection:
        states = ("running", "paused")
        jobs = [job for state in states for job in connection.get("/jobs", state=state)["jobs"]]
        for job in jobs:
            connection.post(f"/jobs/{part(job['id'])}/cancel")
    return [str(job["id"]) for job in jobs]
