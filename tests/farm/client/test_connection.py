"""A connection: what is asked again and what is not, whose words an error has, and where a token may go."""

import httpx
import pytest
from replies import TOKEN, Replies, connection, refused

from duocast.farm.client.address import address
from duocast.farm.client.connection import Connection, part
from duocast.farm.client.faults import UNREACHABLE, FarmError

DOWN = httpx.ConnectError("refused")
BROKEN = httpx.ReadError("cut")


def test_an_answer_is_json_and_the_token_goes_with_the_question():
    farm = Replies(httpx.Response(200, json={"jobs": []}))
    assert connection(farm).get("/jobs", user=None, limit=3) == {"jobs": []}
    assert farm.heard[0].headers["Authorization"] == f"Bearer {TOKEN}"
    assert str(farm.heard[0].url) == "http://127.0.0.1:1/api/v1/jobs?limit=3"


def test_a_refusal_has_the_farms_words_and_is_not_asked_again():
    farm = Replies(refused(403, "scope"))
    with pytest.raises(FarmError) as caught:
        connection(farm).get("/users")
    problem = caught.value
    assert (problem.code, problem.message, problem.hint, problem.status) == (
        "scope",
        "that is wrong",
        "do it right",
        403,
    )
    assert len(farm.heard) == 1


def test_nobody_there_is_said_with_what_to_do():
    pauses: list[float] = []
    asked = Connection(address("127.0.0.1:1", TOKEN), pause=pauses.append)
    with (
        asked,
        pytest.raises(FarmError, match=r"no farm answers at http://127\.0\.0\.1:1") as caught,
    ):
        asked.get("/jobs")
    assert caught.value.code == UNREACHABLE
    assert "duocast farm up" in caught.value.hint
    assert TOKEN not in str(caught.value) + caught.value.hint + repr(asked.address)
    assert sum(pauses) < 1.0, "a farm that never answered is given up soon"


def test_a_farm_that_starts_again_is_waited_for():
    pauses: list[float] = []
    farm = Replies(
        httpx.Response(200, json=1),
        DOWN,
        DOWN,
        BROKEN,
        DOWN,
        DOWN,
        DOWN,
        httpx.Response(200, json=2),
    )
    asked = connection(farm, pauses)
    assert [asked.get("/jobs"), asked.get("/jobs")] == [1, 2]
    assert pauses == sorted(pauses)
    assert sum(pauses) > 3, "longer than for a stranger"


def test_what_may_have_been_done_is_not_done_again():
    farm = Replies(BROKEN)
    with pytest.raises(FarmError):
        connection(farm).post("/jobs/j/cancel")
    assert len(farm.heard) == 1
    twice = Replies(BROKEN, httpx.Response(201, json={"job": "j"}))
    assert connection(twice).post("/jobs", {}, again=True) == {"job": "j"}


def test_what_nobody_heard_is_said_again():
    farm = Replies(DOWN, httpx.Response(200, json={}))
    assert connection(farm).post("/jobs/j/cancel") == {}


def test_a_busy_farm_says_when_to_come_back():
    pauses: list[float] = []
    busy = httpx.Response(503, headers={"Retry-After": "7"}, json={})
    assert connection(Replies(busy, httpx.Response(200, json=1)), pauses).get("/jobs") == 1
    assert pauses == [7.0]


def test_something_else_that_answers_is_no_farm():
    for other in (
        httpx.Response(200, text="<html>"),
        httpx.Response(404, text="<html>"),
        httpx.Response(302, headers={"Location": "http://elsewhere.example/"}),
    ):
        farm = Replies(other)
        with pytest.raises(FarmError, match="is no farm"):
            connection(farm).get("/jobs")
        assert len(farm.heard) == 1, "no redirect is followed with a token"


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        ("localhost:8300", "http://localhost:8300"),
        ("127.0.0.1:8300/", "http://127.0.0.1:8300"),
        ("http://[::1]:8300", "http://[::1]:8300"),
        ("farm.example:8300", "https://farm.example:8300"),
        (" https://farm.example ", "https://farm.example"),
    ],
)
def test_an_address_as_people_type_it(typed, meant):
    assert address(typed).url == meant


@pytest.mark.parametrize(
    "typed",
    [
        "http://farm.example:8300",
        "ftp://127.0.0.1",
        "",
        "http://",
        "https://me:secret@farm.example",
        "https://farm.example:port",
        "https://farm.example/?token=x",
        "http://127.0.0.1.farm.example",
    ],
)
def test_what_is_no_address_or_would_tell_the_token(typed):
    with pytest.raises(FarmError):
        address(typed)


def test_a_name_is_one_part_of_a_path():
    assert part("kitchen/shot-3/../clip") == "kitchen%2Fshot-3%2F..%2Fclip"
