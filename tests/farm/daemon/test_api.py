"""The API: who may do what, what is refused, and what comes back."""

import hashlib
from collections.abc import Iterator

import httpx
import pytest
from house import Running, Scripted, film, order, running, settings, spec, submit, until

from duocast.farm.daemon.settings import Limits

LIMITS = Limits(body=10_000, submission=200_000, blob=5_000, piece=2_000, tasks=50)


@pytest.fixture(scope="module")
def farm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    folder = tmp_path_factory.mktemp("farm")
    with running(settings(folder, Scripted, limits=LIMITS)) as house:
        yield house


@pytest.fixture(scope="module")
def job(farm: Running) -> str:
    """A job of bob's."""
    with farm.client("bob") as bob:
        name = submit(bob, order(film(2), "bob's"))
        until(bob, name)
    return name


ROUTES = [
    ("GET", "/jobs", "submit", None),
    ("GET", "/jobs/{job}", "submit", None),
    ("GET", "/jobs/{job}/tasks", "submit", None),
    ("GET", "/jobs/{job}/tasks/s0/clip", "submit", None),
    ("GET", "/jobs/{job}/outputs", "submit", None),
    ("GET", "/jobs/{job}/shots", "submit", None),
    ("GET", "/jobs/{job}/log", "submit", None),
    ("POST", "/jobs/{job}/pause", "submit", None),
    ("POST", "/jobs/{job}/resume", "submit", None),
    ("POST", "/jobs/{job}/cancel", "submit", None),
    ("POST", "/jobs/{job}/priority", "submit", {"priority": 3}),
    ("POST", "/jobs/{job}/tasks/retry", "submit", {"tasks": ["s0/clip"]}),
    ("POST", "/jobs/{job}/tasks/skip", "submit", {"tasks": ["s0/clip"]}),
    ("POST", "/jobs/{job}/tasks/cancel", "submit", {"tasks": ["s0/clip"]}),
    ("POST", "/blobs/missing", "submit", {"digests": []}),
    ("GET", "/nodes", "submit", None),
    ("GET", "/engines", "submit", None),
    ("GET", "/users", "submit", None),
    ("GET", "/limits", "submit", None),
    ("GET", "/tokens", "submit", None),
    ("GET", "/webhooks", "submit", None),
    ("PUT", "/webhooks", "submit", {"webhooks": []}),
    ("GET", "/me", "submit", None),
    ("POST", "/tickets", "submit", None),
    ("GET", "/metrics", "operate", None),
    ("GET", "/audit", "operate", None),
    ("POST", "/nodes/host/drain", "operate", None),
    ("POST", "/nodes/host/undrain", "operate", None),
    ("POST", "/workers/hand-0/forgive", "operate", None),
    ("PUT", "/users", "admin", {"user": "bob", "weight": 2}),
    ("PUT", "/limits", "admin", {"licence": "voices", "count": 2}),
    ("POST", "/tokens", "admin", {"user": "bob"}),
    ("POST", "/gc", "admin", {}),
]
SCOPES = {"bob": 1, "olga": 2, "ann": 3}
NEEDED = {"submit": 1, "operate": 2, "admin": 3}


def test_every_route_asks_for_its_scope(farm: Running, job: str) -> None:
    for user, scope in SCOPES.items():
        with farm.client(user) as client:
            for method, path, needed, body in ROUTES:
                answer = client.request(method, path.format(job=job), json=body)
                allowed = scope >= NEEDED[needed]
                assert (answer.status_code == 403) is not allowed, (user, method, path, answer.text)
                assert answer.status_code < 300 or not allowed, (user, path, answer.text)


def test_without_a_token_nothing_is_said(farm: Running, job: str) -> None:
    for headers in ({}, {"Authorization": "Bearer duo_wrong"}, {"Authorization": "Basic eDp5"}):
        with httpx.Client(base_url=f"{farm.url}/api/v1", trust_env=False) as client:
            for method, path, _, body in [*ROUTES, ("GET", "/events", "", None)]:
                answer = client.request(method, path.format(job=job), json=body, headers=headers)
                assert answer.status_code == 401, (method, path, answer.text)
                assert answer.json()["error"]["code"] == "unauthorized"
            assert client.get("/healthz").status_code == 200
            assert httpx.get(f"{farm.url}/healthz", trust_env=False).status_code == 200


def test_all_routes_are_in_the_matrix(farm: Running) -> None:
    described = httpx.get(f"{farm.url}/api/v1/openapi.json", trust_env=False).json()
    there = {
        (method.upper(), path.removeprefix("/api/v1"))
        for path, methods in described["paths"].items()
        for method in methods
    }
    public = {("GET", "/healthz")}
    tried = {(method, _pattern(path)) for method, path, _, _ in ROUTES}
    elsewhere = {
        ("POST", "/jobs"),
        ("GET", "/events"),
        ("GET", "/jobs/{job}/events"),
        ("HEAD", "/blobs/{digest}"),
        ("PATCH", "/blobs/{digest}"),
        ("GET", "/blobs/{digest}"),
        ("DELETE", "/tokens/{token}"),
    }
    unknown = there - public - tried - elsewhere
    assert unknown == set()


