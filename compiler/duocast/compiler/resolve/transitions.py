"""Transitions: the many words for them become four kinds with a length and a colour."""

from typing import Literal, cast

from duocast.compiler.resolve.findings import Findings
from duocast.compiler.screenplay import Transition
from duocast.language import Span, Text, TransitionKind, parse_options
from duocast.language import nodes as syntax
from duocast.language.options import worded
from duocast.language.vocabulary import PHRASES, TRANSITIONS

SECONDS = {"dissolve": 1.0, "wipe": 0.8, "fade": 1.2}
LONGEST = 6.0


def transition(block: syntax.Transition) -> Transition:
    """How the film goes on here."""
    return made(block.kind, block.seconds)


def made(written: TransitionKind, seconds: float | None) -> Transition:
    """The transition for a word and a length."""
    word = written.split()[0]
    if word not in SECONDS:
        return Transition(written=written)
    seconds = SECONDS[word] if seconds is None else seconds
    if seconds <= 0:
        return Transition(written=written)
    return Transition(
        kind=cast("Literal['dissolve', 'fade', 'wipe']", word),
        seconds=min(seconds, LONGEST),
        written=written,
        colour="white" if written == "fade to white" else "black",
    )


def named_transition(value: Text, findings: Findings) -> Transition | None:
    """A transition by its name, as the title page's `dissolve 1s`."""
    options = parse_options(value)
    if not options:
        return None
    words = tuple(options[0].words.lower().replace("-", " ").split())
    kinds = [meaning for terminal, meaning in PHRASES.get(words, ()) if terminal == "TRANSITION"]
    if not kinds:
        known: dict[str, Span | None] = dict.fromkeys(TRANSITIONS)
        title = f"there is no transition {options[0].words}"
        findings.unknown("D0420", title, worded(options[0]), " ".join(words), known)
        return None
    quantity = options[0].quantity
    kind = "fade to black" if kinds[0] == "cut to black" else kinds[0]
    return made(cast("TransitionKind", kind), None if quantity is None else quantity.value)
