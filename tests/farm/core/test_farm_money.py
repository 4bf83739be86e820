"""Credits: whatever becomes of paid works, what jobs and users have spent is what their calls have taken."""

from itertools import chain

import pytest
from farm_simulation import Farm, Faults, spec
from hypothesis import given, settings
from hypothesis import strategies as st
from test_farm_laws import FARM, STORM, busy_farm, calls, finish, hosts, seeds

from duocast.farm.core import events
from duocast.farm.core import snapshot as snap
from duocast.farm.core.task import Failure, Needs
from duocast.runtime.engine import FailureClass


class Paying(Farm):
    """A farm whose paid works take money while they run: `books` is what each account was told of."""

    def __post_init__(self):
        self.books, self.told = {}, {}
        super().__post_init__()

    def _attempt(self, run):
        kept = self.state.reservations.get(run.key)
        if kept is not None:
            used = self.books.get(kept.account, 0)
            self.books[kept.account] = used + self.random.randint(0, kept.price - used)
            at = (run.worker, run.task, run.attempt, run.key)
            self._later(0.0, events.Paid(*at, self.books[kept.account], 0.0))
        super()._attempt(run)

    def _deliver(self, event):
        if isinstance(event, events.Paid):
            work = self.state.works.get(event.key)
            if work and getattr(work.phase, "attempt", None) == event.attempt:
                self.told[self.state.reservations[event.key].account] = event.amount
        super()._deliver(event)


def exact(at, seed, said, monkeypatch):
    monkeypatch.setattr("test_farm_laws.Farm", Paying)
    farm = busy_farm(at, seed, said, STORM)
    state = finish(farm)
    paid = sum(farm.told.values())
    assert sum(user.spent for user in state.users.values()) == paid
    if not any(what == "forget" for what, *_ in said):
        assert sum(job.spent for job in state.jobs.values()) == paid
    assert snap.encode(snap.decode(snap.encode(state))) == snap.encode(state)
    return farm


@settings(max_examples=8, deadline=None)
@given(hosts, seeds, calls)
def test_what_is_spent_is_what_was_paid(at, seed, said):
    with pytest.MonkeyPatch.context() as patch:
        exact(at, seed, said, patch)


@pytest.mark.slow
@settings(max_examples=400, deadline=None)
@given(hosts, seeds, st.lists(calls, min_size=1, max_size=3).map(lambda some: list(chain(*some))))
def test_whatever_else_happens_what_is_spent_was_paid(at, seed, said):
    with pytest.MonkeyPatch.context() as patch:
        exact(at, seed, said, patch)


class ByHand(Farm):
    """One worker, whose reports a test makes up; `run` is the latest that it was given."""

    def _attempt(self, run):
        self.run = run

    def say(self, kind, *what):
        at = (self.run.worker, self.run.task, self.run.attempt, self.run.key)
        self.hear(kind(*at, *what, 0.0), at=self.now).until(self.now + 1.0)
        return self


def by_hand(budget=None, price=10, jobs=("j",)):
    farm = ByHand(("h",), Faults(), options=FARM).hear(events.UserSet("u", 0.0, credits=100))
    for job in jobs:
        farm.submit(spec("t", needs=Needs(price=price)), job=job, user="u", budget=budget)
    farm.until(1.0)
    return farm


def money(farm, job="j"):
    kept, user = farm.state.jobs[job], farm.state.users["u"]
    assert user.credits == 100 - user.spent
    return kept.spent, kept.reserved


def done(farm):
    return farm.say(events.Finished, {"out": farm._made(farm.run.key)}, 1.0)


def test_a_work_costs_what_was_told_and_not_what_was_reserved():
    farm = by_hand()
    assert money(farm) == (0, 10)
    farm.say(events.Paid, 10).say(events.Paid, 7)
    assert money(farm) == (0, 10)
    assert money(done(farm)) == (7, 0)


def test_who_tells_nothing_takes_what_was_reserved():
    assert money(done(by_hand())) == (10, 0)


def test_what_another_has_paid_costs_nothing():
    assert money(done(by_hand().say(events.Paid, 0))) == (0, 0)


def test_a_real_cost_above_the_price_is_spent_too():
    assert money(done(by_hand().say(events.Paid, 12))) == (12, 0)


def failed(farm):
    return farm.say(events.Failed, Failure(FailureClass.INVALID, "R0706", "nobody knows"))


def test_a_failure_costs_what_was_paid_and_a_retry_goes_on_with_its_account():
    farm = by_hand(budget=10)
    account = farm.state.reservations[farm.run.key].account
    failed(farm.say(events.Paid, 10))
    assert money(farm) == (10, 0)
    farm.hear(events.Retried(("j/t",), 0.0), at=farm.now).until(farm.now + 1.0)
    assert farm.state.reservations[farm.run.key].account == account
    assert money(farm) == (0, 10), "the budget holds no second payment"
    assert money(done(farm.say(events.Paid, 8))) == (8, 0), "less than was feared"
    free = by_hand()
    failed(free.say(events.Paid, 10))
    free.hear(events.Retried(("j/t",), 0.0), at=free.now).until(free.now + 1.0)
    assert money(free) == (0, 20)
    assert money(done(free.say(events.Paid, 17))) == (17, 0), (
        "it was paid twice, as somebody wished"
    )


def test_another_job_that_goes_on_pays_for_what_it_gets():
    farm = by_hand(jobs=("j",))
    failed(farm.say(events.Paid, 10))
    farm.submit(spec("t", needs=Needs(price=10)), job="k", user="u", at=farm.now)
    farm.until(farm.now + 1.0)
    assert (money(farm), money(farm, "k")) == ((0, 0), (0, 20))
    assert money(done(farm.say(events.Paid, 6)), "k") == (6, 0)


def test_cancelling_costs_what_was_told():
    farm = by_hand().say(events.Paid, 4)
    farm.hear(events.Cancelled(0.0, job="j"), at=farm.now).until(farm.now + 1.0)
    assert money(farm) == (4, 0)


def test_what_is_found_made_after_a_death_costs_what_was_told():
    farm = by_hand().say(events.Paid, 4)
    farm.store[farm.run.key] = farm._made(farm.run.key)
    farm._kill(farm.run.worker, 0.1)
    assert money(farm) == (0, 10)
    farm.until_ended()
    assert money(farm) == (4, 0)
