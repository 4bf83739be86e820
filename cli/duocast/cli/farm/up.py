"""`duocast farm up`: start a farm on this machine."""

import os
from getpass import getuser
from importlib.util import find_spec
from pathlib import Path

import click
from rich.console import Console

from duocast.cli.farm import upkeep
from duocast.cli.farm.session import json_option, print_data, says_faults
from duocast.cli.farm.settings import farm_folder, settings_file
from duocast.cli.farm.wanted import Wanted
from duocast.farm.client.faults import FarmError
from duocast.farm.daemon.faults import JournalTrouble, Occupied
from duocast.farm.daemon.lock import Holder, holder
from duocast.farm.daemon.settings import PORT
from duocast.runtime.engine import EngineError

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@click.command(epilog="Example: duocast farm up && duocast submit film.scene --follow")
@click.option(
    "--folder",
    type=click.Path(path_type=Path, file_okay=False),
    help="Where the farm keeps everything; default: ~/.duocast/farm.",
)
@click.option(
    "--backend",
    type=click.Choice(("local", "ray")),
    help="Who does the work: processes of this machine (the default), or hosts on a Ray cluster.",
)
@click.option(
    "--store",
    type=click.Path(path_type=Path, file_okay=False),
    help="The folder for all media, the same one on every machine; default: in --folder.",
)
@click.option("--jobs", "-j", type=click.IntRange(1, 256), help="Tasks at once on this machine.")
@click.option("--host", default="127.0.0.1", show_default=True, help="The address to answer at.")
@click.option("--port", type=click.IntRange(1, 65535), default=PORT, show_default=True)
@click.option(
    "--address",
    metavar="HOST:PORT",
    help="The Ray cluster to join; without it, `ray` starts one of its own.",
)
@click.option(
    "--new-ray-nodes",
    type=click.IntRange(0, 64),
    default=0,
    help="More nodes for the Ray of its own, on this machine.",
)
@click.option("--tls-cert", type=_FILE, help="A certificate (PEM); needed off this machine.")
@click.option("--tls-key", type=_FILE, help="Its key (PEM).")
@click.option(
    "--foreground", is_flag=True, help="Stay, and end with Ctrl-C; for systemd and Docker."
)
@click.option("--prepared", is_flag=True, hidden=True)
@json_option
@says_faults
def command(
    folder: Path | None,
    backend: str | None,
    store: Path | None,
    jobs: int | None,
    host: str,
    port: int,
    address: str | None,
    new_ray_nodes: int,
    tls_cert: Path | None,
    tls_key: Path | None,
    foreground: bool,
    prepared: bool,
    as_data: bool,
) -> None:
    """Start a farm, wait until it answers, and write down for your commands where it is.

    It goes on in the background until `duocast farm down`. Off this machine it answers over TLS only.
    """
    wanted = Wanted(
        folder=(folder or farm_folder()).expanduser().absolute(),
        backend=backend or ("ray" if address or new_ray_nodes else "local"),
        store=store.expanduser().absolute() if store else None,
        jobs=jobs or os.cpu_count() or 1,
        host=host,
        port=port,
        address=address,
        new_nodes=new_ray_nodes,
        cert=tls_cert.absolute() if tls_cert else None,
        key=tls_key.absolute() if tls_key else None,
    )
    _check(wanted)
    if prepared:
        _serve(wanted)
        return
    running = holder(wanted.folder) if wanted.folder.is_dir() else None
    if running is not None:
        _say_running(running, as_data)
        return
    token = _first_token(wanted)
    if foreground:
        with upkeep.remembered(wanted.url, token, wanted.cert):
            _serve(wanted)
        return
    process = upkeep.start(wanted.folder, wanted.arguments)
    try:
        upkeep.until_answering(process, wanted.folder)
    except FarmError:
        upkeep.take_back(wanted.folder, token)
        raise
    upkeep.remember(wanted.url, token, wanted.cert)
    _say(wanted, process.pid, as_data)


def _check(wanted: Wanted) -> None:
    needed = ("fastapi", "uvicorn", *(("ray",) if wanted.backend == "ray" else ()))
    lacking = [name for name in needed if find_spec(name) is None]
    if lacking:
        said = f"a farm needs {' and '.join(lacking)}, which is not installed"
        raise FarmError("install", said, "pip install 'duocast[farm]'")
    if wanted.backend == "local" and (wanted.address or wanted.new_nodes):
        raise FarmError("settings", "--address and --new-ray-nodes are for --backend ray")
    try:
        wanted.settings.check()
    except ValueError as problem:
        raise FarmError("settings", str(problem)) from None


def _first_token(wanted: Wanted) -> str:
    """Make the folder, and a token of its owner."""
    try:
        upkeep.check_kept(wanted.folder, wanted.url)
        wanted.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        return upkeep.first_token(wanted.folder, wanted.url, _owner())
    except (Occupied, JournalTrouble, OSError) as problem:
        raise FarmError("start", str(problem)) from None


def _owner() -> str:
    """Who starts the farm; in a container, that person may have no name."""
    try:
        return getuser()
    except (OSError, KeyError):
        return "owner"


def _serve(wanted: Wanted) -> None:
    from duocast.farm.daemon.serve import serve

    try:
        serve(wanted.settings)
    except (Occupied, JournalTrouble, OSError) as problem:
        hint = "another --port or --folder may do"
        raise FarmError("start", f"the farm can't run: {problem}", hint) from None
    except EngineError as problem:
        raise FarmError(problem.code, problem.message, problem.hint) from None


def _say(wanted: Wanted, pid: int, as_data: bool) -> None:
    url = wanted.url
    if as_data:
        found = {
            "ok": True,
            "url": url,
            "page": f"{url}/",
            "pid": pid,
            "folder": str(wanted.folder),
        }
        print_data({**found, "settings": str(settings_file())})
        return
    console = Console(stderr=True, highlight=False, soft_wrap=True)
    console.print(f"[bold green]the farm is up[/] at {url}")
    console.print(f"  its page: {url}/ (your token is in {settings_file()})")
    console.print(f"  its folder: {wanted.folder}; it writes to {upkeep.log_file(wanted.folder)}")
    if wanted.backend == "ray":
        console.print(
            "  its workers come when Ray is ready, in a minute or so: duocast farm status"
        )
    console.print("  next: duocast submit film.scene --follow · end it: duocast farm down")


def _say_running(running: Holder, as_data: bool) -> None:
    if as_data:
        print_data({"ok": True, "url": running.url, "pid": running.pid, "running": True})
        return
    where = running.url or "it does not answer yet"
    click.echo(f"a farm runs there already: {where} (process {running.pid})", err=True)
