"""ComfyUI: a workflow graph with our prompt, pictures and seed in it; its history says when it is done.

The graph (its API format) is a file that `[comfyui] workflow` names; the words `{prompt}`, `{seed}`, `{width}`,
`{height}`, `{seconds}`, `{picture-1}` and, for talking heads, `{audio-1}` and `{mask-1}` in its inputs are filled in. A
prompt has the id that we give it, so one whose answer was lost is found again.
"""

import json
from typing import Any
from urllib.parse import urlencode
from uuid import NAMESPACE_URL, uuid5

from duocast.runtime.clouds.contract import Answer, Call, Order, Picture, State, Ticket, Told
from duocast.runtime.clouds.family import Family, failed, text_of, ticket_of

_SUFFIXES = {"audio/wav": "wav"}
_OUTPUTS = ("gifs", "videos", "images", "audio")


class ComfyUi(Family):
    """A prompt in the queue of a machine of one's own; it needs no key."""

    name = "comfyui"
    base = "http://127.0.0.1:8188"
    key = ""

    def before(self, order: Order) -> tuple[Call, ...]:
        """Its pictures and sounds, by names that are the order's own; there is one place for all kinds of files."""
        return tuple(
            Call(
                "POST",
                "/upload/image",
                files=(("image", name, one.content, one.media_type),),
                form={"type": "input", "overwrite": "true"},
            )
            for name, one in _files(order).values()
        )

    def submit(self, order: Order) -> Call:
        """The filled graph."""
        body = {"prompt": filled(order), "client_id": "duocast", "prompt_id": prompt_id(order)}
        return Call("POST", "/prompt", body)

    def accepted(self, order: Order, answer: Answer) -> Ticket | Told:
        """The prompt's id."""
        del order
        return ticket_of(answer.object().get("prompt_id"))

    def status(self, ticket: Ticket) -> Call:
        """Its history, which is empty until it has ended."""
        return Call("GET", f"/history/{ticket.id}")

    def told(self, ticket: Ticket, answer: Answer) -> Told:
        """The first file of the first output that has one."""
        found: dict[str, Any] = answer.object().get(ticket.id) or {}
        if not found:
            return Told(State.RUNNING)
        status = found.get("status") or {}
        if status.get("status_str") == "error":
            return failed(_error(status))
        for node in (found.get("outputs") or {}).values():
            for kind in _OUTPUTS:
                for file in node.get(kind) or ():
                    if file.get("type", "output") == "output":
                        return Told(State.SUCCEEDED, 1.0, link=_view(file))
        return Told(State.SUCCEEDED if status.get("completed") else State.RUNNING)

    def cancel(self, ticket: Ticket) -> Call | None:
        """Take it from the queue."""
        return Call("POST", "/queue", {"delete": [ticket.id]})

    def find(self, order: Order) -> Call | None:
        """The queue has what waits and runs; what has ended is in the history."""
        return Call("GET", f"/history/{prompt_id(order)}")

    def found(self, order: Order, answer: Answer) -> Ticket | None:
        """One that is not there yet may be in the queue: it is asked for until it is there, and costs nothing."""
        del answer
        return Ticket(prompt_id(order))

    def sign(self, call: Call, key: str, now: int) -> Call:
        """A key is for a machine that is reached through a gate."""
        return super().sign(call, key, now) if key else call


class ComfyTalk(ComfyUi):
    """The same machine with a workflow for talking heads: voices and masks of several people besides the still."""

    name = "comfyui-talk"


def prompt_id(order: Order) -> str:
    """The id that a prompt of this order has on every attempt."""
    return str(uuid5(NAMESPACE_URL, f"duocast:{order.name}"))


def _files(order: Order) -> dict[str, tuple[str, Picture]]:
    """What is uploaded, by its word in the workflow: the name that it has on the machine, and the file.

    A part of a shot has the same beginning of a name as the next, so its number stands in the name, too.
    """
    at = f"duocast-{order.name[:24]}{order.name[64:]}"
    files = {
        f"picture-{number}": (f"{at}-{number}.png", one)
        for number, one in enumerate(order.pictures, 1)
    }
    return files | {
        word: (f"{at}-{word}.{_SUFFIXES.get(one.media_type, 'png')}", one)
        for word, one in order.attached
    }


def filled(order: Order) -> dict[str, Any]:
    """The workflow's graph with the order's values. Raises `ValueError` if it is no JSON object."""
    values: dict[str, str | int] = {
        "prompt": order.prompt,
        "seed": order.seed,
        "width": order.width,
        "height": order.height,
        "seconds": order.seconds,
    }
    values |= {word: name for word, (name, _) in _files(order).items()}
    graph = json.loads(order.workflow)
    if not isinstance(graph, dict):
        raise ValueError("the workflow is no graph in ComfyUI's API format")
    return {name: _filled(node, values) for name, node in graph.items()}


def _filled(value: Any, values: dict[str, str | int]) -> Any:  # noqa: ANN401 -- any JSON
    if isinstance(value, dict):
        return {name: _filled(one, values) for name, one in value.items()}
    if isinstance(value, list):
        return [_filled(one, values) for one in value]
    if isinstance(value, str):
        if value[:1] == "{" and value[1:-1] in values:
            return values[value[1:-1]]
        for name, one in values.items():
            value = value.replace(f"{{{name}}}", str(one))
    return value


def _view(file: dict[str, Any]) -> str:
    query = {name: file.get(name, "") for name in ("filename", "subfolder")}
    return "/view?" + urlencode({**query, "type": file.get("type", "output")})


def _error(status: dict[str, Any]) -> str:
    for kind, told in status.get("messages") or ():
        if kind == "execution_error":
            return text_of(told.get("exception_message"))
    return "the workflow ended with an error"
