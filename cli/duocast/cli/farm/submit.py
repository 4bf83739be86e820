"""`duocast submit`: compile a film here and have a farm make it."""

from pathlib import Path

import click
from rich.console import Console

from duocast.cli.ending import terminated
from duocast.cli.farm.filming import FarmShoot, Terms, watch
from duocast.cli.farm.jobs import ended
from duocast.cli.farm.session import EXIT_INTERRUPTED, connected, count, print_data, says_faults
from duocast.cli.findings import findings_data
from duocast.cli.moderating import Refused, moderate, tell_refused
from duocast.cli.options import farm_options, lenient_option, script_argument
from duocast.cli.prepared import Prepared, Wishes, compile_project, prepare
from duocast.cli.project import EXIT_FINDINGS, open_project
from duocast.farm.client.faults import FarmError
from duocast.farm.client.submit import Sent
from duocast.runtime.engine import EngineError
from duocast.runtime.store.disk import DiskStore


@click.command(epilog="Example: duocast submit film.scene --quality draft --follow")
@script_argument
@farm_options
@click.option(
    "--quality",
    type=click.Choice(("draft", "standard", "cinema")),
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
        prepared = _prepared(script, Wishes(quality, selectors, lenient), as_data)
        sent = _send(FarmShoot(prepared, connection, console, Terms(priority, budget)))
        found = {"ok": True, "job": sent.job, "uploaded": sent.uploaded, "bytes": sent.size}
        if not as_data:
            _tell(sent, connection.address.url, follow)
        if follow:
            with terminated():
                view = watch(connection, sent.job, console)
            ended(view, {**found, **view} if as_data else None)
        elif as_data:
            print_data(found)


def _prepared(script: Path, wishes: Wishes, as_data: bool) -> Prepared:
    """The film; what is wrong with it is told."""
    project = open_project(script)
    compiled = compile_project(project, lenient=wishes.lenient, quiet=as_data)
    if compiled.screenplay is None and as_data:
        print_data({"ok": False, "findings": findings_data(compiled), "errors": []})
    prepared = prepare(project, compiled, wishes)
    try:
        moderate(compiled, prepared.graph, project.folder, quiet=as_data)
    except Refused as problem:
        tell_refused(problem, as_data=as_data)
        raise SystemExit(EXIT_FINDINGS) from None
    except EngineError as problem:
        raise FarmError(problem.code, problem.message, problem.hint) from None
    return prepared


def _send(shoot: FarmShoot) -> Sent:
    """Give the film to the farm. Ctrl-C ends the program."""
    try:
        with DiskStore(shoot.prepared.project.build / "store") as store, terminated():
            return shoot.send(store)
    except EngineError as problem:
        raise FarmError(problem.code, problem.message, problem.hint) from None
    except KeyboardInterrupt:
        click.echo("stopped; submit again, and the upload goes on where it is", err=True)
        raise SystemExit(EXIT_INTERRUPTED) from None


def _tell(sent: Sent, url: str, follow: bool) -> None:
    files = f"{count(sent.uploaded, 'file')} uploaded, {sent.size / 1e6:.1f} MB"
    click.echo(f"submitted {sent.job} to {url}; {files}", err=True)
    if not follow:
        words = f"watch it: duocast watch {sent.job} · take it home: duocast fetch {sent.job}"
        click.echo(f"  {words}", err=True)
