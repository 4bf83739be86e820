"""An OpenAI-compatible speech endpoint (`/v1/audio/speech`): the sound comes at once, without times."""

from duocast.runtime.clouds.contract import (
    Answer,
    Call,
    NotUnderstood,
    Order,
    State,
    Ticket,
    Told,
)
from duocast.runtime.clouds.family import Family

RATE = 24_000
_PACE = (0.25, 4.0)


class OpenAiSpeech(Family):
    """Speech as 16-bit samples at 24 kHz, mono."""

    name = "openai-tts"
    base = "https://api.openai.com"
    key = "OPENAI_API_KEY"

    def submit(self, order: Order) -> Call:
        """A line."""
        low, high = _PACE
        body = {
            "model": order.model,
            "input": order.prompt,
            "voice": order.voice,
            "response_format": "pcm",
            "speed": round(min(high, max(low, order.pace)), 3),
        }
        return Call("POST", "/v1/audio/speech", body)

    def accepted(self, order: Order, answer: Answer) -> Ticket | Told:
        """The samples."""
        del order
        if not answer.body or "json" in answer.headers.get("content-type", ""):
            raise NotUnderstood("the answer has no sound")
        notes = {"rate": RATE}
        return Told(State.SUCCEEDED, 1.0, content=answer.body, media_type="audio/pcm", notes=notes)
