"""A Ray of our own: its head and further nodes on this machine, started, found again and ended by process number.

Every Ray process of a node is in the session that its `ray start` leads, so that a node is ended by that number alone
(`ray stop` would end every Ray on the machine). The head keeps its tables in RocksDB in the farm's folder: started
again after a crash, it resumes the same session under the same port, and the other nodes and their actors go on.
"""

import contextlib
import fcntl
import hashlib
import json
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import contextmanager
from dataclasses import asdict, dataclass, field
from functools import partial
from pathlib import Path

from duocast.farm.cluster.address import answers, free_ports
from duocast.farm.cluster.agents import tell_port
from duocast.farm.cluster.faults import NotStarted
from duocast.farm.cluster.processes import (
    Process,
    children,
    end_session,
    everything,
    marked,
)

_READY = 300.0
"""Seconds in which a node must have started: 8 on an idle machine, a minute and more on one with much to do."""
_LOOK = 0.2
_LONGEST_SOCKET = 107
"""Bytes in the path of a Unix socket; Ray adds up to 75 to its temporary folder."""
_OUTAGE = 600
"""Seconds that nodes and hosts go on without a head."""
_STARTED = b"Ray runtime started"
_HEAD = "ray.json"
_NODES = "ray-node-*.json"
_LOCK = "ray.lock"
_COMMAND = "from ray.scripts.scripts import main; main()"
_PORTS = (
    "dashboard-agent-listen",
    "dashboard-agent-grpc",
    "metrics-export",
    "runtime-env-agent",
)
_MARK = "DUOCAST_RAY_OF"
"""A variable in the environment of every process of a farm's own Ray: the farm's folder."""


@dataclass(frozen=True, slots=True)
class NodeSettings:
    """What a node offers. None: what Ray finds. `object_store` is in bytes; media never go through it."""

    cpus: int | None = None
    gpus: int | None = None
    resources: Mapping[str, float] = field(default_factory=dict)
    labels: Mapping[str, str] = field(default_factory=dict)
    object_store: int = 100_000_000


@dataclass(frozen=True, slots=True)
class Head:
    """A head that was started here, as its record in the farm's folder says."""

    pid: int
    born: int
    port: int
    temporary: str
    token_file: str

    @property
    def process(self) -> Process:
        """The process that leads the head's session."""
        return Process(self.pid, self.born)

    @property
    def address(self) -> str:
        """Where drivers and nodes reach it: on this machine."""
        return f"127.0.0.1:{self.port}"

    @property
    def alive(self) -> bool:
        """Whether its process runs and its port answers."""
        return self.process.alive and answers(self.address, 1.0)


def ensure_head(folder: Path, settings: NodeSettings | None = None) -> Head:
    """The head of the farm in `folder`: the one that runs, or one started now on the port that it had before.

    Raises `NotStarted`.
    """
    with _locked(folder):
        known = recorded(folder)
        if known is not None and known.process.alive and _until(lambda: known.alive, known.process):
            return known
        _sweep(folder, known)
        return _raise_head(folder, known.port if known is not None else free_ports(1)[0], settings)


def _raise_head(folder: Path, port: int, settings: NodeSettings | None) -> Head:
    token_file, temporary = _token_file(folder), temporary_folder(folder)
    storage = _storage(folder)
    storage.mkdir(parents=True, exist_ok=True)
    # Ray takes nodes that wait for their head as a sign that the head still runs, if this file says so, too.
    (temporary / "ray_current_cluster").unlink(missing_ok=True)
    arguments = [
        *("--head", f"--port={port}", f"--temp-dir={temporary}"),
        *("--include-dashboard=false", "--no-monitor"),
        f"--ray-client-server-port={free_ports(1)[0]}",
    ]
    more = {"RAY_gcs_storage": "rocksdb", "RAY_gcs_storage_path": str(storage)}
    variables = environment(token_file) | more | _mark(folder)

    def record(process: Process) -> Head:
        head = Head(process.pid, process.born, port, str(temporary), str(token_file))
        _write(folder / _HEAD, json.dumps(asdict(head)).encode())
        return head

    process = _start(arguments, settings or NodeSettings(), variables, folder / "ray.log", record)
    return record(process)


