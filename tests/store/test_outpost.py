"""A worker elsewhere leaves notes of what it made; the store finds, records and protects it."""

import pytest

from duocast.compiler.graph import Operation
from duocast.runtime.store.contents import Made
from duocast.runtime.store.disk import DiskStore
from duocast.runtime.store.faults import DamagedObject
from duocast.runtime.store.outpost import Outpost

MADE = Made(Operation.SPEAK, "voice", "1", 2.5, 100)


@pytest.fixture
def store(tmp_path):
    with DiskStore(tmp_path / "store") as store:
        yield store


@pytest.fixture
def outpost(store):
    return Outpost(store.root)


def make(outpost, key: str, content: bytes):
    file = outpost.scratch / "take.wav"
    file.write_bytes(content)
    return outpost.commit(key, {"sound": file}, MADE)


def test_what_an_outpost_made_is_found_recorded_and_its_note_goes(store, outpost):
    action = make(outpost, "a" * 64, b"sound")
    assert store.peek("a" * 64) is None
    assert outpost.find("a" * 64, ["sound"]) == action
    assert outpost.find("a" * 64, ["picture"]) is None
    assert store.find("a" * 64, ["sound"]) == action
    assert store.peek("a" * 64) == action
    assert store.read(action.outputs["sound"].digest) == b"sound"
    assert store.pace(Operation.SPEAK, "voice").seconds == 2.5
    assert not list((store.root / "notes").iterdir())
    assert not list(store.scratch.iterdir())


def test_the_first_of_two_that_made_the_same_counts(store, outpost):
    first = make(outpost, "a" * 64, b"one")
    assert make(Outpost(store.root), "a" * 64, b"two") == first
    assert store.find("a" * 64) == first
    make(outpost, "a" * 64, b"three")
    assert store.find("a" * 64) == first
    assert (store.take_in(), store.take_in()) == (1, 0)
    assert store.find("a" * 64) == first


def test_gc_takes_notes_in_before_it_deletes(store, outpost):
    action = make(outpost, "b" * 64, b"sound")
    store.gc(0)
    assert store.read(action.outputs["sound"].digest) == b"sound"


def test_all_that_is_finished_includes_what_was_only_noted(store, outpost):
    make(outpost, "c" * 64, b"sound")
    assert [action.key for action in store.actions()] == ["c" * 64]
    assert store.stock().recorded("c" * 64)


def test_half_a_note_is_no_note(store):
    notes = store.root / "notes"
    notes.mkdir()
    (notes / f"{'d' * 64}.json").write_bytes(b'{"key": "dd')
    assert store.find("d" * 64) is None
    assert store.take_in() == 0


def test_an_outpost_checks_what_it_hands_out(store, outpost):
    digest = make(outpost, "e" * 64, b"sound").outputs["sound"].digest
    place = outpost.path(digest)
    place.chmod(0o644)
    place.write_bytes(b"noise")
    with pytest.raises(DamagedObject):
        Outpost(store.root).path(digest)
