"""Cues with options that do nothing there, or that contradict each other."""

import re
from collections.abc import Iterable, Mapping
from itertools import chain
from operator import attrgetter

from duocast.compiler.resolve.findings import Findings
from duocast.compiler.resolve.sources import Sources
from duocast.compiler.review.inventory import Inventory, SceneInventory
from duocast.language import Edit, Fix, Label, Name, Span, removal, removal_from_list, replacement
from duocast.language.cue import Cue
from duocast.language.pattern import pattern

_FORCED = attrgetter("forced")
QUIETEST, LOUDEST = -80.0, 12.0
"""Decibels beside the ordinary level of a cue."""
_LEVEL = pattern(r"[+\-−–]?\d[\d.]*[ \t]?dB", re.IGNORECASE)
_FADE_OUT = pattern(r"fade out(?:[ \t]+[\d.]+[ \t]?\w+)?", re.IGNORECASE)
_FADE_IN = pattern(r"fade in(?:[ \t]+[\d.]+[ \t]?\w+)?", re.IGNORECASE)
_FROM = pattern(r"from[ \t]+[\d.]+[ \t]?\w+", re.IGNORECASE)
_LOOP = pattern(r"loop(?:ed)?", re.IGNORECASE)
_DUCK = pattern(r"\bduck[^,\]\n]*", re.IGNORECASE)
_STOP = pattern(r"stops?\b", re.IGNORECASE)

_RUN_ON = pattern(
    r"(?<=\w)[ \t]+([+\-−–]?\d[\d.]*[ \t]?dB|fade (?:in|out)(?: [\d.]+ ?m?s)?|duck under \w.*|until \w.* speaks"
    r"|at #\w+)$",
    re.IGNORECASE,
)

SEEN = ("title", "lower third", "chapter")
"""Kinds of cues that make no sound."""


def review_cues(inventory: Inventory) -> None:
    """All cues, each by itself."""
    for cue in inventory.scene.cues:
        _comma(inventory, cue)
        if cue.kind in SEEN:
            _silent(inventory, cue)
        else:
            _sounding(inventory, cue)
    _until(inventory, inventory.scene, inventory.cast)


def review_music(cues: Iterable[Cue], findings: Findings) -> None:
    """The music from the first to the last of all cues."""
    playing = False
    for cue in cues:
        if cue.stop and not playing:
            _report_silence(findings, cue)
        playing = not cue.stop


def _part(inventory: Inventory, cue: Cue, pattern: re.Pattern[str]) -> Span:
    """Where an option of a cue stands; the cue itself where that can't be seen."""
    last = max((text.span.end for text in cue.texts[:1]), default=cue.span.start)
    source = inventory.sources.files[cue.span.path]
    match = pattern.search(source.text, last, cue.span.end)
    return Span(*match.span(), cue.span.path) if match else cue.span


def _without(inventory: Inventory, cue: Cue, span: Span, *, safe: bool = False) -> Fix | None:
    if span is cue.span:
        return None
    text = inventory.sources.files[cue.span.path].text
    return removal_from_list(text, span, "leave it out", safe=safe)


def _comma(inventory: Inventory, cue: Cue) -> None:
    """`phone -12dB`: an option at the end of a description is taken for a part of it."""
    for text in cue.texts:
        match = None if text.quoted else _RUN_ON.search(text.text)
        if match is not None:
            gap = text.span.part(match.start(), match.start(1))
            inventory.findings.warning(
                "D0131",
                f"“{match.group(1)}” is taken for a part of the description",
                Label(text.span.part(*match.span(1)), "a comma is missing before this"),
                hint="put words of your own in quotes if they are meant",
                fix=Fix("put a comma before it", (Edit(gap, ", "),)),
            )


def _silent(inventory: Inventory, cue: Cue) -> None:
    """A title, a lower third or a chapter has nothing that could be heard."""
    said = (
        ("a level", _LEVEL, cue.level_db is not None),
        ("a loop", _LOOP, cue.loop),
        ("ducking", _DUCK, bool(cue.duck)),
        ("a place to start from", _FROM, cue.start is not None),
    )
    for name, shape, given in said:
        if given:
            span = _part(inventory, cue, shape)
            inventory.findings.warning(
                "D0125",
                f"a {cue.kind} is not heard: it has no use for {name}",
                span,
                fix=_without(inventory, cue, span, safe=True),
            )


