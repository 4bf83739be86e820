"""Server-sent events: lines become messages, as the HTML standard says."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Message:
    """One event: its id (empty if it has none), its kind, its text."""

    id: str
    event: str
    data: str


def messages(lines: Iterable[str]) -> Iterator[Message]:
    """The whole messages of a stream; one that is cut off at the end is none."""
    name, event, data = "", "message", list[str]()
    for line in lines:
        if not line:
            if data:
                yield Message(name, event, "\n".join(data))
            name, event, data = "", "message", []
            continue
        field, _, value = line.partition(":")
        value = value.removeprefix(" ")
        match field:
            case "id":
                name = value
            case "event":
                event = value
            case "data":
                data.append(value)
