"""The page's server: this machine only, one secret in the address, nothing but the page and what it shows.

Whoever knows the secret may read; nobody may write. A page of the web that gets at the port under another name
(DNS rebinding) is turned away by the Host header, and has no secret either.
"""

import hmac
import secrets
import sys
import threading
from collections.abc import Callable, Iterator, Mapping
from http import HTTPStatus
from http.server import BaseHTTPRequestHandler, ThreadingHTTPServer
from pathlib import Path

import msgspec

from duocast.cli.watch.bulletin import Bulletin
from duocast.farm.look.site import HEADERS, content_type, site

ADDRESS = "127.0.0.1"
_PULSE = 10.0
"""Seconds after which a quiet connection is shown to be alive."""
_IDLE = 60.0
_CHUNK = 1 << 20

Media = Callable[[str, str], bytes | Path | None]
"""(kind, id) to the content, or to the file that holds it."""


class Server:
    """Serves a bulletin and its media. Use it as a context; `address` is where the page is."""

    def __init__(self, bulletin: Bulletin, media: Media, port: int = 0) -> None:
        self._bulletin = bulletin
        self._token = secrets.token_urlsafe(18)
        self._http = _Quiet((ADDRESS, port), _Handler)
        self._http.site = _Site(self._token, self.port, bulletin, media, site("duocast.cli.watch"))
        self._thread = threading.Thread(
            target=self._http.serve_forever, args=(0.1,), name="page", daemon=True
        )

    def __enter__(self) -> "Server":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        self._bulletin.close()
        self._http.shutdown()
        self._http.server_close()
        self._thread.join()

    @property
    def port(self) -> int:
        """The port it listens on."""
        return int(self._http.server_address[1])

    @property
    def address(self) -> str:
        """The page's address, secret included."""
        return f"http://{ADDRESS}:{self.port}/{self._token}/"


class _Site:
    """What can be asked for."""

    def __init__(
        self,
        token: str,
        port: int,
        bulletin: Bulletin,
        media: Media,
        pages: Mapping[str, bytes],
    ) -> None:
        self.token = token
        self.hosts = frozenset({f"{ADDRESS}:{port}", f"localhost:{port}"})
        self.bulletin = bulletin
        self._media = media
        self._pages = pages

    def admits(self, token: str) -> bool:
        """Whether somebody knows the secret."""
        return hmac.compare_digest(token.encode(), self.token.encode())

    def find(self, path: str) -> bytes | Path | None:
        """The content at a path behind the secret. Names are looked up, never opened."""
        if path in self._pages:
            return self._pages[path]
        kind, _, name = path.partition("/")
        if kind in ("still", "shot", "film") and "/" not in name:
            return self._media(kind, name.partition(".")[0])
        return None


class _Quiet(ThreadingHTTPServer):
    """Connections that break are nobody's trouble."""

    daemon_threads = True
    block_on_close = False
    site: _Site

    def handle_error(self, request: object, client_address: object) -> None:
        if not isinstance(sys.exc_info()[1], ConnectionError | TimeoutError):
            super().handle_error(request, client_address)  # type: ignore[arg-type]


class _Handler(BaseHTTPRequestHandler):
    """One connection."""

    protocol_version = "HTTP/1.1"
    timeout = _IDLE
    server: _Quiet

    def version_string(self) -> str:
        return "duocast"

    def log_message(self, *_: object) -> None:
        """Keep no log."""

    def do_HEAD(self) -> None:
        self.do_GET()

    def do_GET(self) -> None:
        site = self.server.site
        if self.headers.get("Host", "").lower() not in site.hosts:
            return self._refuse(HTTPStatus.MISDIRECTED_REQUEST)
        token, _, rest = self.path.partition("?")[0].removeprefix("/").partition("/")
        if not site.admits(token):
            return self._refuse(HTTPStatus.NOT_FOUND)
        if rest == "events":
            return self._events(site.bulletin)
        found = site.find(rest or "index.html")
        if found is None:
            return self._refuse(HTTPStatus.NOT_FOUND)
        return self._send(found, content_type(rest or "index.html"))

    def _refuse(self, status: HTTPStatus) -> None:
        self._head(status, {"Content-Type": "text/plain", "Content-Length": "0"})

    def _head(self, status: HTTPStatus, headers: Mapping[str, str]) -> None:
        self.send_response(status)
        for name, value in {**HEADERS, **headers}.items():
            self.send_header(name, value)
        self.end_headers()

    def _send(self, content: bytes | Path, kind: str) -> None:
        size = len(content) if isinstance(content, bytes) else content.stat().st_size
        first, last = byte_range(self.headers.get("Range"), size)
        lasting = kind.startswith(("image", "video", "font"))
        headers = {
            "Content-Type": kind,
            "Content-Length": str(last - first),
            "Accept-Ranges": "bytes",
            "Cache-Control": "private, max-age=86400, immutable" if lasting else "no-store",
        }
        status = HTTPStatus.OK
        if (first, last) != (0, size):
            headers["Content-Range"] = f"bytes {first}-{last - 1}/{size}"
            status = HTTPStatus.PARTIAL_CONTENT
        self._head(status, headers)
        if self.command == "GET":
            for chunk in _chunks(content, first, last):
                self.wfile.write(chunk)

    def _events(self, bulletin: Bulletin) -> None:
        """Tell what is new, as server-sent events, until one of both goes."""
        self._head(
            HTTPStatus.OK,
            {
                "Content-Type": "text/event-stream",
                "Cache-Control": "no-store",
                "Connection": "close",
            },
        )
        self.close_connection = True
        self.wfile.write(b"retry: 500\n\n")
        known: dict[str, int] = {}
        while (news := bulletin.since(known, _PULSE)) is not None:
            self.wfile.write(b"data: %s\n\n" % _object(news) if news else b": still here\n\n")
            known |= {name: number for name, (number, _) in news.items()}


def _object(news: Mapping[str, tuple[int, bytes]]) -> bytes:
    """Parts as one JSON object by their names."""
    parts = (msgspec.json.encode(name) + b":" + text for name, (_, text) in news.items())
    return b"{%s}" % b",".join(parts)


def byte_range(wanted: str | None, size: int) -> tuple[int, int]:
    """The bytes [first, last) that a Range header asks for; all of them if it can't be understood or met."""
    unit, _, span = (wanted or "").partition("=")
    start, dash, end = span.partition("-")
    if unit != "bytes" or not dash or "," in span or not (start + end).isdigit():
        return 0, size
    if not start:
        return max(0, size - int(end)), size
    first, last = int(start), min(int(end) + 1 if end else size, size)
    return (first, last) if first < last else (0, size)


def _chunks(content: bytes | Path, first: int, last: int) -> Iterator[bytes]:
    if isinstance(content, bytes):
        yield content[first:last]
        return
    with content.open("rb") as file:
        file.seek(first)
        while first < last and (chunk := file.read(min(_CHUNK, last - first))):
            first += len(chunk)
            yield chunk
