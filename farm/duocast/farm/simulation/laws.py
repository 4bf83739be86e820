"""Laws: what must hold when a world has come to its end, whatever happened in it."""

from collections.abc import Iterator

from duocast.farm.core import snapshot
from duocast.farm.core.coding import event as decoded
from duocast.farm.core.invariants import broken
from duocast.farm.core.job import JobStatus
from duocast.farm.core.state import Options, State
from duocast.farm.core.step import step
from duocast.farm.core.task import SUCCEEDED, Status
from duocast.farm.simulation.world import Order, World


def violations(world: World, state: State) -> list[str]:
    """Everything that is wrong, one sentence each."""
    return [
        *broken(state),
        *(each for order in world.orders for each in _film(order, state)),
        *_journal(world, state),
        *_left_behind(world),
        *(f"{task} was begun although its work was done" for task in world.lab.again),
    ]


def _film(order: Order, state: State) -> Iterator[str]:
    """A film that can be made is made, to the byte; of another, all that can be made."""
    job = state.jobs.get(order.job)
    if job is None and order.forgotten:
        return
    if job is None:
        yield f"{order.job} was lost"
        return
    if job.counts.get(Status.CANCELLED):
        if not order.cancelled:
            yield f"{order.job} was cancelled by nobody"
        return
    for spec in order.film.specs:
        row = state.row(f"{order.job}/{spec.id}")
        made, wanted = isinstance(row, SUCCEEDED), order.film.digest(spec.id)
        if made and row.outputs["out"].digest != wanted:  # type: ignore[union-attr]
            yield f"{order.job}/{spec.id} has other bytes than without faults"
        if made is not (wanted is not None):
            yield f"{order.job}/{spec.id} is {state.status(f'{order.job}/{spec.id}')}"
    wanted_status = JobStatus.DONE if order.film.wanted else JobStatus.FAILED
    if job.status is not wanted_status:
        yield f"{order.job} is {job.status}, not {wanted_status}"


def _journal(world: World, state: State) -> Iterator[str]:
    """The events have no gap, and following them from the beginning gives the state."""
    farm = world.farm
    if farm is None:
        return
    again, last = State(Options(farm=True)), 0
    for entry in farm.journal.tail(0):
        if entry.seq != last + 1:
            yield f"after event {last} comes {entry.seq}"
        last = entry.seq
        step(again, decoded(entry.body))
    if snapshot.encode(again) != snapshot.encode(state):
        yield "following the journal gives another state"


def _left_behind(world: World) -> Iterator[str]:
    for name, host in world.cluster.hosts.items():
        if host.busy and host.node not in world.cluster.cut_off:
            yield f"{name} still works"
    audit = world.store.verify()
    for digest in audit.damaged:
        if digest not in world.damaged:
            yield f"the object {digest} is damaged"
