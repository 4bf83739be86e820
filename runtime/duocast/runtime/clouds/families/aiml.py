"""AIML API: the gateway of both stages: two portraits become one picture, and a picture becomes a talking video.

Pictures come at once (`/v1/images/generations`); a video is a job (`/v2/video/generations`). Both say what they took.
"""

import base64
from collections.abc import Mapping
from typing import Any, ClassVar

from duocast.runtime.clouds.contract import Answer, Call, Medium, NotUnderstood, Order, State, Told
from duocast.runtime.clouds.contract import Ticket as Job
from duocast.runtime.clouds.family import Family, data_uri, failed, ratio, ticket_of

RATIOS = ("16:9", "9:16", "1:1", "4:3", "3:4")
MOST_PICTURES = 5
_VIDEO = "/v2/video/generations"
_SD = 720


class Aiml(Family):
    """Image editing and video through one key."""

    name = "aiml"
    base = "https://api.aimlapi.com"
    key = "AIML_API_KEY"
    words: ClassVar[Mapping[str, State]] = {
        "queued": State.QUEUED,
        "waiting": State.QUEUED,
        "generating": State.RUNNING,
        "completed": State.SUCCEEDED,
        "error": State.FAILED,
    }

    def submit(self, order: Order) -> Call:
        """The stage that the order's medium asks for."""
        if order.medium is Medium.VIDEO:
            body: dict[str, Any] = {
                "model": order.model,
                "prompt": order.prompt,
                "aspect_ratio": ratio(order, ("16:9", "9:16")),
                "duration": order.seconds,
                "resolution": "1080p" if min(order.width, order.height) > _SD else "720p",
                "generate_audio": False,
            }
            if order.pictures:
                body["image_url"] = data_uri(order.pictures[0])
            return Call("POST", _VIDEO, body)
        body = {
            "model": order.model,
            "prompt": order.prompt,
            "image_urls": [data_uri(one) for one in order.pictures[:MOST_PICTURES]],
            "aspect_ratio": ratio(order, RATIOS),
            "resolution": "2K",
            "num_images": 1,
        }
        return Call("POST", "/v1/images/generations", body)

    def accepted(self, order: Order, answer: Answer) -> Job | Told:
        """A video's job, or the picture."""
        found = answer.object()
        if order.medium is Medium.VIDEO:
            return ticket_of(found.get("id"))
        pictures = found.get("data") or found.get("images")
        if not isinstance(pictures, list) or not pictures or not isinstance(pictures[0], dict):
            raise NotUnderstood("the answer has no picture")
        first, cost = pictures[0], _cost(found)
        if first.get("b64_json"):
            content = base64.b64decode(first["b64_json"])
            return Told(State.SUCCEEDED, 1.0, content=content, media_type="image/png", cost=cost)
        return Told(State.SUCCEEDED, 1.0, link=first.get("url") or "", cost=cost)

    def status(self, ticket: Job) -> Call:
        """By its id, in the query."""
        return Call("GET", _VIDEO, query={"generation_id": ticket.id})

    def told(self, ticket: Job, answer: Answer) -> Told:
        """The state, and with it the video's link or the error."""
        del ticket
        found = answer.object()
        state, cost = self.state(found.get("status")), _cost(found)
        if state is State.FAILED:
            return failed(found.get("error"), cost)
        video = found.get("video")
        link = video.get("url", "") if isinstance(video, dict) else ""
        return Told(state, link=link or "", cost=cost)


def _cost(found: dict[str, Any]) -> int | None:
    """What was taken, in millionths of a dollar: 2,000,000 credits are one dollar where no dollars are named."""
    usage: dict[str, Any] = (found.get("meta") or {}).get("usage") or {}
    if isinstance(usage.get("usd_spent"), int | float):
        return round(float(usage["usd_spent"]) * 1_000_000)
    taken = usage.get("credits_used")
    return round(float(taken) / 2) if isinstance(taken, int | float) else None
