"""A seeded hand: what the words leave open is picked as an artist would, the same every time."""

import hashlib

import numpy as np

from duocast.compiler.operations.portrait import PortraitParams


class Hand:
    """A seeded generator that picks like an artist: each question has its own stream, so answers don't shift."""

    def __init__(self, params: PortraitParams) -> None:
        self.root = f"{params.seed}|{params.name.strip().lower()}"

    def stream(self, question: str) -> np.random.Generator:
        """The question's own generator."""
        digest = hashlib.sha256(f"{self.root}|{question}".encode()).digest()
        return np.random.default_rng(int.from_bytes(digest[:8], "big"))

    def pick(self, question: str, *choices: str) -> str:
        """One of the choices."""
        return choices[int(self.stream(question).integers(len(choices)))]

    def chance(self, question: str, share: float) -> bool:
        """True in `share` of all cases."""
        return bool(self.stream(question).random() < share)

    def between(self, question: str, low: float, high: float) -> float:
        """A number between two others, to three places."""
        return round(float(self.stream(question).uniform(low, high)), 3)
