"""An errand: what somebody at the door wants of the loop, and the answer that is waited for."""

from collections.abc import Callable
from concurrent.futures import Future
from dataclasses import dataclass, field
from typing import Any

from duocast.farm.core.events import Event
from duocast.farm.core.state import State
from duocast.farm.daemon.journal import Deed


@dataclass(frozen=True, slots=True)
class Decision:
    """What follows from an errand: events, other writing in the same transaction, and the answer once they count.

    `answer` is given the state after the events.
    """

    answer: Callable[[State], Any]
    events: tuple[Event, ...] = ()
    deeds: tuple[Deed, ...] = ()


Plan = Callable[[State, float], Decision]
"""Decides in the loop's thread, from the state and the farm's time; raises `Refusal`. It changes nothing itself."""


@dataclass(slots=True)
class Errand:
    """`admits`: it brings new work or data, and is refused while there is no room. It waits for its `future`.

    Of several with one `mark`, each is planned after the one before it counts.
    """

    plan: Plan
    admits: bool = False
    mark: str = ""
    future: "Future[Any]" = field(default_factory=Future)


def question(answer: Callable[[State], Any]) -> Errand:
    """An errand that only looks."""
    return Errand(lambda _state, _now: Decision(answer))
