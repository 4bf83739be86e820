"""The cast: character cards, and the voices and personas that they name, become roles."""

from collections.abc import Iterable

from msgspec import Struct, field

from duocast.compiler.lower.identity import slug
from duocast.compiler.operations.animate import PersonaSpec
from duocast.compiler.reader import Reader
from duocast.compiler.resolve.engines import Hiring, paints_people
from duocast.compiler.resolve.findings import Findings
from duocast.compiler.resolve.loras import read_lora
from duocast.compiler.resolve.personas import Manner, personas, read_persona
from duocast.compiler.resolve.sources import Sources, assets
from duocast.compiler.resolve.voices import VoiceChoice, read_voice, voice_cards
from duocast.compiler.screenplay import Role
from duocast.compiler.voices import default_voice
from duocast.language import (
    Card,
    Label,
    Name,
    Span,
    Speech,
    insertion,
    nearest,
    removal,
    replacement,
)
from duocast.language.checks.letters import tells, unmasked

SIDES = {"left": 0, "centre": 1, "center": 1, "middle": 1, "right": 2}


class Cast(Struct):
    """Roles by the key of their name; `lenient` adds a role for a name that has no card."""

    lenient: bool
    language: str
    roles: dict[str, Role] = field(default_factory=dict)
    declared: dict[str, Span | None] = field(default_factory=dict)
    sides: dict[str, int] = field(default_factory=dict)
    """Role id to 0 left, 1 centre, 2 right."""

    def find(
        self, name: Name, findings: Findings, *, forced: bool = False, cue: bool = False
    ) -> Role | None:
        """The role of a name; a name that has no card is a finding, unless it is forced or the cast is lenient.

        `cue`: the name stands above a speech, where an @ before it would do.
        """
        role = self.roles.get(name.key)
        if role is not None:
            return role
        if (masked := self.roles.get(unmasked(name.key))) is not None:
            self._unmask(name, findings)
            return masked
        if forced or self.lenient:
            return self._newcomer(name)
        hint = f"declare it with a line `character {name.key}`, or write @{name.key} to use a role that has no card"
        findings.unknown(
            "N0204",
            f"there is no {name.key} in the cast",
            name.span,
            name.key,
            self.declared,
            hint=hint,
            fix=insertion(name.span, "@", f"write @{name.text}", safe=False) if cue else None,
        )
        return None

    def _unmask(self, name: Name, findings: Findings) -> None:
        """Say that a name only looks like somebody's, unless its letters have been reported already."""
        if not tells(name.text):
            key = unmasked(name.key)
            findings.warning(
                "N0108",
                f"this {key} is written in letters of another alphabet",
                Label(name.span, "it only looks the same"),
                *(Label(span, "declared here") for span in (self.declared.get(key),) if span),
                fix=replacement(name.span, key),
            )

    def mentioned(self, name: Name, findings: Findings) -> Role | None:
        """The role that a direction names; words that are no name (`looks at the window`) are nobody, and no
        mistake."""
        role = self.roles.get(name.key)
        if role is not None:
            return role
        if name.text.isupper() or nearest(name.key, self.declared) is not None:
            return self.find(name, findings)
        return None

    def expect(self, speeches: Iterable[Speech]) -> None:
        """Give everybody who speaks without a card a role.

        Voices are dealt in the order of the names: no order of scenes may change one.
        """
        names: dict[str, Name] = {}
        for speech in speeches:
            if speech.forced or self.lenient:
                key = speech.name.key
                if not {key, unmasked(key)} & self.roles.keys():
                    names.setdefault(key, speech.name)
        taken = [role.voice.id for role in self.roles.values()]
        voices: dict[str, str] = {}
        for key in sorted(names):
            voices[key] = default_voice(key, "", tuple(taken))
            taken.append(voices[key])
        for key, name in names.items():
            self._newcomer(name, voices[key])

    def _newcomer(self, name: Name, voice: str = "") -> Role:
        taken = tuple(role.voice.id for role in self.roles.values())
        voice = voice or default_voice(name.key, "", taken)
        role = Role(
            id=slug(name.text),
            name=_readable(name.text),
            voice=VoiceChoice().spec(voice, language=self.language),
        )
        self.roles[name.key] = role
        return role


