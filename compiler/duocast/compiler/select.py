"""Selection: a part of the film as a film of its own. Keys hold no position, so whatever is made for it is kept."""

import re

from duocast.compiler.screenplay import Scene, Screenplay, SoundCue

CARDS = ("title-card", "end-card")
_SELECTOR = re.compile(r"scene:(.+)", re.IGNORECASE)


class UnknownSelector(ValueError):
    """A selector that names nothing in the film; the message says what there is."""


def select(screenplay: Screenplay, selectors: tuple[str, ...]) -> Screenplay:
    """The film of the selected scenes: `scene:2` counts from 1, `scene:kitchen-night` names one, `scene:2-4` some.

    Raises `UnknownSelector`.
    """
    story = [scene for scene in screenplay.scenes if scene.id not in CARDS]
    chosen: set[str] = set()
    for selector in selectors:
        chosen |= _chosen(selector, story)
    kept = tuple(s for s in screenplay.scenes if s.id in chosen or s.id in CARDS[1:])
    shots = {shot.id for scene in kept for shot in scene.shots}
    heard = (_trimmed(cue, shots) for cue in screenplay.sounds)
    sounds = tuple(cue for cue in heard if cue is not None)
    chapters = tuple(chapter for chapter in screenplay.chapters if chapter.at.shot in shots)
    return screenplay.replace(scenes=kept, sounds=sounds, chapters=chapters)


def _chosen(selector: str, story: list[Scene]) -> set[str]:
    match = _SELECTOR.fullmatch(selector.strip())
    if match is None:
        raise UnknownSelector(f"{selector} is no selector; write scene:2, scene:2-4 or scene:NAME")
    wanted = match[1].strip()
    if span := re.fullmatch(r"(\d+)(?:-(\d+))?", wanted):
        first, last = int(span[1]), int(span[2] or span[1])
        found = {scene.id for number, scene in enumerate(story, 1) if first <= number <= last}
    else:
        found = {scene.id for scene in story if scene.id == wanted.lower()}
    if not found:
        names = ", ".join(f"{n} {scene.id}" for n, scene in enumerate(story, 1))
        raise UnknownSelector(f"there is no {selector}; the scenes are {names}")
    return found


def _trimmed(cue: SoundCue, shots: set[str]) -> SoundCue | None:
    """A cue whose end is cut off ends with the film; one that starts outside is not heard."""
    if cue.start.shot not in shots:
        return None
    if cue.stop is not None and cue.stop.shot not in shots:
        return cue.replace(stop=None)
    return cue