def _sounding(inventory: Inventory, cue: Cue) -> None:
    if cue.level_db is not None and not QUIETEST <= cue.level_db <= LOUDEST:
        _report_level(inventory, cue, cue.level_db)
    elif (cue.level_db or 0.0) > 0:
        _check_sign(inventory, cue)
    if cue.start is not None and not cue.is_file:
        span = _part(inventory, cue, _FROM)
        inventory.findings.warning(
            "D0128",
            "only a file can be started from its middle",
            Label(span, "a description has no middle"),
            fix=_without(inventory, cue, span),
        )
    if cue.stop and cue.text:
        span = _part(inventory, cue, _STOP)
        inventory.findings.warning(
            "D0126",
            f"this cue names what to play, and stops {cue.kind}",
            Label(span, "nothing is played"),
            hint="write two cues: one that stops, one that starts",
            fix=_without(inventory, cue, span),
        )
    fades = (cue.fade_in or 0.0) + (cue.fade_out or 0.0)
    if cue.seconds is not None and fades > cue.seconds:
        _report_fades(inventory, cue, fades, cue.seconds)


def _report_level(inventory: Inventory, cue: Cue, level: float) -> None:
    span = _part(inventory, cue, _LEVEL)
    nearest = min(max(level, QUIETEST), LOUDEST)
    loud = level > LOUDEST
    inventory.findings.error(
        "D0114",
        f"{level:+g} dB is {'far too loud' if loud else 'not to be heard'}",
        Label(span, "did you forget the minus?" if loud else ""),
        hint=f"write one from {QUIETEST:g} to {LOUDEST:+g} dB; -18dB is usual for music under speech",
        fix=replacement(
            span, f"{-level if loud and -level >= QUIETEST else nearest:g}dB", safe=False
        )
        if span is not cue.span
        else None,
    )


def _check_sign(inventory: Inventory, cue: Cue) -> None:
    """A level above the ordinary has its plus; without it the minus may be lost."""
    span = _part(inventory, cue, _LEVEL)
    written = inventory.sources.files[cue.span.path].slice(span)
    if span is cue.span or "+" in written:
        return
    inventory.findings.warning(
        "D0132",
        f"{written} is louder than usual",
        Label(span, "did you forget the minus?"),
        hint=f"write +{written} if it is meant",
        fix=replacement(span, f"-{written}", safe=False),
    )


def _report_fades(inventory: Inventory, cue: Cue, fades: float, seconds: float) -> None:
    span = _part(inventory, cue, _FADE_OUT if cue.fade_out else _FADE_IN)
    word = "fade out" if cue.fade_out else "fade in"
    left = seconds - (cue.fade_in or 0.0) if cue.fade_out else seconds
    fit = left if left > 0 else seconds / 2
    inventory.findings.warning(
        "D0116",
        f"this cue fades for {fades:g} s and lasts {seconds:g} s",
        Label(span, "it never stands still"),
        fix=replacement(span, f"{word} {fit:g}s", safe=False) if span is not cue.span else None,
    )


def _report_silence(findings: Findings, cue: Cue) -> None:
    findings.warning(
        "D0127",
        "no music is playing here",
        Label(cue.span, "what should stop?"),
        fix=removal(cue.span, "remove the cue", safe=False),
    )


def review_cast(sources: Sources) -> dict[str, Span | None]:
    """Everybody by the key of their name, with the card that declares them; empty where no card does."""
    cast: dict[str, Span | None] = {
        card.name.key: card.name.span for card in sources.of("character")
    }
    if cast:
        speeches = chain.from_iterable(map(_FORCED, sources.stretches))
        cast |= {one.name.key: None for one in speeches if one.name.key not in cast}
    return cast


def _is_somebody(inventory: Inventory, name: Name, cast: Mapping[str, Span | None]) -> bool:
    """Whether a name is in the cast; a script without cards takes every name. Nobody's name is said."""
    if not cast or name.key in cast:
        return True
    title, hint = (
        f"there is no {name.key} in the cast",
        f"declare it with a line `character {name.key}`",
    )
    inventory.findings.unknown("N0204", title, name.span, name.key, cast, hint=hint)
    return False


def _until(inventory: Inventory, scene: SceneInventory, cast: Mapping[str, Span | None]) -> None:
    """Cues that duck under nobody, or wait for somebody who says nothing more in the scene."""
    for cue in scene.cues:
        until = cue.until
        if cue.duck_under is not None:
            _is_somebody(inventory, cue.duck_under, cast)
        if until is None or until.kind != "speaks" or until.name is None:
            continue
        if not _is_somebody(inventory, until.name, cast):
            continue
        key, start = until.name.key, cue.span.start
        later = [speech for speech in scene.speeches if speech.span.end > start]
        if key not in {speech.name.key for speech in later}:
            inventory.findings.warning(
                "D0129",
                f"{key} says nothing more in this scene",
                Label(until.span, "the cue lasts to the end of the scene"),
                hint="name somebody who speaks after it",
                fix=replacement(until.span, "until end of scene", safe=False),
            )
