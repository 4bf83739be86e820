"""The journal: all of a transaction or nothing of it, one writer, snapshots that are whole."""

import sqlite3
from collections.abc import Callable
from pathlib import Path

import msgspec
import pytest
from faulty import FaultyDisk

from duocast.farm.core import events
from duocast.farm.core.coding import to_bytes
from duocast.farm.daemon.faults import Damaged, Fenced, JournalFull, JournalTrouble, Occupied
from duocast.farm.daemon.journal import Disk, Entry, Journal, Reader, Snapshot
from duocast.farm.daemon.lock import FolderLock, holder
from duocast.farm.daemon.premises import recover


def entry(seq: int, journal: Journal, body: bytes = b"{}") -> Entry:
    return Entry(seq, float(seq), 0.0, "job", "job/task", 1, journal.epoch, "Tick", "key", body)


def opened(folder: Path, disk: Disk | None = None) -> Journal:
    journal = Journal(folder, disk)
    journal.begin()
    return journal


def test_what_was_appended_is_there_after_it_is_opened_again(tmp_path: Path) -> None:
    with opened(tmp_path) as journal:
        journal.append([entry(seq, journal) for seq in (1, 2, 3)])
        first = journal.epoch
    with opened(tmp_path) as journal:
        assert [each.seq for each in journal.tail(1)] == [2, 3]
        assert journal.last() == 3
        assert journal.epoch == first + 1


def test_a_deed_that_fails_takes_its_events_with_it(tmp_path: Path) -> None:
    def deed(db) -> None:
        db.execute("INSERT INTO meta VALUES ('x', 'y')")
        raise sqlite3.OperationalError("no such thing")

    with opened(tmp_path) as journal:
        with pytest.raises(JournalTrouble):
            journal.append([entry(1, journal)], [deed])
        assert not journal.settled()
        assert journal.last() == 0
        assert journal.ask("SELECT * FROM meta") == []
        journal.append([entry(1, journal)])
        assert journal.last() == 1


def test_an_older_writer_is_fenced(tmp_path: Path) -> None:
    with opened(tmp_path) as old, opened(tmp_path) as new:
        with pytest.raises(Fenced):
            old.append([entry(1, old)])
        new.append([entry(1, new)])
        with pytest.raises(Fenced):
            old.settled()
        assert new.last() == 1


def test_a_full_disk_is_told_apart(tmp_path: Path) -> None:
    disk = FaultyDisk()
    with opened(tmp_path, disk) as journal:
        disk.fail_at(1, "full")
        with pytest.raises(JournalFull):
            journal.append([entry(1, journal)])


STEPS = 7


@pytest.mark.parametrize("how", ["before", "after", "full"])
@pytest.mark.parametrize("step", range(1, STEPS + 1))
def test_after_any_failed_step_it_says_truly_whether_it_was_written(
    tmp_path: Path, step: int, how: str
) -> None:
    disk = FaultyDisk()
    with opened(tmp_path, disk) as journal:
        journal.append([entry(1, journal)])
        disk.fail_at(step, how)
        try:
            journal.append([entry(2, journal), entry(3, journal)], [_note])
            written = True
        except JournalTrouble:
            written = journal.settled()
        disk.room()
        assert journal.last() == (3 if written else 1)
        assert len(journal.ask("SELECT * FROM meta")) == (1 if written else 0)
        following = 4 if written else 2
        journal.append([entry(following, journal)])
    with Journal(tmp_path) as again:
        again.check()
        assert again.last() == following


def _note(db) -> None:
    db.execute("INSERT INTO meta VALUES ('x', 'y')")


@pytest.mark.parametrize("step", range(1, 12))
def test_a_snapshot_is_whole_or_not_there(tmp_path: Path, step: int) -> None:
    disk = FaultyDisk()
    with opened(tmp_path, disk) as journal:
        journal.save(Snapshot(1, b"first"))
        disk.fail_at(step, "before")
        try:
            journal.save(Snapshot(2, b"second"))
        except JournalTrouble:
            journal.settled()
    with Journal(tmp_path) as again:
        assert again.snapshot() in (Snapshot(1, b"first"), Snapshot(2, b"second"))


def test_after_a_snapshot_of_another_version_all_events_are_followed(tmp_path: Path) -> None:
    with opened(tmp_path) as journal:
        event = events.LimitSet("voice", 2, 1.0)
        journal.append([entry(1, journal)._replace(kind="LimitSet", body=to_bytes(event))])
        journal.save(Snapshot(1, msgspec.msgpack.encode([1, "what an older one wrote"])))
        assert recover(journal).state.limits == {"voice": 2}


def test_a_damaged_snapshot_is_passed_over_for_the_one_before(tmp_path: Path) -> None:
    with opened(tmp_path) as journal:
        for seq, body in ((1, b"first"), (2, b"second")):
            journal.save(Snapshot(seq, body))
        (tmp_path / "snapshots" / f"{2:012d}.state").write_bytes(b"secand")
        assert journal.snapshot() == Snapshot(1, b"first")


def test_a_damaged_file_is_noticed(tmp_path: Path) -> None:
    with opened(tmp_path) as journal:
        journal.append([entry(seq, journal, b"x" * 2000) for seq in range(1, 200)])
    content = bytearray((tmp_path / "journal.sqlite").read_bytes())
    content[8192:40960] = b"\xff" * (40960 - 8192)
    (tmp_path / "journal.sqlite").write_bytes(content)

    def look() -> None:
        with Journal(tmp_path) as journal:
            journal.check()

    _raises(Damaged, look)


def test_a_reader_can_not_write(tmp_path: Path) -> None:
    with opened(tmp_path) as journal:
        journal.append([entry(1, journal)])
        reader = Reader(journal.file)
        assert reader.ask("SELECT count(*) FROM event") == [(1,)]
        _raises(sqlite3.OperationalError, lambda: reader.ask("DELETE FROM event"))
        reader.close()


def test_one_folder_is_one_farm_s(tmp_path: Path) -> None:
    with FolderLock(tmp_path):
        _raises(Occupied, lambda: FolderLock(tmp_path))
        assert holder(tmp_path) is not None
    assert holder(tmp_path) is None
    FolderLock(tmp_path).release()


def _raises(kind: type[Exception], what: Callable[[], object]) -> None:
    with pytest.raises(kind):
        what()
