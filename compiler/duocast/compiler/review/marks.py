"""Marks: instants that are named twice, or never, or that nothing starts at."""

from duocast.compiler.review.inventory import Inventory, SceneInventory
from duocast.language import Label, Name, Span, removal
from duocast.language.cue import Cue


def review_marks(inventory: Inventory) -> None:
    """Every mark has a cue, and every cue at a mark has one, in the same scene."""
    scene = inventory.scene
    if scene.marks or any(_wanted(cue) for cue in scene.cues):
        _scene(inventory, scene)


def _wanted(cue: Cue) -> list[Name]:
    """The marks that a cue names."""
    names = [cue.at] if cue.at is not None else []
    if cue.until is not None and cue.until.kind == "mark" and cue.until.name is not None:
        names.append(cue.until.name)
    return names


def _scene(inventory: Inventory, scene: SceneInventory) -> None:
    known: dict[str, Span] = {}
    for mark in scene.marks:
        first = known.setdefault(mark.name.text, mark.span)
        if first is not mark.span:
            _report_twice(inventory, mark.name, first)
    wanted = [name for cue in scene.cues for name in _wanted(cue)]
    for name in wanted:
        if name.text not in known:
            _report_unknown(inventory, name, known)
    for text, span in known.items():
        if not any(_names(name, text, known) for name in wanted):
            inventory.findings.note(
                "N0116",
                f"nothing starts or ends at the mark #{text}",
                span,
                hint=f"write at #{text} in a cue, or take the mark out",
                fix=removal(_bracket(inventory, span), "remove the mark", safe=False),
            )


def _names(name: Name, text: str, known: dict[str, Span]) -> bool:
    """Whether a cue's mark is this one; one that is not known may be any."""
    return name.text == text or name.text not in known


def _report_twice(inventory: Inventory, name: Name, first: Span) -> None:
    bracket = _bracket(inventory, name.span)
    inventory.findings.error(
        "N0115",
        f"the mark #{name.text} is set twice in this scene",
        Label(name.span, "a cue could not know which"),
        Label(first, "first set here"),
        hint="give one of them another name, and a cue of its own",
        fix=removal(bracket, "remove the second one", safe=False),
    )


def _report_unknown(inventory: Inventory, name: Name, known: dict[str, Span]) -> None:
    marks: dict[str, Span | None] = {f"#{text}": span for text, span in known.items()}
    inventory.findings.unknown(
        "N0114",
        f"there is no mark #{name.text} in this scene",
        name.span,
        f"#{name.text}",
        marks,
        hint=f"set it in brackets, at the word where it happens: [#{name.text}]",
    )


def _bracket(inventory: Inventory, span: Span) -> Span:
    """The brackets around a direction that stands alone in them, with one space."""
    text, start, end = inventory.source.text, span.start, span.end
    if text[start - 1 : start] != "[" or text[end : end + 1] != "]":
        return span
    end += 2 if text[end + 1 : end + 2] == " " else 1
    return Span(start - 1, end, span.path)
