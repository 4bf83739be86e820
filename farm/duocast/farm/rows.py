"""Rows: a numbered sequence that never changes; setting one item gives a new one that shares almost everything."""

from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from typing import Generic, TypeVar

Item = TypeVar("Item")
_WIDTH = 64


@dataclass(frozen=True, slots=True)
class Rows(Generic[Item]):
    """Items in pages of 64. `set` copies one page and the list of pages; nothing else."""

    pages: tuple[tuple[Item, ...], ...] = ()
    length: int = 0

    def __len__(self) -> int:
        return self.length

    def __getitem__(self, number: int) -> Item:
        return self.pages[number // _WIDTH][number % _WIDTH]

    def __iter__(self) -> Iterator[Item]:
        return (item for page in self.pages for item in page)

    def set(self, number: int, item: Item) -> "Rows[Item]":
        """The same rows with another item at `number`."""
        page, place = divmod(number, _WIDTH)
        old = self.pages[page]
        new = (*old[:place], item, *old[place + 1 :])
        return Rows((*self.pages[:page], new, *self.pages[page + 1 :]), self.length)

    def extend(self, items: Iterable[Item]) -> "Rows[Item]":
        """The same rows with more items at the end."""
        flat = (*self, *items)
        pages = tuple(flat[at : at + _WIDTH] for at in range(0, len(flat), _WIDTH))
        return Rows(pages, len(flat))
