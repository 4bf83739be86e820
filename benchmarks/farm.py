"""The farm's core: microseconds for each decision, and how admission and snapshots grow with the tasks.

`python benchmarks/farm.py [decision] [local] [admission] [snapshot]`: all parts if none is named.
The daemon's parts are in `farm_daemon.py`: `journal`, `submit`, `restart`, `watchers`.
"""

import gc
import hashlib
import heapq
import sys
import time
from collections.abc import Iterator

import farm_daemon

from duocast.compiler.graph import Operation
from duocast.farm.core import commands, events, snapshot
from duocast.farm.core.commands import Command
from duocast.farm.core.events import Event
from duocast.farm.core.forecast import eta
from duocast.farm.core.state import Options, State
from duocast.farm.core.step import step
from duocast.farm.core.task import From, Given, Needs, Source, Spec
from duocast.runtime.store.contents import Blob

SIZES = (1_000, 10_000, 100_000)
LONG = 14_552
WORKERS = 1_000
USERS = 10
HOST = 8
CHAIN = (
    (Operation.SPEAK, Needs(model="voice", gpu=1.0, memory=4 << 30, load=10.0), 12.0),
    (Operation.COMPOSE, Needs(model="picture", gpu=1.0, memory=12 << 30, load=25.0), 40.0),
    (Operation.ANIMATE, Needs(model="motion", gpu=1.0, memory=20 << 30, load=45.0), 180.0),
    (Operation.ENCODE, Needs(model="encoder", gpu=1.0, memory=1 << 30), 8.0),
)
"""A shot: what follows what, what it needs, and the seconds it takes."""


def specs(tasks: int, job: int) -> tuple[Spec, ...]:
    """A film of as many shots as make `tasks` tasks; none is the same work as one of another job."""
    made = []
    for shot in range(tasks // len(CHAIN)):
        before: dict[str, Source] = {"asset": Given("a" * 64)}
        for operation, needs, seconds in CHAIN:
            name = f"shot-{shot}/{operation.value}"
            params = {"text": f"{job} {name}", "seed": shot, "size": [1920, 1080]}
            made.append(
                Spec(
                    name, operation, "e", "1", params, before, ("out",), False, shot, seconds, needs
                )
            )
            before = {"from": From(name, "out")}
    return tuple(made)


class World:
    """Hosts and a store that answer at once, with a clock that jumps; only the time in `step` is counted."""

    def __init__(self, tasks: int, workers: int = WORKERS, users: int = USERS) -> None:
        self.state = State(Options(farm=True, window=8))
        self.due: list[tuple[float, int, Event]] = []
        self.count = self.steps = 0
        self.busy = self.now = 0.0
        for number in range(workers):
            host = f"host-{number // HOST}"
            joined = events.WorkerJoined(f"gpu-{number}", host, 0.0, gpu=1.0, memory=24 << 30)
            self.tell(joined)
        self.steps, self.busy = 0, 0.0
        jobs = [
            events.Submitted(
                specs(tasks // users, user), 0.0, f"job-{user}", f"user-{user}", "film"
            )
            for user in range(users)
        ]
        began = time.thread_time()
        said = [command for job in jobs for command in step(self.state, job)]
        self.admission = time.thread_time() - began
        self.obey(said)

    def tell(self, event: Event) -> None:
        """Let the core hear an event, and do what it says."""
        began = time.thread_time()
        said = step(self.state, event)
        self.busy += time.thread_time() - began
        self.steps += 1
        self.obey(said)

    def obey(self, said: list[Command]) -> None:
        """Answer lookups and end runs, in time."""
        for command in said:
            match command:
                case commands.Lookup(task, key):
                    self.later(0.0, events.Missed(task, key, self.now))
                case commands.Run(worker, task, attempt, key):
                    seconds = self.state.spec(task).weight
                    made = {"out": Blob(hashlib.sha256(key.encode()).hexdigest(), ".bin", 1)}
                    at = (worker, task, attempt, key)
                    self.later(0.01, events.Started(*at, self.now + 0.01))
                    self.later(seconds, events.Finished(*at, made, seconds, self.now + seconds))

    def later(self, seconds: float, event: Event) -> None:
        """Let an event happen so much later."""
        self.count += 1
        heapq.heappush(self.due, (self.now + seconds, self.count, event))

    def run(self, most: int) -> None:
        """Go on until all has ended, or for so many events."""
        while self.due and self.steps < most:
            self.now, _, event = heapq.heappop(self.due)
            self.tell(event)
        if not self.due:
            assert self.state.ended, "tasks are left that nobody works on"


def decision() -> Iterator[str]:
    """Microseconds of `step` for each event, over a whole run."""
    first = 0.0
    for tasks in SIZES:
        gc.collect()
        world = World(tasks)
        gc.collect()
        gc.freeze()  # as the daemon does with what it has read at its start
        world.run(10**9)
        gc.unfreeze()
        each = world.busy / world.steps * 1e6
        first = first or each
        yield (
            f"{tasks:>7} tasks, {WORKERS} workers, {USERS} users: {each:5.1f} us an event "
            f"({world.steps} events), {world.busy / tasks * 1e6:5.1f} us a task, "
            f"ratio {each / first:.2f}; makespan {world.now:.0f} s"
        )


def local() -> Iterator[str]:
    """Seconds of the scheduler in a whole render of one long film on one machine, with a forecast for each task."""
    world = World(LONG, workers=2, users=1)
    world.run(10**9)
    began = time.thread_time()
    for _ in range(100):
        eta(world.state, world.now)
    forecast = (time.thread_time() - began) / 100
    yield (
        f"{LONG:>7} tasks on 2 workers: {world.admission + world.busy:.2f} s in the scheduler "
        f"({world.busy / world.steps * 1e6:.1f} us an event), a forecast {forecast * 1e6:.0f} us"
    )


def admission() -> Iterator[str]:
    """Seconds to admit tasks: numbered, connected, the first of each chain named and looked up."""
    for tasks in SIZES:
        gc.collect()
        yield f"{tasks:>7} tasks admitted in {World(tasks).admission:.3f} s"


def reload() -> Iterator[str]:
    """Seconds to write and to read a state whose tasks are mostly settled."""
    for tasks in SIZES:
        world = World(tasks)
        world.run(int(tasks * 3 * 0.9))
        gc.collect()
        began = time.thread_time()
        content = snapshot.encode(world.state)
        written = time.thread_time()
        again = snapshot.decode(content)
        read = time.thread_time()
        assert snapshot.encode(again) == content
        yield (
            f"{tasks:>7} tasks: {len(content) / 1e6:.1f} MB written in {written - began:.3f} s, "
            f"read in {read - written:.3f} s ({world.state.open} not settled)"
        )


PARTS = {
    "decision": decision,
    "local": local,
    "admission": admission,
    "snapshot": reload,
    **farm_daemon.PARTS,
}

if __name__ == "__main__":
    for part in sys.argv[1:] or PARTS:
        for line in PARTS[part]():
            print(f"{part}: {line}", flush=True)
