"""Who does what next: ready tasks to free workers, in story order, kept with engines that are warm."""

from dataclasses import replace
from itertools import islice

from duocast.farm.draft import Draft
from duocast.farm.events import Run
from duocast.farm.state import Skill
from duocast.farm.task import Ready, Running

WINDOW = 4
"""Shots in story order, for each worker, among which a worker may prefer one whose engine it has warm."""
_LOOKED_AT = 64


def assign(draft: Draft) -> None:
    """Start as many ready tasks as there are workers free for them."""
    while (draft.ready or draft.solo) and len(draft.running) < len(draft.workers):
        chosen = _alone(draft) or _beside_others(draft)
        if chosen is None:
            return
        _start(draft, *chosen)


def _alone(draft: Draft) -> tuple[int, str] | None:
    """A task that wants no other beside it, on a host where nothing runs."""
    if not draft.solo:
        return None
    host, busy = _emptiest(draft)
    return None if busy else (draft.solo[0][2], _free(draft, {host})[0])


def _beside_others(draft: Draft) -> tuple[int, str] | None:
    """The next task for the first free worker that may take one.

    It takes the first whose engine it has warm, else the first that no other free worker has warm, else the first.
    """
    hosts = {worker.host for worker in draft.workers.values()} - _reserved(draft)
    free = _free(draft, hosts)
    if not draft.ready or not free:
        return None
    candidates = _window(draft)
    engines = [(draft.specs[task].operation, draft.specs[task].engine) for task in candidates]
    own = draft.workers[free[0]].warm
    others = frozenset[Skill]().union(*(draft.workers[name].warm for name in free[1:]))
    mine = (task for task, engine in zip(candidates, engines, strict=True) if engine in own)
    fresh = (task for task, engine in zip(candidates, engines, strict=True) if engine not in others)
    return next(mine, next(fresh, candidates[0])), free[0]


def _window(draft: Draft) -> list[int]:
    """The ready tasks of the next few shots."""
    last = draft.ready[0][0] + WINDOW * len(draft.workers)
    return [task for order, _, task in islice(draft.ready, _LOOKED_AT) if order <= last]


def _reserved(draft: Draft) -> set[str]:
    """Hosts where a task runs alone, and the one being emptied for a task that wants to."""
    taken = {
        draft.workers[worker].host
        for worker, task in draft.running.items()
        if _runs_alone(draft, task)
    }
    return taken | {_emptiest(draft)[0]} if draft.solo else taken


def _emptiest(draft: Draft) -> tuple[str, int]:
    """The host with the fewest running tasks, and how many."""
    busy = dict.fromkeys((worker.host for worker in draft.workers.values()), 0)
    for name, worker in draft.workers.items():
        busy[worker.host] += name in draft.running or worker.stopping
    host = min(busy, key=lambda name: (busy[name], name))
    return host, busy[host]


def _free(draft: Draft, hosts: set[str]) -> list[str]:
    idle = {n: w for n, w in draft.workers.items() if n not in draft.running and not w.stopping}
    return [name for name, worker in idle.items() if worker.host in hosts]


def _runs_alone(draft: Draft, task: int) -> bool:
    row = draft.rows[task]
    return isinstance(row, Running) and row.tries.alone


def _start(draft: Draft, task: int, worker: str) -> None:
    row, spec = draft.rows[task], draft.specs[task]
    if not isinstance(row, Ready):
        raise AssertionError(f"{spec.id} is in the queue of ready tasks but not ready")
    tries = replace(row.tries, attempts=row.tries.attempts + 1)
    warm = draft.workers[worker].warm | {(spec.operation, spec.engine)}
    draft.workers[worker] = replace(draft.workers[worker], warm=warm)
    draft.move(task, Running(row.key, worker, draft.now, 0.0, tries))
    draft.commands.append(Run(spec.id, tries.attempts, row.key, worker, tries.alone))
