"""A worker: a process that takes one assignment at a time and keeps its engines warm between them."""

import signal
import sys
from collections.abc import Mapping
from dataclasses import dataclass
from multiprocessing.connection import Connection
from pathlib import Path

from duocast.farm.assignment import Assignment, carry_out
from duocast.farm.workshop import Factory
from duocast.runtime.store.disk import DiskStore
from duocast.runtime.store.outpost import Outpost

THREAD_SETTINGS: Mapping[str, str] = {
    "OMP_NUM_THREADS": "1",
    "OPENBLAS_NUM_THREADS": "1",
    "MKL_NUM_THREADS": "1",
    "NUMEXPR_NUM_THREADS": "1",
    "VECLIB_MAXIMUM_THREADS": "1",
    "OPENCV_FOR_THREADS_NUM": "1",
    "TF_NUM_INTRAOP_THREADS": "1",
    "TF_NUM_INTEROP_THREADS": "1",
    "ORT_DISABLE_TELEMETRY": "1",  # it starts a thread of its own, and reports to its makers over the network
}
"""One thread in every library: several workers share the cores, and sums must not depend on how many there are."""


@dataclass(frozen=True, slots=True)
class Employment:
    """What a worker is told first: how to build its engines, where the store is and its owner's epoch there.

    None: the store's records may be on another machine, so that finished work is told of in notes.
    """

    factory: Factory
    store: Path
    epoch: int | None

    def open(self) -> DiskStore | Outpost:
        """The store, for the worker's own process."""
        if self.epoch is None:
            return Outpost(self.store)
        return DiskStore(self.store, within=self.epoch)


def serve(owner: Connection, scratch: Path) -> None:
    """Do what comes over the connection until it is closed."""
    signal.signal(signal.SIGTERM, signal.SIG_DFL)
    _limit_threads()
    try:
        employment: Employment = owner.recv()
        workshop = employment.factory.build()
        with employment.open() as store:
            while True:
                work: Assignment = owner.recv()
                carry_out(work, workshop, store, scratch, owner.send)
    except (EOFError, BrokenPipeError, ConnectionResetError):
        return  # the owner is gone


def _limit_threads() -> None:
    """Libraries that are loaded already are told, too."""
    cv2 = sys.modules.get("cv2")
    if cv2 is not None:
        cv2.setNumThreads(1)
