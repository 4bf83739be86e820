"""Speeches: a cue and what stands under it become a line, with what is done while it is said."""

from msgspec import Struct, field

from duocast.compiler.cover import InlineCut
from duocast.compiler.lower.identity import fingerprint, numbered
from duocast.compiler.operations.animate import Gesture
from duocast.compiler.operations.encode import Overlay
from duocast.compiler.operations.speak import Mark, Pause, Vocal, Words
from duocast.compiler.resolve.deliveries import DeliveryWalk
from duocast.compiler.resolve.findings import Findings
from duocast.compiler.resolve.inlinechecks import check_inside
from duocast.compiler.resolve.overlays import WRITTEN, overlay
from duocast.compiler.resolve.saying import Saying
from duocast.compiler.resolve.wishes import Library, wish
from duocast.compiler.screenplay import Line, Reaction, Role, Segment
from duocast.language import nodes as syntax
from duocast.language.cue import Cue
from duocast.language.direction import Delivery as DeliveryNode
from duocast.language.direction import Gesture as GestureNode
from duocast.language.direction import LookAt, SayAs
from duocast.language.direction import Mark as MarkNode
from duocast.language.direction import Pause as PauseNode
from duocast.language.direction import Shot as ShotNode
from duocast.language.direction import Vocal as VocalNode

PHONES = ("phone", "filtered", "radio", "on phone", "into phone", "over radio", "on radio")
FINGERPRINT = 6
BACKCHANNEL_WORDS = 3
"""Words of a line spoken together with another up to which it is only a murmur."""


class Murmur(Struct, frozen=True, gc=False):
    """Somebody else makes a sound while a line is said, from its word `word` on."""

    role: Role
    sound: VocalNode
    word: int


class Speech(Struct, frozen=True, gc=False):
    """A line and what hangs on its words: cuts of the picture, titles, sound cues (word, cue), other voices."""

    line: Line
    cuts: tuple[InlineCut, ...]
    overlays: tuple[Overlay, ...]
    cues: tuple[tuple[int, Cue], ...]
    murmurs: tuple[Murmur, ...] = ()


class _Walk(Struct):
    """The walk along a speech's content. `words` counts the words so far."""

    line: str
    role: Role
    library: Library
    delivery: DeliveryWalk
    saying: Saying
    segments: list[Segment] = field(default_factory=list)
    gestures: list[Gesture] = field(default_factory=list)
    reactions: list[Reaction] = field(default_factory=list)
    manner: list[str] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)
    cuts: list[InlineCut] = field(default_factory=list)
    overlays: list[Overlay] = field(default_factory=list)
    cues: list[tuple[int, Cue]] = field(default_factory=list)
    murmurs: list[Murmur] = field(default_factory=list)
    words: int = 0


def resolve_speech(
    speech: syntax.Speech, role: Role, library: Library, taken: dict[str, int]
) -> Speech:
    """The line of a speech. Its id comes from what is said; `taken` are the scene's ids so far."""
    if is_plain(speech):
        return Speech(_simple_line(speech, role, taken, library.findings), (), (), ())
    findings = library.findings
    delivery, saying = DeliveryWalk(findings), Saying(findings)
    walk = _Walk(_line_id(speech, role, taken), role, library, delivery, saying)
    walk.manner.extend(_asides(speech))
    for note in speech.notes:
        walk.manner.extend(part.lower() for part in note.parts)
    for part in speech.content:
        _part(walk, part)
    walk.delivery.finish()
    walk.saying.finish()
    check_inside(speech, findings)
    line = _line(speech, walk)
    parts = (walk.cuts, walk.overlays, walk.cues, walk.murmurs)
    return Speech(line, *map(tuple, parts))  # type: ignore[arg-type]  # four lists of four kinds


_SIMPLE = frozenset({syntax.Words, PauseNode})


def is_plain(speech: syntax.Speech) -> bool:
    """Whether it is nothing but words and pauses, as most speeches are."""
    return not speech.extensions and _SIMPLE.issuperset(map(type, speech.content))


def _simple_line(
    speech: syntax.Speech, role: Role, taken: dict[str, int], findings: Findings
) -> Line:
    """The line of a speech of words and pauses: most of them."""
    text = speech.text
    segments = _simple_segments(speech)
    if len(speech.content) > 1:
        check_inside(speech, findings)
    notes = [part.lower() for note in speech.notes for part in note.parts] if speech.notes else ()
    spoken = text.rstrip("\"'”’)* ")
    return Line(
        id=numbered(f"{role.id}-{fingerprint(text, length=FINGERPRINT)}", taken),
        role=role.id,
        segments=segments,
        manner=tuple(notes),
        interrupted=speech.cut_off,
        together=speech.together,
        breaks_in=speech.breaks_in,
        trails_off=spoken.endswith(("…", "...")),
        backchannel=speech.together and _count(segments) <= BACKCHANNEL_WORDS,
    )


def _simple_segments(speech: syntax.Speech) -> tuple[Segment, ...]:
    parts = speech.content
    if len(parts) == 1 and isinstance(parts[0], syntax.Words):
        text = parts[0].text.strip()
        return (Words(text=text, emphasis=parts[0].emphasis),) if text else ()
    segments: list[Segment] = []
    for part in parts:
        if isinstance(part, syntax.Words):
            _add_words(segments, part)
        elif isinstance(part, PauseNode):
            segments.append(Pause(seconds=part.seconds))
    return tuple([_trimmed(segment) for segment in segments])


def _count(segments: tuple[Segment, ...]) -> int:
    """How many words are said; white space parts them, wherever it stands."""
    return len(" ".join(s.text for s in segments if isinstance(s, Words)).split())


