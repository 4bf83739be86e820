"""Fault scripts: whatever a cloud does, the task ends in the right state and the ledger is exact."""

from dataclasses import dataclass, field

import pytest
import trade
from fakecloud import Reply

from duocast.runtime.clouds.books import Entry
from duocast.runtime.clouds.contract import Medium
from duocast.runtime.engine import EngineError, FailureClass

PRICE = {
    "aiml": 1_680_000,
    "runway": 360_000,
    "kling": 280_000,
    "fal": 280_000,
    "elevenlabs": 2_600,
}
BUSY = Reply(429, {"error": {"message": "slow down"}}, {"Retry-After": "0.15"})
BROKE = Reply(503, {"error": {"message": "overloaded"}})
GONE = Reply(403, {"error": {"message": "expired"}})
POLICY = Reply(400, {"error": {"message": "rejected by the safety system"}})


@dataclass
class Script:
    """What the cloud does, and how it ends: the failure (None: well), the row's state, what was taken there."""

    name: str
    provider: str = "runway"
    medium: Medium = Medium.VIDEO
    submits: tuple = ()
    statuses: tuple = ()
    downloads: tuple = ()
    end: str = "ok"
    polls: int = 1
    key: str | None = None
    patience: float = 1.5
    fails: FailureClass | None = None
    code: str = ""
    entry: Entry = Entry.SETTLED
    taken: int = 1
    cost: int | None = None
    links: dict = field(default_factory=dict)


