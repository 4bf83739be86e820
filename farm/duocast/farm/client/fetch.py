"""Fetching: what became of a job's tasks, and their files into a store at home."""

import re
from collections.abc import Callable, Iterable, Mapping
from pathlib import Path
from typing import Any

from duocast.compiler.graph import Operation
from duocast.farm.client.connection import Connection, part
from duocast.farm.client.download import download
from duocast.farm.client.faults import FarmError
from duocast.farm.client.follow import failure, tasks
from duocast.farm.core.task import Status
from duocast.farm.outcome import Result
from duocast.runtime.store.contents import Blob
from duocast.runtime.store.disk import DiskStore

_DIGEST = re.compile(r"[0-9a-f]{64}")
_SUFFIX = re.compile(r"(\.[A-Za-z0-9]{1,15})?")
Moved = Callable[[int, int], None]
"""Hears how many bytes of how many are here."""


def results(connection: Connection, job: str) -> dict[str, Result]:
    """What became of every task of a job, by address, in the film's order."""
    outputs = _outputs(connection, job)
    return {
        row["task"]: _result(row, outputs.get(row["task"], {})) for row in tasks(connection, job)
    }


def fetch(
    connection: Connection,
    blobs: Iterable[Blob],
    store: DiskStore,
    folder: Path,
    root: str,
    moved: Moved = lambda *_: None,
) -> int:
    """Bring blobs that the store lacks into it, kept under the root `root`; gives the bytes that came.

    Half a download waits in `folder` for the next time. Raises `FarmError`, and `EngineError` of the store.
    """
    wanted = {blob.digest: blob for blob in blobs}
    lacking = [blob for blob in wanted.values() if not store.place(blob.digest).is_file()]
    store.keep(root, wanted)
    whole, before = sum(blob.size for blob in lacking), 0
    for blob in lacking:
        file = folder / f"{blob.digest}.part"
        download(connection, blob.digest, file, _behind(moved, before, whole))
        store.take(file)
        before += blob.size
    if lacking and not any(folder.iterdir()):
        folder.rmdir()
    return whole


def _outputs(connection: Connection, job: str) -> dict[str, Mapping[str, Any]]:
    found: dict[str, Mapping[str, Any]] = {}
    after: object = None
    while True:
        page = connection.get(f"/jobs/{part(job)}/outputs", after=after)
        found |= page["outputs"]
        after = page.get("next")
        if after is None:
            return found


def _result(row: Mapping[str, Any], outputs: Mapping[str, Mapping[str, Any]]) -> Result:
    return Result(
        address=row["task"],
        operation=Operation(row["operation"]),
        engine=row["engine"],
        version=row.get("version", ""),
        status=Status(row["status"]),
        reason=row["reason"],
        key=row.get("key") or "",
        outputs={name: _blob(said) for name, said in outputs.items()},
        seconds=row.get("seconds") or 0.0,
        failure=failure(row.get("failure")),
    )


def _blob(said: Mapping[str, Any]) -> Blob:
    """An output. Digest and suffix become parts of paths here: nothing else than that may come from a farm."""
    found = Blob(str(said["digest"]), str(said["suffix"]), int(said["size"]))
    plain = _DIGEST.fullmatch(found.digest) and _SUFFIX.fullmatch(found.suffix)
    if not plain:
        hint = "it may be no farm, or one that somebody has taken over: fetch nothing from it"
        raise FarmError("damaged", "the farm names files in a way that no farm does", hint)
    return found


def _behind(moved: Moved, before: int, whole: int) -> Callable[[int], None]:
    """Hears of one file, and tells of all of them."""
    return lambda there: moved(before + there, whole)
