"""Being told to end: Ctrl-C, SIGTERM and a closed terminal are all the same, so that everything is cleaned up."""

import signal
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from types import FrameType


@contextmanager
def terminated() -> Iterator[None]:
    """Meanwhile, being told to end raises `KeyboardInterrupt`."""

    def stop(number: int, frame: FrameType | None) -> None:
        del number, frame
        raise KeyboardInterrupt

    kinds = (signal.SIGTERM, signal.SIGHUP)
    before = [signal.signal(kind, stop) for kind in kinds]
    try:
        yield
    finally:
        for kind, handler in zip(kinds, before, strict=True):
            signal.signal(kind, handler)


@contextmanager
def heard(told: Callable[[], None]) -> Iterator[None]:
    """Meanwhile, being told to end calls `told` and interrupts nothing. What was ignored before (nohup) still is."""
    kinds = (signal.SIGINT, signal.SIGTERM, signal.SIGHUP)
    before = {
        kind: handler for kind in kinds if (handler := signal.getsignal(kind)) != signal.SIG_IGN
    }
    for kind in before:
        signal.signal(kind, lambda *_: told())
    try:
        yield
    finally:
        for kind, handler in before.items():
            signal.signal(kind, handler)
