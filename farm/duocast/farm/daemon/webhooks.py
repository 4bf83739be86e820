"""Webhooks: who wants to hear of a job's end is told by a signed request, again and again until it is taken.

Only http and https, no redirects, and addresses of private networks only if the administrator allows them: the address
is looked up once, judged, and connected to as it was judged.
"""

import hashlib
import hmac
import ipaddress
import logging
import socket
from collections.abc import Callable
from dataclasses import dataclass
from typing import TYPE_CHECKING
from urllib.parse import urlsplit

from duocast.farm.daemon.beside import Beside
from duocast.farm.daemon.errand import Decision, Errand
from duocast.farm.daemon.faults import Refusal, invalid
from duocast.farm.daemon.journal import Database, Deed

if TYPE_CHECKING:
    import httpx  # a tenth of a second that a start need not wait for

PAUSES = (10.0, 60.0, 600.0, 3600.0, 6 * 3600.0)
"""Seconds between tries; after the last one a delivery is given up."""
_TIMEOUT = 10.0
_LOOK = 1.0
_log = logging.getLogger("duocast.farm")


@dataclass(frozen=True, slots=True)
class Delivery:
    """Something to be told."""

    hook: str
    seq: int
    kind: str
    body: bytes
    tries: int
    url: str
    secret: str


def check_url(url: str, *, private: bool) -> None:
    """Raise `Refusal` for a URL that is none, or that may not be asked."""
    try:
        parts = urlsplit(url)
        sound = parts.scheme in ("http", "https") and bool(parts.hostname) and parts.port != 0
    except ValueError:
        sound = False
    if not sound or parts.username or not url.isascii() or not url.isprintable() or " " in url:
        raise invalid("a webhook is an http or https URL without a user's name in it")
    try:
        address = ipaddress.ip_address(parts.hostname or "")
    except ValueError:
        private = private or parts.hostname != "localhost"
        address = None
    if not private and (address is None or not address.is_global):
        raise invalid(f"{parts.hostname} is no public address", "have the farm allow private ones")


def signature(secret: str, body: bytes) -> str:
    """What the header `X-Duocast-Signature` says: `sha256=` and the HMAC of the body."""
    return "sha256=" + hmac.new(secret.encode(), body, hashlib.sha256).hexdigest()


def public_address(host: str, port: int, *, private: bool) -> str:
    """An address of a host that may be asked. Raises `OSError`."""
    found = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    addresses = [ipaddress.ip_address(str(each[4][0]).partition("%")[0]) for each in found]
    allowed = [each for each in addresses if private or (each.is_global and not each.is_multicast)]
    if not allowed or len(allowed) < len(addresses):
        raise OSError(f"{host} is no public address")
    return str(allowed[0])


def deliver(delivery: Delivery, client: "httpx.Client", *, private: bool) -> None:
    """Tell it once. Raises `OSError` or `httpx.HTTPError` if it was not taken."""
    parts = urlsplit(delivery.url)
    port = parts.port or (443 if parts.scheme == "https" else 80)
    address = public_address(parts.hostname or "", port, private=private)
    there = f"[{address}]" if ":" in address else address
    url = parts._replace(netloc=f"{there}:{port}", fragment="").geturl()
    headers = {
        "Host": parts.netloc,
        "Content-Type": "application/json",
        "X-Duocast-Delivery": f"{delivery.hook}-{delivery.seq}",
        "X-Duocast-Event": delivery.kind,
    }
    if delivery.secret:
        headers["X-Duocast-Signature"] = signature(delivery.secret, delivery.body)
    sni = {"sni_hostname": parts.hostname} if parts.scheme == "https" else {}
    with client.stream(
        "POST", url, content=delivery.body, headers=headers, extensions=sni
    ) as response:
        if not response.is_success:
            raise OSError(f"it answers {response.status_code}")


class Courier(Beside):
    """A thread that delivers what is due; the delivery under way is ended. What became of it is written by the loop."""

    def __init__(
        self,
        ask: Callable[[str, tuple[object, ...]], list[tuple[object, ...]]],
        do: Callable[[Errand], object],
        wall: Callable[[], float],
        *,
        private: bool,
    ) -> None:
        self._ask = ask
        self._do = do
        self._wall = wall
        self._private = private
        super().__init__("farm-courier", self._go)

    def _go(self) -> None:
        if self.ending.wait(_LOOK):
            return
        import httpx

        with httpx.Client(timeout=_TIMEOUT, follow_redirects=False, trust_env=False) as client:
            while not self.ending.wait(_LOOK):
                for delivery in self._due():
                    if self.ending.is_set():
                        return
                    self._try(delivery, client)

    def _due(self) -> list[Delivery]:
        rows = self._ask(
            "SELECT hook, seq, kind, body, tries, url, secret FROM delivery"
            " JOIN webhook ON webhook.id = hook WHERE delivery.ended = '' AND due <= ?"
            " ORDER BY due LIMIT 20",
            (self._wall(),),
        )
        return [Delivery(*row) for row in rows]  # type: ignore[arg-type]

    def _try(self, delivery: Delivery, client: "httpx.Client") -> None:
        import httpx

        try:
            deliver(delivery, client, private=self._private)
        except (OSError, httpx.HTTPError, httpx.InvalidURL, ValueError) as problem:
            _log.warning("a webhook of job end %d failed: %s", delivery.seq, problem)
            self._note(delivery, str(problem) or type(problem).__name__)
        else:
            self._note(delivery, "")

    def _note(self, delivery: Delivery, problem: str) -> None:
        given_up = problem and delivery.tries >= len(PAUSES)
        ended = problem[:200] if given_up else "" if problem else "delivered"
        wait = 0.0 if given_up or not problem else PAUSES[delivery.tries]
        row = (ended, self._wall() + wait, delivery.hook, delivery.seq, delivery.kind)

        def write(db: Database) -> None:
            db.execute(
                "UPDATE delivery SET tries = tries + 1, ended = ?, due = ?"
                " WHERE hook = ? AND seq = ? AND kind = ?",
                row,
            )

        deeds: tuple[Deed, ...] = (write,)
        try:
            self._do(Errand(lambda _state, _now: Decision(lambda _: None, deeds=deeds)))
        except Refusal:
            self.ending.wait(_LOOK)  # there is no room: it is told again
