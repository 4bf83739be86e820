"""The commands that look at a farm's jobs and act on them, as people type them, against a farm with test engines."""

import json
import os
import signal
import subprocess
import time

import pytest
from click.testing import CliRunner

from duocast.cli.farm.settings import TOKEN, URL
from duocast.cli.program import group
from duocast.compiler.graph import Operation, ShotGraph
from duocast.farm.briefing import brief
from duocast.farm.client.submit import Order, send
from duocast.farm.daemon.tokens import Scope
from duocast.runtime.store import DiskStore
from farm.client.live_farm import LiveFarm
from farm.farm_engines import TIME, film, node, workshop
from measure.terminal import PROGRAM, environment


@pytest.fixture(scope="module")
def farm(tmp_path_factory):
    live = LiveFarm(tmp_path_factory.mktemp("commands") / "farm")
    live.tokens = {
        "anna": live.token("anna"),
        "ben": live.token("ben"),
        "op": live.token("op", Scope.ADMIN),
    }
    live.start()
    yield live
    live.end()


@pytest.fixture
def typed(farm, tmp_path, monkeypatch):
    """Type a command as anna (or somebody else); gives its exit code, what it printed, what it said."""
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path / "config"))
    monkeypatch.setenv(URL, farm.url)
    monkeypatch.chdir(tmp_path)

    def run(*arguments: str, user: str = "anna", code: int = 0):
        monkeypatch.setenv(TOKEN, farm.tokens[user])
        result = CliRunner().invoke(group, arguments, obj=list(arguments))
        assert result.exit_code == code, (result.output, result.stderr, result.exception)
        assert not any(token in result.output for token in farm.tokens.values())
        return result

    return run


@pytest.fixture
def submitted(farm, tmp_path):
    """Submit a graph as somebody; gives the job's id."""
    (tmp_path / "project").mkdir()

    def submit(graph: ShotGraph, user: str = "anna", name: str = "letter") -> str:
        with DiskStore(tmp_path / f"home-{user}") as store:
            specs = brief(
                graph,
                select=None,
                engines=workshop({}).engines,
                inlines={(TIME.operation, TIME.name): TIME},
                store=store,
                project=tmp_path / "project",
            )
            order = Order(name, specs, (graph.target,), os.urandom(8).hex())
            with farm.connection(farm.tokens[user]) as connection:
                return send(connection, order, {}).job

    return submit


def broken() -> ShotGraph:
    bad = node("shot/take", engine="broken", how="break", take=os.urandom(4).hex())
    clip = node("shot/clip", {"in": "shot/take#out"}, op=Operation.ENCODE)
    return ShotGraph((bad, clip), "shot/clip")


def until(true, patience: float = 20.0) -> None:
    end = time.monotonic() + patience
    while not true():
        assert time.monotonic() < end
        time.sleep(0.02)


def test_a_job_from_its_list_to_its_files(typed, submitted, tmp_path):
    job = submitted(film(2, take="list"))
    watched = typed("watch", job[:5])
    assert "done" in watched.stderr
    assert f"duocast fetch {job}" in watched.stderr
    listed = typed("jobs")
    line = next(line for line in listed.stdout.splitlines() if line.startswith(job))
    assert line.split()[:4] == [job, "letter", "anna", "done"]
    assert "9/9" in line
    rows = json.loads(typed("jobs", "--json").stdout)
    assert rows[0]["id"] == job
    assert json.loads(typed("jobs", "last", "--json").stdout)["counts"] == {"done": 9}
    assert json.loads(typed("watch", "last", "--json").stdout)["state"] == "done"
    typed("fetch", "last", "--select", "s0/*", "--out", "pieces")
    files = sorted(str(f.relative_to(tmp_path / "pieces")) for f in tmp_path.glob("pieces/*/*/*"))
    assert files == [
        "s0/clip/out.bin",
        "s0/line-1/out.bin",
        "s0/line-2/out.bin",
        "s0/time/timing.json",
    ]
    assert not list(tmp_path.glob(".duocast*")), "nothing else is left in the folder"
    refused = typed("fetch", job, code=1)
    assert "no finished film" in refused.stderr
    assert "made in" in typed("logs", "last", "s0/line-1").stdout
    assert "the job is done" in typed("logs", "last").stdout


def test_what_failed_says_why_and_is_tried_again(typed, submitted):
    job = submitted(broken())
    assert "failed" in typed("watch", job, code=1).stderr
    shown = typed("jobs", job).stdout
    assert "oops" in shown
    assert "shot/clip" in shown
    assert "blocked" in shown
    assert "ZeroDivisionError" in typed("logs", job, "shot/take").stdout
    assert "1 task of" in typed("retry", job).stderr
    assert "failed" in typed("watch", job, code=1).stderr
    typed("skip", job, "shot/take")
    assert "skipped" in typed("jobs", job, "--status", "skipped").stdout
    again = typed("retry", job, "no/such/task", code=1)
    assert "no task 'no/such/task'" in again.stderr


