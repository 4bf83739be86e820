"""The cluster's part of the farm on a real Ray: whatever is killed, the film ends, once, and nothing is left."""

import random

import pytest
from cluster_real import Rig

pytestmark = pytest.mark.slow


def test_a_film_ends_whatever_is_killed(tmp_path):
    """One node more than the head; a worker, a host, farmd, the node and the head are killed in turn."""
    chance = random.Random(1)
    with Rig(tmp_path / "farm", 2, shots=30, sleep=0.3) as rig:
        rig.start()
        rig.until_finished(4)
        assert rig.kill_worker(chance)
        rig.until_finished(12)
        assert rig.kill_host(chance)
        rig.until_finished(20)
        rig.kill_farmd()
        rig.start()
        rig.until_finished(30)
        assert rig.kill_node(chance)
        rig.until_finished(40)
        assert rig.kill_head()
        found = rig.until_done()
        assert set(found["status"].values()) <= {"done", "reused"}
        assert rig.repeated() == []
        works, records = rig.commits()
        assert (works, records) == (4 * 30 + 1, 4 * 30 + 1)
    assert rig.left() == []
