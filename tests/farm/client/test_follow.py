"""Following: what a farm tells becomes telemetry, and a stream that breaks is taken up again without a gap."""

import json
from typing import Any

import httpx
import pytest
from replies import connection, refused

from duocast.compiler.graph import Operation
from duocast.farm.client.faults import FarmError
from duocast.farm.client.follow import Waiting, follow
from duocast.farm.core.task import Failure

TASKS = {"a/take": "speak", "a/clip": "encode", "film": "master"}


class Ears:
    """Telemetry that writes everything down."""

    def __init__(self) -> None:
        self.heard: list[tuple[Any, ...]] = []
        self.forecasts: list[tuple[int, int, float]] = []

    def started(self, task: str, operation: Operation) -> None:
        self.heard.append(("started", task, operation))

    def progressed(self, task: str, fraction: float) -> None:
        self.heard.append(("progressed", task, fraction))

    def finished(self, task: str, seconds: float) -> None:
        self.heard.append(("finished", task))

    def reused(self, task: str) -> None:
        self.heard.append(("reused", task))

    def failed(self, task: str, failure: Failure) -> None:
        self.heard.append(("failed", task, failure.code))

    def forecast(self, done: int, total: int, seconds: float) -> None:
        self.forecasts.append((done, total, seconds))

    def message(self, text: str) -> None:
        self.heard.append(("message", text))


def change(seq: int, *tasks: tuple[str, str], state: str = "", numbered: bool = True) -> bytes:
    named = [{"task": task, "status": status} for task, status in tasks]
    notice = {"seq": seq, "at": "2026-01-01T00:00:00Z", "kind": "Finished", "tasks": named}
    head = f"id: {seq}\n" if numbered else ""
    body = json.dumps(notice | ({"state": state} if state else {}))
    return f"{head}event: change\ndata: {body}\n\n".encode()


class Told(httpx.BaseTransport):
    """A farm with one job: each item of `streams` is one answer to a watcher; an exception cuts it off."""

    def __init__(self, *streams: list[bytes | Exception], seq: int = 10) -> None:
        self.streams = list(streams)
        self.seq = seq
        self.state = "running"
        self.asked: list[str] = []

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        path = request.url.path.removeprefix("/api/v1/jobs/j")
        match path:
            case "":
                return httpx.Response(200, json=self._view())
            case "/tasks":
                rows = [{"task": t, "operation": o, "status": "waiting"} for t, o in TASKS.items()]
                return httpx.Response(200, json={"tasks": rows, "next": None})
            case "/events":
                self.asked.append(request.headers["Last-Event-ID"])
                return httpx.Response(200, stream=_Cut(self.streams.pop(0), self))
        failure = {"kind": "invalid", "code": "R0012", "message": "broke", "hint": "", "detail": ""}
        return httpx.Response(200, json={"failure": failure, "reason": "broke"})

    def _view(self) -> dict[str, Any]:
        counts = {"done": 1, "running": 1, "waiting": 1}
        return {"id": "j", "state": self.state, "seq": self.seq, "counts": counts, "eta": 4.0}


class _Cut(httpx.SyncByteStream):
    def __init__(self, pieces: list[bytes | Exception], farm: Told) -> None:
        self._pieces, self._farm = pieces, farm

    def __iter__(self):
        for piece in self._pieces:
            if isinstance(piece, Exception):
                raise piece
            if b'"state"' in piece:
                self._farm.state = "done"
            yield piece


def test_what_happens_is_told_until_the_job_has_ended():
    progress = b'event: progress\ndata: {"job":"j","tasks":[{"task":"a/take","fraction":0.5}]}\n\n'
    farm = Told(
        [
            b": here\n\n",
            change(11, ("a/take", "running")),
            progress,
            change(12, ("a/take", "done"), ("a/clip", "reused")),
            change(13, ("film", "failed")),
            change(14, state="done"),
        ]
    )
    ears = Ears()
    view = follow(connection(farm), "j", ears)
    assert view["state"] == "done"
    assert ears.heard == [
        ("started", "a/take", Operation.SPEAK),
        ("progressed", "a/take", 0.5),
        ("finished", "a/take"),
        ("reused", "a/clip"),
        ("failed", "film", "R0012"),
    ]
    assert ears.forecasts[-1] == (1, 3, 4.0)
    assert farm.asked == ["10"], "from where the job was seen, not from its beginning"


def test_a_stream_that_breaks_goes_on_behind_what_was_heard():
    cut = httpx.ReadError("cut")
    whole = change(12, ("a/clip", "running"))
    farm = Told(
        [change(11, ("a/take", "running")), whole[: len(whole) // 2], cut],
        [cut],
        [whole, change(13, ("a/clip", "done"), state="done")],
    )
    ears = Ears()
    follow(connection(farm), "j", ears, pause=lambda _: None)
    assert farm.asked == ["10", "11", "11"]
    told = [event for event in ears.heard if event[0] != "message"]
    assert told == [
        ("started", "a/take", Operation.SPEAK),
        ("started", "a/clip", Operation.ENCODE),
        ("finished", "a/clip"),
    ]
    assert any("away" in event[1] for event in ears.heard if event[0] == "message")


def test_a_frame_without_a_number_is_told_and_not_counted():
    farm = Told(
        [change(11, ("a/take", "running"), numbered=False), httpx.ReadError("cut")],
        [change(11, ("a/take", "running")), change(12, state="done")],
    )
    follow(connection(farm), "j", Ears(), pause=lambda _: None)
    assert farm.asked == ["10", "10"], "the event was not whole: the rest of it is to come"


def test_a_stream_that_just_ends_is_taken_up_again():
    farm = Told([change(11, ("a/take", "done"))], [change(12, state="done")])
    assert follow(connection(farm), "j", Ears(), pause=lambda _: None)["state"] == "done"
    assert farm.asked == ["10", "11"]


def test_a_farm_that_stays_away_is_given_up():
    farm = Told(*[[httpx.ReadError("cut")] for _ in range(20)])
    with pytest.raises(FarmError, match="no farm answers"):
        follow(connection(farm), "j", Ears(), waiting=Waiting(5.0, 1.0), pause=lambda _: None)
    assert len(farm.asked) == 6


def test_a_farm_that_does_not_say_how_far_it_is_is_waited_for_too():
    class Starting(Told):
        """Hangs up when it is asked how the job is, right after its stream has broken."""

        def handle_request(self, request: httpx.Request) -> httpx.Response:
            if self.asked == ["10"] and request.url.path.endswith("/j") and self.refusals:
                self.refusals -= 1
                raise httpx.ConnectError("down")
            return super().handle_request(request)

        refusals = 3

    farm = Starting([change(11, ("a/take", "done"))], [change(12, state="done")])
    asked = connection(farm, known=0.2)
    assert follow(asked, "j", Ears(), pause=lambda _: None)["state"] == "done"


def test_a_job_that_has_ended_is_only_looked_at():
    farm = Told()
    farm.state = "failed"
    assert follow(connection(farm), "j", Ears())["state"] == "failed"
    assert farm.asked == []


def test_a_refusal_ends_it():
    class Gone(Told):
        def handle_request(self, request: httpx.Request) -> httpx.Response:
            if request.url.path.endswith("/events"):
                return refused(404, "not-found")
            return super().handle_request(request)

    with pytest.raises(FarmError, match="that is wrong"):
        follow(connection(Gone()), "j", Ears())
