"""The title page: format, loudness, captions, disclosure and look."""

import re
from fractions import Fraction

from duocast.compiler.operations.encode import LookSpec
from duocast.compiler.reader import Reader
from duocast.compiler.resolve.findings import Findings
from duocast.compiler.resolve.sources import Sources, asset
from duocast.compiler.screenplay import Delivery, Look
from duocast.compiler.timeline import Rate
from duocast.language import Card, Entry, Script, Span, parse_options, replacement

_FORMAT = re.compile(r"(\d{2,5})\s*[x×]\s*(\d{2,5})(?:\s*@\s*(\d+(?:\.\d+)?))?", re.IGNORECASE)
RATES = {"23.976": Rate(numerator=24000, denominator=1001), "29.97": Rate(numerator=30000, denominator=1001),
         "59.94": Rate(numerator=60000, denominator=1001)}  # fmt: skip
SMALLEST, LARGEST = 128, 7680
FASTEST = 120
CAPTIONS = {
    "burnt in": "burnt in",
    "burn in": "burnt in", "burned in": "burnt in", "on": "burnt in", "open": "burnt in",
    "sidecar": "sidecar", "files": "sidecar", "closed": "sidecar", "none": "none", "off": "none",
}  # fmt: skip
CORNERS = ("end card", "top left", "top right", "bottom left", "bottom right")
NONE = ("none", "off", "no")
LOUDEST, QUIETEST = -9.0, -40.0
LOOK_NUMBERS = ("grain", "vignette", "warmth", "saturation", "contrast", "fade")


def resolve_delivery(script: Script, findings: Findings) -> Delivery:
    """What the title page says of the finished film; the rest is the ordinary."""
    delivery = Delivery()
    updates: dict[str, object] = {}
    for entry in script.title_page:
        if not entry.values:
            continue
        if entry.name == "format":
            updates.update(_format(entry, findings))
        elif entry.name == "loudness":
            updates.update(_loudness(entry, findings))
        elif entry.name == "captions":
            updates.update(_captions(entry, findings))
        elif entry.name == "disclosure":
            updates.update(_disclosure(entry, findings))
        elif entry.name == "language":
            updates["language"] = entry.text.strip()
    return delivery.replace(**updates)


def _format(entry: Entry, findings: Findings) -> dict[str, object]:
    value = entry.values[0]
    match = _FORMAT.search(value.text)
    if match is None:
        title = f"{value.text} is no picture format"
        fix = replacement(value.span, "1280x720 @ 24", safe=False)
        hint = "write it like `Format: 1280x720 @ 24`"
        findings.error("D0401", title, value.span, hint=hint, fix=fix)
        return {}
    width, height = int(match[1]), int(match[2])
    rate = _rate(match[3] or "24")
    if not (min(width, height) >= SMALLEST and max(width, height) <= LARGEST) or rate is None:
        title = f"{value.text} can't be made"
        hint = f"sides from {SMALLEST} to {LARGEST} pixels, up to {FASTEST} frames a second"
        fix = replacement(value.span, _nearest_format(width, height, match[3]), safe=False)
        findings.error("D0402", title, value.span, hint=hint, fix=fix)
        return {}
    return {"width": width // 2 * 2, "height": height // 2 * 2, "rate": rate}


def _nearest_format(width: int, height: int, rate: str | None) -> str:
    """The format that can be made and is most like the one that can't."""
    width, height = (min(max(side, SMALLEST), LARGEST) // 2 * 2 for side in (width, height))
    return f"{width}x{height} @ {rate if rate and _rate(rate) else '24'}"


def _rate(text: str) -> Rate | None:
    if text in RATES:
        return RATES[text]
    value = Fraction(text)
    if not 1 <= value <= FASTEST:
        return None
    return Rate(numerator=value.numerator, denominator=value.denominator)


def _loudness(entry: Entry, findings: Findings) -> dict[str, object]:
    options = parse_options(entry.values[0])
    levels = [option.quantity.value for option in options if option.quantity is not None]
    if not levels or not QUIETEST <= levels[0] <= LOUDEST:
        title = f"{entry.text} is no loudness"
        hint = f"write it like `Loudness: -16 LUFS`, from {QUIETEST:g} to {LOUDEST:g}"
        level = min(max(levels[0], QUIETEST), LOUDEST) if levels else -16.0
        fix = replacement(entry.values[0].span, f"{level:g} LUFS", safe=False)
        findings.error("D0403", title, entry.values[0].span, hint=hint, fix=fix)
        return {}
    return {"loudness": levels[0]}


def _captions(entry: Entry, findings: Findings) -> dict[str, object]:
    word = " ".join(entry.text.lower().split())
    if word not in CAPTIONS:
        known: dict[str, Span | None] = dict.fromkeys(CAPTIONS)
        hint = "captions are `burnt in`, `sidecar` or `none`"
        findings.unknown(
            "D0404", f"{word} is no way to caption", entry.values[0].span, word, known, hint=hint
        )
        return {}
    return {"captions": CAPTIONS[word]}


def _disclosure(entry: Entry, findings: Findings) -> dict[str, object]:
    """Where the disclosure stands, or its words. It can be moved, never dropped."""
    word = " ".join(entry.text.lower().split())
    if word in CORNERS:
        return {"disclosure_place": word}
    if word in NONE:
        title = "the disclosure can't be dropped; it stays on the end card"
        hint = f"place it: `Disclosure: {' | '.join(CORNERS)}`"
        fix = replacement(entry.values[0].span, "end card", safe=False)
        findings.warning("D0405", title, entry.values[0].span, hint=hint, fix=fix)
        return {}
    return {"disclosure": " ".join(entry.text.split())}


def resolve_look(sources: Sources, reader: Reader, findings: Findings) -> Look:
    """The look that the title page names, or the only one that there is."""
    cards = {card.name.key: card for card in sources.of("look")}
    entry = sources.script.get("look")
    if entry is None or not entry.values:
        return Look()
    key = " ".join(entry.text.split()).upper()
    if key in cards:
        return _look(cards[key], reader, findings)
    known: dict[str, Span | None] = {name: card.name.span for name, card in cards.items()}
    hint = f"declare it with a line `look {key}`"
    findings.unknown(
        "N0401",
        f"there is no look {key}",
        entry.values[0].span,
        key,
        known,
        hint=hint,
        fix=findings.without(entry.span, "remove the line"),
    )
    return Look()


def _look(card: Card, reader: Reader, findings: Findings) -> Look:
    values: dict[str, float] = {}
    for entry in card.entries:
        if entry.name in LOOK_NUMBERS and entry.values:
            options = parse_options(entry.values[0])
            quantity = options[0].quantity if options else None
            if quantity is None:
                findings.error(
                    "D0410",
                    f"{entry.name} needs a number",
                    entry.values[0].span,
                    hint="for example `12%`",
                    fix=findings.without(entry.span, f"remove the {entry.name}"),
                )
            else:
                values[entry.name] = quantity.value / (100 if quantity.unit == "%" else 1)
    lut = asset(card.get("lut"), reader, findings)
    return Look(name=card.name.text, spec=LookSpec(**values), lut=lut)
