"""Captions: `burnt in, large, yellow` becomes how they are delivered and how they look."""

from typing import Any

from duocast.compiler.operations.encode import CaptionStyle
from duocast.compiler.resolve.findings import Findings
from duocast.language import Entry, Label, Option, Span, parse_options

WAYS = {
    "burnt in": "burnt in",
    "burn in": "burnt in", "burned in": "burnt in", "on": "burnt in", "open": "burnt in",
    "sidecar": "sidecar", "files": "sidecar", "closed": "sidecar", "none": "none", "off": "none",
}  # fmt: skip
STYLES: dict[str, dict[str, Any]] = {
    "small": {"size": 0.8},
    "large": {"size": 1.3},
    "very large": {"size": 1.6},
    "white": {"colour": (255, 255, 255)},
    "yellow": {"colour": (255, 226, 64)},
    "cyan": {"colour": (110, 231, 249)},
    "green": {"colour": (134, 239, 120)},
    "no plate": {"plate": False},
    "plate": {"plate": True},
    "top": {"top": True},
    "at the top": {"top": True},
    "bottom": {"top": False},
}


def read_captions(entry: Entry, findings: Findings) -> dict[str, object]:
    """The way and the style. A style alone means that they are burnt in."""
    way: str | None = None
    style = CaptionStyle()
    styled: list[Option] = []
    for value in entry.values:
        for option in parse_options(value):
            word = " ".join(option.text.lower().split())
            if word in WAYS:
                way = WAYS[word]
            elif word in STYLES:
                style, styled = style.replace(**STYLES[word]), [*styled, option]
            else:
                _report_unknown(option, word, bool(way or styled), findings)
                return {}
    if styled and way in ("sidecar", "none"):
        _report_unseen(styled[0], way, findings)
    return {"captions": way or "burnt in", "caption_style": style}


def _report_unknown(option: Option, word: str, later: bool, findings: Findings) -> None:
    known: dict[str, Span | None] = dict.fromkeys(STYLES if later else (*WAYS, *STYLES))
    if later:
        title = f"captions can't be {word}"
        hint = "they can be small, large, yellow, cyan, green, no plate, at the top"
        fix = findings.without(option.span, "leave it out")
        findings.unknown("D0414", title, option.span, word, known, hint=hint, fix=fix)
        return
    hint = "captions are `burnt in`, `sidecar` or `none`"
    findings.unknown("D0404", f"{word} is no way to caption", option.span, word, known, hint=hint)


def _report_unseen(option: Option, way: str, findings: Findings) -> None:
    findings.warning(
        "D0413",
        f"captions that are {'not made' if way == 'none' else 'files beside the film'} have no style",
        Label(option.span, "nobody will see this"),
        hint="write `Captions: burnt in, large, yellow` to have them in the picture",
        fix=findings.without(option.span, "leave the style out"),
    )
