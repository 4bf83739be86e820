"""An engine that works with a model: its name, its version, and the shelf that its model is taken from."""

from duocast.runtime.models.shelf import Shelf


class ModelEngine:
    """What every such engine is made of; the same request gives the same bytes on the same machine."""

    def __init__(self, name: str, version: str, shelf: Shelf) -> None:
        self.name = name
        self.version = version
        self._shelf = shelf
