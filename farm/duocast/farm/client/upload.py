"""An upload: a file of the project goes to the farm piece by piece, and goes on where it stopped."""

from collections.abc import Callable
from dataclasses import dataclass
from pathlib import Path

from duocast.farm.client.connection import Connection, part
from duocast.farm.client.faults import UNREACHABLE, FarmError

PIECE = 4 << 20
"""Bytes of one request."""
_ROUNDS = 5
"""Times that an upload is taken up again without having moved on."""


@dataclass(frozen=True, slots=True)
class Content:
    """A file by what is in it: its SHA-256, where it is here, its size in bytes."""

    digest: str
    file: Path
    size: int


def upload(
    connection: Connection, content: Content, moved: Callable[[int], None] = lambda _: None
) -> None:
    """Bring a file to the farm; `moved` hears how many of its bytes are there.

    Raises `FarmError` when the farm refuses it, or stays away for too long.
    """
    offset, rounds = _there(connection, content), 0
    with content.file.open("rb") as file:
        while offset < content.size:
            moved(offset)
            try:
                reached = _send(connection, content, file.seek(offset), file.read(PIECE))
            except FarmError as problem:
                rounds += 1
                if rounds > _ROUNDS or not _is_passing(problem):
                    raise
                reached = _there(connection, content)
            rounds = 0 if reached > offset else rounds
            offset = reached
    moved(content.size)


def _there(connection: Connection, content: Content) -> int:
    """How many bytes the farm has."""
    try:
        response = connection.ask("HEAD", f"/blobs/{part(content.digest)}")
    except FarmError as problem:
        if problem.status == 404:
            return 0
        raise
    return int(response.headers.get("Upload-Offset", content.size))


def _send(connection: Connection, content: Content, offset: int, piece: bytes) -> int:
    """Send one piece; gives how many bytes the farm has then. A piece that is cut off is not sent again blindly."""
    if not piece:
        said = f"{content.file.name} became shorter while it was uploaded"
        raise FarmError("changed", said, "submit again")
    headers = {
        "Upload-Offset": str(offset),
        "Upload-Length": str(content.size),
        "Content-Type": "application/offset+octet-stream",
    }
    path = f"/blobs/{part(content.digest)}"
    response = connection.ask("PATCH", path, again=False, content=piece, headers=headers)
    return int(response.headers.get("Upload-Offset", offset + len(piece)))


def _is_passing(problem: FarmError) -> bool:
    """Whether asking the farm where it stands may mend it: a broken connection, or another idea of the offset."""
    return problem.code == UNREACHABLE or problem.status in (409, 502, 504)
