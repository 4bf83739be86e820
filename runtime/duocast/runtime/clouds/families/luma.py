"""Luma Dream Machine: a first frame and a description become 5 or 9 seconds of video.

Luma's documentation names links only for the first frame; it is sent as a `data:` URI, which relays take.
"""

from collections.abc import Mapping
from typing import Any, ClassVar

from duocast.runtime.clouds.contract import Answer, Call, Order, State, Ticket, Told
from duocast.runtime.clouds.family import Family, data_uri, failed, ratio

RATIOS = ("16:9", "9:16", "1:1", "4:3", "3:4", "21:9", "9:21")
_GENERATIONS = "/dream-machine/v1/generations"
_SD = 720


class Luma(Family):
    """A generation."""

    name = "luma"
    base = "https://api.lumalabs.ai"
    key = "LUMAAI_API_KEY"
    words: ClassVar[Mapping[str, State]] = {
        "queued": State.QUEUED,
        "dreaming": State.RUNNING,
        "completed": State.SUCCEEDED,
        "failed": State.FAILED,
    }

    def submit(self, order: Order) -> Call:
        """The first frame is the keyframe `frame0`."""
        body: dict[str, Any] = {
            "model": order.model,
            "prompt": order.prompt,
            "aspect_ratio": ratio(order, RATIOS),
            "duration": f"{order.seconds}s",
            "resolution": "1080p" if min(order.width, order.height) > _SD else "720p",
            "loop": False,
        }
        if order.pictures:
            body["keyframes"] = {"frame0": {"type": "image", "url": data_uri(order.pictures[0])}}
        if order.callback:
            body["callback_url"] = order.callback
        return Call("POST", f"{_GENERATIONS}/video", body)

    def status(self, ticket: Ticket) -> Call:
        """The generation."""
        return Call("GET", f"{_GENERATIONS}/{ticket.id}")

    def told(self, ticket: Ticket, answer: Answer) -> Told:
        """The state, the video among the assets, or the reason of the failure."""
        del ticket
        found = answer.object()
        state = self.state(found.get("state"))
        if state is State.FAILED:
            return failed(found.get("failure_reason"))
        return Told(state, link=str((found.get("assets") or {}).get("video") or ""))

    def cancel(self, ticket: Ticket) -> Call | None:
        """Delete the generation."""
        return Call("DELETE", f"{_GENERATIONS}/{ticket.id}")
