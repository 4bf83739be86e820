"""The shot graph: every piece of work a film needs, and what each piece is made from."""

from collections.abc import Iterator, Mapping
from enum import StrEnum
from typing import Any

from msgspec import Struct

from duocast.compiler.value import Value


class Operation(StrEnum):
    """The closed set of verbs; an engine implements one of them."""

    SPEAK = "speak"
    PORTRAIT = "portrait"
    PLATE = "plate"
    COMPOSE = "compose"
    TIME = "time"
    ANIMATE = "animate"
    INTERPOLATE = "interpolate"
    UPSCALE = "upscale"
    RESTORE = "restore"
    SCORE = "score"
    EFFECT = "effect"
    CUT = "cut"
    CAPTION = "caption"
    ENCODE = "encode"
    MIX = "mix"
    MASTER = "master"
    SIGN = "sign"


class Output(Struct, frozen=True, gc=False):
    """An output of another node: `address` names the node, `name` the file among its outputs."""

    address: str
    name: str


class Asset(Struct, frozen=True, gc=False):
    """A file of the project, by its POSIX path relative to the project's folder."""

    path: str


Ref = Output | Asset


class Params(Mapping[str, Any]):
    """A params value as the plain JSON that it stands for, which is made when somebody looks at it."""

    __slots__ = ("_plain", "value")

    def __init__(self, value: Value) -> None:
        self.value = value
        self._plain: dict[str, Any] | None = None

    def _all(self) -> dict[str, Any]:
        if self._plain is None:
            self._plain = self.value.plain()
        return self._plain

    def __getitem__(self, name: str) -> Any:  # noqa: ANN401 -- a field of any type
        return self._all()[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._all())

    def __len__(self) -> int:
        return len(self._all())

    def __repr__(self) -> str:
        return repr(self._all())


class Node(Struct, frozen=True, gc=False):
    """One piece of work.

    `address` is for people and never enters a key. `params` is plain JSON made from the operation's params
    value. `inputs` maps an input name (`take.L3`, `plate`) to what fills it.
    """

    address: str
    operation: Operation
    engine: str
    params: Mapping[str, Any]
    inputs: Mapping[str, Ref]


class ShotGraph(Struct, frozen=True, gc=False):
    """All nodes of a film in an order in which every node stands after what it needs."""

    nodes: tuple[Node, ...]
    target: str
