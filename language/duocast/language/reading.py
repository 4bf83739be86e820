"""A reading: a passage that is being read, with its source and what has been found so far."""

from typing import Literal

import msgspec

from duocast.language.diagnostic import Diagnostic, Fix, Label, Severity
from duocast.language.nodes import Block, Entry
from duocast.language.source import Place, Source, Span

State = Literal["top", "after title", ""]
"""What stands above a passage: nothing yet, the title page, or anything else."""


class Reading(msgspec.Struct):
    """The only thing that changes while a script is parsed. A lenient one keeps its findings about names back."""

    source: Source
    lenient: bool = False
    found: list[Diagnostic] = []
    text: str = ""
    """The source's text with notes and boneyard blanked out, so that every offset stays what it is."""
    place: Place = msgspec.field(default_factory=lambda: Place(""))
    """What the spans of its nodes hang on."""
    begin: int = 0
    """Where it begins in the text."""
    end: int = 0
    """Where a passage that has been read ends; while it is read, nobody knows."""
    state: State = ""
    """What stands above it."""
    entries: list[Entry] = []
    """The lines of the title page in it."""
    blocks: list[Block] = []
    cast: frozenset[str] = frozenset()
    """The keys of everybody who speaks in the script, when all of it has been read."""

    def span(self, start: int, end: int) -> Span:
        """A stretch of the source."""
        return Span(start, end, self.place)

    def error(
        self, code: str, title: str, *labels: Label, hint: str = "", fix: Fix | None = None
    ) -> None:
        """Keep a finding that stops the film."""
        self.found.append(Diagnostic(code, Severity.ERROR, title, labels, hint, fix))

    def warning(
        self, code: str, title: str, *labels: Label, hint: str = "", fix: Fix | None = None
    ) -> None:
        """Keep a finding that does not stop the film."""
        self.found.append(Diagnostic(code, Severity.WARNING, title, labels, hint, fix))

    def note(
        self, code: str, title: str, *labels: Label, hint: str = "", fix: Fix | None = None
    ) -> None:
        """Keep a finding that may well be meant."""
        self.found.append(Diagnostic(code, Severity.NOTE, title, labels, hint, fix))