def resolve_cast(sources: Sources, reader: Reader, hiring: Hiring, *, language: str) -> Cast:
    """The roles of all character cards. Without any card a script's names are its cast."""
    findings = hiring.findings
    cards = sources.of("character")
    cast = Cast(lenient=sources.lenient or not cards, language=language)
    painted = paints_people(sources.script, hiring)
    voices, manners = voice_cards(sources, reader, hiring), personas(sources, findings)
    for card in cards:
        key = card.name.key
        if key in cast.roles:
            first = next(one for one in cards if one.name.key == key)
            findings.error(
                "N0201",
                f"{key} is in the cast twice",
                Label(card.name.span, "this card is not used"),
                Label(first.name.span, "first declared here"),
                hint="give one of them another name",
                fix=removal(card.span, "remove the second card", safe=False),
            )
            continue
        cast.declared[key] = card.name.span
        role = _role(card, cast, voices, manners, reader, hiring, painted=painted)
        cast.roles[key] = role
        _side(card, role, cast, findings)
    return cast


def _role(
    card: Card,
    cast: Cast,
    voices: dict[str, VoiceChoice],
    manners: dict[str, Manner],
    reader: Reader,
    hiring: Hiring,
    *,
    painted: bool,
) -> Role:
    findings = hiring.findings
    description = _text(card, "description")
    manner = read_persona(card.get("persona"), manners, findings)
    taken = tuple(role.voice.id for role in cast.roles.values())
    fallback = default_voice(card.name.key, description, taken)
    voice = read_voice(card.get("voice"), voices, fallback, findings)
    portraits = _portraits(card, reader, findings, painted=painted)
    lora = read_lora(card.get("lora"), reader, findings, painted=painted)
    spec = voice.spec(fallback, language=_text(card, "language") or cast.language)
    return Role(
        id=slug(card.name.text),
        name=_readable(card.name.text),
        portrait=portraits[0] if portraits else None,
        portraits=portraits,
        description=description,
        wardrobe=_text(card, "wardrobe"),
        caption=_text(card, "title"),
        voice=spec.replace(pace=round(spec.pace * manner.speed, 4)),
        position=_position(card, findings),
        voice_engine=voice.engine,
        engine=hiring.of(card.get("engine"), "portrait", "animate"),
        lora=lora,
        reference=voice.reference,
        emphasis=manner.emphasis,
        persona=PersonaSpec(motion=manner.motion, brows=manner.brows, blinks=manner.blinks),
        pause=manner.pause,
        mood=manner.mood,
    )


def _portraits(card: Card, reader: Reader, findings: Findings, *, painted: bool) -> tuple[str, ...]:
    """The pictures of a character, all that there are; one is drawn from the first, painters are shown all."""
    entries = [entry for entry in card.entries if entry.name == "portrait"]
    found = [path for entry in entries for path in assets(entry, reader, findings)]
    if len(found) > 1 and not painted:
        findings.carry("further portraits", entries[-1].span)
    return tuple(dict.fromkeys(found))


def _position(card: Card, findings: Findings) -> str:
    """Where somebody is beside a side: `left, by the window`."""
    entry = card.get("side")
    words = [part.strip() for part in entry.text.split(",")] if entry is not None else []
    others = [word for word in words if word.lower() not in SIDES]
    if entry is None or len(others) == len(words):
        return ""
    if others:
        findings.carry("a position in a place", entry.values[0].span)
    return ", ".join(others)


def _text(card: Card, name: str) -> str:
    entry = card.get(name)
    return "" if entry is None else " ".join(entry.text.split())


def _readable(name: str) -> str:
    """A name as it is read on screen: `MARA` is Mara."""
    return name.title() if name.isupper() else name


def _side(card: Card, role: Role, cast: Cast, findings: Findings) -> None:
    entry = card.get("side")
    if entry is None or not entry.values:
        return
    word = entry.text.split(",")[0].strip().lower()
    if word in SIDES:
        cast.sides[role.id] = SIDES[word]
        return
    known: dict[str, Span | None] = dict.fromkeys(("left", "centre", "right"))
    findings.unknown("N0210", f"{word} is no side", entry.values[0].span, word, known)
