"""Lengths: shots that flash by, and shots that stay until nobody looks any more."""

import re

from duocast.compiler.lint.rehearsed import Rehearsed, asked
from duocast.language import Label, Span, replacement
from duocast.language.pattern import pattern

SHORTEST = 0.5
"""Seconds below which nobody sees what a shot shows."""
LONGEST = 30.0
_EXACTLY = pattern(r"exactly\s+[\d.]+\s*m?s", re.IGNORECASE)


def lint_lengths(rehearsed: Rehearsed) -> None:
    """L0009 and L0010: of the shots that the writer asked for."""
    for number, directed in asked(rehearsed.covered).items():
        shot, seconds = rehearsed.shots[number], rehearsed.lengths[number]
        if directed.span is None or shot.camera.framing == "card":
            continue
        if directed.exactly is not None and directed.exactly < SHORTEST:
            _report_flash(rehearsed, directed.span, directed.exactly)
        elif seconds > LONGEST and max(directed.at_least, directed.exactly or 0) < LONGEST:
            _report_long(rehearsed, directed.span, seconds)


def _report_flash(rehearsed: Rehearsed, span: Span, seconds: float) -> None:
    match = _EXACTLY.search(rehearsed.text(span))
    rehearsed.findings.warning(
        "L0010",
        f"this shot is over after {seconds:g} s, before anybody sees what it shows",
        Label(span, f"half a second is the least, {2 * SHORTEST:g} s is better"),
        hint=f"write exactly {2 * SHORTEST:g}s",
        fix=replacement(
            span.part(*match.span()) if match else span, f"exactly {2 * SHORTEST:g}s", safe=False
        ),
    )


def _report_long(rehearsed: Rehearsed, span: Span, seconds: float) -> None:
    rehearsed.findings.note(
        "L0009",
        f"this shot stays for about {seconds:.0f} s",
        Label(span, "nothing changes the picture until then"),
        hint="cut to somebody who listens inside the speech, as in [close on JONAS], or let the camera move",
    )
