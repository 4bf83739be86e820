"""The farm on a real Ray, farmd and all: whatever is killed, the film ends, once, and nothing is left."""

import random

import pytest
from cluster_films import film
from cluster_real import Rig

pytestmark = pytest.mark.slow
_SHOTS = 30


def test_a_film_ends_whatever_is_killed(tmp_path):
    """Two nodes beside the head; a worker, a host, farmd, a node and the head are killed in turn."""
    chance = random.Random(1)
    order = film(_SHOTS, sleep=0.3)
    with Rig(tmp_path / "farm", 2) as rig:
        rig.start()
        rig.until_workers(2)
        job = rig.submit(order)
        rig.until_finished(job, 4)
        assert rig.kill_worker(chance)
        rig.until_finished(job, 12)
        assert rig.kill_host(chance)
        rig.until_finished(job, 20)
        rig.kill_farmd()
        rig.start()
        rig.until_finished(job, 30)
        assert rig.kill_node(chance)
        rig.until_finished(job, 40)
        assert rig.kill_head()
        found = rig.until_done(job)
        assert found["state"] == "done"
        assert rig.failed(job) == []
        assert rig.repeated(job) == []
        works = rig.actions()
        assert set(works) == rig.finished(job)
        assert (len(works), rig.records()) == (len(order.specs), len(order.specs))
        assert rig.damaged() == []
        rig.end()
        assert rig.left() == []
