"""What a weight's state is, and the steps of a pull, as values."""

from dataclasses import dataclass
from enum import StrEnum
from pathlib import Path

from duocast.runtime.weights.catalogue import Weight


class Presence(StrEnum):
    """Whether a weight is here."""

    PRESENT = "present"
    LOCAL = "in a local folder"
    INSTALLED = "in an installed package"
    MISSING = "missing"
    DAMAGED = "damaged"


@dataclass(frozen=True, slots=True)
class WeightState:
    """A weight and where it stands on this machine. `path` is None when it is missing."""

    weight: Weight
    presence: Presence
    path: Path | None

    @property
    def ready(self) -> bool:
        """Whether an engine can use it without a download."""
        return self.presence not in (Presence.MISSING, Presence.DAMAGED)


@dataclass(frozen=True, slots=True)
class PullStep:
    """Progress of a pull: `done` of `total` bytes of `name`, from `source` (`wheel kokoro-js 1.2.1`).

    The bytes are those downloaded; an archive may be smaller or larger than the weight in it.
    """

    name: str
    source: str
    done: int
    total: int
