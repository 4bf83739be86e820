"""The lab: what simulated engines make. Bytes follow from the key and the inputs' bytes; some tasks misbehave."""

import hashlib
from collections import Counter

from duocast.farm.assignment import Assignment
from duocast.farm.core.task import Failure
from duocast.runtime.engine import EngineError, FailureClass
from duocast.runtime.store.contents import Blob, Made
from duocast.runtime.store.disk import DiskStore


class Death(Exception):
    """The engine takes its worker with it."""


class Lab:
    """Engines for all hosts of a simulation, over one real store. `runs` counts by key how often work was begun."""

    def __init__(self, store: DiskStore) -> None:
        self.store = store
        self.runs: Counter[str] = Counter()
        self.again: list[str] = []
        """Tasks that were begun although the store had their work, complete."""
        self._tried: Counter[str] = Counter()

    def begin(self, work: Assignment) -> dict[str, Blob] | None:
        """An attempt begins; gives the outputs if they are there already, as a real worker does."""
        done = self.store.find(work.key, work.expects)
        if done is None:
            self.runs[work.key] += 1
        return dict(done.outputs) if done is not None else None

    def make(self, work: Assignment, seconds: float) -> dict[str, Blob]:
        """An attempt ends with its outputs in the store.

        Raises `Death`, `EngineError` (`DamagedObject` among them) or `OSError` as engines and stores do.
        """
        self._misbehave(work)
        inputs = {name: self.store.read(each.digest) for name, each in sorted(work.inputs.items())}
        content = {
            name: (".bin", produce(work.operation, name, work.params, inputs))
            for name in work.expects or ("out",)
        }
        made = Made(work.operation, work.engine, "1", seconds, work.params_size)
        return dict(self.store.commit_bytes(work.key, content, made).outputs)

    def _misbehave(self, work: Assignment) -> None:
        kind, times = work.params.get("fault", ["", 0])
        self._tried[work.key] += 1
        if not kind or self._tried[work.key] > times:
            return
        match kind:
            case "poison" | "crash":
                raise Death
            case "flaky":
                raise EngineError(FailureClass.TRANSIENT, "R0013", "the connection broke")
            case "greedy":
                raise EngineError(FailureClass.RESOURCE, "R0004", "there was not enough memory")
            case "broken":
                raise EngineError(FailureClass.INVALID, "R0012", "the engine broke")
            case "truncated":
                raise EngineError(FailureClass.TRANSIENT, "R0011", "the output ends in the middle")


def produce(operation: str, name: str, params: object, inputs: dict[str, bytes]) -> bytes:
    """The bytes of an output: the same for the same request and the same inputs."""
    told = hashlib.sha256(repr((str(operation), name, params)).encode())
    for label, content in sorted(inputs.items()):
        told.update(label.encode() + b"\0" + hashlib.sha256(content).digest())
    return told.digest() * 4


def failure_of(problem: EngineError) -> Failure:
    """As the core hears it."""
    return Failure.of(problem)
