"""The store: all of it or nothing, found only when complete, made again when damaged, never collected while in use."""

import errno
import multiprocessing
import os
import sqlite3
from pathlib import Path

import pytest

from duocast.compiler.graph import Operation
from duocast.runtime.engine import EngineError, FailureClass
from duocast.runtime.store import DiskStore, Made, MemoryStore
from duocast.runtime.store.collect import Held, victims
from duocast.runtime.store.objects import Filing

KEYS = [f"{n:064x}" for n in range(10)]


def made(seconds: float = 1.0) -> Made:
    return Made(Operation.SPEAK, "e", "1", seconds, 10)


def one(content: bytes, name: str = "out", suffix: str = ".wav"):
    return {name: (suffix, content)}


@pytest.fixture(params=["disk", "memory"])
def store(request, tmp_path):
    store = DiskStore(tmp_path / "store") if request.param == "disk" else MemoryStore()
    yield store
    store.close()


@pytest.fixture
def disk(tmp_path):
    with DiskStore(tmp_path / "store") as store:
        yield store


def test_what_is_committed_is_found(store, tmp_path):
    file = tmp_path / "take.wav"
    file.write_bytes(b"sound")
    action = store.commit(KEYS[0], {"sound": file}, made())
    assert store.find(KEYS[0]) == action
    blob = action.outputs["sound"]
    assert (blob.suffix, blob.size, store.read(blob.digest)) == (".wav", 5, b"sound")
    assert not file.exists()
    assert store.path(blob.digest).read_bytes() == b"sound"
    assert store.size() == 5
    assert store.find(KEYS[1]) is None


def test_an_action_without_an_output_that_is_needed_is_a_miss(store):
    store.commit_bytes(KEYS[0], one(b"x"), made())
    assert store.find(KEYS[0], ["out"])
    assert store.find(KEYS[0], ["out", "thumb"]) is None


def test_the_first_result_of_a_key_stays(store):
    first = store.commit_bytes(KEYS[0], one(b"first"), made())
    assert store.commit_bytes(KEYS[0], one(b"second"), made()) == first


def test_the_pace_is_the_median_of_the_runs(store):
    assert store.pace(Operation.SPEAK, "e") is None
    for key, seconds in zip(KEYS, (1.0, 2.0, 30.0), strict=False):
        store.commit_bytes(key, one(key.encode()), made(seconds))
    pace = store.pace(Operation.SPEAK, "e")
    assert (pace.seconds, pace.params_size, pace.count) == (2.0, 10, 3)


def test_objects_are_read_only_and_whole(disk):
    blob = disk.commit_bytes(KEYS[0], one(b"x" * 1000), made()).outputs["out"]
    assert disk.path(blob.digest).stat().st_mode & 0o777 == 0o444
    assert disk.path(blob.digest).parent.name == blob.digest[:2]


def test_a_record_whose_object_is_gone_is_a_miss_and_is_made_again(disk):
    blob = disk.commit_bytes(KEYS[0], one(b"x"), made()).outputs["out"]
    disk.path(blob.digest).unlink()
    assert disk.find(KEYS[0]) is None
    with pytest.raises(EngineError, match="is gone"):
        disk.read(blob.digest)
    disk.commit_bytes(KEYS[0], one(b"x"), made())
    assert disk.find(KEYS[0])


def damage(store: DiskStore, digest: str, content: bytes) -> None:
    path = store.path(digest)
    path.chmod(0o644)
    path.write_bytes(content)


def test_a_damaged_object_is_found_on_use_and_set_aside(disk):
    blob = disk.commit_bytes(KEYS[0], one(b"right"), made()).outputs["out"]
    damage(disk, blob.digest, b"wrong")
    with pytest.raises(EngineError, match="damaged") as raised:
        disk.read(blob.digest)
    assert raised.value.code == "R0003"
    assert disk.find(KEYS[0]) is None
    assert [p.name.split(".")[0] for p in (disk.root / "quarantine").iterdir()] == [blob.digest]


def test_verify_finds_damage_and_forgets_what_it_broke(disk):
    good = disk.commit_bytes(KEYS[0], one(b"good"), made()).outputs["out"]
    bad = disk.commit_bytes(KEYS[1], one(b"right"), made()).outputs["out"]
    damage(disk, bad.digest, b"wrong")
    audit = disk.verify()
    assert (audit.objects, audit.damaged, audit.incomplete) == (2, (bad.digest,), (KEYS[1],))
    assert disk.read(good.digest) == b"good"
    assert disk.verify().damaged == ()


def test_gc_leaves_what_an_open_store_used_and_what_a_root_holds(tmp_path):
    with DiskStore(tmp_path) as old:
        for key in KEYS[:4]:
            old.commit_bytes(key, one(key.encode()), made())
        rooted = old.find(KEYS[3]).outputs["out"].digest
        old.keep("film", [rooted])
    with DiskStore(tmp_path) as user, DiskStore(tmp_path) as collector:
        assert user.find(KEYS[0])
        user.commit_bytes(KEYS[5], one(b"new"), made())
        freed = collector.gc(0)
        assert freed == 128
        found = [key for key in KEYS if user.find(key)]
        assert found == [KEYS[0], KEYS[3], KEYS[5]]
    with DiskStore(tmp_path) as later:
        later.keep("film", [])
        later.gc(0)
        assert later.size() == 0


def test_gc_forgets_the_session_of_a_process_that_was_killed(tmp_path):
    process = multiprocessing.get_context("spawn").Process(target=_open_and_die, args=(tmp_path,))
    process.start()
    process.join()
    with DiskStore(tmp_path) as store:
        assert store.size() == 4
        assert store.gc(0) == 4
        assert len(list((tmp_path / "sessions").iterdir())) == 1


