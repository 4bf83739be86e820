"""A Ray of our own: its head and further nodes on this machine, started, found again and ended by process number.

Every Ray process of a node is in the session that its `ray start` leads, so that a node is ended by that number alone
(`ray stop` would end every Ray on the machine). The head keeps its tables in RocksDB in the farm's folder: started
again after a crash, it resumes the same session under the same port, and the other nodes and their actors go on.
"""

import contextlib
import hashlib
import json
import os
import secrets
import shutil
import subprocess
import sys
import tempfile
import time
from collections.abc import Mapping
from dataclasses import asdict, dataclass, field
from pathlib import Path

from duocast.farm.cluster.address import answers, free_port
from duocast.farm.cluster.faults import NotStarted
from duocast.farm.cluster.processes import Process, end_session

_READY = 120.0
"""Seconds in which a node must have started."""
_LONGEST_SOCKET = 107
"""Bytes in the path of a Unix socket; Ray adds up to 75 to its temporary folder."""
_OUTAGE = 600
"""Seconds that nodes and hosts go on without a head."""
_STARTED = b"Ray runtime started"


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
    known = recorded(folder)
    if known is not None:
        if known.alive:
            return known
        end_session(known.process, grace=0.0)
    port = known.port if known is not None else free_port()
    token_file = _token_file(folder)
    temporary = temporary_folder(folder)
    storage = _storage(folder)
    storage.mkdir(parents=True, exist_ok=True)
    # Ray takes nodes that wait for their head as a sign that the head still runs, if this file says so, too.
    (temporary / "ray_current_cluster").unlink(missing_ok=True)
    arguments = [
        *("--head", f"--port={port}", f"--temp-dir={temporary}"),
        *("--include-dashboard=false", "--no-monitor"),
        f"--ray-client-server-port={free_port()}",
    ]
    more = {"RAY_gcs_storage": "rocksdb", "RAY_gcs_storage_path": str(storage)}
    with (folder / "ray.log").open("wb") as log:
        process = _start(
            arguments, settings or NodeSettings(), environment(token_file) | more, log.name
        )
    head = Head(process.pid, process.born, port, str(temporary), str(token_file))
    _write(folder / "ray.json", json.dumps(asdict(head)).encode())
    return head


def recorded(folder: Path) -> Head | None:
    """The head that was last started for the farm in `folder`, dead or alive."""
    try:
        return Head(**json.loads((folder / "ray.json").read_text()))
    except (FileNotFoundError, ValueError, TypeError):
        return None


def add_node(
    address: str, token_file: Path, log: Path, settings: NodeSettings | None = None
) -> Process:
    """Another node on this machine; gives the process that leads its session. Raises `NotStarted`."""
    arguments = [f"--address={address}"]
    return _start(arguments, settings or NodeSettings(), environment(token_file), str(log))


def end_head(folder: Path) -> None:
    """End the head of the farm in `folder` and forget it: no process, temporary file or table of it is left."""
    head = recorded(folder)
    if head is None:
        return
    end_session(head.process)
    shutil.rmtree(head.temporary, ignore_errors=True)
    shutil.rmtree(_storage(folder), ignore_errors=True)
    for name in ("ray.json", "ray.log"):
        (folder / name).unlink(missing_ok=True)


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
        "RAY_health_check_period_ms": "2000",
        "RAY_DISABLE_IMPORT_WARNING": "1",
        "RAY_ACCEL_ENV_VAR_OVERRIDE_ON_ZERO": "0",
    }


def temporary_folder(folder: Path) -> Path:
    """Ray's folder for sockets and logs: short, named by the farm's folder, closed to other users.

    Raises `NotStarted` if the system's temporary folder is too deep for sockets, or somebody else has taken the name.
    """
    name = hashlib.sha256(str(folder.resolve()).encode()).hexdigest()[:8]
    path = Path(tempfile.gettempdir(), f"duocast-{name}")
    if len(str(path)) + 75 > _LONGEST_SOCKET:
        raise NotStarted(f"sockets can't be made in {path}: set TMPDIR to a shorter folder")
    path.mkdir(mode=0o700, exist_ok=True)
    found = path.lstat()
    if path.is_symlink() or found.st_uid != os.getuid():
        raise NotStarted(f"{path} belongs to somebody else: remove it or set TMPDIR")
    path.chmod(0o700)
    return path


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
    arguments: list[str], settings: NodeSettings, variables: Mapping[str, str], log: str
) -> Process:
    """Run `ray start` as the leader of a session of its own, and wait until its node works."""
    command = [sys.executable, "-c", "from ray.scripts.scripts import main; main()", "start"]
    with Path(log).open("wb") as output:
        child = subprocess.Popen(
            [*command, *arguments, *_offers(settings), "--block", "--disable-usage-stats"],
            stdin=subprocess.DEVNULL,
            stdout=output,
            stderr=output,
            env=variables,
            start_new_session=True,
        )
    process = Process.of(child.pid)
    deadline = time.monotonic() + _READY
    while process and child.poll() is None and time.monotonic() < deadline:
        if _STARTED in Path(log).read_bytes():
            return process
        time.sleep(0.05)
    end_session(process or Process(child.pid, 0), grace=0.0)
    with contextlib.suppress(subprocess.TimeoutExpired):
        child.wait(1.0)
    raise NotStarted(Path(log).read_text(errors="replace").strip()[-600:] or "it said nothing")


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
