"""Times that are no time: holds, pauses and transitions of no length, or longer than anybody watches."""

import re

from duocast.compiler.review.inventory import Inventory
from duocast.language import Label, Span, removal, replacement
from duocast.language import nodes as syntax
from duocast.language.direction import Pause, Shot
from duocast.language.pattern import pattern

LONGEST_HOLD = 600.0
LONGEST_TRANSITION = 6.0
"""Seconds."""
_TIME = pattern(r"\d*\.?\d+[ \t]?(?:ms|s|sec|secs|seconds?|min|minutes?)\b", re.IGNORECASE)
_CUTS = ("cut", "smash cut", "match cut", "jump cut")


def review_times(inventory: Inventory) -> None:
    """The lengths that the script itself gives."""
    for shot in inventory.scene.shots:
        _hold(inventory, shot)
    for pause in inventory.scene.pauses:
        _pause(inventory, pause)
    for transition in inventory.scene.transitions:
        _transition(inventory, transition)


def _time(inventory: Inventory, span: Span) -> Span | None:
    match = _TIME.search(inventory.source.text, span.start, span.end)
    return Span(*match.span(), span.path) if match else None


def _hold(inventory: Inventory, shot: Shot) -> None:
    hold = shot.hold
    if hold is None or hold.kind == "until end of line" or 0 < hold.seconds <= LONGEST_HOLD:
        return
    place = _time(inventory, hold.span)
    short = hold.seconds <= 0
    inventory.findings.error(
        "D0115",
        "a shot can't last no time at all"
        if short
        else f"a shot of {hold.seconds / 60:g} minutes is longer than ten",
        place or hold.span,
        hint="write a time as 4s or 500ms",
        fix=replacement(place, "2s" if short else f"{LONGEST_HOLD:g}s", safe=False)
        if place
        else None,
    )


def _pause(inventory: Inventory, pause: Pause) -> None:
    if pause.seconds > 0:
        return
    place = _time(inventory, pause.span)
    inventory.findings.warning(
        "D0123",
        "this pause takes no time",
        place or pause.span,
        hint="write a time as 2s or 500ms",
        fix=replacement(place, "1s", safe=False) if place else None,
    )


def _transition(inventory: Inventory, transition: syntax.Transition) -> None:
    if transition.seconds is None:
        return
    place = _time(inventory, transition.span)
    if place is None:
        return
    if transition.kind in _CUTS:
        inventory.findings.warning(
            "D0118",
            "a cut takes no time",
            Label(place, "this is not used"),
            hint="write > dissolve 2s for one picture that becomes another",
            fix=removal(_with_space(inventory, place), "remove the length", safe=False),
        )
    elif transition.seconds > LONGEST_TRANSITION:
        inventory.findings.warning(
            "D0117",
            f"a transition lasts {LONGEST_TRANSITION:g} s at most",
            Label(place, f"it will last {LONGEST_TRANSITION:g} s"),
            fix=replacement(place, f"{LONGEST_TRANSITION:g}s", safe=False),
        )


def _with_space(inventory: Inventory, span: Span) -> Span:
    before = inventory.source.text[: span.start]
    return Span(len(before.rstrip(" \t")), span.end, span.path)
