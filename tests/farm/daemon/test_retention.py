"""Retention: the farm itself lets go of jobs that ended long ago, and of nothing else."""

import hashlib
import os
import time
from collections.abc import Callable
from pathlib import Path

import httpx
import pytest
from house import Running, Scripted, film, order, running, settings, spec, submit, until

from duocast.farm.core.task import Spec
from duocast.farm.daemon import retention
from duocast.farm.daemon.blobs import Uploads
from duocast.farm.daemon.clock import FarmClock
from duocast.farm.daemon.errand import question
from duocast.farm.daemon.holdings import ROOT
from duocast.farm.daemon.journal import Journal
from duocast.farm.daemon.premises import recover
from duocast.runtime.store.disk import DiskStore

DAY = 86_400.0


class Ahead:
    """A clock that can be put forward."""

    def __init__(self) -> None:
        self.days = 0.0

    def __call__(self, base: float) -> FarmClock:
        return FarmClock(
            base,
            lambda: time.monotonic() + self.days * DAY,
            lambda: time.time() + self.days * DAY,
        )


@pytest.fixture(autouse=True)
def looks_often(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(retention, "_LOOK", 0.005)


def soon(is_so: Callable[[], bool]) -> None:
    end = time.monotonic() + 20
    while not is_so():
        assert time.monotonic() < end
        time.sleep(0.005)


def faced(client: httpx.Client, content: bytes) -> tuple[Spec, ...]:
    """A task that is made from a file, which is uploaded."""
    digest, length = hashlib.sha256(content).hexdigest(), len(content)
    headers = {"Upload-Offset": "0", "Upload-Length": str(length)}
    client.patch(f"/blobs/{digest}", content=content, headers=headers).raise_for_status()
    return (spec("film", {"face": digest}),)


def jobs(farm: Running) -> set[str]:
    return farm.farm.do(question(lambda state: set(state.jobs)))


def test_old_jobs_leave_by_themselves_and_the_others_stay(tmp_path: Path) -> None:
    ahead = Ahead()
    wanted = settings(tmp_path, Scripted, retention_days=30.0)
    with running(wanted, clock=ahead) as farm, farm.client() as ann:
        old = submit(ann, order(faced(ann, b"an old face"), "old"))
        until(ann, old)
        store = farm.farm.store
        assert store.roots()[ROOT + old]
        ahead.days = 20.0
        young = submit(ann, order(faced(ann, b"a young face"), "young"))
        until(ann, young)
        living = submit(ann, order((spec("film"),), "living"))
        assert ann.post(f"/jobs/{living}/pause").status_code == 200
        ahead.days = 31.0
        soon(lambda: old not in jobs(farm))
        assert jobs(farm) == {young, living}
        assert ROOT + old not in store.roots()
        assert store.roots()[ROOT + young]
        rows = ann.get("/audit").json()["rows"]
        assert [row["user"] for row in rows if row["action"] == "gc"] == ["the farm"]
        again = submit(ann, order(faced(ann, b"an old face"), "old again"))
        assert until(ann, again)["counts"] == {"reused": 1}
    with Journal(tmp_path / "farm") as journal:
        state = recover(journal).state
        assert set(state.jobs) == {young, living, again}


def test_a_farm_whose_disk_is_full_tries_again_after_another_hour(tmp_path: Path) -> None:
    ahead = Ahead()
    with running(settings(tmp_path, Scripted), clock=ahead) as farm, farm.client() as ann:
        name = submit(ann, order(film(1)))
        until(ann, name)
        tries: list[float] = []

        def refuses() -> int:
            tries.append(farm.farm.clock.now())
            raise farm.farm.shop.refusal()

        farm.farm.retention._forget = refuses
        ahead.days = 40.0
        soon(lambda: len(tries) == 1)
        ahead.days = 41.0
        soon(lambda: len(tries) == 2)
        assert jobs(farm) == {name}


def test_an_upload_that_becomes_whole_meanwhile_stops_nobody(tmp_path: Path) -> None:
    store = DiskStore(tmp_path)
    uploads, folder = Uploads(store, 1000), store.root / "uploads"
    old, gone = folder / f"{'a' * 64}.part", folder / f"{'b' * 64}.part"
    old.write_bytes(b"half")
    os.utime(old, (0, 0))
    gone.symlink_to("whole")  # it is listed, and is not there when it is looked at
    assert uploads.forget(DAY) == 4
    assert not old.exists()
