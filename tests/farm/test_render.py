"""Rendering over real processes: right, resumable, and clean whatever is killed."""

import os
import resource
import signal
import subprocess
import sys
import time
from pathlib import Path

import pytest
from farm_engines import FACTORY, TIME, film, node

from duocast.compiler.graph import Asset, Node, Operation, ShotGraph
from duocast.farm.core.task import Status
from duocast.farm.local import LocalPool
from duocast.farm.render import render
from duocast.farm.telemetry import Silent
from duocast.farm.workshop import Factory
from duocast.runtime.store import DiskStore

HERE = Path(__file__).parent


@pytest.fixture
def store(tmp_path):
    with DiskStore(tmp_path / "store") as store:
        yield store


@pytest.fixture
def make(store, tmp_path):
    def make(graph, **options):
        defaults = {"store": store, "factory": FACTORY, "project": tmp_path, "inline": [TIME]}
        outcome = render(graph, **(defaults | options))
        assert not list(store.scratch.iterdir()), "something is left in the scratch folder"
        return outcome

    return make


def graph(*nodes: Node) -> ShotGraph:
    return ShotGraph(nodes, nodes[-1].address)


def test_a_film_is_made_once_and_then_reused(make):
    first, again = make(film(3)), make(film(3))
    assert (first.ok, first.run, first.reused) == (True, 13, 0)
    assert (again.ok, again.run, again.reused) == (True, 0, 13)
    assert again.results["film"].outputs == first.results["film"].outputs
    assert [share.run for share in first.profile if share.operation is Operation.SPEAK] == [6]


def test_one_worker_and_two_make_the_same(tmp_path):
    films = []
    for jobs in (1, 2):
        with DiskStore(tmp_path / str(jobs)) as store:
            films.append(
                render(
                    film(3),
                    store=store,
                    factory=FACTORY,
                    project=tmp_path,
                    inline=[TIME],
                    jobs=jobs,
                )
            )
    one, two = ({a: r.outputs for a, r in made.results.items()} for made in films)
    assert one == two


def test_a_hundred_unchanged_nodes_are_resolved_at_once(make):
    graph = film(25)
    assert make(graph).ok
    again = make(graph)
    assert (len(again.results), again.run, again.first_task) == (101, 0, None)
    assert again.seconds < 0.3


def test_an_edit_runs_its_cone(make):
    make(film(3))
    nodes = list(film(3).nodes)
    place = next(i for i, n in enumerate(nodes) if n.address == "s1/line-1")
    nodes[place] = node("s1/line-1", text="another line")
    edited = make(graph(*nodes))
    ran = {a for a, r in edited.results.items() if r.status is Status.DONE}
    assert ran == {"s1/line-1", "s1/time", "s1/clip", "film"}


def test_select_makes_only_what_the_chosen_need(make):
    outcome = make(film(3), select=["s1/clip"])
    assert set(outcome.results) == {"s1/line-1", "s1/line-2", "s1/time", "s1/clip"}


def test_a_worker_killed_in_its_task_is_replaced_and_the_film_completes(make, tmp_path):
    deadly = node("a", engine="deadly", deaths=1, marks=str(tmp_path), name="a")
    outcome = make(graph(deadly, node("b")))
    assert outcome.ok
    assert len(list(tmp_path.glob("try-a-*"))) == 2


def test_a_worker_killed_from_outside_is_replaced(make, store, tmp_path):
    class Killer(Silent):
        killed = 0

        def progressed(self, task, fraction):
            if not self.killed:
                self.killed = pool.pids[0]
                os.kill(self.killed, signal.SIGKILL)

    with LocalPool(store, FACTORY, 1) as pool:
        slow = node("a", sleep=0.5, marks=str(tmp_path), name="a")
        outcome = render(
            graph(slow),
            store=store,
            factory=FACTORY,
            project=tmp_path,
            pool=pool,
            telemetry=Killer(),
        )
    assert outcome.ok
    assert not list(store.scratch.iterdir())


