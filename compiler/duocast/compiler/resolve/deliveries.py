"""Deliveries: `[whisper]`, `[slow]`, `[pace 80%]` and `[normal]` along a speech."""

from msgspec import Struct, field

from duocast.compiler.operations.speak import Delivery
from duocast.compiler.resolve.edits import without_direction
from duocast.compiler.resolve.findings import Findings
from duocast.language import Label, replacement
from duocast.language import direction as syntax

TEMPO = ("slow", "fast")
FORCE = {"whisper": "whisper", "quiet": "quiet", "loud": "loud", "shout": "shouting"}
"""The writer's word for how loud, and the voice's."""
HEIGHT = {"high": 2.0, "low": -2.0}
"""Semitones."""
VOICED = frozenset(
    {
        "slow", "slowly", "fast", "quick", "quickly", "whisper", "whispers", "whispering",
        "whispered", "hushed", "quiet", "quietly", "soft", "softly", "loud", "loudly", "shouting",
        "shouts", "yelling", "tired", "sad", "excited", "angry", "cold", "warm", "afraid",
    }
)  # fmt: skip
"""Words of an acting note that a voice can begin to follow in the middle of a line."""
PACES, PITCHES = (0.5, 2.0), (-6.0, 6.0)


class DeliveryWalk(Struct):
    """How the words are said where the walk along a speech stands."""

    findings: Findings
    tempo: str = ""
    force: str = ""
    pace: float = 1.0
    pitch: float = 0.0
    noted: tuple[str, ...] = ()
    """An acting note that began inside the line."""
    unheard: list[syntax.Delivery] = field(default_factory=list)
    """Directions after which no word has come yet."""

    @property
    def plain(self) -> bool:
        """Whether the words are said as the rest of the line."""
        said = self.tempo or self.force or self.pitch or self.noted
        return not said and self.pace == 1.0

    def turn(self, direction: syntax.Delivery) -> Delivery:
        """How it goes on after a direction."""
        self._check_idle(direction)
        kind = direction.kind
        if kind == "normal":
            self.tempo, self.force, self.pace, self.pitch = "", "", 1.0, 0.0
            self.noted = ()
        elif kind in TEMPO:
            self.tempo, self.pace = kind, 1.0
        elif kind in FORCE:
            self.force = FORCE[kind]
        elif kind in HEIGHT:
            self.pitch = HEIGHT[kind]
        elif kind == "pace":
            self.tempo, self.pace = "", self._within(direction, PACES)
        else:
            self.pitch = self._within(direction, PITCHES)
        self.unheard.append(direction)
        return self._delivery()

    def note(self, parts: list[str]) -> Delivery | None:
        """How it goes on after an acting note between words; None where the voice can't follow it."""
        heard = tuple(part for part in parts if part in VOICED)
        if not heard:
            return None
        self.noted = heard
        return self._delivery()

    def _delivery(self) -> Delivery:
        manner = (*self.noted, *filter(None, (self.tempo, self.force)))
        return Delivery(pace=self.pace, pitch=self.pitch, manner=manner)

    def word(self) -> None:
        """A word has come."""
        self.unheard.clear()

    def finish(self) -> None:
        """The speech is over."""
        for direction in self.unheard:
            if direction.kind != "normal":
                self.findings.warning(
                    "D0203",
                    "nothing more is said after this, so it changes nothing",
                    Label(direction.span, "the words must come after it"),
                    hint="put it before the words that it is about",
                    fix=without_direction(self.findings, direction.span, "remove it"),
                )

    def _check_idle(self, direction: syntax.Delivery) -> None:
        if direction.kind == "normal" and self.plain:
            self.findings.warning(
                "D0202",
                "this line is said as usual already",
                Label(direction.span, "there is nothing to end here"),
                fix=without_direction(self.findings, direction.span, "remove it", safe=True),
            )
        before = next((one for one in self.unheard if _replaces(direction, one)), None)
        if before is not None:
            self.unheard.remove(before)
            self.findings.warning(
                "D0201",
                "two directions for the voice stand at the same word",
                Label(direction.span, "this one counts"),
                Label(before.span, "this one is over before a word is said"),
                hint="keep one of the two",
                fix=without_direction(self.findings, before.span, "remove the first one"),
            )

    def _within(self, direction: syntax.Delivery, limits: tuple[float, float]) -> float:
        low, high = limits
        value = min(max(direction.amount, low), high)
        if value != direction.amount:
            share = direction.kind == "pace"
            least, most, nearest = (
                f"{limit:.0%}" if share else f"{limit:+g}st" for limit in (low, high, value)
            )
            self.findings.error(
                "D0206",
                f"the {direction.kind} of a voice must be from {least} to {most}",
                direction.span,
                hint="people stop sounding like people beyond that",
                fix=replacement(direction.span, f"{direction.kind} {nearest}", safe=False),
            )
        return value


def _replaces(later: syntax.Delivery, earlier: syntax.Delivery) -> bool:
    """Whether one direction takes back what the other one asked for."""
    if later.kind == "normal":
        return earlier.kind != "normal"
    groups: tuple[tuple[str, ...], ...] = (
        (*TEMPO, "pace"),
        tuple(FORCE),
        (*HEIGHT, "pitch"),
    )
    return any(later.kind in group and earlier.kind in group for group in groups)
