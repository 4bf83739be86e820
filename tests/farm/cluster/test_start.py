"""Starting, finding and ending processes of a cluster, and telling a closed cluster from an open one."""

import json
import os
import socket
import subprocess
import sys
import time
from concurrent.futures import ThreadPoolExecutor

import pytest

from duocast.farm.cluster.address import answers, free_ports, probe, refuse_open, split
from duocast.farm.cluster.faults import NoCluster, NotStarted, OpenCluster
from duocast.farm.cluster.processes import Process, end_session, marked, members
from duocast.farm.cluster.start import (
    end_head,
    environment,
    recorded,
    temporary_folder,
)

SLEEPER = (
    "import subprocess, sys, time;"
    "subprocess.Popen([sys.executable, '-c', 'import time; time.sleep(99)']); time.sleep(99)"
)


@pytest.fixture
def family():
    """A session of a parent and a child, marked."""
    env = {**os.environ, "DUOCAST_TEST_MARK": "here"}
    parent = subprocess.Popen([sys.executable, "-c", SLEEPER], env=env, start_new_session=True)
    deadline = time.monotonic() + 20
    while len(members(parent.pid)) < 2:
        assert time.monotonic() < deadline
        time.sleep(0.02)
    yield parent
    for pid in members(parent.pid):
        os.kill(pid, 9)
    parent.wait()


def test_a_session_is_ended_as_a_whole(family):
    leader = Process.of(family.pid)
    found = {process.pid for process in marked(b"DUOCAST_TEST_MARK=here")}
    assert set(members(family.pid)) <= found
    end_session(leader, grace=0.2)
    family.wait()
    assert members(family.pid) == []
    assert not leader.alive


def test_a_number_that_belongs_to_another_process_by_now_is_left_alone(family):
    now = Process.of(family.pid)
    end_session(Process(now.pid, now.born - 1), grace=0.0)
    assert now.alive


def test_nothing_is_removed_that_a_record_names(tmp_path):
    """A record may be old, damaged or forged; what is removed is what the farm's own folder gives a name."""
    folder, precious = tmp_path / "farm", tmp_path / "precious" / "r"
    folder.mkdir()
    precious.mkdir(parents=True)
    record = {"pid": 2**22 + 7, "born": 1, "port": 1, "temporary": str(precious), "token_file": ""}
    (folder / "ray.json").write_text(json.dumps(record))
    assert recorded(folder).temporary == str(precious)
    end_head(folder)
    assert precious.is_dir()
    assert recorded(folder) is None


def test_the_temporary_folder_is_short_closed_and_the_farms_own(tmp_path, monkeypatch):
    first, second = temporary_folder(tmp_path / "a"), temporary_folder(tmp_path / "b")
    try:
        assert first != second
        assert first.parent.stat().st_mode & 0o777 == 0o700
    finally:
        first.parent.rmdir()
        second.parent.rmdir()
    monkeypatch.setattr("tempfile.tempdir", "/" + "deep/" * 20)
    with pytest.raises(NotStarted, match="shorter folder"):
        temporary_folder(tmp_path)


def test_our_processes_ask_for_a_token_and_report_to_nobody(tmp_path):
    given = environment(tmp_path / "token")
    assert given["RAY_AUTH_MODE"] == "token"
    assert given["RAY_AUTH_TOKEN_PATH"] == str(tmp_path / "token")
    assert given["RAY_USAGE_STATS_ENABLED"] == "0"


@pytest.mark.parametrize("address", ["", "head", "head:", "head:x", "head:99999", ":6379"])
def test_an_address_is_host_and_port(address):
    with pytest.raises(NoCluster):
        split(address)


def test_a_port_where_nobody_listens_is_told_at_once():
    address = f"127.0.0.1:{free_ports(1)[0]}"
    began = time.monotonic()
    with pytest.raises(NoCluster, match="no Ray cluster answers"):
        probe(address)
    assert not answers(address)
    assert time.monotonic() - began < 2


def test_an_open_cluster_is_refused_and_something_else_is_no_cluster():
    grpc = pytest.importorskip("grpc")
    services = pytest.importorskip("ray.core.generated.gcs_service_pb2_grpc")
    replies = pytest.importorskip("ray.core.generated.gcs_service_pb2")

    class Anybody(services.NodeInfoGcsServiceServicer):
        def CheckAlive(self, request, context):
            return replies.CheckAliveReply()

    class Guarded(services.NodeInfoGcsServiceServicer):
        def CheckAlive(self, request, context):
            context.abort(grpc.StatusCode.UNAUTHENTICATED, "no token")

    for servicer, expected in ((Anybody(), OpenCluster), (Guarded(), None)):
        server = grpc.server(ThreadPoolExecutor(1))
        services.add_NodeInfoGcsServiceServicer_to_server(servicer, server)
        port = server.add_insecure_port("127.0.0.1:0")
        server.start()
        try:
            if expected:
                with pytest.raises(expected, match="no token"):
                    refuse_open(f"127.0.0.1:{port}")
            else:
                refuse_open(f"127.0.0.1:{port}")
        finally:
            server.stop(0).wait()
    with socket.socket() as deaf:
        deaf.bind(("127.0.0.1", 0))
        deaf.listen()
        with pytest.raises(NoCluster):
            refuse_open(f"127.0.0.1:{deaf.getsockname()[1]}", patience=0.5)
