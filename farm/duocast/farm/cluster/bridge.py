"""The bridge: the one process that is a driver of the cluster. It carries letters, and decides nothing.

It is apart from farmd because a driver's life hangs on a node's: when the head goes, a driver may hang or end in the
middle of a word. The bridge may; hosts keep what they have to tell, and the backend starts another bridge. It starts
our own head if that is down. Its one argument is the socket that the backend speaks on; it ends when that closes.
"""

import contextlib
import os
import signal
import sys
import threading
import time
import traceback
from concurrent.futures import Future
from multiprocessing.connection import Connection
from typing import Any

from duocast.farm.cluster.actor import HostActor
from duocast.farm.cluster.address import probe, refuse_open
from duocast.farm.cluster.faults import ClusterError
from duocast.farm.cluster.orders import (
    Answered,
    Connected,
    Deliver,
    Dismiss,
    Hire,
    Joining,
    News,
    Nodes,
    Unanswered,
    Underway,
    Unreachable,
    Wish,
)
from duocast.farm.cluster.placement import Node
from duocast.farm.cluster.processes import Process
from duocast.farm.cluster.start import (
    Head,
    NodeSettings,
    ensure_head,
    ensure_nodes,
    environment,
    has_node,
)

_PULSE = 1.0
"""Seconds between two looks at the cluster's nodes."""
_UPKEEP = 2.0
"""Seconds between two looks at the processes of our own further nodes."""
_ASKS_AT_ONCE = 4
"""An ask of a new bridge must not wait behind one of the old."""


class Bridge:
    """Orders from the backend in, news out."""

    def __init__(self, link: Connection, joining: Joining) -> None:
        import ray

        self._ray = ray
        self._link = link
        self._namespace = namespace(joining.farm)
        self._writing = threading.Lock()
        self._hosts: dict[str, Any] = {}

    def connect(self, address: str) -> None:
        """Become a driver of the cluster at this address."""
        self._ray.init(
            address=address,
            namespace=self._namespace,
            log_to_driver=False,
            logging_level=40,
            configure_logging=False,
        )
        named = self._ray.util.list_named_actors(all_namespaces=True)
        ours = sorted(each["name"] for each in named if each["namespace"] == self._namespace)
        self.tell(Connected(address, tuple(ours)))

    def watch(self, head: Process | None) -> None:
        """Tell of the nodes every second, until the cluster can't be asked any more or its head is dead."""
        with contextlib.suppress(Exception):
            while head is None or head.alive:
                self.tell(Nodes(tuple(_node(each) for each in self._ray.nodes() if each["Alive"])))
                time.sleep(_PULSE)
        os._exit(3)

    def serve(self) -> None:
        """Carry out orders until the backend is gone."""
        while True:
            match self._link.recv():
                case Hire() as hire:
                    self._hire(hire)
                case Deliver() as letter:
                    self._deliver(letter)
                case Dismiss(host):
                    self._dismiss(host)
                case Wish() as wish:
                    self._wish(wish)

    def tell(self, news: News) -> None:
        """Send news; the bridge ends if nobody reads them."""
        try:
            with self._writing:
                self._link.send(news)
        except OSError:
            os._exit(0)

    def _hire(self, hire: Hire) -> None:
        from ray.util.scheduling_strategies import NodeAffinitySchedulingStrategy

        bundle = dict(hire.bundle)
        options: dict[str, Any] = {
            "name": hire.contract.name,
            "namespace": self._namespace,
            "lifetime": "detached",
            "max_restarts": 0,
            "max_task_retries": 0,
            "max_concurrency": _ASKS_AT_ONCE,
            "num_cpus": bundle.pop("CPU", 0.0),
            "num_gpus": bundle.pop("GPU", 0.0),
            "resources": bundle,
            "scheduling_strategy": NodeAffinitySchedulingStrategy(hire.node_id, soft=False),
        }
        with contextlib.suppress(ValueError):  # the name is taken: it is hired already
            actor = self._ray.remote(HostActor).options(**options)
            self._hosts[hire.contract.name] = actor.remote(hire.contract)

    def _deliver(self, letter: Deliver) -> None:
        host, number = letter.host, letter.ask.number
        try:
            reference = self._handle(host).exchange.remote(letter.ask)
        except Exception as problem:
            self._failed(host, number, problem)
        else:
            reference.future().add_done_callback(lambda done: self._returned(host, number, done))

    def _returned(self, host: str, number: int, done: "Future[Any]") -> None:
        problem = done.exception()
        if problem is None:
            self.tell(Answered(host, done.result()))
        else:
            self._failed(host, number, problem)

    def _failed(self, host: str, number: int, problem: BaseException) -> None:
        from ray.exceptions import ActorDiedError, RayTaskError

        # A name that nobody has (ValueError) is a host that ended; one that breaks while it answers is of no use.
        dead = isinstance(problem, ActorDiedError | RayTaskError | ValueError)
        reason = (str(problem).strip() or type(problem).__name__).splitlines()[-1].strip()
        self.tell(Unanswered(host, number, reason[:300], dead))

    def _dismiss(self, host: str) -> None:
        with contextlib.suppress(Exception):  # it is gone already
            self._ray.kill(self._handle(host), no_restart=True)
        self._hosts.pop(host, None)

    def _wish(self, wish: Wish) -> None:
        from ray.autoscaler.sdk import request_resources

        with contextlib.suppress(
            Exception
        ):  # a hint only: a cluster without an autoscaler has no use for it
            request_resources(
                bundles=[dict(bundle) for bundle, _ in wish.bundles],
                bundle_label_selectors=[labels for _, labels in wish.bundles],
            )

    def _handle(self, host: str) -> Any:  # noqa: ANN401 (actor handles have no type of their own)
        if host not in self._hosts:
            self._hosts[host] = self._ray.get_actor(host, self._namespace)
        return self._hosts[host]


