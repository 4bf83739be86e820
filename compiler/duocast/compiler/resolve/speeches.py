"""Speeches: a cue and what stands under it become a line, with what is done while it is said."""

from dataclasses import dataclass, field

from duocast.compiler.cover import InlineCut
from duocast.compiler.lower.identity import fingerprint
from duocast.compiler.operations.animate import Gesture
from duocast.compiler.operations.encode import Overlay
from duocast.compiler.operations.speak import Mark, Pause, Vocal, Words
from duocast.compiler.resolve.cast import Cast
from duocast.compiler.resolve.findings import Findings
from duocast.compiler.resolve.wishes import wish
from duocast.compiler.screenplay import Line, Role, Segment
from duocast.language import nodes as syntax
from duocast.language.cue import Cue
from duocast.language.direction import Gesture as GestureNode
from duocast.language.direction import LookAt
from duocast.language.direction import Mark as MarkNode
from duocast.language.direction import Pause as PauseNode
from duocast.language.direction import Shot as ShotNode
from duocast.language.direction import Vocal as VocalNode

TITLE_SECONDS = 3.0
PHONES = ("phone", "filtered", "radio", "on phone", "into phone", "over radio", "on radio")
FINGERPRINT = 6


@dataclass(frozen=True, slots=True)
class Speech:
    """A line and what hangs on its words: cuts of the picture, titles, and sound cues (word, cue)."""

    line: Line
    cuts: tuple[InlineCut, ...]
    overlays: tuple[Overlay, ...]
    cues: tuple[tuple[int, Cue], ...]


@dataclass(slots=True)
class _Walk:
    """The walk along a speech's content. `words` counts the words so far."""

    line: str
    segments: list[Segment] = field(default_factory=list)
    gestures: list[Gesture] = field(default_factory=list)
    manner: list[str] = field(default_factory=list)
    cuts: list[InlineCut] = field(default_factory=list)
    overlays: list[Overlay] = field(default_factory=list)
    cues: list[tuple[int, Cue]] = field(default_factory=list)
    words: int = 0


def resolve_speech(
    speech: syntax.Speech, role: Role, cast: Cast, findings: Findings, taken: set[str]
) -> Speech:
    """The line of a speech. Its id comes from what is said; `taken` are the scene's ids so far."""
    walk = _Walk(_line_id(speech, role, taken))
    walk.manner.extend(_asides(speech))
    for note in speech.notes:
        walk.manner.extend(part.lower() for part in note.parts)
    for part in speech.content:
        _part(walk, part, cast, findings)
    phone = _phone(speech)
    line = Line(
        id=walk.line,
        role=role.id,
        segments=tuple(_trimmed(segment) for segment in walk.segments),
        manner=tuple(walk.manner),
        on_screen=not (speech.voice_over or speech.off_screen or phone),
        room="phone" if phone else ("none" if speech.voice_over else None),
        interrupted=speech.cut_off,
        gestures=tuple(walk.gestures),
    )
    return Speech(line, tuple(walk.cuts), tuple(walk.overlays), tuple(walk.cues))


def _line_id(speech: syntax.Speech, role: Role, taken: set[str]) -> str:
    base = f"{role.id}-{fingerprint(speech.text, length=FINGERPRINT)}"
    name, number = base, 1
    while name in taken:
        number += 1
        name = f"{base}-{number}"
    taken.add(name)
    return name


def _asides(speech: syntax.Speech) -> list[str]:
    """Extensions that say how and not where: `MARA (quiet)`."""
    known = ("vo", "os", "oc", "contd")
    texts = [extension.text.lower().strip() for extension in speech.extensions]
    return [t for t in texts if "".join(filter(str.isalpha, t)) not in known and t not in PHONES]


def _phone(speech: syntax.Speech) -> bool:
    return any(extension.text.lower().strip() in PHONES for extension in speech.extensions)


def _part(walk: _Walk, part: syntax.Inline, cast: Cast, findings: Findings) -> None:
    match part:
        case syntax.Words():
            _words(walk, part)
        case syntax.ActingNote():
            walk.manner.extend(phrase.lower() for phrase in part.parts)
        case PauseNode():
            walk.segments.append(Pause(seconds=part.seconds))
        case VocalNode():
            walk.segments.append(Vocal(sound=part.sound))
        case MarkNode():
            walk.segments.append(Mark(name=part.name.text))
        case GestureNode():
            walk.gestures.append(Gesture(kind=part.kind, line=walk.line, word=walk.words))
        case LookAt():
            _look(walk, part, cast, findings)
        case ShotNode():
            stays = part.hold is not None and part.hold.kind == "until end of line"
            walk.cuts.append(InlineCut(walk.words, wish(part, cast, findings), stays))
        case Cue():
            _cue(walk, part)
        case _:
            pass


def _words(walk: _Walk, part: syntax.Words) -> None:
    """Words after words without a space between belong to one word: `**everything**` and its full stop."""
    text = part.text
    before = walk.segments[-1] if walk.segments else None
    glued = isinstance(before, Words) and not before.text[-1:].isspace() and not text[:1].isspace()
    if glued and isinstance(before, Words):
        head, space, rest = text.partition(" ")
        walk.segments[-1] = before.replace(text=before.text + head)
        text = space + rest
    if text.strip():
        walk.segments.append(Words(text=text, emphasis=part.emphasis))
    spoken = (s.text for s in walk.segments if isinstance(s, Words))
    walk.words = len(" ".join(spoken).split())


def _look(walk: _Walk, part: LookAt, cast: Cast, findings: Findings) -> None:
    target: str = part.toward
    if part.target is not None:
        role = cast.mentioned(part.target, findings)
        target = role.id if role is not None else "away"
    walk.gestures.append(Gesture(kind="look", line=walk.line, word=walk.words, target=target))


def _cue(walk: _Walk, cue: Cue) -> None:
    if cue.kind not in ("title", "lower third"):
        walk.cues.append((walk.words, cue))
        return
    walk.overlays.append(
        Overlay(
            kind="title" if cue.kind == "title" else "lower third",
            text=cue.text,
            second=cue.texts[1].text if len(cue.texts) > 1 else "",
            start=0.0,
            end=cue.seconds or TITLE_SECONDS,
            line=walk.line,
            word=walk.words,
        )
    )


def _trimmed(segment: Segment) -> Segment:
    if isinstance(segment, Words):
        return segment.replace(text=segment.text.strip())
    return segment