def _pattern(path: str) -> str:
    for given, name in (
        ("/s0/clip", "/{task}"),
        ("/host/", "/{node}/"),
        ("/hand-0/", "/{worker}/"),
    ):
        path = path.replace(given, name)
    return path


def test_others_jobs_are_not_there_for_a_submitter(farm: Running, job: str) -> None:
    with farm.client("eve") as eve:
        for method, path, needed, body in ROUTES:
            if "{job}" in path and needed == "submit":
                answer = eve.request(method, path.format(job=job), json=body)
                assert answer.status_code == 404, (path, answer.text)
        assert eve.get(f"/jobs/{job}/events").status_code == 404
        assert job not in eve.get("/jobs").text
        assert eve.get("/users").json()["users"] == []
    with farm.client("olga") as olga:
        assert olga.get(f"/jobs/{job}").json()["user"] == "bob"


def test_a_revoked_token_opens_nothing(farm: Running) -> None:
    with farm.client() as ann:
        made = ann.post("/tokens", json={"user": "carl", "days": 1}).json()
        assert made["token"].startswith("duo_")
        assert made["token"] not in ann.get("/tokens").text
        headers = {"Authorization": f"Bearer {made['token']}"}
        assert httpx.get(f"{farm.url}/api/v1/jobs", headers=headers).status_code == 200
        assert ann.delete(f"/tokens/{made['id']}").status_code == 200
        assert httpx.get(f"{farm.url}/api/v1/jobs", headers=headers).status_code == 401
        with farm.client("bob") as bob:
            mine = bob.get("/tokens").json()["tokens"]
            assert {each["user"] for each in mine} == {"bob"}
            others = [each for each in ann.get("/tokens").json()["tokens"] if each["user"] != "bob"]
            assert bob.delete(f"/tokens/{others[0]['id']}").status_code == 404


def test_every_change_is_in_the_audit(farm: Running) -> None:
    with farm.client() as ann:
        ann.put("/limits", json={"licence": "faces", "count": 1})
        row = ann.get("/audit", params={"limit": 1}).json()["rows"][0]
    assert (row["user"], row["action"], row["object"]) == ("ann", "set limit", "faces")
    assert row["detail"] == {"count": 1}


def test_the_same_submission_is_the_same_job_for_a_user(farm: Running) -> None:
    with farm.client("bob") as bob, farm.client("eve") as eve:
        first = bob.post("/jobs", content=order(film(1), "same"))
        again = bob.post("/jobs", content=order(film(1), "same"))
        assert (first.status_code, again.status_code) == (201, 200)
        assert first.json()["job"]["id"] == again.json()["job"]["id"]
        assert submit(eve, order(film(1), "same")) != first.json()["job"]["id"]


def test_two_users_share_the_work_and_not_the_job(farm: Running) -> None:
    with farm.client("bob") as bob, farm.client("eve") as eve:
        jobs = submit(bob, order(film(3), "shared")), submit(eve, order(film(3), "shared"))
        views = until(bob, jobs[0]), until(eve, jobs[1])
        assert [view["state"] for view in views] == ["done", "done"]
        made = [view["counts"].get("done", 0) for view in views]
        assert sum(made) <= 13, "the same work was done for each of them"
        outputs = [
            c.get(f"/jobs/{j}/outputs").json() for c, j in zip((bob, eve), jobs, strict=True)
        ]
        assert outputs[0] == outputs[1]


@pytest.mark.parametrize(
    ("body", "status"),
    [
        (b"", 422),
        (b"[", 422),
        (b"[" * 5000, 422),
        (b'{"name": "x", "specs": []}', 422),
        (order((spec("a"), spec("a"))), 422),
        (order((spec("b", {"x": "a#out"}), spec("a"))), 422),
        (order((spec("a", {"x": "../../etc/passwd"}),)), 422),
        (order((spec("a", engine="unknown"),)), 422),
        (order((spec("a\n"),)), 422),
        (order((spec("a", weight=-1.0),)), 422),
        (order((spec("a", params={"x": [[[[[[[[[[]]]]]]]]]] * 1}),), targets=["b"]), 422),
        (order((spec("a", params={"x": "y" * 250_000}),), targets=[]), 413),
        (order(tuple(spec(f"t{n}") for n in range(51)), targets=[]), 413),
        (order((spec("a", {"x": "0" * 64}),), targets=[]), 409),
    ],
)
def test_what_can_not_be_taken_is_refused_in_one_shape(
    farm: Running, body: bytes, status: int
) -> None:
    with farm.client("bob") as bob:
        answer = bob.post("/jobs", content=body)
    assert answer.status_code == status, answer.text
    error = answer.json()["error"]
    assert set(error) == {"code", "message", "hint"}
    assert error["message"]
    if status == 409:
        assert answer.json()["missing"] == ["0" * 64]


