"""An author: asks a model for an outline, has the script compiled, and sends back what was found, a few times."""

from collections.abc import Callable
from dataclasses import dataclass

from duocast.runtime.writing.idea import Idea
from duocast.runtime.writing.outline import LONGEST, NotAnOutline, read_outline
from duocast.runtime.writing.page import as_scene, named

MOST_TRIES = 3
_MOST_FOUND, _MOST_SHOWN = 12, 8000
SYSTEM = (
    "You write short films for two to four people who talk in one or two places. Answer with one JSON object of the "
    "given form and nothing else. Names are one word in capitals. Every line is natural speech of at most "
    f"{LONGEST - 60} characters, without brackets, asterisks or stage directions. Everybody who speaks is among the "
    "people, and every place of a scene among the places."
)


@dataclass(frozen=True, slots=True)
class Script:
    """A script that compiles, and how many times the model was asked."""

    text: str
    tries: int


class NeverRight(ValueError):
    """No answer made a script that compiles; `found` is what is wrong with the last one."""

    def __init__(self, tries: int, found: tuple[str, ...]) -> None:
        super().__init__(f"{tries} answers, and none makes a script that compiles")
        self.tries = tries
        self.found = found


def author(
    idea: Idea,
    ask: Callable[[str, str], str],
    findings: Callable[[str], tuple[str, ...]],
    tries: int = MOST_TRIES,
) -> Script:
    """The script of an idea. `ask` takes what a model is and what it shall do, and gives its answer; it may be paid.

    `findings` says what keeps a script from being a film. Raises `NeverRight`, and what `ask` raises.
    """
    wanted = task(idea)
    found: tuple[str, ...] = ()
    prompt = wanted
    for number in range(1, tries + 1):
        answer = ask(SYSTEM, prompt)
        try:
            text = as_scene(read_outline(answer), idea)
            found = findings(text)
        except NotAnOutline as problem:
            found = (str(problem),)
        else:
            if not found:
                return Script(text, number)
        prompt = again(wanted, answer, found)
    raise NeverRight(tries, found)


def task(idea: Idea) -> str:
    """What a model is asked for."""
    people = ", ".join(named(each.name) for each in idea.people)
    parts = [
        f"The idea: {' '.join(idea.text.split())}",
        f"About {idea.lines} spoken lines in the language {idea.language}.",
    ]
    if people:
        parts.append(f"These people are in it, by these names: {people}.")
    return "\n".join(parts)


def again(wanted: str, answer: str, found: tuple[str, ...]) -> str:
    """The same task once more, with the answer and what is wrong with it."""
    wrong = "\n".join(f"- {each}" for each in found[:_MOST_FOUND])
    return (
        f"{wanted}\n\nYour answer was:\n{answer[:_MOST_SHOWN]}\n\nIt can't be filmed:\n{wrong}\n\n"
        "Answer again, the whole of it."
    )
