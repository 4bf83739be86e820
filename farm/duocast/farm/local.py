"""The local backend: a pool of worker processes on this machine."""

import contextlib
import json
import math
import os
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
from collections import deque
from collections.abc import Iterator
from dataclasses import dataclass
from multiprocessing.connection import Connection, wait
from pathlib import Path

from duocast.farm import nursery
from duocast.farm.assignment import Assignment
from duocast.farm.cluster import card
from duocast.farm.core.events import Event, Failed, Finished, Lost, WorkerDied, WorkerJoined
from duocast.farm.worker import THREAD_SETTINGS, Employment
from duocast.farm.workshop import Factory
from duocast.runtime.engine import EngineError, FailureClass
from duocast.runtime.store.disk import DiskStore
from duocast.runtime.store.outpost import Outpost

HOST = "local"
_STILLBORN = 5
"""Workers that may die one after another without a single report, before the pool gives up."""
_PATIENCE = 10.0
"""Seconds that the nursery has to end everything when asked to."""


@dataclass(slots=True)
class _Hand:
    """A worker as its owner sees it. `pid` is 0 until the nursery has told it.

    It hangs if nothing is heard of it before `due`, which each word puts off by `patience` seconds. `card` is the
    memory of this machine's graphics card in bytes, if it is the one that works with it.
    """

    name: str
    link: Connection
    pid: int = 0
    spoken: bool = False
    doomed: bool = False
    patience: float = 0.0
    due: float = math.inf
    fault: str = ""
    card: int = 0

    def joined(self, now: float) -> WorkerJoined:
        """What is told of it."""
        gpu = 1.0 if self.card else 0.0
        return WorkerJoined(self.name, HOST, now, gpu=gpu, memory=self.card)


