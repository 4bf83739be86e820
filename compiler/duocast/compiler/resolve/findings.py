"""The findings of one compile: every pass adds to the same list, and goes on."""

from collections.abc import Iterable, Mapping

from msgspec import Struct, field

from duocast.language import (
    Diagnostic,
    Fix,
    Label,
    Quantity,
    Severity,
    Source,
    Span,
    certain,
    nearest,
    removal_from_list,
    replacement,
)

LISTED = 8
"""Names that are listed where none is near."""


class Found(Struct, frozen=True, gc=False):
    """What was found in a part of the work, to be kept again when that part is the same."""

    items: tuple[Diagnostic, ...] = ()
    carried: tuple[tuple[str, Span], ...] = ()
    fleeting: bool = False
    """Whether it names a place that does not move with the text."""


class Findings(Struct):
    """Diagnostics in the order in which they were found. A place is a span, or a label that says something there."""

    items: list[Diagnostic] = field(default_factory=list)
    files: Mapping[str, Source] = field(default_factory=dict)
    """What has been read, by path: for fixes that must see the text around a place."""
    carried: dict[str, Span] = field(default_factory=dict)
    """What the screenplay holds and no engine here acts on yet, each with where it stands first."""

    def add(self, *diagnostics: Diagnostic) -> None:
        """Keep some findings."""
        self.items.extend(diagnostics)

    def apart(self) -> "Findings":
        """No findings yet, in the same files."""
        return Findings(files=self.files)

    def found(self) -> Found:
        """What there is so far."""
        items, carried = tuple(self.items), tuple(self.carried.items())
        return Found(items, carried, _stands(items) or _still(self.carried.values()))

    def keep(self, found: Found) -> None:
        """Add what was found elsewhere, as if it had been found here."""
        self.items.extend(found.items)
        for what, span in found.carried:
            self.carried.setdefault(what, span)

    def carry(self, what: str, span: Span) -> None:
        """Remember that something is understood and kept, but not seen or heard yet."""
        self.carried.setdefault(what, span)

    def error(
        self, code: str, title: str, *places: Span | Label, hint: str = "", fix: Fix | None = None
    ) -> None:
        """Something that stops the film."""
        self._keep(Severity.ERROR, code, title, places, hint, fix)

    def warning(
        self, code: str, title: str, *places: Span | Label, hint: str = "", fix: Fix | None = None
    ) -> None:
        """Something that the film can be made in spite of."""
        self._keep(Severity.WARNING, code, title, places, hint, fix)

    def note(
        self, code: str, title: str, *places: Span | Label, hint: str = "", fix: Fix | None = None
    ) -> None:
        """Something to know, that may well be meant."""
        self._keep(Severity.NOTE, code, title, places, hint, fix)

    def unknown(
        self,
        code: str,
        title: str,
        span: Span,
        word: str,
        known: Mapping[str, Span | None],
        *,
        hint: str = "",
        fix: Fix | None = None,
    ) -> None:
        """A name that is not among the `known` ones (each with where it was declared); the nearest is offered.

        `fix` is for a name that nothing is near to.
        """
        near = nearest(word, known)
        if near is None:
            choice = ", ".join(list(known)[:LISTED])
            self.error(
                code, title, span, hint=hint or (f"there are: {choice}" if choice else ""), fix=fix
            )
            return
        declared = known[near]
        labels = [Label(span, f"did you mean {near}?")]
        labels += [Label(declared, "declared here")] if declared is not None else []
        safe = certain(word, near, known)
        self.error(code, title, *labels, hint=hint, fix=replacement(span, near, safe=safe))

    def without(self, span: Span, title: str, *, safe: bool = False) -> Fix:
        """The fix that takes one part of a comma list out, or a line that it stands on alone."""
        source = self.files.get(span.path)
        return removal_from_list(source.text if source else "", span, title, safe=safe)

    def _keep(
        self,
        severity: Severity,
        code: str,
        title: str,
        places: tuple[Span | Label, ...],
        hint: str,
        fix: Fix | None,
    ) -> None:
        labels = (place if isinstance(place, Label) else Label(place) for place in places)
        self.items.append(Diagnostic(code, severity, title, tuple(labels), hint, fix))


def _stands(items: Iterable[Diagnostic]) -> bool:
    """Whether any of the findings has a place that does not move with the text."""
    labels = (label.span for one in items for label in one.labels)
    edits = (edit.span for one in items if one.fix is not None for edit in one.fix.edits)
    return _still((*labels, *edits))


def _still(spans: Iterable[Span]) -> bool:
    return any(isinstance(span.place, str) for span in spans)


def within(quantity: Quantity, low: float, high: float) -> Fix:
    """The fix that takes a number that is too small or too large to the nearest one that can be."""
    share = 100 if quantity.unit == "%" else 1
    value = min(max(quantity.value, low * share), high * share)
    return replacement(quantity.span, f"{value:g}{quantity.unit}", safe=False)
