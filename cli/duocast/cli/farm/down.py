"""`duocast farm down`: end the farm of this machine."""

from pathlib import Path
from urllib.parse import urlsplit

import click

from duocast.cli.farm import upkeep
from duocast.cli.farm.session import connected, json_option, print_data, says_faults
from duocast.cli.farm.settings import farm_folder, forget_settings, read_settings
from duocast.farm.client.connection import part
from duocast.farm.core.job import JobStatus
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
    upkeep.end_cluster(place)
    if (place / "journal.sqlite").exists():
        _forget(place)
    if as_data:
        print_data({"ok": True, "was_running": running is not None, "cancelled": cancelled})
    elif running is None:
        click.echo(f"no farm runs in {place}", err=True)
    else:
        ended = f", {len(cancelled)} jobs cancelled" if cancel else ""
        click.echo(f"the farm has ended{ended}; {place} keeps what it knows", err=True)


def _forget(place: Path) -> None:
    """Take back the owner's token and delete what is written down of it; the next start makes another."""
    kept = read_settings()
    if kept.token and upkeep.take_back(place, kept.token):
        forget_settings(kept.url)


def _cancel_all(running: Holder) -> list[str]:
    """Cancel everybody's jobs that have not ended."""
    with connected(_name(running), None) as connection:
        states = (JobStatus.RUNNING, JobStatus.PAUSED)
        jobs = [job for state in states for job in connection.get("/jobs", state=state)["jobs"]]
        for job in jobs:
            connection.post(f"/jobs/{part(job['id'])}/cancel")
    return [str(job["id"]) for job in jobs]


def _name(running: Holder) -> str:
    """The farm by the name of its certificate, where it says only that it listens everywhere."""
    kept = read_settings().url
    same = bool(kept) and urlsplit(kept).port == urlsplit(running.url).port
    return kept if same else running.url
