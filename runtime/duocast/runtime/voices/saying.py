"""What a voice model is asked, and what it answers."""

from dataclasses import dataclass
from pathlib import Path
from typing import Protocol

from duocast.runtime.speech.signal import Sound


@dataclass(frozen=True, slots=True)
class Ask:
    """Words to say in one go. `voice` is what the script calls the voice, `language` as in `en-US`.

    `reference` is a clean mono recording to sound like; `pace` multiplies the speed. The same ask is answered with
    the same samples.
    """

    text: str
    voice: str
    language: str
    pace: float
    seed: int
    reference: Path | None = None


class Says(Protocol):
    """A voice model in memory."""

    rate: int
    """Samples a second of what it says."""

    def say(self, ask: Ask) -> Sound:
        """The words, mono, full scale 1. Raises `EngineError` for a voice or a language that it lacks."""
        ...


def primary(language: str) -> str:
    """`en` of `en-US`."""
    return language.split("-")[0].lower()
