"""The shot graph: every piece of work a film needs, and what each piece is made from."""

from collections.abc import Mapping
from dataclasses import dataclass
from enum import StrEnum
from typing import Any


class Operation(StrEnum):
    """The closed set of verbs; an engine implements one of them."""

    SPEAK = "speak"
    PORTRAIT = "portrait"
    PLATE = "plate"
    COMPOSE = "compose"
    TIME = "time"
    ANIMATE = "animate"
    SCORE = "score"
    EFFECT = "effect"
    CUT = "cut"
    CAPTION = "caption"
    ENCODE = "encode"
    MIX = "mix"
    MASTER = "master"
    SIGN = "sign"


@dataclass(frozen=True, slots=True)
class Output:
    """An output of another node: `address` names the node, `name` the file among its outputs."""

    address: str
    name: str


@dataclass(frozen=True, slots=True)
class Asset:
    """A file of the project, by its POSIX path relative to the project's folder."""

    path: str


Ref = Output | Asset


@dataclass(frozen=True, slots=True)
class Node:
    """One piece of work.

    `address` is for people and never enters a key. `params` is plain JSON made from the operation's params
    model. `inputs` maps an input name (`take.L3`, `plate`) to what fills it.
    """

    address: str
    operation: Operation
    engine: str
    params: Mapping[str, Any]
    inputs: Mapping[str, Ref]


@dataclass(frozen=True, slots=True)
class ShotGraph:
    """All nodes of a film in an order in which every node stands after what it needs."""

    nodes: tuple[Node, ...]
    target: str
