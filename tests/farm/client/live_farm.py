"""A real farm for tests: farmd in a subprocess, tokens for whoever is named, and everything gone at the end."""

import json
import os
import signal
import socket
import subprocess
import sys
import time
from pathlib import Path

from duocast.farm.client.address import Address, address
from duocast.farm.client.connection import Connection
from duocast.farm.daemon.journal import Journal
from duocast.farm.daemon.lock import FolderLock
from duocast.farm.daemon.tokens import Scope, mint

HERE = Path(__file__).parent


def free_port() -> int:
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", 0))
        return int(taken.getsockname()[1])


class LiveFarm:
    """A farm in a folder; `start` it, `kill` it, `start` it again on the same port."""

    def __init__(self, folder: Path, jobs: int = 2) -> None:
        self.folder = folder
        self.port = free_port()
        self.jobs = jobs
        self.process: subprocess.Popen[bytes] | None = None
        self._log = folder.parent / f"{folder.name}.log"

    @property
    def url(self) -> str:
        return f"http://127.0.0.1:{self.port}"

    def start(self) -> None:
        """Start it and wait until it answers."""
        paths = os.pathsep.join([str(HERE), str(HERE.parent)])
        with self._log.open("ab") as log:
            self.process = subprocess.Popen(
                [
                    sys.executable,
                    HERE / "live_farmd.py",
                    self.folder,
                    str(self.port),
                    str(self.jobs),
                ],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env={**os.environ, "PYTHONPATH": paths},
                start_new_session=True,
            )
        until = time.monotonic() + 60
        while time.monotonic() < until and self.process.poll() is None:
            if self._answers(self.process.pid):
                return
            time.sleep(0.02)
        raise AssertionError(self.said)

    def _answers(self, pid: int) -> bool:
        try:
            told = json.loads((self.folder / "lock").read_bytes())
        except (OSError, ValueError):
            return False
        return told["pid"] == pid and bool(told["url"])

    @property
    def said(self) -> str:
        """What it wrote."""
        return self._log.read_text(errors="replace")

    def end(self, number: signal.Signals = signal.SIGTERM) -> None:
        """End it, and wait."""
        if self.process is not None:
            self.process.send_signal(number)
            self.process.wait(30)
            self.process = None

    def token(self, user: str, scope: Scope = Scope.SUBMIT) -> str:
        """A token for a user; only before the farm is started."""
        with FolderLock(self.folder), Journal(self.folder) as journal:
            journal.begin()
            token, _, deed = mint(user, scope, time.time())
            journal.append([], [deed])
        return token

    def address(self, token: str) -> Address:
        return address(self.url, token)

    def connection(self, token: str) -> Connection:
        return Connection(self.address(token))
