"""Submitting: only what the farm lacks is uploaded, refusals are plain, and other engines are named at both ends."""

import json
from pathlib import Path

import httpx
import pytest
from farm_engines import TIME, film, node, workshop
from replies import connection

from duocast.compiler.graph import Operation, ShotGraph
from duocast.farm.briefing import brief
from duocast.farm.client.engines import check_engines, farm_versions
from duocast.farm.client.faults import FarmError
from duocast.farm.client.submit import Order, contents_of, send
from duocast.farm.core.coding import specs as decoded
from duocast.runtime.store import DiskStore


class Farm(httpx.BaseTransport):
    """A farm that keeps blobs and jobs; `forgets` are digests that it loses once, between asking and submitting."""

    def __init__(self, held: set[str] | None = None, forgets: set[str] | None = None) -> None:
        self.held, self.forgets = held or set(), forgets or set()
        self.jobs: dict[str, dict[str, object]] = {}
        self.uploaded: list[str] = []

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        path = request.url.path.removeprefix("/api/v1")
        if request.method == "HEAD":
            return httpx.Response(404)
        if request.method == "PATCH":
            digest = path.rpartition("/")[2]
            self.uploaded.append(digest)
            self.held.add(digest)
            return httpx.Response(204, headers={"Upload-Offset": request.headers["Upload-Length"]})
        if path == "/engines":
            return httpx.Response(200, json={"engines": ENGINES})
        body = json.loads(request.read())
        if path == "/blobs/missing":
            return httpx.Response(200, json={"missing": sorted(set(body["digests"]) - self.held)})
        return self._submit(body)

    def _submit(self, body: dict[str, object]) -> httpx.Response:
        self.held -= self.forgets
        missing, self.forgets = sorted(self.forgets), set()
        if missing:
            error = {"code": "missing-blobs", "message": "not all is here", "hint": "upload"}
            return httpx.Response(409, json={"missing": missing, "error": error})
        job = self.jobs.setdefault(str(body["submission"]), {"id": f"j{len(self.jobs)}", **body})
        return httpx.Response(201, json={"job": job})


ENGINES = [
    {"operation": str(op), "name": name, "version": "1", "inline": op is Operation.TIME}
    for op, name in [
        *((op, "hashing") for op in Operation if op is not Operation.TIME),
        (Operation.TIME, "joined"),
    ]
]


@pytest.fixture
def store(tmp_path):
    with DiskStore(tmp_path / "store") as opened:
        yield opened


@pytest.fixture
def project(tmp_path) -> Path:
    folder = tmp_path / "project"
    folder.mkdir()
    for name in ("a.png", "b.png"):
        (folder / name).write_bytes(name.encode() * 100)
    return folder


def graph() -> ShotGraph:
    face = node("face", {"photo": "a.png"}, op=Operation.PORTRAIT)
    room = node("room", {"picture": "b.png", "again": "a.png"}, op=Operation.PLATE)
    return ShotGraph((*film(2).nodes, face, room), "film")


def order(store: DiskStore, project: Path, made: ShotGraph, **more) -> Order:
    inlines = {(TIME.operation, TIME.name): TIME}
    specs = brief(
        made,
        select=None,
        engines=workshop({}).engines,
        inlines=inlines,
        store=store,
        project=project,
    )
    return Order("film", specs, (made.target,), **{"submission": "s1", **more})


def test_only_what_is_lacking_is_uploaded(store, project):
    contents = contents_of(graph(), store, project)
    wanted = order(store, project, graph())
    held, lacking = wanted.digests
    farm, moved = Farm({held}), list[tuple[int, int]]()
    sent = send(connection(farm), wanted, contents, lambda *done: moved.append(done))
    assert farm.uploaded == [lacking]
    assert (sent.job, sent.uploaded, sent.size) == ("j0", 1, contents[lacking].size)
    assert moved[-1] == (sent.size, sent.size)
    body = farm.jobs["s1"]
    assert decoded(json.dumps(body["specs"]).encode()) == wanted.specs
    assert (body["targets"], body["name"]) == (["film"], "film")
    assert "png" not in json.dumps([*body["targets"]]), "no path of the project goes anywhere"
    assert str(project) not in json.dumps(body)


def test_the_same_submission_is_the_same_job(store, project):
    contents, farm = contents_of(graph(), store, project), Farm()
    wanted = order(store, project, graph())
    sent = [send(connection(farm), wanted, contents) for _ in range(2)]
    assert [each.job for each in sent] == ["j0", "j0"]
    assert [each.uploaded for each in sent] == [2, 0]
    assert wanted.fingerprint == wanted.named("other").fingerprint
    assert wanted.fingerprint != order(store, project, graph(), priority=1).fingerprint


def test_what_was_lost_meanwhile_is_uploaded_again(store, project):
    contents = contents_of(graph(), store, project)
    wanted = order(store, project, graph())
    farm = Farm(set(wanted.digests), {wanted.digests[0]})
    assert send(connection(farm), wanted, contents).uploaded == 1


@pytest.mark.parametrize("name", ["gone.png", "../secret.png", "/etc/passwd"])
def test_a_file_that_may_not_be_read_is_refused_at_home(store, project, name):
    (project.parent / "secret.png").write_bytes(b"secret")
    made = ShotGraph((node("face", {"photo": name}, op=Operation.PORTRAIT),), "face")
    assert contents_of(made, store, project) == {}
    farm = Farm()
    with pytest.raises(FarmError) as caught:
        send(connection(farm), order(store, project, made), {})
    assert caught.value.code in ("A0001", "A0002")
    assert farm.jobs == {}


def test_a_link_out_of_the_project_is_no_file_of_it(store, project):
    (project.parent / "secret.png").write_bytes(b"secret")
    (project / "link.png").symlink_to(project.parent / "secret.png")
    made = ShotGraph((node("face", {"photo": "link.png"}, op=Operation.PORTRAIT),), "face")
    assert contents_of(made, store, project) == {}


def test_engines_of_another_version_are_named_at_both_ends(store, project):
    specs = order(store, project, graph()).specs
    there = dict(farm_versions(connection(Farm())))
    check_engines(specs, there)
    there["speak", "hashing"] = "7"
    with pytest.raises(FarmError, match=r"hashing \(speak\) is version 1 here and 7 there"):
        check_engines(specs, there)
    del there["speak", "hashing"]
    with pytest.raises(FarmError, match=r"no engine hashing \(speak\)"):
        check_engines(specs, there)
