"""Who is hired, adopted, believed dead and asked again: the roster without a cluster."""

from cluster_world import World, deaths, finished, joined, node, work

from duocast.farm.cluster.orders import Unanswered
from duocast.farm.cluster.placement import Slots
from duocast.farm.core.events import Finished, WorkerDied, WorkerJoined


def test_every_slot_of_every_node_gets_a_host_and_its_worker_joins():
    world = World((node(1, pool="big"), node(2, gpus=1)))
    world.connect()
    world.turn()
    assert [c.node for c in world.contracts.values()] == ["n-000001", "n-000001", "n-000002"]
    for host in list(world.contracts):
        world.answer(host, joined(f"{host}.1"))
    events = world.turn()
    assert [(e.worker, e.host, e.node, e.labels, e.gpu) for e in events] == [
        ("host-1.1", "10.0.0.1", "n-000001", ("big",), 0.0),
        ("host-2.1", "10.0.0.1", "n-000001", ("big",), 0.0),
        ("host-3.1", "10.0.0.2", "n-000002", (), 1.0),
    ]


def test_a_report_is_acknowledged_only_after_farmd_has_come_back_for_more():
    world = World().staffed()
    world.answer("host-1", finished("host-1.1"))
    assert [type(e) for e in world.roster.events()] == [Finished]
    world.order()
    assert "host-1" not in world.asked
    world.turn()
    assert world.asked["host-1"].ask.after == 2


def test_a_report_that_comes_twice_is_told_once():
    world = World().staffed()
    world.answer("host-1", finished("host-1.1"))
    world.turn()
    world.turn()
    world.answer("host-1", finished("host-1.1"), first=2)
    assert world.turn() == []


def test_work_is_carried_until_an_answer_shows_that_it_arrived():
    world = World().staffed()
    world.roster.run("host-1.1", work())
    world.turn()
    first = world.asked["host-1"].ask
    assert [to for to, _ in first.work] == ["host-1.1"]
    world.roster.hear(Unanswered("host-1", first.number, "busy", False), world.now)
    world.turn()
    assert world.asked["host-1"].ask == first
    world.now += 1.0
    world.turn()
    again = world.asked["host-1"].ask
    assert (again.work, again.number) == (first.work, first.number + 1)
    world.answer("host-1", running=("t", 1))
    world.turn()
    assert world.asked["host-1"].ask.work == ()


def test_a_restarted_farmd_finds_its_hosts_at_work_and_learns_who_is_gone():
    world = World(epoch=2)
    world.roster.expect(["host-7.1", "host-8.2"])
    world.roster.run("host-7.1", work())
    world.roster.stop("host-7.1")
    world.connect("host-7")
    assert world.turn() == []
    world.answer("host-7", running=("t", 1), worker="host-7.1")
    events = world.turn()
    assert deaths(events) == {"host-8.2": "its host is gone"}
    assert [e.worker for e in events if isinstance(e, WorkerJoined)] == ["host-7.1"]
    world.turn()
    ask = world.asked["host-7"].ask
    assert (ask.epoch, [to for to, _ in ask.work], ask.stop) == (2, ["host-7.1"], ("host-7.1",))


def test_what_happened_while_farmd_was_down_is_told_in_order():
    world = World(epoch=2)
    world.roster.expect(["host-7.1"])
    world.connect("host-7")
    world.turn()
    died = WorkerDied("host-7.1", "it was killed by SIGKILL", 0.0)
    world.answer(
        "host-7", finished("host-7.1"), died, joined("host-7.2"), worker="host-7.2", first=5
    )
    assert [type(e) for e in world.turn()] == [Finished, WorkerDied, WorkerJoined]


def test_no_host_is_hired_before_those_that_live_have_answered():
    world = World()
    world.connect("host-7", "host-9")
    world.turn()
    world.answer("host-7", worker="host-7.1")
    world.turn()
    assert not world.contracts
    world.answer("host-9", worker="host-9.1")
    world.turn()
    assert not world.contracts, "both slots of the node are taken"


def test_a_dead_host_is_replaced_and_its_task_is_not_to_blame():
    world = World().staffed()
    world.roster.run("host-1.1", work())
    world.turn()
    world.roster.hear(
        Unanswered("host-1", world.asked["host-1"].ask.number, "killed", True), world.now
    )
    (event,) = world.turn()
    assert (event.worker, event.reason, event.blame) == ("host-1.1", "killed", False)
    assert "host-3" in world.contracts


def test_silence_is_counted_only_while_the_cluster_answers():
    world = World().staffed()
    world.now += 20.0
    world.roster.disconnected()
    world.now += 1000.0
    assert world.turn() == []
    world.connect("host-1", "host-2")
    assert world.turn() == []
    world.now += 31.0
    assert set(deaths(world.turn())) == {"host-1.1", "host-2.1"}
    assert set(world.dismissed) == {"host-1", "host-2"}


def test_a_long_task_is_not_silence():
    world = World((node(1, cpus=1),)).staffed()
    world.roster.run("host-1.1", work())
    for _ in range(100):
        world.turn()
        world.now += 5.0
        world.answer("host-1", running=("t", 1))
    assert world.turn() == []


def test_hosts_of_a_node_that_leaves_die_with_it():
    world = World((node(1), node(2))).staffed()
    world.look(node(2))
    assert deaths(world.turn()) == dict.fromkeys(("host-1.1", "host-2.1"), "its node is gone")


def test_a_drained_node_keeps_its_running_task_and_hires_nobody():
    world = World().staffed()
    world.roster.run("host-1.1", work())
    world.roster.close("n-000001")
    assert deaths(world.turn()) == {"host-2.1": "its node is drained"}
    world.answer("host-1", finished("host-1.1"))
    assert {"host-1.1"} == set(deaths(world.turn())) | set(deaths(world.turn()))
    world.roster.reopen("n-000001")
    world.turn()
    assert len(world.contracts) == 4


def test_a_node_whose_hosts_break_is_left_alone_for_longer_each_time():
    world = World((node(1, cpus=1),))
    world.connect()
    hired = []
    for _ in range(4):
        world.turn()
        (host,) = set(world.contracts) - set(hired)
        hired.append(host)
        world.answer(host, worker="", broken="the farm's store is not there")
        world.turn()
        rest = 2.0 * 2 ** (len(hired) - 1)
        world.now += rest - 0.1
        world.turn()
        assert len(world.contracts) == len(hired)
        world.now += 0.2
    world.turn()
    assert len(world.contracts) == 5


def test_a_host_that_knows_a_newer_farmd_ends_this_one():
    world = World().staffed()
    world.answer("host-1", epoch=2)
    assert world.roster.superseded
    world.asked.clear()
    world.turn()
    assert not world.asked


def test_run_for_a_worker_of_a_dead_host_is_answered():
    world = World().staffed()
    world.roster.run("host-99.1", work())
    assert deaths(world.turn()) == {"host-99.1": "its host is gone"}


def test_slots_by_a_studios_own_resource():
    own = node(1)
    own = type(own)(
        own.id, own.name, own.machine, {"CPU": 8.0, "engine": 3.0}, {"card-memory": "24"}
    )
    world = World((own,), slots=Slots(accelerator="engine", most=2)).staffed()
    assert [c.memory for c in world.contracts.values()] == [24, 24]
