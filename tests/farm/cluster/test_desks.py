"""What nobody else clears or tells: the scratch of hosts that are gone, and the port that a raylet waits for."""

import os
import subprocess
import sys
import time

from cluster_world import World

from duocast.farm.cluster.agents import tell_port
from duocast.farm.cluster.desks import clear, desk
from duocast.farm.cluster.processes import Process, children

SLEEPER = "import sys, time; print(flush=True); time.sleep(60)"


def test_desks_of_hosts_that_do_not_live_are_cleared_and_nobody_elses(tmp_path):
    for host in ("host-1", "host-2"):
        (tmp_path / (desk("farm-a", host) + "x7")).mkdir()
    (tmp_path / (desk("farm-b", "host-1") + "x7")).mkdir()
    (tmp_path / "run-abc").mkdir()
    (tmp_path / "farm-a.host-2.x7" / "half").write_bytes(b"half a film")
    assert clear(tmp_path, "farm-a", {"host-1"}) == 1
    left = sorted(folder.name for folder in tmp_path.iterdir())
    assert left == ["farm-a.host-1.x7", "farm-b.host-1.x7", "run-abc"]


def test_hosts_are_starting_until_one_has_answered():
    world = World()
    assert world.roster.starting
    world.connect()
    world.turn()
    assert world.roster.starting
    world.staffed()
    assert not world.roster.starting
    assert world.roster.buried == 0
    hosts = len(world.roster.hosts)
    world.look()
    assert world.roster.buried == hosts
    assert not world.roster.starting


def test_a_raylet_is_told_its_agents_port(tmp_path):
    """The file's name is the raylet's own node and session; one that the agent has written is left alone."""
    words = [f"--session_dir={tmp_path}", "--node_id=4f2a"]
    child = subprocess.Popen([sys.executable, "-c", SLEEPER, *words], stdout=subprocess.PIPE)
    try:
        child.stdout.readline()
        raylet = Process.of(child.pid)
        assert tell_port(raylet, 4711)
        file = tmp_path / "dashboard_agent_listen_port_4f2a"
        assert file.read_text() == "4711"
        file.write_text("-1")
        assert tell_port(raylet, 4711)
        assert file.read_text() == "-1"
        assert [path.name for path in tmp_path.iterdir()] == [file.name]
    finally:
        child.kill()
        child.wait()
        child.stdout.close()
    assert not tell_port(raylet, 4711)


def test_a_child_that_has_ended_is_told_from_one_that_runs():
    me = Process.of(os.getpid())
    with subprocess.Popen(["sleep", "60"]) as child:
        found = dict(children(me, "sleep"))
        assert found[Process.of(child.pid)]
        child.kill()
        deadline = time.monotonic() + 20
        while Process.of(child.pid) is not None:
            assert time.monotonic() < deadline
            time.sleep(0.01)
        assert [runs for each, runs in children(me, "sleep") if each.pid == child.pid] == [False]
