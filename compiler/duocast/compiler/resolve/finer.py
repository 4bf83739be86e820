"""Finer pictures that are asked for and can't be had: nobody here does it, or there is nothing to do it to."""

from collections.abc import Iterator

from duocast.compiler.engines import Engines
from duocast.compiler.graph import Operation
from duocast.compiler.lower.crew import FINER_ENGINES
from duocast.compiler.lower.finer import is_video, wanted
from duocast.compiler.resolve.findings import Findings
from duocast.compiler.screenplay import EngineChoice, Screenplay
from duocast.language import Script, Span

INSTEAD = {
    Operation.INTERPOLATE: "frames are shown again where some are missing",
    Operation.UPSCALE: "pictures are enlarged without new detail",
    Operation.RESTORE: "faces stay as they are",
}
OWN = "performer"
"""The animating engine whose pictures are drawn."""


def tell_finer(
    screenplay: Screenplay, script: Script, engines: Engines, findings: Findings
) -> None:
    """One note for what nobody here can do, one where no picture of the film can be made finer."""
    asked = wanted(screenplay.delivery, screenplay.engines)
    span = _place(script)
    if not asked or span is None:
        return
    kinds = set(_kinds(screenplay))
    useful = [work for work in asked if work is Operation.UPSCALE or "moving" in kinds]
    if not kinds or not useful:
        _tell_nothing(screenplay, span, findings)
        return
    unable = [work for work in useful if not _able(work, screenplay.engines, engines)]
    if unable:
        findings.note(
            "D0422",
            f"nobody here can {' or '.join(unable)}: {', '.join(INSTEAD[work] for work in unable)}",
            span,
            hint="duocast doctor says what is missing; the film is made without it",
        )


def _tell_nothing(screenplay: Screenplay, span: Span, findings: Findings) -> None:
    """Only where it was said in words: a size or a rate is asked for its own sake, too."""
    named = any(choice.operation in INSTEAD for choice in screenplay.engines)
    if screenplay.delivery.quality == "cinema" or named:
        findings.note(
            "D0423",
            "no picture of this film can be made finer",
            span,
            hint="what is drawn here is drawn at the film's size and rate; nothing needs to be changed",
        )


def _able(work: Operation, choices: tuple[EngineChoice, ...], engines: Engines) -> bool:
    """Whether the engine that is named is here, or the ordinary one."""
    if any(choice.here for choice in choices if choice.operation == work):
        return True
    known = engines.get(FINER_ENGINES.get(str(work), ""))
    return known is not None and known.here


def _kinds(screenplay: Screenplay) -> Iterator[str]:
    """`moving` and `still`, for the pictures of a film that are not drawn here."""
    if any(_films(choice) for choice in screenplay.engines):
        yield "moving"
    for scene in screenplay.scenes:
        for shot in scene.shots:
            if shot.broll is not None:
                yield "moving" if is_video(shot.broll) else "still"
            if shot.camera.engine is not None and _films(shot.camera.engine):
                yield "moving"
    if any(role.portrait for role in screenplay.roles):
        yield "still"
    if any(place.plate for place in screenplay.places):
        yield "still"


def _films(choice: EngineChoice) -> bool:
    return choice.operation == Operation.ANIMATE and choice.here and choice.name != OWN


def _place(script: Script) -> Span | None:
    """Where it is asked for: the quality, else the engine, else the format."""
    for name in ("quality", "engine", "format"):
        entry = script.get(name)
        if entry is not None and entry.values:
            return entry.values[0].span
    return None
