"""The pool: which workers are there, which of them are idle, and who has which model loaded."""

from bisect import bisect_left, insort
from collections.abc import Iterator

from duocast.farm.core.demand import Demand, Profile, fits
from duocast.farm.core.worker import Worker

EMPTY = ""
"""Stands for the model of a worker that has none loaded."""


class Pool:
    """Indexes over workers that may be given tasks. Everything in it follows from the workers, and is made anew.

    `idle` holds the numbers of idle workers, sorted, by profile and loaded model; `free` those of a profile.
    `eligible` counts workers by profile that may be given tasks at all, and `holders` those with a model loaded.
    """

    def __init__(self) -> None:
        self.numbered: dict[int, Worker] = {}
        self.idle: dict[Profile, dict[str, list[int]]] = {}
        self.free: dict[Profile, list[int]] = {}
        self.eligible: dict[Profile, int] = {}
        self.holders: dict[Profile, dict[str, int]] = {}
        self.hosts: dict[str, dict[str, None]] = {}
        self.busy: dict[str, int] = {}
        self.idlers = 0
        self._placed: dict[int, tuple[Profile, tuple[str, ...], bool]] = {}
        self._fits: dict[Profile, dict[Demand, bool]] = {}
        self._profiles: dict[tuple[object, ...], Profile] = {}

    def join(self, worker: Worker) -> None:
        """A new worker, not yet placed."""
        self.numbered[worker.number] = worker
        self.hosts.setdefault(worker.host, {})[worker.name] = None
        self.busy.setdefault(worker.host, 0)

    def leave(self, worker: Worker) -> None:
        """A worker is gone; it was idle or its task was taken away before."""
        self.withdraw(worker)
        del self.numbered[worker.number]
        del self.hosts[worker.host][worker.name]
        if not self.hosts[worker.host]:
            del self.hosts[worker.host], self.busy[worker.host]

    def withdraw(self, worker: Worker) -> None:
        """Take a worker out of all indexes."""
        placed = self._placed.pop(worker.number, None)
        if placed is None:
            return
        profile, models, idle = placed
        self.eligible[profile] -= 1
        held = self.holders[profile]
        for model in models:
            held[model] -= 1
        if idle:
            self._turn(worker.number, profile, models, idle=False)

    def place(self, worker: Worker, *, idle: bool) -> None:
        """Enter a worker that may be given tasks, now if it is `idle`."""
        profile = self._profile(worker)
        models = tuple(worker.warm)
        before = self._placed.get(worker.number)
        if before is not None and before[0] is profile and before[1] == models:
            if before[2] is not idle:
                self._placed[worker.number] = (profile, models, idle)
                self._turn(worker.number, profile, models, idle=idle)
            return
        self.withdraw(worker)
        self._placed[worker.number] = (profile, models, idle)
        if profile not in self.eligible:
            self.eligible[profile] = 0
            self.free[profile], self.idle[profile], self.holders[profile] = [], {}, {}
            self._fits[profile] = {}
        self.eligible[profile] += 1
        held = self.holders[profile]
        for model in models:
            held[model] = held.get(model, 0) + 1
        if idle:
            self._turn(worker.number, profile, models, idle=True)

    def serves(self, worker: Worker, demand: Demand) -> bool:
        """Whether this very worker may be given tasks of a demand at all."""
        placed = self._placed.get(worker.number)
        return placed is not None and self._can(placed[0], demand) and worker.name != demand.avoid

    def fitting(self, demand: Demand) -> Iterator[Profile]:
        """The profiles, with at least one worker, that can serve a demand."""
        for profile, count in self.eligible.items():
            if count and self._can(profile, demand):
                yield profile

    def holding(self, demand: Demand) -> int:
        """How many workers that can serve a demand have its model loaded."""
        return sum(self.holders[p].get(demand.model, 0) for p in self.fitting(demand))

    def resident(self, demand: Demand) -> int | None:
        """The first idle worker with the model loaded, by number. What needs no card leaves cards to others.

        Where workers without a card are there for it, a card that has done the like before is not preferred to them.
        """
        best: int | None = None
        for profile in self._without_card(demand) or self.fitting(demand):
            numbers = self.idle[profile].get(demand.model)
            if numbers:
                number = self._first(numbers, demand)
                if number is not None and (best is None or number < best):
                    best = number
        return best

    def anyone(self, demand: Demand) -> int | None:
        """The first idle worker that can serve a demand.

        One without a card if the demand needs none, and then one with nothing loaded, if there is one.
        """
        best: tuple[bool, bool, int] | None = None
        for profile in self.fitting(demand):
            wasted = profile.gpu > 0 and not demand.gpu
            for loaded, those in (
                (False, self.idle[profile].get(EMPTY)),
                (True, self.free[profile]),
            ):
                number = self._first(those, demand)
                if number is not None and (best is None or (wasted, loaded, number) < best):
                    best = (wasted, loaded, number)
        return best[2] if best else None

    def _without_card(self, demand: Demand) -> list[Profile]:
        if demand.gpu:
            return []
        return [profile for profile in self.fitting(demand) if not profile.gpu]

    def _turn(self, number: int, profile: Profile, models: tuple[str, ...], *, idle: bool) -> None:
        """Into the lists of the idle, or out of them."""
        those = self.idle[profile]
        if idle:
            self.idlers += 1
            insort(self.free[profile], number)
            for model in models or (EMPTY,):
                insort(those.setdefault(model, []), number)
        else:
            self.idlers -= 1
            _drop(self.free[profile], number)
            for model in models or (EMPTY,):
                _drop(those[model], number)

    def _profile(self, worker: Worker) -> Profile:
        at = (worker.labels, worker.gpu, worker.memory, tuple(worker.sick))
        known = self._profiles.get(at)
        if known is None:
            known = self._profiles[at] = Profile(
                frozenset(worker.labels), worker.gpu, worker.memory, frozenset(worker.sick)
            )
        return known

    def _can(self, profile: Profile, demand: Demand) -> bool:
        known = self._fits[profile]
        answer = known.get(demand)
        if answer is None:
            answer = known[demand] = fits(profile, demand)
        return answer

    def _first(self, numbers: list[int] | None, demand: Demand) -> int | None:
        if not numbers:
            return None
        if not demand.avoid or self.numbered[numbers[0]].name != demand.avoid:
            return numbers[0]
        if len(numbers) > 1:
            return numbers[1]
        alone = sum(self.eligible[profile] for profile in self.fitting(demand)) <= 1
        return numbers[0] if alone else None


def _drop(numbers: list[int], number: int) -> None:
    at = bisect_left(numbers, number)
    del numbers[at]
