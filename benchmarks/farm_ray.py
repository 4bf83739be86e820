"""The farm on a real Ray: that nothing is lost when parts of it are killed, and what it costs beside a bare Ray loop.

`python benchmarks/farm_ray.py proof [--runs 20] [--kills 4] [--nodes 4] [--seed 1] [--minutes 60]`: the daemon (its
journal, its API) over a cluster of our own, each node a raylet of its own with a custom resource; the cluster stays
from run to run. In every run a film is made while, at random moments, an engine's process, farmd, a node and the head
are killed with SIGKILL (further kills are chosen at random). Farmd is started again as a supervisor would; everything
else is farmd's. Each run must end with 0 failed tasks; every work finished once in the journal and recorded once in
the store; the same keys with the same bytes as a run without faults on a farm of local workers; no damaged object. At
the end nothing may be left: no process, no temporary file, no scratch, no note.

`python benchmarks/farm_ray.py overhead [--tasks 1000]`: tasks whose engine writes 64 bytes, on two hosts. Rates are
counted from the first end to the last. In one run, one after the other on the same cluster:

- ours: submitted to the daemon over HTTP; each task is looked up in the store, its start and end are durable in the
  journal before anything follows from them, it is carried out in a host's worker (its inputs laid out, its outputs
  checked, moved into the store by content and flushed, the work noted and flushed).
- bare, the same tasks: a loop over two plain actors that each do the same task the same way in their own process
  (engine, checks, durable store), one call a task, the next when it has ended: no queue, no journal, no
  worker process of its own. What it leaves out is the scheduler; its store is as durable as ours.
- bare, tasks that do nothing: the same loop over actor calls that return at once. It makes nothing and keeps nothing.
"""

import argparse
import os
import random
import subprocess
import sys
import tempfile
import time
from collections import deque
from contextlib import ExitStack
from pathlib import Path
from typing import Any

_HERE = Path(__file__).resolve().parent
_TESTS = _HERE.parent / "tests" / "farm"
sys.path[:0] = [str(_TESTS / "cluster"), str(_TESTS)]

from cluster_films import crowd, film  # noqa: E402 (the path is made above)
from cluster_real import Rig  # noqa: E402

from duocast.farm.cluster.start import environment, recorded  # noqa: E402
from duocast.runtime.store.outpost import Outpost  # noqa: E402

_SHOTS = 30
_TASKS = 4 * _SHOTS + 1
_ORDER = ("worker", "farmd", "node", "head")
_PATIENCE = 900.0


def proof(runs: int, kills: int, nodes: int, seed: int, minutes: float) -> None:
    """Every run on the same cluster; it is ended once, and then nothing may be left.

    After so many minutes no further run is begun.
    """
    until = time.monotonic() + minutes * 60.0
    with tempfile.TemporaryDirectory() as place, ExitStack() as stack:
        plain = stack.enter_context(Rig(Path(place, "local"), None))
        rig = stack.enter_context(Rig(Path(place, "farm"), nodes))
        plain.start()
        began = time.monotonic()
        rig.start()
        rig.until_workers(nodes)
        print(f"cluster of {nodes} nodes up in {time.monotonic() - began:.0f} s", flush=True)
        for number in range(seed, seed + runs):
            if time.monotonic() < until:
                _prove(rig, plain, random.Random(number), kills, number)
        began = time.monotonic()
        rig.end()
        plain.end()
        left = rig.left()
        print(f"ended in {time.monotonic() - began:.0f} s; left behind: {left or 'nothing'}")
        assert not left


def _prove(rig: Rig, plain: Rig, chance: random.Random, kills: int, number: int) -> None:
    params = {"sleep": 0.2, "run": number}
    before, recorded_before = rig.actions(), rig.records()
    plain_before = plain.actions()
    undisturbed = plain.submit(film(_SHOTS, **params))
    began = time.monotonic()
    job = rig.submit(film(_SHOTS, **params))
    told = _disturb(rig, job, chance, kills, began)
    found = rig.until_done(job, _PATIENCE)
    seconds = time.monotonic() - began
    plain.until_done(undisturbed, _PATIENCE)
    made = {key: out for key, out in rig.actions().items() if key not in before}
    expected = {key: out for key, out in plain.actions().items() if key not in plain_before}
    records = rig.records() - recorded_before
    failed, repeated, damaged = rig.failed(job), rig.repeated(job), rig.damaged()
    print(
        f"run {number}: {found['state']} in {seconds:.0f} s; killed {', '.join(told)}; {len(made)} works,"
        f" {records} records of {_TASKS}; {len(failed)} failed, {len(repeated)} repeated;"
        f" outputs {'equal' if made == expected else 'DIFFER'}",
        flush=True,
    )
    assert found["state"] == "done"
    assert (failed, repeated, damaged) == ([], [], [])
    assert (len(made), records) == (_TASKS, _TASKS)
    assert rig.finished(job) == set(made)
    assert made == expected


