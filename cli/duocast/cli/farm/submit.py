"""`duocast submit`: compile a film here and have a farm make it."""

import json
from pathlib import Path

import click
from rich.console import Console

from duocast.cli.farm.filming import FarmShoot, Terms, watch
from duocast.cli.farm.jobs import ended
from duocast.cli.farm.session import connected, says_faults
from duocast.cli.options import farm_options, lenient_option, script_argument
from duocast.cli.prepared import Wishes, compile_project, prepare
from duocast.cli.project import open_project
from duocast.runtime.engine import EngineError
from duocast.runtime.store.disk import DiskStore


@click.command(epilog="Example: duocast submit film.scene --quality draft --follow")
@script_argument
@farm_options
@click.option(
    "--quality",
    type=click.Choice(("draft", "standard")),
    help="Default: the title page's, else standard.",
)
@click.option("--priority", type=int, default=0, help="Among your own jobs; higher goes first.")
@click.option("--budget", type=click.FloatRange(min=0), help="Credits that it may spend at most.")
@click.option(
    "--select",
    "selectors",
    multiple=True,
    metavar="SELECTOR",
    help="Only a part, as for `duocast render`: scene:2-4, shot:2B, character:NAME ...",
)
@click.option("--follow", is_flag=True, help="Stay and watch; Ctrl-C leaves the farm at work.")
@lenient_option
@click.option("--json", "as_data", is_flag=True, help="Print one JSON object about the job.")
@says_faults
def command(
    script: Path,
    url: str | None,
    token: str | None,
    quality: str | None,
    priority: int,
    budget: float | None,
    selectors: tuple[str, ...],
    follow: bool,
    lenient: bool,
    as_data: bool,
) -> None:
    """Compile SCRIPT here and have a farm make the film.

    Only files that the farm does not have are uploaded, and an upload that was cut off goes on where it stopped. What
    any job on the farm has made before is used again.
    """
    console = Console(stderr=True)
    with connected(url, token) as connection:
        project = open_project(script)
        compiled = compile_project(project, lenient=lenient, quiet=as_data)
        prepared = prepare(project, compiled, Wishes(quality, selectors, lenient))
        shoot = FarmShoot(prepared, connection, console, Terms(priority, budget))
        try:
            with DiskStore(project.build / "store") as store:
                sent = shoot.send(store)
        except EngineError as problem:
            click.echo(f"error[{problem.code}]: {problem.message}\n  = {problem.hint}", err=True)
            raise SystemExit(1) from None
        found = {"ok": True, "job": sent.job, "uploaded": sent.uploaded, "bytes": sent.size}
        if as_data and not follow:
            click.echo(json.dumps(found, indent=2))
        if not as_data:
            files = f"{sent.uploaded} files uploaded, {sent.size / 1e6:.1f} MB"
            click.echo(f"submitted {sent.job} to {connection.address.url}; {files}", err=True)
        if follow:
            view = watch(connection, sent.job, console)
            ended(view, {**found, **view} if as_data else None)
        elif not as_data:
            click.echo(
                f"  watch it: duocast watch {sent.job} · take it home: duocast fetch {sent.job}",
                err=True,
            )