def ensure_nodes(
    folder: Path, address: str, token_file: Path | str | None, wanted: Sequence[NodeSettings]
) -> tuple[Process, ...]:
    """Nodes on this machine for a cluster, each the one that runs or one started now. Raises `NotStarted`."""
    variables = environment(token_file) | _mark(folder)
    arguments = [f"--address={address}"]
    nodes = []
    for number, settings in enumerate(wanted):
        file = _node_file(folder, number)
        with _locked(folder):
            known = _node(file)
            if known is None or not _works(known):
                if known is not None:
                    end_session(known, grace=0.0)
                log = file.with_suffix(".log")
                known = _start(arguments, settings, variables, log, partial(_record_node, file))
            nodes.append(known)
    return tuple(nodes)


def has_node() -> bool:
    """Whether any Ray node runs on this machine: a driver needs one."""
    return any("raylet/raylet" in each.command for each in everything())


def recorded(folder: Path) -> Head | None:
    """The head that was last started for the farm in `folder`, dead or alive."""
    try:
        return Head(**json.loads((folder / _HEAD).read_text()))
    except (FileNotFoundError, ValueError, TypeError):
        return None


def recorded_nodes(folder: Path) -> tuple[Process, ...]:
    """The further nodes that were started for the farm in `folder`, dead or alive."""
    found = (_node(file) for file in sorted(folder.glob(_NODES)))
    return tuple(node for node in found if node is not None)


def end_head(folder: Path) -> None:
    """End the cluster of the farm in `folder` and forget it: no process, temporary file or table of it is left."""
    head = recorded(folder)
    nodes = recorded_nodes(folder)
    if head is None and not nodes:
        return
    with _locked(folder):
        for process in (*nodes, *((head.process,) if head else ())):
            end_session(process)
        while left := marked(_marker(folder)):
            for process in left:
                process.kill()
            time.sleep(0.02)
        # Never a path out of a record: what is removed is what this program names itself.
        shutil.rmtree(_private_folder(folder), ignore_errors=True)
        shutil.rmtree(_storage(folder), ignore_errors=True)
        for file in [folder / _HEAD, *folder.glob("ray*.log"), *folder.glob(_NODES)]:
            file.unlink(missing_ok=True)
    (folder / _LOCK).unlink(missing_ok=True)


def environment(token_file: Path | str | None) -> dict[str, str]:
    """The variables for every Ray process of ours: token mode, no reports to its makers, patience with a head.

    Without a token file, the token is the one that the environment or the user's Ray folder already names.
    """
    named = {"RAY_AUTH_TOKEN_PATH": str(token_file)} if token_file else {}
    return {
        **{name: value for name, value in os.environ.items() if name != "RAY_ADDRESS"},
        **named,
        "RAY_AUTH_MODE": "token",
        "RAY_USAGE_STATS_ENABLED": "0",
        "RAY_gcs_rpc_server_reconnect_timeout_s": str(_OUTAGE),
        "RAY_raylet_start_wait_time_s": str(int(_READY)),
        "RAY_agent_register_timeout_ms": str(int(_READY) * 1000),
        "RAY_worker_register_timeout_seconds": str(int(_READY)),
        "RAY_health_check_period_ms": "2000",
        "RAY_prestart_worker_first_driver": "0",
        "RAY_DISABLE_IMPORT_WARNING": "1",
        "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0",
    }


def temporary_folder(folder: Path) -> Path:
    """Ray's folder for sockets and logs: short, named by the farm's folder, closed to other users.

    Raises `NotStarted` if the system's temporary folder is too deep for sockets, or somebody else has taken the name.
    """
    path = _private_folder(folder)
    if len(str(path)) + 77 > _LONGEST_SOCKET:
        raise NotStarted(f"sockets can't be made in {path}: set TMPDIR to a shorter folder")
    path.mkdir(mode=0o700, exist_ok=True)
    found = path.lstat()
    if path.is_symlink() or found.st_uid != os.getuid():
        raise NotStarted(f"{path} belongs to somebody else: remove it or set TMPDIR")
    path.chmod(0o700)
    return path / "r"  # Ray opens its own folder to everybody


def _private_folder(folder: Path) -> Path:
    name = hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:8]
    return Path(tempfile.gettempdir(), f"duocast-{name}")


def _storage(folder: Path) -> Path:
    return folder / "ray"


