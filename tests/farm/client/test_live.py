"""The client against a real farm: submit, upload, follow, fetch, two users, a farm that dies in between."""

import hashlib
import os
import signal
import threading
import time
from pathlib import Path

import httpx
import pytest
from farm_engines import FACTORY, TIME, film, node, workshop
from live_farm import LiveFarm
from test_follow import Ears

from duocast.compiler.graph import Operation, ShotGraph
from duocast.farm.briefing import brief
from duocast.farm.client import upload as uploading
from duocast.farm.client.connection import Connection
from duocast.farm.client.engines import check_engines, farm_versions
from duocast.farm.client.faults import FarmError
from duocast.farm.client.fetch import fetch, results
from duocast.farm.client.follow import follow
from duocast.farm.client.submit import Order, contents_of, send
from duocast.farm.core.task import Status
from duocast.farm.daemon.tokens import Scope
from duocast.farm.render import render
from duocast.runtime.store import DiskStore


@pytest.fixture(scope="module")
def farm(tmp_path_factory):
    live = LiveFarm(tmp_path_factory.mktemp("live") / "farm")
    live.tokens = {
        "anna": live.token("anna"),
        "ben": live.token("ben"),
        "op": live.token("op", Scope.ADMIN),
    }
    live.start()
    yield live
    live.end()


@pytest.fixture
def anna(farm):
    with farm.connection(farm.tokens["anna"]) as connection:
        yield connection


@pytest.fixture
def ben(farm):
    with farm.connection(farm.tokens["ben"]) as connection:
        yield connection


@pytest.fixture
def home(tmp_path):
    (tmp_path / "project").mkdir()
    with DiskStore(tmp_path / "home") as store:
        yield Home(tmp_path, store)


class Home:
    """A user's project and store."""

    def __init__(self, folder: Path, store: DiskStore) -> None:
        self.folder, self.store = folder, store
        self.project = folder / "project"

    def order(self, graph: ShotGraph, submission: str, **more) -> Order:
        specs = brief(
            graph,
            select=None,
            engines=workshop({}).engines,
            inlines={(TIME.operation, TIME.name): TIME},
            store=self.store,
            project=self.project,
        )
        return Order("film", specs, (graph.target,), submission, **more)

    def send(self, connection: Connection, graph: ShotGraph, submission: str, **more) -> str:
        order = self.order(graph, submission, **more)
        check_engines(order.specs, farm_versions(connection))
        return send(connection, order, contents_of(graph, self.store, self.project)).job


def test_a_film_is_made_there_and_comes_home_byte_for_byte(anna, home, tmp_path):
    graph = film(3, take="home")
    job = home.send(anna, graph, "whole")
    ears = Ears()
    assert follow(anna, job, ears)["state"] == "done"
    assert ears.forecasts[-1][0] == ears.forecasts[-1][1] == len(graph.nodes)
    made = results(anna, job)
    assert list(made) == [n.address for n in graph.nodes]
    master = made["film"].outputs["out"]
    with DiskStore(tmp_path / "here") as store:
        size = fetch(anna, [master], store, tmp_path / "parts", "root")
        assert size == master.size
        assert hashlib.sha256(store.read(master.digest)).hexdigest() == master.digest
        assert not (tmp_path / "parts").exists()
        assert fetch(anna, [master], store, tmp_path / "parts", "root") == 0, "it is here already"
    with DiskStore(tmp_path / "local") as store:
        local = render(
            graph, store=store, factory=FACTORY, project=home.project, inline=[TIME], jobs=1
        )
    assert {a: r.outputs for a, r in made.items()} == {
        a: r.outputs for a, r in local.results.items()
    }
    assert {a: r.key for a, r in made.items()} == {a: r.key for a, r in local.results.items()}


def test_the_same_submission_is_one_job_and_the_same_film_is_reused(anna, home):
    graph = film(2, take="twice")
    job = home.send(anna, graph, "twice")
    assert home.send(anna, graph, "twice") == job
    follow(anna, job, Ears())
    assert home.send(anna, graph, "twice") == job, "even when it has ended"
    other = home.send(anna, graph, "thrice")
    assert other != job
    began = time.monotonic()
    assert follow(anna, other, Ears())["state"] == "done"
    assert time.monotonic() - began < 2.0
    assert {each.status for each in results(anna, other).values()} == {Status.REUSED}


