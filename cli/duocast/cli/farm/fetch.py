"""`duocast fetch`: take a finished film home from a farm."""

import fnmatch
import tempfile
from collections.abc import Iterator, Mapping, Sequence
from contextlib import contextmanager
from pathlib import Path

import click
from rich.console import Console

from duocast.cli.delivery import FILES, deliver, place
from duocast.cli.farm.filming import needed_for_delivery
from duocast.cli.farm.session import (
    connected,
    job_argument,
    json_option,
    print_data,
    says_faults,
    which_job,
)
from duocast.cli.farm.transfer import shown
from duocast.cli.options import farm_options
from duocast.cli.project import BUILD_FOLDER
from duocast.farm.client.connection import part
from duocast.farm.client.faults import FarmError
from duocast.farm.client.fetch import fetch, results
from duocast.farm.outcome import Outcome, Result
from duocast.runtime.engine import EngineError
from duocast.runtime.store.disk import DiskStore


@click.command(epilog="Example: duocast fetch last --out film")
@job_argument
@click.option(
    "--out", "-o", type=click.Path(path_type=Path), help="The folder; default: out/NAME here."
)
@click.option(
    "--select",
    "patterns",
    multiple=True,
    metavar="TASK",
    help="Instead of the film, what these tasks have made: kitchen-night/shot-3/clip, '*/still'.",
)
@farm_options
@json_option
@says_faults
def command(
    job: str,
    out: Path | None,
    patterns: tuple[str, ...],
    url: str | None,
    token: str | None,
    as_data: bool,
) -> None:
    """Download the film of JOB, its captions, poster, contact sheet and stems.

    Every file is checked against its digest; a download that was cut off goes on where it stopped.
    """
    console = Console(stderr=True)
    with connected(url, token) as connection:
        found = which_job(connection, job)
        view = connection.get(f"/jobs/{part(found)}")
        made = results(connection, found)
        chosen = _chosen(made, patterns, found)
        folder = out or Path("out") / plain_name(view["name"])
        try:
            with _store() as (store, waiting):
                blobs = [blob for result in chosen.values() for blob in result.outputs.values()]
                if not patterns:
                    blobs = needed_for_delivery(made)
                with shown("fetching", console) as moved:
                    size = fetch(connection, blobs, store, waiting, f"fetched:{found}", moved)
                files = _write(chosen, store, folder, plain_name(view["name"]), whole=not patterns)
        except EngineError as problem:
            raise FarmError(problem.code, problem.message, problem.hint) from None
    if as_data:
        print_data({"ok": True, "job": found, "files": [str(f) for f in files], "bytes": size})
    else:
        click.echo(f"{len(files)} files in {folder}, {size / 1e6:.1f} MB fetched", err=True)


def plain_name(name: str) -> str:
    """A job's name as the name of a file: it comes from another machine and may lead nowhere."""
    kept = "".join(c if c.isalnum() or c in "-_ " else "-" for c in name).strip(" -")
    return kept or "film"


def _chosen(made: Mapping[str, Result], patterns: Sequence[str], job: str) -> Mapping[str, Result]:
    """The tasks whose files are wanted; for a film, all of it must be there."""
    if patterns:
        chosen = {
            address: result
            for address, result in made.items()
            if any(fnmatch.fnmatchcase(address, pattern) for pattern in patterns)
        }
        if not any(result.outputs for result in chosen.values()):
            hint = f"`duocast jobs {job} --status done` lists what is there"
            raise FarmError("nothing", "nothing of that name is finished", hint)
        return chosen
    lacking = [node for node, _, _ in FILES if not (node in made and made[node].outputs)]
    if lacking:
        hint = f"`duocast jobs {job}` shows how far it is; --select takes single pieces"
        raise FarmError("unfinished", f"{job} has no finished film yet", hint)
    return made


@contextmanager
def _store() -> Iterator[tuple[DiskStore, Path]]:
    """The store of the film's folder if this is one, or one for the while, and where downloads wait."""
    build = Path(BUILD_FOLDER)
    if build.is_dir():
        with DiskStore(build / "store") as store:
            yield store, build / "fetching"
        return
    with (
        tempfile.TemporaryDirectory(prefix=".duocast-", dir=Path()) as folder,
        DiskStore(Path(folder) / "store") as store,
    ):
        yield store, Path(folder) / "fetching"


def _write(
    chosen: Mapping[str, Result], store: DiskStore, folder: Path, name: str, *, whole: bool
) -> list[Path]:
    if whole:
        return list(deliver(Outcome(chosen, 0.0, None), store, folder, name).files)
    return [
        place(
            store,
            blob,
            folder.joinpath(
                *map(plain_name, address.split("/")), f"{plain_name(output)}{blob.suffix}"
            ),
        )
        for address, result in chosen.items()
        for output, blob in result.outputs.items()
    ]
