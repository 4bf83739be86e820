"""A real farm for tests and for the proof: farmd as a process, what runs on its nodes, and killing any of it."""

import os
import random
import signal
import socket
import sqlite3
import subprocess
import sys
import time
from collections.abc import Callable
from pathlib import Path
from typing import Any

from duocast.farm.client.address import address
from duocast.farm.client.connection import Connection, Patience
from duocast.farm.client.submit import Order, send
from duocast.farm.cluster.processes import Process, marked
from duocast.farm.cluster.start import end_head, recorded, recorded_nodes, temporary_folder
from duocast.farm.daemon.journal import Journal
from duocast.farm.daemon.lock import FolderLock
from duocast.farm.daemon.tokens import Scope, mint
from duocast.runtime.store.contents import Action
from duocast.runtime.store.disk import DiskStore

HERE = Path(__file__).parent
PATIENCE = 900.0
"""Seconds; Ray starts slowly on a machine with much to do."""
_LOOK = 0.1
_ENDED = ("done", "failed", "cancelled")


class Rig:
    """A farm in a folder: started, killed in parts, started again, and looked at."""

    def __init__(self, folder: Path, nodes: int | None) -> None:
        self.folder, self.nodes = folder, nodes
        folder.mkdir(parents=True, exist_ok=True)
        self.farmd: subprocess.Popen[bytes] | None = None
        with FolderLock(folder), Journal(folder) as journal:
            journal.begin()
            token, _, deed = mint("anna", Scope.ADMIN, time.time())
            journal.append([], [deed])
        with socket.socket() as taken:
            taken.bind(("127.0.0.1", 0))
            self.port = taken.getsockname()[1]
        self.connection = Connection(
            address(f"http://127.0.0.1:{self.port}", token), patience=Patience(PATIENCE, PATIENCE)
        )

    def __enter__(self) -> "Rig":
        return self

    def __exit__(self, *_: object) -> None:
        self.connection.__exit__(None, None, None)
        if self.farmd is not None and self.farmd.poll() is None:
            self.end()
        end_head(self.folder)

    def start(self) -> None:
        """Start farmd, or start it again, as a supervisor would."""
        path = os.pathsep.join([str(HERE), str(HERE.parent), *filter(None, sys.path)])
        nodes = "local" if self.nodes is None else str(self.nodes)
        command = [sys.executable, str(HERE / "cluster_farmd.py"), str(self.folder)]
        with self.log.open("ab") as log:
            self.farmd = subprocess.Popen(
                [*command, str(self.port), nodes],
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
                env={**os.environ, "PYTHONPATH": path},
                start_new_session=True,
            )

    @property
    def log(self) -> Path:
        """What farmd says."""
        return self.folder.with_suffix(".log")

    def end(self) -> None:
        """Tell farmd to end, and wait until it has."""
        assert self.farmd is not None
        self.farmd.terminate()
        try:
            self.farmd.wait(90)
        except subprocess.TimeoutExpired:
            self.farmd.kill()
            self.farmd.wait()

    def submit(self, order: Order) -> str:
        """The job that the farm makes of an order."""
        return send(self.connection, order, {}).job

    def until_workers(self, count: int, seconds: float = PATIENCE) -> None:
        """Wait until so many workers have joined."""
        self._until(lambda: self.workers() >= count, seconds)

    def workers(self) -> int:
        """How many workers there are."""
        nodes = self.connection.get("/nodes")["nodes"]
        return sum(len(node["workers"]) for node in nodes)

    def until_done(self, job: str, seconds: float = PATIENCE) -> dict[str, Any]:
        """Wait for a job's end; gives it."""
        self._until(lambda: self._state(job) in _ENDED, seconds)
        found: dict[str, Any] = self.connection.get(f"/jobs/{job}")
        return found

    def until_finished(self, job: str, count: int, seconds: float = PATIENCE) -> None:
        """Wait until so many of a job's runs have been heard of."""
        sql = "SELECT count(*) FROM event WHERE job = ? AND kind = 'Finished'"
        self._until(lambda: self._ask(sql, job)[0][0] >= count, seconds)

    def kill_farmd(self) -> bool:
        """Farmd's death; its bridge is on its own."""
        assert self.farmd is not None
        self.farmd.kill()
        self.farmd.wait()
        return True

    def kill_worker(self, chance: random.Random) -> bool:
        """The death of an engine's process."""
        nurseries = self._nurseries()
        return _kill([pid for pid in nurseries if _parent(pid) in nurseries], chance)

    def kill_host(self, chance: random.Random) -> bool:
        """The death of an actor."""
        return _kill([p.pid for p in self.processes() if "HostActor" in p.command], chance)

    def kill_node(self, chance: random.Random) -> bool:
        """The death of a node: the `ray start` that leads it, and with that its raylet and all that runs there."""
        nodes = [node.pid for node in recorded_nodes(self.folder) if node.alive]
        return _kill(nodes, chance)

    def kill_head(self) -> bool:
        """The death of the head."""
        head = recorded(self.folder)
        if head is None or not head.process.alive:
            return False
        os.kill(head.pid, signal.SIGKILL)
        return True

    def actions(self) -> dict[str, dict[str, str]]:
        """All finished works: the SHA-256 of every output, by key. Notes of hosts are taken in first."""
        with DiskStore(self.folder / "store") as store:
            store.take_in()
            return {action.key: _digests(action) for action in store.actions()}

    def records(self) -> int:
        """How often the store has recorded that a work is finished."""
        with sqlite3.connect(self.folder / "store" / "store.sqlite") as db:
            return int(db.execute("SELECT count(*) FROM history").fetchone()[0])

    def damaged(self) -> list[str]:
        """Objects whose bytes are not what their names say."""
        with DiskStore(self.folder / "store") as store:
            return [str(each) for each in store.verify().damaged]

    def repeated(self, job: str) -> list[str]:
        """Works that were begun again after farmd had kept that they were finished, or that finished twice."""
        sql = "SELECT kind, work, attempt, task FROM event WHERE job = ? ORDER BY seq"
        finished: dict[str, int] = {}
        begun: set[int] = set()
        again = []
        for kind, work, attempt, task in self._ask(sql, job):
            # A report may be told of twice, when farmd died before it could acknowledge; it was begun once.
            first = finished.get(work, attempt)
            if kind == "Started":
                again += [task] if work in finished and attempt not in begun else []
                begun.add(attempt)
            elif kind == "Finished":
                again += [task] if first != attempt else []
                finished.setdefault(work, attempt)
        return again

    def finished(self, job: str) -> set[str]:
        """The keys of the works that the journal says were finished for a job."""
        sql = "SELECT DISTINCT work FROM event WHERE job = ? AND kind IN ('Finished', 'Found')"
        return {row[0] for row in self._ask(sql, job)}

    def rate(self, job: str) -> float:
        """Tasks of a job a second, from the first end to the last, as the journal's clock says."""
        sql = "SELECT count(*), min(at), max(at) FROM event WHERE job = ? AND kind = 'Finished'"
        ends, first, last = self._ask(sql, job)[0]
        return float((ends - 1) / (last - first))

    def failed(self, job: str) -> list[str]:
        """The bodies of the events in which a task of a job failed."""
        return [
            bytes(row[0]).decode()[:300]
            for row in self._ask("SELECT body FROM event WHERE job = ? AND kind = 'Failed'", job)
        ]

    def processes(self) -> list[Process]:
        """The living processes of this farm's Ray, and what they have started."""
        return marked(f"DUOCAST_RAY_OF={self.folder.resolve()}".encode())

    def left(self) -> list[str]:
        """What is left of the farm's processes and temporary files, once it was ended."""
        store = self.folder / "store"
        private = temporary_folder(self.folder).parent  # made by asking for it
        inside = list(private.iterdir())
        if not inside:
            private.rmdir()
        return [
            *(f"{each.pid} {each.command[:80]}" for each in self.processes()),
            *map(str, (store / "scratch").iterdir()),
            *map(str, (store / "incoming").iterdir()),
            *map(str, (store / "notes").glob("*")),
            *map(str, inside),
            *(str(each) for each in self.folder.glob("ray*") if each.name != "ray.token"),
        ]

    def _state(self, job: str) -> str:
        rows = self._ask("SELECT state FROM job WHERE id = ?", job)
        return str(rows[0][0]) if rows else ""

    def _ask(self, sql: str, *given: object) -> list[tuple[Any, ...]]:
        db = sqlite3.connect(f"file:{self.folder / 'journal.sqlite'}?mode=ro", uri=True, timeout=30)
        try:
            return db.execute(sql, given).fetchall()
        finally:
            db.close()

    def _nurseries(self) -> list[int]:
        return [p.pid for p in self.processes() if "duocast.farm.nursery" in p.command]

    def _until(self, what: Callable[[], bool], seconds: float) -> None:
        """Wait until it is so, as long as farmd lives."""
        deadline = time.monotonic() + seconds
        while not what():
            assert self.farmd is not None
            assert self.farmd.poll() is None, self.log.read_text()[-3000:]
            assert time.monotonic() < deadline, f"it did not happen; {self.log.read_text()[-1000:]}"
            time.sleep(_LOOK)


def _digests(action: Action) -> dict[str, str]:
    return {name: blob.digest for name, blob in action.outputs.items()}


def _kill(pids: list[int], chance: random.Random) -> bool:
    if not pids:
        return False
    try:
        os.kill(chance.choice(sorted(pids)), signal.SIGKILL)
    except ProcessLookupError:
        return False
    return True


def _parent(pid: int) -> int:
    try:
        return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])
    except (FileNotFoundError, ProcessLookupError):
        return 0
