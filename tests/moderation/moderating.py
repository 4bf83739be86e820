"""What the tests of moderation share: weights that are nowhere, and an office with its memory in a folder."""

from pathlib import Path

from duocast.runtime.engine import EngineError, FailureClass
from duocast.runtime.moderation import Office, Policy, default_policy, read_policy
from duocast.runtime.moderation.looks import MODEL
from duocast.runtime.moderation.memory import digest_of, remember


class Nowhere:
    """Weights of which none can be had."""

    def __init__(self) -> None:
        self.asked: list[str] = []

    def path(self, name: str) -> Path:
        self.asked.append(name)
        raise EngineError(FailureClass.UNAVAILABLE, "V0102", f"{name} can't be had", "get it")


def office(folder: Path, policy: str = "") -> Office:
    return Office(laid(policy), Nowhere(), folder / "moderation")


def laid(policy: str) -> Policy:
    return read_policy(policy, "mine.toml") if policy else default_policy()


def looked(memory: Path, picture: Path, score: float) -> None:
    """Have it that a picture was looked at before."""
    remember(memory / MODEL / f"{digest_of(picture)}-1", f"{score:.6f}")
