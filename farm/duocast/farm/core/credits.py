"""Credits: what paid work may cost is reserved before it runs and settled after, exactly; nobody gets below nothing.

A reservation stays as long as the work does, whatever becomes of its attempts: the same call is paid once. What a work
has cost is told while it runs, so that one which fails or is cancelled costs what was paid for it, and no more.
"""

from duocast.farm.core.job import Debt, Job
from duocast.farm.core.state import Reservation, State


def affordable(state: State, job: Job, price: int, key: str = "") -> bool:
    """Whether a job and its user can still pay so much, for the work of this key: what is reserved for it is there."""
    if key in state.reservations:
        return True
    if (debt := job.debts.get(key)) is not None:
        price = max(price - debt.paid, 0)
    user = state.users[job.user]
    within = job.budget is None or job.spent + job.reserved + price <= job.budget
    return within and (user.credits is None or user.credits - user.reserved >= price)


def reserve(state: State, key: str, job: Job, price: int) -> None:
    """Set the price of a work aside, unless that was done for an earlier attempt.

    What an earlier work of this key has cost without an end is given back: this one goes on with its account, and is
    told what was paid altogether. Where there is money for it, it may be paid once more.
    """
    if price and key not in state.reservations:
        debt, account, paid = (
            _taken_over(state, key, job, price),
            f"{job.id}#{state.attempts + 1}",
            None,
        )
        if debt is not None:
            account, paid, twice = debt.account, debt.paid, price + debt.paid
            price = twice if affordable(state, job, twice) else max(price, debt.paid)
        state.reservations[key] = Reservation(job.user, job.id, price, account, paid)
        state.users[job.user].reserved += price
        job.reserved += price


def tell(state: State, key: str, paid: int) -> None:
    """What the calls of a running work have taken or may still take; the last word counts."""
    kept = state.reservations.get(key)
    if kept is not None:
        state.reservations[key] = Reservation(
            kept.user, kept.job, kept.price, kept.account, max(paid, 0)
        )


def settle(state: State, key: str, *, found: bool = False) -> None:
    """A work is done: it costs what was told; if nothing was, what was reserved, or nothing if it was found made."""
    kept = _let_go(state, key)
    if kept is not None:
        untold = 0 if found else kept.price
        _charge(state, kept.job, kept.user, untold if kept.paid is None else kept.paid)


def release(state: State, key: str) -> None:
    """A work is not done after all: it costs what was told, and whoever does it later goes on from there."""
    kept = _let_go(state, key)
    if kept is not None and kept.paid:
        _charge(state, kept.job, kept.user, kept.paid)
        state.jobs[kept.job].debts[key] = Debt(kept.account, kept.paid)


def _charge(state: State, job: str, name: str, cost: int) -> None:
    user = state.users[name]
    user.spent += cost
    state.jobs[job].spent += cost
    if user.credits is not None:
        user.credits = max(user.credits - cost, user.reserved)


def _taken_over(state: State, key: str, job: Job, price: int) -> Debt | None:
    """The debt that an earlier work of this key left, given back to who paid it, if this job can answer for it."""
    for other in state.jobs.values():
        debt = other.debts.get(key)
        if debt is not None and (other is job or affordable(state, job, max(price, debt.paid))):
            del other.debts[key]
            _charge(state, other.id, other.user, -debt.paid)
            return debt
    return None


def _let_go(state: State, key: str) -> Reservation | None:
    kept = state.reservations.pop(key, None)
    if kept is not None:
        state.users[kept.user].reserved -= kept.price
        state.jobs[kept.job].reserved -= kept.price
        state.queues.unpark(kept.user)
    return kept
