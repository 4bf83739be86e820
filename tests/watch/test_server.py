"""The page's server: who may look, at what, and in which pieces."""

import http.client
import json
from urllib.parse import urlsplit

import pytest

from duocast.cli.watch.bulletin import Bulletin
from duocast.cli.watch.server import Server, byte_range

FILM = bytes(range(256))


@pytest.fixture
def bulletin():
    return Bulletin()


@pytest.fixture
def server(bulletin, tmp_path):
    (tmp_path / "film.mp4").write_bytes(FILM)
    media = {("shot", "abc"): b"a shot", ("film", "def"): tmp_path / "film.mp4"}
    with Server(bulletin, lambda kind, name: media.get((kind, name))) as server:
        yield server


@pytest.fixture
def ask(server):
    """GET a path behind the secret: (status, headers, body)."""

    def ask(path="", method="GET", root=None, **headers):
        connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
        try:
            base = urlsplit(server.address).path if root is None else root
            connection.putrequest(method, base + path, skip_host="Host" in headers)
            for name, value in headers.items():
                connection.putheader(name, value)
            connection.endheaders()
            answer = connection.getresponse()
            return answer.status, dict(answer.getheaders()), answer.read()
        finally:
            connection.close()

    return ask


def test_the_page_comes_with_a_strict_policy_and_nothing_from_elsewhere(ask):
    status, headers, body = ask()
    assert status == 200
    assert headers["Content-Security-Policy"].startswith("default-src 'none'; script-src 'self'")
    assert "unsafe" not in headers["Content-Security-Policy"]
    assert headers["Referrer-Policy"] == "no-referrer"
    assert "Access-Control-Allow-Origin" not in headers
    assert b"http:" not in body
    assert b"<style" not in body
    assert b" style=" not in body


def test_every_file_that_the_page_names_is_there(ask):
    for name in (
        "base.css",
        "main.js",
        "player.js",
        "icon.svg",
        "font/inter.ttf",
        "font/serif.ttf",
    ):
        status, headers, body = ask(name)
        assert status == 200, name
        assert headers["X-Content-Type-Options"] == "nosniff"
        assert len(body) > 100


@pytest.mark.parametrize("root", ["/", "/guess/", "//", "/../"])
def test_without_the_secret_there_is_nothing(ask, root):
    status, _, body = ask(root=root)
    assert (status, body) == (404, b"")


@pytest.mark.parametrize("host", ["evil.example", "evil.example:80", "127.0.0.1", "", "[::1]:1"])
def test_under_another_name_nothing_is_served(ask, host):
    assert ask(Host=host)[0] == 421


@pytest.mark.parametrize(
    "path",
    ["../server.py", "..%2fserver.py", "font/../../server.py", "page/index.html", "shot/../film/def.mp4",
     "shot/unknown.mp4", "film/%64ef.mp4", "still/abc.jpg", "/etc/passwd", "__init__.py"],
)  # fmt: skip
def test_only_what_was_announced_can_be_had(ask, path):
    assert ask(path)[0] == 404


@pytest.mark.parametrize("method", ["POST", "PUT", "DELETE", "OPTIONS"])
def test_nobody_can_write(ask, method):
    assert ask(method=method)[0] == 501


def test_media_come_whole_and_in_pieces(ask):
    assert ask("shot/abc.mp4")[2] == b"a shot"
    status, headers, body = ask("film/def.mp4", Range="bytes=10-19")
    assert (status, headers["Content-Range"], body) == (206, "bytes 10-19/256", FILM[10:20])
    assert ask("film/def.mp4", method="HEAD")[2] == b""


@pytest.mark.parametrize(
    ("wanted", "given"),
    [
        (None, (0, 100)),
        ("bytes=0-", (0, 100)),
        ("bytes=90-200", (90, 100)),
        ("bytes=-10", (90, 100)),
        ("bytes=-500", (0, 100)),
        ("bytes=200-", (0, 100)),
        ("bytes=5-2", (0, 100)),
        ("bytes=1-2,5-6", (0, 100)),
        ("bytes=-", (0, 100)),
        ("lines=1-2", (0, 100)),
        ("bytes=a-b", (0, 100)),
    ],
)
def test_ranges_are_understood_or_left_alone(wanted, given):
    assert byte_range(wanted, 100) == given


def test_news_come_as_they_happen_and_only_the_newest(server, bulletin):
    bulletin.post("work", {"done": 1})
    connection = http.client.HTTPConnection("127.0.0.1", server.port, timeout=10)
    connection.request("GET", f"{urlsplit(server.address).path}events")
    answer = connection.getresponse()
    assert answer.getheader("Content-Type") == "text/event-stream"

    def heard():
        lines = []
        while not lines or not lines[-1].startswith(b"data:"):
            lines.append(answer.readline())
        return json.loads(lines[-1].removeprefix(b"data: "))

    assert heard() == {"work": {"done": 1}}
    bulletin.post("work", {"done": 1})
    bulletin.post("work", {"done": 2})
    assert heard() == {"work": {"done": 2}}
    connection.close()


def test_what_was_taken_down_and_comes_again_is_news(bulletin):
    bulletin.post_all({"rows/a": ["one"], "script": ["a"]})
    known = {name: number for name, (number, _) in bulletin.since({}, 0).items()}
    bulletin.post_all({"rows/b": ["two"], "script": ["b"]}, gone=["rows/a"])
    news = bulletin.since(known, 0)
    assert sorted(news) == ["rows/b", "script"]
    known |= {name: number for name, (number, _) in news.items()}
    bulletin.post_all({"rows/a": ["one"], "script": ["a"]}, gone=["rows/b"])
    assert sorted(bulletin.since(known, 0)) == ["rows/a", "script"]
