"""Clearing: what the store keeps for the farm, and what it may let go."""

from dataclasses import dataclass
from typing import TYPE_CHECKING

from duocast.farm.core.events import Event, Forgotten
from duocast.farm.core.job import FINAL
from duocast.farm.core.state import State
from duocast.farm.daemon.blobs import UPLOADED
from duocast.farm.daemon.books import audited
from duocast.farm.daemon.errand import Decision, Errand, question
from duocast.farm.daemon.holdings import ROOT, Holding, holdings
from duocast.runtime.store.disk import DiskStore

if TYPE_CHECKING:
    from duocast.farm.daemon.premises import Premises

_DAY = 86_400.0
_STALE = _DAY
"""Seconds after which an upload that stands still is thrown away."""


@dataclass(frozen=True, slots=True)
class Cleared:
    """Bytes freed, bytes left, jobs whose outputs are not kept any more."""

    freed: int
    size: int
    jobs_forgotten: int


def clear(farm: "Premises", max_bytes: int | None, days: float) -> Cleared:
    """Renew the roots, forget those of jobs that ended more than `days` ago, and collect."""
    store = farm.store_here()
    known: list[Holding] = farm.do(question(holdings))
    old = _ended_before(farm, farm.clock.wall() - days * _DAY)
    forgotten = 0
    for holding in known:
        gone = holding.ended and holding.job in old
        forgotten += gone
        store.keep(ROOT + holding.job, () if gone else holding.digests)
    farm.do(Errand(lambda state, now: Decision(lambda _: None, _forgotten(state, old, now))))
    freed = _forget_uploads(farm, store)
    freed += store.gc(store.size() if max_bytes is None else max_bytes)
    return Cleared(freed, store.size(), forgotten)


def tidy(farm: "Premises") -> int:
    """What the farm does by itself: forget the jobs that ended longer ago than it keeps them, and old uploads.

    Gives how many jobs there were. Finished work stays, as far as there is room.
    """
    days = farm.settings.retention_days
    old = _ended_before(farm, farm.clock.wall() - days * _DAY)
    if not farm.do(question(lambda state: _forgotten(state, old, 0.0))):
        _forget_uploads(farm, farm.store_here())
        return 0
    noted = audited(farm.clock.wall(), "the farm", "", "gc", "store", {"days": days})
    farm.do(Errand(lambda _state, _now: Decision(lambda _: None, deeds=(noted,))))
    return clear(farm, None, days).jobs_forgotten


def _forget_uploads(farm: "Premises", store: DiskStore) -> int:
    """Throw away uploads that stand still, and let go of those that no job wanted; gives the bytes freed."""
    freed = farm.uploads.forget(_STALE)
    for name in store.roots():
        if name.startswith(UPLOADED) and _is_stale(store, name.removeprefix(UPLOADED), farm):
            store.keep(name, ())
    return freed


def _ended_before(farm: "Premises", wall: float) -> set[str]:
    rows = farm.ask("SELECT id FROM job WHERE ended IS NOT NULL AND ended <= ?", (wall,))
    return {row[0] for row in rows}


def _forgotten(state: State, jobs: set[str], now: float) -> tuple[Event, ...]:
    """The core forgets jobs that ended long ago; what the journal says of them stays."""
    ended = (job.id for job in state.jobs.values() if job.id in jobs and job.status in FINAL)
    return tuple(Forgotten(job, now) for job in ended)


def _is_stale(store: DiskStore, digest: str, farm: "Premises") -> bool:
    """Whether an uploaded content has waited too long for a job."""
    try:
        return farm.clock.wall() - store.place(digest).stat().st_ctime > _STALE
    except FileNotFoundError:
        return True
