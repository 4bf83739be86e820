"""The store on disk: objects in a folder, records in SQLite beside them; several processes share it."""

import fcntl
import os
import sqlite3
import stat
import time
import uuid
from collections.abc import Callable, Iterable, Iterator, Mapping
from contextlib import contextmanager, suppress
from pathlib import Path

from duocast.compiler.graph import Operation
from duocast.runtime.engine import EngineError, FailureClass
from duocast.runtime.store.collect import Held, victims
from duocast.runtime.store.contents import Action, Audit, Blob, Made, Pace
from duocast.runtime.store.faults import ASSET_CHANGED, as_failures
from duocast.runtime.store.notes import Notes
from duocast.runtime.store.objects import Filing, Objects, digest_of
from duocast.runtime.store.records import FileState, Records
from duocast.runtime.store.stock import Stock

_SETTLED_NS = 2_000_000_000
"""A file changed less than this ago may change again without its time showing it: it is hashed anew."""


class DiskStore:
    """A store in the folder `root`. Errors, and what each method means, as in `Store`.

    Open it in the process that uses it, never before a fork. `within` is the epoch of another process's open store:
    a worker uses the store as part of its owner's session, which must outlive it.

    Writers hold `writing.lock` shared from the first object to the record; `gc` holds it alone. Each session holds a
    lock file of its own, so that `gc` can tell the living from the dead without a clock.
    """

    def __init__(
        self, root: Path, filing: Filing | None = None, *, within: int | None = None
    ) -> None:
        self.root = root.absolute()
        with as_failures(self.root):
            self._objects = Objects(self.root, filing or Filing())
            self._notes = Notes(self.root / "notes", filing or Filing())
            self._sessions = self.root / "sessions"
            self._sessions.mkdir(exist_ok=True)
            self._records = Records(self.root / "store.sqlite")
            self._lock: _Lock | None = None
            self._epoch = self._begin_session() if within is None else within

    def __enter__(self) -> "DiskStore":
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    @property
    def scratch(self) -> Path:
        """A folder on the store's filesystem for work in progress; who makes something in it removes it."""
        return self._objects.scratch

    @property
    def epoch(self) -> int:
        """The number of this session; later sessions have higher ones."""
        return self._epoch

    def close(self) -> None:
        """End the session: what it used may be collected from now on.

        On a full disk its record can't be deleted; without its lock it counts as ended all the same.
        """
        if self._lock is not None:
            with suppress(sqlite3.Error):
                self._records.close_session(self._epoch)
            self._lock.release()
        self._records.close()

    def find(self, key: str, expects: Iterable[str] = ()) -> Action | None:
        """The complete action of this key, or None."""
        with as_failures(self.root):
            action = self._records.use_action(key, self._epoch)
            if action is None or not self._complete(action, expects):
                action = self._noted(key)
            return action if action and self._complete(action, expects) else None

    def take_in(self) -> int:
        """Record the finished work that workers elsewhere have left notes of; gives how much that was."""
        with as_failures(self.root):
            return sum(self._noted(action.key) is not None for action in self._notes)

    def peek(self, key: str, expects: Iterable[str] = ()) -> Action | None:
        """As `find`, for looking only: the action does not count as used and is not held."""
        with as_failures(self.root):
            action = self._records.peek_action(key)
            return action if action and self._complete(action, expects) else None

    def stock(self) -> Stock:
        """All that is here now, for looking only."""
        with as_failures(self.root):
            self.take_in()
            return Stock(self._records.outputs(), self._objects.has)

    def runs(self, operation: Operation, engine: str) -> list[tuple[float, int]]:
        """The seconds and the request's size (canonical bytes) of an engine's last runs, newest first."""
        with as_failures(self.root):
            return self._records.runs(operation, engine)

    def actions(self) -> list[Action]:
        """All finished work, sorted by key, complete or not."""
        with as_failures(self.root):
            self.take_in()
            return [action for action, _ in self._records.actions()]

    def roots(self) -> dict[str, frozenset[str]]:
        """What is kept for good, and for what: digests by the root's name."""
        with as_failures(self.root):
            return self._records.roots()

    def commit(self, key: str, files: Mapping[str, Path], made: Made) -> Action:
        """Move the files in and record the action. The first complete record of a key stays."""
        return self._commit(
            key, {n: _later(self._objects.move_in, f) for n, f in files.items()}, made
        )

    def commit_bytes(
        self, key: str, content: Mapping[str, tuple[str, bytes]], made: Made
    ) -> Action:
        """As `commit`, for outputs in memory."""

        def written(suffix: str, data: bytes) -> Callable[[], Blob]:
            return lambda: self._objects.write_in(data, suffix)

        return self._commit(key, {n: written(*given) for n, given in content.items()}, made)

    def asset(self, path: Path) -> Blob:
        """The digest of a file as it is now, from the records if its state is known."""
        with as_failures(self.root):
            state = _state(path)
            digest = self._records.use_asset(state, self._epoch)
            if digest is None:
                digest = digest_of(path)
                if _state(path) == state and time.time_ns() - state.mtime_ns > _SETTLED_NS:
                    self._records.put_asset(state, digest, self._epoch)
            return Blob(digest, path.suffix.lower(), state.size)

    def adopt(self, path: Path, digest: str) -> Path:
        """The file's bytes as an object of the store."""
        with as_failures(self.root):
            if self._objects.place(digest).exists():
                return self._objects.checked(digest)
            with self._writing():
                blob = self._objects.copy_in(path)
                self._records.put_asset(_state(path), blob.digest, self._epoch)
        if blob.digest != digest:
            raise EngineError(
                FailureClass.INVALID,
                ASSET_CHANGED,
                f"{path.name} was changed while the film was rendered",
                "render again",
            )
        return self._objects.place(digest)

    def take(self, file: Path) -> Blob:
        """Move a file in as an object. No action holds it: name it in a root (`keep`) before `gc` can come."""
        with as_failures(self.root), self._writing():
            return self._objects.move_in(file)

    def place(self, digest: str) -> Path:
        """Where an object stands or would stand; nothing is checked."""
        return self._objects.place(digest)

    def path(self, digest: str) -> Path:
        """The object's read-only file."""
        with as_failures(self.root):
            return self._objects.checked(digest)

    def read(self, digest: str) -> bytes:
        """The object's bytes."""
        with as_failures(self.root):
            return self._objects.checked(digest).read_bytes()

    def pace(self, operation: Operation, engine: str) -> Pace | None:
        """Medians of the engine's last runs."""
        with as_failures(self.root):
            return self._records.pace(operation, engine)

    def keep(self, name: str, digests: Iterable[str]) -> None:
        """Replace a root."""
        with as_failures(self.root):
            self._records.set_root(name, digests)

    def size(self) -> int:
        """Bytes of all objects."""
        with as_failures(self.root):
            return sum(blob.size for blob in self._objects)

    def verify(self) -> Audit:
        """Hash every object; quarantine damaged ones; forget actions that have become incomplete."""
        with as_failures(self.root):
            self.take_in()
            blobs = list(self._objects)
            damaged = tuple(blob.digest for blob in blobs if not self._sound(blob.digest))
            incomplete = tuple(a.key for a, _ in self._records.actions() if not self._complete(a))
            self._records.drop_actions(incomplete)
            return Audit(len(blobs), damaged, incomplete)

    def gc(self, max_bytes: int) -> int:
        """Forget actions and delete what nothing holds any more."""
        with as_failures(self.root), self._writing(alone=True):
            self.take_in()
            self._objects.sweep()
            oldest = self._oldest_session()
            present = {blob.digest: blob.size for blob in self._objects}
            with self._records.transaction():
                held = self._held(oldest, present)
                kept = {digest for holder in held for digest, _ in holder.objects}
                kept |= self._records.rooted()
                orphans = present.keys() - kept
                excess = sum(present.values()) - sum(present[d] for d in orphans) - max_bytes
                gone = set(victims(held, excess))
                self._records.drop_actions(name for name in gone if not name.startswith("/"))
                self._records.drop_assets(name for name in gone if name.startswith("/"))
            left = {d for h in held if h.name not in gone for d, _ in h.objects}
            left |= self._records.rooted()
            return sum(self._objects.delete(digest) for digest in sorted(present.keys() - left))

    def _noted(self, key: str) -> Action | None:
        """The work of this key that a note tells of, recorded now; as with a commit, complete work is not replaced."""
        action = self._notes.read(key)
        if action is not None:
            with self._records.transaction():
                first = self._records.use_action(key, self._epoch)
                if first and self._complete(first, action.outputs):
                    action = first
                else:
                    self._records.put_action(action, self._epoch)
            self._notes.remove(key)
        return action

    def _begin_session(self) -> int:
        self._lock = _Lock(self._sessions / uuid.uuid4().hex)
        return self._records.open_session(self._lock.file.name)

    def _held(self, oldest: int, present: Mapping[str, int]) -> list[Held]:
        rooted = self._records.rooted()
        held = []
        for action, used in self._records.actions():
            objects = tuple((b.digest, b.size) for b in action.outputs.values())
            pinned = used >= oldest or any(digest in rooted for digest, _ in objects)
            held.append(Held(action.key, objects, action.made.seconds, pinned))
        for state, digest, used in self._records.assets():
            if digest in present:
                pinned = used >= oldest or digest in rooted
                held.append(Held(state.path, ((digest, state.size),), 0.01, pinned))
        return held

    def _oldest_session(self) -> int:
        """The epoch from which everything used is protected; forgets the sessions of dead processes."""
        oldest = self._epoch
        for session in self._records.sessions():
            if session.epoch != self._epoch and not _is_locked(self._sessions / session.lock):
                self._records.close_session(session.epoch)
            else:
                oldest = min(oldest, session.epoch)
        return oldest

    def _commit(self, key: str, outputs: Mapping[str, Callable[[], Blob]], made: Made) -> Action:
        with as_failures(self.root), self._writing():
            blobs = {name: take() for name, take in sorted(outputs.items())}
            action = Action(key, blobs, made)
            with self._records.transaction():
                first = self._records.use_action(key, self._epoch)
                if first and self._complete(first, outputs):
                    return first
                self._records.put_action(action, self._epoch)
            return action

    def _complete(self, action: Action, expects: Iterable[str] = ()) -> bool:
        named = all(name in action.outputs for name in expects)
        return named and all(self._objects.has(blob) for blob in action.outputs.values())

    def _sound(self, digest: str) -> bool:
        try:
            if digest_of(self._objects.place(digest)) == digest:
                return True
            self._objects.quarantine(digest)
        except FileNotFoundError:
            return True
        return False

    @contextmanager
    def _writing(self, *, alone: bool = False) -> Iterator[None]:
        handle = _locked(self.root / "writing.lock", fcntl.LOCK_EX if alone else fcntl.LOCK_SH)
        try:
            yield
        finally:
            os.close(handle)


