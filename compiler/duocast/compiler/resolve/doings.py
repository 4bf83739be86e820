"""Doings: directions that stand outside any speech. What is done there takes a moment of its own."""

from duocast.compiler.cover import Acted, Directed, Graded, Lit, Overlaid, Played, Policed, Spoken
from duocast.compiler.estimate import estimate
from duocast.compiler.lower.identity import numbered
from duocast.compiler.operations.speak import SpeakParams
from duocast.compiler.operations.speak import Vocal as SpokenVocal
from duocast.compiler.resolve.cuechecks import check_cue
from duocast.compiler.resolve.cues import Heard
from duocast.compiler.resolve.edits import without_direction
from duocast.compiler.resolve.inlinechecks import LONGEST_PAUSE, report_long_pause
from duocast.compiler.resolve.overlays import WRITTEN, overlay
from duocast.compiler.resolve.speeches import gesture_of
from duocast.compiler.resolve.walking import SceneWalk
from duocast.compiler.resolve.wishes import wish
from duocast.compiler.screenplay import Line, Reaction, Role
from duocast.language import Fix, Label, Name, insertion
from duocast.language import direction as syntax
from duocast.language.cue import Cue

GESTURE_SECONDS = 1.2
LIGHTS_OFF = ("normal", "as before", "off")
"""Words of a `LIGHT:` cue that give the place its own light back."""


def direct(found: SceneWalk, direction: syntax.Direction) -> None:
    """What a direction outside a speech means for the scene."""
    match direction:
        case syntax.Shot():
            found.items.append(_directed(found, direction))
        case syntax.Coverage():
            found.items.append(Policed(direction.policy, direction.options))
            _check_options(found, direction)
        case syntax.Pause():
            if direction.seconds > LONGEST_PAUSE:
                report_long_pause(direction, found.findings)
            found.items.append(Acted(direction.seconds))
        case syntax.Mark():
            _mark(found, direction)
        case syntax.Gesture() | syntax.LookAt():
            _act(found, direction)
        case syntax.Vocal():
            _sound(found, direction)
        case syntax.Wears():
            _wear(found, direction)
        case syntax.Delivery() | syntax.SayAs():
            _report_outside(found, direction)
        case Cue():
            cue_here(found, direction)
        case _:
            pass


def _directed(found: SceneWalk, shot: syntax.Shot) -> Directed:
    hold = shot.hold
    kind, seconds = (hold.kind, hold.seconds) if hold is not None else ("", 0.0)
    return Directed(
        wish(shot, found.library),
        at_least=seconds if kind == "at least" else 0.0,
        exactly=seconds if kind == "exactly" else None,
        span=hold.span if hold is not None else shot.span,
        move_span=shot.move.span if shot.move is not None else None,
    )


def cue_here(found: SceneWalk, cue: Cue) -> None:
    """What a cue outside a speech starts."""
    check_cue(cue, found.findings)
    if cue.kind in WRITTEN:
        _write(found, cue)
    elif cue.kind == "grade":
        found.items.append(Graded(found.library.looks.grade(cue)))
    elif cue.kind == "light":
        found.items.append(Lit(light_of(cue)))
        found.lit = found.lit or cue
    else:
        found.heard.append(Heard(cue, len(found.items)))
        found.items.append(Played(len(found.heard) - 1))


def light_of(cue: Cue) -> str | None:
    """The light that a cue asks for, in the words of a place's card; None is the place's own."""
    words = ", ".join(text.text for text in cue.texts)
    return None if words.lower() in LIGHTS_OFF or cue.stop else words


def _write(found: SceneWalk, cue: Cue) -> None:
    """Words on the picture: from here, or with what somebody says next."""
    if cue.under is not None:
        role = found.cast.find(cue.under, found.findings)
        if role is not None:
            found.introduced.append((role.id, cue))
        return
    if cue.at is not None:
        found.hung.append(cue)
    else:
        found.items.append(Overlaid(overlay(cue, found.cast)))


def _mark(found: SceneWalk, mark: syntax.Mark) -> None:
    found.marks.setdefault(mark.name.text, len(found.items))


def _act(found: SceneWalk, direction: syntax.Gesture | syntax.LookAt) -> None:
    role = _who(found, direction.who, direction, "does this")
    if role is not None:
        gesture = gesture_of(direction, found.library)
        reaction = Reaction(role=role.id, gesture=gesture)
        found.items.append(Acted(GESTURE_SECONDS, reactions=(reaction,)))


def _sound(found: SceneWalk, vocal: syntax.Vocal) -> None:
    role = _who(found, vocal.who, vocal, "is heard here")
    if role is not None:
        found.items.append(heard_from(found, role, vocal))


def heard_from(
    found: SceneWalk, role: Role, vocal: syntax.Vocal, *, at_word: int | None = None
) -> Spoken:
    """A sound of somebody's voice as a line without words; at a word of the line before, or for itself."""
    name = numbered(f"{role.id}-{vocal.sound}", found.taken)
    segments = (SpokenVocal(sound=vocal.sound),)
    over = at_word is not None
    line = Line(id=name, role=role.id, segments=segments, together=over, backchannel=over)
    take = estimate(SpeakParams(voice=role.voice, segments=segments))
    return Spoken(line=line, estimate=take, together=over, pause=role.pause, at_word=at_word)


def _wear(found: SceneWalk, wears: syntax.Wears) -> None:
    role = found.cast.find(wears.who, found.findings)
    if role is None:
        return
    spoken = [item for item in found.items if isinstance(item, Spoken)]
    if any(item.line.role == role.id for item in spoken):
        found.findings.warning(
            "D0209",
            f"{role.name} has been seen in this scene in other clothes",
            Label(wears.span, "clothes change with the scene"),
            hint="write it above the first speech of a scene: it counts from there on",
            fix=without_direction(found.findings, wears.span, "remove it"),
        )
    found.clothes[role.id] = wears.clothes.text


def _who(found: SceneWalk, who: Name | None, direction: syntax.Direction, does: str) -> Role | None:
    """The one who acts. Outside a speech somebody must be named."""
    if who is not None:
        return found.cast.find(who, found.findings)
    if found.library.lenient:
        return None
    code = "D0214" if isinstance(direction, syntax.Vocal) else "D0213"
    found.findings.error(
        code,
        f"nobody says who {does}",
        direction.span,
        hint="outside a speech, write who: [MARA nods], [MARA laughs]",
        fix=_naming(found, direction),
    )
    return None


def _naming(found: SceneWalk, direction: syntax.Direction) -> Fix | None:
    """The one who spoke last is the likeliest."""
    last = next((i.line.role for i in reversed(found.items) if isinstance(i, Spoken)), None)
    key = next((key for key, role in found.cast.roles.items() if role.id == last), None)
    if key is None:
        return None
    return insertion(direction.span, f"{key} ", f"say that it is {key}", safe=False)


def _report_outside(found: SceneWalk, direction: syntax.Delivery | syntax.SayAs) -> None:
    if found.library.lenient:
        return
    found.findings.warning(
        "D0204",
        "nobody is speaking here",
        Label(direction.span, "this is about how words are said"),
        hint="put it into the line, before the words that it is about",
        fix=without_direction(found.findings, direction.span, "remove it"),
    )


def _check_options(found: SceneWalk, coverage: syntax.Coverage) -> None:
    if {"tight", "loose"} <= set(coverage.options):
        found.findings.error(
            "D0210",
            "a scene can't be covered both tight and loose",
            coverage.span,
            hint="keep one of the two: tight is nearer than usual, loose farther",
        )
