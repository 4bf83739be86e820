"""A modelled engine: listed, but here only with the library and the model that it works with."""

import importlib
from importlib.util import find_spec
from pathlib import Path
from typing import TYPE_CHECKING, Literal

from duocast.compiler.graph import Operation
from duocast.runtime.engine import EngineError
from duocast.runtime.listed import Listed

if TYPE_CHECKING:
    from duocast.runtime.models.limits import Limits
    from duocast.runtime.models.shelf import Shelf

DIFFUSERS = ("torch", "diffusers", "transformers")
TOLD_IN_WORDS = (Operation.ANIMATE, Operation.COMPOSE, Operation.SCORE, Operation.EFFECT)
"""Work for which a model gets prompts that are written from the script."""
Shown = Literal["still", "people", "nothing"]
"""What an engine that films is shown: the shot's still, the portraits of its people besides, or nothing but words."""
MARK = 16
"""Characters of a model's identity in the version."""


class ModelShelf:
    """Where models are: folders to look in, where digests are remembered, whether a hub may be asked."""

    def __init__(self, folders: tuple[Path, ...], memory: Path, *, network: bool = True) -> None:
        self.folders = folders
        self.memory = memory
        self.network = network

    def open(self) -> "Shelf":
        """The shelf itself, whose code is loaded now."""
        from duocast.runtime.models.shelf import Shelf

        return Shelf(self.folders, self.memory, self.network)

    def may_have(self, engine: str) -> bool:
        """Whether something of the engine's name lies there, by a look that loads nothing."""
        return any(
            (folder / engine).is_dir() or (folder / f"{engine}.json").is_file()
            for folder in self.folders
        )


class Modelled(Listed):
    """A listed engine that works with a model from a shelf.

    The package of its `reference` has a module `limits` whose `ALL` states the limits of each engine by name.
    `sounds`: it makes sound with its pictures. `sketches`: it paints over the stage's own composition.
    """

    def __init__(
        self,
        operation: Operation,
        name: str,
        version: str,
        reference: str,
        shelf: ModelShelf | None = None,
        *,
        libraries: tuple[str, ...] = DIFFUSERS,
        shown: Shown = "still",
        sounds: bool = False,
        sketches: bool = False,
    ) -> None:
        super().__init__(operation, name, version, reference, *([shelf] if shelf else []))
        self.shelf = shelf
        self.libraries = libraries
        self.shown: Shown = shown
        self.sounds = sounds
        self.sketches = sketches
        self.paints = operation in TOLD_IN_WORDS
        self._whole: str | None = None

    def __call__(self, *arguments: object) -> "Modelled":
        """The same engine with the shelf that is given."""
        (shelf,) = arguments
        assert isinstance(shelf, ModelShelf)
        at = (self.operation, self.name, self._plain, self.reference)
        return Modelled(
            *at,
            shelf,
            libraries=self.libraries,
            shown=self.shown,
            sounds=self.sounds,
            sketches=self.sketches,
        )

    @property
    def knows_people(self) -> bool:
        """Whether it is given people's own pictures, and its work is looked over by them."""
        return self.operation in (Operation.ANIMATE, Operation.COMPOSE)

    @property
    def version(self) -> str:
        """The engine's own version, and with it the model's identity where there is a model that can be read."""
        if self._whole is None:
            self._whole = self._plain + self._identity()
        return self._whole

    @property
    def clones(self) -> bool:
        """Whether it can speak like a recording."""
        return self.operation == Operation.SPEAK and bool(getattr(self.limits, "clones", False))

    @property
    def here(self) -> bool:
        """Whether it would run: the library is installed and the shelf has a model."""
        return not self.lacks()

    @property
    def limits(self) -> "Limits":
        """What the engine states about itself; loads no model library."""
        module = importlib.import_module(f"{self.reference.partition(':')[0]}.limits")
        stated: Limits = module.ALL[self.name]
        return stated

    @property
    def gigabytes(self) -> float:
        """What the model needs of a card's memory: as its sheet says, if it is here, else as is known of it."""
        stated = self.limits.gigabytes
        if self.shelf is None or not self.shelf.may_have(self.name):
            return stated
        try:
            said = self.shelf.open().model(self.name).sheet.gigabytes
        except EngineError:
            return stated
        return stated if said is None else said

    def lacks(self) -> tuple[str, ...]:
        """What is missing: library names, or `model`. Loads nothing."""
        gone = tuple(name for name in self.libraries if find_spec(name) is None)
        if self.shelf is None or not self.shelf.may_have(self.name):
            return (*gone, "model")
        return gone if self.shelf.open().has(self.name) else (*gone, "model")

    def _identity(self) -> str:
        if self.shelf is None or not self.shelf.may_have(self.name):
            return ""
        try:
            model = self.shelf.open().model(self.name)
        except EngineError:
            return ""
        return f"+{model.identity[:MARK]}{model.settings[:MARK]}"
