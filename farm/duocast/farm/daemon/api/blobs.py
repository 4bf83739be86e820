"""Routes of blobs: what is missing, resumable uploads, downloads by range."""

from pathlib import Path as File
from typing import Annotated

from fastapi import APIRouter, Header, Path, Request, Response
from fastapi.concurrency import run_in_threadpool
from fastapi.responses import FileResponse
from starlette.requests import ClientDisconnect

from duocast.farm.daemon import blobs
from duocast.farm.daemon.api.answers import MissingAnswer
from duocast.farm.daemon.api.door import Caller, Submitter
from duocast.farm.daemon.api.visit import Viewer
from duocast.farm.daemon.api.wanted import DigestsWanted
from duocast.farm.daemon.faults import Refusal, no_room, not_found
from duocast.runtime.store.faults import is_full

router = APIRouter(tags=["blobs"])
Digest = Annotated[str, Path(max_length=64, description="A SHA-256, in lower-case hexadecimal.")]
Size = Annotated[int, Header(ge=0, le=1 << 53)]
_HEADERS = {
    "Content-Security-Policy": "default-src 'none'; sandbox",
    "X-Content-Type-Options": "nosniff",
    "Cache-Control": "private, max-age=31536000, immutable",
}
_TYPES = {
    ".png": "image/png",
    ".jpg": "image/jpeg",
    ".jpeg": "image/jpeg",
    ".webp": "image/webp",
    ".mp4": "video/mp4",
    ".mkv": "video/x-matroska",
    ".wav": "audio/wav",
    ".flac": "audio/flac",
    ".json": "application/json",
    ".vtt": "text/vtt",
    ".srt": "text/plain",
}
"""Types that a browser may be told; whatever else is in the store is just bytes."""


@router.post("/blobs/missing")
def missing(caller: Submitter, wanted: DigestsWanted) -> MissingAnswer:
    """Which of these contents the farm does not have."""
    return MissingAnswer(missing=blobs.missing(caller.farm.store, wanted.digests))


@router.head("/blobs/{digest}", responses={200: {"description": "Upload-Offset says how much."}})
def offset(caller: Submitter, digest: Digest) -> Response:
    """How many bytes of a content are here: all of it, or a part of an upload."""
    farm = caller.farm
    if blobs.has(farm.store, digest):
        whole = str(blobs.size(farm.store, digest))
        return Response(headers={"Upload-Offset": whole, "Upload-Length": whole})
    there = farm.uploads.offset(digest)
    if there is None:
        raise not_found("blob", digest)
    return Response(headers={"Upload-Offset": str(there)})


@router.patch(
    "/blobs/{digest}",
    status_code=204,
    openapi_extra={
        "requestBody": {
            "required": True,
            "content": {
                "application/offset+octet-stream": {
                    "schema": {"type": "string", "format": "binary"}
                }
            },
        }
    },
)
async def upload(
    request: Request, caller: Submitter, digest: Digest, upload_offset: Size, upload_length: Size
) -> Response:
    """Take the next piece of an upload. With the last one it is hashed, and enters the store if it is right."""
    blobs.checked_digest(digest)
    farm = caller.farm
    if blobs.has(farm.store, digest):
        return _stands_at(upload_length)
    if farm.shop.trouble:
        raise farm.shop.refusal()
    try:
        reached = await _receive(request, caller, digest, upload_offset, upload_length)
        if reached == upload_length:
            await run_in_threadpool(_enter, caller, digest, upload_length)
    except OSError as problem:
        if is_full(problem):
            raise no_room("the store") from None
        raise
    except ClientDisconnect:
        raise Refusal(400, "cut-off", "the piece was cut off", "go on from there") from None
    return _stands_at(reached)


async def _receive(request: Request, caller: Caller, digest: str, offset: int, length: int) -> int:
    with caller.farm.uploads.receiving(digest, offset, length) as piece:
        async for content in request.stream():
            if content:
                await run_in_threadpool(piece.write, content)
        return piece.offset


def _enter(caller: Caller, digest: str, length: int) -> None:
    """A whole upload moves into the store, and stays there for the job that is to come."""
    farm = caller.farm
    file = farm.uploads.whole(digest, length)
    if file is not None:
        store = farm.store_here()
        store.keep(blobs.UPLOADED + digest, [digest])
        store.take(file)


@router.get(
    "/blobs/{digest}",
    response_class=FileResponse,
    responses={
        200: {"content": {"application/octet-stream": {}}, "description": "The bytes."},
        206: {"description": "A range of them."},
        416: {"description": "There is no such range."},
    },
)
def download(farm: Viewer, digest: Digest, suffix: str = "") -> FileResponse:
    """The bytes, or a range of them. `suffix` says what a browser should take them for."""
    if not blobs.has(farm.store, digest):
        raise not_found("blob", digest)
    file: File = farm.store_here().path(digest)
    kind = _TYPES.get(suffix, "application/octet-stream")
    return FileResponse(file, media_type=kind, headers={**_HEADERS, "ETag": f'"{digest}"'})


def _stands_at(there: int) -> Response:
    return Response(status_code=204, headers={"Upload-Offset": str(there)})
