"""News: a provider says by a webhook that something has happened to a job; whoever waits for it then asks at once.

A webhook is only ever a reason to ask: what it says is not believed, so a forged, repeated or late one changes nothing.
Its address has a token that only these books can make; where a provider signs (fal, Replicate), the signature is
checked, too, if its key is known. Without news, polling goes on as ever.
"""

import base64
import contextlib
import hashlib
import hmac
import os
import re
import secrets
import sqlite3
from collections.abc import Callable, Mapping
from pathlib import Path

from duocast.runtime.clouds.account import Account

LEEWAY = 300.0
"""Seconds that a signed message may be old, or early."""
_NAME = re.compile(r"[0-9a-f]{64}(-[0-9]{1,4})?")
_SECRET, _BOARD = "hook.secret", "news"


def address(folder: Path, account: Account, name: str) -> str:
    """Where a provider is to tell of an order; empty where nobody listens."""
    base = str(account.own.get("webhook", "")).rstrip("/")
    if not base or not _NAME.fullmatch(name):
        return ""
    return f"{base}/{account.provider}/{name}/{token(folder, account.provider, name)}"


def token(folder: Path, provider: str, name: str) -> str:
    """What only these books can make of a provider and an order."""
    return hmac.new(_secret(folder), f"{provider} {name}".encode(), hashlib.sha256).hexdigest()[:40]


def is_ours(folder: Path, provider: str, name: str, given: str) -> bool:
    """Whether an address is one that these books have given out."""
    if not _NAME.fullmatch(name) or not (folder / _SECRET).is_file():
        return False
    return hmac.compare_digest(token(folder, provider, name).encode(), given.encode())


def is_signed(provider: str, key: str, headers: Mapping[str, str], body: bytes, now: float) -> bool:
    """Whether a message is signed by its provider, within a few minutes. `headers` have small letters."""
    check = _SIGNED.get(provider)
    try:
        return check is not None and check(key, headers, body, now)
    except (ValueError, KeyError):
        return False


def tell(folder: Path, provider: str, name: str) -> bool:
    """Put up that there is news of an order, if it is under way; whether it is."""
    if _state(folder / "money.sqlite", provider, name) != "submitted":
        return False
    board = folder / _BOARD
    board.mkdir(exist_ok=True, mode=0o700)
    (board / name).touch()
    return True


def heard(folder: Path, name: str) -> bool:
    """Whether there is news of an order; it is taken down."""
    try:
        (folder / _BOARD / name).unlink()
    except OSError:
        return False
    return True


def _state(file: Path, provider: str, name: str) -> str:
    """The state of a call in the books, as text; empty if it is not there, or they can't be read now."""
    if not file.is_file():
        return ""
    wanted = "select state from calls where key = ? and provider = ?"
    try:
        with contextlib.closing(sqlite3.connect(file, timeout=10)) as books:
            row = books.execute(wanted, (name, provider)).fetchone()
    except sqlite3.Error:
        return ""
    return str(row[0]) if row else ""


def _secret(folder: Path) -> bytes:
    """The books' own secret, made once: two who make it at the same time agree on one."""
    file = folder / _SECRET
    if not file.is_file():
        folder.mkdir(parents=True, exist_ok=True, mode=0o700)
        new = folder / f"{_SECRET}.{os.getpid()}-{secrets.token_hex(4)}"
        new.write_bytes(secrets.token_bytes(32))
        new.chmod(0o600)
        with contextlib.suppress(FileExistsError):
            os.link(new, file)
        new.unlink()
    return file.read_bytes()


def _replicate(key: str, headers: Mapping[str, str], body: bytes, now: float) -> bool:
    """HMAC of id, time and body, with the secret behind `whsec_`."""
    told = headers["webhook-timestamp"]
    signed = f"{headers['webhook-id']}.{told}.".encode() + body
    secret = base64.b64decode(key.removeprefix("whsec_"), validate=True)
    wanted = base64.b64encode(hmac.new(secret, signed, hashlib.sha256).digest()).decode()
    given = [each.partition(",")[2] for each in headers["webhook-signature"].split()]
    fresh = abs(now - float(told)) <= LEEWAY
    return fresh and any(hmac.compare_digest(wanted.encode(), one.encode()) for one in given)


def _fal(key: str, headers: Mapping[str, str], body: bytes, now: float) -> bool:
    """Ed25519 over request, user, time and the body's digest; `key`: public keys, as fal's key set has them."""
    from cryptography.exceptions import InvalidSignature
    from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey

    names = ("request-id", "user-id", "timestamp")
    told = [headers[f"x-fal-webhook-{name}"] for name in names]
    signed = "\n".join([*told, hashlib.sha256(body).hexdigest()]).encode()
    signature = bytes.fromhex(headers["x-fal-webhook-signature"])
    if abs(now - float(told[2])) > LEEWAY:
        return False
    for each in key.split(","):
        public = base64.urlsafe_b64decode(each.strip() + "=" * (-len(each.strip()) % 4))
        with contextlib.suppress(InvalidSignature):
            Ed25519PublicKey.from_public_bytes(public).verify(signature, signed)
            return True
    return False


_SIGNED: Mapping[str, Callable[[str, Mapping[str, str], bytes, float], bool]] = {
    "fal": _fal,
    "replicate": _replicate,
}
