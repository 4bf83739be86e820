"""Placement: how many hosts each node should have, and what the cluster should grow to. Pure."""

import math
from collections.abc import Collection, Iterator, Mapping, Sequence
from dataclasses import dataclass

Bundle = Mapping[str, float]
"""What a host takes of its node, by the cluster's names: CPU, GPU or a name of the studio's own."""

_OWN_LABELS = "ray.io/"
_CARD = "ray.io/accelerator-type"
_POOL = "pool"
_MEMORY = "card-memory"
"""A node's label with the bytes of each of its cards, where the driver can't be asked."""


@dataclass(frozen=True, slots=True)
class Node:
    """A node of the cluster as it says of itself."""

    id: str
    name: str
    machine: str
    resources: Mapping[str, float]
    labels: Mapping[str, str]

    @property
    def label(self) -> str:
        """What people call it: its name, and enough of its number to tell it from one that had the name before."""
        return f"{self.name}-{self.id[:6]}"


@dataclass(frozen=True, slots=True)
class Slots:
    """What gets a host: every `accelerator` (a resource's name), and on nodes without one every `cpus` processors.

    `cpus` 0: nodes without an accelerator get none. `most` limits the hosts of a node (0: no limit), `largest` those
    that the cluster is asked to grow to.
    """

    accelerator: str = "GPU"
    cpus: float = 2.0
    most: int = 0
    largest: int = 64


def places(node: Node, slots: Slots) -> tuple[int, Bundle]:
    """How many hosts a node can have, and what each takes of it."""
    cards = math.floor(node.resources.get(slots.accelerator, 0.0))
    if cards:
        count, bundle = cards, {slots.accelerator: 1.0}
    elif slots.cpus:
        count = math.floor(node.resources.get("CPU", 0.0) / slots.cpus)
        bundle = {"CPU": slots.cpus}
    else:
        return 0, {}
    return (min(count, slots.most) if slots.most else count), bundle


def vacancies(
    nodes: Sequence[Node], hosts: Mapping[str, int], slots: Slots, closed: Collection[str]
) -> Iterator[tuple[Node, Bundle]]:
    """The hosts to hire: a node for each, and what it takes. `hosts` counts by node id; `closed` nodes hire nobody."""
    for node in sorted(nodes, key=lambda node: node.id):
        count, bundle = places(node, slots)
        for _ in range(count - hosts.get(node.id, 0) if node.id not in closed else 0):
            yield node, bundle


def labels(node: Node) -> tuple[str, ...]:
    """What a task's pool may ask of the node's workers: `NAME` of pool=NAME, the card's type, and other `KEY=VALUE`."""
    plain = {v for k, v in node.labels.items() if k in (_POOL, _CARD)}
    plain |= {
        f"{k}={v}"
        for k, v in node.labels.items()
        if not k.startswith(_OWN_LABELS) and k not in (_POOL, _MEMORY)
    }
    return tuple(sorted(plain))


def card_memory(node: Node) -> int:
    """Bytes of each card as the node's label says (0: it does not)."""
    said = node.labels.get(_MEMORY, "")
    return int(said) if said.isdigit() else 0


def wishes(
    ready: Mapping[tuple[str, ...], int], slots: Slots
) -> list[tuple[Bundle, dict[str, str]]]:
    """What the cluster should have room for, when so many tasks of each pool could start: bundles and node labels.

    Never more hosts than `largest`; pools share them in turn.
    """
    bundle: Bundle = (
        {slots.accelerator: 1.0}
        if slots.accelerator == "GPU" or not slots.cpus
        else {"CPU": slots.cpus}
    )
    left = {pool: count for pool, count in sorted(ready.items()) if count > 0}
    wanted: list[tuple[Bundle, dict[str, str]]] = []
    while left and len(wanted) < slots.largest:
        for pool in list(left):
            wanted.append((bundle, _selector(pool)))
            left[pool] -= 1
            if not left[pool]:
                del left[pool]
    return wanted[: slots.largest]


def _selector(pool: tuple[str, ...]) -> dict[str, str]:
    """Node labels for a pool's labels: `KEY=VALUE` is one, a plain word is a pool's name."""
    pairs = (label.partition("=") for label in pool)
    return {key if equals else _POOL: value if equals else key for key, equals, value in pairs}
