"""Settings: everything that a daemon is started with, all defaults on one screen."""

import ipaddress
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from pathlib import Path

from duocast.farm.backend import Backend
from duocast.farm.daemon.moderation import Moderator
from duocast.farm.workshop import Factory, Inline
from duocast.runtime.store.disk import DiskStore

PORT = 8642
"""Where a farm answers unless it is told otherwise; not 8265, where Ray has its dashboard."""


@dataclass(frozen=True, slots=True)
class Limits:
    """What one request may be: bytes, depth of JSON, tasks, and so on. Beyond it, a request is refused."""

    body: int = 1 << 20
    submission: int = 256 << 20
    depth: int = 64
    tasks: int = 200_000
    inputs: int = 10_000
    digests: int = 200_000
    name: int = 200
    blob: int = 64 << 30
    piece: int = 64 << 20
    watchers: int = 5_000
    watchers_of_user: int = 2_000
    page: int = 1_000


@dataclass(frozen=True, slots=True)
class Settings:
    """How a farm runs. Times are seconds unless a name says otherwise.

    `backend` opens whoever has workers, for the store and the epoch of this daemon. `private_webhooks` allows
    addresses of this machine and of private networks. `reserve` are bytes that must be free for new work to be taken.
    """

    folder: Path
    factory: Factory
    backend: Callable[[DiskStore, int], Backend]
    inline: Sequence[Inline] = ()
    host: str = "127.0.0.1"
    port: int = PORT
    tls_cert: Path | None = None
    tls_key: Path | None = None
    store: Path | None = None
    reserve: int = 64 << 20
    retention_days: float = 30.0
    snapshot_events: int = 5_000
    private_webhooks: bool = False
    limits: Limits = Limits()
    moderator: Moderator | None = None
    """Who looks at the words of submissions; None: nobody."""

    @property
    def store_folder(self) -> Path:
        """The folder of the store, which every host opens."""
        return self.store or self.folder / "store"

    @property
    def url(self) -> str:
        """Where clients on this machine find the farm."""
        host = f"[{self.host}]" if ":" in self.host else self.host
        return f"{'https' if self.tls_cert else 'http'}://{host}:{self.port}"

    def check(self) -> None:
        """Raise `ValueError` if these settings would be unsafe or can't work."""
        if (self.tls_cert is None) != (self.tls_key is None):
            raise ValueError("TLS needs both a certificate and its key")
        if self.tls_cert is None and not is_loopback(self.host):
            raise ValueError(
                f"{self.host} can be reached by other machines: give --tls-cert and --tls-key,"
                " or listen on 127.0.0.1 and come through `ssh -L`"
            )


def is_loopback(host: str) -> bool:
    """Whether only this machine can reach an address."""
    if host == "localhost":
        return True
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
