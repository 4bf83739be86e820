"""A real cluster for tests and for the proof: farmd as a process, what runs on the nodes, and killing any of it."""

import json
import os
import random
import signal
import sqlite3
import subprocess
import sys
import time
from pathlib import Path

from duocast.farm.cluster.processes import Process, marked
from duocast.farm.cluster.start import end_head, recorded, recorded_nodes
from duocast.runtime.store import DiskStore

HERE = Path(__file__).parent
PATIENCE = 420.0


class Rig:
    """A farm in a folder: started, killed in parts, started again, and looked at."""

    def __init__(self, folder: Path, nodes: int | None, **film: object) -> None:
        self.folder, self.nodes, self.film = folder, nodes, film
        folder.mkdir(parents=True, exist_ok=True)
        self.farmd: subprocess.Popen[bytes] | None = None

    def __enter__(self) -> "Rig":
        return self

    def __exit__(self, *_: object) -> None:
        if self.farmd is not None and self.farmd.poll() is None:
            self.farmd.kill()
            self.farmd.wait()
        end_head(self.folder)

    def start(self) -> None:
        """Start farmd, or start it again."""
        path = os.pathsep.join([str(HERE), str(HERE.parent)])
        with (self.folder / "farmd.log").open("ab") as log:
            self.farmd = subprocess.Popen(
                [
                    *(sys.executable, str(HERE / "cluster_farmd.py"), str(self.folder)),
                    *("local" if self.nodes is None else str(self.nodes), json.dumps(self.film)),
                ],
                stdout=log,
                stderr=log,
                env={**os.environ, "PYTHONPATH": path},
            )

    def until_done(self, seconds: float = PATIENCE) -> dict[str, dict[str, object]]:
        """Wait for the film; gives statuses and outputs."""
        assert self.farmd is not None
        status = self.farmd.wait(seconds)
        assert status == 0, (self.folder / "farmd.log").read_text()[-3000:]
        return json.loads((self.folder / "result.json").read_text())

    def until_finished(self, count: int, seconds: float = PATIENCE) -> None:
        """Wait until so many runs have been heard of."""
        journal = self.folder / "journal.jsonl"
        until(
            lambda: journal.exists() and journal.read_bytes().count(b'"Finished"') >= count, seconds
        )

    def kill_farmd(self) -> None:
        """Farmd's death; its bridge is on its own."""
        assert self.farmd is not None
        self.farmd.kill()
        self.farmd.wait()

    def kill_worker(self, chance: random.Random) -> bool:
        """The death of an engine's process."""
        workers = [pid for pid in self._nurseries() if _parent(pid) in self._nurseries()]
        return _kill(workers, chance)

    def kill_host(self, chance: random.Random) -> bool:
        """The death of an actor."""
        return _kill([p.pid for p in self._ours() if "HostActor" in p.command], chance)

    def kill_node(self, chance: random.Random) -> bool:
        """The death of a node: the `ray start` that leads it, its raylet, everything in its session."""
        nodes = [node for node in recorded_nodes(self.folder) if node.alive]
        if not nodes:
            return False
        node = chance.choice(nodes)
        os.kill(node.pid, signal.SIGKILL)
        return True

    def kill_head(self) -> bool:
        """The death of the head."""
        head = recorded(self.folder)
        if head is None or not head.process.alive:
            return False
        os.kill(head.pid, signal.SIGKILL)
        return True

    def commits(self) -> tuple[int, int]:
        """Finished works in the store's records, and how often one was recorded."""
        with DiskStore(self.folder / "store") as store:
            store.take_in()
        with sqlite3.connect(self.folder / "store" / "store.sqlite") as db:
            works = db.execute("SELECT count(*) FROM action").fetchone()[0]
            records = db.execute("SELECT count(*) FROM history").fetchone()[0]
        return works, records

    def repeated(self) -> list[str]:
        """Works that were begun again after farmd had kept that they were finished."""
        told = [
            json.loads(line) for line in (self.folder / "journal.jsonl").read_bytes().splitlines()
        ]
        finished: set[str] = set()
        begun: set[int] = set()
        again = []
        for each in told:
            if each["kind"] == "Started":
                # An attempt may be told of twice, when farmd died before it could acknowledge; it was begun once.
                if each["key"] in finished and each["attempt"] not in begun:
                    again.append(each["task"])
                begun.add(each["attempt"])
            if each["kind"] == "Finished":
                finished.add(each["key"])
        return again

    def left(self) -> list[str]:
        """What is left of the farm's processes and temporary files, once it was ended."""
        scratch = self.folder / "store" / "scratch"
        return [
            *(f"{each.pid} {each.command[:80]}" for each in self._ours()),
            *map(str, scratch.iterdir()),
        ]

    def _ours(self) -> list[Process]:
        return marked(f"DUOCAST_RAY_OF={self.folder.resolve()}".encode())

    def _nurseries(self) -> list[int]:
        return [p.pid for p in self._ours() if "duocast.farm.nursery" in p.command]


def until(what, seconds: float) -> None:
    """Wait until it is so."""
    deadline = time.monotonic() + seconds
    while not what():
        assert time.monotonic() < deadline, "it did not happen"
        time.sleep(0.05)


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
