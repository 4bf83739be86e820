"""Processes as the system shows them: who is alive, who belongs to a session, and how a whole session is ended."""

import contextlib
import os
import signal
import time
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path

_PROC = Path("/proc")
_GRACE = 3.0
"""Seconds that a session has between being asked to end and being killed."""


@dataclass(frozen=True, slots=True)
class Process:
    """A process, told from a later one of the same number by when it was born (clock ticks since boot)."""

    pid: int
    born: int

    @classmethod
    def of(cls, pid: int) -> "Process | None":
        """The living process of this number, or None."""
        fields = _stat(pid)
        return cls(pid, int(fields[19])) if fields and fields[0] != "Z" else None

    @property
    def alive(self) -> bool:
        """Whether this very process still runs."""
        return Process.of(self.pid) == self

    @property
    def command(self) -> str:
        """Its command line, a blank between words; empty if it is gone."""
        return " ".join(self.words)

    @property
    def words(self) -> tuple[str, ...]:
        """The words of its command line; none if it is gone."""
        try:
            line = (_PROC / str(self.pid) / "cmdline").read_bytes().decode()
        except (OSError, UnicodeDecodeError):
            return ()
        return tuple(line.rstrip("\0").split("\0")) if line else ()

    def kill(self) -> None:
        """Kill it, if it is alive."""
        if self.alive:
            _signal(self.pid, signal.SIGKILL)


def members(session: int) -> list[int]:
    """The living processes of a session (the numbers of zombies are left out)."""
    return [pid for pid, fields in _processes() if int(fields[3]) == session]


def everything() -> list[Process]:
    """Every living process that can be seen."""
    return [Process(pid, int(fields[19])) for pid, fields in _processes()]


def marked(marker: bytes) -> list[Process]:
    """The living processes of this user that have `NAME=VALUE` in the environment they were started with."""
    found = []
    for pid, _ in _processes():
        with contextlib.suppress(OSError):  # somebody else's, or gone
            if marker in (_PROC / str(pid) / "environ").read_bytes().split(b"\0"):
                found.append(Process.of(pid))
    return [process for process in found if process is not None]


def children(parent: Process, name: str) -> Iterator[tuple[Process, bool]]:
    """The children of this name, and whether each still runs (if not, its parent has not looked yet)."""
    for entry in _PROC.iterdir():
        with contextlib.suppress(FileNotFoundError, ProcessLookupError):
            if entry.name.isdigit() and (entry / "comm").read_text().strip() == name:
                fields = _stat(int(entry.name))
                if fields and int(fields[1]) == parent.pid:
                    yield Process(int(entry.name), int(fields[19])), fields[0] != "Z"


def end_session(leader: Process, grace: float = _GRACE) -> None:
    """End every process of the session that `leader` leads: asked first, killed when the grace is over.

    A session whose leader's number belongs to another process by now is left alone.
    """
    found = Process.of(leader.pid)
    if found is not None and found != leader:
        return
    if found is not None:
        _signal(leader.pid, signal.SIGTERM)
    deadline = time.monotonic() + grace
    while members(leader.pid) and time.monotonic() < deadline:
        time.sleep(0.05)
    while left := members(leader.pid):
        for pid in left:
            _signal(pid, signal.SIGKILL)
        time.sleep(0.02)


def _signal(pid: int, number: signal.Signals) -> None:
    with contextlib.suppress(ProcessLookupError, PermissionError):
        os.kill(pid, number)


def _processes() -> Iterator[tuple[int, list[str]]]:
    for entry in _PROC.iterdir():
        if entry.name.isdigit():
            fields = _stat(int(entry.name))
            if fields and fields[0] != "Z":
                yield int(entry.name), fields


def _stat(pid: int) -> list[str]:
    """The fields of /proc/PID/stat after the name: state, parent, group, session, ..., [19] is the time of birth."""
    try:
        return (_PROC / str(pid) / "stat").read_text().rpartition(")")[2].split()
    except (FileNotFoundError, ProcessLookupError):
        return []
