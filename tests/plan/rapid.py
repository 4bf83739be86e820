"""A rapid studio for tests: every engine in this process, in milliseconds, real where timing matters, no fsync.

Takes are timed by the estimate, so that shots are timed and the film is cut by the real clock and editor. All other
engines make a digest of what they were asked; two leave something out, so that the wave of an edit can stop early.
"""

import hashlib
import io
import json
import time
from collections import deque
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from PIL import Image

from duocast.compiler.estimate import estimate_take
from duocast.compiler.graph import Operation
from duocast.compiler.lower.crew import DEFAULT_ENGINES
from duocast.compiler.operations.speak import SpeakParams
from duocast.farm.assignment import carry_out
from duocast.farm.core.events import WorkerJoined
from duocast.farm.workshop import Factory, Inline, Workshop
from duocast.runtime.editorial import clock, editor
from duocast.runtime.engine import Request
from duocast.runtime.registry import Registry
from duocast.runtime.store.disk import DiskStore
from duocast.runtime.store.objects import Filing

OUTPUTS = {
    Operation.SPEAK: ("sound", "times"),
    Operation.PORTRAIT: ("rig",),
    Operation.PLATE: ("plate", "front", "geometry"),
    Operation.COMPOSE: ("background", "foreground", "layout", "still"),
    Operation.ANIMATE: ("performance",),
    Operation.SCORE: ("sound",),
    Operation.EFFECT: ("sound",),
    Operation.ENCODE: ("clip", "thumb"),
    Operation.MIX: ("programme", "dialogue", "music", "effects", "report"),
    Operation.MASTER: ("film", "poster", "sheet"),
    Operation.SIGN: ("film",),
}
LEFT_OUT = {Operation.COMPOSE: ("seed",), Operation.PORTRAIT: ("name",)}
"""Params that change nothing in what comes out."""
INLINES = (
    Inline(Operation.TIME, "clock", "1", clock),
    Inline(Operation.CUT, "editor", "1", editor),
)


class Quick:
    """An engine that makes digests."""

    def __init__(self, operation: Operation, name: str, version: str = "1") -> None:
        self.operation, self.name, self.version = operation, name, version

    def run(self, request: Request) -> Mapping[str, Path]:
        params = dict(request.params)
        given = hashlib.sha256()
        for put, path in sorted(request.inputs.items()):
            given.update(put.encode() + path.read_bytes())
        names = self._names(params, request)
        made = {name: self._made(name, params, given.hexdigest()) for name in names}
        files = {}
        for number, (name, content) in enumerate(made.items()):
            files[name] = request.folder / f"{number}.bin"
            files[name].write_bytes(content)
        return files

    def _names(self, params: Mapping[str, Any], request: Request) -> tuple[str, ...]:
        if self.operation is Operation.CAPTION:
            timeline = json.loads(request.inputs["timeline"].read_bytes())
            return ("srt", "vtt", *(f"captions.{clip['shot']}" for clip in timeline["picture"]))
        return OUTPUTS[self.operation]

    def _made(self, name: str, params: Mapping[str, Any], given: str) -> bytes:
        if self.operation is Operation.SPEAK and name == "times":
            return estimate_take(SpeakParams.from_plain(params)).to_json()
        out = LEFT_OUT.get(self.operation, ())
        asked = {key: value for key, value in params.items() if key not in out}
        whole = json.dumps([self.version, name, asked, given], sort_keys=True)
        content = hashlib.sha256(whole.encode())
        if name in ("thumb", "still"):
            return _picture(content.digest())
        return content.hexdigest().encode()


def _picture(digest: bytes) -> bytes:
    written = io.BytesIO()
    Image.new("RGB", (16, 9), tuple(digest[:3])).save(written, "PNG")
    return written.getvalue()


class NoWeights:
    def path(self, name: str) -> Path:
        raise AssertionError(f"no test needs the weights {name}")


def registry(settings: Mapping[str, Any]) -> Registry:
    """The engines; `settings` are versions by name that are not 1."""
    quick: dict[tuple[Operation, str], Quick] = {}
    for key, name in DEFAULT_ENGINES.items():
        operation = Operation(key.split()[0])
        if operation not in (Operation.TIME, Operation.CUT):
            quick[operation, name] = Quick(operation, name, settings.get(name, "1"))
    return Registry(list(quick.values()))


def workshop(settings: Mapping[str, Any]) -> Workshop:
    return Workshop(registry(settings), NoWeights())


def factory(**versions: str) -> Factory:
    return Factory("rapid:workshop", versions)


class Loose(Filing):
    """Writes without waiting for the disk: a test that dies has nothing to lose."""

    def flush(self, path: Path) -> None:
        pass


def open_store(root: Path) -> DiskStore:
    store = DiskStore(root, Loose())
    store._records._db.execute("PRAGMA synchronous = OFF")
    return store


class Bench:
    """A backend of one worker, which is this process."""

    def __init__(self, store: DiskStore, made_by: Factory) -> None:
        self._store, self._workshop = store, made_by.build()
        self._reports: deque[Any] = deque()

    def __enter__(self):
        return self

    def __exit__(self, *_):
        pass

    def open(self):
        return [WorkerJoined("bench", "here", time.monotonic())]

    def run(self, worker, work):
        carry_out(work, self._workshop, self._store, self._store.scratch, self._reports.append)

    def stop(self, worker):
        pass

    def poll(self, seconds):
        found = list(self._reports)
        self._reports.clear()
        return found
