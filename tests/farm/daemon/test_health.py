"""What the farm says of itself: damage stays in sight, and health needs nothing but the premises."""

import asyncio
import threading

import msgspec
from house import Running, order, running, settings, spec

from duocast.farm.daemon.inspection import Inspection
from duocast.farm.daemon.porch import Porch


def test_damage_is_in_sight_until_a_check_is_good(tmp_path) -> None:
    with running(settings(tmp_path)) as farm, farm.client() as client:
        farm.farm._damaged("page 7 is torn")
        _act(farm)
        said = client.get("/healthz").json()
        assert not said["ok"]
        assert "page 7 is torn" in said["trouble"]
        assert "duocast_farm_damaged 1" in client.get("/metrics").text
        assert "duocast_farm_damaged 1" in client.get(f"{farm.url}/metrics").text
        refused = client.post("/jobs", content=order((spec("film"),)))
        assert (refused.status_code, refused.json()["error"]["code"]) == (503, "damaged")
        farm.farm._damaged("")
        assert client.get("/healthz").json()["ok"]
        assert client.post("/jobs", content=order((spec("film"),))).status_code == 201


def _act(farm: Running) -> None:
    """A change that is written: what counts now does not make the damage go away."""
    with farm.client() as client:
        body = {"licence": "x", "count": 1}
        assert client.put("/limits", json=body).status_code == 200


def test_an_inspection_tells_of_every_check(tmp_path) -> None:
    heard: list[str] = []
    told = threading.Event()

    def found(problem: str) -> None:
        heard.append(problem)
        told.set()

    (tmp_path / "journal.sqlite").write_bytes(b"no database at all, but long enough to look" * 40)
    inspection = Inspection(tmp_path / "journal.sqlite", found, first=0.0, every=3600.0)
    inspection.start()
    assert told.wait(20)
    inspection.close()
    assert "not a database" in heard[0]


def test_the_porch_says_how_the_farm_is_before_its_doors_are_there(tmp_path) -> None:
    with running(settings(tmp_path)) as farm:
        said: list = []

        async def ask() -> None:
            doors: asyncio.Future = asyncio.get_running_loop().create_future()
            porch = Porch(farm.farm, doors)

            async def send(message) -> None:
                said.append(message)

            scope = {"type": "http", "path": "/healthz", "method": "GET"}
            await porch(scope, None, send)
            doors.cancel()

        asyncio.run(ask())
        health = msgspec.json.decode(said[1]["body"])
        with farm.client() as client:
            later = client.get("/healthz").json()
    assert health.keys() == later.keys()
    assert (health["ok"], health["epoch"]) == (True, later["epoch"])
