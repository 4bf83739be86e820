"""Veo 3.1 on the Gemini API: a first frame and a description become 4, 6 or 8 seconds of video."""

import base64
from typing import Any

from duocast.runtime.clouds.contract import Answer, Call, Fate, Fault, Order, State, Ticket, Told
from duocast.runtime.clouds.families.gemini import HOST, KEY, classified
from duocast.runtime.clouds.family import Family, ratio, text_of, ticket_of

_INVALID, _EXHAUSTED, _SD = 3, 8, 720


class Veo(Family):
    """A long-running operation; its name is the job's id."""

    name = "veo"
    base = HOST
    key = KEY

    def submit(self, order: Order) -> Call:
        """`image` is the first frame. This API takes no seed."""
        instance: dict[str, Any] = {"prompt": order.prompt}
        if order.pictures:
            first = order.pictures[0]
            data = base64.b64encode(first.content).decode()
            instance["image"] = {"bytesBase64Encoded": data, "mimeType": first.media_type}
        full = min(order.width, order.height) > _SD and order.seconds == 8
        parameters = {
            "sampleCount": 1,
            "durationSeconds": order.seconds,
            "aspectRatio": ratio(order, ("16:9", "9:16")),
            "resolution": "1080p" if full else "720p",
            "personGeneration": "allow_adult",
        }
        body: dict[str, Any] = {"instances": [instance], "parameters": parameters}
        if order.callback:
            body["webhookConfig"] = {"uris": [order.callback]}
        return Call("POST", f"/v1beta/models/{order.model}:predictLongRunning", body)

    def accepted(self, order: Order, answer: Answer) -> Ticket | Told:
        """The operation's name."""
        del order
        return ticket_of(answer.object().get("name"))

    def status(self, ticket: Ticket) -> Call:
        """The operation."""
        return Call("GET", f"/v1beta/{ticket.id}")

    def told(self, ticket: Ticket, answer: Answer) -> Told:
        """Done with an error, with a sample, or with none because it was filtered."""
        del ticket
        found = answer.object()
        if not found.get("done"):
            return Told(State.RUNNING if found.get("name") else State.UNKNOWN)
        if error := found.get("error"):
            fate = {_INVALID: Fate.INVALID, _EXHAUSTED: Fate.RATE_LIMITED}.get(error.get("code"))
            return Told(State.FAILED, fault=Fault(fate or Fate.TRANSIENT, text_of(error)))
        made = (found.get("response") or {}).get("generateVideoResponse") or {}
        samples = made.get("generatedSamples") or []
        if not samples and made.get("raiMediaFilteredReasons"):
            reason = " ".join(made["raiMediaFilteredReasons"])
            return Told(State.FAILED, fault=Fault(Fate.MODERATED, reason))
        link = samples[0].get("video", {}).get("uri", "") if samples else ""
        return Told(State.SUCCEEDED, 1.0, link=link)

    def sign(self, call: Call, key: str, now: int) -> Call:
        """A header of its own; the download needs it too."""
        del now
        return call.with_headers({"x-goog-api-key": key})

    def classify(self, answer: Answer) -> Fault:
        """As Gemini."""
        return classified(super().classify(answer), answer)