def _disturb(rig: Rig, job: str, chance: random.Random, kills: int, began: float) -> list[str]:
    """Kill what has to be killed, each at its moment; gives what was, when, and how many runs had ended."""
    more = max(0, kills - len(_ORDER))
    victims = [*_ORDER[:kills], *(chance.choice((*_ORDER, "host")) for _ in range(more))]
    moments = sorted(chance.randrange(2, _TASKS - 20) for _ in victims)
    told = []
    for victim, moment in zip(victims, moments, strict=True):
        rig.until_finished(job, moment, _PATIENCE)
        time.sleep(chance.uniform(0.0, 0.4))
        done = _kill(rig, victim, chance)
        at = f"{victim}@{moment}/{time.monotonic() - began:.0f}s"
        told.append(at if done else f"{at} (was down)")
    return told


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


def overhead(tasks: int, rounds: int) -> None:
    """The same cluster, one after the other: two hosts, two bare actors that do the same, two that do nothing."""
    with tempfile.TemporaryDirectory() as place:
        folder = Path(place, "farm")
        with Rig(folder, 0) as rig:
            rig.start()
            rig.until_workers(2)
            rig.until_done(rig.submit(crowd(50, warm=True)))
            for number in range(rounds):
                job = rig.submit(crowd(tasks, round=number))
                rig.until_done(job)
                ours = rig.rate(job)
                bare = _bare(folder, tasks, "carry_out", number)
                empty = _bare(folder, tasks, "nothing", number)
                print(
                    f"ours {ours:.0f} a second; bare, the same tasks {bare:.0f} (ratio {ours / bare:.2f});"
                    f" bare, tasks that do nothing {empty:.0f} (ratio {ours / empty:.2f})",
                    flush=True,
                )


def _bare(folder: Path, tasks: int, what: str, number: int) -> float:
    head = recorded(folder)
    assert head is not None
    command = [sys.executable, __file__, "bare", head.address, str(folder), str(tasks), what]
    done = subprocess.run(
        [*command, str(number)],
        env=environment(head.token_file),
        capture_output=True,
        text=True,
        check=True,
    )
    return float(done.stdout.split()[-1])


class Bare:
    """An actor that carries assignments out in its own process."""

    def __init__(self, store: str, path: list[str]) -> None:
        sys.path.extend(path)
        from farm_engines import FACTORY

        self._workshop = FACTORY.build()
        self._store = Outpost(Path(store))

    def carry_out(self, work: Any) -> Any:  # noqa: ANN401 (what Ray sends)
        """As a host's worker does."""
        from duocast.farm.assignment import carry_out

        reports: list[Any] = []
        carry_out(work, self._workshop, self._store, self._store.scratch, reports.append)
        return reports[-1]

    def nothing(self, work: Any) -> None:  # noqa: ANN401 (what Ray sends)
        """Only the message."""


def bare(address: str, folder: str, tasks: int, what: str, number: int) -> None:
    """One task to each actor, the next when it has ended."""
    import ray

    from duocast.compiler.graph import Operation
    from duocast.farm.assignment import Assignment

    ray.init(address=address, log_to_driver=False, logging_level=40)
    made = ray.remote(Bare).options(num_cpus=0, max_restarts=0)
    actors = [made.remote(f"{folder}/bare-{number}", sys.path[:2]) for _ in range(2)]
    at = (Operation.SPEAK, "hashing")
    queue = deque(
        Assignment(f"t{n}", 1, f"{n:064x}", *at, {"n": n, "bare": number}, 20, {}, ("out",))
        for n in range(tasks)
    )
    ray.get([getattr(actor, what).remote(queue.popleft()) for actor in actors])
    began, left = time.monotonic(), len(queue)
    running = {getattr(actor, what).remote(queue.popleft()): actor for actor in actors}
    while running:
        (ended,), _ = ray.wait(list(running))
        actor = running.pop(ended)
        ray.get(ended)
        if queue:
            running[getattr(actor, what).remote(queue.popleft())] = actor
    print(left / (time.monotonic() - began), flush=True)
    os._exit(0)


def main() -> None:
    """Read the command line."""
    if sys.argv[1:2] == ["bare"]:
        bare(sys.argv[2], sys.argv[3], int(sys.argv[4]), sys.argv[5], int(sys.argv[6]))
        return
    parser = argparse.ArgumentParser(description=(__doc__ or "").splitlines()[0])
    parser.add_argument("part", choices=("proof", "overhead"))
    parser.add_argument("--runs", type=int, default=20)
    parser.add_argument("--kills", type=int, default=4)
    parser.add_argument("--nodes", type=int, default=4)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--tasks", type=int, default=1000)
    parser.add_argument("--rounds", type=int, default=1)
    given = parser.parse_args()
    if given.part == "proof":
        proof(given.runs, given.kills, given.nodes, given.seed, given.minutes)
    else:
        overhead(given.tasks, given.rounds)


if __name__ == "__main__":
    main()
