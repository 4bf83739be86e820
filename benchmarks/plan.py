"""Whether a plan is what the render then does, what edits cost, and how fast a long film is proven current.

    python benchmarks/plan.py [--edits 1000] [--shots 3000] [--seed 1] [--only equal|speech|free|current]

Engines are the rapid ones of the tests: digests instead of media, real timing and cutting.
"""

import argparse
import json
import statistics
import subprocess
import sys
import tempfile
import time
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[:0] = [str(ROOT / "tests"), str(ROOT / "tests" / "plan"), str(ROOT / "benchmarks")]

import msgspec  # noqa: E402 - the folders come first
from studio_set import Set, differences, quick_folder  # noqa: E402

from duocast.compiler.graph import Operation, ShotGraph  # noqa: E402
from duocast.compiler.keys import node_key  # noqa: E402
from duocast.compiler.plan import Ledger, Past  # noqa: E402
from duocast.compiler.plan.decide import expected, static_names  # noqa: E402
from duocast.compiler.plan.ledger import contents, params_json, sources  # noqa: E402
from duocast.farm.core.task import Status  # noqa: E402
from duocast.runtime.store.contents import Action, Made  # noqa: E402
from identity import Writer  # noqa: E402 - these stand in folders that were named just now

LINES_OF_A_FILM = 60
EDITS_OF_A_FILM = 25
SHOTS_OF_A_FILM = 100
SPEECHES_OF_A_FILM = 98
SPEECHES_EDITED = 20
JOINING = ("cut", "caption", "mix", "master", "sign")
PROOF = """
import json, resource, sys, time
began = time.perf_counter()
sys.path[:0] = json.loads(sys.argv[1])
import prove
prove.main(sys.argv[2], began)
"""