T, BAD, U, M = (
    FailureClass.TRANSIENT,
    FailureClass.INVALID,
    FailureClass.UNAVAILABLE,
    FailureClass.MODERATED,
)
VOICE, PICTURE = Medium.VOICE, Medium.PICTURE
LOST = Reply(drop=True, after=True)
SCRIPTS = [
    Script("429 with Retry-After, then taken", submits=(BUSY, BUSY)),
    Script("429 without end", submits=(BUSY,) * 9, fails=T, code="R0707", entry=Entry.RELEASED, taken=0),
    Script(
        "429 that asks for an hour",
        submits=(Reply(429, {}, {"Retry-After": "3600"}),),
        fails=T, code="R0707", entry=Entry.RELEASED, taken=0,
    ),
    Script("a burst of 503 at submission", submits=(BROKE, BROKE, BROKE)),
    Script("a burst of 5xx while it is asked for", statuses=(BROKE, Reply(500), Reply(502), Reply(504))),
    Script("429 while it is asked for", statuses=(BUSY, BUSY)),
    Script("resets while it is asked for", statuses=(Reply(drop=True), Reply(drop=True))),
    Script("no JSON while it is asked for", statuses=(Reply(200, b"<html>busy</html>"),)),
    Script("a state that nobody knows, then done", statuses=(Reply(200, {"status": "PONDERING"}),)),
    Script(
        "a state that nobody knows, for ever",
        statuses=(Reply(200, {"status": "PONDERING"}),) * 200,
        patience=0.4, fails=T, code="R0707", entry=Entry.SUBMITTED,
    ),
    Script("slow polling", polls=12),
    Script("longer than a task waits", polls=500, patience=0.3, fails=T, code="R0707", entry=Entry.SUBMITTED),
    Script("done without a link", end="no link", fails=BAD, code="R0708", entry=Entry.HELD),
    Script("done without a link, from AIML", "aiml", end="no link", fails=BAD, code="R0708", entry=Entry.HELD),
    Script("done without a link, from fal", "fal", end="no link", fails=BAD, code="R0708", entry=Entry.HELD),
    Script("a link that has expired, and a fresh one", downloads=(GONE,)),
    Script("a link that is always expired", downloads=(GONE,) * 9, fails=BAD, code="R0708", entry=Entry.HELD),
    Script(
        "a picture's link that has expired", "aiml", PICTURE,
        downloads=(GONE,) * 9, fails=BAD, code="R0708", entry=Entry.HELD,
    ),
    Script("reset during the download", downloads=("reset", "reset")),
    Script("a redirect at the download", downloads=("redirect",)),
    Script("503 at the download", downloads=(BROKE, BROKE)),
    Script("a download that never works", downloads=("reset",) * 9, fails=T, code="R0707", entry=Entry.SUBMITTED),
    Script("a truncated MP4, then a whole one", downloads=("truncated",)),
    Script("a truncated MP4", downloads=("truncated",) * 9, fails=BAD, code="R0708", entry=Entry.HELD),
    Script("a video of the wrong length", downloads=("wrong length",) * 9, fails=BAD, code="R0708", entry=Entry.HELD),
    Script("a black video", downloads=("black",) * 9, fails=BAD, code="R0708", entry=Entry.HELD),
    Script("a black picture", "gemini", PICTURE, end="black", fails=BAD, code="R0708", entry=Entry.HELD),
    Script("half a picture", "gemini", PICTURE, end="truncated", fails=BAD, code="R0708", entry=Entry.HELD),
    Script("a silent voice", "elevenlabs", VOICE, end="silent", fails=BAD, code="R0708", entry=Entry.HELD),
    Script("moderated at submission", submits=(POLICY,), fails=M, code="R0704", entry=Entry.RELEASED, taken=0),
    Script("moderated at the end", end="moderated", fails=M, code="R0704", entry=Entry.RELEASED),
    Script("filtered by Veo", "veo", end="moderated", fails=M, code="R0704", entry=Entry.RELEASED),
    Script(
        "refused by Gemini", "gemini", PICTURE,
        end="moderated", fails=M, code="R0704", entry=Entry.RELEASED, taken=0,
    ),
    Script("failed there", end="failed", fails=T, code="R0707", entry=Entry.RELEASED),
    Script("failed at fal", "fal", end="failed", fails=T, code="R0707", entry=Entry.RELEASED),
    Script(
        "cancelled there",
        statuses=(Reply(200, {"status": "CANCELLED"}),),
        fails=T, code="R0707", entry=Entry.RELEASED,
    ),
    Script("a wrong key", key="wrong", fails=U, code="R0702", entry=Entry.RELEASED, taken=0),
    Script(
        "a key that is taken away while it works",
        statuses=(Reply(401, {"error": {"message": "revoked"}}),),
        fails=U, code="R0702", entry=Entry.SUBMITTED,
    ),
    Script(
        "an empty account",
        submits=(Reply(402, {"error": {"message": "insufficient credits"}}),),
        fails=U, code="R0703", entry=Entry.RELEASED, taken=0,
    ),
    Script(
        "an order that is wrong",
        submits=(Reply(422, {"error": {"message": "duration is too long"}}),),
        fails=BAD, code="R0705", entry=Entry.RELEASED, taken=0,
    ),
    Script(
        "taken, and the answer names no job",
        submits=(Reply(200, {"ok": True}, after=True),),
        fails=BAD, code="R0706", entry=Entry.HELD,
    ),
    Script("taken, and the answer is lost", submits=(LOST,), fails=BAD, code="R0706", entry=Entry.HELD),
    Script("reset before it is taken", submits=(Reply(drop=True),), fails=BAD, code="R0706", entry=Entry.HELD, taken=0),
    Script("a gateway loses the answer", submits=(Reply(504, after=True),), fails=BAD, code="R0706", entry=Entry.HELD),
    Script("lost, and found again by our own name", "kling", submits=(LOST,)),
    Script(
        "lost, and nobody there knows it", "kling",
        submits=(Reply(drop=True),), fails=T, code="R0707", entry=Entry.RELEASED, taken=0,
    ),
    Script("lost at a ComfyUI, and found by the id that we gave", "comfyui", submits=(LOST,)),
    Script("a speech whose answer is lost", "elevenlabs", VOICE,
        submits=(LOST,), fails=BAD, code="R0706", entry=Entry.HELD),
    Script(
        "a job that is forgotten there",
        statuses=(Reply(404),) * 9,
        fails=BAD, code="R0706", entry=Entry.HELD,
    ),
    Script("a job that is not there yet", statuses=(Reply(404), Reply(404))),
    Script("AIML takes less than the list says", "aiml", cost=1_600_000),
]  # fmt: skip


def test_there_are_enough_of_them():
    assert len({script.name for script in SCRIPTS}) == len(SCRIPTS) >= 30


