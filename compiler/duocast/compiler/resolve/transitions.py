"""Transitions: the many words for them become four kinds with a length."""

from typing import Literal

from duocast.compiler.screenplay import Transition
from duocast.language import nodes as syntax

KINDS: dict[str, Literal["dissolve", "wipe", "fade"]] = {
    "dissolve": "dissolve",
    "wipe": "wipe",
    "fade": "fade",
}
SECONDS: dict[str, float] = {"dissolve": 1.0, "wipe": 0.8, "fade": 1.2}
LONGEST = 6.0


def transition(block: syntax.Transition) -> Transition:
    """How the film goes on here."""
    word = block.kind.split()[0]
    if word not in SECONDS:
        return Transition()
    seconds = SECONDS[word] if block.seconds is None else block.seconds
    if seconds <= 0:
        return Transition()
    return Transition(kind=KINDS[word], seconds=min(seconds, LONGEST))
