"""A real farmd in a process of its own, for tests that kill it."""

import os
import signal
import subprocess
import sys
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from house import API, plain_client, token

from duocast.farm.daemon.lock import holder

HERE = Path(__file__).parent
_PATH = os.pathsep.join([str(HERE), str(HERE.parent), *filter(None, sys.path)])


class Farmd:
    """A farmd over a folder; it can be killed and started again."""

    def __init__(self, folder: Path, *arguments: str, jobs: int = 2) -> None:
        self.folder = folder
        self.token = token(folder)
        self._arguments = [
            *("--folder", str(folder / "farm"), "--port", "0", "--jobs", str(jobs)),
            *("--factory", "farm_engines:workshop", "--inline", "house:INLINE", "--reserve", "0"),
            *arguments,
        ]
        self.process: subprocess.Popen[bytes] | None = None
        self.client = plain_client()

    def start(self) -> float:
        """Start it; gives the seconds until it answers."""
        began = time.monotonic()
        with (self.folder / "log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "duocast.farm.daemon", *self._arguments],
                stdout=log,
                stderr=log,
                env={**os.environ, "PYTHONPATH": _PATH},
            )
        while time.monotonic() - began < 30:
            found = holder(self.folder / "farm")
            if found is not None and found.url and found.pid == self.process.pid:
                self.client.close()
                self.client = plain_client(
                    base_url=found.url + API, headers={"Authorization": f"Bearer {self.token}"}
                )
                assert self.client.get("/healthz").status_code == 200
                return time.monotonic() - began
            assert self.process.poll() is None, (self.folder / "log").read_text()
            time.sleep(0.005)
        raise AssertionError((self.folder / "log").read_text())

    def kill(self) -> None:
        """SIGKILL, in the middle of whatever it does."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()

    def end(self) -> int:
        """SIGTERM; gives the exit status."""
        assert self.process is not None
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(20)


@contextmanager
def farmd(folder: Path, *arguments: str, jobs: int = 2) -> Iterator[Farmd]:
    house = Farmd(folder, *arguments, jobs=jobs)
    house.start()
    try:
        yield house
    finally:
        house.client.close()
        if house.process is not None and house.process.poll() is None:
            house.kill()
