"""Prices: what an order costs, in millionths of a dollar, from dated data; an order without a price is never sent."""

import json
from collections.abc import Mapping, Sequence
from decimal import Decimal
from functools import lru_cache
from importlib import resources
from typing import Any, Literal, NamedTuple, get_args

from duocast.runtime.clouds.contract import Medium, Order

MICRO = 1_000_000
"""Units in a dollar."""
Unit = Literal["1000 characters", "picture", "second", "call", "1000 tokens"]
_AROUND = 64
"""Tokens that a provider puts around a question."""
UNITS: tuple[str, ...] = get_args(Unit)
_UNIT_OF: Mapping[Medium, Unit] = {
    Medium.VOICE: "1000 characters",
    Medium.PICTURE: "picture",
    Medium.VIDEO: "second",
    Medium.TEXT: "call",
}


class NoPrice(ValueError):
    """Nobody knows what this model costs."""

    def __init__(self, provider: str, model: str, unit: str) -> None:
        super().__init__(f"nobody knows the price of a {unit} of {model} at {provider}")
        self.provider = provider
        self.model = model


class Price(NamedTuple):
    """What one unit of a model costs, in millionths of a dollar; when that was so, and who says it.

    `written` is what tokens cost that the model writes, where `micro` is for those that it reads.
    """

    provider: str
    model: str
    per: str
    micro: int
    date: str
    source: str
    written: int = 0


@lru_cache(maxsize=1)
def listed() -> tuple[Price, ...]:
    """The prices that come with duocast."""
    file = resources.files("duocast.runtime.clouds").joinpath("prices.json")
    return tuple(read(one) for one in json.loads(file.read_text("utf-8"))["prices"])


def read(entry: Mapping[str, Any]) -> Price:
    """One entry of a price list. Raises `ValueError` for a unit that is none, or a part of a millionth."""
    if entry["per"] not in UNITS:
        raise ValueError(f"a price is per {', '.join(UNITS)}, not per {entry['per']}")
    return Price(
        entry["provider"],
        entry["model"],
        entry["per"],
        micro_of(entry["usd"]),
        entry.get("date", ""),
        entry.get("source", ""),
        micro_of(entry.get("written", entry["usd"])),
    )


def micro_of(dollars: str) -> int:
    """`0.134` as millionths. Raises `ValueError` for what is finer, negative or no number."""
    try:
        exact = Decimal(str(dollars)) * MICRO
    except ArithmeticError:
        raise ValueError(f"{dollars} is no amount of dollars") from None
    if not exact.is_finite() or exact < 0 or exact != exact.to_integral_value():
        raise ValueError(f"{dollars} is no amount of dollars in millionths")
    return int(exact)


def dollars(micro: int) -> str:
    """`0.134`: an amount without rounding, with at least two decimals."""
    whole, rest = divmod(abs(micro), MICRO)
    decimals = f"{rest:06}".rstrip("0").ljust(2, "0")
    return f"{'-' if micro < 0 else ''}{whole}.{decimals}"


def price(provider: str, order: Order, own: Sequence[Price] = ()) -> int:
    """What the order costs at most by the list, rounded up to a millionth; `own` prices go before the list's.

    Raises `NoPrice`.
    """
    if order.medium is Medium.TEXT and (one := _of(provider, order.model, "1000 tokens", own)):
        return of_tokens(one, (_bytes(order), order.most))
    unit = _UNIT_OF[order.medium]
    if (found := _of(provider, order.model, unit, own)) is None:
        raise NoPrice(provider, order.model, unit)
    return _times(found.micro, order, unit)


def told(
    provider: str, order: Order, tokens: tuple[int, int], own: Sequence[Price] = ()
) -> int | None:
    """What so many tokens, read and written, have cost; None where the price is not by tokens."""
    one = _of(provider, order.model, "1000 tokens", own)
    return None if one is None else of_tokens(one, tokens)


def of_tokens(one: Price, tokens: tuple[int, int]) -> int:
    """The cost of tokens read and written, rounded up once."""
    return -(-(one.micro * tokens[0] + one.written * tokens[1]) // 1000)


def _of(provider: str, model: str, unit: str, own: Sequence[Price]) -> Price | None:
    wanted = (provider, model, unit)
    return next(
        (one for one in (*own, *listed()) if (one.provider, one.model, one.per) == wanted), None
    )


def _bytes(order: Order) -> int:
    """No text has more tokens than bytes; a few more stand around it."""
    return len((order.system + order.prompt + order.schema).encode()) + _AROUND


def _times(micro: int, order: Order, unit: Unit) -> int:
    if unit == "1000 characters":
        return -(-micro * len(order.prompt) // 1000)
    return micro * order.seconds if unit == "second" else micro
