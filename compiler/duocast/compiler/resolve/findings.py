"""The findings of one compile: every pass adds to the same list, and goes on."""

from dataclasses import dataclass, field

from duocast.language import Diagnostic, Label, Span, error, nearest, replacement, warning


@dataclass(slots=True)
class Findings:
    """Diagnostics in the order in which they were found."""

    items: list[Diagnostic] = field(default_factory=list)

    def add(self, *diagnostics: Diagnostic) -> None:
        """Keep some findings."""
        self.items.extend(diagnostics)

    def error(self, code: str, title: str, span: Span, label: str = "", hint: str = "") -> None:
        """Something that stops the film."""
        self.items.append(error(code, title, Label(span, label), hint=hint))

    def warn(self, code: str, title: str, span: Span, label: str = "", hint: str = "") -> None:
        """Something that the film can be made in spite of."""
        self.items.append(warning(code, title, Label(span, label), hint=hint))

    def unknown(
        self,
        code: str,
        title: str,
        span: Span,
        word: str,
        known: dict[str, Span | None],
        *,
        hint: str = "",
    ) -> None:
        """A name that is not among the `known` ones (each with where it was declared); the nearest is offered."""
        near = nearest(word, known)
        if near is None:
            choice = ", ".join(list(known)[:8])
            advice = hint or (f"there are: {choice}" if choice else "")
            self.items.append(error(code, title, Label(span), hint=advice))
            return
        declared = known[near]
        labels = [Label(span, f"did you mean {near}?")]
        labels += [Label(declared, "declared here")] if declared is not None else []
        self.items.append(
            error(code, title, *labels, hint=hint, fix=replacement(span, near, safe=True))
        )
