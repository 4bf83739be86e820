"""An outline: a short film as plain data, which is what a model is asked for; a page of script is made of it."""

import json
from typing import Any

import msgspec

LONGEST = 300
"""Characters of any one text."""


class Person(msgspec.Struct, frozen=True):
    """Who is seen. `description` is what they look like."""

    name: str
    description: str = ""


class Place(msgspec.Struct, frozen=True):
    """Where it happens."""

    name: str
    description: str = ""


class Line(msgspec.Struct, frozen=True):
    """What somebody says. `note` is how, in a word or two."""

    who: str
    text: str
    note: str = ""


class Part(msgspec.Struct, frozen=True):
    """A scene: a place, the time of day, what is seen there, and the talk."""

    place: str
    lines: tuple[Line, ...]
    time: str = "DAY"
    inside: bool = True
    action: str = ""


class Outline(msgspec.Struct, frozen=True):
    """A short film."""

    title: str
    people: tuple[Person, ...]
    places: tuple[Place, ...]
    scenes: tuple[Part, ...]


class NotAnOutline(ValueError):
    """An answer that is no outline; the message says what is wrong with it."""


def read_outline(answer: str) -> Outline:
    """The outline in a model's answer, with or without a fence around it. Raises `NotAnOutline`."""
    text = answer.strip()
    if text.startswith("```"):
        text = text.split("\n", 1)[-1].rsplit("```", 1)[0]
    try:
        found = msgspec.json.decode(text, type=Outline)
    except (msgspec.DecodeError, msgspec.ValidationError, UnicodeError) as problem:
        raise NotAnOutline(f"the answer is no JSON of this form: {problem}") from None
    if not any(part.lines for part in found.scenes):
        raise NotAnOutline("nobody says anything")
    return found


def _text(meaning: str) -> dict[str, Any]:
    return {"type": "string", "description": meaning}


def _object(**fields: dict[str, Any]) -> dict[str, Any]:
    return {
        "type": "object",
        "properties": fields,
        "required": list(fields),
        "additionalProperties": False,
    }


def _list(of: dict[str, Any]) -> dict[str, Any]:
    return {"type": "array", "items": of}


SCHEMA = json.dumps(
    _object(
        title=_text("two to five words"),
        people=_list(
            _object(name=_text("one word in capitals"), description=_text("age, hair, clothes"))
        ),
        places=_list(
            _object(name=_text("one or two words in capitals"), description=_text("what is there"))
        ),
        scenes=_list(
            _object(
                place=_text("the name of a place"),
                inside={"type": "boolean"},
                time={"type": "string", "enum": ["DAY", "NIGHT", "MORNING", "EVENING"]},
                action=_text("one sentence of what is seen"),
                lines=_list(
                    _object(
                        who=_text("the name of a person"),
                        note=_text("how it is said, in one or two words, or empty"),
                        text=_text("what is said"),
                    )
                ),
            )
        ),
    ),
    separators=(",", ":"),
)
"""What a model is asked for, as a JSON schema without references: every field is required, none may be added."""
