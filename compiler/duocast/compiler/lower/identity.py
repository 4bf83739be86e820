"""Names and seeds made from what a thing is, never from where it stands."""

import re
import unicodedata
from collections.abc import Mapping
from functools import lru_cache
from hashlib import sha256

from duocast.compiler.graph import Node, Operation, Params, Ref
from duocast.compiler.value import Value


@lru_cache(maxsize=4096)
def slug(text: str) -> str:
    """Lower case letters, digits and hyphens; never empty. Letters of every script stay."""
    plain = unicodedata.normalize("NFKC", text).lower()
    return re.sub(r"[^\w]+", "-", plain).strip("-_") or "unnamed"


def fingerprint(*parts: str, length: int = 8) -> str:
    """A short name for content."""
    return sha256("\x1f".join(parts).encode()).hexdigest()[:length]


def numbered(base: str, taken: dict[str, int]) -> str:
    """`base`, or `base-2`, `base-3` when it comes again. `taken` has how often each came, and is kept up."""
    number = taken.get(base, 0) + 1
    name = base if number == 1 else f"{base}-{number}"
    while name in taken:
        number += 1
        name = f"{base}-{number}"
    taken[base] = number
    taken.setdefault(name, 1)
    return name


def seed(*parts: str) -> int:
    """A seed (31 bits) from identity."""
    digest = sha256("\x1f".join(parts).encode()).digest()
    return int.from_bytes(digest[:4], "big") & 0x7FFFFFFF


def node(
    address: str, operation: Operation, engine: str, params: Value, inputs: Mapping[str, Ref]
) -> Node:
    """A node whose params are the JSON of `params`."""
    return Node(address, operation, engine, Params(params), inputs)


def reseeded(node: Node, number: int) -> Node:
    """The node with another take of whatever chance decides in it; 0 leaves it as it is."""
    params = node.params
    if not number or not isinstance(params, Params):
        return node
    own = getattr(params.value, "seed", None)
    if own is None:
        return node
    value = params.value.replace(seed=seed(str(number), str(own)))
    return Node(node.address, node.operation, node.engine, Params(value), node.inputs)
