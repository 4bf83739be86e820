"""What is done about each class of failure, on one screen.

| class | what happens |
|---|---|
| transient | again after 1, 2 and 4 seconds, then it fails |
| resource | once more with nothing beside it, then it fails; a full or unusable store ends the whole run |
| poisoned | a worker died: once more with nothing beside it; two deaths, and it fails |
| unavailable, invalid, moderated | fails at once |
| cancelled | not wanted any more |

A task that fails blocks what is made from it; everything else goes on.
"""

from dataclasses import dataclass, replace

from duocast.farm.task import Failure, Tries
from duocast.runtime.engine import FailureClass
from duocast.runtime.store.faults import STORE_FULL, STORE_UNUSABLE

RETRIES = 3
DEATHS = 2
LOSSES = 3
HALTING = frozenset({STORE_FULL, STORE_UNUSABLE})
"""Codes after which no other task could succeed either, before a person has done something."""


@dataclass(frozen=True, slots=True)
class Again:
    """Try again after `wait` seconds."""

    tries: Tries
    wait: float = 0.0


@dataclass(frozen=True, slots=True)
class GiveUp:
    """It has failed for good."""

    failure: Failure


Verdict = Again | GiveUp


def after_failure(failure: Failure, tries: Tries) -> Verdict:
    """What to do after an attempt failed."""
    if failure.kind is FailureClass.TRANSIENT and tries.retries < RETRIES:
        again = replace(tries, retries=tries.retries + 1, last=failure.message)
        return Again(again, wait=2.0**tries.retries)
    if failure.kind is FailureClass.RESOURCE and not tries.alone:
        return Again(replace(tries, alone=True, last=failure.message))
    return GiveUp(failure)


def after_death(reason: str, tries: Tries) -> Verdict:
    """What to do after a worker died while it ran a task."""
    deaths = tries.deaths + 1
    if deaths < DEATHS:
        return Again(replace(tries, deaths=deaths, alone=True, last=f"its worker died: {reason}"))
    return GiveUp(
        Failure(
            FailureClass.POISONED,
            "R0010",
            f"{deaths} workers died on it, the last one: {reason}",
            "if the machine was short of memory, close other programs or use --jobs 1 and render again",
        )
    )


def after_loss(digest: str, tries: Tries) -> Verdict:
    """What to do when an input's object turned out to be damaged."""
    losses = tries.losses + 1
    if losses <= LOSSES:
        return Again(replace(tries, losses=losses, last="an input was damaged and is made again"))
    return GiveUp(
        Failure(
            FailureClass.RESOURCE,
            "R0003",
            f"its input {digest[:12]} was damaged {losses} times",
            "the disk may be failing: run `duocast verify` on another store",
        )
    )
