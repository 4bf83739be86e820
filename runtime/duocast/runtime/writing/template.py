"""Templates: a short scene for two about any idea, made by rules here; the same idea and seed, the same scene."""

import hashlib
import random
import re

from duocast.runtime.writing.idea import Idea
from duocast.runtime.writing.outline import Line, Outline, Part, Person, Place

_CAST = (
    ("ANNA", "woman in her thirties, dark bob, green eyes, rust red sweater"),
    ("BEN", "man in his forties, short beard, glasses, grey jacket"),
    ("MARA", "woman in her sixties, silver bob, round glasses, green cardigan"),
    ("JONAS", "man in his twenties, curly brown hair, blue shirt"),
)
_PLACES = {
    "kitchen": ("KITCHEN", "a kitchen with a table by the window", True),
    "office": ("OFFICE", "an office with two desks and a lamp", True),
    "train": ("COMPARTMENT", "a train compartment by the window", True),
    "cafe": ("CAFE", "a small cafe with a window to the street", True),
    "street": ("STREET", "a quiet street with lit windows", False),
    "park": ("PARK", "a park with old trees", False),
    "beach": ("BEACH", "an empty beach under a wide sky", False),
    "forest": ("FOREST", "a path between tall trees", False),
    "garden": ("GARDEN", "a garden with an apple tree", False),
    "school": ("CLASSROOM", "an empty classroom with a blackboard", True),
    "station": ("STATION", "a platform with a clock", True),
}
_TIMES = ("night", "morning", "evening")
_LEADING_ON = ("a", "an", "and", "at", "by", "for", "from", "in", "of", "on", "the", "to", "with")
_OPENINGS = (
    (("quiet", "Say it again. Slowly."), ("", "{idea}")),
    (("", "You have had that look all day."), ("quiet", "Because of this. {idea}")),
    (("", "So that is the whole story?"), ("", "That is the whole story. {idea}")),
)
_TURNS = (
    (("", "And you believe that?"), ("", "I was there when it began.")),
    (("", "Who else knows?"), ("quiet", "You. Me. Nobody after that.")),
    (("excited", "Then why are we still sitting here?"), ("", "Because somebody has to go first.")),
    (("", "What did you leave out?"), ("hesitant", "Only the part that matters.")),
    (("", "You could have told me before."), ("sad", "I could have. I was afraid of your answer.")),
    (("", "What happens if we do nothing?"), ("", "Then it happens to us anyway.")),
    (("firm", "Look at me and say it is true."), ("quiet", "It is true.")),
    (("", "How long do we have?"), ("", "Less than when you asked.")),
)
_ENDINGS = (
    (("warm", "Then we do it together."), ("", "I hoped that you would say that.")),
    (("quiet", "Give me a minute."), ("warm", "Take two. I will wait.")),
    (("", "All right. From the beginning, then."), ("warm", "From the beginning.")),
)


def from_template(idea: Idea) -> Outline:
    """The outline of a talk of about `idea.lines` lines between two people, in a place that the idea names."""
    digest = hashlib.sha256(f"{idea.seed} {idea.text}".encode()).digest()
    chance = random.Random(int.from_bytes(digest[:8], "big"))
    people = _people(idea)
    name, description, inside = _place(idea.text)
    said = " ".join(idea.text.split()) or "Something has happened"
    said = said[:1].upper() + said[1:] + ("" if said[-1] in ".!?" else ".")
    turns = max(0, (idea.lines - 4) // 2)
    talk = [
        *chance.choice(_OPENINGS),
        *(line for turn in chance.sample(_TURNS, min(turns, len(_TURNS))) for line in turn),
        *chance.choice(_ENDINGS),
    ]
    lines = tuple(
        Line(people[number % 2].name, text.format(idea=said), note)
        for number, (note, text) in enumerate(talk)
    )
    part = Part(
        name,
        lines,
        _time(idea.text),
        inside,
        "Nobody has touched the cups on the table." if inside else "",
    )
    return Outline(_title(idea.text), people, (Place(name, description),), (part,))


def _people(idea: Idea) -> tuple[Person, ...]:
    given = [Person(each.name) for each in idea.people]
    names = {each.name.upper() for each in given}
    others = [Person(*each) for each in _CAST if each[0] not in names]
    return tuple([*given, *others][: max(2, len(given))])


def _place(text: str) -> tuple[str, str, bool]:
    words = re.findall(r"[a-zé]+", text.lower())
    return next((_PLACES[word] for word in words if word in _PLACES), _PLACES["cafe"])


def _time(text: str) -> str:
    low = text.lower()
    return next((time.upper() for time in _TIMES if time in low), "DAY")


def _title(text: str) -> str:
    """The first five words, without those at the end that lead on to another."""
    words = re.findall(r"[\w'-]+", text)[:5]
    while len(words) > 1 and words[-1].lower() in _LEADING_ON:
        words.pop()
    return " ".join(word[:1].upper() + word[1:] for word in words) or "Untitled"
