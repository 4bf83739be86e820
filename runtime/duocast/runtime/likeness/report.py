"""The report of a task: which takes were made, how alike everybody was in each, and why one was made again."""

from typing import Literal

from duocast.compiler.value import Value

Reason = Literal["alike", "drifted", "no face", "nobody seen", "not measured"]


class Figure(Value):
    """How alike somebody's face was to their own pictures, -1 to 1; None: their face was not seen."""

    role: str
    likeness: float | None = None


class Take(Value):
    """One take. `reason`: everybody is `alike`, somebody `drifted`, or what kept that from being known."""

    seed: int
    reason: Reason
    figures: tuple[Figure, ...] = ()

    @property
    def worst(self) -> float | None:
        """The least likeness of anybody whose face was seen."""
        return min((one.likeness for one in self.figures if one.likeness is not None), default=None)


class LikenessReport(Value):
    """`likeness.json`: all takes in the order in which they were made, and which one was kept."""

    needed: float
    """How alike a face must be."""
    kept: int
    """The number of the take that was kept, from 0."""
    takes: tuple[Take, ...]
    problem: str = ""
    """What kept everything from being measured."""

    @property
    def best(self) -> Take:
        """The take that was kept."""
        return self.takes[self.kept]
