"""Checks of the directions inside a speech: what contradicts itself, or has no meaning between words."""

from duocast.compiler.resolve.edits import without_direction
from duocast.compiler.resolve.findings import Findings
from duocast.language import Label
from duocast.language import nodes as syntax
from duocast.language.direction import Coverage, Pause, Shot, Wears

LONGEST_PAUSE = 10.0


def check_inside(speech: syntax.Speech, findings: Findings) -> None:
    """Everything that can be wrong with the directions of one speech, whoever says it."""
    held: Shot | None = None
    for part in speech.content:
        match part:
            case Coverage() | Wears():
                _report_misplaced(part, findings)
            case Pause() if part.seconds > LONGEST_PAUSE:
                report_long_pause(part, findings)
            case Shot():
                if held is not None and held.hold is not None:
                    _report_held(part, held, findings)
                ends = part.hold is not None and part.hold.kind == "until end of line"
                held = part if ends else held
            case _:
                pass


def report_long_pause(pause: Pause, findings: Findings) -> None:
    """A pause that nobody can bear."""
    findings.warning(
        "T0007",
        f"nobody speaks for {pause.seconds:g} s here",
        Label(pause.span, "is it meant to be so long?"),
        hint="a pause is 0.3 s to 3 s as a rule; milliseconds are written ms",
    )


def _report_misplaced(part: Coverage | Wears, findings: Findings) -> None:
    what = "a way to cover a scene" if isinstance(part, Coverage) else "what somebody wears"
    findings.warning(
        "D0212",
        f"{what} can't change inside a line",
        Label(part.span, "this is not used"),
        hint="write it on a line of its own, before the speech",
        fix=without_direction(findings, part.span, "remove it"),
    )


def _report_held(shot: Shot, held: Shot, findings: Findings) -> None:
    hold = held.hold
    assert hold is not None
    findings.warning(
        "D0208",
        "the shot before was to stay until the end of the line",
        Label(shot.span, "here the picture cuts all the same"),
        Label(hold.span, "asked for here"),
        hint="take one of the two out",
        fix=without_direction(findings, hold.span, "let the shot before end here"),
    )