def test_a_users_jobs_are_their_own(anna, ben, farm, home):
    one = home.send(anna, film(1, take="anna"), "mine")
    two = home.send(ben, film(1, take="ben"), "mine")
    assert one != two
    for connection, job in ((anna, one), (ben, two)):
        assert follow(connection, job, Ears())["state"] == "done"
    with pytest.raises(FarmError) as caught:
        ben.get(f"/jobs/{one}")
    assert caught.value.status == 404
    assert two not in {job["id"] for job in anna.get("/jobs")["jobs"]}
    with farm.connection(farm.tokens["op"]) as operator:
        assert {one, two} <= {job["id"] for job in operator.get("/jobs")["jobs"]}


def test_an_upload_that_is_cut_goes_on(anna, home, monkeypatch):
    monkeypatch.setattr(uploading, "PIECE", 50_000)
    content = os.urandom(400_000)
    (home.project / "face.png").write_bytes(content)
    graph = ShotGraph((node("face", {"photo": "face.png"}, op=Operation.PORTRAIT),), "face")
    cut = Cut(after=3)
    with Connection(anna.address, transport=cut) as unlucky, pytest.raises(FarmError):
        home.send(unlucky, graph, "cut")
    order = home.order(graph, "cut")
    there = int(anna.ask("HEAD", f"/blobs/{order.digests[0]}").headers["Upload-Offset"])
    assert there == 150_000
    counted = Cut(after=1000)
    with Connection(anna.address, transport=counted) as lucky:
        job = home.send(lucky, graph, "cut")
    assert counted.sent == 5, "only the rest was sent"
    assert follow(anna, job, Ears())["state"] == "done"


class Cut(httpx.BaseTransport):
    """The network, until so many pieces have been sent; then nothing but broken connections for pieces."""

    def __init__(self, after: int) -> None:
        self._after, self.sent = after, 0
        self._real = httpx.HTTPTransport()

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        if request.method == "PATCH":
            if self.sent >= self._after:
                raise httpx.ReadError("cut")
            self.sent += 1
        return self._real.handle_request(request)

    def close(self) -> None:
        self._real.close()


def test_what_fails_is_said_with_the_engines_words(anna, home):
    broken = node("bad", engine="broken", how="break")
    graph = ShotGraph((broken, node("after", {"in": "bad#out"}, op=Operation.ENCODE)), "after")
    job = home.send(anna, graph, "bad")
    ears = Ears()
    assert follow(anna, job, ears)["state"] == "failed"
    assert ("failed", "bad", "R0012") in ears.heard
    made = results(anna, job)
    assert made["bad"].failure is not None
    assert "oops" in made["bad"].failure.message
    assert made["after"].status is Status.BLOCKED


@pytest.mark.slow
def test_following_goes_on_while_the_farm_is_killed_and_comes_back(tmp_path):
    live = LiveFarm(tmp_path / "farm", jobs=1)
    token = live.token("anna")
    live.start()
    (tmp_path / "project").mkdir()
    try:
        with live.connection(token) as connection, DiskStore(tmp_path / "home") as store:
            home = Home(tmp_path, store)
            job = home.send(connection, film(3, take="killed", sleep=0.1), "killed")
            ears, ended = Ears(), []
            watcher = threading.Thread(
                target=lambda: ended.append(follow(connection, job, ears, pause=_briefly))
            )
            watcher.start()
            _until(lambda: sum(each[0] == "finished" for each in ears.heard) >= 2)
            live.end(signal.SIGKILL)
            live.start()
            watcher.join(60)
            assert [view["state"] for view in ended] == ["done"], live.said
            with_end = {each[1] for each in ears.heard if each[0] in ("finished", "reused")}
            assert with_end == {n.address for n in film(3).nodes}, "nothing was missed"
    finally:
        live.end()


def _briefly(seconds: float) -> None:
    time.sleep(min(seconds, 0.1))


def _until(true, patience: float = 30.0) -> None:
    until = time.monotonic() + patience
    while not true():
        assert time.monotonic() < until
        time.sleep(0.01)
