"""`python -m duocast.farm.daemon --folder F`: a farm in the foreground, for development."""

import argparse
import importlib
import json
import os
from collections.abc import Callable
from pathlib import Path

from duocast.farm.backend import Backend
from duocast.farm.daemon.serve import serve
from duocast.farm.daemon.settings import PORT, Settings
from duocast.farm.local import LocalPool
from duocast.farm.workshop import Factory, Inline
from duocast.runtime.store.disk import DiskStore


def main() -> None:
    """Read the arguments and serve."""
    parser = argparse.ArgumentParser(prog="python -m duocast.farm.daemon")
    parser.add_argument("--folder", type=Path, required=True)
    parser.add_argument("--backend", choices=("local",), default="local")
    parser.add_argument("--jobs", type=int, default=os.cpu_count() or 1)
    parser.add_argument("--host", default="127.0.0.1")
    parser.add_argument("--port", type=int, default=PORT)
    parser.add_argument("--tls-cert", type=Path)
    parser.add_argument("--tls-key", type=Path)
    parser.add_argument("--factory", required=True, help="module:function that builds a workshop")
    parser.add_argument("--factory-settings", type=json.loads, default={})
    parser.add_argument("--inline", help="module:name of a sequence of Inline, or of a function")
    parser.add_argument("--snapshot-events", type=int, default=5_000)
    parser.add_argument("--reserve", type=int, default=64 << 20)
    given = parser.parse_args()
    factory = Factory(given.factory, given.factory_settings)
    serve(
        Settings(
            folder=given.folder,
            factory=factory,
            backend=_local(factory, given.jobs),
            inline=_inlines(given.inline),
            host=given.host,
            port=given.port,
            tls_cert=given.tls_cert,
            tls_key=given.tls_key,
            snapshot_events=given.snapshot_events,
            reserve=given.reserve,
        )
    )


def _local(factory: Factory, jobs: int) -> Callable[[DiskStore, int], Backend]:
    return lambda store, _epoch: LocalPool(store, factory, jobs)


def _inlines(reference: str | None) -> tuple[Inline, ...]:
    if not reference:
        return ()
    module, _, name = reference.partition(":")
    found = getattr(importlib.import_module(module), name)
    return tuple(found() if callable(found) else found)


if __name__ == "__main__":
    main()
