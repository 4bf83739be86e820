"""Twenty kills at random moments: nothing is paid twice, and the ledger says exactly what the cloud took."""

import os
import random
import signal
import time

import pytest
import trade

from duocast.runtime.clouds.books import OPEN, Books, Entry
from duocast.runtime.clouds.contract import Medium
from duocast.runtime.engine import EngineError

KILLS, ORDERS = 20, 24
KINDS = (
    ("runway", Medium.VIDEO),
    ("kling", Medium.VIDEO),
    ("elevenlabs", Medium.VOICE),
    ("fal", Medium.VIDEO),
    ("gemini", Medium.PICTURE),
    ("aiml", Medium.PICTURE),
)


def orders():
    """All of them different, so that the cloud can tell one from another."""
    return [
        (kind[0], trade.order(*kind, name=f"{number:064x}", prompt=f"The order number {number}."))
        for number in range(ORDERS)
        for kind in [KINDS[number % len(KINDS)]]
    ]


def work(url, folder):
    """A worker's life: one order after the other; a held one is left to a person."""
    for provider, wanted in orders():
        try:
            trade.make(provider, url, folder, wanted, patience=5)
        except EngineError as problem:
            if problem.code != "R0706":
                raise


def forked(url, folder):
    """A worker in a process of its own."""
    pid = os.fork()
    if pid:
        return pid
    code = 1
    try:
        work(url, folder)
        code = 0
    finally:
        os._exit(code)


def person(books, cloud):
    """Look into the account there: what was taken is booked, all else may be sent again."""
    taken = {
        job.body.get("prompt") or job.body.get("text") or str(job.body)
        for job in cloud.jobs.values()
    }
    taken |= {job.body.get("promptText") for job in cloud.jobs.values()}
    by_name = {wanted.name: wanted for _, wanted in orders()}
    for row in books.rows():
        if row.state is Entry.HELD:
            prompt = by_name[row.key].prompt
            if any(prompt in str(one) for one in taken):
                books.settle(row.key, row.price)
            else:
                books.release(row.key, "not taken")


@pytest.mark.slow
def test_twenty_kills_pay_nothing_twice(cloud, books, record_property):
    chance, kills = random.Random(20261121), 0
    cloud.pace, cloud.polls = 0.02, 2
    while kills < KILLS:
        pid = forked(cloud.url, books)
        time.sleep(chance.uniform(0.03, 0.5))
        done, status = os.waitpid(pid, os.WNOHANG)
        if done:
            assert status == 0
            break
        os.kill(pid, signal.SIGKILL)
        os.waitpid(pid, 0)
        kills += 1
        with Books(books) as kept:
            assert kept.used("run") == sum(
                row.cost if row.state is Entry.SETTLED else row.price if row.state in OPEN else 0
                for row in kept.rows()
            )
    assert kills == KILLS, "the orders were done before the kills"
    assert os.waitpid(forked(cloud.url, books), 0)[1] == 0
    assert cloud.repeated == []
    with Books(books) as kept:
        held = sum(row.state is Entry.HELD for row in kept.rows())
        person(kept, cloud)
    assert os.waitpid(forked(cloud.url, books), 0)[1] == 0
    assert cloud.repeated == []
    assert len(cloud.paid) == ORDERS
    with Books(books) as kept:
        rows = kept.rows()
        assert {row.state for row in rows} == {Entry.SETTLED}
        pictures = sum(provider == "aiml" for provider, _ in orders())
        said = sum(row.price for row in rows if row.provider != "aiml") + 60_000 * pictures
        booked = sum(
            row.price - 60_000 for row in rows if row.provider == "aiml" and row.cost != 60_000
        )
        assert kept.used("run") == said + booked
    record_property("kills", kills)
    record_property("held for a person", held)
