"""The farm's daemon with the test engines over a cluster of our own, as a process that tests kill and start again.

Arguments: the farm's folder, its port, and the number of nodes beside the head (local: no cluster but four workers of
this machine). SIGTERM ends it and its cluster; SIGKILL leaves the cluster as it is, and the next one finds it.
"""

import sys
from pathlib import Path

from farm_engines import FACTORY, TIME

from duocast.farm.backend import Backend
from duocast.farm.cluster.backend import ClusterSettings, RayBackend
from duocast.farm.cluster.placement import Slots
from duocast.farm.cluster.roster import Rules
from duocast.farm.cluster.start import NodeSettings
from duocast.farm.daemon.serve import serve
from duocast.farm.daemon.settings import Settings
from duocast.farm.local import LocalPool
from duocast.runtime.store.disk import DiskStore

RESOURCE = "engine"


def cluster(folder: Path, nodes: int) -> ClusterSettings:
    """A head without hosts, and nodes with one host each; without further nodes, a head with two hosts."""
    with_host = NodeSettings(cpus=1, resources={RESOURCE: 1})
    return ClusterSettings(
        folder,
        head=NodeSettings(cpus=1) if nodes else NodeSettings(cpus=2, resources={RESOURCE: 2}),
        nodes=(with_host,) * nodes,
        slots=Slots(accelerator=RESOURCE, cpus=0),
        rules=Rules(birth=300.0),
        path=(str(Path(__file__).parent.parent),),
    )


def main() -> None:
    """Serve until told to end."""
    folder, port, nodes = Path(sys.argv[1]), int(sys.argv[2]), sys.argv[3]

    def backend(store: DiskStore, epoch: int) -> Backend:
        if nodes == "local":
            return LocalPool(store, FACTORY, 4)
        return RayBackend(cluster(folder, int(nodes)), FACTORY, store, epoch)

    serve(Settings(folder, FACTORY, backend, inline=[TIME], port=port, reserve=0))


if __name__ == "__main__":
    main()
