"""`duocast farm status`: whether a farm runs, and what it does."""

import os
from pathlib import Path

import click

from duocast.cli.farm.session import connected, count, json_option, print_data, says_faults
from duocast.cli.farm.settings import URL, farm_folder, read_settings
from duocast.cli.options import farm_options
from duocast.farm.daemon.lock import holder

EXIT_DOWN = 1


@click.command(epilog="Example: duocast farm status")
@click.option(
    "--folder",
    type=click.Path(path_type=Path, file_okay=False),
    help="The folder of a farm of this machine; default: ~/.duocast/farm.",
)
@farm_options
@json_option
@says_faults
def command(folder: Path | None, url: str | None, token: str | None, as_data: bool) -> None:
    """Say whether the farm runs, how many machines it has, and what it works on. Exits with 1 if it does not run."""
    place = (folder or farm_folder()).expanduser().absolute()
    running = holder(place) if place.is_dir() else None
    if running is None and (folder is not None or url is None) and not _known_elsewhere(url):
        _say_down(place, as_data)
        raise SystemExit(EXIT_DOWN)
    with connected(url or (running.url if running else None), token) as connection:
        jobs = connection.get("/jobs", state="running", limit=1000)["jobs"]
        answer = connection.get("/nodes")
        nodes = answer["nodes"]
        workers = [worker for node in nodes for worker in node["workers"]]
        found = {
            "ok": True,
            "url": connection.address.url,
            "pid": running.pid if running else None,
            "nodes": len(nodes),
            "workers": len(workers),
            "busy": sum(bool(worker.get("task")) for worker in workers),
            "jobs_running": len(jobs),
            "trouble": answer["broken"],
        }
    if as_data:
        print_data(found)
        return
    process = f" (process {running.pid}, {place})" if running else ""
    click.echo(f"the farm runs at {found['url']}{process}")
    machines, hands = count(len(nodes), "machine"), count(len(workers), "worker")
    click.echo(f"  {machines}, {hands}, {found['busy']} of them busy")
    if found["trouble"]:
        click.echo(f"  it waits: {found['trouble']}")
    click.echo(f"  {count(len(jobs), 'job')} under way; its page: {found['url']}/")


def _known_elsewhere(url: str | None) -> bool:
    """Whether the command line, the environment or farm.toml name a farm."""
    return url is not None or bool(os.environ.get(URL) or read_settings().url)


def _say_down(place: Path, as_data: bool) -> None:
    if as_data:
        print_data({"ok": False, "folder": str(place)})
    else:
        click.echo(f"no farm runs in {place}; start one with `duocast farm up`", err=True)