def test_unknown_paths_and_methods_have_the_same_shape(farm: Running) -> None:
    with farm.client() as ann:
        for answer in (
            ann.get("/nothing"),
            ann.delete("/jobs"),
            ann.get("/jobs", params={"limit": 0}),
        ):
            assert 400 <= answer.status_code < 500
            assert set(answer.json()["error"]) == {"code", "message", "hint"}


CONTENT = b"0123456789" * 450
DIGEST = hashlib.sha256(CONTENT).hexdigest()


def _patch(client: httpx.Client, digest: str, offset: int, content: bytes, length: int):
    headers = {"Upload-Offset": str(offset), "Upload-Length": str(length)}
    return client.patch(f"/blobs/{digest}", content=content, headers=headers)


def test_an_upload_goes_on_where_it_stopped_and_is_there_at_its_end(farm: Running) -> None:
    with farm.client("bob") as bob:
        assert bob.head(f"/blobs/{DIGEST}").status_code == 404
        assert bob.post("/blobs/missing", json={"digests": [DIGEST]}).json()["missing"] == [DIGEST]
        for offset in range(0, 4500, 1500):
            answer = _patch(bob, DIGEST, offset, CONTENT[offset : offset + 1500], 4500)
            assert answer.status_code == 204, answer.text
            assert answer.headers["Upload-Offset"] == str(offset + 1500)
            assert bob.head(f"/blobs/{DIGEST}").headers["Upload-Offset"] == str(offset + 1500)
            if offset == 0:
                assert _patch(bob, DIGEST, 0, b"x", 4500).status_code == 409
        assert bob.get(f"/blobs/{DIGEST}").content == CONTENT
        ranged = bob.get(f"/blobs/{DIGEST}", headers={"Range": "bytes=10-19"})
        assert (ranged.status_code, ranged.content) == (206, CONTENT[10:20])
        assert bob.get(f"/blobs/{DIGEST}", headers={"Range": "bytes=9999-"}).status_code == 416
        name = submit(bob, order((spec("a", {"face": DIGEST}),), "uploaded", targets=["a"]))
        assert until(bob, name)["state"] == "done"
        with farm.client() as ann:
            ann.post("/gc", json={"max_bytes": 0})
        assert bob.get(f"/blobs/{DIGEST}").content == CONTENT, "a job's input was collected"


def test_wrong_bytes_and_too_many_are_refused_and_leave_nothing(farm: Running) -> None:
    wrong = "f" * 64
    with farm.client("bob") as bob:
        assert _patch(bob, wrong, 0, b"other bytes", 11).status_code == 422
        assert bob.head(f"/blobs/{wrong}").status_code == 404
        assert _patch(bob, wrong, 0, b"xx", 1).status_code == 413
        assert _patch(bob, wrong, 0, b"x", 5001).status_code == 413
        assert _patch(bob, wrong, 0, b"x" * 2001, 4000).status_code == 413
        assert _patch(bob, wrong, 5, b"x", 4).status_code == 422
        stream = (b"x" * 500 for _ in range(5))
        headers = {"Upload-Offset": "0", "Upload-Length": "4000"}
        assert bob.patch(f"/blobs/{wrong}", content=stream, headers=headers).status_code == 413


@pytest.mark.parametrize(
    "name",
    [
        "../../etc/passwd",
        "..%2f..%2fetc%2fpasswd",
        "%2e%2e",
        "A" * 64,
        "f" * 63,
        "f" * 65,
        "%00",
        "f" * 63 + "%0a",
    ],
)
def test_a_blob_s_name_never_leads_out_of_the_store(farm: Running, name: str) -> None:
    with farm.client("bob") as bob:
        for method in ("GET", "HEAD", "PATCH"):
            headers = {"Upload-Offset": "0", "Upload-Length": "1"}
            url = f"{farm.url}/api/v1/blobs/{name}"
            request = httpx.Request(method, url, headers={**bob.headers, **headers}, content=b"x")
            answer = bob.send(request)
            assert answer.status_code in (404, 405, 422), (method, name, answer.status_code)


def test_a_task_s_log_has_its_engine_s_last_words(farm: Running) -> None:
    with farm.client("bob") as bob:
        name = submit(bob, order((spec("z", params={"text": "log"}),), "log", targets=["z"]))
        until(bob, name)
        task = bob.get(f"/jobs/{name}/tasks/z").json()
        assert [line["kind"] for line in task["log"]] == ["Started", "Finished"]
        assert any("done" in line["text"] for line in bob.get(f"/jobs/{name}/log").json()["lines"])


def test_figures_are_there_for_prometheus(farm: Running) -> None:
    with farm.client("olga") as olga:
        text = olga.get("/metrics").text
    assert "duocast_farm_up 1" in text
    for line in text.splitlines():
        assert line.startswith("#") or float(line.rpartition(" ")[2]) >= 0
