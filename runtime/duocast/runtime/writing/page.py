"""A page: an outline as the text of a `.scene` file."""

import re
from collections.abc import Iterator

from duocast.runtime.writing.idea import Idea
from duocast.runtime.writing.outline import LONGEST, Outline, Part, Person

TIMES = ("DAY", "NIGHT", "MORNING", "EVENING")
_NO_NAME = re.compile(r"[^A-Z0-9 '-]+")
_FORCING = ".@!>#=~*_/-"
"""Signs that would make a paragraph of action something else."""


def as_scene(outline: Outline, idea: Idea) -> str:
    """The script, with the portraits of who was given. Brackets become parentheses: an answer directs nothing."""
    return (
        "\n\n".join(["\n".join(_front(outline, idea)), *_cards(outline, idea), *_scenes(outline)])
        + "\n"
    )


def plain(text: str) -> str:
    """A text on one line, without directions and control characters."""
    text = "".join(sign if sign.isprintable() else " " for sign in text)
    return " ".join(text.replace("[", "(").replace("]", ")").replace("*", "").split())[:LONGEST]


def named(text: str) -> str:
    """A name as a card takes it: capitals and digits; empty if nothing is left."""
    return " ".join(_NO_NAME.sub(" ", plain(text).upper()).split())[:30]


def _front(outline: Outline, idea: Idea) -> Iterator[str]:
    yield f"Title: {plain(outline.title) or 'Untitled'}"
    yield "Format: 1280x720 @ 24"
    if idea.language != "en-US":
        yield f"Language: {idea.language}"


def _cards(outline: Outline, idea: Idea) -> Iterator[str]:
    portraits = {named(each.name): each.portrait for each in idea.people if each.portrait}
    for person in _people(outline, idea):
        name = named(person.name)
        fields = {"description": plain(person.description), "portrait": portraits.get(name, "")}
        yield _card("character", name, fields)
    for place in {named(each.name): each for each in outline.places if named(each.name)}.values():
        yield _card("place", named(place.name), {"description": plain(place.description)})


def _people(outline: Outline, idea: Idea) -> list[Person]:
    """Whoever speaks, in the outline's order, and those who were given."""
    speak = {named(line.who) for part in outline.scenes for line in part.lines}
    speak |= {named(each.name) for each in idea.people}
    found = {named(each.name): each for each in outline.people if named(each.name) in speak}
    for each in idea.people:
        found.setdefault(named(each.name), Person(each.name))
    return [each for name, each in found.items() if name]


def _card(kind: str, name: str, fields: dict[str, str]) -> str:
    return "\n".join(
        [f"{kind} {name}", *(f"  {key}: {text}" for key, text in fields.items() if text)]
    )


def _scenes(outline: Outline) -> Iterator[str]:
    for part in outline.scenes:
        yield _heading(part)
        action = plain(part.action).lstrip(_FORCING).strip()
        if action:
            yield action[:1].upper() + action[1:]
        for line in part.lines:
            note, said = plain(line.note).strip("() "), plain(line.text)
            if said and named(line.who):
                how = f"\n({note})" if note else ""
                yield f"{named(line.who)}{how}\n{said}"


def _heading(part: Part) -> str:
    time = part.time.upper() if part.time.upper() in TIMES else "DAY"
    return f"{'INT' if part.inside else 'EXT'}. {named(part.place) or 'ROOM'} - {time}"
