"""Notes of finished work: the daemon has them recorded while the farm works, not only when the store is collected."""

import time
from pathlib import Path

from farm_engines import TIME

from duocast.compiler.graph import Operation
from duocast.farm.core import events
from duocast.farm.core.state import Options, State
from duocast.farm.daemon.crew import Crew
from duocast.farm.daemon.librarian import Librarian
from duocast.runtime.store.contents import Made
from duocast.runtime.store.disk import DiskStore
from duocast.runtime.store.outpost import Outpost


class OneFinished:
    """A backend that has one piece of finished work to tell of."""

    def __init__(self, told: list[events.Event]) -> None:
        self._told = told

    def open(self) -> list[events.Event]:
        return []

    def poll(self, seconds: float | None) -> list[events.Event]:
        told, self._told = self._told, []
        return told


def note(store: Path, key: str) -> events.Finished:
    """Finish a work as a host does."""
    post = Outpost(store)
    file = post.scratch / key[:8]
    file.write_bytes(key.encode())
    made = post.commit(key, {"out": file}, Made(Operation.SPEAK, "hashing", "1", 0.1, 2))
    return events.Finished("w", "t", 1, key, made.outputs, 0.1, 0.0)


def test_notes_are_taken_in_when_the_daemon_starts_and_when_work_ends(tmp_path, monkeypatch):
    monkeypatch.setattr("duocast.farm.daemon.crew._FILING", 0.0)
    with DiskStore(tmp_path / "store") as store:
        notes = tmp_path / "store" / "notes"
        note(store.root, "a" * 64)
        librarian = Librarian(
            lambda: DiskStore(store.root, within=store.epoch), lambda answers: None
        )
        librarian.start()
        backend = OneFinished([])
        crew = Crew(lambda: backend, librarian, {(TIME.operation, TIME.name): TIME}, [tmp_path])
        crew.open(State(Options(farm=True)))
        crew.poll(0.0)
        until_empty(notes)
        backend._told = [note(store.root, "b" * 64)]
        crew.poll(0.0)
        until_empty(notes)
        librarian.close()
        assert {action.key for action in store.actions()} == {"a" * 64, "b" * 64}


def until_empty(folder: Path) -> None:
    deadline = time.monotonic() + 20
    while list(folder.glob("*.json")):
        assert time.monotonic() < deadline
        time.sleep(0.01)
