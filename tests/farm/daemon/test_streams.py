"""Streams: every notice once, in order, over any break; who does not read is dropped and nobody notices."""

import asyncio
import json
from collections.abc import Iterator

import httpx
import pytest
from house import Running, Scripted, film, order, running, settings, submit, until

from duocast.farm.daemon import broadcast
from duocast.farm.daemon.broadcast import Broadcast, Subject, Watcher
from duocast.farm.daemon.notices import Frame, wire
from duocast.farm.daemon.settings import Limits


@pytest.fixture(scope="module")
def farm(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Running]:
    with running(settings(tmp_path_factory.mktemp("farm"), Scripted)) as house:
        yield house


def read(client: httpx.Client, path: str, most: int, **headers: str) -> list[tuple[int, dict]]:
    """The first numbered messages of a stream; it is cut off after so many, or when the job has ended."""
    heard: list[tuple[int, dict]] = []
    number = 0
    with client.stream("GET", path, headers=headers) as response:
        assert response.status_code == 200
        for line in response.iter_lines():
            if line.startswith("id: "):
                number = int(line[4:])
            elif line.startswith("data: ") and '"seq"' in line:
                heard.append((number, json.loads(line[6:])))
                if len(heard) >= most or heard[-1][1].get("state") in ("done", "failed"):
                    return heard
    return heard


def test_a_stream_that_breaks_again_and_again_tells_everything_once(farm: Running) -> None:
    with farm.client("bob") as bob:
        job = submit(bob, order(film(4), "stream"))
        heard = read(bob, f"/jobs/{job}/events", 3)
        while heard[-1][1].get("state") != "done":
            last = str(heard[-1][0])
            heard += read(bob, f"/jobs/{job}/events?after=0", 3, **{"Last-Event-ID": last})
        whole = read(bob, f"/jobs/{job}/events", 10_000)
    assert [each[0] for each in heard] == sorted({each[0] for each in heard})
    assert heard == whole
    changes = [c for _, said in whole for c in said.get("tasks", ())]
    assert {c["task"] for c in changes if c["status"] == "done"} >= {"film", "s0/clip"}
    assert whole[-1][1]["state"] == "done"


def test_after_a_restart_the_stream_goes_on(tmp_path) -> None:
    wanted = settings(tmp_path, Scripted)
    with running(wanted) as house, house.client("bob") as bob:
        job = submit(bob, order(film(1), "stream"))
        until(bob, job)
        before = read(bob, f"/jobs/{job}/events", 10_000)
    with running(wanted) as house, house.client("bob") as bob:
        assert read(bob, f"/jobs/{job}/events", 10_000) == before


def test_one_user_can_not_take_all_places(tmp_path) -> None:
    wanted = settings(tmp_path, limits=Limits(watchers_of_user=1))
    with (
        running(wanted) as house,
        house.client("bob") as bob,
        house.client("eve") as eve,
        bob.stream("GET", "/events") as first,
    ):
        chunks = first.iter_raw()
        next(chunks)
        with bob.stream("GET", "/events") as second:
            assert (second.status_code, second.headers["Retry-After"]) == (503, "1")
            assert "watches this farm 1 times" in second.read().decode()
        with eve.stream("GET", "/events") as other:
            assert other.status_code == 200


def test_everything_is_for_operators_and_one_s_own_for_users(farm: Running) -> None:
    with farm.client("bob") as bob, farm.client("eve") as eve, farm.client("olga") as olga:
        job = submit(bob, order(film(2), "private"))
        until(bob, job)
        other = submit(eve, order(film(1), "eve's"))
        until(eve, other)
        mine = {said.get("job") for _, said in read(eve, "/events?after=0", 10_000)}
        all_ = {said.get("job") for _, said in read(olga, "/events?after=0", 20)}
    assert mine == {other}
    assert None in all_ or "" in all_, "what is the farm's own is told to operators"


def test_who_never_reads_is_dropped_and_others_hear_everything(monkeypatch) -> None:
    monkeypatch.setattr(broadcast, "_BUFFER", 5000)

    async def watch() -> tuple[bool, bool, list[int]]:
        hub = Broadcast(lambda *_: [], 0)
        hub.attach(asyncio.get_running_loop())
        stuck, reader, heard = Watcher(), Watcher(), []
        never = hub.follow(Subject(None, None), 0, stuck)
        await anext(never)

        async def listen() -> None:
            async for chunk in hub.follow(Subject("job", None), 0, reader):
                heard.extend(int(line[4:]) for line in chunk.splitlines() if line[:4] == b"id: ")

        task = asyncio.create_task(listen())
        for seq in range(1, 1001):
            hub.publish([frame(seq)], {})
            if seq % 50 == 0:
                await asyncio.sleep(0.04)
        while not heard or heard[-1] < 1000:
            await asyncio.sleep(0.01)
        hub.close()
        await asyncio.gather(task, return_exceptions=True)
        return stuck.ended, hub.watching == 0, heard

    dropped, nobody, heard = asyncio.run(watch())
    assert dropped
    assert nobody or dropped
    assert heard == list(range(1, 1001))


def test_a_watcher_that_comes_in_the_middle_misses_nothing_and_hears_nothing_twice() -> None:
    """The past comes from the journal, the near past from memory, the rest as it happens."""
    kept = [frame(seq) for seq in range(1, 101)]

    def history(subject: Subject, after: int, upto: int, most: int) -> list[Frame]:
        return [f for f in kept if after < f.seq <= upto and subject.covers(f)][:most]

    async def watch() -> list[int]:
        hub = Broadcast(history, 100)
        hub.attach(asyncio.get_running_loop())
        watcher, heard = Watcher(), []

        async def listen() -> None:
            async for chunk in hub.follow(Subject("job", None), 40, watcher):
                heard.extend(int(line[4:]) for line in chunk.splitlines() if line[:4] == b"id: ")

        task = asyncio.create_task(listen())
        for seq in range(101, 400):
            hub.publish([frame(seq)], {})
            if seq % 7 == 0:
                await asyncio.sleep(0.001)
        while not heard or heard[-1] < 399:
            await asyncio.sleep(0.01)
        hub.close()
        await asyncio.gather(task, return_exceptions=True)
        return heard

    assert asyncio.run(watch()) == list(range(41, 400))


def frame(seq: int) -> Frame:
    return Frame(seq, "job", "bob", wire(seq, b'{"seq":%d}' % seq))
