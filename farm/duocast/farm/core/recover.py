"""Recovery: what must be said again after a restart, because nobody knows whether it was carried out."""

from duocast.farm.core.commands import Command, Evaluate, Lookup, Run, Stop
from duocast.farm.core.state import State
from duocast.farm.core.work import Running, Sought


def recover(state: State) -> list[Command]:
    """The commands of a state that may still be open, but for what the store was asked: see `sought`.

    Evaluations and stops are just given again. For a `Run` the worker's host is asked first: if it does not
    know the attempt, `WorkerDied` with `blame=False` (or a new run of the same attempt) is right. Status and log lines
    are not repeated; whoever shows them reads the state.
    """
    repeated: list[Command] = []
    for work in state.works.values():
        match work.phase:
            case Running(worker="", attempt=attempt, task=task):
                repeated.append(Evaluate(state.name(task), attempt, work.key))
            case Running(worker=worker, attempt=attempt, task=task):
                alone = work.key in state.reserved
                repeated.append(Run(worker, state.name(task), attempt, work.key, alone))
    stopped = [worker.name for worker in state.workers.values() if worker.stopping]
    return [*repeated, *map(Stop, stopped)]


def sought(state: State) -> list[str]:
    """The keys that the store was asked for. They may be thousands: ask again a few at a time, with `lookup`."""
    return [key for key, work in state.works.items() if type(work.phase) is Sought]


def lookup(state: State, key: str) -> Lookup | None:
    """The question to the store for a key, if its answer is still wanted."""
    work = state.works.get(key)
    if work is None or type(work.phase) is not Sought:
        return None
    leader = work.wanters[0]
    return Lookup(state.name(leader), key, state.specs[leader].expects)
