"""ElevenLabs: a line with the time of every character; a dialogue of several voices in one sound.

`POST /v1/text-to-speech/{voice}/with-timestamps` and `POST /v1/text-to-dialogue/with-timestamps` answer at once with
the sound (base64) and its alignment.
"""

import base64
import binascii
import json
from typing import Any

from duocast.runtime.clouds.contract import (
    Answer,
    Call,
    Fate,
    Fault,
    NotUnderstood,
    Order,
    State,
    Ticket,
    Told,
)
from duocast.runtime.clouds.family import Family, text_of

RATE = 24_000
MOST_VOICES, MOST_CHARACTERS = 10, 2000
_SPEED = (0.7, 1.2)
DIALOGUE = "eleven_v3"


class ElevenLabs(Family):
    """Speech, with the times of its characters."""

    name = "elevenlabs"
    base = "https://api.elevenlabs.io"
    key = "ELEVENLABS_API_KEY"

    def submit(self, order: Order) -> Call:
        """A line: the voice is in the path."""
        low, high = _SPEED
        body: dict[str, Any] = {
            "text": order.prompt,
            "model_id": order.model,
            "voice_settings": {"speed": round(min(high, max(low, order.pace)), 3)},
            "seed": order.seed % 2**32,
            "apply_text_normalization": "auto",
        }
        if order.language and "multilingual_v2" not in order.model:
            body["language_code"] = order.language.split("-")[0].lower()
        if order.workflow:
            return _dialogue(order)
        place = f"/v1/text-to-speech/{order.voice}/with-timestamps"
        return Call("POST", place, body, query={"output_format": f"pcm_{RATE}"})

    def accepted(self, order: Order, answer: Answer) -> Ticket | Told:
        """The sound, and when each character is said."""
        del order
        found = answer.object()
        try:
            sound = base64.b64decode(found["audio_base64"], validate=True)
        except (KeyError, TypeError, binascii.Error):
            raise NotUnderstood("the answer has no sound") from None
        notes = {name: found[name] for name in ("alignment", "voice_segments") if found.get(name)}
        notes |= {"rate": RATE, "request": answer.headers.get("request-id", "")}
        return Told(State.SUCCEEDED, 1.0, content=sound, media_type="audio/pcm", notes=notes)

    def sign(self, call: Call, key: str, now: int) -> Call:
        """A header of its own."""
        del now
        return call.with_headers({"xi-api-key": key})

    def classify(self, answer: Answer) -> Fault:
        """`detail.status` says what a 401 or a 422 means."""
        detail = answer.object().get("detail")
        status = detail.get("status", "") if isinstance(detail, dict) else ""
        if status in ("quota_exceeded", "voice_limit_reached"):
            return Fault(Fate.QUOTA, text_of(detail))
        if status in ("detected_unusual_activity", "content_against_policy"):
            return Fault(Fate.MODERATED, text_of(detail))
        return super().classify(answer)


def dialogue(lines: tuple[tuple[str, str], ...]) -> str:
    """The `workflow` of an order for a dialogue of (voice, text) lines.

    Raises `ValueError` for more than 10 voices or 2000 characters.
    """
    if len({voice for voice, _ in lines}) > MOST_VOICES:
        raise ValueError(f"a dialogue has at most {MOST_VOICES} voices")
    if sum(len(text) for _, text in lines) > MOST_CHARACTERS:
        raise ValueError(f"a dialogue has at most {MOST_CHARACTERS} characters")
    return json.dumps([{"text": text, "voice_id": voice} for voice, text in lines])


def _dialogue(order: Order) -> Call:
    body = {
        "inputs": json.loads(order.workflow),
        "model_id": DIALOGUE,
        "seed": order.seed % 2**32,
    }
    place = "/v1/text-to-dialogue/with-timestamps"
    return Call("POST", place, body, query={"output_format": f"pcm_{RATE}"})
