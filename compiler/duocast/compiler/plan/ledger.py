"""The ledger: what the last render of a film asked of every node, from what, and what came of it."""

from collections.abc import Iterable, Mapping
from typing import Any

import msgspec

from duocast.compiler.graph import Asset, Node, Params
from duocast.compiler.value import Value

VERSION = 1


class Past(Value):
    """A node as it was when it was last made or found.

    `inputs` are where each came from (`asset PATH`, or an address and an output), `contents` their digests,
    `outputs` the digests of what it made. `params` stay as JSON until somebody looks.
    """

    address: str
    operation: str
    engine: str
    version: str
    static: str
    key: str
    params: msgspec.Raw
    inputs: dict[str, str]
    contents: dict[str, str]
    outputs: dict[str, str]

    @property
    def asked(self) -> dict[str, Any]:
        """The params."""
        found: dict[str, Any] = msgspec.json.decode(self.params)
        return found


class Ledger(Value):
    """What was made for one film; an empty one has seen no render."""

    version: int = VERSION
    nodes: tuple[Past, ...] = ()

    def by_address(self) -> dict[str, Past]:
        """The nodes by their addresses."""
        return {past.address: past for past in self.nodes}

    def merged(self, news: Iterable[Past], wanted: frozenset[str]) -> "Ledger":
        """The ledger after another render: its news, and of the rest what the film still has (`wanted`)."""
        found = {past.address: past for past in self.nodes if past.address in wanted}
        found |= {past.address: past for past in news}
        return Ledger(nodes=tuple(found.values()))


def params_json(node: Node) -> bytes:
    """A node's params as JSON; equal params have equal bytes."""
    params = node.params
    return msgspec.json.encode(params.value if isinstance(params, Params) else dict(params))


def sources(node: Node) -> dict[str, str]:
    """Where a node's inputs come from, in words."""
    return {
        name: f"asset {ref.path}" if isinstance(ref, Asset) else f"{ref.address} {ref.name}"
        for name, ref in node.inputs.items()
    }


def contents(
    node: Node, made: Mapping[str, Mapping[str, str]], assets: Mapping[str, str]
) -> dict[str, str]:
    """The digests of a node's inputs, from the outputs of others and the project's files.

    Raises `KeyError` for one that is not known.
    """
    return {
        name: assets[ref.path] if isinstance(ref, Asset) else made[ref.address][ref.name]
        for name, ref in node.inputs.items()
    }
