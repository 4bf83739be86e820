"""A farmd with the test engines, in a process of its own: arguments are its folder, its port and its workers."""

import sys
from pathlib import Path

from farm_engines import FACTORY, TIME

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
            inline=[TIME],
            port=port,
        )
    )


if __name__ == "__main__":
    main()
