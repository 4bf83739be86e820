"""A survey: all that a plan needs to know of this machine, its store and its history."""

from collections.abc import Callable, Mapping
from dataclasses import dataclass, field

from duocast.compiler.graph import Node, Operation
from duocast.compiler.plan.step import Estimate

Found = Mapping[str, str]
"""Digests by output name."""


def _nobody(key: str, expects: tuple[str, ...]) -> Found | None:
    del key, expects
    return None


def _never(key: str) -> bool:
    del key
    return False


def _unknown(operation: Operation, engine: str, size: int) -> Estimate:
    del operation, engine, size
    return Estimate()


def _free(node: Node) -> int:
    del node
    return 0


@dataclass(frozen=True, slots=True)
class Survey:
    """`versions` are the engines' by (operation, name), `assets` the digests of the project's files by path.

    `find` gives what the store has for a key, if it has all the outputs that are expected; `pace` what a request of
    so many bytes may take. `faults` says why an engine (operation, name) or a file (path) can't be had. `inline`
    operations are done beside the scheduler and take no time worth counting. `price` is what a node costs that runs, in
    millionths of a dollar.
    """

    versions: Mapping[tuple[Operation, str], str]
    assets: Mapping[str, str] = field(default_factory=dict)
    find: Callable[[str, tuple[str, ...]], Found | None] = _nobody
    pace: Callable[[Operation, str, int], Estimate] = _unknown
    recorded: Callable[[str], bool] = _never
    faults: Mapping[tuple[Operation, str] | str, str] = field(default_factory=dict)
    inline: frozenset[tuple[Operation, str]] = frozenset()
    jobs: int = 1
    price: Callable[[Node], int] = _free
