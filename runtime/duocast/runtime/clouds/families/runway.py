"""Runway: a first frame and up to 1000 characters become 2 to 10 seconds of video."""

from collections.abc import Mapping
from typing import ClassVar

from duocast.runtime.clouds.contract import Answer, Call, Fate, Fault, Order, State, Ticket, Told
from duocast.runtime.clouds.family import Family, data_uri, failure

SIZES = {
    "1280:720": 16 / 9,
    "720:1280": 9 / 16,
    "1104:832": 4 / 3,
    "832:1104": 3 / 4,
    "960:960": 1.0,
    "1584:672": 21 / 9,
}
LONGEST_PROMPT = 1000


class Runway(Family):
    """A task; it can be deleted while it runs."""

    name = "runway"
    base = "https://api.dev.runwayml.com"
    key = "RUNWAYML_API_SECRET"
    words: ClassVar[Mapping[str, State]] = {
        "PENDING": State.QUEUED,
        "THROTTLED": State.QUEUED,
        "RUNNING": State.RUNNING,
        "SUCCEEDED": State.SUCCEEDED,
        "FAILED": State.FAILED,
        "CANCELLED": State.CANCELLED,
    }

    def submit(self, order: Order) -> Call:
        """The ratio is one of its sizes."""
        wanted = order.width / max(1, order.height)
        body = {
            "model": order.model,
            "promptText": order.prompt[:LONGEST_PROMPT],
            "ratio": min(SIZES, key=lambda name: abs(SIZES[name] - wanted)),
            "duration": order.seconds,
            "seed": order.seed % 2**32,
        }
        if order.pictures:
            body["promptImage"] = data_uri(order.pictures[0])
        return Call("POST", "/v1/image_to_video", body)

    def status(self, ticket: Ticket) -> Call:
        """The task."""
        return Call("GET", f"/v1/tasks/{ticket.id}")

    def told(self, ticket: Ticket, answer: Answer) -> Told:
        """`failureCode` begins with SAFETY for what was refused."""
        del ticket
        found = answer.object()
        state = self.state(found.get("status"))
        if state is State.FAILED:
            code, fault = str(found.get("failureCode") or ""), failure(found.get("failure"))
            if code.startswith("SAFETY"):
                fault = Fault(Fate.MODERATED, fault.message)
            elif code.startswith(("INPUT", "ASSET")):
                fault = Fault(Fate.INVALID, fault.message)
            return Told(state, fault=fault)
        output = found.get("output") or [""]
        return Told(state, float(found.get("progress") or 0.0), link=str(output[0]))

    def cancel(self, ticket: Ticket) -> Call | None:
        """Delete the task."""
        return Call("DELETE", f"/v1/tasks/{ticket.id}")

    def sign(self, call: Call, key: str, now: int) -> Call:
        """The version of the API goes with the key."""
        return super().sign(call, key, now).with_headers({"X-Runway-Version": "2024-11-06"})
