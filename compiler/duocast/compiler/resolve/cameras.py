"""Camera cards: what `[camera HANDS]` stands for."""

from msgspec import Struct, field

from duocast.compiler.resolve.engines import Hiring
from duocast.compiler.resolve.findings import Findings
from duocast.compiler.resolve.looks import report_twice
from duocast.compiler.resolve.sources import Sources
from duocast.compiler.screenplay import EngineChoice
from duocast.language import Card, Entry, Name, Shot, Span, nearest, read_direction, replacement
from duocast.language.vocabulary import phrases

FIELDS = {
    "size": ("size", "framing"),
    "lens": ("lens_mm",),
    "angle": ("angle",),
    "move": ("move",),
    "subjects": ("subjects", "framing"),
}
"""What each key of a card may say of a shot."""
WORDS = {
    "size": ("SIZE", "FRAMING"),
    "lens": (),
    "angle": ("ANGLE",),
    "move": ("MOVE",),
    "subjects": (),
}
EXAMPLES = {"size": "CU", "lens": "100mm", "angle": "high", "move": "slow push in"}


class CardCamera(Struct, frozen=True, gc=False):
    """The shots that a card describes, one for each of its lines, and who makes them."""

    shots: tuple[Shot, ...]
    engine: EngineChoice | None = None


class Cameras(Struct):
    """Camera cards by the key of their name."""

    findings: Findings
    cameras: dict[str, CardCamera] = field(default_factory=dict)
    declared: dict[str, Span | None] = field(default_factory=dict)

    def find(self, name: Name) -> CardCamera | None:
        """The camera of a name; one that has no card is a finding."""
        found = self.cameras.get(name.key)
        if found is None:
            hint = f"declare it with a line `camera {name.key}`"
            title = f"there is no camera {name.key}"
            self.findings.unknown("N0303", title, name.span, name.key, self.declared, hint=hint)
        return found


def resolve_cameras(sources: Sources, hiring: Hiring) -> Cameras:
    """All camera cards."""
    cameras = Cameras(hiring.findings)
    for card in sources.of("camera"):
        key = card.name.key
        if key in cameras.cameras:
            report_twice(hiring.findings, "N0304", "camera", card, cameras.declared[key])
            continue
        cameras.declared[key] = card.name.span
        cameras.cameras[key] = _camera(card, hiring)
    return cameras


def _camera(card: Card, hiring: Hiring) -> CardCamera:
    shots = [
        shot
        for entry in card.entries
        if entry.name in FIELDS and (shot := _shot(entry, hiring.findings)) is not None
    ]
    entry = card.get("engine")
    named = entry.values[0] if entry is not None and entry.values else None
    choice = hiring.for_shot(named.text.strip(), named.span) if named is not None else None
    return CardCamera(tuple(shots), choice)


def _shot(entry: Entry, findings: Findings) -> Shot | None:
    """What one line says; `high` is short for `high angle`."""
    if not entry.values:
        return None
    value = entry.values[0]
    for after in ("", f" {entry.name}"):
        found = read_direction(value, after=after)
        if len(found) == 1 and isinstance(found[0], Shot) and _says(found[0], entry.name):
            return found[0]
    words = phrases(*WORDS[entry.name])
    near = nearest(value.text.lower(), words)
    example = EXAMPLES.get(entry.name, "MARA and JONAS")
    findings.error(
        "D0421",
        f"the {entry.name} of this camera is not understood",
        value.span,
        hint=f"write it like `{entry.name}: {example}`",
        fix=replacement(value.span, near, safe=False) if near else None,
    )
    return None


def _says(shot: Shot, key: str) -> bool:
    return any(getattr(shot, name) for name in FIELDS[key])
