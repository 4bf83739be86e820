"""A download: bytes that the farm has come into a file, go on where they stopped, and are what their name says."""

import hashlib
from collections.abc import Callable
from pathlib import Path

import httpx

from duocast.farm.client.connection import Connection, part
from duocast.farm.client.faults import UNREACHABLE, FarmError

_ROUNDS = 5
"""Times that a download is taken up again without having moved on."""


def download(
    connection: Connection, digest: str, file: Path, moved: Callable[[int], None] = lambda _: None
) -> None:
    """Bring the bytes of this SHA-256 into `file`, on from what is there; `moved` hears how many are.

    Raises `FarmError` when the farm does not have them, stays away for too long, or sends other bytes.
    """
    file.parent.mkdir(parents=True, exist_ok=True)
    for last in (False, True):
        _complete(connection, digest, file, moved)
        if _digest(file) == digest:
            return
        file.unlink()
        if last:
            said = f"the farm sends other bytes than {digest[:12]} has"
            raise FarmError(
                "damaged", said, "have an operator run `duocast farm gc --verify` there"
            )


def _complete(
    connection: Connection, digest: str, file: Path, moved: Callable[[int], None]
) -> None:
    rounds = 0
    while True:
        before = file.stat().st_size if file.exists() else 0
        try:
            return _take(connection, digest, file, before, moved)
        except FarmError as problem:
            after = file.stat().st_size if file.exists() else 0
            rounds = rounds + 1 if after <= before else 0
            if problem.code != UNREACHABLE or problem.status or rounds > _ROUNDS:
                raise
            connection.get("/healthz")  # waits for a farm that starts again


def _take(
    connection: Connection, digest: str, file: Path, offset: int, moved: Callable[[int], None]
) -> None:
    headers = {"Range": f"bytes={offset}-"} if offset else {}
    try:
        with connection.stream(f"/blobs/{part(digest)}", headers=headers) as response:
            _write(response, file, moved)
    except FarmError as problem:
        if problem.status != 416:  # there is nothing beyond what is here
            raise


def _write(response: httpx.Response, file: Path, moved: Callable[[int], None]) -> None:
    goes_on = response.status_code == 206
    with file.open("ab" if goes_on else "wb") as written:
        for piece in response.iter_bytes():
            written.write(piece)
            moved(written.tell())


def _digest(file: Path) -> str:
    with file.open("rb") as read:
        return hashlib.file_digest(read, "sha256").hexdigest()
