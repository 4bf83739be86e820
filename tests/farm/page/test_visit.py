"""What the API has for the page: who somebody is, tickets, and contents for whoever has a ticket."""

from types import SimpleNamespace

import pytest
from fastapi import FastAPI
from fastapi.testclient import TestClient

from duocast.farm.daemon.api import blobs, visit
from duocast.farm.daemon.api.app import _refused
from duocast.farm.daemon.faults import Refusal
from duocast.farm.daemon.journal import Journal
from duocast.farm.daemon.tokens import Doorkeeper, Scope, mint
from duocast.runtime.store.disk import DiskStore

NOW = 1_790_000_000.0
PICTURE = b"\xff\xd8 a picture"


@pytest.fixture
def farm(tmp_path):
    with Journal(tmp_path / "farm") as journal, DiskStore(tmp_path / "store") as store:
        journal.begin()
        token, _, deed = mint("mara", Scope.SUBMIT, NOW)
        journal.append([], [deed])
        (tmp_path / "thumb.jpg").write_bytes(PICTURE)
        digest = store.take(tmp_path / "thumb.jpg").digest
        yield SimpleNamespace(
            doorkeeper=Doorkeeper(journal),
            clock=SimpleNamespace(wall=lambda: NOW),
            store=store,
            store_here=lambda: store,
            token=token,
            digest=digest,
        )


@pytest.fixture
def client(farm):
    app = FastAPI()
    app.state.premises = farm
    app.include_router(visit.router)
    app.include_router(blobs.router)
    app.add_exception_handler(Refusal, _refused)
    return TestClient(app)


def bearer(farm):
    return {"Authorization": f"Bearer {farm.token}"}


def test_the_page_learns_who_somebody_is(farm, client):
    answer = client.get("/me", headers=bearer(farm))
    assert answer.json() == {"user": "mara", "scope": "submit"}
    assert client.get("/me").status_code == 401


def test_a_ticket_shows_a_picture_where_no_token_can_be_sent(farm, client):
    ticket = client.post("/tickets", headers=bearer(farm)).json()
    assert 3600 <= ticket["seconds"] <= 7200
    query = {"ticket": ticket["ticket"], "suffix": ".jpg"}
    answer = client.get(f"/blobs/{farm.digest}", params=query)
    assert (answer.status_code, answer.content) == (200, PICTURE)
    assert answer.headers["content-type"] == "image/jpeg"
    part = client.get(f"/blobs/{farm.digest}", params=query, headers={"Range": "bytes=0-1"})
    assert (part.status_code, part.content) == (206, PICTURE[:2])


def test_a_ticket_opens_nothing_else(farm, client):
    ticket = client.post("/tickets", headers=bearer(farm)).json()["ticket"]
    assert client.get("/me", params={"ticket": ticket}).status_code == 401
    assert client.get("/me", headers={"Authorization": f"Bearer {ticket}"}).status_code == 401
    assert client.post("/tickets", params={"ticket": ticket}).status_code == 401
    assert (
        client.post("/blobs/missing", params={"ticket": ticket}, json={"digests": []}).status_code
        == 401
    )
    assert client.patch(f"/blobs/{'0' * 64}", params={"ticket": ticket}).status_code == 401


@pytest.mark.parametrize("query", [{}, {"ticket": ""}, {"ticket": "made.up.ticket"}])
def test_without_a_ticket_there_is_no_picture(farm, client, query):
    answer = client.get(f"/blobs/{farm.digest}", params=query)
    assert answer.status_code == 401
    assert answer.json()["error"]["code"] == "unauthorized"
