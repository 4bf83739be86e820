"""Places: where in the script the text stands that a piece of work is made from."""

from collections.abc import Iterator, Mapping

from duocast.compiler.identity import Settled
from duocast.compiler.identity.settle import Done
from duocast.compiler.lower.identity import fingerprint, slug
from duocast.compiler.plan.step import Plan, Step, Where
from duocast.compiler.resolve.sources import Sources
from duocast.compiler.resolve.speeches import FINGERPRINT
from duocast.compiler.screenplay import Said, Shot
from duocast.language import Source, Span
from duocast.language import nodes as syntax

WORDS = 60
"""Characters of the text that are shown."""


def with_places(plan: Plan, sources: Sources, settled: Settled) -> Plan:
    """The plan with the places of its steps in the script."""
    known = places(sources, settled)
    return plan.replace(steps=tuple([_placed(step, known) for step in plan.steps]))


def _placed(step: Step, known: Mapping[str, Where]) -> Step:
    parts = step.address.split("/")
    for length in range(len(parts), 0, -1):
        found = known.get("/".join(parts[:length]))
        if found is not None:
            return step.replace(where=found)
    return step


def places(sources: Sources, settled: Settled) -> dict[str, Where]:
    """Places by what addresses begin with: `kitchen-night/mara-8b936a`, `kitchen-night/shot-3`, `cast/mara`."""
    found = dict(_cards(sources, settled))
    headings = [block for block in sources.script.blocks if isinstance(block, syntax.SceneHeading)]
    speeches = [block for block in sources.script.blocks if isinstance(block, syntax.Speech)]
    at, number = 0, 0
    for scene in settled.done.values():
        heading = None
        if scene.fresh.heading and number < len(headings):
            heading = _where(sources, headings[number].span)
            number += 1
        if heading is not None:
            found[scene.kept.id] = heading
            found.setdefault(f"place/{scene.fresh.place}", heading)
        at = _lines(scene, speeches, at, sources, found)
        for shot in scene.settled.shots:
            place = _first(shot, scene, found) or heading
            if place is not None:
                found[shot.id] = place
    return found


def _lines(
    scene: Done, speeches: list[syntax.Speech], at: int, sources: Sources, found: dict[str, Where]
) -> int:
    """The places of a scene's lines; speeches stand in the script in the same order. Gives how far it came."""
    for kept in scene.kept.lines:
        for number in range(at, len(speeches)):
            if f"-{fingerprint(speeches[number].text, length=FINGERPRINT)}" in kept.fresh:
                found[f"{scene.kept.id}/{kept.id}"] = _where(sources, speeches[number].span)
                at = number + 1
                break
    return at


def _first(shot: Shot, scene: Done, found: Mapping[str, Where]) -> Where | None:
    """The place of the first line that is heard under a shot."""
    heard = (beat.line for beat in shot.beats if isinstance(beat, Said))
    return next((found.get(f"{scene.kept.id}/{line}") for line in heard), None)


def _cards(sources: Sources, settled: Settled) -> Iterator[tuple[str, Where]]:
    ids = {role.fresh: role.id for role in settled.identity.roles}
    for card in sources.cards:
        where = _where(sources, card.span)
        name = slug(card.name.text)
        if card.kind == "character":
            yield f"cast/{ids.get(name, name)}", where
        elif card.kind == "place":
            yield f"place/{name}", where


def _where(sources: Sources, span: Span) -> Where:
    source: Source | None = sources.files.get(span.path)
    if source is None:
        return Where(path=span.path, line=1, column=1)
    position = source.position(span.start)
    words = " ".join(source.slice(span).split())
    short = words if len(words) <= WORDS else words[: WORDS - 1] + "…"
    return Where(path=span.path, line=position.line, column=position.column, words=short)
