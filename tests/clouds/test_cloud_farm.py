"""A farm that pays clouds: the real daemon, real assignments over HTTP to the fake cloud; budgets to the millionth."""

import contextlib
import os
import queue
import random
import signal
import threading
import time
from dataclasses import replace

import pytest
from fakecloud import KEY, Reply
from house import Idle, order, running, settings, spec, submit, until

from duocast.cli.studio import FARM, factory, money_folder
from duocast.compiler.operations.speak import SpeakParams, VoiceSpec, Words
from duocast.farm.assignment import carry_out
from duocast.farm.core import events
from duocast.farm.core.task import Needs
from duocast.farm.local import LocalPool
from duocast.runtime.clouds.books import Books, Entry
from duocast.runtime.store.disk import DiskStore

LOST = Reply(drop=True, after=True)
SAID = "So this is the whole film?"
COST = len(SAID) * 100


class Hand(Idle):
    """A backend of one worker: a thread that carries assignments out as every worker does."""

    def __init__(self, store, epoch):
        super().__init__()
        self._store, self._work, self._news = store, queue.Queue(), queue.Queue()
        self._thread = threading.Thread(target=self._serve, daemon=True)

    def open(self):
        self._thread.start()
        return [events.WorkerJoined("hand", "host", 0.0)]

    def run(self, worker, work):
        self._work.put(work)

    def poll(self, seconds):
        if self._news.empty():
            super().poll(seconds)
        return [self._news.get() for _ in range(self._news.qsize())]

    def close(self):
        self._work.put(None)
        self._thread.join()

    def _serve(self):
        workshop = factory(FARM).build()
        with DiskStore(self._store.root, within=self._store.epoch) as store:
            while (work := self._work.get()) is not None:
                carry_out(work, workshop, store, store.scratch, self._report)

    def _report(self, event):
        self._news.put(event)
        self.interrupt()


@pytest.fixture
def farm(tmp_path, monkeypatch, cloud):
    named = tmp_path / "clouds.toml"
    named.write_text(f'[elevenlabs]\nbase = "{cloud.url}"\npoll = 0.05\n')
    monkeypatch.setenv("DUOCAST_CLOUDS", str(named))
    monkeypatch.setenv("DUOCAST_MONEY", str(tmp_path / "money"))
    monkeypatch.setenv("ELEVENLABS_API_KEY", KEY)
    with running(replace(settings(tmp_path, Hand), factory=factory(FARM))) as house:
        yield house


def line(number=1, price=COST):
    params = SpeakParams(voice=VoiceSpec(id="amber"), seed=number, segments=(Words(text=SAID),))
    expects, needs = ("sound", "times"), Needs(price=price)
    return spec(
        f"line-{number}", engine="elevenlabs", params=params.plain(), expects=expects, needs=needs
    )


def film(*lines, budget=None, name="one"):
    targets = [each.id for each in lines]
    return order(lines, name, targets=targets, budget=budget)


def balance(client, job):
    """What the job and its user have spent and reserved, in millionths."""
    view = client.get(f"/jobs/{job}").json()
    return {name: round(view[name] * 1_000_000) for name in ("spent", "reserved")}


def test_a_job_pays_what_the_cloud_took_and_not_what_was_reserved(farm, cloud):
    with farm.client("bob") as bob:
        job = submit(bob, film(line(1, 9_999), line(2, 9_999)))
        assert until(bob, job)["state"] == "done"
        assert balance(bob, job) == {"spent": 2 * COST, "reserved": 0}
    with Books(money_folder()) as books:
        assert sum(row.cost for row in books.rows()) == 2 * COST
        assert {row.run.partition("#")[0] for row in books.rows()} == {job}
    assert not cloud.repeated


def test_a_budget_is_held_to_the_millionth(farm, cloud):
    with farm.client("bob") as bob:
        job = submit(bob, film(line(1), line(2), budget=(2 * COST - 1) / 1_000_000))
        until(bob, job, states=("running",))
        while not (view := bob.get(f"/jobs/{job}").json())["spent"]:
            assert view["state"] == "running"
        assert "budget" in bob.get(f"/jobs/{job}/tasks").text, "and why it waits is said"
        assert balance(bob, job) == {"spent": COST, "reserved": 0}
        bob.post(f"/jobs/{job}/cancel")
        assert balance(bob, job) == {"spent": COST, "reserved": 0}
    assert sum(cloud.paid.values()) == 1


