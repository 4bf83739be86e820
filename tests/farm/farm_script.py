"""A render in a process of its own, for tests that kill it: arguments are the store, the marks and the engine."""

import sys
from pathlib import Path

import farm_engines
from farm_engines import FACTORY, node

from duocast.compiler.graph import ShotGraph
from duocast.farm.render import render
from duocast.runtime.store import DiskStore


def main() -> None:
    root, marks, engine = sys.argv[1:4]
    nodes = (
        node("a", engine=engine, marks=marks, name="a"),
        node("b", engine=engine, marks=marks, name="b"),
    )
    try:
        with DiskStore(Path(root)) as store:
            render(ShotGraph(nodes, "a"), store=store, factory=FACTORY, project=Path(root), jobs=2)
    except KeyboardInterrupt:
        sys.exit(130)


if __name__ == "__main__":
    assert farm_engines
    main()
