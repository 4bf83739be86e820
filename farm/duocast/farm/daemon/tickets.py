"""Tickets: what stands for a token where a browser can send no header, in the address of a picture or a clip.

A ticket names its token and its end, and is signed with what the farm keeps of the token: nothing has to be written
down, a farm that starts again knows it, and it ends with the token. It opens nothing but contents of the store.
"""

import hashlib
import hmac

_HOUR = 3600
_PARTS = 3


def write_ticket(token_id: str, key: str, now: float) -> tuple[str, float]:
    """A ticket and the seconds that it holds, one to two hours.

    In the same hour it is the same, so that a browser finds again what it has kept.
    """
    until = (int(now) // _HOUR + 2) * _HOUR
    return f"{token_id}.{until}.{_sign(token_id, until, key)}", until - now


def named(ticket: str) -> str:
    """The id of the token that a ticket speaks for, whether or not it is right."""
    return ticket.partition(".")[0]


def is_right(ticket: str, key: str, now: float) -> bool:
    """Whether it was written with this key and has not ended."""
    token_id, *rest = ticket.split(".")
    if len(rest) != _PARTS - 1 or not (rest[0].isascii() and rest[0].isdigit()):
        return False
    until = int(rest[0][:15])
    signed = _sign(token_id, until, key).encode()
    return now < until and hmac.compare_digest(signed, rest[1].encode("utf-8", "replace"))


def _sign(token_id: str, until: int, key: str) -> str:
    return hmac.new(key.encode(), f"blobs {token_id} {until}".encode(), hashlib.sha256).hexdigest()
