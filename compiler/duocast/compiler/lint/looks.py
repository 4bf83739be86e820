"""Looks: eyes that meet nobody, and lenses that bend a face."""

import re

from duocast.compiler.cover import Spoken
from duocast.compiler.lint.rehearsed import Rehearsed, asked
from duocast.language import Label, Span, replacement
from duocast.language.direction import LookAt
from duocast.language.nodes import DirectionLine, Speech
from duocast.language.pattern import pattern

CLOSE = ("ECU", "CU", "MCU")
SHORTEST_LENS = 24.0
"""Millimetres: a shorter lens so near makes the nose of a face larger than its ears."""
FLATTERING = 85
_LENS = pattern(r"\d+(?:\.\d+)?\s*mm", re.IGNORECASE)


def lint_looks(rehearsed: Rehearsed) -> None:
    """L0003, L0012 and L0014."""
    for look, speech in _looks(rehearsed):
        if look.toward == "lens":
            _into_lens(rehearsed, look, speech)
        elif look.target is not None:
            _at_nobody(rehearsed, look)
    for number, directed in asked(rehearsed.covered).items():
        camera = rehearsed.shots[number].camera
        near = camera.size in CLOSE and camera.framing == "single"
        if near and camera.lens_mm < SHORTEST_LENS and directed.span is not None:
            _report_lens(rehearsed, directed.span, camera.lens_mm)


def _looks(rehearsed: Rehearsed) -> list[tuple[LookAt, Speech | None]]:
    found: list[tuple[LookAt, Speech | None]] = []
    for block in rehearsed.block.blocks:
        if isinstance(block, Speech):
            if LookAt in map(type, block.content):
                found += [(part, block) for part in block.content if isinstance(part, LookAt)]
        elif isinstance(block, DirectionLine) and isinstance(block.direction, LookAt):
            found.append((block.direction, None))
    return found


def _into_lens(rehearsed: Rehearsed, look: LookAt, speech: Speech | None) -> None:
    """In a talk between people the audience is not there."""
    if speech is None or len({spoken.line.role for spoken in rehearsed.spoken}) < 2:
        return
    line = next((s.line for s in rehearsed.spoken if _is_of(s, speech)), None)
    if line is None or not line.addresses:
        return
    rehearsed.findings.note(
        "L0003",
        f"{speech.name.key} looks into the camera while talking to {rehearsed.name(line.addresses)}",
        Label(look.span, "their eyes no longer meet"),
        hint="write [looks away] for eyes that wander; leave it if the audience is meant",
        fix=replacement(look.span, "looks away", safe=False),
    )


def _is_of(spoken: Spoken, speech: Speech) -> bool:
    return spoken.span is not None and spoken.span.start == speech.span.start


def _at_nobody(rehearsed: Rehearsed, look: LookAt) -> None:
    present = {rehearsed.name(person.role) for person in rehearsed.scene.people}
    heard = {rehearsed.name(spoken.line.role) for spoken in rehearsed.spoken}
    if look.target is None or look.target.key in present | heard or len(present) < 2:
        return
    rehearsed.findings.note(
        "L0014",
        f"{look.target.key} is not in this scene to be looked at",
        Label(look.target.span, "the look goes out of the picture"),
        hint=f"show {look.target.key}, as in [close on {look.target.key}], or write [looks away]",
        fix=replacement(look.span, _away(look), safe=False),
    )


def _away(look: LookAt) -> str:
    return f"{look.who.text} looks away" if look.who is not None else "looks away"


def _report_lens(rehearsed: Rehearsed, span: Span, lens: float) -> None:
    match = _LENS.search(rehearsed.text(span))
    if match is None:
        return
    rehearsed.findings.note(
        "L0012",
        f"a {lens:g} mm lens so near bends a face",
        Label(span.part(*match.span()), f"{FLATTERING} mm is kind to faces"),
        hint="leave the lens out, and the size picks one",
        fix=replacement(span.part(*match.span()), f"{FLATTERING}mm", safe=False),
    )
