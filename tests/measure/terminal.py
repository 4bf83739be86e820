"""The command line as people use it: a process of its own, its words, its exit code and what it leaves behind."""

import json
import os
import re
import subprocess
import sys
import time
from collections.abc import Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import Any

PROGRAM = Path(sys.executable).with_name("duocast")
_CODE = re.compile(r"\b(?:error|warning|note)\[([A-Z]\d{4})\]")


@dataclass(frozen=True, slots=True)
class Ended:
    """A process that has ended: exit code, standard output, standard error, seconds of wall time."""

    code: int
    out: str
    err: str
    seconds: float

    @property
    def data(self) -> dict[str, Any]:
        """What `--json` printed."""
        found: dict[str, Any] = json.loads(self.out)
        return found

    @property
    def codes(self) -> set[str]:
        """The diagnostic codes on standard error."""
        return set(_CODE.findall(self.err))

    @property
    def crashed(self) -> bool:
        """Whether a traceback reached the user."""
        return "Traceback (most recent call last)" in self.out + self.err


def environment(folder: Path, changes: Mapping[str, str] | None = None) -> dict[str, str]:
    """The environment of a user whose keys and temporary files stay in `folder`."""
    temporary = folder / "temporary"
    temporary.mkdir(exist_ok=True)
    own = {
        "TMPDIR": str(temporary),
        "DUOCAST_KEYS": str(folder / "keys"),
        "COLUMNS": "200",
        "NO_COLOR": "1",
    }
    usual = {k: v for k, v in os.environ.items() if k != "PYTHONDONTWRITEBYTECODE"}
    return {**usual, **own, **(changes or {})}


def start(
    *arguments: str | Path,
    home: Path,
    changes: Mapping[str, str] | None = None,
    cwd: Path | None = None,
) -> subprocess.Popen[str]:
    """Start `duocast` in a session of its own, as a terminal would."""
    return subprocess.Popen(
        [str(PROGRAM), *map(str, arguments)],
        stdin=subprocess.DEVNULL,
        stdout=subprocess.PIPE,
        stderr=subprocess.PIPE,
        text=True,
        encoding="utf-8",
        env=environment(home, changes),
        cwd=cwd,
        start_new_session=True,
    )


def ended(process: subprocess.Popen[str], timeout: float = 600.0) -> Ended:
    """Wait for the end of a process; one that outstays `timeout` is killed, and fails the test."""
    began = time.monotonic()
    try:
        out, err = process.communicate(timeout=timeout)
    except subprocess.TimeoutExpired:
        process.kill()
        process.communicate()
        raise
    return Ended(process.returncode, out, err, time.monotonic() - began)


def duocast(
    *arguments: str | Path,
    home: Path,
    changes: Mapping[str, str] | None = None,
    cwd: Path | None = None,
    timeout: float = 600.0,
) -> Ended:
    """Run `duocast` with these arguments to its end."""
    return ended(start(*arguments, home=home, changes=changes, cwd=cwd), timeout)


def family(home: Path) -> list[int]:
    """The living processes (Linux) that were started with this home, and all that came of them, in any session."""
    sign = f"DUOCAST_KEYS={home / 'keys'}\0".encode()
    found = []
    for entry in Path("/proc").iterdir():
        if not entry.name.isdigit() or int(entry.name) == os.getpid():
            continue
        try:
            state = (entry / "stat").read_text().rpartition(")")[2].split()[0]
            if sign in (entry / "environ").read_bytes() + b"\0" and state != "Z":
                found.append(int(entry.name))
        except (FileNotFoundError, ProcessLookupError, PermissionError):
            continue
    return sorted(found)


def left_of(home: Path, patience: float = 10.0) -> list[int]:
    """The processes of a home that still live after `patience` seconds; as soon as there are none, none."""
    until = time.monotonic() + patience
    while (left := family(home)) and time.monotonic() < until:
        time.sleep(0.05)
    return left
