"""The farm on a real Ray: that nothing is lost when parts of it are killed, and what it costs beside a bare Ray loop.

`python benchmarks/farm_ray.py proof [--runs 20] [--kills 4] [--nodes 4] [--seed 1]`: a cluster of our own, each node a
raylet of its own with a custom resource. In every run a film is made while an engine's process, farmd, a node and the
head are killed with SIGKILL at random moments (further kills are chosen at random). Each run must end with 0 failed
tasks, as many records of finished work as there is work, the outputs of a fault-free run on local workers, and nothing
left behind.

`python benchmarks/farm_ray.py overhead [--tasks 1000]`: tasks that do next to nothing, through the scheduler with its
journal and the cluster, beside a loop of plain Ray actors that carry out the same assignments, and beside one that does
nothing at all.
"""

import argparse
import json
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import deque
from pathlib import Path
from typing import Any

_HERE = Path(__file__).resolve().parent
_TESTS = _HERE.parent / "tests" / "farm"
sys.path[:0] = [str(_TESTS / "cluster"), str(_TESTS)]

from cluster_real import Rig  # noqa: E402 (the path is made above)

from duocast.farm.cluster.start import environment, recorded  # noqa: E402
from duocast.runtime.store import DiskStore  # noqa: E402

_SHOTS = 30
_ORDER = ("worker", "farmd", "node", "head")


def proof(runs: int, kills: int, nodes: int, seed: int) -> None:
    """Every run on the same cluster; it is ended once, and then nothing may be left."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place, "farm")
        with Rig(folder, nodes) as rig:
            for number in range(runs):
                _prove(
                    rig, Path(place, f"local-{number}"), random.Random(seed + number), kills, number
                )
        left = rig.left()
        print(f"left behind: {left or 'nothing'}")
        assert not left


def _prove(rig: Rig, local: Path, chance: random.Random, kills: int, number: int) -> None:
    film = {"shots": _SHOTS, "sleep": 0.2, "run": number}
    with Rig(local, None, **film) as plain:
        plain.start()
        expected = plain.until_done()["outputs"]
    for name in ("journal.jsonl", "result.json"):
        (rig.folder / name).unlink(missing_ok=True)
    rig.film = film
    works, records = rig.commits() if number else (0, 0)
    began = time.monotonic()
    rig.start()
    total = 4 * _SHOTS + 1
    victims = [
        *_ORDER[:kills],
        *(chance.choice((*_ORDER, "host")) for _ in range(kills - len(_ORDER))),
    ]
    moments = sorted(chance.randrange(2, total - 20) for _ in victims)
    told = []
    for victim, moment in zip(victims, moments, strict=True):
        rig.until_finished(moment, 900)
        time.sleep(chance.uniform(0.0, 0.4))
        told.append(f"{victim}@{moment}{'' if _kill(rig, victim, chance) else ' (was down)'}")
    found = rig.until_done(900)
    seconds = time.monotonic() - began
    now_works, now_records = rig.commits()
    statuses = set(found["status"].values())
    print(
        f"run {number}: {seconds:.0f} s, killed {', '.join(told)}; {sorted(map(str, statuses))}; "
        f"{now_works - works} works, {now_records - records} records of {total}; "
        f"film {found['outputs']['j/film']['out'][:12]}",
        flush=True,
    )
    assert statuses <= {"done", "reused"}
    assert (now_works - works, now_records - records) == (total, total)
    assert rig.repeated() == []
    assert found["outputs"] == expected


def _kill(rig: Rig, victim: str, chance: random.Random) -> bool:
    match victim:
        case "worker":
            return rig.kill_worker(chance)
        case "host":
            return rig.kill_host(chance)
        case "node":
            return rig.kill_node(chance)
        case "head":
            return rig.kill_head()
    rig.kill_farmd()
    rig.start()
    return True


def overhead(tasks: int) -> None:
    """The same cluster, one after the other: two hosts, two bare actors that do the same, two that do nothing."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place, "farm")
        with Rig(folder, 1, tasks=tasks) as rig:
            rig.start()
            rig.until_done(900)
            ours = _rate(folder / "journal.jsonl")
            print(f"scheduler, journal and hosts: {ours:.0f} tasks a second", flush=True)
            bare = _bare(folder, tasks, "carry_out")
            print(f"bare Ray loop, same assignments: {bare:.0f} a second; ratio {ours / bare:.2f}")
            empty = _bare(folder, tasks, "nothing")
            print(
                f"bare Ray loop, actors that do nothing: {empty:.0f} a second; ratio {ours / empty:.2f}"
            )


def _rate(journal: Path) -> float:
    """Finished tasks a second, from the first to the last end."""
    told = [json.loads(line) for line in journal.read_bytes().splitlines()]
    ends = [each["at"] for each in told if each["kind"] == "Finished"]
    return (len(ends) - 1) / (ends[-1] - ends[0])


def _bare(folder: Path, tasks: int, what: str) -> float:
    head = recorded(folder)
    assert head is not None
    command = [sys.executable, __file__, "bare", head.address, str(folder), str(tasks), what]
    done = subprocess.run(
        command, env=environment(head.token_file), capture_output=True, text=True, check=True
    )
    return float(done.stdout.split()[-1])


class Bare:
    """An actor that carries assignments out in its own process."""

    def __init__(self, store: str, path: list[str]) -> None:
        sys.path.extend(path)
        from farm_engines import FACTORY

        self._workshop = FACTORY.build()
        self._store = DiskStore(Path(store))

    def carry_out(self, work: Any) -> Any:  # noqa: ANN401 (what Ray sends)
        """As a host's worker does."""
        from duocast.farm.assignment import carry_out

        reports: list[Any] = []
        carry_out(work, self._workshop, self._store, self._store.scratch, reports.append)
        return reports[-1]

    def nothing(self, work: Any) -> None:  # noqa: ANN401 (what Ray sends)
        """Only the message."""


def bare(address: str, folder: str, tasks: int, what: str) -> None:
    """One task to each actor, the next when it has ended."""
    import ray

    from duocast.compiler.graph import Operation
    from duocast.farm.assignment import Assignment

    ray.init(address=address, log_to_driver=False, logging_level=40)
    made = ray.remote(Bare).options(num_cpus=0, max_restarts=0)
    actors = [made.remote(f"{folder}/bare", sys.path[:2])]
    at = (Operation.SPEAK, "hashing")
    queue = deque(
        Assignment(f"t{n}", 1, f"{n:064x}", *at, {"n": n, "bare": True}, 20, {}, ("out",))
        for n in range(tasks)
    )
    ray.get([actor.nothing.remote(None) for actor in actors])
    began = time.monotonic()
    running = {getattr(actor, what).remote(queue.popleft()): actor for actor in actors}
    while running:
        (ended,), _ = ray.wait(list(running))
        actor = running.pop(ended)
        ray.get(ended)
        if queue:
            running[getattr(actor, what).remote(queue.popleft())] = actor
    print(tasks / (time.monotonic() - began))
    os._exit(0) if sys.stdout.flush() is None else None


def main() -> None:
    """Read the command line."""
    if sys.argv[1:2] == ["bare"]:
        bare(sys.argv[2], sys.argv[3], int(sys.argv[4]), sys.argv[5])
        return
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("part", choices=("proof", "overhead"))
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument("--kills", type=int, default=4)
    parser.add_argument("--nodes", type=int, default=4)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--tasks", type=int, default=1000)
    given = parser.parse_args()
    if given.part == "proof":
        proof(given.runs, given.kills, given.nodes, given.seed)
    else:
        overhead(given.tasks)


if __name__ == "__main__":
    main()
