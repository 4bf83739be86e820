"""What is done about each class of failure, on one screen.

| class | what happens |
|---|---|
| transient | again after 1, 2 and 4 seconds, then it fails |
| resource | once more with nothing beside it; on a farm then on a worker with more memory; then it fails |
| resource, the store is full or unusable | a local render ends; a farm starts nothing more until there is room |
| poisoned | a worker died: once more with nothing beside it; two deaths, and it fails |
| unavailable | fails at once; on a farm it is waited for, which uses up no retry |
| invalid | fails at once; on a farm an engine that broke is tried once more elsewhere |
| moderated | fails at once |
| cancelled | not wanted any more |

A task that fails blocks what is made from it; everything else goes on.
"""

from msgspec import Struct
from msgspec.structs import replace

from duocast.farm.core.task import Failure
from duocast.farm.core.work import Tries
from duocast.runtime.engine import FailureClass
from duocast.runtime.store.faults import STORE_FULL, STORE_UNUSABLE

RETRIES = 3
DEATHS = 2
LOSSES = 3
WAITS = 300
"""Times that something short is waited for: more than a day in all."""
SHORTEST, LONGEST = 5.0, 300.0
"""Seconds of the first and the longest wait for something that is short."""
HALTING = frozenset({STORE_FULL, STORE_UNUSABLE})
"""Codes after which no other task could succeed either, before a person has done something."""
BROKEN = "R0012"
ABSENT = "R0020"


class Where(Struct, frozen=True):
    """Where an attempt failed: the worker, its card's memory, whether another could take the work, and more memory."""

    farm: bool = False
    worker: str = ""
    memory: int = 0
    others: bool = False
    bigger: bool = False


class Again(Struct, frozen=True):
    """Try again after `wait` seconds. `note` is a line for the log."""

    tries: Tries
    wait: float = 0.0
    note: str = ""


class Hold(Struct, frozen=True):
    """It can start again as soon as there is room; until then nothing starts."""

    failure: Failure


class GiveUp(Struct, frozen=True):
    """It has failed for good."""

    failure: Failure


Verdict = Again | Hold | GiveUp


def after_failure(failure: Failure, tries: Tries, where: Where) -> Verdict:
    """What to do after an attempt failed."""
    match failure.kind:
        case FailureClass.TRANSIENT if tries.retries < RETRIES:
            again = replace(tries, retries=tries.retries + 1, last=failure.message)
            return Again(again, wait=2.0**tries.retries)
        case FailureClass.RESOURCE:
            return _short_of_room(failure, tries, where)
        case FailureClass.UNAVAILABLE if where.farm and failure.code in HALTING:
            return Hold(failure)
        case FailureClass.UNAVAILABLE if where.farm and failure.code != ABSENT:
            return _unavailable(failure, tries)
        case FailureClass.INVALID if where.others and failure.code == BROKEN and not tries.retries:
            again = replace(tries, retries=1, avoid=where.worker, last=failure.message)
            return Again(again, wait=1.0)
    return GiveUp(failure)


def _short_of_room(failure: Failure, tries: Tries, where: Where) -> Verdict:
    if failure.code in HALTING and where.farm:
        return Hold(failure)
    if not tries.alone and not tries.memory:
        return Again(replace(tries, alone=True, last=failure.message))
    if where.bigger:
        return Again(
            replace(tries, alone=False, memory=where.memory + 1, last=failure.message),
            note=f"it is given to a worker with more memory, because {failure.message}",
        )
    return GiveUp(failure)


def _unavailable(failure: Failure, tries: Tries) -> Verdict:
    if tries.waits >= WAITS:
        return GiveUp(failure)
    wait = min(LONGEST, SHORTEST * 2.0 ** min(tries.waits, 8))
    note = "" if tries.waits else f"it waits, because {failure.message}"
    return Again(replace(tries, waits=tries.waits + 1, last=failure.message), wait, note)


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
