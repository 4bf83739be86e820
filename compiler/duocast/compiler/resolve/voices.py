"""Voices: `amber, pace 0.95, warm` on a character's card, or a voice card of its own."""

from collections.abc import Sequence

from msgspec import Struct
from msgspec.structs import replace

from duocast.compiler.engines import Engines
from duocast.compiler.operations.speak import VoiceSpec
from duocast.compiler.reader import Reader
from duocast.compiler.resolve.engines import Hiring
from duocast.compiler.resolve.findings import Findings, within
from duocast.compiler.resolve.sources import Sources, asset
from duocast.compiler.screenplay import EngineChoice
from duocast.compiler.voices import VOICES, tempo_of
from duocast.language import Card, Entry, Label, Option, Span, parse_options, replacement
from duocast.language.nearest import certain, nearest
from duocast.language.options import worded

QUALITIES = {"warm": 0.4, "very warm": 0.8, "thin": -0.5, "bright": -0.3, "neutral": 0.0}
NUMBERS = ("pace", "pitch", "warmth")
OURS = ("kokoro", "draft")
"""The engines whose voices are known by name."""
LISTED = 4
"""Voices of at least this quality are offered when a name is unknown."""
PACE = (0.5, 2.0)
PITCH = (-6.0, 6.0)
NEUTRAL = {"pace": "1", "pitch": "0st", "warmth": "0%"}


class VoiceChoice(Struct, frozen=True, gc=False):
    """A voice as far as the writer has chosen it."""

    id: str | None = None
    engine: str | None = None
    pace: float = 1.0
    pitch: float = 0.0
    warmth: float = 0.0
    language: str = ""
    reference: str | None = None

    def spec(self, fallback: str, *, language: str) -> VoiceSpec:
        """The voice, with `fallback` where the writer named none.

        Pace 1 is the pace of dialogue: a voice that is quicker by itself is slowed to it, a slow one keeps its own.
        """
        name = self.id or fallback
        return VoiceSpec(
            id=name,
            pace=round(self.pace / max(1.0, tempo_of(name)), 4),
            pitch=self.pitch,
            warmth=self.warmth,
            language=self.language or language,
        )


def voice_cards(sources: Sources, reader: Reader, hiring: Hiring) -> dict[str, VoiceChoice]:
    """The voice cards by the key of their name."""
    return {card.name.key: _card(card, reader, hiring) for card in sources.of("voice")}


def _card(card: Card, reader: Reader, hiring: Hiring) -> VoiceChoice:
    choice, findings = VoiceChoice(), hiring.findings
    foreign = _foreign(card, hiring)
    for entry in card.entries:
        if not entry.values:
            continue
        options = parse_options(entry.values[0])
        if entry.name in NUMBERS and options:
            choice = _number(choice, entry.name, options[0], findings)
        elif entry.name == "id":
            if foreign:  # the engine's own voices are known where it works
                choice = replace(choice, id=entry.text.strip())
            elif options:
                choice = _named(choice, options[0], {}, findings)
        elif entry.name == "engine":
            hired = hiring.of(entry, "speak")
            choice = replace(choice, engine=hired.name if hired and hired.here else None)
        elif entry.name == "reference":
            path = asset(entry, reader, findings)
            choice = replace(choice, reference=path)
        elif entry.name == "language":
            choice = replace(choice, language=entry.text.strip())
    return choice


def _foreign(card: Card, hiring: Hiring) -> bool:
    """Whether the card names an engine whose voices are others than ours."""
    entry = card.get("engine")
    name = entry.text.strip().lower() if entry is not None else ""
    known = hiring.engines.get(name)
    return known is not None and known.here and "speak" in known.work and name not in OURS


def tell_recordings(
    sources: Sources, chosen: Sequence[EngineChoice], engines: Engines, findings: Findings
) -> None:
    """Recordings that nobody here can speak like: they are carried."""
    named = [one.name for one in chosen if one.operation == "speak" and one.here]
    for card in sources.of("voice"):
        entry, own = card.get("reference"), card.get("engine")
        if entry is None:
            continue
        name = own.text.strip().lower() if own is not None else (named or ["kokoro"])[0]
        known = engines.get(name)
        if known is None or not (known.here and known.clones):
            findings.carry("a voice after a recording", entry.span)


def read_voice(
    entry: Entry | None, cards: dict[str, VoiceChoice], fallback: str, findings: Findings
) -> VoiceChoice:
    """The voice that a character's card asks for."""
    choice = VoiceChoice(id=fallback)
    for value in entry.values if entry is not None else ():
        for option in parse_options(value):
            choice = _option(choice, option, cards, findings)
    return choice


def _option(
    choice: VoiceChoice, option: Option, cards: dict[str, VoiceChoice], findings: Findings
) -> VoiceChoice:
    word = option.words.lower()
    if option.quantity is not None and word in NUMBERS:
        return _number(choice, word, option, findings)
    if word in QUALITIES:
        return replace(choice, warmth=QUALITIES[word])
    return _named(choice, option, cards, findings)


def _named(
    choice: VoiceChoice, option: Option, cards: dict[str, VoiceChoice], findings: Findings
) -> VoiceChoice:
    name = option.text.strip()
    card = cards.get(name.upper())
    if card is not None:
        return replace(card, id=card.id or choice.id)
    known = {voice.name for voice in VOICES}
    if name.lower() in known | {voice.id for voice in VOICES}:
        return replace(choice, id=name.lower())
    if option.quantity is not None and (near := nearest(option.words.lower(), NUMBERS)):
        span = worded(option)
        title = f"a voice has no “{option.words}”"
        fix = replacement(span, near, safe=certain(option.words, near, NUMBERS))
        findings.error("V0011", title, Label(span, f"did you mean {near}?"), fix=fix)
        return choice
    candidates: dict[str, Span | None] = dict.fromkeys([*cards, *sorted(known), *QUALITIES])
    hint = f"voices: {', '.join(voice.name for voice in VOICES if voice.quality >= LISTED)}"
    findings.unknown("V0011", f"there is no voice {name}", option.span, name, candidates, hint=hint)
    return choice


def _number(choice: VoiceChoice, key: str, option: Option, findings: Findings) -> VoiceChoice:
    if option.quantity is None:
        fix = replacement(option.span, NEUTRAL[key], safe=False)
        hint = f"for example `{key}: {NEUTRAL[key]}`"
        findings.error("V0012", f"{key} needs a number", option.span, hint=hint, fix=fix)
        return choice
    value = option.quantity.value / (100 if option.quantity.unit == "%" else 1)
    low, high = {"pace": PACE, "pitch": PITCH}.get(key, (-1.0, 1.0))
    if not low <= value <= high:
        title = f"{key} must be from {low:g} to {high:g}"
        findings.error("V0013", title, option.span, fix=within(option.quantity, low, high))
        return choice
    if key == "pace":
        return replace(choice, pace=value)
    return replace(choice, pitch=value) if key == "pitch" else replace(choice, warmth=value)
