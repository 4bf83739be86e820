"""A render that is cancelled: what is spared goes on to its end, and the pool serves the next render."""

import time
from pathlib import Path

from duocast.compiler.graph import ShotGraph
from duocast.farm.core.task import Status
from duocast.farm.local import LocalPool
from duocast.farm.render import render
from duocast.runtime.store import DiskStore


def test_what_is_spared_goes_on_and_the_pool_stays_warm(tmp_path, monkeypatch):
    monkeypatch.syspath_prepend(str(Path(__file__).parents[1] / "farm"))
    from farm_engines import FACTORY, TIME, node

    two = ShotGraph((node("wanted", sleep=0.6), node("unwanted", sleep=60)), "unwanted")
    begun, made = time.monotonic(), []
    with DiskStore(tmp_path / "store") as store, LocalPool(store, FACTORY, 2) as pool:
        common = {"store": store, "factory": FACTORY, "project": tmp_path, "pool": pool}
        first = render(
            two,
            inline=[TIME],
            cancelled=lambda: time.monotonic() - begun > 0.4,
            spared=lambda task: task == "wanted",
            made=lambda task, outputs: made.append((task, sorted(outputs))),
            **common,
        )
        again = render(ShotGraph((node("wanted", sleep=0.6), node("new")), "new"), **common)
    assert first.results["wanted"].status is Status.DONE
    assert first.results["unwanted"].status is Status.CANCELLED
    assert made == [("wanted", ["out"])]
    assert again.results["wanted"].status is Status.REUSED
    assert again.ok
    assert time.monotonic() - begun < 20
