"""The faults that a world may meet, each a deed that is done to it at some moment. All of them end by themselves."""

from collections.abc import Callable, Mapping
from functools import partial

from duocast.farm.core import events
from duocast.farm.daemon.journal import Journal
from duocast.farm.simulation.disk import Killed, SimDisk, Trouble
from duocast.farm.simulation.world import World
from duocast.runtime.store.disk import DiskStore

Fault = Callable[[World], None]


def kill_worker(world: World) -> None:
    """A worker dies, whatever it does."""
    if world.cluster.hosts:
        world.random.choice(list(world.cluster.hosts.values())).kill_worker()


def kill_host(world: World) -> None:
    """A host dies with its worker and its outbox."""
    if world.cluster.hosts:
        world.cluster.kill_host(world.random.choice(list(world.cluster.hosts)))


def kill_node(world: World) -> None:
    """A node dies; another comes later."""
    if world.cluster.nodes:
        world.cluster.kill_node(world.random.choice(world.cluster.nodes))


def kill_head(world: World) -> None:
    """The cluster's head is down for a while."""
    world.cluster.fall(world.random.uniform(1.0, 40.0))


def kill_farm(_: World) -> None:
    """farmd dies at once."""
    raise Killed


def kill_farm_at_a_step(world: World) -> None:
    """farmd dies at one of the next steps that its journal takes on the disk, before or after the step."""
    world.trouble.kill_at = world.trouble.steps + world.random.randint(1, 12)
    world.trouble.after = world.random.random() < 0.5


def fail_a_step(world: World) -> None:
    """One of the next steps of the journal fails."""
    world.trouble.fail_at = world.trouble.steps + world.random.randint(1, 12)


def fill_the_journals_disk(world: World) -> None:
    """There is no room for the journal for a while."""
    _full(world, world.trouble)


def fill_the_stores_disk(world: World) -> None:
    """There is no room for the store for a while."""
    _full(world, world.storage)


def kill_a_worker_at_a_step(world: World) -> None:
    """A worker dies at one of the next steps that the store takes on the disk."""
    world.storage.kill_at = world.storage.steps + world.random.randint(1, 30)
    world.storage.after = world.random.random() < 0.5


def damage_an_object(world: World) -> None:
    """A stored object's bytes go bad."""
    objects = sorted(
        path for path in (world.store.root / "cas").glob("*/*") if path.name != world.asset
    )
    if objects:
        damaged = world.random.choice(objects)
        damaged.chmod(0o644)
        damaged.write_bytes(b"?" * damaged.stat().st_size)
        world.damaged.add(damaged.name)


def lose_an_object(world: World) -> None:
    """A stored object is gone."""
    objects = sorted(
        path for path in (world.store.root / "cas").glob("*/*") if path.name != world.asset
    )
    if objects:
        world.random.choice(objects).unlink()


def cut_a_node_off(world: World) -> None:
    """A node can't be reached for a while, and works on."""
    if world.cluster.nodes:
        node = world.random.choice(world.cluster.nodes).id
        world.cluster.cut_off.add(node)
        world.agenda.after(
            world.random.uniform(2.0, 70.0), lambda: world.cluster.cut_off.discard(node)
        )


def spoil_the_network(world: World) -> None:
    """Messages are late, lost, doubled and out of order for a while."""
    network = world.cluster.network
    network.delay, network.lost, network.twice = world.random.uniform(0.1, 3.0), 0.15, 0.3

    def mend() -> None:
        network.delay, network.lost, network.twice = 0.02, 0.0, 0.0

    world.agenda.after(world.random.uniform(5.0, 60.0), mend)


def turn_the_clock(world: World) -> None:
    """The wall clock jumps, back or ahead."""
    world.wall += world.random.uniform(-1e5, 1e5)


def start_a_second_farm(world: World) -> None:
    """Somebody starts a second farmd over the same journal: the first is fenced."""
    with Journal(world.folder, SimDisk(Trouble())) as second:
        second.begin()


def pause_a_job(world: World) -> None:
    """A user pauses a film, and resumes it later."""
    job = world.random.choice(world.orders).job
    world.tell(events.Paused(job, 0.0))

    def resume() -> None:
        world.tell(events.Resumed(job, 0.0))
        # It may have gone unheard: people try again.
        world.agenda.after(15.0, lambda: world.tell(events.Resumed(job, 0.0)))
        world.agenda.after(90.0, lambda: world.tell(events.Resumed(job, 0.0)))

    world.agenda.after(world.random.uniform(1.0, 20.0), resume)


def cancel_a_job(world: World) -> None:
    """A user no longer wants a film."""
    order = world.random.choice(world.orders)
    order.cancelled = True
    world.tell(events.Cancelled(0.0, job=order.job))


def forget_a_job(world: World) -> None:
    """Somebody wants a film forgotten, now and then; until it has ended that does nothing."""
    order = world.random.choice(world.orders)
    order.forgotten = True
    for later in (0.0, 20.0, 60.0):
        world.agenda.after(later, lambda: world.tell(events.Forgotten(order.job, 0.0)))


def prefer_a_job(world: World) -> None:
    """A film gets another priority."""
    job = world.random.choice(world.orders).job
    world.tell(events.Prioritised(job, world.random.randint(-5, 5), 0.0))


def drain_a_node(world: World) -> None:
    """A node is drained, and used again later."""
    if not world.cluster.nodes:
        return
    node = world.random.choice(world.cluster.nodes).label
    world.tell(events.Drained(node, 0.0))
    for later in (20.0, 60.0, 120.0):
        world.agenda.after(later, lambda: world.tell(events.Undrained(node, 0.0)))


def limit_a_licence(world: World) -> None:
    """There is one licence only."""
    world.tell(events.LimitSet("motion", world.random.choice((1, 2)), 0.0))


def collect_garbage(world: World) -> None:
    """Everything that may be deleted is."""
    with DiskStore(world.store.root) as store:
        store.gc(0)


FAULTS: Mapping[str, Fault] = {
    fault.__name__: fault
    for fault in (
        kill_worker,
        kill_host,
        kill_node,
        kill_head,
        kill_farm,
        kill_farm_at_a_step,
        fail_a_step,
        fill_the_journals_disk,
        fill_the_stores_disk,
        kill_a_worker_at_a_step,
        damage_an_object,
        lose_an_object,
        cut_a_node_off,
        spoil_the_network,
        turn_the_clock,
        start_a_second_farm,
        pause_a_job,
        cancel_a_job,
        prefer_a_job,
        drain_a_node,
        limit_a_licence,
        collect_garbage,
        forget_a_job,
    )
}


def arrange(
    world: World, names: list[str] | None = None, most: int = 8, within: float = 60.0
) -> None:
    """Put faults onto the world's agenda: those named, or some drawn by its number."""
    drawn = (
        names
        if names is not None
        else world.random.choices(list(FAULTS), k=world.random.randint(0, most))
    )
    for name in drawn:
        world.tally.faults.append(name)
        world.agenda.after(world.random.uniform(0.0, within), partial(FAULTS[name], world))


def _full(world: World, trouble: Trouble) -> None:
    trouble.full = True

    def mend() -> None:
        trouble.full = False

    world.agenda.after(world.random.uniform(1.0, 20.0), mend)
