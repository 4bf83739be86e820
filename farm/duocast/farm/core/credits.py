"""Credits: what paid work may cost is reserved before it runs and settled after; nobody gets below nothing.

A reservation stays as long as the work does, whatever becomes of its attempts: the same call is paid once.
"""

from duocast.farm.core.job import Job
from duocast.farm.core.state import Reservation, State


def affordable(state: State, job: Job, price: int) -> bool:
    """Whether a job and its user can still pay so much."""
    user = state.users[job.user]
    within = job.budget is None or job.spent + job.reserved + price <= job.budget
    return within and (user.credits is None or user.credits - user.reserved >= price)


def reserve(state: State, key: str, job: Job, price: int) -> None:
    """Set the price of a work aside, unless that was done for an earlier attempt."""
    if price and key not in state.reservations:
        state.reservations[key] = Reservation(job.user, job.id, price)
        state.users[job.user].reserved += price
        job.reserved += price


def settle(state: State, key: str, price: int | None = None) -> None:
    """A paid work cost `price` (None: what was reserved). Without a reservation there is nothing to settle."""
    kept = _let_go(state, key)
    if kept is None:
        return
    cost = kept.price if price is None else min(max(price, 0), kept.price)
    user, job = state.users[kept.user], state.jobs[kept.job]
    user.spent += cost
    job.spent += cost
    if user.credits is not None:
        user.credits -= cost


def release(state: State, key: str) -> None:
    """The work is not done after all: nothing is paid."""
    _let_go(state, key)


def _let_go(state: State, key: str) -> Reservation | None:
    kept = state.reservations.pop(key, None)
    if kept is not None:
        state.users[kept.user].reserved -= kept.price
        state.jobs[kept.job].reserved -= kept.price
        state.queues.unpark(kept.user)
    return kept
