"""The smallest farmd there can be, as a process that tests kill: the core, a journal, and a cluster.

Arguments: the farm's folder, the number of nodes beside the head (local: no cluster but four workers of this machine),
and a film's JSON. Run again with the same arguments, it goes on. It ends when the film has ended, and leaves the
cluster as it is.
"""

import json
import os
import sys
import time
from collections import deque
from pathlib import Path
from typing import Any

from farm_engines import FACTORY, TIME
from msgspec import structs

from duocast.compiler.graph import Operation
from duocast.farm.cluster.backend import ClusterSettings, RayBackend
from duocast.farm.cluster.placement import Slots
from duocast.farm.cluster.roster import Rules
from duocast.farm.cluster.start import NodeSettings
from duocast.farm.core import coding, commands, events
from duocast.farm.core.recover import recover
from duocast.farm.core.state import Options, State
from duocast.farm.core.step import step
from duocast.farm.core.task import From, Spec
from duocast.farm.daemon.orders import assignment, evaluate, ingredients, look_up
from duocast.farm.local import LocalPool
from duocast.runtime.store import DiskStore

CPU, RESOURCE = 1, "engine"
INLINES = {(TIME.operation, TIME.name): TIME}


def film(shots: int, **params: Any) -> tuple[Spec, ...]:
    """Two lines a shot, a timing inline, a clip, and a master of all clips."""

    def spec(
        address: str, operation: Operation, inputs: dict[str, str], order: int, **more: Any
    ) -> Spec:
        inline = operation is Operation.TIME
        made = "timing" if inline else "out"
        sources = {
            name: From(at, "timing" if at.endswith("/time") else "out")
            for name, at in inputs.items()
        }
        engine = "joined" if inline else "hashing"
        given = more if inline else {**params, **more, "name": address.replace("/", ".")}
        return Spec(address, operation, engine, "1", given, sources, (made,), inline, order)

    specs = []
    for shot in range(shots):
        at = f"s{shot}"
        a, b, timing = f"{at}/line-1", f"{at}/line-2", f"{at}/time"
        specs += [spec(line, Operation.SPEAK, {}, shot, text=line) for line in (a, b)]
        specs.append(spec(timing, Operation.TIME, {"a": a, "b": b}, shot))
        specs.append(spec(f"{at}/clip", Operation.ENCODE, {"timing": timing}, shot))
    clips = {f"clip.{shot}": f"s{shot}/clip" for shot in range(shots)}
    return (*specs, spec("film", Operation.MASTER, clips, shots))


def crowd(tasks: int, **params: Any) -> tuple[Spec, ...]:
    """Tasks that have nothing to do with each other."""
    return tuple(
        Spec(f"t{n}", Operation.SPEAK, "hashing", "1", {**params, "n": n}, {}, ("out",))
        for n in range(tasks)
    )


def settings(folder: Path, nodes: int) -> ClusterSettings:
    """A cluster of our own: a head without hosts, and nodes with one host each."""
    with_host = NodeSettings(cpus=CPU, resources={RESOURCE: 1})
    return ClusterSettings(
        folder,
        head=NodeSettings(cpus=CPU) if nodes else with_host,
        nodes=(with_host,) * nodes,
        slots=Slots(accelerator=RESOURCE, cpus=0),
        rules=Rules(silence=20.0),
        path=(str(Path(__file__).parent.parent),),
    )


class Farmd:
    """One loop: hear, keep, decide, do."""

    def __init__(self, folder: Path, store: DiskStore, nodes: int | None) -> None:
        self._journal = (folder / "journal.jsonl").open("ab")
        self._store = store
        self._queue: deque[events.Event] = deque()
        self.state = State(Options(farm=True))
        lines = (folder / "journal.jsonl").read_bytes().splitlines()
        for line in lines:
            step(self.state, coding.event(line))
        self._base = self.state.now - time.monotonic()
        epoch = int((folder / "epoch").read_text()) + 1 if (folder / "epoch").exists() else 1
        (folder / "epoch").write_text(str(epoch))
        clock = lambda: self._base + time.monotonic()  # noqa: E731
        self._clock = clock
        if nodes is None:
            self.backend: RayBackend | LocalPool = LocalPool(store, FACTORY, 4)
        else:
            self.backend = RayBackend(settings(folder, nodes), FACTORY, store, epoch, clock)
            self.backend.adopt(self.state.workers)

    def run(self, specs: tuple[Spec, ...]) -> None:
        self._queue.extend(self._timed(each) for each in self.backend.open())
        if not self.state.jobs:
            self._queue.append(
                events.Submitted(specs, self._clock(), job="j", user="u", name="film")
            )
        for command in recover(self.state):
            self._obey(command)
        while not self.state.jobs or self.state.open or self._queue:
            heard = self.backend.poll(0.0 if self._queue else 0.2)
            self._queue.extend(self._timed(each) for each in heard)
            self._turn()
        if isinstance(self.backend, RayBackend):
            self.backend.poll(0.0)
            self.backend.leave()
        else:
            self.backend.close()

    def _turn(self) -> None:
        heard = list(self._queue) or [events.Tick(self._clock())]
        self._queue.clear()
        durable = [each for each in heard if not isinstance(each, events.Progressed)]
        self._journal.write(b"".join(coding.to_bytes(each) + b"\n" for each in durable))
        self._journal.flush()
        os.fdatasync(self._journal.fileno())
        for command in [command for each in heard for command in step(self.state, each)]:
            self._obey(command)

    def _obey(self, command: commands.Command) -> None:
        match command:
            case commands.Lookup():
                self._answer(look_up(self._store, command))
            case commands.Evaluate(task=task):
                number = self.state.number[task]
                inputs = ingredients(self.state, number)
                self._answer(
                    evaluate(self._store, command, self.state.specs[number], inputs, INLINES)
                )
            case commands.Run(worker=worker):
                self.backend.run(worker, assignment(self.state, command))
            case commands.Stop(worker=worker):
                self.backend.stop(worker)

    def _answer(self, event: events.Event) -> None:
        self._queue.append(self._timed(event))

    def _timed(self, event: events.Event) -> events.Event:
        return structs.replace(event, at=self._clock())


def main() -> None:
    folder, wanted = Path(sys.argv[1]), json.loads(sys.argv[3])
    nodes = None if sys.argv[2] == "local" else int(sys.argv[2])
    with DiskStore(folder / "store") as store:
        farmd = Farmd(folder, store, nodes)
        farmd.run(crowd(**wanted) if "tasks" in wanted else film(**wanted))
        rows = {farmd.state.name(n): farmd.state.rows[n] for n in range(len(farmd.state.specs))}
        found = {
            "status": {task: str(farmd.state.status(task)) for task in rows},
            "outputs": {
                task: {name: blob.digest for name, blob in getattr(row, "outputs", {}).items()}
                for task, row in rows.items()
            },
        }
        (folder / "result.json").write_text(json.dumps(found))


if __name__ == "__main__":
    main()
