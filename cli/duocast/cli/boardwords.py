"""The storyboard's words: what stands under a still, for the page on the screen and the one on paper."""

from collections.abc import Iterator
from dataclasses import dataclass

from duocast.cli.storyboard import Frame
from duocast.compiler.screenplay import Line, Rest, Role, Said, Shot

SIZES = {
    "ECU": "extreme close-up", "CU": "close-up", "MCU": "medium close-up", "MS": "medium shot",
    "MWS": "medium wide", "FS": "full shot", "WS": "wide", "EWS": "extreme wide",
}  # fmt: skip
SPEEDS = {0.5: "slow ", 2.0: "fast "}


@dataclass(frozen=True, slots=True)
class Spoken:
    """Words of a role under a shot; `heard` where the role is not in the picture."""

    role: Role
    words: str
    heard: bool


def clock(seconds: float) -> str:
    """`1:05` for 65 seconds."""
    whole = round(seconds)
    return f"{whole // 60}:{whole % 60:02d}"


def camera(shot: Shot) -> str:
    """`single, close-up, 85 mm, slow push in`; of B-roll its file and effects."""
    if shot.broll is not None:
        return ", ".join([shot.broll, *_effects(shot)])
    seen, move = shot.camera, shot.camera.move
    if seen.framing == "card":
        return "card"
    facts = [f"insert on {seen.thing}" if seen.thing else seen.framing]
    facts += [SIZES[seen.size], f"{seen.lens_mm:g} mm"]
    facts += [f"{seen.angle} angle"] if seen.angle in ("low", "high", "dutch") else []
    facts += ["overhead"] if seen.angle == "overhead" else []
    facts += [f"{SPEEDS.get(move.amount, '')}{move.kind}"] if move.kind != "static" else []
    return ", ".join(facts)


def _effects(shot: Shot) -> Iterator[str]:
    spec = shot.footage
    if spec.speed != 1:
        yield f"{spec.speed:.0%} speed"
    yield from (
        name
        for name, is_on in (
            ("loop", spec.loop),
            ("mirror", spec.mirror),
            ("black and white", spec.black_and_white),
        )
        if is_on
    )


def beats(frame: Frame, roles: dict[str, Role]) -> Iterator[Spoken | Rest]:
    """What is said and done under a shot, in order; the words of a card are in its picture."""
    lines = {line.id: line for line in frame.scene.lines}
    for beat in frame.shot.beats:
        if isinstance(beat, Said):
            yield _said(beat, lines[beat.line], roles, frame.shot)
        elif beat.text and frame.shot.camera.framing != "card":
            yield beat


def _said(beat: Said, line: Line, roles: dict[str, Role], shot: Shot) -> Spoken:
    """Dots stand where the line began before the shot or goes on after it."""
    end = len(line.words) if beat.last is None else beat.last + 1
    words = " ".join(line.words[beat.first : end])
    words = f"{'… ' if beat.first else ''}{words}{' …' if end < len(line.words) else ''}"
    return Spoken(roles[line.role], words, line.role not in shot.camera.subjects)
