"""The n-th step on the disk fails, for every n of a small job: nothing is torn, nothing is run twice, the job ends."""

import asyncio
import threading
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

import pytest
from faulty import FaultyDisk, Killed
from house import Scripted, film, order, settings, token

from duocast.farm.core import snapshot
from duocast.farm.core.job import FINAL
from duocast.farm.daemon.api.door import Caller
from duocast.farm.daemon.api.jobs import _submit
from duocast.farm.daemon.errand import question
from duocast.farm.daemon.faults import JournalTrouble, Refusal
from duocast.farm.daemon.journal import Journal
from duocast.farm.daemon.premises import Premises, recover

BODY = order(film(1))


class Worked:
    """What workers were given, over all farms of a test."""

    def __init__(self) -> None:
        self.keys: list[str] = []

    def backend(self, store, epoch) -> Scripted:
        worked = self

        class Noting(Scripted):
            def run(self, worker, work) -> None:
                worked.keys.append(work.key)
                super().run(worker, work)

        return Noting(store, epoch)


@contextmanager
def alive(folder: Path, worked: Worked, disk: FaultyDisk | None) -> Iterator[Premises]:
    loop = asyncio.new_event_loop()
    ended = threading.Event()
    try:
        with Premises(settings(folder, worked.backend, snapshot_events=9), disk) as farm:
            farm.start(loop, ended.set)
            yield farm
    finally:
        loop.close()


def submit(farm: Premises) -> str:
    """Submit as a client would: again and again while there is no room."""
    given = farm.doorkeeper.passes()[0]
    until = time.monotonic() + 20
    while True:
        try:
            answer = _submit(Caller(farm, given), BODY)
            assert answer.status_code in (200, 201)
            return str(next(iter(farm.do(question(lambda state: list(state.jobs))))))
        except Refusal as problem:
            ended = farm.shop.failure is not None or time.monotonic() > until
            if problem.status != 503 or ended:
                raise
            time.sleep(0.01)


def finish(farm: Premises, job: str) -> None:
    until = time.monotonic() + 30
    while farm.do(question(lambda state: state.jobs[job].status)) not in FINAL:
        assert farm.shop.failure is None, farm.shop.failure
        assert time.monotonic() < until
        time.sleep(0.005)


def audit(folder: Path, worked: Worked) -> None:
    """What must hold at the end, whatever failed."""
    assert len(worked.keys) == len(set(worked.keys)), "a finished work was run again"
    with Journal(folder / "farm") as journal:
        journal.check()
        seqs = [entry.seq for entry in journal.tail(0)]
        assert seqs == list(range(1, len(seqs) + 1))
        from_snapshot = recover(journal).state
        (folder / "farm" / "snapshots").rename(folder / "gone")
        from_events = recover(journal).state
        assert snapshot.encode(from_snapshot) == snapshot.encode(from_events)
        jobs = list(from_events.jobs.values())
        assert [str(job.status) for job in jobs] == ["done"]
        assert jobs[0].count == sum(jobs[0].counts.values())
        rows = journal.ask("SELECT state FROM job")
        assert rows == [("done",)]


def steps(folder: Path) -> int:
    """How many steps the job takes when nothing fails."""
    folder.mkdir()
    token(folder)
    disk, worked = FaultyDisk(), Worked()
    with alive(folder, worked, disk) as farm:
        finish(farm, submit(farm))
    audit(folder, worked)
    return disk.steps


def once(folder: Path, step: int, how: str) -> None:
    folder.mkdir()
    token(folder)
    disk, worked = FaultyDisk(), Worked()
    disk.fail_at(step, how)
    try:
        with alive(folder, worked, disk) as farm:
            if how == "killed":
                _until_killed(farm)
            else:
                timer = threading.Timer(0.3, disk.room)
                timer.start()
                finish(farm, submit(farm))
                timer.join()
    except (Killed, JournalTrouble):
        pass  # at its start
    with alive(folder, worked, None) as farm:
        finish(farm, submit(farm))
    audit(folder, worked)


def _until_killed(farm: Premises) -> None:
    try:
        finish(farm, submit(farm))
    except (AssertionError, Refusal):
        assert isinstance(farm.shop.failure, Killed)


@pytest.mark.parametrize("how", ["before", "after", "full", "killed"])
def test_some_steps_fail(tmp_path: Path, how: str) -> None:
    last = steps(tmp_path / "whole")
    for step in range(3, last + 1, last // 4):
        once(tmp_path / f"{step}", step, how)


@pytest.mark.slow
@pytest.mark.parametrize("how", ["before", "after", "full", "killed"])
def test_every_step_fails_once(tmp_path: Path, how: str) -> None:
    last = steps(tmp_path / "whole")
    for step in range(1, last + 1):
        once(tmp_path / f"{step}", step, how)
