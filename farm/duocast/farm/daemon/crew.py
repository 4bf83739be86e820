"""The crew: whoever carries out what the core says: the backend's workers, and the librarian beside the loop."""

import contextlib
import time
from collections import deque
from collections.abc import Callable, Sequence
from pathlib import Path
from typing import Any

from duocast.farm.backend import Backend
from duocast.farm.core import commands, events
from duocast.farm.core.events import Event
from duocast.farm.core.recover import lookup, recover, sought
from duocast.farm.core.state import State
from duocast.farm.core.task import Failure
from duocast.farm.daemon.hints import Ready
from duocast.farm.daemon.librarian import Librarian
from duocast.farm.daemon.orders import Inlines, assignment, evaluate, ingredients, look_up
from duocast.runtime.engine import EngineError
from duocast.runtime.store.disk import DiskStore
from duocast.runtime.store.faults import no_room

_REOPEN = 10.0
"""Seconds until a backend that broke is opened again."""
_FILING = 10.0
"""Seconds between two times that the notes of finished work are taken into the store's records."""
_QUESTIONS = 200
"""Questions of before a restart that the store is asked again in one turn of the loop."""
_RESTARTED = "the farm's daemon was started again"


class Crew:
    """Takes commands, gives events; all of it in the loop's thread, but `interrupt`.

    A backend may have more than the protocol: `adopt(workers)` if its workers outlive the daemon, `interrupt()`,
    `drain(node)`, `undrain(node)`, `want(ready tasks by labels)`, `close()`, and `trouble`, a sentence.
    """

    def __init__(
        self,
        backend: Callable[[], Backend],
        librarian: Librarian,
        inlines: Inlines,
        folders: Sequence[Path],
    ) -> None:
        self.folders = tuple(folders)
        self._broken = ""
        self._make = backend
        self._backend: Backend | None = None
        self._librarian = librarian
        self._inlines = inlines
        self._reopen = 0.0
        self._known: set[str] = set()
        self._gone: frozenset[str] = frozenset()
        self._sought: deque[str] = deque()
        self._unfiled = True  # the daemon before this one may have left some
        self._filed = 0.0

    @property
    def broken(self) -> str:
        """Why there are no workers, if the backend says so."""
        return self._broken or str(getattr(self._backend, "trouble", ""))

    def open(self, state: State) -> list[Event]:
        """Open the backend; workers of before that it can't adopt are dead, which is told first."""
        self._known = set(state.workers)
        heard = self._open()
        dead = (event.worker for event in heard if isinstance(event, events.WorkerDied))
        self._gone = frozenset(dead)
        for node in state.drained:
            self._tell("drain", node)
        return heard

    def repeat(self, state: State) -> None:
        """After a restart: everything again that was said and may not have been heard; the store has its turns."""
        for command in recover(state):
            worker = getattr(command, "worker", None)
            if worker is None or worker not in self._gone:
                self.obey(command, state)
        self._sought.extend(sought(state))

    def ask_again(self, state: State) -> bool:
        """A few more of the questions that the store was asked before a restart; whether there were any.

        Thousands at once would keep whoever comes to the door from being answered.
        """
        some = [self._sought.popleft() for _ in range(min(_QUESTIONS, len(self._sought)))]
        for key in some:
            asked = lookup(state, key)
            if asked is not None:
                self.obey(asked, state)
        return bool(some)

    def poll(self, seconds: float) -> list[Event]:
        """What the workers report; waits up to `seconds` for the first of it.

        Asking again says that all that was reported before is kept safe.
        """
        if self._backend is None:
            time.sleep(min(seconds, 0.02))
            return self._open() if time.monotonic() >= self._reopen else []
        try:
            heard = self._backend.poll(seconds)
        except EngineError as problem:
            return self._break(problem)
        for event in heard:
            if isinstance(event, events.WorkerJoined):
                self._known.add(event.worker)
            elif isinstance(event, events.WorkerDied):
                self._known.discard(event.worker)
            elif isinstance(event, events.Finished):
                self._unfiled = True
        self._file_notes()
        return heard

    def interrupt(self) -> None:
        """Let a `poll` that waits return; any thread may call this."""
        self._tell("interrupt")

    def want(self, ready: Ready) -> None:
        """How many tasks could run at once, by the labels that they ask for: who hires workers may hire more."""
        self._tell("want", ready)

    def heed(self, event: Event) -> None:
        """What people want of nodes concerns the backend, too."""
        if isinstance(event, events.Drained):
            self._tell("drain", event.node)
        elif isinstance(event, events.Undrained):
            self._tell("undrain", event.node)

    def obey(self, command: commands.Command, state: State) -> None:
        """Do what the core says, or have it done."""
        match command:
            case commands.Lookup():
                self._librarian.ask(lambda store: look_up(store, command))
            case commands.Evaluate(task=task):
                number = state.number[task]
                spec, inputs = state.specs[number], ingredients(state, number)
                self._librarian.ask(
                    lambda store: evaluate(store, command, spec, inputs, self._inlines)
                )
            case commands.Run(worker=worker) if self._backend is not None:
                with contextlib.suppress(KeyError):  # it is gone; its death is told by `poll`
                    self._backend.run(worker, assignment(state, command))
            case commands.Stop(worker=worker) if self._backend is not None:
                self._backend.stop(worker)
            case _:
                pass

    def full(self, problem: str) -> Failure:
        """The failure that halts the core while there is no room."""
        return Failure.of(no_room(self.folders[0]), problem)

    def close(self) -> None:
        """Let go of the backend: its workers end."""
        self._tell("close")
        self._backend = None

    def _file_notes(self) -> None:
        """Workers elsewhere leave notes of what they have finished; have them recorded, now and then."""
        if self._unfiled and time.monotonic() - self._filed >= _FILING:
            self._unfiled, self._filed = False, time.monotonic()
            self._librarian.ask(_take_in)

    def _open(self) -> list[Event]:
        before, self._known = self._known, set()
        try:
            self._backend = self._make()
            adopts = getattr(self._backend, "adopt", None)
            if adopts is not None:
                adopts(sorted(before))
            joined = self._backend.open()
        except EngineError as problem:
            self._known = before
            return self._break(problem)
        self._broken = ""
        self._known = {each.worker for each in joined if isinstance(each, events.WorkerJoined)}
        return joined if adopts is not None else [*_deaths(before, _RESTARTED), *joined]

    def _break(self, problem: EngineError) -> list[Event]:
        self._broken = problem.message
        self._reopen = time.monotonic() + _REOPEN
        with contextlib.suppress(Exception):
            self.close()
        self._backend = None
        gone, self._known = self._known, set()
        return _deaths(gone, problem.message)

    def _tell(self, verb: str, *about: Any) -> None:  # noqa: ANN401 -- whatever the verb takes
        method = getattr(self._backend, verb, None)
        if method is not None:
            method(*about)


def _take_in(store: DiskStore) -> None:
    """Nothing is lost if the store can't do it now: whoever looks a work up reads its note, too."""
    with contextlib.suppress(EngineError):
        store.take_in()


def _deaths(workers: set[str], reason: str) -> list[Event]:
    now = time.monotonic()
    return [events.WorkerDied(name, reason, now, blame=False) for name in sorted(workers)]
