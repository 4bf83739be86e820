"""The farm of a folder on this machine: whether it runs, its first token, its start in the background, and its end."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator, Sequence
from contextlib import contextmanager
from pathlib import Path

import msgspec

from duocast.cli.farm.settings import Settings as Kept
from duocast.cli.farm.settings import forget_settings, keep_settings, read_settings, settings_file
from duocast.farm.client.faults import FarmError
from duocast.farm.cluster.processes import Process
from duocast.farm.daemon.journal import Journal
from duocast.farm.daemon.lock import FolderLock, Holder, holder
from duocast.farm.daemon.tokens import Doorkeeper, Scope, mint, revoke

START = 90.0
"""Seconds that a farm has to answer; Ray takes its time."""
END = 60.0
"""Seconds that a farm has to end."""
_TICK = 0.05
_MAIN = "from duocast.cli.main import main; main()"


def log_file(folder: Path) -> Path:
    """What a farm in the background says."""
    return folder / "logs" / "farmd.log"


def check_kept(folder: Path, url: str) -> None:
    """Raise `FarmError` if farm.toml speaks of another farm: it would be lost, and with it the only copy of a token."""
    kept = read_settings()
    if kept.url in ("", url) or _knows(folder, kept.token):
        return
    file = settings_file()
    raise FarmError(
        "settings",
        f"{file} is for another farm, at {kept.url}",
        f"end that one with `duocast farm down`, or keep its file: mv {file} {file}.other",
    )


def _knows(folder: Path, token: str) -> bool:
    """Whether a token is one of this folder's farm, which may have been at another address."""
    if not (token and (folder / "journal.sqlite").exists()):
        return False
    with FolderLock(folder), Journal(folder) as journal:
        return Doorkeeper(journal).admit(token, time.time()) is not None


def first_token(folder: Path, url: str, user: str) -> str:
    """A token of an administrator: the one in farm.toml if this farm knows it, or a new one.

    Only for a farm that does not run. Raises `Occupied` and `JournalTrouble`.
    """
    kept = read_settings()
    with FolderLock(folder), Journal(folder) as journal:
        known = Doorkeeper(journal).admit(kept.token, time.time()) if kept.token else None
        if known is not None and known.scope is Scope.ADMIN and kept.url == url:
            return kept.token
        journal.begin()
        token, _, deed = mint(user, Scope.ADMIN, time.time())
        journal.append([], [deed])
        return token


def take_back(folder: Path, token: str) -> bool:
    """Make a token open nothing any more; gives whether it did. Only for a farm that does not run."""
    with FolderLock(folder), Journal(folder) as journal:
        known = Doorkeeper(journal).admit(token, time.time())
        if known is not None:
            journal.begin()
            journal.append([], [revoke(known.id, time.time())])
        return known is not None


def remember(url: str, token: str, certificate: Path | None) -> Path:
    """Write farm.toml for the user who starts a farm; gives where it stands."""
    return keep_settings(Kept(url, token, str(certificate.resolve()) if certificate else ""))


@contextmanager
def remembered(url: str, token: str, certificate: Path | None) -> Iterator[None]:
    """As `remember`, while a farm runs in the foreground; if it can't, the file is as it was."""
    before = read_settings()
    remember(url, token, certificate)
    try:
        yield
    except FarmError:
        if before.url:
            keep_settings(before)
        else:
            forget_settings(url)
        raise


def start(folder: Path, arguments: Sequence[str]) -> "subprocess.Popen[bytes]":
    """Start the farm in the background: a session of its own, its words in a log."""
    log = log_file(folder)
    log.parent.mkdir(parents=True, exist_ok=True)
    with log.open("ab") as written:
        return subprocess.Popen(
            [sys.executable, "-c", _MAIN, "farm", "up", "--foreground", "--prepared", *arguments],
            stdin=subprocess.DEVNULL,
            stdout=written,
            stderr=written,
            cwd=folder,
            start_new_session=True,
        )


def until_answering(process: "subprocess.Popen[bytes]", folder: Path) -> None:
    """Wait until a farm that was started answers. Raises `FarmError` with its last words if it does not."""
    until = time.monotonic() + START
    while time.monotonic() < until:
        if _answers(process.pid, folder):
            return
        if process.poll() is not None:
            raise FarmError("start", "the farm could not be started", last_words(folder))
        time.sleep(_TICK)
    process.terminate()
    process.wait()
    raise FarmError("start", f"the farm did not answer in {START:.0f} s", last_words(folder))


def _answers(pid: int, folder: Path) -> bool:
    """Whether this process has said where it answers. The lock is only read: trying it could keep the farm out."""
    try:
        said = msgspec.json.decode((folder / "lock").read_bytes(), type=Holder)
    except (OSError, msgspec.MsgspecError):
        return False
    return said.pid == pid and bool(said.url)


def end(folder: Path, found: Holder) -> None:
    """Tell a farm to end and wait until it has. Raises `FarmError` if it does not, or is somebody else's."""
    process = Process.of(found.pid)
    try:
        os.kill(found.pid, signal.SIGTERM)
    except ProcessLookupError:
        return
    except PermissionError:
        hint = "have its owner run `duocast farm down`"
        raise FarmError("stop", f"the farm (process {found.pid}) is another user's", hint) from None
    until = time.monotonic() + END
    while time.monotonic() < until:
        if holder(folder) is None and not (process is not None and process.alive):
            return
        time.sleep(_TICK)
    hint = f"look at {log_file(folder)}; `kill -9 {found.pid}` loses nothing that is finished"
    raise FarmError("stop", f"the farm (process {found.pid}) did not end in {END:.0f} s", hint)


def last_words(folder: Path) -> str:
    """The end of the log of a farm."""
    try:
        lines = log_file(folder).read_text(encoding="utf-8", errors="replace").strip().splitlines()
    except OSError:
        return ""
    return "\n    ".join([f"the end of {log_file(folder)}:", *lines[-8:]])


def end_cluster(folder: Path) -> None:
    """End the Ray that the farm of a folder has started, if it has."""
    if (folder / "ray.json").exists():
        from duocast.farm.cluster.start import end_head

        end_head(folder)
