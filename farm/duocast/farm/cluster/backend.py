"""The Ray backend: workers on a cluster's nodes, for the same scheduler that renders on one machine.

Decisions are the roster's, the cluster is the bridge's; this starts bridges, and carries orders and news between them.
"""

import contextlib
import os
import secrets
import socket
import subprocess
import sys
import time
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from importlib.metadata import version
from multiprocessing.connection import Connection, wait
from pathlib import Path

from duocast.farm.assignment import Assignment
from duocast.farm.cluster import bridge
from duocast.farm.cluster.desks import clear
from duocast.farm.cluster.letters import Contract
from duocast.farm.cluster.orders import (
    Connected,
    Dismiss,
    Joining,
    Order,
    Underway,
    Unreachable,
    Wish,
)
from duocast.farm.cluster.placement import Slots, wishes
from duocast.farm.cluster.roster import Roster, Rules, Terms
from duocast.farm.cluster.start import NodeSettings, end_head
from duocast.farm.core.events import Event
from duocast.farm.workshop import Factory
from duocast.runtime.engine import EngineError, FailureClass
from duocast.runtime.store.disk import DiskStore

_REACHING = 600.0
"""Seconds in which a bridge must have reached the cluster, which it may have to start first."""
_PULSELESS = 30.0
"""Seconds without a sign of the cluster after which the bridge is replaced."""
_PAUSE = (0.2, 10.0)
"""Seconds between two bridges: doubled from the first to the second."""
_LOOK_UP = 1.0
_GRACE = 10.0
"""Seconds that a host which is gone has to clear its desk itself."""
_FAREWELL = 10.0
"""Seconds that the bridge has to carry out the last orders."""


@dataclass(frozen=True, slots=True)
class ClusterSettings:
    """Which cluster, and what gets a host on it.

    Without an `address` the farm has a Ray of its own on this machine: a head that offers `head`, and one further node
    for each of `nodes`. A host that no farmd asks for `patience` seconds ends itself. `path` is where Python finds the
    factory's module on the nodes.
    """

    folder: Path
    address: str = ""
    token_file: Path | None = None
    head: NodeSettings = field(default_factory=NodeSettings)
    nodes: tuple[NodeSettings, ...] = ()
    slots: Slots = field(default_factory=Slots)
    rules: Rules = field(default_factory=Rules)
    patience: float = 3600.0
    path: tuple[str, ...] = field(default_factory=tuple)


