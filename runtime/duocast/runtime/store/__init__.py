"""The store: finished work by its key, media by its content. On disk for films, in memory for tests and dry runs."""

from duocast.runtime.store.contents import Action, Audit, Blob, Made, Pace, Store
from duocast.runtime.store.disk import DiskStore
from duocast.runtime.store.memory import MemoryStore

__all__ = ["Action", "Audit", "Blob", "DiskStore", "Made", "MemoryStore", "Pace", "Store"]
