"""Cues as an audience meets them: titles that go too soon, music that drowns the words."""

import re
from math import ceil

from duocast.compiler.lint.reading import NOTICED, READ
from duocast.compiler.review.cues import LOUDEST
from duocast.compiler.review.inventory import Inventory, SceneInventory
from duocast.language import Label, Span, insertion, replacement
from duocast.language.cue import Cue
from duocast.language.pattern import pattern

LOUD = -10.0
"""Decibels beside a voice above which music fights it."""
_TIME = pattern(r"(?<=,)(\s*)(?:for\s+)?[\d.]+\s*m?s\b", re.IGNORECASE)


def review_film(inventory: Inventory) -> None:
    """L0005 and L0013."""
    for cue in inventory.scene.cues:
        if cue.kind in ("title", "lower third"):
            _title(inventory, cue)
        elif cue.kind == "music":
            _music(inventory, inventory.scene, cue)


def _title(inventory: Inventory, cue: Cue) -> None:
    text = " ".join(one.text for one in cue.texts)
    needed = ceil((NOTICED + len(text) / READ) * 10) / 10
    if cue.seconds is None or cue.seconds >= needed:
        return
    matches = list(
        _TIME.finditer(inventory.sources.files[cue.span.path].text, cue.span.start, cue.span.end)
    )
    place = matches[-1] if matches else None
    wanted = f"{needed:.1f}s"
    inventory.findings.warning(
        "L0005",
        f"these words can't be read in {cue.seconds:g} s",
        Label(cue.span, f"reading them takes {needed:.1f} s"),
        hint=f"let them stand for {wanted}",
        fix=replacement(Span(place.end(1), place.end(), cue.span.path), wanted, safe=False)
        if place
        else None,
    )


def _music(inventory: Inventory, scene: SceneInventory, cue: Cue) -> None:
    """Music that does not say how loud it is plays under the voices anyway."""
    if (
        cue.stop
        or cue.duck
        or cue.level_db is None
        or not LOUD < cue.level_db <= LOUDEST
        or not scene.speeches
    ):
        return
    end = Span(cue.span.end, cue.span.end, cue.span.path)
    inventory.findings.note(
        "L0013",
        f"music at {cue.level_db:g} dB is as loud as the voices",
        Label(cue.span, "words are spoken over it"),
        hint="write duck under dialogue, or a level of about -18dB",
        fix=insertion(end, ", duck under dialogue", "let it make way for the voices", safe=False),
    )
