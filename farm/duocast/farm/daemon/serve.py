"""Serving: farmd in the foreground, until it is told to end.

One process: HTTP in this thread's event loop, the shop's loop in a thread of its own. A start reads the journal, works
and answers `/healthz`; the API's libraries are loaded meanwhile, and the first other request waits for them.
"""

import asyncio
import contextlib
import gc
import logging
import resource
import signal
import socket
import sys
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import TYPE_CHECKING

import uvicorn

from duocast.farm.daemon.porch import Porch
from duocast.farm.daemon.premises import Premises
from duocast.farm.daemon.settings import Settings

if TYPE_CHECKING:
    from starlette.types import ASGIApp

_GRACE = 3
"""Seconds that requests have to end after the farm was told to."""
_BACKLOG = 2048
_COLLECTING = (200_000, 20, 100)
"""A state is hundreds of thousands of values that stay: looking through them often costs more than it finds."""
_log = logging.getLogger("duocast.farm")


class _Server(uvicorn.Server):
    """uvicorn, but signals are ours: it would raise them again and end the process before it is tidy."""

    @contextlib.contextmanager
    def capture_signals(self) -> Iterator[None]:
        """Leave signals alone."""
        yield


def serve(settings: Settings) -> None:
    """Run a farm until SIGTERM or Ctrl-C. Raises `ValueError`, `Occupied`, `JournalTrouble`, `OSError`."""
    settings.check()
    _logged()
    _many_files()
    gc.set_threshold(*_COLLECTING)
    with _listening(settings) as listener:
        port = listener.getsockname()[1]
        settings = replace(settings, port=port)
        with Premises(settings) as farm:
            asyncio.run(_serve(farm, listener))
        if farm.shop.failure is not None:
            raise farm.shop.failure


async def _serve(farm: Premises, listener: socket.socket) -> None:
    settings = farm.settings
    loop = asyncio.get_running_loop()
    doors = asyncio.ensure_future(asyncio.to_thread(_doors, farm))
    server = _Server(
        uvicorn.Config(
            Porch(farm, doors),
            log_config=None,
            access_log=False,
            server_header=False,
            lifespan="off",
            ssl_certfile=settings.tls_cert,
            ssl_keyfile=settings.tls_key,
            timeout_graceful_shutdown=_GRACE,
            backlog=_BACKLOG,
        )
    )

    def end() -> None:
        farm.broadcast.close()
        server.should_exit = True

    for each in (signal.SIGTERM, signal.SIGINT):
        loop.add_signal_handler(each, end)

    def begin(loaded: "asyncio.Future[ASGIApp]") -> None:
        """Work once the API is there: a loop with much to do would keep it from being loaded."""
        if loaded.exception() is not None:
            end()
        elif not server.should_exit:
            farm.start(loop, lambda: _soon(loop, end))

    doors.add_done_callback(begin)
    announcing = loop.create_task(_announce(server, farm))
    await server.serve(sockets=[listener])
    announcing.cancel()
    await doors


def _doors(farm: Premises) -> "ASGIApp":
    """The API: a second of libraries, which health need not wait for."""
    from duocast.farm.daemon.api.app import application

    return application(farm)


def _soon(loop: asyncio.AbstractEventLoop, end: Callable[[], None]) -> None:
    if not loop.is_closed():
        loop.call_soon_threadsafe(end)


async def _announce(server: uvicorn.Server, farm: Premises) -> None:
    while not server.started:
        await asyncio.sleep(0.005)
    farm.answers_at(farm.settings.url)
    _log.info("the farm answers at %s (epoch %d)", farm.settings.url, farm.epoch)


def _listening(settings: Settings) -> socket.socket:
    family = socket.AF_INET6 if ":" in settings.host else socket.AF_INET
    return socket.create_server(
        (settings.host, settings.port), family=family, backlog=_BACKLOG, reuse_port=False
    )


def _many_files() -> None:
    """Every watcher is an open file: take as many as this user may have."""
    soft, hard = resource.getrlimit(resource.RLIMIT_NOFILE)
    wanted = 65_536 if hard == resource.RLIM_INFINITY else min(hard, 65_536)
    if soft < wanted:
        with contextlib.suppress(ValueError, OSError):
            resource.setrlimit(resource.RLIMIT_NOFILE, (wanted, hard))


def _logged() -> None:
    """What the daemon says goes to standard error, which `farm up` leads into a file."""
    logger = logging.getLogger("duocast.farm")
    if not logger.handlers:
        handler = logging.StreamHandler(sys.stderr)
        handler.setFormatter(logging.Formatter("%(asctime)s %(levelname)s %(message)s"))
        logger.addHandler(handler)
        logging.getLogger("uvicorn.error").addHandler(handler)
        logger.setLevel(logging.INFO)
