"""Replicate: a prediction of a model; the answer says where to ask and to cancel."""

from collections.abc import Mapping
from typing import Any, ClassVar

from duocast.runtime.clouds.contract import Answer, Call, Medium, Order, State, Ticket, Told
from duocast.runtime.clouds.family import Family, data_uri, failed, ratio, ticket_of


class Replicate(Family):
    """The model is `owner/name`, or a version's id."""

    name = "replicate"
    base = "https://api.replicate.com"
    key = "REPLICATE_API_TOKEN"
    words: ClassVar[Mapping[str, State]] = {
        "starting": State.QUEUED,
        "processing": State.RUNNING,
        "succeeded": State.SUCCEEDED,
        "failed": State.FAILED,
        "canceled": State.CANCELLED,
        "aborted": State.CANCELLED,
    }

    def submit(self, order: Order) -> Call:
        """An official model has a place of its own, any other is named by its version."""
        given: dict[str, Any] = {"prompt": order.prompt, "seed": order.seed % 2**31}
        given["aspect_ratio"] = ratio(order, ("16:9", "9:16", "1:1"))
        if order.medium is Medium.VIDEO:
            given["duration"] = order.seconds
            if order.pictures:
                given["image"] = data_uri(order.pictures[0])
        elif order.pictures:
            given["image_input"] = [data_uri(one) for one in order.pictures]
        body: dict[str, Any] = {"input": given}
        if order.callback:
            body |= {"webhook": order.callback, "webhook_events_filter": ["completed"]}
        if "/" in order.model:
            return Call("POST", f"/v1/models/{order.model}/predictions", body)
        return Call("POST", "/v1/predictions", {"version": order.model, **body})

    def accepted(self, order: Order, answer: Answer) -> Ticket | Told:
        """The prediction and its places."""
        del order
        found = answer.object()
        urls = found.get("urls") or {}
        places = {name: str(urls[name]) for name in ("get", "cancel") if urls.get(name)}
        return ticket_of(found.get("id"), **places)

    def status(self, ticket: Ticket) -> Call:
        """The prediction."""
        return Call("GET", ticket.places.get("get") or f"/v1/predictions/{ticket.id}")

    def told(self, ticket: Ticket, answer: Answer) -> Told:
        """The output is a link or a list of links."""
        del ticket
        found = answer.object()
        state = self.state(found.get("status"))
        if state is State.FAILED:
            return failed(found.get("error"))
        output = found.get("output")
        first = output[0] if isinstance(output, list) and output else output
        return Told(state, link=first if isinstance(first, str) else "")

    def cancel(self, ticket: Ticket) -> Call | None:
        """The prediction's own place for it."""
        return Call("POST", ticket.places.get("cancel") or f"/v1/predictions/{ticket.id}/cancel")