class LocalPool:
    """`jobs` worker processes with warm engines, one task at a time each.

    Use it as a context: at its end, however it comes, no process and no file of it is left. Workers are forked by the
    nursery; nothing starts before the first `open`. One of them works with the machine's graphics card, if it has
    one, so that its models don't crowd each other out. A pool can serve several renders of one store and factory.
    What its scratch folder is `called` begins with that, so that somebody else can remove it if the whole machine
    goes.
    """

    def __init__(
        self, store: DiskStore | Outpost, factory: Factory, jobs: int, *, called: str = "run-"
    ) -> None:
        if jobs < 1:
            raise ValueError("a pool needs at least one worker")
        self._employment = Employment(factory, store.root, store.epoch)
        self._store = store
        self._called = called
        self._jobs = jobs
        self._hands: dict[str, _Hand] = {}
        self._unborn: deque[_Hand] = deque()
        self._hired = 0
        self._stillborn = 0
        self._nursery: subprocess.Popen[bytes] | None = None
        self._control: socket.socket | None = None
        self._bell: socket.socket | None = None
        self._clapper: socket.socket | None = None
        self._folder: Path | None = None
        self._inbox = b""
        self.threads = 0
        """Threads of the nursery when it began to fork; 1, or a preloaded module is not fit to be preloaded."""

    def __enter__(self) -> "LocalPool":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def pids(self) -> tuple[int, ...]:
        """The workers' processes that are known to run, for tests and for `duocast doctor`."""
        return tuple(hand.pid for hand in self._hands.values() if hand.pid)

    def open(self) -> list[Event]:
        """Start what is not running yet; gives a `WorkerJoined` for every worker there is."""
        if self._nursery is None:
            self._found()
            for number in range(self._jobs):
                self._hire(card.memory() if number == 0 else 0)
        now = time.monotonic()
        return [hand.joined(now) for hand in self._hands.values() if not hand.doomed]

    def run(self, worker: str, work: Assignment) -> None:
        """Give a worker its assignment. If it has died, `poll` tells so."""
        hand = self._hands[worker]
        hand.patience = work.patience
        hand.due = time.monotonic() + work.patience
        with contextlib.suppress(OSError):
            hand.link.send(work)

    def stop(self, worker: str) -> None:
        """Kill a worker; `poll` tells when it is dead and who replaces it."""
        hand = self._hands.get(worker)
        if hand is not None:
            hand.doomed = True
            if hand.pid and self._control is not None:
                nursery.order_kill(self._control, hand.pid)

    def poll(self, seconds: float | None) -> list[Event]:
        """What has been reported; waits up to `seconds` (None: as long as it takes) for the first report."""
        if self._control is None or self._bell is None:
            return []
        links = {hand.link: hand for hand in self._hands.values() if not hand.link.closed}
        events: list[Event] = []
        for ready in wait([self._control, self._bell, *links], self._until_due(seconds)):
            if ready is self._bell:
                self._bell.recv(512)
            elif ready is self._control:
                events += self._hear_nursery()
            elif isinstance(ready, Connection) and not ready.closed:
                events += self._hear(links[ready])
        self._end_hanging()
        return events

    def interrupt(self) -> None:
        """Let a `poll` that waits return at once, or the next one; any thread may call this."""
        if self._clapper is not None:
            with contextlib.suppress(OSError):  # full: it is awake; closed: nobody waits any more
                self._clapper.send(b"!")

    def close(self) -> None:
        """End every worker at once. Whatever they were doing leaves no file."""
        if self._control is not None:
            self._control.close()
            self._control = None
        for end in (self._bell, self._clapper):
            if end is not None:
                end.close()
        self._bell = self._clapper = None
        for hand in self._hands.values():
            hand.link.close()
        self._hands.clear()
        self._unborn.clear()
        if self._nursery is not None:
            _outlive(self._nursery)
            self._nursery = None
        if self._folder is not None:
            shutil.rmtree(self._folder, ignore_errors=True)
            self._folder = None

    def _until_due(self, seconds: float | None) -> float | None:
        """How long to wait: as asked, but no longer than until somebody is overdue."""
        due = min((hand.due for hand in self._hands.values()), default=math.inf)
        left = max(0.0, due - time.monotonic())
        return min(left, math.inf if seconds is None else seconds) if left < math.inf else seconds

    def _end_hanging(self) -> None:
        """Kill whoever has said nothing for too long; it counts as a death, as a crash does."""
        now = time.monotonic()
        for hand in self._hands.values():
            if now >= hand.due and hand.pid and self._control is not None:
                hand.due = math.inf
                hand.fault = f"it hung: it made no progress for {hand.patience:.0f} s"
                nursery.order_kill(self._control, hand.pid)

    def _found(self) -> None:
        """Start the nursery."""
        self._bell, self._clapper = socket.socketpair()
        self._clapper.setblocking(False)
        self._folder = Path(tempfile.mkdtemp(prefix=self._called, dir=self._store.scratch))
        ours, theirs = socket.socketpair()
        factory = self._employment.factory
        settings = {
            "path": sys.path,
            "preload": [*factory.preload, factory.module],
            "folder": str(self._folder),
        }
        with theirs, (self._folder / "nursery.log").open("wb") as log:
            self._control = ours
            self._nursery = subprocess.Popen(
                [sys.executable, "-m", nursery.__name__, str(theirs.fileno())],
                stdin=subprocess.PIPE,
                stdout=log,
                stderr=log,
                pass_fds=[theirs.fileno()],
                env={**os.environ, **THREAD_SETTINGS},
                start_new_session=True,
            )
        if self._nursery.stdin is not None:
            with self._nursery.stdin as stdin, contextlib.suppress(BrokenPipeError):
                stdin.write(json.dumps(settings).encode())

    def _hire(self, card_memory: int) -> _Hand:
        if self._control is None:
            raise RuntimeError("the pool is closed")
        ours, theirs = socket.socketpair()
        self._hired += 1
        hand = _Hand(f"worker-{self._hired}", Connection(ours.detach()), card=card_memory)
        with theirs:
            nursery.order_fork(self._control, theirs)
        hand.link.send(self._employment)
        self._hands[hand.name] = hand
        self._unborn.append(hand)
        return hand

    def _hear(self, hand: _Hand) -> list[Event]:
        """Everything that a worker has said. The end of its connection is told by the nursery as its death."""
        events: list[Event] = []
        try:
            while hand.link.poll():
                report = hand.link.recv()
                hand.spoken = True
                ended = isinstance(report, Finished | Failed | Lost)
                hand.due = math.inf if ended else time.monotonic() + hand.patience
                events += [] if hand.doomed else [report]
                self._stillborn = 0
        except (EOFError, OSError):
            hand.link.close()
        return events

    def _hear_nursery(self) -> list[Event]:
        if self._control is None:
            return []
        try:
            received = self._control.recv(4096)
        except ConnectionResetError:
            received = b""
        if not received:
            raise self._broken("the process that starts the workers has ended")
        self._inbox += received
        return [event for notice in self._notices() for event in self._act_on(notice)]

    def _notices(self) -> Iterator[nursery.Notice]:
        while len(self._inbox) >= nursery.NOTICE_SIZE:
            head, self._inbox = (
                self._inbox[: nursery.NOTICE_SIZE],
                self._inbox[nursery.NOTICE_SIZE :],
            )
            yield nursery.unpack(head)

    def _act_on(self, notice: nursery.Notice) -> list[Event]:
        match notice.kind:
            case nursery.READY:
                self.threads = notice.number
            case nursery.FORKED:
                hand = self._unborn.popleft()
                hand.pid = notice.number
                if hand.doomed and self._control is not None:
                    nursery.order_kill(self._control, hand.pid)
            case nursery.ENDED:
                return self._bury(notice.number, notice.status)
        return []

    def _bury(self, pid: int, status: int) -> list[Event]:
        """A worker is dead: hear its last words, tell of its death, hire another."""
        hand = next(hand for hand in self._hands.values() if hand.pid == pid)
        events = [] if hand.link.closed else self._hear(hand)
        hand.link.close()
        del self._hands[hand.name]
        reason = (hand.fault or _why(status)) + self._last_words(pid)
        if not hand.spoken and not hand.doomed:
            self._stillborn += 1
            if self._stillborn >= _STILLBORN:
                raise self._broken(f"workers can't start: {reason}")
        replacement = self._hire(hand.card)
        now = time.monotonic()
        return [*events, WorkerDied(hand.name, reason, now), replacement.joined(now)]

    def _last_words(self, pid: int) -> str:
        if self._folder is None:
            return ""
        log = self._folder / f"{pid}.log"
        try:
            lines = log.read_text(errors="replace").strip().splitlines()
        except FileNotFoundError:
            return ""
        log.unlink()
        return f" ({lines[-1][:200]})" if lines else ""

    def _broken(self, message: str) -> EngineError:
        log = self._folder / "nursery.log" if self._folder else None
        words = log.read_text(errors="replace").strip()[-500:] if log and log.exists() else ""
        hint = words or "render again; if it stays, reinstall duocast"
        return EngineError(FailureClass.UNAVAILABLE, "R0014", message, hint)


def _why(status: int) -> str:
    """A wait status in words."""
    code = os.waitstatus_to_exitcode(status)
    if code >= 0:
        return f"it exited with status {code}"
    name = signal.Signals(-code).name
    memory = ", perhaps because memory ran out" if name == "SIGKILL" else ""
    return f"it was killed by {name}{memory}"


def _outlive(process: subprocess.Popen[bytes]) -> None:
    try:
        process.wait(_PATIENCE)
    except subprocess.TimeoutExpired:
        process.kill()
        process.wait()