def namespace(farm: str) -> str:
    """Where the actors of a farm have their names."""
    return f"duocast-{farm}"


def _node(said: dict[str, Any]) -> Node:
    own = {
        name: float(count)
        for name, count in said["Resources"].items()
        if not name.startswith(("node:", "object_store_memory"))
    }
    name = said.get("NodeName") or said["NodeManagerAddress"]
    labels = {str(k): str(v) for k, v in (said.get("Labels") or {}).items()}
    return Node(said["NodeID"], name, said["NodeManagerAddress"], own, labels)


def _reach(joining: Joining, link: Connection) -> tuple[str, Head | None]:
    """The cluster's address, and the head if it is our own; says what it waits for. Raises `ClusterError`."""
    if not joining.address:
        link.send(Underway("Ray is being started here, which may take a minute or two"))
        head = ensure_head(joining.folder, joining.head)
        os.environ.update(environment(head.token_file))
        return head.address, head
    os.environ.update(environment(joining.token_file))
    probe(joining.address)
    refuse_open(joining.address)
    if not has_node():
        # A driver needs a node beside it; this one only lets it in.
        link.send(Underway("a Ray node is being started here, which may take a minute"))
        here = (NodeSettings(cpus=0, gpus=0),)
        ensure_nodes(joining.folder, joining.address, joining.token_file, here)
    return joining.address, None


def _further(joining: Joining, head: Head) -> None:
    """Keep the further nodes of our own cluster up, while the bridge is."""
    while True:
        with contextlib.suppress(ClusterError):  # tried again
            ensure_nodes(joining.folder, head.address, head.token_file, joining.nodes)
        time.sleep(_UPKEEP)


def main() -> None:
    """Reach the cluster, and carry letters until the backend is gone."""
    signal.signal(signal.SIGINT, signal.SIG_IGN)
    link = Connection(int(sys.argv[1]))
    with contextlib.suppress(EOFError, OSError):
        _run(link, link.recv())
    os._exit(0)


def _run(link: Connection, joining: Joining) -> None:
    try:
        address, head = _reach(joining, link)
        link.send(Underway(f"the cluster at {address} is being joined"))
        bridge = Bridge(link, joining)
        bridge.connect(address)
    except ClusterError as fault:
        sys.stderr.write(f"{time.strftime('%H:%M:%S')} {fault}\n")
        return link.send(Unreachable(str(fault)))
    except Exception as problem:
        traceback.print_exc()
        return link.send(Unreachable(f"Ray refused: {problem}"))
    if head is not None:
        threading.Thread(target=_further, args=(joining, head), daemon=True).start()
    watched = None if head is None else head.process
    threading.Thread(target=bridge.watch, args=(watched,), daemon=True).start()
    return bridge.serve()


if __name__ == "__main__":
    main()
