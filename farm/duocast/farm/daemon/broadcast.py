"""The broadcast: every notice to everybody who watches, in order, without a gap, and without waiting for anybody.

A frame is encoded once; who watches the same thing is handed the same bytes. Each watcher has a bounded buffer: who
does not read is dropped, and comes back by the last number it heard. What is not in memory any more is read from the
journal.
"""

import asyncio
from collections import Counter, deque
from collections.abc import AsyncIterator, Callable, Iterable, Sequence
from typing import NamedTuple

from duocast.farm.daemon.notices import HEARTBEAT, Frame

_RING = 20_000
"""Frames that are kept in memory after they are in the journal."""
_BUFFER = 1 << 20
"""Bytes that a watcher may be behind."""
_GATHER = 0.03
"""Seconds in which frames are gathered for one delivery; grows with the number of watchers."""
_EACH = 0.00002
_QUIET = 15.0
_PAGE = 500


class Subject(NamedTuple):
    """What is watched: one job, or all (`job` None); of one user, or of everybody (`user` None)."""

    job: str | None
    user: str | None

    def covers(self, frame: Frame) -> bool:
        """Whether a frame belongs to it."""
        return (self.job is None or frame.job == self.job) and (
            self.user is None or frame.user == self.user
        )


History = Callable[[Subject, int, int, int], Sequence[Frame]]
"""Frames of a subject from the journal: after a number, up to a number, at most so many."""


class Watcher:
    """A client's place in the broadcast. Only for the event loop's thread."""

    def __init__(self, user: str = "") -> None:
        self.user = user
        self._chunks: deque[bytes] = deque()
        self._held = 0
        self._woken = asyncio.Event()
        self.task: asyncio.Task[None] | None = None
        self.ended = False

    def give(self, chunk: bytes) -> None:
        """Hand over bytes; a watcher that is too far behind is dropped."""
        self._chunks.append(chunk)
        self._held += len(chunk)
        self._woken.set()
        if self._held > _BUFFER:
            self.drop()

    def finish(self) -> None:
        """End it in good order: there is nothing more to come."""
        self.ended = True
        self._woken.set()

    def drop(self) -> None:
        """End it, even if it is stuck in a write."""
        self.ended = True
        self._chunks.clear()
        self._woken.set()
        if self.task is not None:
            self.task.cancel()

    async def next(self) -> bytes | None:
        """What has been handed over since, None when it has ended."""
        while not self._chunks and not self.ended:
            self._woken.clear()
            await self._woken.wait()
        if self.ended:
            return None
        chunk = self._chunks.popleft() if len(self._chunks) == 1 else b"".join(self._chunks)
        self._chunks.clear()
        self._held = 0
        return chunk


class Broadcast:
    """The hub. `publish` and `flushed` may be called from any thread; everything else belongs to the event loop."""

    def __init__(self, history: History, last: int) -> None:
        self._history = history
        self._ring: deque[Frame] = deque()
        self._before = last
        """All frames up to this number are in the journal only."""
        self._last = last
        self._flushed = last
        self._groups: dict[Subject, set[Watcher]] = {}
        self._pending: list[Frame] = []
        self._passing: dict[tuple[str, str], bytes] = {}
        self._timer: asyncio.TimerHandle | None = None
        self._loop: asyncio.AbstractEventLoop | None = None
        self._inbox: deque[tuple[Sequence[Frame], dict[tuple[str, str], bytes]]] = deque()
        self._closed = False
        self._users: Counter[str] = Counter()

    def attach(self, loop: asyncio.AbstractEventLoop) -> None:
        """Deliver in this event loop from now on."""
        self._loop = loop
        loop.call_later(_QUIET, self._beat)
        loop.call_soon(self._receive)

    @property
    def watching(self) -> int:
        """How many watch."""
        return self._users.total()

    def watching_as(self, user: str) -> int:
        """How many watch by a user's tokens."""
        return self._users[user]

    @property
    def last(self) -> int:
        """The number of the last event that was told."""
        return self._last

    def publish(self, frames: Sequence[Frame], passing: dict[tuple[str, str], bytes]) -> None:
        """Tell everybody; `passing` is told to who is there now: bytes by (job, user)."""
        self._inbox.append((frames, passing))
        if self._loop is not None and not self._loop.is_closed():
            self._loop.call_soon_threadsafe(self._receive)

    def flushed(self, seq: int) -> None:
        """Frames up to this number are in the journal now."""
        self._flushed = seq

    def close(self) -> None:
        """End every watcher; one that is stuck in a write ends with its connection."""
        self._closed = True
        for watchers in list(self._groups.values()):
            for watcher in list(watchers):
                watcher.finish()

    async def follow(self, subject: Subject, after: int, watcher: Watcher) -> AsyncIterator[bytes]:
        """All frames of a subject after a number: those of the past, then those to come."""
        while after < self._before and not watcher.ended:
            upto = self._before
            frames = await asyncio.to_thread(self._history, subject, after, upto, _PAGE)
            if frames:
                yield b"".join(frame.wire for frame in frames)
            after = frames[-1].seq if len(frames) >= _PAGE else upto
        # Nothing may be awaited between reading the ring and joining: that is what leaves no gap.
        told = {id(frame) for frame in self._pending}
        recent = [
            f.wire for f in self._ring if f.seq > after and subject.covers(f) and id(f) not in told
        ]
        self._groups.setdefault(subject, set()).add(watcher)
        self._users[watcher.user] += 1
        try:
            yield b"".join(recent) or HEARTBEAT
            while not self._closed:
                chunk = await watcher.next()
                if chunk is None:
                    return
                yield chunk
        finally:
            self._leave(subject, watcher)

    def _leave(self, subject: Subject, watcher: Watcher) -> None:
        watchers = self._groups.get(subject, set())
        watchers.discard(watcher)
        self._users[watcher.user] -= 1
        if not self._users[watcher.user]:
            del self._users[watcher.user]
        if not watchers:
            self._groups.pop(subject, None)

    def _receive(self) -> None:
        while self._inbox:
            frames, passing = self._inbox.popleft()
            self._ring.extend(frames)
            self._pending.extend(frames)
            self._passing.update(passing)
            if frames:
                self._last = max(self._last, frames[-1].seq)
        while len(self._ring) > _RING and self._ring[0].seq <= self._flushed:
            self._before = self._ring.popleft().seq
        if (self._pending or self._passing) and self._timer is None and self._loop is not None:
            wait = _GATHER + _EACH * self.watching
            self._timer = self._loop.call_later(wait, self._deliver)

    def _deliver(self) -> None:
        self._timer = None
        pending, self._pending = self._pending, []
        passing, self._passing = self._passing, {}
        for subject, watchers in list(self._groups.items()):
            chunk = b"".join(_chosen(subject, pending, passing))
            if chunk:
                for watcher in list(watchers):
                    watcher.give(chunk)

    def _beat(self) -> None:
        if self._loop is None or self._closed:
            return
        for watchers in list(self._groups.values()):
            for watcher in list(watchers):
                watcher.give(HEARTBEAT)
        self._loop.call_later(_QUIET, self._beat)


def _chosen(
    subject: Subject, frames: Iterable[Frame], passing: dict[tuple[str, str], bytes]
) -> list[bytes]:
    chosen = [frame.wire for frame in frames if subject.covers(frame)]
    for (job, user), content in passing.items():
        if subject.job in (None, job) and subject.user in (None, user):
            chosen.append(content)
    return chosen
