"""A host without a cluster: its worker, its outbox, whom it obeys, and how it ends."""

import signal
import threading
import time
from dataclasses import replace
from importlib.metadata import version
from itertools import count
from pathlib import Path

import pytest
from farm_engines import FACTORY

from duocast.compiler.graph import Operation
from duocast.farm.assignment import Assignment
from duocast.farm.cluster.host import EngineHost
from duocast.farm.cluster.letters import Ask, Contract
from duocast.farm.core.events import Finished, WorkerDied, WorkerJoined
from duocast.runtime.store import DiskStore

WORKER = "host-a.1"
NUMBERS = count(1)


@pytest.fixture
def store(tmp_path):
    with DiskStore(tmp_path / "store") as store:
        yield store


@pytest.fixture
def hire(store):
    hired = []

    def hire(**changes):
        contract = Contract("host-a", "node", FACTORY, store.root, version("duocast"))
        host = EngineHost(replace(contract, **changes))
        hired.append(host)
        return host

    yield hire
    for host in hired:
        host.close()
    assert not list(store.scratch.iterdir())


def work(task: str, engine: str = "hashing", attempt: int = 1, **params) -> Assignment:
    key = task.ljust(64, "0")
    at = (Operation.SPEAK, engine)
    return Assignment(task, attempt, key, *at, params, 2, {}, ("out",))


def ask(epoch: int, **more) -> Ask:
    """An ask with the next number."""
    return Ask(epoch, next(NUMBERS), **more)


def until(host: EngineHost, kind: type, asked: Ask, seconds: float = 20.0):
    """Ask until there is a report of this kind; gives all reports since the ask's `after`."""
    deadline = time.monotonic() + seconds
    while time.monotonic() < deadline:
        answer = host.exchange(asked)
        if any(isinstance(report.event, kind) for report in answer.reports):
            return answer
        asked = replace(asked, number=next(NUMBERS), work=())
    raise AssertionError(f"no {kind.__name__}: {answer}")


def kinds(answer) -> list[str]:
    return [type(report.event).__name__ for report in answer.reports]


def test_work_is_done_once_however_often_it_is_given(hire, store, tmp_path):
    host = hire()
    until(host, WorkerJoined, ask(1, wait=5.0))
    given = ((WORKER, work("a", marks=str(tmp_path), name="a")),)
    answer = until(host, Finished, ask(1, after=1, work=given, wait=5.0))
    assert kinds(answer) == ["Started", "Finished"]
    again = host.exchange(ask(1, after=1, work=given, wait=0.3))
    assert kinds(again) == ["Started", "Finished"], "nothing was acknowledged"
    assert host.exchange(ask(1, after=3, wait=0.3)).reports == ()
    assert len(list(tmp_path.glob("ran-a-*"))) == 1
    assert store.find("a".ljust(64, "0"), ["out"]) is not None


def test_an_older_farmd_is_not_obeyed(hire, tmp_path):
    host = hire()
    until(host, WorkerJoined, ask(5, wait=5.0))
    answer = host.exchange(ask(4, after=1, work=((WORKER, work("a", marks=str(tmp_path))),)))
    assert (answer.epoch, answer.reports) == (5, ())
    assert kinds(host.exchange(ask(5, wait=0.3))) == ["WorkerJoined"]
    assert not list(tmp_path.glob("ran-*"))


def test_an_ask_that_comes_late_is_not_obeyed(hire, tmp_path):
    host = hire()
    late = ask(1, work=((WORKER, work("a", marks=str(tmp_path))),))
    until(host, WorkerJoined, ask(1, wait=5.0))
    assert host.exchange(late).reports == ()
    host.exchange(ask(1, wait=0.3))
    assert not list(tmp_path.glob("ran-*"))


