"""The farm's daemon: durable transitions a second, a submission of 100,000 tasks, a restart, 1,000 watchers.

Parts of `python benchmarks/farm.py`: `journal`, `submit`, `restart`, `watchers`. The daemon is the real one, over HTTP
and a real disk; only its workers are not: they answer at once, with outputs that nobody opens.
"""

import asyncio
import os
import signal
import subprocess
import sys
import tempfile
import time
from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass
from datetime import datetime
from http.client import HTTPConnection
from pathlib import Path

import httpx

from duocast.compiler.graph import Operation
from duocast.farm.core.coding import to_bytes
from duocast.farm.core.task import From, Source, Spec
from duocast.farm.daemon.journal import Journal
from duocast.farm.daemon.lock import holder
from duocast.farm.daemon.tokens import Scope, mint

TASKS = 100_000
WATCHERS = 1_000
RATE = 5
"""Tasks a second that end while clients watch."""


def film(tasks: int, job: int = 0) -> tuple[Spec, ...]:
    """Chains of four, none the same work as another."""
    made = []
    for number in range(tasks):
        chain, place = divmod(number, 4)
        before: dict[str, Source] = (
            {"from": From(f"shot-{chain}/{place - 1}", "out")} if place else {}
        )
        params = {"text": f"{job} {number}", "seed": number, "size": [1920, 1080]}
        name = f"shot-{chain}/{place}"
        made.append(
            Spec(name, Operation.SPEAK, "nothing", "1", params, before, ("out",), False, chain)
        )
    return tuple(made)


class Farmd:
    """A farmd in a process of its own."""

    def __init__(self, folder: Path, workers: int, rate: int = 0) -> None:
        self.folder = folder
        self._command = (folder, workers, rate)
        with Journal(folder) as journal:
            journal.begin()
            self.token, _, deed = mint("ann", Scope.ADMIN, time.time())
            journal.append([], [deed])
        self.process: subprocess.Popen[bytes] | None = None
        self.url = ""

    def start(self) -> float:
        """Seconds until it answers."""
        began = time.monotonic()
        code = "import sys, farm_echo; farm_echo.serve_echo(*sys.argv[1:])"
        here = {
            **os.environ,
            "PYTHONPATH": os.pathsep.join([str(Path(__file__).parent), *sys.path]),
        }
        self.process = subprocess.Popen(
            [sys.executable, "-c", code, *map(str, self._command)], env=here
        )
        while True:
            found = holder(self.folder)
            if found is not None and found.url and found.pid == self.process.pid:
                self.url = found.url
                self.get("/healthz")
                return time.monotonic() - began
            assert self.process.poll() is None
            time.sleep(0.002)

    def client(self) -> httpx.Client:
        """A client with the administrator's token."""
        headers = {"Authorization": f"Bearer {self.token}"}
        url = f"{self.url}/api/v1"
        return httpx.Client(base_url=url, headers=headers, timeout=120, trust_env=False)

    def get(self, path: str) -> bytes:
        """An answer, by a client that costs next to nothing itself."""
        at = httpx.URL(self.url)
        connection = HTTPConnection(at.host, at.port, timeout=120)
        headers = {"Authorization": f"Bearer {self.token}"}
        connection.request("GET", f"/api/v1{path}", headers=headers)
        answer = connection.getresponse()
        content = answer.read()
        connection.close()
        assert answer.status == 200, content
        return content

    def kill(self) -> None:
        """SIGKILL."""
        assert self.process is not None
        self.process.kill()
        self.process.wait()

    def end(self) -> None:
        """SIGTERM, and wait."""
        assert self.process is not None
        self.process.send_signal(signal.SIGTERM)
        self.process.wait()


