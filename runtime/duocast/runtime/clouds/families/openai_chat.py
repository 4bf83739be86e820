"""An OpenAI-compatible chat endpoint (`/v1/chat/completions`), also of one's own server: words become words at once."""

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
from duocast.runtime.clouds.family import Family


class OpenAiChat(Family):
    """One question and one answer. A server without a key is told of by `key = ""` in the settings."""

    name = "openai-chat"
    base = "https://api.openai.com"
    key = "OPENAI_API_KEY"

    def submit(self, order: Order) -> Call:
        """What the model is, and the task; the answer has the order's form."""
        messages = [{"role": "system", "content": order.system}] if order.system else []
        body: dict[str, Any] = {
            "model": order.model,
            "messages": [*messages, {"role": "user", "content": order.prompt}],
            "max_tokens": order.most,
            "seed": order.seed % 2**31,
            "stream": False,
        }
        if order.schema:
            form = {"name": "outline", "strict": True, "schema": json.loads(order.schema)}
            body["response_format"] = {"type": "json_schema", "json_schema": form}
        return Call("POST", "/v1/chat/completions", body)

    def accepted(self, order: Order, answer: Answer) -> Ticket | Told:
        """The words of the first choice."""
        del order
        found = answer.object()
        choices = found.get("choices") or []
        if not choices:
            raise NotUnderstood("the answer has no choice")
        message = choices[0].get("message") or {}
        if message.get("refusal") or choices[0].get("finish_reason") == "content_filter":
            said = str(message.get("refusal") or "it was filtered")
            return Told(State.FAILED, fault=Fault(Fate.MODERATED, said))
        words = str(message.get("content") or "")
        if not words:
            return Told(State.FAILED, fault=Fault(Fate.INVALID, "it wrote nothing"))
        usage = found.get("usage") or {}
        read, written = usage.get("prompt_tokens"), usage.get("completion_tokens")
        tokens = None if read is None or written is None else (int(read), int(written))
        kind = "text/plain"
        return Told(State.SUCCEEDED, 1.0, content=words.encode(), media_type=kind, tokens=tokens)

    def sign(self, call: Call, key: str, now: int) -> Call:
        """A server of one's own may need none."""
        return super().sign(call, key, now) if key else call
