"""fal: a queue in front of every model; the answer to a submission says where to ask, to fetch and to cancel."""

from collections.abc import Mapping
from typing import Any, ClassVar

from duocast.runtime.clouds.contract import (
    Answer,
    Call,
    Fate,
    Fault,
    Medium,
    NotUnderstood,
    Order,
    State,
    Ticket,
    Told,
)
from duocast.runtime.clouds.family import Family, data_uri, failure, ratio, ticket_of

_PLACES = ("status_url", "response_url", "cancel_url")
_POLICY = ("content_policy_violation", "partner_validation_failed")


class Fal(Family):
    """A request in a queue. The model is the app's path."""

    name = "fal"
    base = "https://queue.fal.run"
    key = "FAL_KEY"
    words: ClassVar[Mapping[str, State]] = {
        "IN_QUEUE": State.QUEUED,
        "IN_PROGRESS": State.RUNNING,
        "COMPLETED": State.SUCCEEDED,
    }

    def submit(self, order: Order) -> Call:
        """The fields that most of its image and video models share."""
        body: dict[str, Any] = {"prompt": order.prompt, "seed": order.seed % 2**31}
        body["aspect_ratio"] = ratio(order, ("16:9", "9:16", "1:1"))
        if order.medium is Medium.VIDEO:
            body["duration"] = str(order.seconds)
            if order.pictures:
                body["image_url"] = data_uri(order.pictures[0])
        else:
            body["image_urls"] = [data_uri(one) for one in order.pictures]
        query = {"fal_webhook": order.callback} if order.callback else {}
        return Call("POST", f"/{order.model}", body, query=query)

    def accepted(self, order: Order, answer: Answer) -> Ticket | Told:
        """The request and its places."""
        del order
        found = answer.object()
        places = {name: found[name] for name in _PLACES if isinstance(found.get(name), str)}
        if {"status_url", "response_url"} - set(places):
            raise NotUnderstood("the answer names no place to ask at")
        return ticket_of(found.get("request_id"), **places)

    def status(self, ticket: Ticket) -> Call:
        """At the place that it named."""
        return Call("GET", ticket.places["status_url"])

    def told(self, ticket: Ticket, answer: Answer) -> Told:
        """A completed one with no error has its result at another place."""
        found = answer.object()
        if "status" not in found:
            return Told(State.SUCCEEDED, 1.0, link=_link(found))
        if found.get("error"):
            fault = failure(found["error"])
            if found.get("error_type") in _POLICY:
                fault = Fault(Fate.MODERATED, fault.message)
            return Told(State.FAILED, fault=fault)
        state = self.state(found["status"])
        ask = Call("GET", ticket.places["response_url"]) if state is State.SUCCEEDED else None
        return Told(state, ask=ask)

    def cancel(self, ticket: Ticket) -> Call | None:
        """At the place that it named."""
        place = ticket.places.get("cancel_url")
        return Call("PUT", place) if place else None

    def sign(self, call: Call, key: str, now: int) -> Call:
        """A key of its own kind."""
        del now
        return call.with_headers({"Authorization": f"Key {key}"})

    def classify(self, answer: Answer) -> Fault:
        """A header says what kind of error it is."""
        fault = super().classify(answer)
        if answer.headers.get("x-fal-error-type") in _POLICY:
            return Fault(Fate.MODERATED, fault.message)
        return fault


def _link(found: dict[str, Any]) -> str:
    video = found.get("video")
    if isinstance(video, dict):
        return str(video.get("url") or "")
    pictures = found.get("images") or [found.get("image") or {}]
    return str(pictures[0].get("url") or "") if isinstance(pictures[0], dict) else ""