def _open_and_die(root: Path) -> None:
    store = DiskStore(root)
    store.commit_bytes(KEYS[0], one(b"dead"), made())
    os.kill(os.getpid(), 9)


def test_gc_takes_the_biggest_for_the_least_seconds_first():
    cheap, dear = Held("cheap", (("a", 100),), 1.0, False), Held("dear", (("b", 100),), 50.0, False)
    shared, pinned = (
        Held("shared", (("a", 100),), 99.0, False),
        Held("pin", (("c", 999),), 0.1, True),
    )
    assert victims([cheap, dear, pinned], 50) == ("cheap",)
    assert victims([cheap, dear, pinned], 150) == ("cheap", "dear")
    assert victims([cheap, dear, shared], 50) == ("cheap", "dear")
    assert victims([cheap, dear, pinned], 0) == ()


def test_gc_on_memory_frees_what_is_not_kept():
    store = MemoryStore()
    kept = store.commit_bytes(KEYS[0], one(b"keep"), made()).outputs["out"].digest
    store.commit_bytes(KEYS[1], one(b"drop"), made())
    store.keep("film", [kept])
    store.close()
    assert store.gc(0) == 4
    assert store.find(KEYS[0])


def test_an_asset_is_digested_once_and_again_when_it_changes(disk, tmp_path, monkeypatch):
    asset = tmp_path / "anna.PNG"
    asset.write_bytes(b"one")
    first = disk.asset(asset)
    os.utime(asset, ns=(1, 1))
    assert disk.asset(asset) == first
    assert first.suffix == ".png"
    monkeypatch.setattr(
        "duocast.runtime.store.disk.digest_of", lambda _: pytest.fail("hashed again")
    )
    assert disk.asset(asset) == first
    monkeypatch.undo()
    asset.write_bytes(b"two")
    assert disk.asset(asset).digest != first.digest


def test_an_asset_that_changes_during_a_render_is_refused(store, tmp_path):
    asset = tmp_path / "anna.png"
    asset.write_bytes(b"one")
    digest = store.asset(asset).digest
    assert store.adopt(asset, digest).read_bytes() == b"one"
    asset.write_bytes(b"other")
    with pytest.raises(EngineError) as raised:
        store.adopt(asset, "f" * 64)
    assert raised.value.code == "A0006"


class Failing(Filing):
    """The n-th writing step fails as on a full disk; nothing after it is tried."""

    def __init__(self, at: int) -> None:
        self.left = at

    def _count(self) -> None:
        self.left -= 1
        if self.left == 0:
            raise OSError(errno.ENOSPC, "No space left on device")


for _step in ("folder", "write", "copy", "flush", "rename", "protect"):

    def _failing(self, *args, _step=_step):
        self._count()
        return getattr(Filing, _step)(self, *args)

    setattr(Failing, _step, _failing)


@pytest.mark.parametrize("step", range(1, 16))
def test_a_disk_that_is_full_at_any_step_leaves_no_torn_state(step, tmp_path):
    root, file = tmp_path / "store", tmp_path / "big.wav"
    DiskStore(root).close()
    file.write_bytes(b"sound")
    failing = Failing(step + 4)  # the store's own folders come first
    with DiskStore(root, failing) as store:
        problems = []
        try:
            store.commit(KEYS[0], {"a": file}, made())
            store.commit_bytes(KEYS[1], one(b"text") | one(b"more", "b"), made())
        except EngineError as error:
            problems.append((error.failure, error.code))
        assert problems == ([(FailureClass.RESOURCE, "R0001")] if failing.left <= 0 else [])
    with DiskStore(root) as store:
        assert store.verify().damaged == ()
        assert not list((root / "incoming").iterdir())
        for key in KEYS[:2]:
            action = store.find(key)
            assert action is None or all(store.read(b.digest) for b in action.outputs.values())
        again = store.commit_bytes(KEYS[1], one(b"text") | one(b"more", "b"), made())
        assert store.find(KEYS[1]) == again


def test_full_records_are_a_full_disk_too(disk, monkeypatch):
    def full(*_):
        raise sqlite3.OperationalError("database or disk is full")

    monkeypatch.setattr(disk._records, "put_action", full)
    with pytest.raises(EngineError) as raised:
        disk.commit_bytes(KEYS[0], one(b"x"), made())
    assert raised.value.code == "R0001"
    monkeypatch.undo()
    assert disk.find(KEYS[0]) is None


def test_a_store_that_cannot_be_opened_says_so(tmp_path):
    (tmp_path / "store.sqlite").write_bytes(
        b"this is no database, and it is long enough to be read" * 9
    )
    with pytest.raises(EngineError) as raised:
        DiskStore(tmp_path)
    assert (raised.value.code, raised.value.failure) == ("R0002", FailureClass.UNAVAILABLE)


def test_several_processes_write_one_store(tmp_path):
    context = multiprocessing.get_context("spawn")
    workers = [context.Process(target=_write_all, args=(tmp_path, n)) for n in range(3)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    assert [worker.exitcode for worker in workers] == [0, 0, 0]
    with DiskStore(tmp_path) as store:
        assert all(store.find(key) for key in KEYS)
        assert store.verify().damaged == ()
        assert store.size() == sum(len(key) for key in KEYS)


def _write_all(root: Path, turn: int) -> None:
    with DiskStore(root) as store:
        for key in KEYS[turn:] + KEYS[:turn]:
            store.commit_bytes(key, one(key.encode()), made())
            store.gc(100)