@contextmanager
def farmd(workers: int, rate: int = 0) -> Iterator[Farmd]:
    """A farmd in a folder that is gone afterwards."""
    with tempfile.TemporaryDirectory(
        prefix="duocast-bench-", dir=os.environ.get("DUOCAST_BENCH")
    ) as folder:
        house = Farmd(Path(folder), workers, rate)
        house.start()
        try:
            yield house
        finally:
            if house.process is not None and house.process.poll() is None:
                house.end()


def worked(house: Farmd) -> float:
    """Seconds of processors that the daemon has used so far; they tell more than the clock on a busy machine."""
    assert house.process is not None
    fields = Path(f"/proc/{house.process.pid}/stat").read_text().rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def submit(house: Farmd, specs: tuple[Spec, ...], name: str) -> tuple[str, float]:
    """The job, and the seconds until the farm has said that it is durable."""
    body = to_bytes({"name": "film", "specs": specs, "submission": name})
    with house.client() as client:
        began = time.monotonic()
        answer = client.post("/jobs", content=body)
        seconds = time.monotonic() - began
        answer.raise_for_status()
    return str(answer.json()["job"]["id"]), seconds


def figures(house: Farmd) -> dict[str, float]:
    """What the farm says of itself."""
    with house.client() as client:
        lines = client.get("/metrics").text.splitlines()
    return {k: float(v) for k, v in (line.rsplit(" ", 1) for line in lines if line[0] != "#")}


def wait_for(house: Farmd, job: str) -> None:
    """Until a job has ended."""
    with house.client() as client:
        while client.get(f"/jobs/{job}").json()["state"] not in ("done", "failed"):
            time.sleep(0.1)


def journal() -> Iterator[str]:
    """Durable transitions a second, from workers' reports over the journal and the core back to the workers."""
    with farmd(64) as house:
        job, _ = submit(house, film(4_000), "journal")
        began, before, used = time.monotonic(), figures(house), worked(house)
        wait_for(house, job)
        seconds, after = time.monotonic() - began, figures(house)
        count = after["duocast_farm_events_total"] - before["duocast_farm_events_total"]
        written = (
            after["duocast_farm_transactions_total"] - before["duocast_farm_transactions_total"]
        )
        yield (
            f"{count:.0f} events in {seconds:.2f} s ({worked(house) - used:.2f} s of processors): "
            f"{count / seconds:.0f} a second, "
            f"{count / written:.0f} a transaction, "
            f"{after['duocast_farm_journal_seconds_total']:.2f} s of it writing, "
            f"{after['duocast_farm_core_seconds_total']:.2f} s deciding and telling"
        )


def submission() -> Iterator[str]:
    """Seconds for one submission over HTTP, one transaction, until it is durable and answered."""
    with farmd(0) as house:
        for tasks in (1_000, 10_000, TASKS):
            used = worked(house)
            _, seconds = submit(house, film(tasks, tasks), f"submit {tasks}")
            used = worked(house) - used
            yield f"{tasks:>7} tasks in {seconds:.3f} s ({used:.2f} s of processors)"


def restart() -> Iterator[str]:
    """Seconds from the start of the process to its first answer, after SIGKILL with 100,000 tasks in the journal."""
    with farmd(16) as house:
        submit(house, film(TASKS), "restart")
        for wait in (5.0, 5.0):
            time.sleep(wait)
            before = figures(house)
            house.kill()
            began = time.monotonic()
            seconds, used = house.start(), worked(house)
            house.get("/jobs")
            whole, used_whole = time.monotonic() - began, worked(house)
            done = before['duocast_farm_tasks{status="done"}']
            yield (
                f"{TASKS} tasks, {done:.0f} of them done: health after {seconds:.2f} s "
                f"({used:.2f} s of processors), jobs after {whole:.2f} s ({used_whole:.2f} s)"
            )


