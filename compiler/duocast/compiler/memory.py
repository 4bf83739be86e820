"""A memory: what was found out about things that are still the very same, so that nobody has to find it out again.

Things are the same when they are one object: an edit of a script leaves the blocks that it does not touch as they were,
and what they say cannot change. Their places move with them. An answer that names a place that does not move is
`fleeting`, and asked for again.
"""

from bisect import bisect_left
from collections.abc import Callable, Sequence
from itertools import compress, count, pairwise
from operator import is_, is_not
from typing import Any, Protocol, TypeVar

from msgspec import Struct

Thing = TypeVar("Thing")
Answer = TypeVar("Answer")


def lasting(_: object) -> bool:
    """An answer that is true for as long as what it was asked of is the same."""
    return False


class Memory(Protocol):
    """Answers questions about things. `what` names the question, `given` is all else that its answer hangs on."""

    def same(self, what: str, row: tuple[Thing, ...]) -> tuple[Thing, ...]:
        """The row, as the very tuple that it was if all its things are the same."""
        ...

    def once(
        self,
        what: str,
        given: tuple[object, ...],
        ask: Callable[[], Answer],
        fleeting: Callable[[Answer], bool] = lasting,
    ) -> Answer:
        """The answer to a question."""
        ...

    def each(
        self,
        what: str,
        things: Sequence[Thing],
        ask: Callable[[Thing], Answer],
        *,
        given: tuple[object, ...] = (),
        fleeting: Callable[[Answer], bool] = lasting,
    ) -> tuple[Answer, ...]:
        """The answer for each of the things, which is a matter of that thing alone."""
        ...

    def runs(
        self,
        what: str,
        things: tuple[Thing, ...],
        begins: Callable[[Thing], bool],
        ask: Callable[[tuple[Thing, ...]], Answer],
    ) -> tuple[Answer, ...]:
        """The answer for each run of the things; the first is whatever stands before one that begins a run."""
        ...


class Forgetful:
    """No memory at all: every question is asked."""

    def same(self, what: str, row: tuple[Thing, ...]) -> tuple[Thing, ...]:  # noqa: ARG002 - no question is known
        """The row."""
        return row

    def once(
        self,
        what: str,  # noqa: ARG002
        given: tuple[object, ...],  # noqa: ARG002
        ask: Callable[[], Answer],
        fleeting: Callable[[Answer], bool] = lasting,  # noqa: ARG002
    ) -> Answer:
        """What the question comes to now."""
        return ask()

    def each(
        self,
        what: str,  # noqa: ARG002
        things: Sequence[Thing],
        ask: Callable[[Thing], Answer],
        *,
        given: tuple[object, ...] = (),  # noqa: ARG002
        fleeting: Callable[[Answer], bool] = lasting,  # noqa: ARG002
    ) -> tuple[Answer, ...]:
        """What it comes to for each."""
        return tuple(map(ask, things))

    def runs(
        self,
        what: str,  # noqa: ARG002
        things: tuple[Thing, ...],
        begins: Callable[[Thing], bool],
        ask: Callable[[tuple[Thing, ...]], Answer],
    ) -> tuple[Answer, ...]:
        """What it comes to for each run."""
        cuts = (0, *_cuts(things, begins, 0, len(things)), len(things))
        return tuple(ask(things[start:end]) for start, end in pairwise(cuts))


class _Known(Struct):
    """What was asked last, of what, and the answers."""

    given: tuple[object, ...]
    things: Sequence[Any]
    answers: tuple[Any, ...]
    cuts: tuple[int, ...] = ()
    fleeting: bool = False


class Remembering:
    """Remembers the last answers to every question."""

    def __init__(self) -> None:
        self._known: dict[str, _Known] = {}

    def same(self, what: str, row: tuple[Thing, ...]) -> tuple[Thing, ...]:
        """The row, as the very tuple that it was if all its things are the same."""
        known = self._known.get(what)
        if known is not None and identical(known.given, row):
            return known.answers
        self._known[what] = _Known(row, (), row)
        return row

    def once(
        self,
        what: str,
        given: tuple[object, ...],
        ask: Callable[[], Answer],
        fleeting: Callable[[Answer], bool] = lasting,
    ) -> Answer:
        """The answer to a question."""
        known = self._known.get(what)
        if known is not None and not known.fleeting and _alike(known.given, given):
            answer: Answer = known.answers[0]
            return answer
        answer = ask()
        self._known[what] = _Known(given, (), (answer,), fleeting=fleeting(answer))
        return answer

    def each(
        self,
        what: str,
        things: Sequence[Thing],
        ask: Callable[[Thing], Answer],
        *,
        given: tuple[object, ...] = (),
        fleeting: Callable[[Answer], bool] = lasting,
    ) -> tuple[Answer, ...]:
        """The answer for each of the things; those at both ends that are the same are not asked of."""
        known = self._known.get(what)
        if known is None or not _alike(known.given, given):
            known = _Known(given, (), ())
        low, high = shared(known.things, things)
        asked = tuple(map(ask, things[low : len(things) - high]))
        kept = len(known.answers) - high
        answers = (*known.answers[:low], *asked, *known.answers[kept:])
        if known.fleeting:
            answers = tuple(
                ask(thing) if fleeting(answer) else answer
                for thing, answer in zip(things, answers, strict=True)
            )
        passing = any(map(fleeting, answers if known.fleeting else asked))
        self._known[what] = _Known(given, tuple(things), answers, fleeting=passing)
        return answers

    def runs(
        self,
        what: str,
        things: tuple[Thing, ...],
        begins: Callable[[Thing], bool],
        ask: Callable[[tuple[Thing, ...]], Answer],
    ) -> tuple[Answer, ...]:
        """The answer for each run of the things; only those that have changed are cut and asked of."""
        known = self._known.get(what, _Known((), (), ()))
        low, high = shared(known.things, things)
        if known.cuts and low == len(things) == len(known.things):
            return known.answers
        old, grown = known.cuts, len(things) - len(known.things)
        first = max(bisect_left(old, low) - 1, 0)
        last = max(bisect_left(old, len(known.things) - high), first + 1)
        start = old[first] if first < len(old) else 0
        end = old[last] + grown if last < len(old) else len(things)
        middle = (start, *_cuts(things, begins, start + (first > 0), end))
        cuts = (*old[:first], *middle, *(cut + grown for cut in old[last:]))
        asked = [ask(things[a:b]) for a, b in pairwise((*middle, end))]
        answers = (*known.answers[:first], *asked, *known.answers[last:])
        self._known[what] = _Known((), things, answers, cuts)
        return answers


def _cuts(
    things: tuple[Thing, ...], begins: Callable[[Thing], bool], start: int, end: int
) -> list[int]:
    """Where runs begin from `start` to before `end`."""
    return [at for at in range(start, end) if begins(things[at])]


def identical(some: Sequence[object], others: Sequence[object]) -> bool:
    """Whether both are rows of the same things."""
    return len(some) == len(others) and all(map(is_, some, others))


def _alike(some: tuple[object, ...], others: tuple[object, ...]) -> bool:
    """The same things; words and tables that say the same."""
    return len(some) == len(others) and all(
        one is other or (type(one) in (str, dict) and one == other)
        for one, other in zip(some, others, strict=True)
    )


def shared(old: Sequence[object], new: Sequence[object]) -> tuple[int, int]:
    """How many things are the same at the start of both rows, and how many of the others at their end."""
    length = min(len(old), len(new))
    low = next(compress(count(), map(is_not, old, new)), length)
    high = next(compress(count(), map(is_not, reversed(old), reversed(new))), length)
    return low, min(high, length - low)
