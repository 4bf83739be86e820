"""An outbox: what a host has to tell, numbered and kept until somebody says that it has been heard."""

from collections import deque
from dataclasses import dataclass

from duocast.farm.core.events import Event, Progressed, Started

LINGER = 0.1
"""Seconds that reports which nobody waits for (a start, progress) may stay in the box, so that fewer letters go."""


@dataclass(frozen=True, slots=True)
class Report:
    """Something that happened at the host's time `at`. Progress has the number 0: it is told once or not at all."""

    number: int
    at: float
    event: Event


class Outbox:
    """Reports in the order in which things happened, numbered from 1 without gaps."""

    def __init__(self) -> None:
        self._kept: deque[Report] = deque()
        self._progress: Report | None = None
        self._last = 0

    def __len__(self) -> int:
        return len(self._kept)

    @property
    def last(self) -> int:
        """The number of the latest report, 0 before the first."""
        return self._last

    def add(self, event: Event, now: float) -> None:
        """Keep a report; of progress, the latest only."""
        if isinstance(event, Progressed):
            at = now if self._progress is None else self._progress.at
            self._progress = Report(0, at, event)
        else:
            self._progress = None
            self._last += 1
            self._kept.append(Report(self._last, now, event))

    def acknowledge(self, number: int) -> list[Event]:
        """Everything up to this number has been heard, and is forgotten; gives what that was."""
        heard = []
        while self._kept and self._kept[0].number <= number:
            heard.append(self._kept.popleft().event)
        return heard

    def patience(self, now: float) -> float | None:
        """Seconds until a letter should go: 0 when something in it is waited for, None while there is nothing."""
        if any(not isinstance(report.event, Started) for report in self._kept):
            return 0.0
        oldest = [report.at for report in (*self._kept, self._progress) if report is not None]
        return max(0.0, min(oldest) + LINGER - now) if oldest else None

    def letter(self) -> tuple[Report, ...]:
        """Everything that is kept, and the latest progress."""
        progress = () if self._progress is None else (self._progress,)
        self._progress = None
        return (*self._kept, *progress)
