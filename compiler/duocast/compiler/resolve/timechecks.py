"""Checks of lengths that the writer gives against what stands under them, by the estimate of the takes."""

from duocast.compiler.cover import Covered, Directed, Joined, Spoken
from duocast.compiler.estimate import Estimate
from duocast.compiler.resolve.findings import Findings
from duocast.compiler.screenplay import Rest, Said, Shot
from duocast.language import Label, replacement

SLACK = 0.25
"""Seconds by which an estimate may be wrong."""
LONGEST_HOLD = 60.0
"""Seconds of one shot beyond which a floor is most likely a slip."""
LEFT_OVER = 0.2
"""Seconds of a shot that two transitions must leave of it."""


def check_times(
    covered: Covered, spoken: tuple[Spoken, ...], findings: Findings
) -> tuple[float, ...]:
    """All lengths of one scene. The result is how long each of its shots will probably last, in seconds."""
    takes = {item.line.id: item.estimate for item in spoken}
    lengths = [_seconds(shot, takes) for shot in covered.shots]
    for number, directed in covered.asked:
        _check_exactly(directed, covered.shots[number], takes, findings)
        _check_hold(directed, findings)
        _check_move(directed, covered.shots[number], lengths[number], findings)
    for number, joined in covered.joined:
        _check_transition(joined, number, lengths, findings)
    return tuple(lengths)


def _spoken(shot: Shot, takes: dict[str, Estimate]) -> float:
    """Seconds of the words under a shot."""
    total = 0.0
    for beat in shot.beats:
        if isinstance(beat, Said) and beat.with_line is None:
            take = takes[beat.line]
            start = take.opening
            if beat.first:
                start = take.words[beat.first].start if beat.first < take.count else 0.0
            end = take.seconds if beat.last is None else take.words[beat.last].end
            gap = beat.gap
            total += (end - start if end > start else 0.0) + (gap if gap > 0.0 else 0.0)
    return total


def _seconds(shot: Shot, takes: dict[str, Estimate]) -> float:
    """How long a shot will probably last."""
    if shot.exactly is not None:
        return shot.exactly
    rests = sum(beat.seconds for beat in shot.beats if isinstance(beat, Rest))
    return max(shot.at_least, rests + _spoken(shot, takes) + shot.head + max(0.0, shot.tail))


def _check_exactly(
    directed: Directed, shot: Shot, takes: dict[str, Estimate], findings: Findings
) -> None:
    needed = _spoken(shot, takes)
    if directed.exactly is None or directed.span is None or needed <= directed.exactly + SLACK:
        return
    findings.warning(
        "T0001",
        f"the words under this shot take about {needed:.1f} s, and it lasts {directed.exactly:g} s",
        Label(directed.span, "the rest is heard over the next shot"),
        hint=f"write hold {directed.exactly:g}s for a shot that lasts at least so long",
        fix=replacement(directed.span, f"hold {directed.exactly:g}s", safe=False),
    )


def _check_hold(directed: Directed, findings: Findings) -> None:
    seconds = max(directed.at_least, directed.exactly or 0.0)
    if seconds <= LONGEST_HOLD or directed.span is None:
        return
    findings.warning(
        "T0002",
        f"this shot stays for {seconds:g} s",
        Label(directed.span, "is it meant to be so long?"),
        hint="milliseconds are written ms",
    )


def _check_move(directed: Directed, shot: Shot, seconds: float, findings: Findings) -> None:
    needed = shot.camera.move.seconds
    if needed is None or directed.move_span is None or needed <= seconds + SLACK:
        return
    findings.warning(
        "T0006",
        f"the camera moves for {needed:g} s, and the shot lasts about {seconds:.1f} s",
        Label(directed.move_span, "the cut comes before the move is over"),
        hint=f"let it move faster, or hold the shot: hold {needed:g}s",
    )


def _check_transition(
    joined: Joined, number: int, lengths: list[float], findings: Findings
) -> None:
    """A transition takes half of its length from either side."""
    needed = joined.transition.seconds / 2 + LEFT_OVER
    sides = [lengths[n] for n in (number - 1, number) if 0 <= n < len(lengths)]
    short = min(sides, default=needed)
    if joined.transition.kind != "fade" or joined.span is None or short >= needed:
        return
    findings.warning(
        "T0003",
        f"this fade takes {joined.transition.seconds:g} s, and a shot beside it {short:.1f} s",
        Label(joined.span, "the shot is never seen in full light"),
        hint=f"make it {max(0.2, 2 * (short - LEFT_OVER)):.1f}s, or hold the shot longer",
    )