def test_what_may_have_been_paid_counts_until_a_person_decides(farm, cloud):
    cloud.submits.append(LOST)
    with farm.client("bob") as bob:
        job = submit(bob, film(line(), budget=COST / 1_000_000))
        assert until(bob, job)["state"] == "failed"
        assert balance(bob, job) == {"spent": COST, "reserved": 0}
        with Books(money_folder()) as books:
            (row,) = books.rows()
            assert (row.state, books.used(row.run)) == (Entry.HELD, COST)
            books.release(row.key, "a person says that it was not paid")
        bob.post(f"/jobs/{job}/tasks/retry", json={"tasks": ["line-1"]})
        assert until(bob, job, states=("done",))["state"] == "done"
        assert balance(bob, job) == {"spent": COST, "reserved": 0}


def test_a_call_that_was_refused_costs_nothing(farm, cloud):
    cloud.submits.append(Reply(400, {"error": {"message": "rejected by the safety system"}}))
    with farm.client("bob") as bob:
        job = submit(bob, film(line()))
        assert until(bob, job)["state"] == "failed"
        assert balance(bob, job) == {"spent": 0, "reserved": 0}


@pytest.mark.parametrize("price", [0, COST - 1])
def test_a_client_that_names_too_low_a_price_pays_nothing_and_gets_nothing(farm, cloud, price):
    with farm.client("bob") as bob:
        job = submit(bob, film(line(1, price)))
        assert until(bob, job)["state"] == "failed"
        assert "R0709" in bob.get(f"/jobs/{job}/tasks/line-1").text
        assert balance(bob, job) == {"spent": 0, "reserved": 0}
    assert cloud.seen == []


@pytest.mark.slow
def test_a_farm_whose_workers_are_killed_charges_what_the_books_say(
    tmp_path, monkeypatch, cloud, record_property
):
    named = tmp_path / "clouds.toml"
    named.write_text(f'[elevenlabs]\nbase = "{cloud.url}"\npoll = 0.05\n')
    monkeypatch.setenv("DUOCAST_CLOUDS", str(named))
    monkeypatch.setenv("DUOCAST_MONEY", str(tmp_path / "money"))
    monkeypatch.setenv("ELEVENLABS_API_KEY", KEY)
    pools, chance, kills, cloud.pace = [], random.Random(20261121), 0, 0.5

    def backend(store, _epoch):
        pools.append(LocalPool(store, factory(FARM), 2))
        return pools[-1]

    lines = [line(number, 9_999) for number in range(1, 25)]
    with (
        running(replace(settings(tmp_path, backend), factory=factory(FARM))) as house,
        house.client("bob") as bob,
    ):
        job = submit(bob, film(*lines))
        while bob.get(f"/jobs/{job}").json()["state"] == "running" and kills < 20:
            time.sleep(chance.uniform(0.5, 3.0))
            for pid in chance.sample(pools[-1].pids, min(1, len(pools[-1].pids))):
                with contextlib.suppress(ProcessLookupError):
                    os.kill(pid, signal.SIGKILL)
                    kills += 1
        until(bob, job, seconds=120.0)
        assert balance(bob, job) == {"spent": booked(), "reserved": 0}
        names = [each.id for each in lines]
        bob.post(f"/jobs/{job}/tasks/retry", json={"tasks": names})
        until(bob, job, seconds=120.0)
        assert balance(bob, job) == {"spent": booked(), "reserved": 0}
    with Books(money_folder()) as books:
        states = [row.state for row in books.rows()]
    held = states.count(Entry.HELD)
    assert states.count(Entry.SETTLED) + held == len(lines) == len(states)
    assert not cloud.repeated
    assert kills >= 8
    record_property("kills", kills)
    record_property("held for a person", held)


def booked():
    """What all calls have taken or may have taken."""
    with Books(money_folder()) as books:
        rows = books.rows()
    return sum(row.cost if row.state is Entry.SETTLED else row.price for row in rows)
