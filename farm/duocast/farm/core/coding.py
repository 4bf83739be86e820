"""Coding: values as bytes and back. JSON for journals and the wire, one tagged union for all events."""

from collections.abc import Mapping

import msgspec

from duocast.farm.core.events import Event
from duocast.farm.core.task import Spec


def plain(value: object) -> object:
    """What the encoder does not know: params that are made into plain JSON when somebody looks at them."""
    if isinstance(value, Mapping):
        return dict(value)
    raise NotImplementedError(f"a {type(value).__name__} has no plain form")


_ENCODER = msgspec.json.Encoder(enc_hook=plain)
_EVENT: msgspec.json.Decoder[Event] = msgspec.json.Decoder(Event)
_SPECS = msgspec.json.Decoder(tuple[Spec, ...])


def to_bytes(value: object) -> bytes:
    """An event, a command or any other value of the core as JSON."""
    return _ENCODER.encode(value)


def event(content: bytes) -> Event:
    """The event that `to_bytes` wrote. Raises `msgspec.ValidationError` or `msgspec.DecodeError` for anything else."""
    return _EVENT.decode(content)


def specs(content: bytes) -> tuple[Spec, ...]:
    """The specs that `to_bytes` wrote. Raises as `event` does."""
    return _SPECS.decode(content)