def main() -> None:
    """Run all three and print what was found."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--edits", type=int, default=1000)
    parser.add_argument("--shots", type=int, default=3000)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--only", choices=("equal", "speech", "free", "current"))
    asked = parser.parse_args()
    parts = {
        "equal": lambda: equal(asked.edits, asked.seed),
        "speech": lambda: speech(asked.seed),
        "free": lambda: free(asked.seed),
        "current": lambda: current(asked.shots, asked.seed),
    }
    for name, part in parts.items():
        if asked.only in (None, name):
            part()


def equal(edits: int, seed: int) -> None:
    """Plan and render after every edit of generated scripts."""
    found: list[str] = []
    steps = {"run": 0, "maybe": 0, "twin": 0, "reused": 0, "ran": 0}
    made = 0
    while made < edits:
        writer = Writer(LINES_OF_A_FILM, seed + made)
        with tempfile.TemporaryDirectory(dir=quick_folder()) as folder:
            film = Set(Path(folder))
            for number in range(min(EDITS_OF_A_FILM, edits - made) + 1):
                if number:
                    befalls(film, writer)
                graph = film.graph(writer.text())
                if graph is None:
                    raise SystemExit("a generated script does not compile")
                plan = film.plan(graph)
                outcome = film.render(graph)
                found += differences(plan, outcome)
                if number:
                    for state in ("run", "maybe", "twin"):
                        steps[state] += len(plan.of(state))
                    steps["reused"] += len(plan.reused)
                    steps["ran"] += outcome.run
            film.store.close()
        made += EDITS_OF_A_FILM
    print(f"{edits} edits: {len(found)} differences between plan and render", found[:3])
    told = ", ".join(f"{count / edits:.1f} {state}" for state, count in steps.items())
    print(f"  an edit, on average: {told}")


def befalls(film: Set, writer: Writer) -> None:
    """One edit; now and then an engine is newer, or the store has lost something."""
    chance = writer.chance
    what = chance.random()
    if what < 0.05:
        film.versions[chance.choice(("kokoro", "stage", "performer", "x264"))] = str(what)
    elif what < 0.1 and film.ledger.nodes:
        past = chance.choice(film.ledger.nodes)
        film.store._objects.delete(chance.choice(sorted(past.outputs.values())))
    else:
        chance.choice(
            (writer.single_edit, writer.single_edit, writer._insert, writer._recast, writer.cut)
        )()


@dataclass(frozen=True)
class Cost:
    """What the edit of one speech made again: takes, shots, and everything by address; and what was reused.

    `under` counts the shots that the speech is heard in: a long one may be cut to a listener and back.
    """

    speech: str
    takes: int
    shots: int
    under: int
    ran: tuple[str, ...]
    planned: int
    reused: int
    nodes: int
    differences: int

    @property
    def share(self) -> float:
        """How much of the film was reused."""
        return self.reused / self.nodes


def speech(seed: int) -> None:
    """A film of 100 shots, once for each of 20 speeches with one word of it changed."""
    costs = speech_costs(seed)
    shots = [cost.shots for cost in costs]
    shares = [cost.share for cost in costs]
    print(f"a word of one speech, {len(costs)} times in a film of {SHOTS_OF_A_FILM} shots:")
    print(
        f"  shots made again: median {statistics.median(shots):g}, worst {max(shots)}; "
        f"takes: worst {max(cost.takes for cost in costs)}"
    )
    beyond = max(cost.shots - cost.under for cost in costs)
    wide = sum(cost.under > 2 for cost in costs)
    print(
        f"  at most {beyond} more than the speech is heard in; {wide} of the speeches are heard in "
        f"{max(cost.under for cost in costs)}, being cut to a listener and back"
    )
    print(
        f"  nodes reused: median {statistics.median(shares):.1%}, worst {min(shares):.1%} "
        f"of {costs[0].nodes}; planned to run or maybe: worst {max(cost.planned for cost in costs)}"
    )
    print(f"  differences between plan and render: {sum(cost.differences for cost in costs)}")
    for cost in costs:
        if cost.shots > max(2, cost.under) or cost.share < 0.97:
            print(f"  too much for {cost.speech!r}: {', '.join(cost.ran)}")


def speech_costs(seed: int) -> list[Cost]:
    """Each speech is edited in the same film as it was before any edit."""
    writer = Writer(SPEECHES_OF_A_FILM, seed)
    spoken = [one for scene in writer.scenes for one in scene if len(one.text.split()) > 2]
    chosen = spoken[:: max(1, len(spoken) // SPEECHES_EDITED)][:SPEECHES_EDITED]
    with tempfile.TemporaryDirectory(dir=quick_folder()) as folder:
        film = Set(Path(folder))
        film.render(film.graph(writer.text()))
        before = film.identity, film.ledger
        costs = []
        for one in chosen:
            film.identity, film.ledger = before
            words = one.text.split()
            place = writer.chance.randrange(len(words))
            was, words[place] = one.text, writer.talk.word()
            one.text = " ".join(words)
            costs.append(cost_of(film, writer.text(), one.text))
            one.text = was
        film.store.close()
    return costs


def cost_of(film: Set, text: str, edited: str) -> Cost:
    """Plan and render the film with the edited speech."""
    graph = film.graph(text)
    if graph is None:
        raise SystemExit("a generated script does not compile")
    plan = film.plan(graph)
    outcome = film.render(graph)
    ran = [one for one in outcome.results.values() if one.status is Status.DONE]
    return Cost(
        speech=edited,
        takes=sum(one.operation is Operation.SPEAK for one in ran),
        shots=sum(one.operation is Operation.ENCODE for one in ran),
        under=max((heard_in(graph, one.address) for one in ran), default=0),
        ran=tuple(one.address for one in ran),
        planned=len(plan.steps),
        reused=outcome.reused,
        nodes=len(graph.nodes),
        differences=len(differences(plan, outcome)),
    )


def heard_in(graph: ShotGraph, take: str) -> int:
    """How many shots have a beat of a take."""
    scene, line = take.split("/")[:2]
    return sum(
        any(beat.get("line") == line for beat in node.params["beats"])
        for node in graph.nodes
        if node.operation is Operation.TIME and node.address.startswith(f"{scene}/")
    )


def free(seed: int) -> None:
    """Edits that change no picture and no voice."""
    text = Writer(LINES_OF_A_FILM, seed).text()
    head, *scenes = text.split("INT. ")
    kinds = {
        "layout": text.replace("\n\n", "\n\n\n"),
        "rename": text.replace("MARA", "ODETTE"),
        "note": text.replace("\n\nJONAS\n", "\n\n[[a remark]]\n\nJONAS\n"),
        "synopsis": text.replace("INT. ", "= What happens.\n\nINT. "),
        "comment": text.replace("\n\nJONAS\n", "\n\n/* taken out */\n\nJONAS\n"),
        "moved scene": "INT. ".join([head, *scenes[1:], scenes[0]]),
    }
    for name, changed in kinds.items():
        with tempfile.TemporaryDirectory(dir=quick_folder()) as folder:
            film = Set(Path(folder))
            film.render(film.graph(text))
            plan = film.plan(film.graph(changed))
            work = [
                step.address
                for step in plan.steps
                if step.operation not in JOINING and not step.address.startswith("end-card/")
            ]
            film.store.close()
        print(f"{name}: {len(work)} picture and voice tasks planned of {len(plan.reused)}")


def current(shots: int, seed: int) -> None:
    """A long film whose work is all in the store, planned in a new process."""
    text = Writer(round(shots * 0.95), seed).text()
    with tempfile.TemporaryDirectory(dir=quick_folder()) as folder:
        film = Set(Path(folder))
        graph = film.graph(text)
        if graph is None:
            raise SystemExit("a generated script does not compile")
        film.ledger = filled(film, graph)
        film.store.close()
        place = Path(folder)
        (place / "film.scene").write_text(text)
        (place / "identity").write_bytes(film.identity.to_json())
        (place / "ledger").write_bytes(film.ledger.to_json())
        seen = [prove(place) for _ in range(5)]
    best = min(seen, key=lambda one: one["seconds"])
    clips = sum(node.address.endswith("/clip") for node in graph.nodes)
    print(f"{clips} shots, {len(graph.nodes)} nodes, {len(text.splitlines())} lines of script:")
    print(
        f"  current: {best['current']}, {best['seconds']:.2f} s with Python's start "
        f"({best['processor']:.2f} s of the processor), {best['megabytes']:.0f} MB"
    )
    print("  " + ", ".join(f"{name} {value:.2f} s" for name, value in best["parts"].items()))


def filled(film: Set, graph: ShotGraph) -> Ledger:
    """Put an output of every node into the store, as if the film had been made; gives its ledger."""
    known, expects = film.known(graph), expected(graph.nodes)
    static = static_names(graph.nodes, known)
    made: dict[str, dict[str, str]] = {}
    nodes = []
    with film.store._records.transaction():
        for node in graph.nodes:
            version = known.versions[node.operation, node.engine]
            digests = contents(node, made, known.assets)
            key = node_key(node.operation, node.engine, version, node.params, digests)
            blobs = {
                name: film.store._objects.write_in(f"{key} {name}".encode(), ".bin")
                for name in expects.get(node.address, ("out",))
            }
            done = Made(node.operation, node.engine, version, 1.0, 100)
            film.store._records.put_action(Action(key, blobs, done), film.store.epoch)
            made[node.address] = {name: blob.digest for name, blob in blobs.items()}
            nodes.append(
                Past(
                    address=node.address,
                    operation=str(node.operation),
                    engine=node.engine,
                    version=version,
                    static=static[node.address],
                    key=key,
                    params=msgspec.Raw(params_json(node)),
                    inputs=sources(node),
                    contents=digests,
                    outputs=made[node.address],
                )
            )
    return Ledger(nodes=tuple(nodes))


def prove(folder: Path) -> dict:  # type: ignore[type-arg] # JSON
    """What a new process finds."""
    paths = json.dumps(sys.path[:3])
    began = time.perf_counter()
    done = subprocess.run(
        [sys.executable, "-c", PROOF, paths, str(folder)],
        capture_output=True,
        check=True,
        text=True,
    )
    return json.loads(done.stdout) | {"seconds": time.perf_counter() - began}


if __name__ == "__main__":
    main()
