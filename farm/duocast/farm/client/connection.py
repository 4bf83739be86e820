"""A connection to a farm: requests with a token, answers as JSON, errors in the farm's words, and patience.

Only what may be asked twice is asked again after a broken connection: reading, replacing, and what carries a mark of
its own by which the farm knows it again. A farm that has never answered is given up soon; one that has answered
before is waited for, because it may be starting again.
"""

import ssl
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from dataclasses import dataclass
from typing import Any
from urllib.parse import quote

import httpx

from duocast.farm.client.address import Address
from duocast.farm.client.faults import UNREACHABLE, FarmError, no_farm

API = "/api/v1"
_BUSY = frozenset({429, 502, 503, 504})
"""Answers of a farm, or of what stands before it, that mean: later."""


@dataclass(frozen=True, slots=True)
class Patience:
    """Seconds: how long a farm is waited for that never answered, and one that did; the pauses between tries grow."""

    stranger: float = 1.0
    known: float = 60.0
    first_pause: float = 0.1
    longest_pause: float = 5.0


class Connection:
    """One user's way to one farm. Use it as a context; not for several threads."""

    def __init__(
        self,
        address: Address,
        *,
        patience: Patience | None = None,
        pause: Callable[[float], None] = time.sleep,
        transport: httpx.BaseTransport | None = None,
    ) -> None:
        self.address = address
        self._patience = patience or Patience()
        self._pause = pause
        self._met = False
        self._http = httpx.Client(
            base_url=address.url + API,
            headers={"Authorization": f"Bearer {address.token}"} if address.token else {},
            verify=_trusted(address),
            timeout=httpx.Timeout(30.0, connect=5.0),
            transport=transport,
            trust_env=False,  # no proxy and no .netrc may come between a user and the farm
        )

    def __enter__(self) -> "Connection":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    def close(self) -> None:
        """Let go of the farm."""
        self._http.close()

    def get(self, path: str, **query: object) -> Any:  # noqa: ANN401 -- JSON
        """What stands at a path of the API."""
        return _content(self.ask("GET", path, params=_given(query)))

    def put(self, path: str, body: object) -> Any:  # noqa: ANN401 -- JSON
        """Replace what stands at a path."""
        return _content(self.ask("PUT", path, json=body))

    def post(self, path: str, body: object = None, *, again: bool = False) -> Any:  # noqa: ANN401 -- JSON
        """Have something done; `again` says that doing it twice is the same as once."""
        return _content(self.ask("POST", path, again=again, json=body))

    def delete(self, path: str) -> Any:  # noqa: ANN401 -- JSON
        """Take away what stands at a path."""
        return _content(self.ask("DELETE", path))

    def ask(
        self,
        method: str,
        path: str,
        *,
        again: bool | None = None,
        **how: Any,  # noqa: ANN401 -- httpx's own
    ) -> httpx.Response:
        """The answer to a request. Raises `FarmError` for every refusal, and when nobody answers."""
        repeatable = method in ("GET", "HEAD", "PUT", "DELETE") if again is None else again
        return self._patiently(lambda: self._http.request(method, path, **how), repeatable)

    @contextmanager
    def stream(
        self,
        path: str,
        *,
        quiet: float | None = 30.0,
        **how: Any,  # noqa: ANN401 -- httpx's own
    ) -> Iterator[httpx.Response]:
        """An answer that is read bit by bit; `quiet` is how many seconds it may say nothing. Never asked twice."""
        timeout = httpx.Timeout(30.0, connect=5.0, read=quiet)
        try:
            with self._http.stream("GET", path, timeout=timeout, **how) as response:
                if response.is_error or response.is_redirect:
                    response.read()
                    raise refusal(response, self.address)
                self._met = True
                yield response
        except httpx.HTTPError as problem:
            raise self._silence(problem) from None

    def _patiently(self, send: Callable[[], httpx.Response], repeatable: bool) -> httpx.Response:
        waited, pause = 0.0, self._patience.first_pause
        while True:
            try:
                response = send()
                self._met = True
                if not (response.is_error or response.is_redirect):
                    return response
                problem = refusal(response, self.address)
                wait = _later(response)
            except httpx.HTTPError as broken:
                problem, wait = self._silence(broken), None if _is_distrust(broken) else pause
                repeatable = repeatable or isinstance(
                    broken, httpx.ConnectError
                )  # it heard nothing
            limit = self._patience.known if self._met else self._patience.stranger
            if not repeatable or wait is None or waited + max(wait, pause) > limit:
                raise problem
            self._pause(max(wait, pause))
            waited += max(wait, pause)
            pause = min(pause * 2, self._patience.longest_pause)

    def _silence(self, problem: httpx.HTTPError) -> FarmError:
        return no_farm(self.address.url, _why(problem))


def part(name: str) -> str:
    """A name as one part of a path, whatever stands in it."""
    return quote(name, safe="")


def refusal(response: httpx.Response, address: Address) -> FarmError:
    """What the farm said no with; of an answer that is no farm's, what it was."""
    try:
        body: Mapping[str, Any] = response.json()
        said: Mapping[str, Any] = body["error"]
        words = str(said["message"]), str(said.get("hint") or "")
        return FarmError(str(said["code"]), *words, response.status_code, {**body, **said})
    except (ValueError, KeyError, TypeError, AttributeError):
        message = f"what answers at {address.url} is no farm (HTTP {response.status_code})"
        return FarmError(UNREACHABLE, message, "look at the address", response.status_code)


def _given(query: Mapping[str, object]) -> dict[str, str]:
    return {name: str(value) for name, value in query.items() if value is not None}


def _content(response: httpx.Response) -> Any:  # noqa: ANN401 -- JSON
    if not response.content:
        return None
    try:
        return response.json()
    except ValueError:
        said = f"what answers at {response.request.url.host} is no farm: it sends no JSON"
        raise FarmError(UNREACHABLE, said, "look at the address", response.status_code) from None


def _later(response: httpx.Response) -> float | None:
    """How many seconds to wait before asking again; None: the answer will stay the same."""
    if response.status_code not in _BUSY:
        return None
    try:
        return min(max(float(response.headers.get("Retry-After", "0")), 0.0), 30.0)
    except ValueError:
        return 0.0


def _is_distrust(problem: httpx.HTTPError) -> bool:
    return "CERTIFICATE_VERIFY_FAILED" in str(problem)


def _why(problem: httpx.HTTPError) -> str:
    if _is_distrust(problem):
        return (
            "its certificate is not trusted here; name its authority's file with `ca` in farm.toml"
        )
    if isinstance(problem, httpx.TimeoutException):
        return "it takes too long"
    if isinstance(problem, httpx.ConnectError):
        return ""
    return "the connection broke"


def _trusted(address: Address) -> ssl.SSLContext | bool:
    if address.ca is None:
        return True
    context = ssl.create_default_context()
    context.verify_flags |= ssl.VERIFY_X509_PARTIAL_CHAIN  # the farm's own certificate will do
    try:
        context.load_verify_locations(cafile=str(address.ca))
        return context
    except (OSError, ssl.SSLError):
        message = f"{address.ca} is no certificate that can be read"
        raise FarmError("address", message, "name a PEM file with `ca` in farm.toml") from None
