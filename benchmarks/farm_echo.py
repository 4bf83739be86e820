"""A farmd for benchmarks, in a process of its own: its workers have done everything as soon as they are asked.

It loads nothing that a farm would not load.
"""

import hashlib
import os
import select
import time
from collections import deque
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from duocast.compiler.graph import Operation
from duocast.farm.assignment import Assignment
from duocast.farm.core import events
from duocast.farm.core.events import Event
from duocast.farm.daemon.serve import serve
from duocast.farm.daemon.settings import Settings
from duocast.farm.workshop import Factory, Workshop
from duocast.runtime.engine import EngineError, FailureClass, Request
from duocast.runtime.registry import Registry
from duocast.runtime.store.contents import Blob


class _Nothing:
    """An engine that is never run."""

    name, version, operation = "nothing", "1", Operation.SPEAK

    def run(self, request: Request) -> Mapping[str, Path]:
        raise NotImplementedError


class _NoWeights:
    def path(self, name: str) -> Path:
        raise EngineError(FailureClass.UNAVAILABLE, "V0001", f"no weights {name}")


def workshop(_: Mapping[str, Any]) -> Workshop:
    """What the daemon knows of engines."""
    return Workshop(Registry([_Nothing()]), _NoWeights())


class Echo:
    """Workers that have done everything as soon as they are asked, at most `rate` a second (0: as fast as can be)."""

    def __init__(self, workers: int, rate: int) -> None:
        self._workers = [f"echo-{number}" for number in range(workers)]
        self._rate = rate
        self._news: deque[tuple[float, Event]] = deque()
        self._next = 0.0
        self._read, self._write = os.pipe()
        os.set_blocking(self._write, False)

    def open(self) -> list[Event]:
        """All of them."""
        return [events.WorkerJoined(name, "host", 0.0) for name in self._workers]

    def run(self, worker: str, work: Assignment) -> None:
        """It is done, and told when its turn comes."""
        at = (worker, work.task, work.attempt, work.key)
        made = {"out": Blob(hashlib.sha256(work.key.encode()).hexdigest(), ".bin", 1)}
        self._next = max(self._next, time.monotonic()) + (1.0 / self._rate if self._rate else 0.0)
        self._news.append((0.0, events.Started(*at, 0.0)))
        self._news.append((self._next, events.Finished(*at, made, 0.001, 0.0)))

    def stop(self, worker: str) -> None:
        """Nobody is stopped here."""
        raise NotImplementedError

    def poll(self, seconds: float | None) -> list[Event]:
        """What is due."""
        now = time.monotonic()
        due = self._news[0][0] - now if self._news else 60.0
        select.select([self._read], [], [], max(0.0, min(seconds or 0.0, due)))
        with_bell = select.select([self._read], [], [], 0)[0]
        if with_bell:
            os.read(self._read, 4096)
        heard, now = [], time.monotonic()
        while self._news and self._news[0][0] <= now:
            heard.append(self._news.popleft()[1])
        return heard

    def interrupt(self) -> None:
        """Wake who polls."""
        try:
            os.write(self._write, b"!")
        except BlockingIOError:
            return


def serve_echo(folder: str, workers: str, rate: str) -> None:
    """A farmd in this process."""
    serve(
        Settings(
            folder=Path(folder),
            factory=Factory("farm_echo:workshop"),
            backend=lambda _store, _epoch: Echo(int(workers), int(rate)),
            port=0,
            reserve=0,
        )
    )
