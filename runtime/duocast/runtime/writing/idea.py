"""An idea: what somebody wants to see, who is in it, and about how long it lasts."""

from dataclasses import dataclass

SECONDS_A_LINE = 3.6
"""What a line of everyday talk takes, with the pause after it."""
FEWEST, MOST = 2, 60


@dataclass(frozen=True, slots=True)
class Given:
    """Somebody who is in the film for certain. `portrait` is a picture's path as the script names it; empty: none."""

    name: str
    portrait: str = ""


@dataclass(frozen=True, slots=True)
class Idea:
    """`text` in anybody's words; `seconds` of film, more or less; `language` as in en-US."""

    text: str
    people: tuple[Given, ...] = ()
    seconds: float = 40.0
    language: str = "en-US"
    seed: int = 0

    @property
    def lines(self) -> int:
        """How many lines are spoken in about that time."""
        return min(MOST, max(FEWEST, round(self.seconds / SECONDS_A_LINE)))
