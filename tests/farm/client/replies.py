"""A farm of a few lines, for tests of the client's own conduct: it answers what a test has laid out."""

from collections.abc import Callable
from typing import Any

import httpx

from duocast.farm.client.address import address
from duocast.farm.client.connection import Connection, Patience

Answer = httpx.Response | Exception
TOKEN = "a-secret-token"


class Replies(httpx.BaseTransport):
    """Answers one after another; the last one again and again."""

    def __init__(self, *answers: Answer | Callable[[httpx.Request], httpx.Response]) -> None:
        self._answers = list(answers)
        self.heard: list[httpx.Request] = []

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        request.read()
        self.heard.append(request)
        answer = self._answers.pop(0) if len(self._answers) > 1 else self._answers[0]
        if isinstance(answer, Exception):
            raise answer
        return answer if isinstance(answer, httpx.Response) else answer(request)


def connection(transport: httpx.BaseTransport, pauses: list[float] | None = None, **patience: Any):
    """A connection that waits for nothing; what it would have waited is noted."""
    noted = pauses if pauses is not None else []
    return Connection(
        address("http://127.0.0.1:1", TOKEN),
        patience=Patience(**patience),
        pause=noted.append,
        transport=transport,
    )


def refused(status: int, code: str = "wrong", hint: str = "do it right") -> httpx.Response:
    error = {"code": code, "message": "that is wrong", "hint": hint}
    return httpx.Response(status, json={"error": error})
