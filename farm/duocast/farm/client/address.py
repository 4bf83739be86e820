"""An address: where a farm is, and what it takes to be heard there."""

import ipaddress
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import urlsplit

from duocast.farm.client.faults import FarmError


@dataclass(frozen=True, slots=True)
class Address:
    """The farm's URL, the user's token (never printed), and the certificate of an authority of one's own (PEM)."""

    url: str
    token: str = field(default="", repr=False)
    ca: Path | None = None

    @property
    def page(self) -> str:
        """The operator's page."""
        return f"{self.url}/"


def address(url: str, token: str = "", ca: Path | None = None) -> Address:
    """The address for what a person has typed: `host:port` will do on this machine.

    Raises `FarmError` for what is no address of a farm, and where a token would travel in the clear.
    """
    spelt = url.strip()
    if "://" not in spelt:
        spelt = (
            f"http://{spelt}" if _is_here(urlsplit(f"//{spelt}").hostname) else f"https://{spelt}"
        )
    try:
        parts = urlsplit(spelt)
        known = parts.scheme in ("http", "https") and bool(parts.hostname) and (parts.port or True)
    except ValueError:
        known = False
    if not known or parts.query or parts.fragment or parts.username:
        raise FarmError("address", f"{url!r} is no address of a farm", _EXAMPLE)
    if parts.scheme == "http" and not _is_here(parts.hostname):
        raise FarmError(
            "address",
            f"{spelt} is another machine, and without TLS everybody on the way could read the token",
            f"write https://{parts.netloc}, or take the farm here through `ssh -L`",
        )
    return Address(spelt.rstrip("/"), token.strip(), ca)


_EXAMPLE = "write it as in https://farm.example:8642, or 127.0.0.1:8642 on this machine"


def _is_here(host: str | None) -> bool:
    """Whether a host name means this machine."""
    if host is None or host == "localhost":
        return host is not None
    try:
        return ipaddress.ip_address(host).is_loopback
    except ValueError:
        return False
