"""What most providers have in common: one order, one job, states in words of their own, a bearer key."""

import base64
import json
from collections.abc import Mapping
from typing import Any, ClassVar

from duocast.runtime.clouds.contract import (
    Answer,
    Call,
    Fate,
    Fault,
    NotUnderstood,
    Order,
    Picture,
    State,
    Ticket,
    Told,
)

_MODERATED = (
    "safety",
    "moderat",
    "content policy",
    "content_policy",
    "prohibited",
    "nsfw",
    "blocked by",
    "sensitive",
)
_SPENT = (
    "insufficient",
    "balance",
    "billing",
    "out of credits",
    "enough credits",
    "quota_exceeded",
)
_BUSY, _LONGEST_WORDS = 529, 300
_OF_STATUS: Mapping[int, Fate] = {
    401: Fate.AUTH,
    403: Fate.AUTH,
    402: Fate.QUOTA,
    404: Fate.EXPIRED,
    410: Fate.EXPIRED,
    408: Fate.TRANSIENT,
    409: Fate.TRANSIENT,
    425: Fate.TRANSIENT,
    429: Fate.RATE_LIMITED,
}


class Family:
    """A provider whose adapter says only what is its own."""

    name: ClassVar[str]
    base: ClassVar[str]
    key: ClassVar[str]
    words: ClassVar[Mapping[str, State]] = {}

    def before(self, order: Order) -> tuple[Call, ...]:
        """Nothing."""
        del order
        return ()

    def submit(self, order: Order) -> Call:
        """The paid request."""
        raise NotImplementedError

    def accepted(self, order: Order, answer: Answer) -> Ticket | Told:
        """The job by its `id`."""
        del order
        return ticket_of(answer.object().get("id"))

    def status(self, ticket: Ticket) -> Call:
        """Ask at the place that the provider named."""
        return Call("GET", ticket.places["status"])

    def told(self, ticket: Ticket, answer: Answer) -> Told:
        """What a good answer says."""
        raise NotImplementedError

    def fetch(self, ticket: Ticket, link: str) -> Call:
        """Get the link."""
        del ticket
        return Call("GET", link)

    def cancel(self, ticket: Ticket) -> Call | None:
        """It can't."""
        del ticket
        return None

    def find(self, order: Order) -> Call | None:
        """It can't."""
        del order
        return None

    def found(self, order: Order, answer: Answer) -> Ticket | None:
        """Nothing was looked for."""
        del order, answer
        return None

    def sign(self, call: Call, key: str, now: int) -> Call:
        """A bearer key."""
        del now
        return call.with_headers({"Authorization": f"Bearer {key}"})

    def classify(self, answer: Answer) -> Fault:
        """By the status, and by the words where a status has more than one meaning."""
        said = words_of(answer)
        low = said.lower()
        if answer.status in (400, 403, 422, 451) and any(word in low for word in _MODERATED):
            return Fault(Fate.MODERATED, said)
        if answer.status in (400, 401, 403, 429) and any(word in low for word in _SPENT):
            return Fault(Fate.QUOTA, said)
        if answer.status in _OF_STATUS:
            return Fault(_OF_STATUS[answer.status], said)
        return Fault(Fate.TRANSIENT if answer.status >= 500 else Fate.INVALID, said)

    def state(self, word: object) -> State:
        """A provider's word as a state."""
        return self.words.get(str(word), State.UNKNOWN)


def ticket_of(found: object, **places: str) -> Ticket:
    """The ticket of an id. Raises `NotUnderstood` if there is none."""
    if not isinstance(found, str | int) or not str(found):
        raise NotUnderstood("the answer names no job")
    return Ticket(str(found), places)


def data_uri(picture: Picture) -> str:
    """A picture as a `data:` URI."""
    return f"data:{picture.media_type};base64,{base64.b64encode(picture.content).decode()}"


def failure(message: object) -> Fault:
    """A failure that a finished job tells of."""
    said = text_of(message) or "the provider gave no reason"
    low = said.lower()
    if any(word in low for word in _MODERATED):
        return Fault(Fate.MODERATED, said)
    if any(word in low for word in _SPENT):
        return Fault(Fate.QUOTA, said)
    return Fault(Fate.TRANSIENT, said)


def failed(message: object, cost: int | None = None) -> Told:
    """A job that failed."""
    return Told(State.FAILED, fault=failure(message), cost=cost)


def words_of(answer: Answer) -> str:
    """What a bad answer says, in a line."""
    found: Any = answer.object()
    for name in ("error", "detail", "message", "failure", "base_resp"):
        if found.get(name):
            return text_of(found[name])
    plain = answer.body[:_LONGEST_WORDS].decode(errors="replace").strip()
    return plain if plain and not plain.startswith("<") else f"HTTP {answer.status}"


def text_of(value: object) -> str:
    """Any JSON as one line of words."""
    if isinstance(value, dict):
        inner = value.get("message") or value.get("status") or value.get("detail")
        if isinstance(inner, str):
            return " ".join(inner.split())[:_LONGEST_WORDS]
    if isinstance(value, str):
        return " ".join(value.split())[:_LONGEST_WORDS]
    return json.dumps(value)[:_LONGEST_WORDS] if value else ""


def ratio(order: Order, known: tuple[str, ...]) -> str:
    """The known aspect ratio that is nearest to the order's size."""
    wanted = order.width / max(1, order.height)

    def apart(name: str) -> float:
        wide, _, high = name.partition(":")
        return abs(int(wide) / int(high) - wanted)

    return min(known, key=apart)