SOME = [
    pytest.param(script, id=script.name, marks=[pytest.mark.slow] if number % 6 else [])
    for number, script in enumerate(SCRIPTS)
]
"""Some of them in every run, all of them in the whole one."""


@pytest.mark.parametrize("script", SOME)
def test_a_fault(script, cloud, books):
    cloud.submits.extend(script.submits)
    cloud.statuses.extend(script.statuses)
    cloud.downloads.extend(script.downloads)
    cloud.end, cloud.polls = script.end, script.polls
    wanted = trade.order(script.provider, script.medium)
    settings = {"key": script.key, "patience": script.patience}
    failure = None
    try:
        trade.make(script.provider, cloud.url, books, wanted, **settings)
    except EngineError as problem:
        failure = problem
    assert (failure.failure if failure else None) is script.fails, failure
    assert (failure.code if failure else "") == script.code
    row = trade.only(books)
    assert row.state is script.entry
    assert sum(cloud.paid.values()) == script.taken
    assert not cloud.repeated
    if script.entry is Entry.SETTLED:
        assert row.cost == (row.price if script.cost is None else script.cost)
    else:
        assert row.cost == 0


@pytest.mark.slow
def test_a_late_success_is_asked_for_and_not_paid_again(cloud, books):
    cloud.polls = 30
    for _ in range(2):
        with pytest.raises(EngineError, match="no result yet"):
            trade.make("runway", cloud.url, books, patience=0.2)
    trade.make("runway", cloud.url, books, patience=5)
    assert (sum(cloud.paid.values()), trade.only(books).state) == (1, Entry.SETTLED)


def test_what_is_held_is_not_sent_again_until_a_person_says_so(cloud, books):
    cloud.submits.append(LOST)
    for _ in range(3):
        with pytest.raises(EngineError, match="nobody knows") as raised:
            trade.make("runway", cloud.url, books)
    assert "--again" in raised.value.hint
    assert sum(cloud.paid.values()) == 1
    with trade.trading("runway", cloud.url, books) as (_, kept):
        assert kept.used("run") == PRICE["runway"]
        kept.release(trade.order("runway").name, "a person said so")
        assert kept.used("run") == 0
    trade.make("runway", cloud.url, books)
    assert sum(cloud.paid.values()) == 2


def test_the_same_news_twice_settles_once(cloud, books):
    made = trade.make("runway", cloud.url, books)
    name = trade.order("runway").name
    with trade.trading("runway", cloud.url, books) as (_, kept):
        job = kept.row(name).ticket.id
        assert [kept.settle(name, 360_000, job) for _ in range(3)] == [False] * 3
        assert kept.used("run") == 360_000
    assert made.file.is_file()


def test_two_rows_of_one_job_are_one_payment(books):
    from duocast.runtime.clouds.books import Books, Purpose
    from duocast.runtime.clouds.contract import Ticket

    with Books(books) as kept:
        for name in ("a", "b"):
            kept.reserve(name, "runway", 500, Purpose("animate runway", "gen4.5", run="r"))
            kept.sending(name)
            kept.submitted(name, Ticket("one-job"))
        assert [kept.settle(name, 500, "one-job") for name in ("a", "b")] == [True, False]
        assert kept.used("r") == 500


def test_nothing_is_sent_beyond_the_budget(cloud, books):
    first, second = (trade.order("runway", name=name * 64) for name in "ab")
    trade.make("runway", cloud.url, books, first, budget=719_999)
    with pytest.raises(
        EngineError, match=r"it costs 0\.36, and 0\.36 of the budget of 0\.719999"
    ) as raised:
        trade.make("runway", cloud.url, books, second, budget=719_999)
    assert (raised.value.code, sum(cloud.paid.values())) == ("R0709", 1)
    trade.make("runway", cloud.url, books, second, budget=720_000)


def test_a_model_without_a_price_is_not_asked(cloud, books):
    with pytest.raises(
        EngineError, match="nobody knows the price of a second of new-model"
    ) as raised:
        trade.make("runway", cloud.url, books, trade.order("runway", model="new-model"))
    assert (raised.value.code, cloud.seen) == ("R0705", [])
