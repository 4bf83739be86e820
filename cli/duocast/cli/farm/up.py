"""`duocast farm up`: start a farm on this machine."""

import os
from collections.abc import Callable
from dataclasses import dataclass
from getpass import getuser
from importlib.util import find_spec
from pathlib import Path

import click
from rich.console import Console

from duocast.cli.farm import upkeep
from duocast.cli.farm.session import json_option, print_data, says_faults
from duocast.cli.farm.settings import farm_folder, settings_file
from duocast.cli.studio import factory, inlines
from duocast.farm.backend import Backend
from duocast.farm.client.faults import FarmError
from duocast.farm.daemon.faults import JournalTrouble, Occupied
from duocast.farm.daemon.lock import Holder, holder
from duocast.farm.daemon.settings import PORT, Settings
from duocast.runtime.store.disk import DiskStore

_FILE = click.Path(path_type=Path, exists=True, dir_okay=False)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What a command line says about a farm."""

    folder: Path
    backend: str
    jobs: int
    host: str
    port: int
    address: str | None
    new_nodes: int
    cert: Path | None
    key: Path | None

    @property
    def settings(self) -> Settings:
        """The daemon's settings."""
        return Settings(
            folder=self.folder,
            factory=factory(),
            backend=self.opener(),
            inline=inlines(),
            host=self.host,
            port=self.port,
            tls_cert=self.cert,
            tls_key=self.key,
        )

    def opener(self) -> Callable[[DiskStore, int], Backend]:
        """How the daemon gets its workers."""
        if self.backend == "local":
            return self._local
        raise NotImplementedError

    def _local(self, store: DiskStore, epoch: int) -> Backend:
        del epoch
        from duocast.farm.local import LocalPool

        return LocalPool(store, factory(), self.jobs)

    @property
    def arguments(self) -> list[str]:
        """The same as a command line."""
        given = {
            "--folder": self.folder,
            "--backend": self.backend,
            "--jobs": self.jobs,
            "--host": self.host,
            "--port": self.port,
            "--address": self.address,
            "--new-ray-nodes": self.new_nodes or None,
            "--tls-cert": self.cert,
            "--tls-key": self.key,
        }
        return [
            word
            for name, value in given.items()
            if value is not None
            for word in (name, str(value))
        ]


@click.command(epilog="Example: duocast farm up && duocast submit film.scene --follow")
@click.option(
    "--folder",
    type=click.Path(path_type=Path, file_okay=False),
    help="Where the farm keeps everything; default: ~/.duocast/farm.",
)
@click.option(
    "--backend",
    type=click.Choice(("local", "ray")),
    default="local",
    show_default=True,
    help="Who does the work: processes of this machine, or hosts on a Ray cluster.",
)
@click.option("--jobs", "-j", type=click.IntRange(1, 256), help="Tasks at once, for `local`.")
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
    backend: str,
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
        backend=backend,
        jobs=jobs or os.cpu_count() or 1,
        host=host,
        port=port,
        address=address,
        new_nodes=new_ray_nodes,
        cert=tls_cert.absolute() if tls_cert else None,
        key=tls_key.absolute() if tls_key else None,
    )
    _check(wanted)
    if not prepared:
        found = _prepare(wanted, as_data)
        if found:
            return
    if foreground:
        _serve(wanted)
    else:
        process = upkeep.start(wanted.folder, wanted.arguments)
        upkeep.until_answering(process, wanted.folder)
        _say(wanted, process.pid, as_data)


def _check(wanted: Wanted) -> None:
    needed = ("fastapi", "uvicorn", *(("ray",) if wanted.backend == "ray" else ()))
    lacking = [name for name in needed if find_spec(name) is None]
    if lacking:
        said = f"a farm needs {' and '.join(lacking)}, which is not installed"
        raise FarmError("install", said, "pip install 'duocast[farm]'")
    try:
        wanted.settings.check()
    except ValueError as problem:
        raise FarmError("settings", str(problem)) from None


def _prepare(wanted: Wanted, as_data: bool) -> bool:
    """Make the folder and the first token; says so, and gives True, if a farm runs there already."""
    running = holder(wanted.folder) if wanted.folder.is_dir() else None
    if running is not None:
        _say_running(running, as_data)
        return True
    wanted.folder.mkdir(parents=True, exist_ok=True, mode=0o700)
    url = wanted.settings.url
    try:
        token = upkeep.first_token(wanted.folder, url, getuser())
    except (Occupied, JournalTrouble) as problem:
        raise FarmError("start", str(problem)) from None
    upkeep.remember(url, token, wanted.cert)
    return False


def _serve(wanted: Wanted) -> None:
    from duocast.farm.daemon.serve import serve

    serve(wanted.settings)


def _say(wanted: Wanted, pid: int, as_data: bool) -> None:
    url = wanted.settings.url
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
    console.print("  next: duocast submit film.scene --follow · end it: duocast farm down")


def _say_running(running: Holder, as_data: bool) -> None:
    if as_data:
        print_data({"ok": True, "url": running.url, "pid": running.pid, "running": True})
        return
    where = running.url or "it does not answer yet"
    click.echo(f"a farm runs there already: {where} (process {running.pid})", err=True)
