"""Specs: what never changes about tasks, by their numbers; those of a snapshot are read when somebody asks for them."""

from collections.abc import Sequence
from typing import Any

from msgspec import Raw
from msgspec.msgpack import Decoder

from duocast.farm.core.task import Spec

_read = Decoder(Spec).decode


class Specs(dict[int, Spec]):
    """A table of specs. They are most of a snapshot, and a farm that comes back needs few of them at once.

    Ask by number; `values`, `len` and `forget` know the unread ones, too.
    """

    def __init__(self) -> None:
        super().__init__()
        self._unread: dict[int, Raw] = {}

    def __missing__(self, task: int) -> Spec:
        spec = self[task] = _read(self._unread.pop(task))
        return spec

    def __len__(self) -> int:
        return super().__len__() + len(self._unread)

    def keep(self, tasks: range, written: Sequence[Raw]) -> None:
        """Specs as a snapshot has them."""
        self._unread |= zip(tasks, written, strict=True)

    def writing(self, tasks: range) -> list[Any]:
        """What an encoder makes a snapshot's specs of: those that were never read are written as they are."""
        unread = self._unread
        return [unread[task] if task in unread else self[task] for task in tasks]

    def values(self) -> list[Spec]:  # type: ignore[override]  # a list can be walked like a view
        """All of them, in the order of their numbers."""
        return [self[task] for task in sorted({*self, *self._unread})]

    def forget(self, task: int) -> None:
        """A task is gone."""
        if self._unread.pop(task, None) is None:
            del self[task]