@pytest.mark.slow
def test_a_job_is_paused_goes_on_and_is_cancelled(typed, submitted):
    job = submitted(film(4, take="pause", sleep=0.3))
    assert f"duocast resume {job}" in typed("pause", job).stderr
    assert json.loads(typed("jobs", job, "--json").stdout)["state"] == "paused"
    typed("resume", job)
    assert json.loads(typed("jobs", job, "--json").stdout)["state"] == "running"
    assert json.loads(typed("cancel", job, "--json").stdout) == {"ok": True, "job": job}
    assert "cancelled" in typed("watch", job, code=1).stderr
    assert "has failed" not in typed("retry", job).stderr, "cancelled tasks can be tried again"
    typed("cancel", job)


@pytest.mark.slow
def test_others_jobs_are_not_mine_to_see_or_touch(typed, submitted):
    job = submitted(film(1, take="ben"), user="ben")
    typed("watch", job, user="ben")
    for command in ("watch", "cancel", "pause", "retry", "fetch", "logs", "jobs"):
        refused = typed(command, job, code=1)
        assert f"there is no job {job!r}" in refused.stderr
    assert job not in typed("jobs", "--all").stdout
    assert job in typed("jobs", "--all", user="op").stdout
    assert job not in typed("jobs", user="op").stdout


def test_machines_and_engines(typed):
    nodes = json.loads(typed("nodes", "--json").stdout)
    name = nodes[0]["name"]
    assert len(nodes[0]["workers"]) == 2
    assert "hashing" in typed("nodes", "--engines").stdout
    refused = typed("drain", name, code=1)
    assert "scope" in refused.stderr
    typed("drain", name, user="op")
    assert "drained" in typed("nodes").stdout
    typed("drain", name, "--undo", user="op")
    assert "drained" not in typed("nodes").stdout
    assert "no node" in typed("drain", "nowhere", user="op", code=1).stderr


@pytest.mark.slow
def test_the_office(typed, farm):
    made = typed("farm", "token", "new", "carla", "--days", "1", user="op")
    token = made.stdout.strip()
    listed = json.loads(typed("farm", "token", "list", "--json", user="op").stdout)
    mine = next(row for row in listed if row["user"] == "carla")
    assert token not in json.dumps(listed)
    farm.tokens["carla"] = token
    try:
        assert "no jobs" in typed("jobs", user="carla").stdout
        typed("farm", "token", "revoke", mine["id"], user="op")
        assert "does not know the token" in typed("jobs", user="carla", code=1).stderr
    finally:
        del farm.tokens["carla"]
    typed("farm", "users", "anna", "--weight", "2", "--credits", "7.5", user="op")
    typed("farm", "users", "anna", "--weight", "3", user="op")
    anna = json.loads(typed("farm", "users", "anna", "--json", user="op").stdout)[0]
    assert (anna["weight"], anna["credits"]) == (3.0, 7.5), "what is not named stays"
    typed("farm", "users", "anna", "--unlimited", user="op")
    assert "unlimited" in typed("farm", "users", user="op").stdout
    typed("farm", "limits", "voices", "4", user="op")
    assert json.loads(typed("farm", "limits", "--json").stdout)[0]["count"] == 4
    typed("farm", "limits", "voices", "none", user="op")
    assert "scope" in typed("farm", "limits", "voices", "1", code=1).stderr
    assert "left" in typed("farm", "gc", "--keep", "10GB", user="op").stderr


def test_wrong_words_are_plain_messages(typed, monkeypatch):
    refused = typed("jobs", "zzzzzz", code=1)
    assert "there is no job" in refused.stderr
    assert json.loads(typed("jobs", "zzzzzz", "--json", code=1).stdout)["error"]["code"] == "no-job"
    monkeypatch.setenv(URL, "http://127.0.0.1:1")
    refused = typed("jobs", code=1)
    assert "no farm answers at http://127.0.0.1:1" in refused.stderr
    assert "duocast farm up" in refused.stderr


@pytest.mark.slow
def test_ctrl_c_detaches_and_the_farm_goes_on(farm, submitted, tmp_path):
    job = submitted(film(100, take="detached", sleep=0.5))
    own = {URL: farm.url, TOKEN: farm.tokens["anna"], "XDG_CONFIG_HOME": str(tmp_path)}
    watching = subprocess.Popen(
        [str(PROGRAM), "watch", job],
        stdin=subprocess.DEVNULL,
        stderr=subprocess.PIPE,
        text=True,
        env=environment(tmp_path, own),
    )
    with farm.connection(farm.tokens["op"]) as connection:
        until(lambda: _watched(connection), 30)
        watching.send_signal(signal.SIGINT)
        _, said = watching.communicate(timeout=20)
        assert watching.returncode == 130, said
        assert f"duocast watch {job}" in said
        assert f"duocast cancel {job}" in said
        made = connection.get(f"/jobs/{job}")["counts"].get("done", 0)
        until(lambda: connection.get(f"/jobs/{job}")["counts"].get("done", 0) > made)
        connection.post(f"/jobs/{job}/cancel")


def _watched(connection) -> bool:
    """Whether somebody watches: the command has started."""
    found = connection.ask("GET", "/metrics").text
    return any(
        line.split()[-1] != "0"
        for line in found.splitlines()
        if line.startswith("duocast_farm_watchers")
    )
