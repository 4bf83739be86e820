"""The lock: one daemon in a folder, told by a locked file that says who holds it."""

import fcntl
import os
import time
from pathlib import Path

import msgspec

from duocast.farm.daemon.faults import Occupied

_TRIES = 10
_PAUSE = 0.02


class Holder(msgspec.Struct, frozen=True):
    """What the daemon in a folder says of itself. `url` is empty until it answers."""

    pid: int
    url: str = ""
    epoch: int = 0


class FolderLock:
    """A lock that ends with its process, however that ends. Raises `Occupied` if another process has it.

    It keeps two daemons of one machine apart; the epoch in the journal fences those that a lock can't tell apart.
    """

    def __init__(self, folder: Path) -> None:
        folder.mkdir(parents=True, exist_ok=True)
        self._file = folder / "lock"
        self._handle = os.open(self._file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
        if not _locked(self._handle):
            os.close(self._handle)
            raise Occupied(str(folder), _said(self._file))
        self.tell(Holder(os.getpid()))

    def __enter__(self) -> "FolderLock":
        return self

    def __exit__(self, *_: object) -> None:
        self.release()

    def tell(self, holder: Holder) -> None:
        """Say who holds the lock. On a full disk it says nothing; the lock holds all the same."""
        body = msgspec.json.encode(holder)
        try:
            os.pwrite(self._handle, body, 0)
            os.ftruncate(self._handle, len(body))
        except OSError:
            return

    def release(self) -> None:
        """Let another daemon in."""
        if self._handle >= 0:
            os.close(self._handle)
            self._handle = -1


def holder(folder: Path) -> Holder | None:
    """Who runs in a folder; None when nobody does."""
    file = folder / "lock"
    try:
        handle = os.open(file, os.O_RDWR | os.O_CLOEXEC)
    except FileNotFoundError:
        return None
    try:
        fcntl.flock(handle, fcntl.LOCK_SH | fcntl.LOCK_NB)
    except BlockingIOError:
        said = _said(file)
        return msgspec.json.decode(said, type=Holder) if said else Holder(0)
    finally:
        os.close(handle)
    return None


def _locked(handle: int) -> bool:
    """Take the lock. Who only looks whether it is held has it for a moment, so that one refusal says little."""
    for _ in range(_TRIES):
        try:
            fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
        except BlockingIOError:
            time.sleep(_PAUSE)
        else:
            return True
    return False


def _said(file: Path) -> str:
    try:
        return file.read_text()
    except OSError:
        return ""
