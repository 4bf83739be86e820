"""The title page: what leaves the house, and how the whole film is made."""

import re
from collections.abc import Callable, Mapping
from types import MappingProxyType

from duocast.compiler.resolve.captioning import read_captions
from duocast.compiler.resolve.findings import Findings
from duocast.compiler.resolve.formats import read_formats
from duocast.compiler.resolve.norms import read_loudness
from duocast.compiler.resolve.transitions import named_transition
from duocast.compiler.screenplay import Delivery
from duocast.language import Entry, Option, Script, Span, parse_options, replacement
from duocast.language.pattern import pattern

CORNERS = ("end card", "top left", "top right", "bottom left", "bottom right")
NONE = ("none", "off", "no")
QUALITIES = ("draft", "standard", "cinema")
LANGUAGES = {
    "english": "en", "american english": "en-US", "british english": "en-GB", "german": "de",
    "french": "fr", "spanish": "es", "italian": "it", "portuguese": "pt", "japanese": "ja",
    "chinese": "zh", "korean": "ko", "dutch": "nl", "polish": "pl", "russian": "ru",
    "swedish": "sv", "arabic": "ar", "hindi": "hi", "turkish": "tr",
}  # fmt: skip
_TAG = pattern(r"[A-Za-z]{2,3}(?:-[A-Za-z0-9]{2,8}){0,3}")
_ALSO = pattern(r"(?:also|and)\b\s*", re.IGNORECASE)
MOST_SEED = 2**31 - 1

Reading = Callable[[Entry, Findings], dict[str, object]]


def resolve_delivery(script: Script, findings: Findings) -> Delivery:
    """What the title page says of the finished film; the rest is the ordinary."""
    updates: dict[str, object] = {}
    for entry in script.title_page:
        read = READINGS.get(entry.name)
        if read is not None and entry.values:
            updates.update(read(entry, findings))
    return Delivery().replace(**updates)


def read_seed(script: Script, findings: Findings) -> int:
    """The number that picks other takes."""
    entry = script.get("seed")
    if entry is None or not entry.values:
        return 0
    text = entry.text.strip()
    if text.isdecimal() and int(text) <= MOST_SEED:
        return int(text)
    digits = re.sub(r"\D", "", text)[:9] or "1"
    findings.error(
        "D0417",
        f"{text} is no seed",
        entry.values[0].span,
        hint="a seed is a whole number, as in `Seed: 7`",
        fix=replacement(entry.values[0].span, digits, safe=False),
    )
    return 0


def _format(entry: Entry, findings: Findings) -> dict[str, object]:
    formats = read_formats(entry, findings)
    if not formats:
        return {}
    first = formats[0]
    return {
        "width": first.width,
        "height": first.height,
        "rate": first.rate,
        "also": formats[1:],
    }


def _quality(entry: Entry, findings: Findings) -> dict[str, object]:
    word, span = entry.text.strip().lower(), entry.values[0].span
    if word not in QUALITIES:
        known: dict[str, Span | None] = dict.fromkeys(QUALITIES)
        findings.unknown("D0415", f"there is no quality {word}", span, word, known)
        return {}
    return {"quality": word, "modest": word != "cinema"}


def _language(entry: Entry, findings: Findings) -> dict[str, object]:
    """`en-GB, also de`: the first is spoken, the others are wanted, too."""
    tags: list[str] = []
    for value in entry.values:
        for option in parse_options(value):
            tag = _tag(option, findings)
            tags += [tag] if tag else []
            if len(tags) > 1 and tag:
                findings.carry(f"the language {tag}", option.span)
    return {"language": tags[0], "languages": tuple(tags[1:])} if tags else {}


def _tag(option: Option, findings: Findings) -> str:
    text = _ALSO.sub("", option.text, count=1)
    if _TAG.fullmatch(text) and text.lower() not in LANGUAGES:
        return text
    span = option.span.part(len(option.text) - len(text), len(option.text))
    meant = LANGUAGES.get(" ".join(text.lower().split()))
    findings.error(
        "D0416",
        f"{text} is no language tag",
        span,
        hint="write it like en-GB, de or pt-BR",
        fix=replacement(span, meant or "en-US", safe=meant is not None),
    )
    return ""


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


def _transitions(entry: Entry, findings: Findings) -> dict[str, object]:
    made = named_transition(entry.values[0], findings)
    return {} if made is None else {"transition": made}


READINGS: Mapping[str, Reading] = MappingProxyType(
    {
        "format": _format,
        "loudness": read_loudness,
        "captions": read_captions,
        "disclosure": _disclosure,
        "language": _language,
        "quality": _quality,
        "transitions": _transitions,
    }
)
