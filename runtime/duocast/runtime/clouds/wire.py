"""The wire: an adapter's requests over HTTP. The key goes to the provider's own host only, and into no error text."""

import contextlib
import time
from collections.abc import Iterator
from dataclasses import replace
from email.utils import parsedate_to_datetime
from pathlib import Path
from urllib.parse import urljoin, urlsplit

import httpx

from duocast.runtime.clouds.contract import Adapter, Answer, Call

CONNECT, READ = 10.0, 300.0
_REDIRECTS, _CHUNK, _BIGGEST = 5, 1 << 16, 4 << 30
_MOVED = (301, 302, 303, 307, 308)
_NEVER_SENT = (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout)


class NotReached(Exception):
    """The request never left."""


class AnswerLost(Exception):
    """The request may have arrived; its answer did not."""


class Wire:
    """Connections to one provider."""

    def __init__(self, adapter: Adapter, base: str, key: str, read: float = READ) -> None:
        self._adapter = adapter
        self._base = base
        self._key = key
        self._client = httpx.Client(
            timeout=httpx.Timeout(read, connect=CONNECT), follow_redirects=False
        )

    def close(self) -> None:
        """Let all connections go."""
        self._client.close()

    def ask(self, call: Call) -> Answer:
        """One request and its whole answer. Raises `NotReached` or `AnswerLost`."""
        with self._sent(call) as response:
            body = response.read()
        return Answer(response.status_code, self._clean(body), _headers(response))

    def download(self, call: Call, file: Path) -> Answer:
        """One request whose good answer goes into a file, complete; redirects are followed.

        Raises `NotReached`, or `AnswerLost` for one that ends early.
        """
        for _ in range(_REDIRECTS):
            with self._sent(call) as response:
                if response.status_code in _MOVED and "location" in response.headers:
                    call = Call("GET", urljoin(self._whole(call.url), response.headers["location"]))
                    continue
                if response.status_code != 200:
                    body = self._clean(response.read())
                    return Answer(response.status_code, body, _headers(response))
                _written(response, file)
                return Answer(200, headers=_headers(response))
        raise AnswerLost("it leads from one place to the next without an end")

    @contextlib.contextmanager
    def _sent(self, call: Call) -> Iterator[httpx.Response]:
        url = self._whole(call.url)
        if self._is_theirs(url):
            call = self._adapter.sign(call, self._key, int(time.time()))
        files = [(field, (name, content, kind)) for field, name, content, kind in call.files]
        try:
            request = self._client.build_request(
                call.method,
                url,
                params=dict(call.query) or None,
                headers=dict(call.headers),
                json=call.json,
                files=files or None,
                data=dict(call.form) or None,
            )
            response = self._client.send(request, stream=True)
        except (*_NEVER_SENT, httpx.UnsupportedProtocol, httpx.InvalidURL) as problem:
            raise NotReached(self._words(problem)) from None
        except httpx.HTTPError as problem:
            raise AnswerLost(self._words(problem)) from None
        try:
            yield response
        except httpx.HTTPError as problem:
            raise AnswerLost(self._words(problem)) from None
        finally:
            response.close()

    def _whole(self, url: str) -> str:
        return self._base + url if url.startswith("/") else url

    def _is_theirs(self, url: str) -> bool:
        return urlsplit(url)[:2] == urlsplit(self._base)[:2]

    def _clean(self, body: bytes) -> bytes:
        """An answer without our key: some repeat it in their errors."""
        for part in (self._key, *self._key.split(":")):
            if part:
                body = body.replace(part.encode(), b"...")
        return body

    def _words(self, problem: Exception) -> str:
        said = str(problem) or type(problem).__name__
        return replace(Answer(0), body=self._clean(said.encode())).body.decode()


def retry_after(answer: Answer, now: float) -> float | None:
    """Seconds that an answer asks to wait: a number, milliseconds, or a date."""
    if (millis := answer.headers.get("retry-after-ms")) is not None:
        with contextlib.suppress(ValueError):
            return max(0.0, float(millis) / 1000)
    said = answer.headers.get("retry-after")
    if said is None:
        return None
    with contextlib.suppress(ValueError):
        return max(0.0, float(said))
    with contextlib.suppress(ValueError, TypeError):
        return max(0.0, parsedate_to_datetime(said).timestamp() - now)
    return None


def _written(response: httpx.Response, file: Path) -> None:
    size = 0
    with file.open("wb") as out:
        for chunk in response.iter_bytes(_CHUNK):
            size += len(chunk)
            if size > _BIGGEST:
                raise AnswerLost("it is bigger than any film")
            out.write(chunk)
    said = response.headers.get("content-length")
    if said is not None and "content-encoding" not in response.headers and int(said) != size:
        raise AnswerLost(f"{size} of {said} bytes came")


def _headers(response: httpx.Response) -> dict[str, str]:
    return {name.lower(): value for name, value in response.headers.items()}
