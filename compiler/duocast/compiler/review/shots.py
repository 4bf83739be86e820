"""Shots that can't be shot: of nobody, of the same person twice, with a lens that nobody makes."""

import re
from itertools import pairwise

from duocast.compiler.review.inventory import Inventory, Speaking
from duocast.language import Edit, Fix, Label, Name, Span, nearest, removal, replacement
from duocast.language import nodes as syntax
from duocast.language.direction import LookAt, Shot
from duocast.language.pattern import pattern

SHORTEST_LENS, LONGEST_LENS = 8.0, 1200.0
"""Millimetres: from a fish-eye to a telescope."""
_LENS = pattern(r"(\d+(?:\.\d+)?)(?=[ \t]?mm)", re.IGNORECASE)
_SINGLE = pattern(r"single", re.IGNORECASE)
_SPEED = pattern(r"\b(slow|slowly|fast|quick)\b[ \t]*", re.IGNORECASE)


def review_shots(inventory: Inventory) -> None:
    """All shots, and all looks."""
    for shot in inventory.scene.shots:
        _lens(inventory, shot)
        _subjects(inventory, shot)
        _still(inventory, shot)
    _absent(inventory)
    for look, speech in inventory.scene.looks:
        _look(inventory, look, speech)


def _part(inventory: Inventory, span: Span, pattern: re.Pattern[str]) -> Span | None:
    """The first match of a pattern in a stretch of the script."""
    match = pattern.search(inventory.source.text, span.start, span.end)
    return Span(*match.span(), span.path) if match else None


def _lens(inventory: Inventory, shot: Shot) -> None:
    if shot.lens_mm is None or SHORTEST_LENS <= shot.lens_mm <= LONGEST_LENS:
        return
    place = _part(inventory, shot.span, _LENS)
    nearest = min(max(shot.lens_mm, SHORTEST_LENS), LONGEST_LENS)
    inventory.findings.error(
        "D0113",
        f"there is no lens of {shot.lens_mm:g} mm",
        place or shot.span,
        hint=f"write one from {SHORTEST_LENS:g} to {LONGEST_LENS:g} mm; 35, 50 and 85 are ordinary",
        fix=replacement(place, f"{nearest:g}", safe=False) if place else None,
    )


def _subjects(inventory: Inventory, shot: Shot) -> None:
    names = shot.subjects
    twice = next((name for i, name in enumerate(names) if name.key in _keys(names[:i])), None)
    if twice is not None and shot.framing == "over-the-shoulder":
        inventory.findings.error(
            "D0119",
            f"{twice.key} can't be seen over the shoulder of {twice.key}",
            Label(twice.span, "the same person"),
            hint="name the one whose back is seen first: over MARA onto JONAS",
        )
    elif twice is not None:
        _report_twice(inventory, names, twice)
    elif shot.framing == "single" and len(names) > 1:
        word = _part(inventory, shot.span, _SINGLE)
        wanted = "two-shot" if len(names) == 2 else "group"
        inventory.findings.error(
            "D0121",
            f"a single shows one person, not {len(names)}",
            Label(word or shot.span, f"did you mean {wanted}?"),
            fix=replacement(word, wanted, safe=False) if word else None,
        )


def _absent(inventory: Inventory) -> None:
    """Shots of people whose name stands nowhere else in the scene. An action under a shot may be about them."""
    blocks = inventory.stretch.blocks
    speakers = list(dict.fromkeys(speech.name.key for speech in inventory.scene.speeches))
    if not speakers or not inventory.scene.shots:
        return
    text = inventory.source.text[blocks[0].span.start : blocks[-1].span.end].casefold()
    acted = {
        id(one.direction)
        for one, under in pairwise(blocks)
        if isinstance(one, syntax.DirectionLine) and isinstance(under, syntax.Action)
    }
    for shot in inventory.scene.shots:
        for name in shot.subjects if id(shot) not in acted else ():
            known = inventory.cast.get(name.key) is not None and name.key not in speakers
            if known and text.count(name.text.casefold()) == 1:
                _report_absent(inventory, name, nearest(name.key, speakers))


def _report_absent(inventory: Inventory, name: Name, meant: str | None) -> None:
    inventory.findings.warning(
        "D0133",
        f"{name.key} is not in this scene",
        Label(
            name.span, f"did you mean {meant}?" if meant else "named here, and nowhere else in it"
        ),
        hint=f"let {name.key} speak, or say in a line of action that {name.key} is there",
        fix=replacement(name.span, meant, safe=False) if meant else None,
    )


def _keys(names: tuple[Name, ...]) -> set[str]:
    return {name.key for name in names}


def _report_twice(inventory: Inventory, names: tuple[Name, ...], twice: Name) -> None:
    before = names[names.index(twice) - 1] if twice in names else names[0]
    position = next(i for i, name in enumerate(names) if name is twice)
    before = names[position - 1]
    gap = Span(before.span.end, twice.span.end, twice.span.path)
    inventory.findings.error(
        "D0120",
        f"{twice.key} is named twice in this shot",
        Label(twice.span),
        fix=removal(gap, "remove the second one", safe=False),
    )


def _still(inventory: Inventory, shot: Shot) -> None:
    move = shot.move
    if move is None or move.kind != "static" or move.speed == "ordinary":
        return
    word = _part(inventory, move.span, _SPEED)
    inventory.findings.warning(
        "D0124",
        f"a camera that stands still is not {move.speed}",
        word or move.span,
        fix=Fix("remove the word", (Edit(word, ""),)) if word else None,
    )


def _look(inventory: Inventory, look: LookAt, speech: Speaking) -> None:
    who = look.who or (speech.name if speech is not None else None)
    if look.target is None or who is None or look.target.key != who.key:
        return
    inventory.findings.warning(
        "D0122",
        f"{who.key} can't look at {who.key}",
        Label(look.target.span, "the same person"),
        hint="name somebody else, or write [looks away] or [looks down]",
        fix=replacement(
            look.span, f"{look.who.text} looks down" if look.who else "looks down", safe=False
        ),
    )
