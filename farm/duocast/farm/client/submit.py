"""Submitting: a briefed graph goes to the farm, and of the files it is made from those that the farm lacks."""

import hashlib
from collections.abc import Callable, Iterable, Mapping, Sequence
from dataclasses import dataclass, replace
from pathlib import Path

from duocast.compiler.graph import Asset, ShotGraph
from duocast.farm import assets
from duocast.farm.client.connection import Connection
from duocast.farm.client.faults import FarmError
from duocast.farm.client.upload import Content, upload
from duocast.farm.core.coding import to_bytes
from duocast.farm.core.task import Given, Refused, Spec
from duocast.runtime.engine import EngineError
from duocast.runtime.store.contents import Store

_ROUNDS = 3
"""Times that the farm may find, when the job comes, that it lacks a file after all."""
Moved = Callable[[int, int], None]
"""Hears how many bytes of how many have been uploaded."""


@dataclass(frozen=True, slots=True)
class Order:
    """What is wanted of a farm: the tasks of a film, and what of them is to be had at the end.

    `submission` is the sender's own name for this order: the farm makes one job of it, however often it comes.
    `budget` is in credits.
    """

    name: str
    specs: tuple[Spec, ...]
    targets: tuple[str, ...]
    submission: str
    priority: int = 0
    budget: float | None = None

    def named(self, submission: str) -> "Order":
        """The same order under a name of the sender's."""
        return replace(self, submission=submission)

    @property
    def digests(self) -> tuple[str, ...]:
        """The contents that it is made from."""
        sources = (source for spec in self.specs for source in spec.inputs.values())
        return tuple(sorted({source.digest for source in sources if isinstance(source, Given)}))

    @property
    def fingerprint(self) -> str:
        """The SHA-256 of all of it but the sender's name for it."""
        content = (self.name, self.specs, self.targets, self.priority, self.budget)
        return hashlib.sha256(to_bytes(content)).hexdigest()


@dataclass(frozen=True, slots=True)
class Sent:
    """The farm's job, how many files it did not have, and their bytes."""

    job: str
    uploaded: int
    size: int


def send(
    connection: Connection,
    order: Order,
    contents: Mapping[str, Content],
    moved: Moved = lambda *_: None,
) -> Sent:
    """Have the farm make an order. Doing it again, after whatever broke, gives the same job.

    Raises `FarmError` where the farm refuses it, and for a task that can't be done from the start.
    """
    for failure in (each.failure for each in _refused(order.specs)):
        raise FarmError(failure.code, failure.message, failure.hint)
    uploaded = size = 0
    missing = connection.post("/blobs/missing", {"digests": order.digests}, again=True)["missing"]
    for last in (*(False,) * _ROUNDS, True):
        wanted = [contents[digest] for digest in missing]
        _upload(connection, wanted, moved)
        uploaded, size = uploaded + len(wanted), size + sum(each.size for each in wanted)
        try:
            return Sent(_post(connection, order), uploaded, size)
        except FarmError as problem:
            missing = [digest for digest in problem.more.get("missing", ()) if digest in contents]
            if problem.status != 409 or not missing or last:
                raise
    raise AssertionError("the last round returns or raises")


def contents_of(graph: ShotGraph, store: Store, project: Path) -> dict[str, Content]:
    """The project's files that a graph names, by their digests; one that can't be had is left to its task."""
    refs = (ref for node in graph.nodes for ref in node.inputs.values())
    found = {}
    for path in sorted({ref.path for ref in refs if isinstance(ref, Asset)}):
        try:
            file = assets.resolve(project, path)
        except EngineError:
            continue
        blob = store.asset(file)
        found[blob.digest] = Content(blob.digest, file, blob.size)
    return found


def _refused(specs: Iterable[Spec]) -> list[Refused]:
    sources = (source for spec in specs for source in spec.inputs.values())
    return [source for source in sources if isinstance(source, Refused)]


def _upload(connection: Connection, contents: Sequence[Content], moved: Moved) -> None:
    whole, before = sum(content.size for content in contents), 0
    for content in contents:
        upload(connection, content, _behind(moved, before, whole))
        before += content.size


def _behind(moved: Moved, before: int, whole: int) -> Callable[[int], None]:
    """Hears of one file, and tells of all of them."""
    return lambda there: moved(before + there, whole)


def _post(connection: Connection, order: Order) -> str:
    body = {
        "name": order.name,
        "specs": order.specs,
        "targets": order.targets,
        "priority": order.priority,
        "budget": order.budget,
        "submission": order.submission,
    }
    headers = {"Content-Type": "application/json"}
    answer = connection.ask("POST", "/jobs", again=True, content=to_bytes(body), headers=headers)
    return str(answer.json()["job"]["id"])
