"""`speak`: one written line becomes one take.

Outputs: `sound` (take.wav, mono, 48 kHz, 16 bit, equalised to -19 LUFS, starting within 30 ms of the first
sound and ending within 60 ms of the last) and `times` (times.json, a `TakeTimes`).
Input, for engines that can sound like somebody: `reference`, a recording.
"""

from typing import ClassVar, Literal

import msgspec

from duocast.compiler.value import Value


class Words(Value):
    """Text to say. `emphasis`: 0 none, 1 `*word*`, 2 `**word**`."""

    kind: ClassVar[Literal["words"]] = "words"
    text: str
    emphasis: int = 0


class Pause(Value):
    """Silence inside the line, in seconds."""

    kind: ClassVar[Literal["pause"]] = "pause"
    seconds: float


class Vocal(Value):
    """A sound of the voice that is no word."""

    kind: ClassVar[Literal["vocal"]] = "vocal"
    sound: Literal["breath", "laugh", "sigh", "gasp", "cough"]


class Mark(Value):
    """A named instant; it takes no time."""

    kind: ClassVar[Literal["mark"]] = "mark"
    name: str


class Delivery(Value):
    """How the words after it are said, up to the next of these; an empty one is the line's own delivery again.

    `pace` multiplies the speed, `pitch` is in semitones, `manner` has words of an acting note (whisper, slow).
    """

    kind: ClassVar[Literal["delivery"]] = "delivery"
    pace: float = 1.0
    pitch: float = 0.0
    manner: tuple[str, ...] = ()


class VoiceSpec(Value):
    """How a role sounds. `id` is a voice of the engine; `pace` multiplies its speed; `pitch` is in semitones."""

    id: str
    pace: float = 1.0
    pitch: float = 0.0
    warmth: float = 0.0
    """-1 thin to 1 warm: a gentle tilt of the spectrum."""
    language: str = "en-US"


class SpeakParams(Value):
    """One line of one role."""

    voice: VoiceSpec
    segments: tuple[Words | Pause | Vocal | Mark | Delivery, ...]
    manner: tuple[str, ...] = ()
    """The acting note's words that a voice can follow: quiet, whisper, loud, fast, slow, tired, excited ..."""
    lexicon: tuple[tuple[str, str], ...] = ()
    """(word, how to say it) pairs, the second in plain respelling or /IPA/."""
    seed: int = 0


class WordTime(Value):
    """A spoken word: its text as written, seconds from the take's start, and its emphasis."""

    text: str
    start: float
    end: float
    emphasis: int = 0


class PhoneTime(Value):
    """A phoneme (misaki alphabet), seconds from the take's start. `rest` is silence."""

    symbol: str
    start: float
    end: float


class VocalTime(Value):
    """A laugh or a breath, seconds from the take's start."""

    sound: str
    start: float
    end: float


class MarkTime(Value):
    """A mark, seconds from the take's start."""

    name: str
    at: float


class TakeTimes(Value):
    """When everything in a take happens.

    `words` are the written words in order, split at white space of the `Words` segments' texts joined (a number
    or a currency amount stays one word). So word i of the script is word i of the take.
    """

    seconds: float
    words: tuple[WordTime, ...]
    phones: tuple[PhoneTime, ...]
    vocals: tuple[VocalTime, ...] = ()
    marks: tuple[MarkTime, ...] = ()
    envelope: tuple[float, ...] = ()
    """Loudness of the sound, 0 to 1, one value each 10 ms (square root of the smoothed energy)."""
    remarks: tuple[str, ...] | msgspec.UnsetType = msgspec.UNSET
    """What is worth knowing of how it was made: takes that were refused, words whose places are only estimated."""