def _token_file(folder: Path) -> Path:
    """The cluster's token, made at the first start, readable by its owner only."""
    file = folder / "ray.token"
    if not file.exists():
        _write(file, secrets.token_hex(32).encode())
    return file


def _write(file: Path, content: bytes) -> None:
    """All of the content or none, for the owner's eyes."""
    handle, name = tempfile.mkstemp(dir=file.parent)
    with os.fdopen(handle, "wb") as new:
        new.write(content)
        new.flush()
        os.fsync(new.fileno())
    Path(name).replace(file)


def _start(
    arguments: list[str],
    settings: NodeSettings,
    variables: Mapping[str, str],
    log: Path,
    record: Callable[[Process], object],
) -> Process:
    """Run `ray start` as the leader of a session of its own, record it, and wait until its node works."""
    command = [sys.executable, "-c", _COMMAND, "start"]
    ports = free_ports(len(_PORTS))
    with log.open("wb") as output:
        child = subprocess.Popen(
            [*command, *arguments, *_named(ports), *_offers(settings), "--block"],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            env=variables,
            start_new_session=True,
        )
    process = Process.of(child.pid)
    if process is not None:
        record(process)
        if _until(lambda: _STARTED in log.read_bytes(), process, ports[0]):
            return process
        end_session(process, grace=0.0)
    with contextlib.suppress(subprocess.TimeoutExpired):
        child.wait(1.0)
    raise NotStarted(log.read_text(errors="replace").strip()[-600:] or "it said nothing")


def _until(ready: Callable[[], bool], process: Process, port: int | None = None) -> bool:
    """Wait until it is so, as long as the node lives and patience lasts; `port` is its agent's, if it starts now."""
    deadline = time.monotonic() + _READY
    while process.alive and time.monotonic() < deadline:
        for raylet, runs in children(process, "raylet"):
            if not runs:
                return False  # `ray start` would not notice for minutes
            if port is not None and tell_port(raylet, port):
                port = None
        if ready():
            return True
        time.sleep(_LOOK)
    return False


def _works(node: Process) -> bool:
    """Whether a node runs, or starts; one whose raylet has ended does not, though `ray start` goes on for minutes."""
    return node.alive and all(runs for _, runs in children(node, "raylet"))


def _sweep(folder: Path, head: Head | None) -> None:
    """End what is left of a head that is dead or hangs, but none of the other nodes."""
    if head is not None:
        end_session(head.process, grace=0.0)
    nodes = recorded_nodes(folder)
    for process in marked(_marker(folder)):
        # A `ray start` that is no recorded node was begun by somebody who died before noting it down.
        if process not in nodes and _COMMAND in process.command:
            end_session(process, grace=0.0)


@contextmanager
def _locked(folder: Path) -> Iterator[None]:
    """One process at a time starts or ends a farm's Ray."""
    with (folder / _LOCK).open("ab") as file:
        fcntl.flock(file, fcntl.LOCK_EX)
        yield


def _marker(folder: Path) -> bytes:
    return f"{_MARK}={folder.resolve()}".encode()


def _mark(folder: Path) -> dict[str, str]:
    return {_MARK: str(folder.resolve())}


def _node_file(folder: Path, number: int) -> Path:
    return folder / _NODES.replace("*", f"{number:03d}")


def _node(file: Path) -> Process | None:
    try:
        return Process(**json.loads(file.read_text()))
    except (FileNotFoundError, ValueError, TypeError):
        return None


def _record_node(file: Path, process: Process) -> None:
    _write(file, json.dumps(asdict(process)).encode())


def _named(ports: Sequence[int]) -> list[str]:
    """The ports of a node's agents, as options."""
    return [f"--{name}-port={port}" for name, port in zip(_PORTS, ports, strict=True)]


def _offers(settings: NodeSettings) -> list[str]:
    offers = [f"--object-store-memory={settings.object_store}", "--include-log-monitor=false"]
    if settings.cpus is not None:
        offers.append(f"--num-cpus={settings.cpus}")
    if settings.gpus is not None:
        offers.append(f"--num-gpus={settings.gpus}")
    if settings.resources:
        offers.append(f"--resources={json.dumps(dict(settings.resources))}")
    if settings.labels:
        pairs = sorted(settings.labels.items())
        offers.append("--labels=" + ",".join(f"{name}={value}" for name, value in pairs))
    return offers
