"""Checks of one cue by itself: words that stand nowhere, two ends, no length."""

from duocast.compiler.resolve.edits import without_option
from duocast.compiler.resolve.findings import Findings
from duocast.compiler.resolve.overlays import WRITTEN
from duocast.language import Label
from duocast.language.cue import Cue

LASTING = ("music", "sfx", "ambience", "title", "lower third")
"""Kinds of cue that have a length."""


def check_cue(cue: Cue, findings: Findings) -> None:
    """What is wrong with a cue wherever it stands."""
    if cue.place is not None and cue.kind not in WRITTEN:
        _report_place(cue, cue.place, findings)
    if cue.seconds is not None and cue.until is not None:
        _report_two_ends(cue, findings)
    if cue.kind in LASTING and cue.seconds == 0:
        findings.error(
            "T0008",
            f"this {cue.kind} cue lasts no time",
            cue.span,
            hint="give it a length, as in 3s, or take it out",
        )


def _report_place(cue: Cue, place: str, findings: Findings) -> None:
    findings.warning(
        "D0513",
        f"a {cue.kind} cue has no place in the picture",
        Label(cue.span, f"“{place}” is not used"),
        hint="only titles and lower thirds stand somewhere",
        fix=without_option(findings, cue.span, place),
    )


def _report_two_ends(cue: Cue, findings: Findings) -> None:
    until = cue.until
    assert until is not None
    findings.error(
        "T0010",
        f"this {cue.kind} cue has two ends",
        Label(until.span, f"the other end is after {cue.seconds:g} s"),
        hint="keep the length or the `until`",
        fix=findings.without(until.span, "keep the length"),
    )
