"""Loudness norms: `EBU R128` or `-16 LUFS` becomes the level and the peak of the mix."""

from duocast.compiler.resolve.findings import Findings
from duocast.language import Entry, Span, parse_options, replacement

NORMS: dict[str, tuple[float, float]] = {
    "EBU R128": (-23.0, -1.0),
    "ATSC A/85": (-24.0, -2.0),
    "podcast": (-16.0, -1.0),
    "streaming": (-14.0, -1.0),
    "cinema": (-27.0, -2.0),
    "mobile": (-16.0, -1.0),
}
"""A norm's loudness in LUFS and its highest true peak in dBTP."""
NORM_WORDS = {
    "ebu": "EBU R128",
    "r128": "EBU R128",
    "broadcast": "EBU R128",
    "atsc": "ATSC A/85",
    "a/85": "ATSC A/85",
    "web": "streaming",
    "online": "streaming",
    "apple podcasts": "podcast",
}
LOUDEST, QUIETEST = -9.0, -40.0


def read_loudness(entry: Entry, findings: Findings) -> dict[str, object]:
    """The norm by its name or its level; `peak -2dB` after it lowers the true peak."""
    updates: dict[str, object] = {}
    for option in parse_options(entry.values[0]):
        name = " ".join(option.text.lower().split())
        norm = next((n for n in NORMS if n.lower() == NORM_WORDS.get(name, name).lower()), None)
        quantity = option.quantity
        if norm is not None:
            loudness, peak = NORMS[norm]
            updates |= {"norm": norm, "loudness": loudness, "true_peak": peak}
        elif quantity is not None and option.words.lower() == "peak" and quantity.value <= 0:
            updates["true_peak"] = quantity.value
        elif quantity is not None and QUIETEST <= quantity.value <= LOUDEST:
            updates["loudness"] = quantity.value
        else:
            _report(option.text, option.span, quantity.value if quantity else None, findings)
            return {}
    return updates


def _report(text: str, span: Span, level: float | None, findings: Findings) -> None:
    title = f"{text} is no loudness"
    if level is None:
        known: dict[str, Span | None] = dict.fromkeys((*NORMS, *NORM_WORDS))
        hint = f"write a level like `Loudness: -16 LUFS`, or a norm: {', '.join(NORMS)}"
        fix = replacement(span, "-16 LUFS", safe=False)
        findings.unknown("D0403", title, span, text, known, hint=hint, fix=fix)
        return
    hint = f"write it like `Loudness: -16 LUFS`, from {QUIETEST:g} to {LOUDEST:g}"
    nearest = min(max(level, QUIETEST), LOUDEST)
    fix = replacement(span, f"{nearest:g} LUFS", safe=False)
    findings.error("D0403", title, span, hint=hint, fix=fix)