def test_poison_fails_its_own_cone(make, tmp_path):
    poison = node("a", engine="deadly", deaths=9, marks=str(tmp_path), name="a")
    cone = node("cone", {"in": "a#out"})
    outcome = make(graph(poison, cone, node("good")))
    assert [str(r.status) for r in outcome.results.values()] == ["failed", "blocked", "done"]
    (failed,) = outcome.failures
    assert failed.failure.code == "R0010"
    assert "SIGKILL" in failed.reason
    assert len(list(tmp_path.glob("try-a-*"))) == 2


def test_a_transient_failure_is_tried_again(make, tmp_path):
    assert make(graph(node("a", engine="flaky", failures=1, marks=str(tmp_path)))).ok


@pytest.mark.parametrize(
    ("how", "code", "words"),
    [
        ("empty", "R0011", "empty file"),
        ("missing", "R0011", "no output 'out'"),
        ("full", "R0001", "no space left"),
        ("memory", "R0004", "memory"),
        ("oops", "R0012", "ZeroDivisionError: oops"),
    ],
)
def test_bad_engines_fail_with_a_code(make, how, code, words):
    outcome = make(graph(node("a", engine="broken", how=how), node("b", {"in": "a#out"})), jobs=1)
    assert outcome.failures[0].failure.code == code
    assert words in outcome.failures[0].failure.message


def test_an_unknown_engine_fails_its_node_with_the_nearest(make):
    outcome = make(graph(node("a", engine="hashin"), node("b")))
    assert outcome.failures[0].failure.hint == "ready for speak: hashing, threads, leaving"
    assert outcome.results["b"].status is Status.DONE


def test_a_damaged_object_is_made_again(make, store):
    first = make(film(2))
    take = first.results["s0/line-1"].outputs["out"]
    path = store.path(take.digest)
    path.chmod(0o644)
    path.write_bytes(b"x" * take.size)
    os.utime(path, ns=(7, 7))
    changed = [n for n in film(2).nodes if n.address != "s0/time"]
    new_time = node("s0/time", {"a": "s0/line-1#out"}, op=Operation.TIME, engine="joined")
    changed.insert(2, new_time)
    again = make(graph(*changed))
    assert again.ok
    assert again.results["s0/line-1"].status is Status.DONE
    assert again.results["s0/line-1"].outputs["out"].digest == take.digest
    assert store.verify().damaged == ()


def test_assets_stay_inside_the_project(make, tmp_path):
    (tmp_path / "p").mkdir()
    (tmp_path / "secret.txt").write_text("secret")
    project = tmp_path / "p"
    (project / "link.png").symlink_to(tmp_path / "secret.txt")
    (project / "empty.png").touch()
    (project / "Anna.PNG").write_bytes(b"picture")
    (project / "folder").mkdir()
    os.mkfifo(project / "pipe")
    wanted = {
        "../secret.txt": "A0002",
        "/etc/passwd": "A0002",
        "C:\\x.png": "A0002",
        "link.png": "A0002",
        "folder": "A0003",
        "pipe": "A0003",
        "empty.png": "A0004",
        "anna.png": "A0001",
        "": "A0002",
    }
    nodes = [
        Node(f"n{i}", Operation.SPEAK, "hashing", {"i": i}, {"file": Asset(p)})
        for i, p in enumerate(wanted)
    ]
    good = Node("good", Operation.SPEAK, "hashing", {}, {"file": Asset("Anna.PNG")})
    outcome = make(graph(*nodes, good), project=project)
    codes = [r.failure.code for r in outcome.failures]
    assert codes == list(wanted.values())
    assert outcome.results["good"].status is Status.DONE
    assert "did you mean 'Anna.PNG'?" in outcome.results["n7"].failure.hint


def test_cancelling_stops_at_once(make):
    began = time.monotonic()
    asked = iter([False, False, False])
    outcome = make(graph(node("a", sleep=60)), cancelled=lambda: next(asked, True))
    assert outcome.results["a"].status is Status.CANCELLED
    assert time.monotonic() - began < 10


