"""The nursery: a small process that forks workers and outlives nothing: when its owner goes, all of them go.

It imports what workers need once, stays single-threaded, and forks a worker for each socket it is handed; so a worker
starts in milliseconds. It is the one place that reaps: a dead worker's whole process group is killed (an encoder it
started must not go on) and its scratch folder removed. Its control socket closes when the owner ends in whatever way,
kill -9 too; then it kills every worker, removes the scratch folder and ends.

Standard input holds one JSON object: path (sys.path), preload (modules), folder (for scratch and logs). On the control
socket the owner sends `F` with a worker's socket, or `K` with a pid; the nursery answers with `Notice`s.
"""

import contextlib
import faulthandler
import gc
import importlib
import json
import os
import select
import shutil
import signal
import socket
import struct
import sys
from multiprocessing.connection import Connection
from pathlib import Path
from typing import NamedTuple

_FORM = struct.Struct("!iii")
_PID = struct.Struct("!i")
READY, FORKED, ENDED = range(3)
UNFIT = frozenset({"onnxruntime"})
"""Modules that start a thread when they are imported: forking after that is not safe, so workers import them."""


class Notice(NamedTuple):
    """What the nursery tells: READY (its number of threads), FORKED (a pid), ENDED (a pid and its wait status)."""

    kind: int
    number: int
    status: int = 0

    def pack(self) -> bytes:
        """As bytes for the control socket."""
        return _FORM.pack(*self)


NOTICE_SIZE = _FORM.size


def unpack(data: bytes) -> Notice:
    """The notice in these `NOTICE_SIZE` bytes."""
    return Notice(*_FORM.unpack(data))


def order_fork(control: socket.socket, worker: socket.socket) -> None:
    """Ask for a worker on this socket."""
    socket.send_fds(control, [b"F"], [worker.fileno()])


def order_kill(control: socket.socket, pid: int) -> None:
    """Ask for the end of a worker."""
    control.sendall(b"K" + _PID.pack(pid))


class Nursery:
    """The loop: orders from the owner, deaths of children."""

    def __init__(self, control: socket.socket, folder: Path) -> None:
        self._control = control
        self._folder = folder
        self._children: set[int] = set()
        self._woken, self._waker = os.pipe()
        os.set_blocking(self._waker, False)
        os.set_blocking(self._woken, False)
        signal.set_wakeup_fd(self._waker)
        signal.signal(signal.SIGCHLD, lambda *_: None)

    def live(self) -> None:
        """Serve until the owner is gone; then end every worker and remove the folder."""
        try:
            self._tell(Notice(READY, _threads()))
            while self._serve():
                pass
        except OSError:
            pass  # the owner went in the middle of a word
        finally:
            for pid in self._children:
                _kill_group(pid)
            for pid in self._children:
                with contextlib.suppress(ChildProcessError):
                    os.waitpid(pid, 0)
            shutil.rmtree(self._folder, ignore_errors=True)

    def _serve(self) -> bool:
        ready, _, _ = select.select([self._control.fileno(), self._woken], [], [])
        if self._woken in ready:
            with contextlib.suppress(BlockingIOError):
                os.read(self._woken, 512)
            self._reap()
        return self._obey() if self._control.fileno() in ready else True

    def _obey(self) -> bool:
        order, handles, _, _ = socket.recv_fds(self._control, 1, 1)
        match order:
            case b"F" if handles:
                self._fork(handles[0])
            case b"K":
                pid = _PID.unpack(self._control.recv(_PID.size, socket.MSG_WAITALL))[0]
                if pid in self._children:
                    _kill_group(pid)
            case b"":
                return False
        return True

    def _fork(self, handle: int) -> None:
        pid = os.fork()
        if pid == 0:
            self._become_worker(handle)
        os.close(handle)
        with contextlib.suppress(OSError):
            os.setpgid(pid, pid)
        self._children.add(pid)
        self._tell(Notice(FORKED, pid))

    def _become_worker(self, handle: int) -> None:
        status = 1
        try:
            os.setpgid(0, 0)
            signal.set_wakeup_fd(-1)
            signal.signal(signal.SIGCHLD, signal.SIG_DFL)
            _die_with_parent()
            self._control.close()
            os.close(self._woken)
            os.close(self._waker)
            folder = self._folder / str(os.getpid())
            folder.mkdir()
            _log_to(folder.with_suffix(".log"))
            from duocast.farm.worker import serve

            serve(Connection(handle), folder)
            status = 0
        except BaseException:
            sys.excepthook(*sys.exc_info())
        finally:
            sys.stderr.flush()
            os._exit(status)

    def _reap(self) -> None:
        """Bury the dead: the group first, while its number is still theirs."""
        for pid in sorted(self._children):
            seen = os.waitid(os.P_PID, pid, os.WEXITED | os.WNOHANG | os.WNOWAIT)
            if seen is None:
                continue
            _kill_group(pid)
            status = os.waitpid(pid, 0)[1]
            self._children.discard(pid)
            shutil.rmtree(self._folder / str(pid), ignore_errors=True)
            self._tell(Notice(ENDED, pid, status))

    def _tell(self, notice: Notice) -> None:
        self._control.sendall(notice.pack())


def _kill_group(pid: int) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.killpg(pid, signal.SIGKILL)


def _die_with_parent() -> None:
    """On Linux, a worker does not outlive even a nursery that was killed."""
    if sys.platform == "linux":
        import ctypes

        ctypes.CDLL(None).prctl(1, signal.SIGKILL)  # PR_SET_PDEATHSIG
        if os.getppid() == 1:
            os._exit(1)


def _log_to(file: Path) -> None:
    """What native libraries print goes to a file, whose end is quoted if the worker dies."""
    handle = os.open(file, os.O_WRONLY | os.O_CREAT | os.O_APPEND, 0o644)
    os.dup2(handle, 1)
    os.dup2(handle, 2)
    os.close(handle)
    faulthandler.enable()


def _threads() -> int:
    """Threads of this process: one, or forking would not be safe."""
    tasks = Path("/proc/self/task")
    return len(list(tasks.iterdir())) if tasks.is_dir() else 1


def main() -> None:
    """Read the settings, import what workers need, and serve."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    settings = json.load(sys.stdin)
    sys.path[:] = settings["path"]
    fit = [module for module in settings["preload"] if module not in UNFIT]
    for module in ("duocast.farm.worker", "ctypes", *fit):
        with contextlib.suppress(Exception):
            importlib.import_module(module)
    gc.freeze()
    control = socket.socket(fileno=int(sys.argv[1]))
    Nursery(control, Path(settings["folder"])).live()


if __name__ == "__main__":
    main()
