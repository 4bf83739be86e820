"""Kling: a first frame and a description become 5 or 10 seconds of video; a job can be found again by our own name."""

import base64
import hashlib
import hmac
import json
from collections.abc import Mapping
from typing import Any, ClassVar

from duocast.runtime.clouds.contract import Answer, Call, Fate, Fault, Order, State, Ticket, Told
from duocast.runtime.clouds.family import Family, failed, ticket_of

_VIDEOS = "/v1/videos/image2video"
_VALID, _EARLY = 1800, 5
_AUTH = range(1000, 1005)
_SPENT, _POLICY, _BUSY = (1101, 1102), (1301,), (1302, 1303)


class Kling(Family):
    """A task. The key is `ACCESS:SECRET`; each request has a token that is signed with it for half an hour."""

    name = "kling"
    base = "https://api.klingai.com"
    key = "KLING_API_KEY"
    words: ClassVar[Mapping[str, State]] = {
        "submitted": State.QUEUED,
        "processing": State.RUNNING,
        "succeed": State.SUCCEEDED,
        "failed": State.FAILED,
    }

    def submit(self, order: Order) -> Call:
        """The picture is bare base64."""
        body: dict[str, Any] = {
            "model_name": order.model,
            "prompt": order.prompt[:2500],
            "duration": str(order.seconds),
            "mode": "std",
            "external_task_id": order.name,
        }
        if order.pictures:
            body["image"] = base64.b64encode(order.pictures[0].content).decode()
        if order.callback:
            body["callback_url"] = order.callback
        return Call("POST", _VIDEOS, body)

    def accepted(self, order: Order, answer: Answer) -> Ticket | Told:
        """The task; a good status with a bad `code` is a failure."""
        del order
        found = answer.object()
        if found.get("code"):
            return Told(State.FAILED, fault=_fault(found))
        return ticket_of((found.get("data") or {}).get("task_id"))

    def status(self, ticket: Ticket) -> Call:
        """The task."""
        return Call("GET", f"{_VIDEOS}/{ticket.id}")

    def told(self, ticket: Ticket, answer: Answer) -> Told:
        """The video among the task's results."""
        del ticket
        found: dict[str, Any] = answer.object().get("data") or {}
        state = self.state(found.get("task_status"))
        if state is State.FAILED:
            return failed(found.get("task_status_msg"))
        videos = (found.get("task_result") or {}).get("videos") or [{}]
        return Told(state, link=str(videos[0].get("url") or ""))

    def find(self, order: Order) -> Call | None:
        """A task answers to the name that we gave it."""
        return Call("GET", f"{_VIDEOS}/{order.name}")

    def found(self, order: Order, answer: Answer) -> Ticket | None:
        """None if there is no such task."""
        del order
        found = (answer.object().get("data") or {}).get("task_id")
        return Ticket(str(found)) if answer.ok and found else None

    def sign(self, call: Call, key: str, now: int) -> Call:
        """A JWT (HS256)."""
        return super().sign(call, token(key, now), now)

    def classify(self, answer: Answer) -> Fault:
        """Its own codes say more than the status."""
        found = answer.object()
        return _fault(found) if found.get("code") else super().classify(answer)


def token(key: str, now: int) -> str:
    """The token of `ACCESS:SECRET`, valid from 5 seconds ago for half an hour."""
    access, _, secret = key.partition(":")
    claims = {"iss": access, "exp": now + _VALID, "nbf": now - _EARLY}
    parts = [_part({"alg": "HS256", "typ": "JWT"}), _part(claims)]
    signed = hmac.new(secret.encode(), ".".join(parts).encode(), hashlib.sha256).digest()
    return ".".join([*parts, _text(signed)])


def _part(value: dict[str, Any]) -> str:
    return _text(json.dumps(value, separators=(",", ":")).encode())


def _text(content: bytes) -> str:
    return base64.urlsafe_b64encode(content).rstrip(b"=").decode()


def _fault(found: dict[str, Any]) -> Fault:
    code, said = int(found.get("code") or 0), str(found.get("message") or "")
    if code in _AUTH:
        return Fault(Fate.AUTH, said)
    if code in _SPENT:
        return Fault(Fate.QUOTA, said)
    if code in _POLICY:
        return Fault(Fate.MODERATED, said)
    if code in _BUSY:
        return Fault(Fate.RATE_LIMITED, said)
    return Fault(Fate.TRANSIENT if code >= 5000 else Fate.INVALID, said)
