"""Uploads and downloads: in pieces, taken up again where they stopped, never with other bytes than the name says."""

import hashlib

import httpx
import pytest
from replies import Replies, connection, refused

from duocast.farm.client import upload as uploading
from duocast.farm.client.download import download
from duocast.farm.client.faults import FarmError
from duocast.farm.client.fetch import results
from duocast.farm.client.messages import Message, messages
from duocast.farm.client.upload import Content, upload

BYTES = bytes(range(256)) * 40
DIGEST = hashlib.sha256(BYTES).hexdigest()


class Shelf(httpx.BaseTransport):
    """A farm's place for one blob; it hangs up at the requests whose numbers are in `cuts`, half way through."""

    def __init__(self, cuts: tuple[int, ...] = (), held: bytes = b"") -> None:
        self.cuts, self.held, self.sent, self.requests = cuts, held, 0, 0

    def handle_request(self, request: httpx.Request) -> httpx.Response:
        self.requests += 1
        cut = self.requests in self.cuts
        match request.method:
            case "HEAD" if not self.held:
                return httpx.Response(404)
            case "HEAD":
                return httpx.Response(200, headers={"Upload-Offset": str(len(self.held))})
            case "PATCH":
                return self._take(request, cut)
        return self._give(request, cut)

    def _take(self, request: httpx.Request, cut: bool) -> httpx.Response:
        piece, offset = request.read(), int(request.headers["Upload-Offset"])
        assert int(request.headers["Upload-Length"]) == len(BYTES)
        self.sent += len(piece)
        if offset != len(self.held):
            return refused(409)
        self.held += piece[: len(piece) // 2] if cut else piece
        if cut:
            raise httpx.ReadError("cut")
        return httpx.Response(204, headers={"Upload-Offset": str(len(self.held))})

    def _give(self, request: httpx.Request, cut: bool) -> httpx.Response:
        if request.url.path.endswith("healthz"):
            return httpx.Response(200, json={})
        span = request.headers.get("Range", "bytes=0-")
        start = int(span.removeprefix("bytes=").removesuffix("-"))
        if start >= len(self.held):
            return refused(416)
        rest = self.held[start:]
        self.sent += len(rest) // (2 if cut else 1)
        return httpx.Response(206 if start else 200, stream=_Stream(rest, cut))


class _Stream(httpx.SyncByteStream):
    def __init__(self, content: bytes, cut: bool) -> None:
        self._content, self._cut = content, cut

    def __iter__(self):
        yield self._content[: len(self._content) // 2]
        if self._cut:
            raise httpx.ReadError("cut")
        yield self._content[len(self._content) // 2 :]


@pytest.fixture
def content(tmp_path, monkeypatch) -> Content:
    monkeypatch.setattr(uploading, "PIECE", 1000)
    file = tmp_path / "asset.png"
    file.write_bytes(BYTES)
    return Content(DIGEST, file, len(BYTES))


def test_an_upload_in_pieces_tells_how_far_it_is(content):
    shelf, moved = Shelf(), list[int]()
    upload(connection(shelf), content, moved.append)
    assert shelf.held == BYTES
    assert moved == [*range(0, len(BYTES), 1000), len(BYTES)]


def test_an_upload_goes_on_where_it_was_cut(content):
    shelf = Shelf(cuts=(4, 9))
    upload(connection(shelf), content)
    assert shelf.held == BYTES
    assert shelf.sent == len(BYTES) + 1000, "only the halves that were lost were sent again"


def test_an_upload_of_yesterday_goes_on_today(content):
    shelf = Shelf(held=BYTES[:7000])
    upload(connection(shelf), content)
    assert shelf.held == BYTES
    assert shelf.sent == len(BYTES) - 7000


def test_a_farm_that_has_it_already_gets_nothing(content):
    shelf = Shelf(held=BYTES)
    upload(connection(shelf), content)
    assert shelf.sent == 0


def test_an_upload_that_does_not_move_is_given_up(content):
    shelf = Shelf(cuts=tuple(range(100)))
    shelf._take = lambda *_: (_ for _ in ()).throw(httpx.ReadError("cut"))
    with pytest.raises(FarmError, match="the connection broke"):
        upload(connection(shelf), content)
    assert shelf.requests < 30


def test_a_download_goes_on_where_it_was_cut(tmp_path):
    shelf, file = Shelf(cuts=(1, 3), held=BYTES), tmp_path / "parts" / DIGEST
    download(connection(shelf), DIGEST, file)
    assert file.read_bytes() == BYTES
    assert shelf.sent < len(BYTES) * 1.1


def test_a_download_of_yesterday_goes_on_or_is_there(tmp_path):
    file = tmp_path / DIGEST
    for there in (BYTES[:5000], BYTES):
        file.write_bytes(there)
        shelf = Shelf(held=BYTES)
        download(connection(shelf), DIGEST, file)
        assert file.read_bytes() == BYTES
        assert shelf.sent == len(BYTES) - len(there)


def test_half_a_download_of_other_bytes_begins_anew(tmp_path):
    file = tmp_path / DIGEST
    file.write_bytes(b"rubbish")
    download(connection(Shelf(held=BYTES)), DIGEST, file)
    assert file.read_bytes() == BYTES


def test_other_bytes_than_the_name_says_are_no_download(tmp_path):
    with pytest.raises(FarmError, match="other bytes"):
        download(connection(Shelf(held=b"something else")), DIGEST, tmp_path / DIGEST)
    assert list(tmp_path.iterdir()) == []


@pytest.mark.parametrize(
    ("digest", "suffix"),
    [
        ("../../../../etc/passwd", ".bin"),
        (DIGEST.upper(), ".bin"),
        (DIGEST, "/../x"),
        (DIGEST, ".x/../../y"),
    ],
)
def test_a_farm_can_name_no_other_path_here(digest, suffix):
    blob = {"digest": digest, "suffix": suffix, "size": 1}
    row = {"task": "a", "operation": "speak", "engine": "e", "status": "done", "reason": ""}
    farm = Replies(
        httpx.Response(200, json={"outputs": {"a": {"out": blob}}}),
        httpx.Response(200, json={"tasks": [row]}),
    )
    with pytest.raises(FarmError, match="in a way that no farm does"):
        results(connection(farm), "j")


def test_messages_of_a_stream():
    lines = [
        "",
        ": still here",
        "id: 7",
        "event: task",
        'data: {"a":',
        "data: 1}",
        "",
        "data:x",
        "",
        "id: 9",
    ]
    assert list(messages(lines)) == [Message("7", "task", '{"a":\n1}'), Message("", "message", "x")]