def test_a_pool_stays_warm_between_renders(store, tmp_path):
    with LocalPool(store, FACTORY, 1) as pool:
        for text in ("one", "two"):
            render(
                graph(node("a", text=text)),
                store=store,
                factory=FACTORY,
                project=tmp_path,
                pool=pool,
            )
            pids = pool.pids
        assert pool.pids == pids
        assert len(pids) == 1


def test_workers_have_one_thread_even_with_numpy(make, store, tmp_path):
    preloading = Factory(
        FACTORY.reference, preload=("numpy", "cv2", "av", "skia", "onnxruntime", "no_such_module")
    )
    with LocalPool(store, preloading, 1) as pool:
        outcome = render(
            graph(node("a", engine="threads")),
            store=store,
            factory=preloading,
            project=tmp_path,
            pool=pool,
        )
        assert pool.threads == 1
    assert store.read(outcome.results["a"].outputs["out"].digest) == b"1 1"


def test_a_factory_that_breaks_in_the_workers_says_so(store, tmp_path):
    with pytest.raises(ModuleNotFoundError):
        render(graph(node("a")), store=store, factory=Factory("no_such:thing"), project=tmp_path)


def test_a_full_disk_ends_the_render_and_the_next_goes_on(store, tmp_path):
    """A limit on the size of files stands for a disk that is full; it ends when the limit does."""
    before = resource.getrlimit(resource.RLIMIT_FSIZE)
    nodes = graph(*(node(f"n{number}", text=f"{number}") for number in range(5)))
    resource.setrlimit(resource.RLIMIT_FSIZE, (8, before[1]))
    try:
        full = render(nodes, store=store, factory=FACTORY, project=tmp_path, jobs=1)
    finally:
        resource.setrlimit(resource.RLIMIT_FSIZE, before)
    (failed,) = full.failures
    assert failed.failure.code == "R0001"
    assert sum(r.status is Status.BLOCKED for r in full.results.values()) == 4
    assert "ended the run" in full.results["n4"].reason
    assert not list(store.scratch.iterdir())
    assert render(nodes, store=store, factory=FACTORY, project=tmp_path, jobs=1).run == 5


def spawn(tmp_path: Path, engine: str) -> "subprocess.Popen[bytes]":
    arguments = [
        sys.executable,
        str(HERE / "farm_script.py"),
        str(tmp_path / "store"),
        str(tmp_path),
        engine,
    ]
    return subprocess.Popen(arguments, stderr=subprocess.DEVNULL)


def until(what, seconds: float = 15.0) -> None:
    deadline = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.02)


def alive(pid: int) -> bool:
    try:
        return "\nState:\tZ" not in Path(f"/proc/{pid}/status").read_text()
    except (FileNotFoundError, ProcessLookupError):
        return False


@pytest.mark.parametrize("how", [signal.SIGINT, signal.SIGTERM, signal.SIGKILL])
def test_the_end_of_a_render_ends_its_workers_and_their_children(tmp_path, how):
    process = spawn(tmp_path, "leaving")
    until(lambda: len(list(tmp_path.glob("child-*"))) == 2)
    marks = [path.name.split("-") for path in tmp_path.glob("child-*")]
    pids = [int(mark[1]) for mark in marks] + [int(mark[3]) for mark in marks]
    assert all(map(alive, pids))
    process.send_signal(how)
    process.wait(10)
    until(lambda: not any(map(alive, pids)), 5)
    until(lambda: not list((tmp_path / "store" / "scratch").iterdir()), 5)
    assert not list((tmp_path / "store" / "incoming").iterdir())
    if how is signal.SIGINT:
        assert process.returncode == 130


def test_two_renders_share_a_store(tmp_path):
    processes = [spawn(tmp_path, "hashing") for _ in range(2)]
    assert [process.wait(30) for process in processes] == [0, 0]
    with DiskStore(tmp_path / "store") as store:
        assert store.verify().damaged == ()
        again = graph(*(node(n, marks=str(tmp_path), name=n) for n in "ab"))
        assert render(again, store=store, factory=FACTORY, project=tmp_path).run == 0
