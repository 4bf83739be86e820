"""What is said in a film against what the script says: word errors, and words that nobody should have spoken."""

import re
from collections import Counter
from dataclasses import dataclass
from pathlib import Path

import numpy as np
from numpy.typing import NDArray

from duocast.runtime.sound.file import resample, write_wav
from measure.transcribe import normalised, transcribe

WHISPER_RATE = 16_000
_LAUGHTER = re.compile(r"h[ae]h?|(ha){2,}h?|(he){2,}h?")
_DIRECTION = re.compile(r"\[([^\]\n]*)\]|\(([^)\n]*)\)")


@dataclass(frozen=True, slots=True)
class Errors:
    """Substitutions, insertions and deletions against `words` words of the script."""

    count: int
    words: int

    @property
    def rate(self) -> float:
        """The word error rate."""
        return self.count / max(1, self.words)


def heard_in(sound: NDArray[np.float32], rate: int, folder: Path, model: Path) -> str:
    """What Whisper hears in a whole film's sound."""
    file = folder / "heard.wav"
    mono = np.asarray(sound, np.float32).mean(axis=1)
    write_wav(file, resample(mono, rate, WHISPER_RATE), WHISPER_RATE)
    return " ".join(word.text for word in transcribe(file, model))


def errors(reference: str, hypothesis: str) -> Errors:
    """The least number of word errors, both texts normalised; laughter that is heard as a word is no error."""
    wanted, heard = normalised(reference), normalised(hypothesis)
    heard = [word for word in heard if word in wanted or not _LAUGHTER.fullmatch(word)]
    row = list(range(len(heard) + 1))
    for i, word in enumerate(wanted, 1):
        diagonal, row[0] = row[0], i
        for j, other in enumerate(heard, 1):
            cost = diagonal + (word != other)
            diagonal, row[j] = row[j], min(cost, row[j] + 1, row[j - 1] + 1)
    return Errors(row[-1], len(wanted))


def direction_words(script: str) -> set[str]:
    """Every word that stands in brackets or parentheses in a script: none of them is to be heard."""
    found: set[str] = set()
    for match in _DIRECTION.finditer(script):
        found.update(normalised(match[1] or match[2] or ""))
    return found


def spoken_directions(script: str, reference: str, hypothesis: str) -> list[str]:
    """Direction words that are heard more often than the dialogue has them, phrases of two words or more first.

    Single short words (`a`, `at`, `in`) are what a recogniser mistakes others for: they count in a phrase only.
    """
    wanted, heard = Counter(normalised(reference)), Counter(normalised(hypothesis))
    words = {word for word in direction_words(script) if len(word) > 3}
    extra = sorted(word for word in words if heard[word] > wanted[word])
    phrases = [" ".join(normalised(m[1] or m[2] or "")) for m in _DIRECTION.finditer(script)]
    said, asked = " ".join(normalised(hypothesis)), " ".join(normalised(reference))
    whole = sorted({p for p in phrases if " " in p and said.count(p) > asked.count(p)})
    return [*whole, *extra]
