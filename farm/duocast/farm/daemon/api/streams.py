"""Routes of events: server-sent streams of everything, or of one job."""

import asyncio
from collections.abc import AsyncIterator
from typing import Annotated, Any

from fastapi import APIRouter, Header, Query
from fastapi.concurrency import run_in_threadpool
from starlette.responses import Response
from starlette.types import Receive, Scope, Send

from duocast.farm.daemon.api.door import Caller, Submitter
from duocast.farm.daemon.api.showing import JobId
from duocast.farm.daemon.broadcast import Subject, Watcher
from duocast.farm.daemon.errand import question
from duocast.farm.daemon.faults import Refusal

router = APIRouter(tags=["events"])
_STREAM: dict[int | str, dict[str, Any]] = {
    200: {"content": {"text/event-stream": {}}, "description": "Server-sent events."}
}
After = Annotated[int | None, Query(ge=0, le=1 << 53, description="Only what came after it.")]
LastSeen = Annotated[str | None, Header(alias="Last-Event-ID", max_length=20)]
_HEADERS = [
    (b"content-type", b"text/event-stream; charset=utf-8"),
    (b"cache-control", b"no-store"),
    (b"x-accel-buffering", b"no"),
]


class Stream(Response):
    """A response that goes on until the client leaves, is dropped for not reading, or the farm ends."""

    def __init__(self, frames: AsyncIterator[bytes], watcher: Watcher) -> None:
        super().__init__()
        self._frames = frames
        self._watcher = watcher

    async def __call__(self, _scope: Scope, receive: Receive, send: Send) -> None:
        """Write what comes; a task beside it notices that the client has left."""
        self._watcher.task = asyncio.current_task()
        leaving = asyncio.ensure_future(self._left(receive))
        try:
            await send({"type": "http.response.start", "status": 200, "headers": _HEADERS})
            async for chunk in self._frames:
                await send({"type": "http.response.body", "body": chunk, "more_body": True})
            await send({"type": "http.response.body", "body": b"", "more_body": False})
        except asyncio.CancelledError:
            if not self._watcher.ended:
                raise
        finally:
            leaving.cancel()
            await self._frames.aclose()  # type: ignore[attr-defined]

    async def _left(self, receive: Receive) -> None:
        while (await receive())["type"] != "http.disconnect":
            pass
        self._watcher.drop()


@router.get("/events", status_code=200, response_class=Stream, responses=_STREAM)
async def all_events(
    caller: Submitter, after: After = None, last_event_id: LastSeen = None
) -> Response:
    """What changes, from now on or after a number; just one's own jobs without the scope to operate."""
    user = None if caller.operates else caller.user
    start = _start(after, last_event_id, caller.farm.broadcast.last)
    return _stream(caller, Subject(None, user), start)


@router.get("/jobs/{job}/events", status_code=200, response_class=Stream, responses=_STREAM)
async def job_events(
    caller: Submitter, job: JobId, after: After = None, last_event_id: LastSeen = None
) -> Response:
    """What changes in a job, from its beginning or after a number."""
    await run_in_threadpool(caller.farm.do, question(lambda state: caller.job(state, job).id))
    return _stream(caller, Subject(job, None), _start(after, last_event_id, 0))


def _start(after: int | None, last_event_id: str | None, otherwise: int) -> int:
    """Where a stream begins: behind what the client heard last, which counts more than where it began once."""
    if last_event_id and last_event_id.isascii() and last_event_id.isdigit():
        return min(int(last_event_id), 1 << 53)
    return otherwise if after is None else after


def _stream(caller: Caller, subject: Subject, after: int) -> Response:
    broadcast, limits = caller.farm.broadcast, caller.farm.settings.limits
    if broadcast.watching >= limits.watchers:
        raise Refusal(503, "too-many-watchers", "too many watch this farm already", "ask again")
    if broadcast.watching_as(caller.user) >= limits.watchers_of_user:
        mine = f"{caller.user} watches this farm {limits.watchers_of_user} times already"
        raise Refusal(503, "too-many-watchers", mine, "end one, and ask again")
    watcher = Watcher(caller.user)
    return Stream(broadcast.follow(subject, after, watcher), watcher)
