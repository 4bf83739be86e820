"""A farm for tests: the real daemon in a thread of its own, a scripted backend or real workers, and a client."""

import asyncio
import threading
import time
from collections.abc import Callable, Iterator, Mapping
from contextlib import contextmanager
from pathlib import Path
from typing import Any

import httpx
import uvicorn
from farm_engines import FACTORY, TIME

from duocast.compiler.graph import Operation
from duocast.farm.core import events
from duocast.farm.core.coding import to_bytes
from duocast.farm.core.task import From, Given, Spec
from duocast.farm.daemon.api.app import application
from duocast.farm.daemon.clock import FarmClock
from duocast.farm.daemon.journal import Disk, Journal
from duocast.farm.daemon.premises import Premises
from duocast.farm.daemon.settings import Settings
from duocast.farm.daemon.tokens import Scope, mint

API = "/api/v1"


class Idle:
    """A backend without workers."""

    def __init__(self, *_: object) -> None:
        self._bell = threading.Event()

    def open(self) -> list[events.Event]:
        return []

    def run(self, worker: str, work: object) -> None:
        raise AssertionError("there is nobody")

    def stop(self, worker: str) -> None:
        raise AssertionError("there is nobody")

    def poll(self, seconds: float | None) -> list[events.Event]:
        self._bell.wait(seconds)
        self._bell.clear()
        return []

    def interrupt(self) -> None:
        self._bell.set()


class Scripted(Idle):
    """A backend whose workers answer at once with what a function makes of their assignments."""

    def __init__(self, store, epoch, workers: int = 2) -> None:
        super().__init__()
        self.store = store
        self.workers = [f"hand-{number}" for number in range(workers)]
        self.ran: list[str] = []
        self._news: list[events.Event] = []
        self._guard = threading.Lock()

    def open(self) -> list[events.Event]:
        return [events.WorkerJoined(name, "host", 0.0) for name in self.workers]

    def run(self, worker: str, work: Any) -> None:
        self.ran.append(work.task)
        at = (worker, work.task, work.attempt, work.key)
        content = {
            name: (".bin", f"{work.key} {name}".encode()) for name in work.expects or ("out",)
        }
        made = _made(work)
        action = self.store_here().commit_bytes(work.key, content, made)
        self.say(events.Started(*at, 0.0), events.Finished(*at, action.outputs, 0.01, 0.0))

    def store_here(self):
        from duocast.runtime.store.disk import DiskStore

        if not hasattr(self, "_mine"):
            self._mine = DiskStore(self.store.root, within=self.store.epoch)
        return self._mine

    def say(self, *news: events.Event) -> None:
        with self._guard:
            self._news += news
        self.interrupt()

    def stop(self, worker: str) -> None:
        self.say(
            events.WorkerDied(worker, "it was told to", 0.0),
            events.WorkerJoined(f"{worker}'", "host", 0.0),
        )

    def poll(self, seconds: float | None) -> list[events.Event]:
        if not self._news:
            super().poll(seconds)
        with self._guard:
            news, self._news = self._news, []
        return news


def _made(work: Any):
    from duocast.runtime.store.contents import Made

    return Made(work.operation, work.engine, "1", 0.01, work.params_size)


def settings(folder: Path, backend: Callable[..., Any] = Idle, **more: Any) -> Settings:
    return Settings(
        folder=folder / "farm",
        factory=FACTORY,
        backend=backend,
        inline=(TIME,),
        port=0,
        reserve=0,
        **more,
    )


def token(folder: Path, user: str = "ann", scope: Scope = Scope.ADMIN) -> str:
    """A token for a farm that does not run."""
    with Journal(folder / "farm") as journal:
        journal.begin()
        made, _, deed = mint(user, scope, time.time())
        journal.append([], [deed])
    return made


def plain_client(**more: Any) -> httpx.Client:
    """A client for addresses without TLS; reading the certificates of the world takes longer than most tests."""
    return httpx.Client(timeout=20, trust_env=False, verify=False, **more)


