"""Prove in a process of its own that a film is current; prints one JSON object. For the benchmark of plans."""

import json
import resource
import sys
import time
from pathlib import Path

from studio_set import Set

from duocast.compiler.identity import Identity
from duocast.compiler.plan import Ledger


def main(folder: str, began: float) -> None:
    place = Path(folder)
    parts = {"imports": time.perf_counter() - began}
    text = (place / "film.scene").read_text()
    film = Set(place)
    film.identity = Identity.from_json((place / "identity").read_bytes())
    film.ledger = Ledger.from_json((place / "ledger").read_bytes())
    parts["reading"] = time.perf_counter() - began - sum(parts.values())
    graph = film.graph(text)
    parts["compiling"] = time.perf_counter() - began - sum(parts.values())
    plan = film.plan(graph)
    parts["planning"] = time.perf_counter() - began - sum(parts.values())
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    found = {
        "current": plan.current,
        "megabytes": memory,
        "parts": parts,
        "processor": time.process_time(),
    }
    sys.stdout.write(json.dumps(found) + "\n")