def test_a_new_farm_may_give_an_attempt_of_the_same_name(hire, tmp_path):
    """A journal that was lost counts attempts from the first again."""
    host = hire()
    until(host, WorkerJoined, ask(1, wait=5.0))
    for after in (1, 3):
        given = ((WORKER, work("a", marks=str(tmp_path), name="a")),)
        until(host, Finished, ask(1, after=after, work=given, wait=5.0))


def test_a_killed_worker_is_told_with_its_successor(hire, tmp_path):
    host = hire()
    until(host, WorkerJoined, ask(1, wait=5.0))
    deadly = ((WORKER, work("a", "deadly", deaths=1, marks=str(tmp_path))),)
    answer = until(host, WorkerDied, ask(1, after=1, work=deadly, wait=5.0))
    died = next(r.event for r in answer.reports if isinstance(r.event, WorkerDied))
    assert (died.worker, died.blame) == (WORKER, True)
    assert signal.SIGKILL.name in died.reason
    assert answer.worker == "host-a.2"
    late = ((WORKER, work("b", marks=str(tmp_path), name="late")),)
    host.exchange(ask(1, after=answer.reports[-1].number, work=late, wait=0.3))
    assert not list(tmp_path.glob("ran-late-*")), "it was meant for a worker that is dead"


def test_a_stopped_worker_takes_its_children_with_it(hire, tmp_path):
    host = hire()
    until(host, WorkerJoined, ask(1, wait=5.0))
    leaving = ((WORKER, work("a", "leaving", marks=str(tmp_path))),)
    host.exchange(ask(1, after=1, work=leaving))
    deadline = time.monotonic() + 10
    while not list(tmp_path.glob("child-*")):
        assert time.monotonic() < deadline
        time.sleep(0.02)
    child = int(next(tmp_path.glob("child-*")).name.split("-")[1])
    until(host, WorkerDied, ask(1, after=1, stop=(WORKER,), wait=5.0))
    deadline = time.monotonic() + 5
    while Path(f"/proc/{child}").exists() and "Z" not in Path(f"/proc/{child}/stat").read_text():
        assert time.monotonic() < deadline
        time.sleep(0.02)


def test_a_newer_ask_ends_the_wait_of_an_older_one(hire):
    host = hire()
    until(host, WorkerJoined, ask(1, wait=5.0))
    answers = []
    old = threading.Thread(target=lambda: answers.append(host.exchange(ask(1, after=1, wait=60.0))))
    old.start()
    time.sleep(0.1)
    host.exchange(ask(2, after=1))
    old.join(5.0)
    assert answers[0].reports == ()


def test_a_host_that_nobody_asks_ends_itself(store):
    ended = threading.Event()
    contract = Contract("host-a", "node", FACTORY, store.root, version("duocast"), patience=-1.0)
    EngineHost(contract, ended.set)
    assert ended.wait(10.0)
    assert not list(store.scratch.iterdir())


def test_a_host_without_the_farms_store_says_so(hire, tmp_path):
    host = hire(store=tmp_path / "elsewhere")
    deadline = time.monotonic() + 5
    while not (answer := host.exchange(ask(1, wait=0.2))).broken:
        assert time.monotonic() < deadline
    assert "store is not at" in answer.broken
    assert not (tmp_path / "elsewhere").exists()


def test_a_host_of_another_version_says_so(hire):
    host = hire(version="0.0.0")
    deadline = time.monotonic() + 5
    while not (answer := host.exchange(ask(1, wait=0.2))).broken:
        assert time.monotonic() < deadline
    assert "the farm has 0.0.0" in answer.broken


def test_a_worker_that_makes_no_progress_is_killed_and_says_why(hire):
    host = hire()
    first = until(host, WorkerJoined, ask(1, wait=1.0))
    hanging = replace(work("a", sleep=60), patience=0.3)
    asked = ask(1, after=first.reports[-1].number, work=((WORKER, hanging),), wait=1.0)
    answer = until(host, WorkerDied, asked)
    died = next(r.event for r in answer.reports if isinstance(r.event, WorkerDied))
    assert died.reason.startswith("it hung: it made no progress for 0 s")
