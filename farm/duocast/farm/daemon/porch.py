"""The porch: what stands before the doors. It says how the farm is while the doors are still being hung."""

from asyncio import Future, shield

import msgspec
from starlette.types import ASGIApp, Receive, Scope, Send

from duocast.farm.daemon.health import health
from duocast.farm.daemon.premises import Premises

_HEALTH = ("/healthz", "/api/v1/healthz")
_HEADERS = [(b"content-type", b"application/json")]


class Porch:
    """An ASGI application that answers `/healthz` by itself and hands everything else to the doors.

    Loading the doors takes longer than reading a journal of 100,000 tasks. Who asks for more than health before they
    are there waits for them.
    """

    def __init__(self, farm: Premises, doors: "Future[ASGIApp]") -> None:
        self._farm = farm
        self._doors = doors

    async def __call__(self, scope: Scope, receive: Receive, send: Send) -> None:
        """Answer, or hand on."""
        if scope["type"] == "http" and scope["path"] in _HEALTH and scope["method"] == "GET":
            body = msgspec.json.encode(health(self._farm))
            length = (b"content-length", b"%d" % len(body))
            start = {"type": "http.response.start", "status": 200, "headers": [*_HEADERS, length]}
            await send(start)
            await send({"type": "http.response.body", "body": body})
            return
        doors = self._doors.result() if self._doors.done() else await shield(self._doors)
        await doors(scope, receive, send)
