"""Engines for tests: plain functions in small objects, quick, with every way to go wrong."""

import hashlib
import json
import os
import signal
import subprocess
import sys
import time
from collections.abc import Callable, Mapping
from pathlib import Path
from typing import Any

from duocast.compiler.graph import Asset, Node, Operation, Output, ShotGraph
from duocast.farm.workshop import Factory, Inline, Workshop
from duocast.runtime.engine import EngineError, FailureClass, Request
from duocast.runtime.registry import Registry


class Fake:
    """An engine made of a function from a request to bytes by output name."""

    def __init__(
        self, operation: Operation, name: str, function: Callable[[Request], Mapping[str, bytes]]
    ):
        self.operation = operation
        self.name = name
        self.version = "1"
        self._function = function

    def run(self, request: Request) -> Mapping[str, Path]:
        files = {}
        for name, content in self._function(request).items():
            files[name] = request.folder / f"{name}.bin"
            files[name].write_bytes(content)
        return files


def digest(request: Request) -> bytes:
    content = hashlib.sha256(json.dumps(dict(request.params), sort_keys=True).encode())
    for name, path in sorted(request.inputs.items()):
        content.update(name.encode() + path.read_bytes())
    return content.hexdigest().encode()


def hashing(request: Request) -> Mapping[str, bytes]:
    request.progress(0.5)
    time.sleep(request.params.get("sleep", 0.0))
    mark(request, "ran")
    return {"out": digest(request)}


def constant(request: Request) -> Mapping[str, bytes]:
    return {"out": b"the same whatever comes in"}


def mark(request: Request, what: str) -> int:
    """Note in a folder outside that this happened; gives how often it had happened before."""
    folder = request.params.get("marks")
    if not folder:
        return 0
    name = request.params.get("name", "x")
    before = len(list(Path(folder).glob(f"{what}-{name}-*")))
    Path(folder, f"{what}-{name}-{os.getpid()}-{time.monotonic_ns()}").touch()
    return before


def flaky(request: Request) -> Mapping[str, bytes]:
    if mark(request, "try") < request.params["failures"]:
        kind = FailureClass(request.params.get("kind", "transient"))
        raise EngineError(kind, "R0099", "not this time", "wait")
    return {"out": digest(request)}


def deadly(request: Request) -> Mapping[str, bytes]:
    if mark(request, "try") < request.params["deaths"]:
        os.kill(os.getpid(), signal.SIGKILL)
    return {"out": digest(request)}


def broken(request: Request) -> Mapping[str, bytes]:
    how = request.params["how"]
    if how == "empty":
        return {"out": b""}
    if how == "missing":
        return {"other": b"x"}
    if how == "full":
        raise OSError(28, "No space left on device")
    if how == "memory":
        raise MemoryError
    raise ZeroDivisionError("oops")


def leaving(request: Request) -> Mapping[str, bytes]:
    """Starts a child of its own and goes on for a long time."""
    child = subprocess.Popen([sys.executable, "-c", "import time; time.sleep(300)"])
    (request.folder / "half").write_bytes(b"half a file")
    mark(request, f"child-{child.pid}")
    time.sleep(300)
    return {"out": b"x"}


def threads(request: Request) -> Mapping[str, bytes]:
    import numpy as np

    np.ones((300, 300)) @ np.ones((300, 300))
    count = len(list(Path("/proc/self/task").iterdir()))
    return {"out": f"{count} {os.environ['OMP_NUM_THREADS']}".encode()}


class NoWeights:
    def path(self, name: str) -> Path:
        raise EngineError(FailureClass.UNAVAILABLE, "V0001", f"no weights {name}")


def workshop(settings: Mapping[str, Any]) -> Workshop:
    speak = [
        Fake(Operation.SPEAK, f.__name__, f)
        for f in (hashing, flaky, deadly, broken, leaving, threads)
    ]
    others = [
        Fake(op, "hashing", hashing)
        for op in Operation
        if op not in (Operation.SPEAK, Operation.TIME)
    ]
    return Workshop(
        Registry(speak, others, [Fake(Operation.PLATE, "constant", constant)]), NoWeights()
    )


FACTORY = Factory("farm_engines:workshop")


def joined(params: Mapping[str, Any], inputs: Mapping[str, bytes]) -> Mapping[str, bytes]:
    text = json.dumps([dict(params), sorted((n, c.decode()) for n, c in inputs.items())])
    return {"timing": text.encode()}


TIME = Inline(Operation.TIME, "joined", "1", joined)


def node(
    address: str,
    inputs: Mapping[str, str] | None = None,
    *,
    engine="hashing",
    op=Operation.SPEAK,
    **params,
):
    refs = {}
    for name, what in (inputs or {}).items():
        at, _, output = what.partition("#")
        refs[name] = Output(at, output) if output else Asset(at)
    return Node(address, op, engine, params, refs)


def film(shots: int, **params: Any) -> ShotGraph:
    """A small film: two lines a shot, timing inline, an encode for each shot, a master."""
    nodes = []
    for shot in range(shots):
        a, b = f"s{shot}/line-1", f"s{shot}/line-2"
        nodes += [node(a, text=f"a{shot}", **params), node(b, text=f"b{shot}", **params)]
        nodes.append(
            node(
                f"s{shot}/time",
                {"a": f"{a}#out", "b": f"{b}#out"},
                op=Operation.TIME,
                engine="joined",
            )
        )
        nodes.append(
            node(f"s{shot}/clip", {"timing": f"s{shot}/time#timing"}, op=Operation.ENCODE, **params)
        )
    clips = {f"clip.{shot}": f"s{shot}/clip#out" for shot in range(shots)}
    nodes.append(node("film", clips, op=Operation.MASTER, **params))
    return ShotGraph(tuple(nodes), "film")
