"""A key: the name of a piece of work by its content, the same on every machine and in every process.

A key covers the operation, the engine's name and version, the params and the digests of the inputs' contents, and
nothing else: no address, no path, no position in the film, no time of day. `KEY_VERSION` is part of every key; it is
raised whenever `canonical` would write other bytes for the same value, or the fields of a key change.

A static key is what can be said of a node before anything has been made: it has the static keys of the inputs where a
key has the digests of their contents. Two nodes with the same static key are the same work. Static keys are compared
with others of the same version of duocast and never name anything in the store.
"""

import hashlib
import math
from collections.abc import Mapping, Sequence
from typing import Any

from msgspec.json import Encoder

from duocast.compiler.graph import Asset, Operation, Output, Params, Ref, ShotGraph
from duocast.language.pattern import pattern

KEY_VERSION = 1

_encode = Encoder().encode
_DIGEST = pattern(r"[0-9a-f]{64}\Z")
_PLAIN = frozenset({bool, str, int, float, list, tuple})
_NAMES = frozenset({str})
_CONSTANTS = {None: b"null", True: b"true", False: b"false"}
_EXACT = 2**53
"""Above this a float no longer tells neighbouring whole numbers apart."""


class NotCanonical(TypeError):
    """A value has no canonical form. `where` is the path to it inside the value that was serialised."""

    def __init__(self, where: str, problem: str) -> None:
        super().__init__(f"{where or 'the value'} {problem}")
        self.where = where
        self.problem = problem

    def within(self, outer: str) -> "NotCanonical":
        """The same, seen from the value that holds this one at `outer`."""
        dot = "." if self.where and not self.where.startswith("[") else ""
        return NotCanonical(f"{outer}{dot}{self.where}", self.problem)


def canonical(value: object) -> bytes:
    """The one spelling of a plain JSON value, UTF-8.

    As in RFC 8785, numbers are spelt by value (1 and 1.0 are the same, -0.0 is 0). Mappings are sorted by code
    point, tuples are lists. Strings are taken as they are: normalising them here would let two different requests
    share a key. Raises `NotCanonical` for NaN, infinities, lone surrogates, keys that are no strings and any other
    type.
    """
    return _spell(value)


def node_key(
    operation: Operation,
    engine_name: str,
    engine_version: str,
    params: Mapping[str, Any],
    input_digests: Mapping[str, str],
) -> str:
    """The key of one node: SHA-256, 64 hexadecimal digits.

    `input_digests` are the SHA-256 digests of the inputs' contents by input name. Raises `NotCanonical` for params
    that are no plain JSON and `ValueError` for something that is no digest.
    """
    for name, digest in input_digests.items():
        if not _DIGEST.match(digest):
            raise ValueError(f"the input {name} has {digest!r} where a SHA-256 digest belongs")
    content = [str(operation), engine_name, engine_version, dict(params), dict(input_digests)]
    return hashlib.sha256(b"duocast key %d\n" % KEY_VERSION + canonical(content)).hexdigest()


_NOTHING: Mapping[str, str] = {}
_STATIC = Encoder()
"""Writes the same bytes for a value and for the plain JSON that it stands for."""
_BETWEEN = "\0"
"""Stands in no name and in no path."""


def static_keys(
    graph: ShotGraph,
    *,
    versions: Mapping[str, str] = _NOTHING,
    assets: Mapping[str, str] = _NOTHING,
) -> dict[str, str]:
    """The static key of every node by its address: SHA-256, 64 hexadecimal digits.

    `versions` are the engines' versions by name, `assets` the digests of the project's files by path; an engine or a
    file that is not among them counts by its name. Fields and inputs count in their order, which is that of the
    lowering. Raises `KeyError` for an input of a node that does not stand before it.
    """
    keys: dict[str, str] = {}
    for node in graph.nodes:
        params, inputs = node.params, node.inputs
        content = _STATIC.encode(params.value if type(params) is Params else dict(params))
        named = [node.operation, node.engine, versions.get(node.engine, ""), *inputs]
        for ref in inputs.values():
            if type(ref) is Output:
                named += keys[ref.address], ref.name
            else:
                named += _asset(ref, assets), ""
        content += _BETWEEN.join(named).encode()
        keys[node.address] = hashlib.sha256(content).hexdigest()
    return keys


def _asset(ref: Ref, assets: Mapping[str, str]) -> str:
    assert isinstance(ref, Asset)
    return f"asset {assets.get(ref.path, ref.path)}"


def _spell(value: object) -> bytes:
    kind = type(value)
    if kind is str:
        return _text(value)  # type: ignore[arg-type]  # the kind was asked for, which is quicker than isinstance
    if kind is int:
        return str(value).encode()
    if kind is dict or isinstance(value, Mapping):
        return _mapping(value)  # type: ignore[arg-type]  # as above
    if kind is list or kind is tuple:
        return _sequence(value)  # type: ignore[arg-type]  # as above
    if isinstance(value, float) and kind in _PLAIN:
        return _number(value)
    if value is None or kind is bool:
        return _CONSTANTS[value]  # type: ignore[index]  # as above
    raise NotCanonical("", f"is a {kind.__name__}, which is no plain JSON")


def _text(value: str) -> bytes:
    try:
        return _encode(value)
    except UnicodeEncodeError:
        raise NotCanonical("", "holds half of a surrogate pair") from None


def _number(value: float) -> bytes:
    if not math.isfinite(value):
        raise NotCanonical("", f"is {value}, which is no number")
    if value.is_integer() and abs(value) <= _EXACT:
        return b"%d" % value
    return repr(value).encode()


def _sequence(value: Sequence[object]) -> bytes:
    spelt: list[bytes] = []
    try:
        for item in value:
            spelt.append(_spell(item))
    except NotCanonical as problem:
        raise problem.within(f"[{len(spelt)}]") from None
    return b"[" + b",".join(spelt) + b"]"


def _mapping(value: Mapping[object, object]) -> bytes:
    spelt: list[bytes] = []
    names = _names(value)
    try:
        for name in names:
            spelt.append(_text(name) + b":" + _spell(value[name]))
    except NotCanonical as problem:
        raise problem.within(names[len(spelt)]) from None
    return b"{" + b",".join(spelt) + b"}"


def _names(value: Mapping[object, object]) -> list[str]:
    if not _NAMES.issuperset(map(type, value)):
        name = next(name for name in value if type(name) is not str)
        raise NotCanonical("", f"has the key {name!r}, which is no string")
    return sorted(value)  # type: ignore[arg-type]  # all of them are strings
