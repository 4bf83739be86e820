"""Takes: one that shows somebody else is made again with another seed, a limited number of times; the best is kept."""

import hashlib
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from pathlib import Path

from duocast.runtime.engine import EngineError
from duocast.runtime.likeness.report import Figure, Reason, Take
from duocast.runtime.likeness.threshold import ALIKE

Files = Mapping[str, Path]
"""What an engine made, by output name."""
NO_FACE = "A0601"
"""The failure of a take in which the face of somebody who is to speak is not found."""


@dataclass(frozen=True, slots=True)
class Policy:
    """How often a take is made again, and how alike everybody must be."""

    retakes: int = 2
    alike: float = ALIKE


@dataclass(frozen=True, slots=True)
class Made:
    """A take that was made, or the failure that it ended in."""

    take: Take
    result: Files | EngineError


def seeds(first: int, policy: Policy) -> Iterator[int]:
    """The seed of every take: the task's own, then others that follow from it."""
    yield first
    for number in range(1, policy.retakes + 1):
        digest = hashlib.sha256(f"{first} take {number}".encode()).digest()
        yield int.from_bytes(digest[:4], "big") & 0x7FFFFFFF


def taken(
    first: int,
    policy: Policy,
    shoot: Callable[[int, int], Files],
    measure: Callable[[Files], Sequence[Figure] | None],
) -> tuple[Made, ...]:
    """The takes, as many as it took: `shoot(number, seed)` makes one, `measure` says how alike everybody is in it.

    `measure` gives None where nothing can be measured; then the first take is good. Raises what `shoot` raises, but a
    face that was not found is a reason for another take.
    """
    made: list[Made] = []
    for number, seed in enumerate(seeds(first, policy)):
        try:
            result = shoot(number, seed)
        except EngineError as failure:
            if failure.code != NO_FACE:
                raise
            made.append(Made(Take(seed=seed, reason="no face"), failure))
            continue
        figures = measure(result)
        reason = judged(figures, policy)
        made.append(Made(Take(seed=seed, reason=reason, figures=tuple(figures or ())), result))
        if reason != "drifted":
            break
    return tuple(made)


def judged(figures: Sequence[Figure] | None, policy: Policy) -> Reason:
    """What the figures of a take say. A face that is not seen is nobody else's."""
    if figures is None:
        return "not measured"
    seen = [one.likeness for one in figures if one.likeness is not None]
    if not seen:
        return "nobody seen"
    return "alike" if min(seen) >= policy.alike else "drifted"


def best(made: Sequence[Made]) -> int:
    """The number of the take to keep: the one in which the least alike is most alike, the first of equals.

    Raises the first failure if every take failed.
    """
    fine = [number for number, one in enumerate(made) if not isinstance(one.result, EngineError)]
    if not fine:
        failure = made[0].result
        assert isinstance(failure, EngineError)
        many = f", in none of {len(made)} takes" if len(made) > 1 else ""
        raise EngineError(failure.failure, failure.code, failure.message + many, failure.hint)
    return max(fine, key=lambda number: (_merit(made[number].take), -number))


def _merit(take: Take) -> float:
    if take.reason == "drifted":
        worst = take.worst
        return -2.0 if worst is None else worst
    return 2.0
