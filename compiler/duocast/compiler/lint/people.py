"""People: those who are seen and do nothing, and those who change sides between two scenes."""

from collections.abc import Collection
from itertools import combinations

from duocast.compiler.cover import Acted
from duocast.compiler.lint.rehearsed import Rehearsed
from duocast.compiler.screenplay import Said, Scene, Shot
from duocast.language import Fix, Label, Span, insertion

SILENT = 60.0
"""Seconds in the picture without a word or a gesture after which one asks why somebody is there."""


def lint_silence(rehearsed: Rehearsed) -> None:
    """L0007: somebody is in the picture for a minute and neither speaks nor does anything."""
    if sum(rehearsed.lengths) <= SILENT:
        return
    longest = _stretches(rehearsed)
    for person in rehearsed.scene.people:
        seconds = longest[person.role]
        if seconds > SILENT:
            _report_silence(rehearsed, person.role, seconds)


def _stretches(rehearsed: Rehearsed) -> dict[str, float]:
    """By role: the longest time in the picture between two things that somebody says or does."""
    speakers = {spoken.line.id: spoken.line.role for spoken in rehearsed.spoken}
    longest = {person.role: 0.0 for person in rehearsed.scene.people}
    current = dict(longest)
    for role in _acting(rehearsed):
        current.pop(role, None)
    for shot, seconds in zip(rehearsed.shots, rehearsed.lengths, strict=True):
        seen = _seen(shot, current)
        for beat in shot.beats:
            speaker = speakers.get(beat.line, "") if isinstance(beat, Said) else ""
            if speaker in current:
                current[speaker] = -seconds if speaker in seen else 0.0
        for role in seen:
            if role in current:
                now = current[role] = current[role] + seconds
                if now > longest[role]:
                    longest[role] = now
    return longest


def _acting(rehearsed: Rehearsed) -> set[str]:
    """Those to whom the writer gives anything to do."""
    acted = [item.reactions for item in rehearsed.items if isinstance(item, Acted)]
    said = [item.line.reactions for item in rehearsed.spoken]
    return {reaction.role for reactions in (*acted, *said) for reaction in reactions}


def _seen(shot: Shot, everybody: Collection[str]) -> Collection[str]:
    """Those of a shot's people that are in the picture, each once."""
    if shot.broll is not None:
        return ()
    wide = shot.camera.framing in ("two-shot", "group", "establishing")
    return everybody if wide else dict.fromkeys(shot.camera.subjects)


def _report_silence(rehearsed: Rehearsed, role: str, seconds: float) -> None:
    who = rehearsed.name(role)
    rehearsed.findings.note(
        "L0007",
        f"{who} is seen for {seconds:.0f} s and neither speaks nor does anything",
        Label(_heading(rehearsed), "in this scene"),
        hint=f"give {who} something to do, as in [{who} nods], or a shot of their own that listens",
    )


def _heading(rehearsed: Rehearsed) -> Span:
    heading = rehearsed.block.heading
    return heading.span if heading is not None else rehearsed.block.span


def lint_seats(rehearsed: Rehearsed) -> None:
    """L0002: two people who go on in the same place have changed sides: the camera crosses their line."""
    if rehearsed.before is None or rehearsed.before[0].place != rehearsed.scene.place:
        return
    then, now = _seats(rehearsed.before[0]), _seats(rehearsed.scene)
    for one, other in combinations([role for role in now if role in then], 2):
        if (then[one] < then[other]) != (now[one] < now[other]):
            _report_crossing(rehearsed, one, other, left=one if then[one] < then[other] else other)
            return


def _seats(scene: Scene) -> dict[str, int]:
    return {person.role: person.seat for person in scene.people}


def _report_crossing(rehearsed: Rehearsed, one: str, other: str, *, left: str) -> None:
    names = f"{rehearsed.name(one)} and {rehearsed.name(other)}"
    card = rehearsed.declared.get(rehearsed.name(left))
    labels = [Label(_heading(rehearsed), "they sat the other way round in the scene before")]
    labels += [Label(card, "its card")] if card is not None else []
    rehearsed.findings.warning(
        "L0002",
        f"{names} change sides: the camera crosses the line between them",
        *labels,
        hint="give them a place on their cards, as in side: left",
        fix=_side(rehearsed, card) if card is not None else None,
    )


def _side(rehearsed: Rehearsed, card: Span) -> Fix | None:
    """A side on the card of the one who sat on the left."""
    source = rehearsed.findings.files.get(card.path)
    if source is None:
        return None
    end = source.text.find("\n", card.end)
    end = len(source.text) if end < 0 else end
    return insertion(
        Span(end, end, card.path), "\n  side: left", "let them keep their sides", safe=False
    )
