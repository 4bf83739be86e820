"""Reading: captions that run too fast, and words in the picture that go before they are read."""

import re
from math import ceil

from duocast.compiler.cover import Spoken
from duocast.compiler.lint.rehearsed import Rehearsed, asked
from duocast.compiler.operations.encode import Overlay
from duocast.compiler.operations.speak import Words
from duocast.language import Label, Span, replacement
from duocast.language.pattern import pattern

FASTEST = 21.0
"""Characters a second beyond which captions can't be followed; they are set for 17 by the estimate."""
SHORTEST_LINE = 24
"""Characters; shorter lines stay on the screen into the silence after them."""
READ = 14.0
"""Characters a second at which words in a picture are read, twice by slow readers."""
NOTICED = 0.6
"""Seconds until words are noticed."""
WRITTEN = ("title", "lower third")
_LENGTH = pattern(r"exactly\s+[\d.]+\s*m?s", re.IGNORECASE)


def reading_time(overlay: Overlay) -> float:
    """Seconds that words in the picture need."""
    length = len(f"{overlay.text} {overlay.second}".strip())
    return ceil((NOTICED + length / READ) * 10) / 10


def lint_reading(rehearsed: Rehearsed) -> None:
    """L0004 and L0006; what is over before its own time has run is a matter of the cue (L0005)."""
    for spoken in rehearsed.spoken:
        _line(rehearsed, spoken)
    for number, directed in asked(rehearsed.covered).items():
        shot = rehearsed.shots[number]
        needed = max(
            (
                one.start + reading_time(one)
                for one in shot.overlays
                if one.kind in WRITTEN and not one.line
            ),
            default=0.0,
        )
        if directed.exactly is not None and directed.span is not None and directed.exactly < needed:
            _report_short(rehearsed, directed.span, directed.exactly, needed)


def _line(rehearsed: Rehearsed, spoken: Spoken) -> None:
    seconds = spoken.estimate.seconds
    text = "".join([s.text for s in spoken.line.segments if isinstance(s, Words)])
    if len(text) + len(spoken.line.segments) <= FASTEST * seconds:
        return
    length = len(" ".join(spoken.line.words))
    if spoken.span is None or length < SHORTEST_LINE or length / seconds <= FASTEST:
        return
    rehearsed.findings.note(
        "L0004",
        f"the captions of this line run at {length / seconds:.0f} characters a second",
        Label(spoken.span, f"{FASTEST:.0f} is the most that people can follow"),
        hint="let it be said more slowly, or say it with fewer words",
    )


def _report_short(rehearsed: Rehearsed, span: Span, seconds: float, needed: float) -> None:
    wanted = f"exactly {needed:.1f}s"
    match = _LENGTH.search(rehearsed.text(span))
    rehearsed.findings.warning(
        "L0006",
        f"the words on this shot can't be read in {seconds:g} s",
        Label(span, f"reading them takes {needed:.1f} s"),
        hint=f"write {wanted}, or put the words on a longer shot",
        fix=replacement(span.part(*match.span()) if match else span, wanted, safe=False),
    )
