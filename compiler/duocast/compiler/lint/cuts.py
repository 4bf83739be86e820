"""Jump cuts: from somebody to the same person in nearly the same size."""

from duocast.compiler.lint.rehearsed import Rehearsed, asked
from duocast.compiler.screenplay import Shot
from duocast.language import Fix, Label, Span, insertion
from duocast.language.direction import Size

SIZES: tuple[Size, ...] = ("ECU", "CU", "MCU", "MS", "MWS", "FS", "WS", "EWS")
LEAST_STEP = 2
"""Sizes by which two shots of the same person must differ to cut together."""
MEANT = ("jump cut", "match cut")


def lint_jump_cuts(rehearsed: Rehearsed) -> None:
    """L0001: inside a scene, between two shots that the writer asked for."""
    directions = asked(rehearsed.covered)
    for number, directed in directions.items():
        if number - 1 in directions:
            one, other = rehearsed.shots[number - 1], rehearsed.shots[number]
            if directed.span is not None and _jumps(one, other):
                _report(rehearsed, "L0001", directed.span, other)


def lint_arrival(rehearsed: Rehearsed) -> None:
    """L0011: from the last shot of the scene before to the first of this one."""
    directed = asked(rehearsed.covered).get(0)
    if rehearsed.before is None or directed is None or directed.span is None:
        return
    scene, covered = rehearsed.before
    last = len(scene.shots) - 1
    if last in asked(covered) and _jumps(scene.shots[last], rehearsed.shots[0]):
        _report(rehearsed, "L0011", directed.span, rehearsed.shots[0])


def _jumps(one: Shot, other: Shot) -> bool:
    a, b = one.camera, other.camera
    alone = a.framing == b.framing == "single" and a.subjects == b.subjects and a.angle == b.angle
    plain = one.transition.kind == "cut" and one.transition.written not in MEANT
    seen = one.broll is None and other.broll is None
    step = abs(SIZES.index(a.size) - SIZES.index(b.size))
    return alone and plain and seen and step < LEAST_STEP


def _report(rehearsed: Rehearsed, code: str, span: Span, shot: Shot) -> None:
    who = rehearsed.name(shot.camera.subjects[0])
    where = "the scene before ends on" if code == "L0011" else "the shot before is of"
    rehearsed.findings.warning(
        code,
        f"the picture jumps: {where} {who} too, in nearly the same size",
        Label(span, "two sizes, another angle or somebody else between them makes it a cut"),
        hint="write JUMP CUT TO: above it if it is meant",
        fix=_meant(rehearsed, span),
    )


def _meant(rehearsed: Rehearsed, span: Span) -> Fix | None:
    """A jump cut above the shot, where the shot begins a line."""
    source = rehearsed.findings.files.get(span.path)
    if source is None:
        return None
    start = source.text.rfind("\n", 0, span.start) + 1
    if source.text[start : span.start].strip()[:1] not in ("", "["):
        return None
    return insertion(
        Span(start, start, span.path), "JUMP CUT TO:\n\n", "say that the jump is meant", safe=False
    )
