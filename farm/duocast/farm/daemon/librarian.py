"""The librarian: asks the store what was made before, and does inline work, in a thread beside the loop."""

import queue
import threading
from collections.abc import Callable, Sequence

from duocast.farm.core.events import Event
from duocast.runtime.store.disk import DiskStore

Question = Callable[[DiskStore], Event | None]
"""Something to ask or do with the store; it answers with an event or nothing, and raises nothing."""
_BATCH = 200


class Librarian:
    """A thread with its own view of the store. Answers go to `tell`, many at once."""

    def __init__(
        self, open_store: Callable[[], DiskStore], tell: Callable[[Sequence[Event]], None]
    ) -> None:
        self._open_store = open_store
        self._tell = tell
        self._questions: queue.SimpleQueue[Question | None] = queue.SimpleQueue()
        self._closing = False
        self._thread = threading.Thread(target=self._work, name="farm-librarian", daemon=True)

    def start(self) -> None:
        """Begin."""
        self._thread.start()

    def ask(self, question: Question) -> None:
        """Have something asked; the answer comes as an event."""
        self._questions.put(question)

    @property
    def waiting(self) -> int:
        """How many questions wait."""
        return self._questions.qsize()

    def close(self) -> None:
        """End after the question that is being answered; the others are asked again after a restart."""
        self._closing = True
        self._questions.put(None)
        if self._thread.is_alive():
            self._thread.join()

    def _work(self) -> None:
        with self._open_store() as store:
            while batch := self._batch():
                answers = [question(store) for question in batch if not self._closing]
                self._tell([each for each in answers if each is not None])

    def _batch(self) -> list[Question]:
        """The questions that wait, at least one; none at the end."""
        batch: list[Question] = []
        question = self._questions.get()
        while question is not None and not self._closing:
            batch.append(question)
            if len(batch) >= _BATCH or self._questions.empty():
                return batch
            question = self._questions.get()
        return []