def _line(speech: syntax.Speech, walk: _Walk) -> Line:
    phone = _phone(speech)
    text = speech.text.rstrip("\"'”’)* ")
    return Line(
        id=walk.line,
        role=walk.role.id,
        segments=tuple(_trimmed(segment) for segment in walk.segments),
        manner=tuple(walk.manner),
        notes=tuple(walk.notes),
        on_screen=not (speech.voice_over or speech.off_screen or phone),
        room="phone" if phone else ("none" if speech.voice_over else None),
        interrupted=speech.cut_off,
        gestures=tuple(walk.gestures),
        reactions=tuple(walk.reactions),
        lexicon=walk.saying.lexicon,
        together=speech.together,
        breaks_in=speech.breaks_in,
        trails_off=text.endswith(("…", "...")),
        backchannel=speech.together and walk.words <= BACKCHANNEL_WORDS,
    )


def _line_id(speech: syntax.Speech, role: Role, taken: dict[str, int]) -> str:
    return numbered(f"{role.id}-{fingerprint(speech.text, length=FINGERPRINT)}", taken)


def _asides(speech: syntax.Speech) -> list[str]:
    """Extensions that say how and not where: `MARA (quiet)`."""
    known = ("vo", "os", "oc", "contd")
    texts = [extension.text.lower().strip() for extension in speech.extensions]
    return [t for t in texts if "".join(filter(str.isalpha, t)) not in known and t not in PHONES]


def _phone(speech: syntax.Speech) -> bool:
    return any(extension.text.lower().strip() in PHONES for extension in speech.extensions)


def _part(walk: _Walk, part: syntax.Inline) -> None:
    match part:
        case syntax.Words():
            _words(walk, part)
        case syntax.ActingNote():
            _note(walk, part)
        case PauseNode():
            walk.segments.append(Pause(seconds=part.seconds))
        case VocalNode():
            _vocal(walk, part)
        case MarkNode():
            walk.segments.append(Mark(name=part.name.text))
        case DeliveryNode():
            walk.segments.append(walk.delivery.turn(part))
        case SayAs():
            walk.saying.say(part)
        case GestureNode() | LookAt():
            _gesture(walk, part)
        case ShotNode():
            walk.cuts.append(_cut(walk, part))
        case Cue() if part.kind in WRITTEN:
            walk.overlays.append(overlay(part, walk.library.cast, line=walk.line, word=walk.words))
        case Cue():
            walk.cues.append((walk.words, part))
        case _:
            pass


def _words(walk: _Walk, part: syntax.Words) -> None:
    """Words after words without a space between belong to one word: `**everything**` and its full stop."""
    text = _add_words(walk.segments, part)
    if any(map(str.isalnum, text)):
        walk.delivery.word()
    walk.saying.hear(part.text)
    spoken = (s.text for s in walk.segments if isinstance(s, Words))
    walk.words = len(" ".join(spoken).split())


def _add_words(segments: list[Segment], part: syntax.Words) -> str:
    """Put words down. The result is what of them begins a segment of its own."""
    text = part.text
    before = segments[-1] if segments else None
    if isinstance(before, Words) and not before.text[-1:].isspace() and not text[:1].isspace():
        head, space, rest = text.partition(" ")
        segments[-1] = Words(text=before.text + head, emphasis=before.emphasis)
        text = space + rest
    if not text.strip():
        return ""
    segments.append(Words(text=text, emphasis=part.emphasis))
    return text


def _note(walk: _Walk, note: syntax.ActingNote) -> None:
    """A note before the first word is about the whole line; a later one counts from where it stands."""
    parts = [part.lower() for part in note.parts]
    if not walk.words:
        walk.manner.extend(parts)
        return
    walk.notes.extend(parts)
    turned = walk.delivery.note(parts)
    if turned is not None:
        walk.segments.append(turned)


def _vocal(walk: _Walk, part: VocalNode) -> None:
    """A sound of the speaker's own voice is part of the line; somebody else's is heard over it."""
    cast = walk.library.cast
    role = cast.find(part.who, walk.library.findings) if part.who is not None else None
    if role is None or role.id == walk.role.id:
        walk.segments.append(Vocal(sound=part.sound))
    else:
        walk.murmurs.append(Murmur(role, part, walk.words))


def _gesture(walk: _Walk, part: GestureNode | LookAt) -> None:
    gesture = gesture_of(part, walk.library, line=walk.line, word=walk.words)
    role = None
    if part.who is not None:
        role = walk.library.cast.find(part.who, walk.library.findings)
    if role is None or role.id == walk.role.id:
        walk.gestures.append(gesture)
    else:
        walk.reactions.append(Reaction(role=role.id, gesture=gesture))


def gesture_of(
    part: GestureNode | LookAt, library: Library, *, line: str | None = None, word: int = 0
) -> Gesture:
    """What a direction asks of somebody's body, at a word of a line or at the start of a shot."""
    if isinstance(part, GestureNode):
        return Gesture(kind=part.kind, line=line, word=word)
    target: str = part.toward
    if part.target is not None:
        role = library.cast.mentioned(part.target, library.findings)
        target = role.id if role is not None else "away"
    return Gesture(kind="look", line=line, word=word, target=target)


def _cut(walk: _Walk, part: ShotNode) -> InlineCut:
    hold = part.hold
    kind, seconds = (hold.kind, hold.seconds) if hold is not None else ("", 0.0)
    return InlineCut(
        walk.words,
        wish(part, walk.library),
        stays=kind == "until end of line",
        at_least=seconds if kind == "at least" else 0.0,
        exactly=seconds if kind == "exactly" else None,
    )


def _trimmed(segment: Segment) -> Segment:
    if isinstance(segment, Words):
        return Words(text=segment.text.strip(), emphasis=segment.emphasis)
    return segment