class RayBackend:
    """Workers of a cluster. `open` gives none at once: they join as their hosts are found or hired, told by `poll`.

    Asking `poll` again says that all it gave before is kept safe; until then hosts keep it, over any crash of farmd.
    """

    def __init__(
        self,
        settings: ClusterSettings,
        factory: Factory,
        store: DiskStore,
        epoch: int,
        clock: Callable[[], float] = time.monotonic,
    ) -> None:
        self._settings = settings
        self._clock = clock
        self._scratch = store.scratch
        self._farm = identity(settings.folder)
        contract = Contract(
            name="",
            node="",
            factory=factory,
            store=store.root,
            version=version("duocast"),
            path=settings.path,
            patience=settings.patience,
            farm=self._farm,
        )
        terms = Terms(contract, epoch, settings.slots, settings.rules)
        self._roster = Roster(terms, _names())
        self._link: Connection | None = None
        self._bridge: subprocess.Popen[bytes] | None = None
        self._bell, self._clapper = socket.socketpair()
        self._clapper.setblocking(False)
        self._pulse = 0.0
        self._next = 0.0
        self._pause = _PAUSE[0]
        self._opened = False
        self._wish: tuple[object, ...] = ()
        self._buried = -1
        self._clearing = 0.0
        self._trouble = "the cluster is not reached yet"
        self._fault = ""

    def __enter__(self) -> "RayBackend":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def trouble(self) -> str:
        """Why there are no workers at the moment; empty when there are, or the cluster has no room for any."""
        starting = not self._trouble and self._roster.starting
        return "workers are being started" if starting else self._trouble

    @property
    def nodes(self) -> tuple[str, ...]:
        """The nodes that live, as `drain` knows them."""
        return tuple(node.label for node in self._roster.nodes)

    @property
    def hosts(self) -> Mapping[str, str]:
        """Every host, and its node."""
        return self._roster.hosts

    def open(self) -> list[Event]:
        """Begin to reach the cluster, while the daemon does what else it has to."""
        self._opened = True
        self._tend()
        return []

    def adopt(self, workers: Iterable[str]) -> None:
        """What a restarted farmd remembers: workers that are not found again are told dead by `poll`.

        Runs that it gives again are not done twice: a host knows the attempts that it was given.
        """
        self._roster.expect(workers)

    def running(self) -> Mapping[str, tuple[str, int]]:
        """The task and attempt that each busy worker has on its hands, as far as is known."""
        return self._roster.running()

    def run(self, worker: str, work: Assignment) -> None:
        """Give a worker its assignment; it goes out with the next `poll`. If it has died, `poll` tells so."""
        self._roster.run(worker, work)

    def stop(self, worker: str) -> None:
        """Kill a worker; `poll` tells when it is dead and who replaces it."""
        self._roster.stop(worker)

    def drain(self, node: str) -> None:
        """Hire nobody on a node any more, and end its hosts as they become idle."""
        self._roster.close(node)

    def undrain(self, node: str) -> None:
        """Use the node again."""
        self._roster.reopen(node)

    def want(self, ready: Mapping[tuple[str, ...], int]) -> None:
        """Tell an autoscaler how many tasks could run now, by the labels that they ask for."""
        wanted = tuple(wishes(ready, self._settings.slots))
        if wanted != self._wish and self._send([Wish(wanted)]):
            self._wish = wanted

    def interrupt(self) -> None:
        """Let a `poll` that waits return at once, or the next one; any thread may call this."""
        with contextlib.suppress(OSError):  # full: it is awake; closed: nobody waits any more
            self._clapper.send(b"!")

    def poll(self, seconds: float | None) -> list[Event]:
        """What happened; waits up to `seconds` for the first of it.

        Raises `EngineError` when a newer farmd has taken the hosts over. That the cluster can't be reached is no error:
        it is tried again and again, and `trouble` says so.
        """
        self._roster.acknowledge()
        self._clear_desks()
        deadline = None if seconds is None else time.monotonic() + seconds
        while True:
            self._tend()
            self._send(self._roster.orders(self._clock()))
            left = _LOOK_UP if deadline is None else deadline - time.monotonic()
            rung = self._listen(max(0.0, min(left, _LOOK_UP)))
            if self._roster.superseded:
                raise _superseded()
            events = self._roster.events()
            if events or rung or (deadline is not None and time.monotonic() >= deadline):
                return events

    def close(self) -> None:
        """End every host, and every Ray process that was started for this farm.

        Hosts that a newer farmd has taken over are left alone, and so is what it runs on.
        """
        if self._roster.superseded:
            self.leave()
            return
        self._send([Dismiss(host) for host in self._roster.hosts])
        self.leave()
        end_head(self._settings.folder)
        clear(self._scratch, self._farm, ())

    def leave(self) -> None:
        """Go without ending anything: the next farmd finds the hosts at work."""
        self._opened = False
        self._hang_up(_FAREWELL)
        self._bell.close()
        self._clapper.close()

    def _tend(self) -> None:
        """Keep a bridge that answers, and replace one that does not."""
        now = time.monotonic()
        if self._link is None:
            if self._opened and now >= self._next:
                self._build(now)
        elif now > self._pulse:
            self._fallen("the cluster does not answer")

    def _clear_desks(self) -> None:
        """After hosts have died, or another farmd did: what nobody else has cleared."""
        now = time.monotonic()
        if self._roster.buried != self._buried and self._roster.settled:
            self._buried, self._clearing = self._roster.buried, now + _GRACE
        if 0.0 < self._clearing <= now:
            self._clearing = 0.0
            clear(self._scratch, self._farm, self._roster.hosts)

    def _build(self, now: float) -> None:
        ours, theirs = socket.socketpair()
        with theirs, (self._settings.folder / "bridge.log").open("ab") as log:
            self._bridge = subprocess.Popen(
                [sys.executable, "-m", bridge.__name__, str(theirs.fileno())],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                pass_fds=[theirs.fileno()],
                start_new_session=True,
                env={
                    **os.environ,
                    "PYTHONPATH": os.pathsep.join(each for each in sys.path if each),
                },
            )
        self._link = Connection(ours.detach())
        self._pulse = now + _REACHING
        settings = self._settings
        self._link.send(
            Joining(
                self._farm,
                settings.folder,
                settings.address,
                settings.token_file,
                settings.head,
                settings.nodes,
            )
        )

    def _listen(self, seconds: float) -> bool:
        """Hear what the bridge says; True if somebody interrupts."""
        links = [] if self._link is None else [self._link]
        rung = False
        for ready in wait([self._bell, *links], seconds):
            if ready is self._bell:
                rung = bool(self._bell.recv(512))
            else:
                self._hear()
        return rung

    def _hear(self) -> None:
        try:
            while self._link is not None and self._link.poll():
                news = self._link.recv()
                if isinstance(news, Unreachable):
                    return self._fallen(news.reason)
                if isinstance(news, Underway):
                    before = f" (the last try ended: {self._fault})" if self._fault else ""
                    self._trouble = news.what + before
                    continue
                if isinstance(news, Connected):
                    self._trouble, self._fault, self._pause = "", "", _PAUSE[0]
                self._pulse = time.monotonic() + _PULSELESS
                self._roster.hear(news, self._clock())
        except (EOFError, OSError):
            self._fallen("the connection to the cluster broke")
        return None

    def _fallen(self, reason: str) -> None:
        """The bridge is of no use: end it, and build another after a pause."""
        self._trouble = self._fault = reason
        self._hang_up(0.0)
        self._roster.disconnected()
        self._next = time.monotonic() + self._pause
        self._pause = min(self._pause * 2, _PAUSE[1])
        self._wish = ()

    def _hang_up(self, patience: float) -> None:
        if self._link is not None:
            self._link.close()
            self._link = None
        if self._bridge is not None:
            try:
                self._bridge.wait(patience)
            except subprocess.TimeoutExpired:
                self._bridge.kill()
                self._bridge.wait()
            self._bridge = None

    def _send(self, orders: Iterable[Order]) -> bool:
        try:
            for order in orders:
                if self._link is None:
                    return False
                self._link.send(order)
        except OSError:
            self._fallen("the connection to the cluster broke")
        return self._link is not None


def identity(folder: Path) -> str:
    """The farm's own name among the farms of a cluster, made once."""
    file = folder / "farm.id"
    with contextlib.suppress(FileExistsError), file.open("x") as new:
        new.write(secrets.token_hex(4))
    return file.read_text().strip()


def _names() -> Iterator[str]:
    while True:
        yield f"host-{secrets.token_hex(4)}"


def _superseded() -> EngineError:
    message = "another farmd has taken over the hosts of this farm"
    return EngineError(FailureClass.UNAVAILABLE, "R0014", message, "stop one of the two")