class Running:
    """A farm that answers at `url`."""

    def __init__(self, farm: Premises, url: str, tokens: Mapping[str, str]) -> None:
        self.farm = farm
        self.url = url
        self.tokens = tokens

    def client(self, who: str = "ann") -> httpx.Client:
        headers = {"Authorization": f"Bearer {self.tokens[who]}"} if who else {}
        return plain_client(base_url=self.url + API, headers=headers)


USERS = {"ann": Scope.ADMIN, "olga": Scope.OPERATE, "bob": Scope.SUBMIT, "eve": Scope.SUBMIT}


@contextmanager
def running(
    wanted: Settings, disk: Disk | None = None, users=USERS, clock=FarmClock
) -> Iterator[Running]:
    tokens = {user: token(wanted.folder.parent, user, scope) for user, scope in users.items()}
    with Premises(wanted, disk, clock) as farm, served(farm) as url:
        yield Running(farm, url, tokens)


@contextmanager
def served(farm: Premises) -> Iterator[str]:
    """The HTTP side of a farm, in a thread."""
    config = uvicorn.Config(
        application(farm), port=0, log_config=None, lifespan="off", timeout_graceful_shutdown=1
    )
    server = uvicorn.Server(config)

    async def serve() -> None:
        farm.start(asyncio.get_running_loop(), lambda: None)
        await server.serve()

    thread = threading.Thread(target=lambda: asyncio.run(serve()))
    thread.start()
    try:
        until = time.monotonic() + 10
        while not server.started and time.monotonic() < until:
            time.sleep(0.005)
        port = server.servers[0].sockets[0].getsockname()[1]
        yield f"http://127.0.0.1:{port}"
    finally:
        server.should_exit = True
        thread.join()


def spec(
    name: str,
    inputs: Mapping[str, str] | None = None,
    *,
    engine="hashing",
    op=Operation.SPEAK,
    **more,
) -> Spec:
    """A task; inputs are `task#output`, or a digest."""
    params = more.pop("params", {"text": name})
    sources = {}
    for key, what in (inputs or {}).items():
        task, _, output = what.partition("#")
        sources[key] = From(task, output) if output else Given(what, ".png", "face.png")
    return Spec(
        id=name,
        operation=op,
        engine=engine,
        version="1",
        params=params,
        inputs=sources,
        inline=op is Operation.TIME,
        **more,
    )


def film(shots: int, **params: Any) -> tuple[Spec, ...]:
    """Two lines a shot, timing inline, an encode for each shot, a master."""
    found = []
    for shot in range(shots):
        a, b = f"s{shot}/line-1", f"s{shot}/line-2"
        for line in (a, b):
            found.append(spec(line, expects=("out",), order=shot, params={"text": line, **params}))
        found.append(
            spec(
                f"s{shot}/time",
                {"a": f"{a}#out", "b": f"{b}#out"},
                op=Operation.TIME,
                engine="joined",
                expects=("timing",),
                order=shot,
            )
        )
        found.append(
            spec(
                f"s{shot}/clip",
                {"timing": f"s{shot}/time#timing"},
                op=Operation.ENCODE,
                expects=("out",),
                order=shot,
                params={"text": f"clip {shot}", **params},
            )
        )
    clips = {f"clip.{shot}": f"s{shot}/clip#out" for shot in range(shots)}
    found.append(
        spec("film", clips, op=Operation.MASTER, expects=("out",), order=shots, params=params)
    )
    return tuple(found)


def order(specs: tuple[Spec, ...], submission: str = "one", **more: Any) -> bytes:
    body = {"name": "a film", "specs": specs, "targets": ["film"], "submission": submission}
    return to_bytes({**body, **more})


def submit(client: httpx.Client, body: bytes) -> str:
    answer = client.post("/jobs", content=body)
    assert answer.status_code in (200, 201), answer.text
    job: str = answer.json()["job"]["id"]
    return job


def until(client: httpx.Client, job: str, states=("done", "failed", "cancelled"), seconds=20.0):
    """The job once it is in one of these states."""
    end = time.monotonic() + seconds
    while True:
        view = client.get(f"/jobs/{job}").json()
        if view["state"] in states:
            return view
        assert time.monotonic() < end, view
        time.sleep(0.01)


INLINE = (TIME,)
