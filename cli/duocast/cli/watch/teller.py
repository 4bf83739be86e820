"""The teller: what a watch says on the terminal, or line by line into a pipe. All of it goes to standard output."""

import os
import shutil
import sys
import threading
from collections import Counter
from collections.abc import Callable
from typing import TextIO

from duocast.cli.findings import USUAL_WIDTH, report
from duocast.cli.watch.judging import Judgement
from duocast.cli.watch.session import Order
from duocast.farm.core.task import Failure
from duocast.farm.outcome import Outcome
from duocast.language import Diagnostic, Severity, render
from duocast.runtime.engine import EngineError

_GREEN, _RED, _DIM, _PLAIN = "\x1b[32m", "\x1b[31m", "\x1b[2m", "\x1b[0m"


class Teller:
    """Speaks whole lines, one at a time. When nobody can hear it any more, it says so through `deaf`, and is silent."""

    def __init__(self, deaf: Callable[[], None], stream: TextIO | None = None) -> None:
        self._stream = stream or sys.stdout
        self._deaf = deaf
        self._speaking = threading.Lock()
        self._said: Counter[tuple[str, str]] = Counter()
        self._colour = self._stream.isatty() and "NO_COLOR" not in os.environ

    def verdict(self, judgement: Judgement) -> None:
        """The findings in full, then the verdict in one line.

        Warnings and notes that were said about the save before are not said again; errors are.
        """
        found = ""
        if judgement.compiled is not None:
            one = report(judgement.compiled)
            news = self._news(one.diagnostics)
            width = shutil.get_terminal_size((USUAL_WIDTH, 24)).columns
            found = render(news, one.sources, colour=self._colour, shown=one.shown, width=width)
        colour = _GREEN if judgement.good else _RED
        self._say(f"{found}{self._in(colour, judgement.words)}")

    def _news(self, diagnostics: tuple[Diagnostic, ...]) -> list[Diagnostic]:
        """The errors, and whatever was not said about the save before."""
        said, self._said = self._said, Counter(map(_said, diagnostics))
        news = []
        for one in diagnostics:
            if one.severity is Severity.ERROR or said[_said(one)] <= 0:
                news.append(one)
            said[_said(one)] -= 1
        return news

    def page(self, address: str) -> None:
        """Where the page is."""
        self._say(f"page: {address}")

    def made(self, order: Order, shots: int, outcome: Outcome | None, seconds: float) -> None:
        """What an order has come to; silent when there was nothing to do."""
        if outcome is None or (outcome.run == 0 and outcome.ok):
            return
        for failed in outcome.failures:
            if failed.failure is not None:
                code = self._in(_RED, f"error[{failed.failure.code}]")
                self._say(code + _failure(failed.address, failed.failure))
        if outcome.ok:
            self._say(self._in(_DIM, f"{_what(order, shots)} in {seconds:.1f} s"))

    def wrote(self, path: str) -> None:
        """A file was written."""
        self._say(self._in(_DIM, f"wrote {path}"))

    def problem(self, problem: EngineError) -> None:
        """What keeps pictures from being made."""
        hint = f"\n  = {problem.hint}" if problem.hint else ""
        self._say(f"{self._in(_RED, f'error[{problem.code}]')}: {problem.message}{hint}")

    def stopped(self) -> None:
        """The last word."""
        self._say("stopped; what is finished is kept")

    def _in(self, colour: str, text: str) -> str:
        return f"{colour}{text}{_PLAIN}" if self._colour else text

    def _say(self, text: str) -> None:
        with self._speaking:
            try:
                self._stream.write(f"{text}\n")
                self._stream.flush()
            except (OSError, ValueError):
                self._deaf()


def _said(one: Diagnostic) -> tuple[str, str]:
    """What a finding says, wherever it stands."""
    return one.code, one.title


def _failure(address: str, failure: Failure) -> str:
    hint = f"\n  = {failure.hint}" if failure.hint else ""
    return f": {address}: {failure.message}{hint}"


def _what(order: Order, shots: int) -> str:
    if order.aim == "cut":
        return "the film was put together"
    what = "still" if order.aim == "stills" else "shot"
    return f"made {shots} {what}{'s' * (shots != 1)}"