class _Client(asyncio.Protocol):
    """A watcher as cheap as can be: it looks for numbers and times in what comes, and parses nothing else."""

    def __init__(self, request: bytes, heard: list[float], times: dict[bytes, float]) -> None:
        self._request = request
        self._heard = heard
        self._times = times
        self._rest = b""
        self.seqs: list[int] = []

    def connection_made(self, transport: asyncio.BaseTransport) -> None:
        assert isinstance(transport, asyncio.WriteTransport)
        self.transport = transport
        transport.write(self._request)

    def data_received(self, data: bytes) -> None:
        *frames, self._rest = (self._rest + data).split(b"\n\n")
        now = time.time()
        for frame in frames:
            at = frame.find(b'"at":"') + 6
            if at >= 6:
                written = frame[at : frame.index(b'"', at)]
                began = self._times.get(written)
                if began is None:
                    began = datetime.fromisoformat(written.decode()).timestamp()
                    self._times[written] = began
                self._heard.append(now - began)
                number = frame.index(b'"seq":') + 6
                self.seqs.append(int(frame[number : frame.index(b",", number)]))


async def _stuck(host: str, port: int, token: str, path: str) -> None:
    """Asks, and never reads."""
    reader, writer = await asyncio.open_connection(host, port, limit=16)
    reader._transport.pause_reading()  # type: ignore[attr-defined]
    writer.write(
        f"GET {path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {token}\r\n\r\n".encode()
    )
    await asyncio.sleep(3600)


@dataclass(frozen=True, slots=True)
class _Heard:
    """What a crowd heard: seconds from event to client, clients that heard anything, whether all heard the same."""

    delays: list[float]
    clients: int
    whole: bool
    server: float
    own: float


async def _crowd(house: Farmd, job: str, seconds: float) -> _Heard:
    url = httpx.URL(house.url)
    path = f"/api/v1/jobs/{job}/events?after={1 << 40}"
    at = (url.host, url.port or 80)
    request = f"GET {path} HTTP/1.1\r\nHost: x\r\nAuthorization: Bearer {house.token}\r\n\r\n"
    loop, heard = asyncio.get_running_loop(), list[float]()
    times: dict[bytes, float] = {}
    stuck = asyncio.create_task(_stuck(*at, house.token, path))
    clients = []
    for number in range(WATCHERS):
        made = lambda: _Client(request.encode(), heard, times)  # noqa: E731 -- a factory
        clients.append((await loop.create_connection(made, *at))[1])
        if number % 50 == 0:
            await asyncio.sleep(0.1)
    await asyncio.sleep(2.0)
    heard.clear()
    server, own = worked(house), time.process_time()
    await asyncio.sleep(seconds)
    server, own = worked(house) - server, time.process_time() - own
    delays, seqs = sorted(heard), [client.seqs for client in clients]
    for client in clients:
        client.transport.close()
    stuck.cancel()
    await asyncio.gather(stuck, return_exceptions=True)
    first, last = max(each[0] for each in seqs if each), min(each[-1] for each in seqs if each)
    common = {tuple(n for n in each if first <= n <= last) for each in seqs if each}
    whole = len(common) == 1 and all(each == sorted(set(each)) for each in seqs)
    return _Heard(delays, sum(map(bool, seqs)), whole, server, own)


def watchers() -> Iterator[str]:
    """Seconds from an event to each of 1,000 clients, one more of which never reads."""
    with farmd(4, RATE) as house:
        job, _ = submit(house, film(2_000), "watchers")
        time.sleep(2.0)
        found = asyncio.run(_crowd(house, job, 8.0))
        delays, count = found.delays, len(found.delays)
        yield (
            f"{found.clients} watchers, {count} deliveries in 8 s: median "
            f"{delays[count // 2] * 1000:.0f} ms, p95 {delays[int(count * 0.95)] * 1000:.0f} ms, "
            f"longest {delays[-1] * 1000:.0f} ms; without gap or repeat: {found.whole}; "
            f"{found.server / count * 1e6:.0f} µs of the daemon's processor a delivery, "
            f"{found.own / count * 1e6:.0f} µs of the clients'"
        )


PARTS = {"journal": journal, "submit": submission, "restart": restart, "watchers": watchers}