class _Lock:
    """A file that this process holds locked, as a sign of life."""

    def __init__(self, file: Path) -> None:
        self.file = file
        self._handle = _locked(file, fcntl.LOCK_EX)

    def release(self) -> None:
        self.file.unlink(missing_ok=True)
        os.close(self._handle)


def _later(take: Callable[[Path], Blob], file: Path) -> Callable[[], Blob]:
    return lambda: take(file)


def _locked(file: Path, how: int) -> int:
    handle = os.open(file, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o644)
    fcntl.flock(handle, how)
    return handle


def _is_locked(file: Path) -> bool:
    """Whether a living process holds this lock; the file of a dead one is removed."""
    try:
        handle = os.open(file, os.O_RDWR | os.O_CLOEXEC)
    except FileNotFoundError:
        return False
    try:
        fcntl.flock(handle, fcntl.LOCK_EX | fcntl.LOCK_NB)
    except BlockingIOError:
        return True
    else:
        file.unlink(missing_ok=True)
        return False
    finally:
        os.close(handle)


def _state(path: Path) -> FileState:
    found = path.stat()
    if not stat.S_ISREG(found.st_mode):
        raise OSError(f"{path} is no regular file")
    return FileState(str(path.absolute()), found.st_size, found.st_mtime_ns, found.st_ino)
