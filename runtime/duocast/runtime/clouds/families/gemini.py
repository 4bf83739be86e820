"""Gemini: pictures and words become a picture, or words become words; `generateContent` answers at once."""

import base64
import json
from typing import Any

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
from duocast.runtime.clouds.family import Family, ratio

RATIOS = ("1:1", "2:3", "3:2", "3:4", "4:3", "9:16", "16:9", "21:9")
REFUSALS = ("SAFETY", "IMAGE_SAFETY", "PROHIBITED_CONTENT", "RECITATION", "BLOCKLIST", "SPII")
HOST = "https://generativelanguage.googleapis.com"
KEY = "GEMINI_API_KEY"


class Gemini(Family):
    """Image editing and text."""

    name = "gemini"
    base = HOST
    key = KEY

    def submit(self, order: Order) -> Call:
        """All in one turn: the words first, then the pictures."""
        parts: list[dict[str, Any]] = [{"text": order.prompt}]
        parts += [
            {
                "inlineData": {
                    "mimeType": one.media_type,
                    "data": base64.b64encode(one.content).decode(),
                }
            }
            for one in order.pictures
        ]
        config: dict[str, Any] = {"seed": order.seed % 2**31}
        if order.medium is Medium.PICTURE:
            config["responseModalities"] = ["TEXT", "IMAGE"]
            config["imageConfig"] = {"aspectRatio": ratio(order, RATIOS)}
            if "2.5" not in order.model:
                config["imageConfig"]["imageSize"] = "2K"
        if order.medium is Medium.TEXT:
            config["maxOutputTokens"] = order.most
            if order.schema:
                config["responseMimeType"] = "application/json"
                config["responseSchema"] = google_schema(json.loads(order.schema))
        body: dict[str, Any] = {
            "contents": [{"role": "user", "parts": parts}],
            "generationConfig": config,
        }
        if order.system:
            body["systemInstruction"] = {"parts": [{"text": order.system}]}
        return Call("POST", f"/v1beta/models/{order.model}:generateContent", body)

    def accepted(self, order: Order, answer: Answer) -> Ticket | Told:
        """The picture (or the text) of the first candidate; a refusal has a reason instead."""
        found = answer.object()
        candidates = found.get("candidates") or []
        blocked = (found.get("promptFeedback") or {}).get("blockReason")
        if not candidates:
            if blocked:
                return _refused(str(blocked))
            raise NotUnderstood("the answer has no candidate")
        first = candidates[0]
        parts = (first.get("content") or {}).get("parts") or []
        for part in parts:
            inline = part.get("inlineData")
            if order.medium is Medium.PICTURE and inline:
                content = base64.b64decode(inline["data"])
                kind = inline.get("mimeType", "image/png")
                return Told(State.SUCCEEDED, 1.0, content=content, media_type=kind)
        words = "".join(part.get("text", "") for part in parts)
        if order.medium is Medium.TEXT and words:
            tokens = _tokens(found.get("usageMetadata") or {})
            kind = "text/plain"
            return Told(
                State.SUCCEEDED, 1.0, content=words.encode(), media_type=kind, tokens=tokens
            )
        reason = str(first.get("finishReason", ""))
        if reason in REFUSALS:
            return _refused(reason)
        fault = Fault(Fate.INVALID, words[:200] or f"it made nothing ({reason})")
        return Told(State.FAILED, fault=fault)

    def sign(self, call: Call, key: str, now: int) -> Call:
        """A header of its own."""
        del now
        return call.with_headers({"x-goog-api-key": key})

    def classify(self, answer: Answer) -> Fault:
        """A key that is wrong is a 400 here."""
        return classified(super().classify(answer), answer)


def classified(fault: Fault, answer: Answer) -> Fault:
    """A fault by Google's own `status`."""
    error = answer.object().get("error")
    word = error.get("status", "") if isinstance(error, dict) else ""
    if "api key" in fault.message.lower() or word in ("UNAUTHENTICATED", "PERMISSION_DENIED"):
        return Fault(Fate.AUTH, fault.message)
    if word == "RESOURCE_EXHAUSTED" and fault.fate is not Fate.QUOTA:
        return Fault(Fate.RATE_LIMITED, fault.message)
    return fault


def google_schema(schema: Any) -> Any:  # noqa: ANN401 -- any JSON
    """A JSON schema as this API takes it: types in capitals, nothing said of further properties."""
    if isinstance(schema, list):
        return [google_schema(one) for one in schema]
    if not isinstance(schema, dict):
        return schema
    kept = {name: one for name, one in schema.items() if name != "additionalProperties"}
    return {
        name: one.upper() if name == "type" and isinstance(one, str) else google_schema(one)
        for name, one in kept.items()
    }


def _tokens(usage: dict[str, Any]) -> tuple[int, int] | None:
    """What was read and written; what it thinks is written, too."""
    if "promptTokenCount" not in usage:
        return None
    written = usage.get("candidatesTokenCount", 0) + usage.get("thoughtsTokenCount", 0)
    return int(usage["promptTokenCount"]), int(written)


def _refused(reason: str) -> Told:
    return Told(State.FAILED, fault=Fault(Fate.MODERATED, f"it was refused ({reason})"))
