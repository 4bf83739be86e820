"""The catalogue: what every weight is, the digest it must have, and where it can be had."""

import difflib
import tomllib
from collections.abc import Iterable
from functools import cache
from importlib import resources
from typing import Annotated, Literal

from pydantic import BaseModel, ConfigDict, Field

from duocast.runtime.engine import EngineError, FailureClass


class _Entry(BaseModel):
    """A table of the catalogue: frozen, and an unknown field is an error and not a silence."""

    model_config = ConfigDict(frozen=True, extra="forbid")


class Part(_Entry):
    """A file inside a wheel: `path` in the archive of `package` at `version`."""

    package: str
    version: str
    path: str


class WheelSource(_Entry):
    """Files read out of wheels and joined in order; `download` is the size of the wheels in bytes.

    `platform` and `python` choose a wheel that is not for every machine.
    """

    kind: Literal["wheel"] = "wheel"
    parts: tuple[Part, ...] = Field(min_length=1)
    platform: str = ""
    python: str = ""
    download: int = 0


class NpmSource(_Entry):
    """A file read out of an npm tarball of `download` bytes."""

    kind: Literal["npm"] = "npm"
    package: str
    version: str
    path: str
    download: int = 0


class InstalledSource(_Entry):
    """A file of a package that is already installed; it is read in place and never imported."""

    kind: Literal["installed"] = "installed"
    package: str
    path: str


class HubSource(_Entry):
    """A file at an https address."""

    kind: Literal["hub"] = "hub"
    url: str


Source = Annotated[
    WheelSource | NpmSource | InstalledSource | HubSource, Field(discriminator="kind")
]


class Weight(_Entry):
    """One model file. `name` is also its path in the cache folder; `size` is in bytes."""

    name: str = Field(pattern=r"^[a-z0-9][\w.-]*(/[\w.-]*\w)+$")
    sha256: str = Field(pattern=r"^[0-9a-f]{64}$")
    size: int = Field(gt=0)
    licence: str
    origin: str
    use: str
    group: Literal["speak", "voices", "portrait", "check", "moderate", "finer", "likeness"]
    source: tuple[Source, ...] = ()


class Catalogue(_Entry):
    """All weights, in the order of the file."""

    weight: tuple[Weight, ...]

    def find(self, name: str) -> Weight:
        """The weight called `name`. Raises `EngineError` V0101 with the nearest names."""
        for weight in self.weight:
            if weight.name == name:
                return weight
        raise unknown_weight(name, self.names)

    @property
    def names(self) -> tuple[str, ...]:
        """Every name, in order."""
        return tuple(weight.name for weight in self.weight)

    def group(self, *groups: str) -> tuple[str, ...]:
        """The names in the given groups, in order."""
        return tuple(weight.name for weight in self.weight if weight.group in groups)


def unknown_weight(name: str, names: Iterable[str]) -> EngineError:
    """The failure that names the nearest weights."""
    near = difflib.get_close_matches(name, list(names), n=3, cutoff=0.5)
    hint = f"did you mean {' or '.join(near)}?" if near else "list them: duocast models list"
    return EngineError(FailureClass.INVALID, "V0101", f"there is no weight called {name}", hint)


@cache
def load_catalogue() -> Catalogue:
    """The catalogue that ships with duocast."""
    text = resources.files(__package__).joinpath("catalogue.toml").read_text("utf-8")
    return Catalogue.model_validate(tomllib.loads(text))
