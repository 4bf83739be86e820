"""A farmd with engines that draw, in a process of its own: arguments are its folder, its port and its workers."""

import sys
from pathlib import Path

from drawing_engines import FACTORY

from duocast.farm.daemon.serve import serve
from duocast.farm.daemon.settings import Settings
from duocast.farm.local import LocalPool


def main() -> None:
    folder, port, jobs = Path(sys.argv[1]), int(sys.argv[2]), int(sys.argv[3])
    serve(
        Settings(
            folder=folder,
            factory=FACTORY,
            backend=lambda store, _epoch: LocalPool(store, FACTORY, jobs),
            port=port,
        )
    )


if __name__ == "__main__":
    main()
