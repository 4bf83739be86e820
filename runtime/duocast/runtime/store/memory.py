"""The store in memory: the same protocol for tests and dry runs. Files are written only when a path is asked for."""

import hashlib
import statistics
import tempfile
from collections.abc import Iterable, Mapping
from pathlib import Path

from duocast.compiler.graph import Operation
from duocast.runtime.engine import EngineError, FailureClass
from duocast.runtime.store.collect import Held, victims
from duocast.runtime.store.contents import Action, Audit, Blob, Made, Pace
from duocast.runtime.store.faults import ASSET_CHANGED, DamagedObject


class MemoryStore:
    """A store that ends with the process. Errors, and what each method means, as in `Store`."""

    def __init__(self) -> None:
        self._bytes: dict[str, bytes] = {}
        self._actions: dict[str, Action] = {}
        self._history: dict[tuple[Operation, str], list[Made]] = {}
        self._roots: dict[str, frozenset[str]] = {}
        self._used: set[str] = set()
        self._folder: tempfile.TemporaryDirectory[str] | None = None

    def close(self) -> None:
        """Let go of what was handed out; the contents stay, for a second round of a test."""
        self._used.clear()
        if self._folder:
            self._folder.cleanup()
            self._folder = None

    def find(self, key: str, expects: Iterable[str] = ()) -> Action | None:
        """The complete action of this key, or None."""
        action = self._actions.get(key)
        if action is None or not self._complete(action, expects):
            return None
        self._used.add(key)
        return action

    def commit(self, key: str, files: Mapping[str, Path], made: Made) -> Action:
        """Read the files, delete them, record the action."""
        content = {name: (file.suffix, file.read_bytes()) for name, file in files.items()}
        for file in files.values():
            file.unlink()
        return self.commit_bytes(key, content, made)

    def commit_bytes(
        self, key: str, content: Mapping[str, tuple[str, bytes]], made: Made
    ) -> Action:
        """Record the action, unless there is a complete one."""
        if first := self.find(key, content):
            return first
        blobs = {name: self._put(*given) for name, given in sorted(content.items())}
        self._actions[key] = Action(key, blobs, made)
        self._history.setdefault((made.operation, made.engine), []).append(made)
        self._used.add(key)
        return self._actions[key]

    def asset(self, path: Path) -> Blob:
        """The digest of a file as it is now."""
        content = path.read_bytes()
        return Blob(hashlib.sha256(content).hexdigest(), path.suffix.lower(), len(content))

    def adopt(self, path: Path, digest: str) -> Path:
        """The file's bytes as an object."""
        blob = self._put(path.suffix, path.read_bytes())
        if blob.digest != digest:
            raise EngineError(
                FailureClass.INVALID, ASSET_CHANGED, f"{path.name} was changed", "render again"
            )
        return self.path(digest)

    def path(self, digest: str) -> Path:
        """A file with these bytes in a folder that goes when the store is closed."""
        content = self.read(digest)
        if self._folder is None:
            self._folder = tempfile.TemporaryDirectory(prefix="duocast-")
        file = Path(self._folder.name, digest)
        if not file.exists():
            file.write_bytes(content)
        return file

    def read(self, digest: str) -> bytes:
        """The object's bytes."""
        try:
            return self._bytes[digest]
        except KeyError:
            raise DamagedObject(digest, "is gone") from None

    def pace(self, operation: Operation, engine: str) -> Pace | None:
        """Medians of the engine's runs."""
        runs = self._history.get((operation, engine))
        if not runs:
            return None
        seconds = statistics.median(made.seconds for made in runs)
        return Pace(seconds, statistics.median(made.params_size for made in runs), len(runs))

    def keep(self, name: str, digests: Iterable[str]) -> None:
        """Replace a root."""
        self._roots[name] = frozenset(digests)

    def size(self) -> int:
        """Bytes of all objects."""
        return sum(map(len, self._bytes.values()))

    def verify(self) -> Audit:
        """Forget actions that have become incomplete; memory does not get damaged by itself."""
        wrong = [d for d, c in self._bytes.items() if hashlib.sha256(c).hexdigest() != d]
        for digest in wrong:
            del self._bytes[digest]
        incomplete = tuple(k for k, a in sorted(self._actions.items()) if not self._complete(a))
        for key in incomplete:
            del self._actions[key]
        return Audit(len(self._bytes) + len(wrong), tuple(sorted(wrong)), incomplete)

    def gc(self, max_bytes: int) -> int:
        """Forget actions and delete what nothing holds any more."""
        before = self.size()
        rooted = frozenset[str]().union(*self._roots.values())
        held = [self._held(action, rooted) for _, action in sorted(self._actions.items())]
        for key in victims(held, before - max_bytes):
            del self._actions[key]
        left = {b.digest for a in self._actions.values() for b in a.outputs.values()} | rooted
        self._bytes = {d: c for d, c in self._bytes.items() if d in left}
        return before - self.size()

    def _held(self, action: Action, rooted: frozenset[str]) -> Held:
        objects = tuple((blob.digest, blob.size) for blob in action.outputs.values())
        pinned = action.key in self._used or any(digest in rooted for digest, _ in objects)
        return Held(action.key, objects, action.made.seconds, pinned)

    def _complete(self, action: Action, expects: Iterable[str] = ()) -> bool:
        named = all(name in action.outputs for name in expects)
        return named and all(blob.digest in self._bytes for blob in action.outputs.values())

    def _put(self, suffix: str, content: bytes) -> Blob:
        digest = hashlib.sha256(content).hexdigest()
        self._bytes[digest] = content
        return Blob(digest, suffix, len(content))
