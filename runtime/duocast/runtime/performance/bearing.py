"""How somebody carries themselves: moods and acting notes as offsets of the pose."""

from collections.abc import Iterable
from dataclasses import dataclass, fields

from duocast.compiler.operations.animate import Actor
from duocast.runtime.performance.chance import Floats
from duocast.runtime.performance.curve import rise
from duocast.runtime.performance.parts import Parts
from duocast.runtime.performance.view import ShotView


@dataclass(frozen=True, slots=True)
class Bearing:
    """Offsets of the pose, what it does to motion and speech, and where the eyes are kept."""

    smile: float = 0.0
    frown: float = 0.0
    brow: float = 0.0
    lid: float = 0.0
    pitch: float = 0.0
    roll: float = 0.0
    lean_y: float = 0.0
    shrug: float = 0.0
    motion: float = 0.0
    effort: float = 0.0
    blinks: float = 0.0
    down: float = 0.0
    """Above 0: the eyes stay on what is below."""
    away: float = 0.0
    """Above 0: the eyes stay off the other."""

    def __add__(self, other: "Bearing") -> "Bearing":
        values = {f.name: getattr(self, f.name) + getattr(other, f.name) for f in fields(Bearing)}
        return Bearing(**values)


_KNOWN: tuple[tuple[tuple[str, ...], Bearing], ...] = (
    (
        ("not looking up", "looking down", "eyes down", "reading"),
        Bearing(pitch=7, lid=0.12, down=1, motion=-0.2),
    ),
    (
        ("looking away", "turning away", "not looking", "distant"),
        Bearing(away=1, pitch=1.5, motion=-0.1),
    ),
    (("quiet", "soft", "gentle", "low"), Bearing(motion=-0.35, effort=-0.22, pitch=1.5, lid=0.05)),
    (("whisper",), Bearing(motion=-0.4, effort=-0.3, pitch=2.0, lean_y=0.01, brow=0.1)),
    (("loud", "shout", "yell"), Bearing(motion=0.5, effort=0.25, brow=0.2, pitch=-2)),
    (
        ("smil", "happy", "warm", "cheer", "friendly", "pleased", "fond"),
        Bearing(smile=0.5, brow=0.1, lid=0.05, motion=0.1),
    ),
    (
        ("laugh", "amused", "joking", "playful", "teas", "grin"),
        Bearing(smile=0.65, brow=0.15, lid=0.10, motion=0.3),
    ),
    (
        ("angry", "furious", "annoyed", "irritat", "bitter", "cold"),
        Bearing(smile=-0.35, frown=0.7, brow=-0.3, pitch=2, motion=0.3, effort=0.15),
    ),
    (
        ("sad", "crying", "grief", "hurt", "lonely", "broken"),
        Bearing(
            smile=-0.4,
            frown=0.3,
            brow=0.3,
            lid=0.15,
            pitch=5,
            lean_y=0.02,
            motion=-0.4,
            effort=-0.15,
        ),
    ),
    (
        ("excited", "thrilled", "eager", "enthusias", "bright"),
        Bearing(smile=0.4, brow=0.35, lid=-0.12, pitch=-1.5, motion=0.6, effort=0.15),
    ),
    (
        ("tired", "sleepy", "exhausted", "weary", "bored"),
        Bearing(
            smile=-0.1,
            lid=0.28,
            brow=-0.1,
            pitch=4,
            lean_y=0.02,
            motion=-0.4,
            effort=-0.15,
            blinks=0.3,
        ),
    ),
    (
        ("nervous", "anxious", "worried", "afraid", "scared", "uneasy"),
        Bearing(frown=0.25, brow=0.3, shrug=0.15, motion=0.25, blinks=0.8, smile=-0.1),
    ),
    (("surprised", "shocked", "startled", "amazed"), Bearing(brow=0.7, lid=-0.2, pitch=-3)),
    (
        ("serious", "grave", "firm", "calm", "flat", "dry", "deadpan"),
        Bearing(motion=-0.3, frown=0.1),
    ),
    (
        ("thinking", "thoughtful", "unsure", "hesita", "confused"),
        Bearing(frown=0.25, brow=0.15, roll=2.5, motion=-0.1),
    ),
    (("proud", "confident", "smug"), Bearing(pitch=-3, smile=0.15, motion=0.1)),
    (
        ("shy", "embarrass", "ashamed"),
        Bearing(pitch=4, smile=0.12, away=1, shrug=0.12, motion=-0.2),
    ),
)


def bearing_of(words: Iterable[str]) -> Bearing:
    """The bearing of some acting notes; notes that say nothing about the body change nothing."""
    total = Bearing()
    for note in words:
        total = total + _noted(note.lower())
    return total


def _noted(note: str) -> Bearing:
    if note.startswith("not ") and note not in ("not looking up", "not looking"):
        return Bearing()
    total = Bearing()
    for keys, bearing in _KNOWN:
        if any(key in note for key in keys):
            total = total + bearing
            if bearing.down or bearing.away:
                break
    return total


def mood_of(actor: Actor) -> Bearing:
    """The bearing that somebody keeps all through the shot."""
    return bearing_of((actor.mood,)) if actor.mood else Bearing()


def manner_of(actor: Actor, line: str) -> Bearing:
    """The bearing while saying `line`."""
    return bearing_of(next((words for name, words in actor.manner if name == line), ()))


def carriage(view: ShotView, actor: Actor) -> Parts:
    """The pose's offsets over the shot: the mood throughout, each own line's manner around that line."""
    parts = [(mood_of(actor), 1.0 + 0 * view.time)]
    parts += [
        (manner_of(actor, spoken.line), presence(view, spoken.zero, spoken.end))
        for spoken in view.lines
        if spoken.role == actor.role
    ]
    named = ("smile", "frown", "pitch", "roll", "lean_y", "shrug")
    total = {
        field: sum((getattr(b, field) * w for b, w in parts), 0 * view.time) for field in named
    }
    brow = sum((b.brow * w for b, w in parts), 0 * view.time)
    lid = sum((b.lid * w for b, w in parts), 0 * view.time)
    return {**total, "brow_left": brow, "brow_right": brow, "lid_left": lid, "lid_right": lid}


def presence(view: ShotView, start: float, end: float) -> Floats:
    """1 while a line is said, coming shortly before it and fading after."""
    return rise(view.time, start - 0.45, 0.5) * (1 - rise(view.time, end + 0.35, 0.9))


def liveliness(view: ShotView, actor: Actor) -> Floats:
    """How much somebody moves: their persona times what the notes of the lines say."""
    total = 1.0 + mood_of(actor).motion + 0 * view.time
    for spoken in view.lines:
        if spoken.role == actor.role:
            total = total + manner_of(actor, spoken.line).motion * presence(
                view, spoken.zero, spoken.end
            )
    return total.clip(0.2, 2.0) * actor.persona.motion
