"""Orders and news: what the backend has the bridge do, and what the bridge tells it."""

from dataclasses import dataclass, field
from pathlib import Path

from duocast.farm.cluster.letters import Answer, Ask, Contract
from duocast.farm.cluster.placement import Bundle, Node
from duocast.farm.cluster.start import NodeSettings


@dataclass(frozen=True, slots=True)
class Joining:
    """Which cluster: one at `address` (with its token), or, without an address, our own in the farm's `folder`.

    Our own has a head and further `nodes` on this machine.
    """

    farm: str
    folder: Path
    address: str = ""
    token_file: Path | None = None
    head: NodeSettings = field(default_factory=NodeSettings)
    nodes: tuple[NodeSettings, ...] = ()


@dataclass(frozen=True, slots=True)
class Hire:
    """Start a host on this node, which takes `bundle` of it."""

    contract: Contract
    node_id: str
    bundle: Bundle


@dataclass(frozen=True, slots=True)
class Deliver:
    """Ask a host."""

    host: str
    ask: Ask


@dataclass(frozen=True, slots=True)
class Dismiss:
    """End a host, whatever it does."""

    host: str


@dataclass(frozen=True, slots=True)
class Wish:
    """What the cluster should have room for: bundles, and the labels of the nodes for each."""

    bundles: tuple[tuple[Bundle, dict[str, str]], ...]


Order = Hire | Deliver | Dismiss | Wish


@dataclass(frozen=True, slots=True)
class Connected:
    """The cluster is reached; `hosts` of this farm live on it already."""

    address: str
    hosts: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Nodes:
    """The living nodes, told every second: it is also the sign that the cluster answers."""

    nodes: tuple[Node, ...]


@dataclass(frozen=True, slots=True)
class Answered:
    """A host's answer."""

    host: str
    answer: Answer


@dataclass(frozen=True, slots=True)
class Unanswered:
    """Ask number `number` got no answer. `dead`: the host is no more; else it may answer the next."""

    host: str
    number: int
    reason: str
    dead: bool


@dataclass(frozen=True, slots=True)
class Unreachable:
    """The cluster can't be used at the moment."""

    reason: str


@dataclass(frozen=True, slots=True)
class Underway:
    """The cluster is not reached yet; this is what is waited for."""

    what: str


News = Connected | Nodes | Answered | Unanswered | Unreachable | Underway
