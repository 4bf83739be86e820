"""A reading: one parse under way, with its source and what has been found so far."""

from dataclasses import dataclass, field

from duocast.language.diagnostic import Diagnostic, Fix, Label, Severity
from duocast.language.source import Place, Source, Span


@dataclass(slots=True)
class Reading:
    """The only thing that changes while a script is parsed. A lenient one keeps its findings about names back."""

    source: Source
    lenient: bool = False
    found: list[Diagnostic] = field(default_factory=list)
    text: str = ""
    """The source's text with notes and boneyard blanked out, so that every offset stays what it is."""

    place: Place | str = ""
    """What the spans of its nodes hang on."""

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
