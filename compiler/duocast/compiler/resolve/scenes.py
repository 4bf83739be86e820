"""Scenes: the blocks under a heading become what happens, who is there, and what is heard."""

import re
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from typing import Literal

from duocast.compiler.cover import (
    Acted,
    Cutaway,
    Directed,
    InlineCutaway,
    Item,
    Joined,
    Overlaid,
    Played,
    Policed,
    Spoken,
)
from duocast.compiler.estimate import estimate_take
from duocast.compiler.operations.compose import Person
from duocast.compiler.operations.encode import Overlay
from duocast.compiler.operations.speak import SpeakParams, TakeTimes
from duocast.compiler.reader import Reader
from duocast.compiler.resolve.broll import BROLL_SECONDS, read_footage
from duocast.compiler.resolve.cast import Cast
from duocast.compiler.resolve.cues import Heard
from duocast.compiler.resolve.findings import Findings
from duocast.compiler.resolve.speeches import TITLE_SECONDS, Speech, resolve_speech
from duocast.compiler.resolve.transitions import transition
from duocast.compiler.resolve.wishes import wish
from duocast.compiler.screenplay import Line, Role
from duocast.language import nodes as syntax
from duocast.language.cue import Cue
from duocast.language.direction import Coverage, Direction, Pause, Policy, Shot

MOST_SEEN = 6
"""People that one picture can hold; others of the scene are heard."""
ACTION_WORD = 0.26
ACTION_BASE = 0.7
SHORTEST_ACTION, LONGEST_ACTION = 1.2, 4.5
CARRIED = ("light", "grade")


@dataclass(slots=True)
class SceneWalk:
    """What has been found in a scene so far."""

    cast: Cast
    reader: Reader
    findings: Findings
    items: list[Item] = field(default_factory=list)
    heard: list[Heard] = field(default_factory=list)
    taken: set[str] = field(default_factory=set)
    action: list[str] = field(default_factory=list)
    waiting: list[Cue] = field(default_factory=list)
    """B-roll that will cover the next speech."""


def walk(scene: syntax.Scene, cast: Cast, reader: Reader, findings: Findings) -> SceneWalk:
    """The items of a scene, in order."""
    found = SceneWalk(cast, reader, findings)
    for index, block in enumerate(scene.blocks):
        cue = cue_of(block)
        if cue is not None and cue.kind == "b-roll":
            _broll(found, cue, scene.blocks[index + 1 :])
        else:
            _block(found, block)
    for cue in found.waiting:
        _stand_alone(found, cue)
    if not any(isinstance(item, Acted | Cutaway | Spoken | Directed) for item in found.items):
        found.items.append(Acted(seconds=2.0))
    return found


def _block(found: SceneWalk, block: syntax.Block) -> None:
    match block:
        case syntax.Speech():
            _speech(found, block)
        case syntax.Action():
            _action(found, block)
        case syntax.DirectionLine():
            _direction(found, block.direction)
        case syntax.CueLine():
            _cue(found, block.cue)
        case syntax.Transition():
            found.items.append(Joined(transition(block)))
        case syntax.Centred():
            _centred(found, block.text)
        case _:
            pass


def _speech(found: SceneWalk, block: syntax.Speech) -> None:
    role = found.cast.find(block.name, found.findings, forced=block.forced, cue=True)
    if role is None:
        return
    speech = resolve_speech(block, role, found.cast, found.findings, found.taken)
    if not speech.line.words and not any(s.kind == "vocal" for s in speech.line.segments):
        return
    params = SpeakParams(voice=role.voice, segments=speech.line.segments, manner=speech.line.manner)
    number = len(found.items)
    for word, cue in speech.cues:
        if cue.kind != "b-roll" and not _is_carried(found, cue):
            found.heard.append(Heard(cue, number, speech.line.id, word))
    estimate = estimate_take(params)
    found.items.append(
        Spoken(
            line=speech.line,
            estimate=estimate,
            together=block.together,
            breaks_in=block.breaks_in,
            pause=role.pause,
            cuts=speech.cuts,
            cutaways=(*_over(found, role, estimate), *_inside(found, speech)),
            overlays=speech.overlays,
        )
    )


def _over(found: SceneWalk, role: Role, take: TakeTimes) -> Iterator[InlineCutaway]:
    """The B-roll that waits for this speech, one after the other over its words."""
    after = 0.0
    waiting, found.waiting = found.waiting, []
    for index, cue in enumerate(waiting):
        if cue.under is not None and found.cast.find(cue.under, found.findings) is not role:
            found.waiting.append(cue)
            continue
        footage = read_footage(cue, found.reader, found.findings)
        if footage is None:
            continue
        if take.seconds <= after:
            title = f"the line is over before {footage.path} could be seen"
            found.findings.warning("D0504", title, cue.span, hint="shorten what comes before it")
            continue
        last = index + 1 == len(waiting)
        seconds = cue.seconds or (None if last else BROLL_SECONDS)
        word = sum(word.start < after for word in take.words)
        yield InlineCutaway(word, footage, seconds)
        after += seconds or 0.0


def _inside(found: SceneWalk, speech: Speech) -> Iterator[InlineCutaway]:
    for word, cue in speech.cues:
        footage = read_footage(cue, found.reader, found.findings) if cue.kind == "b-roll" else None
        if footage is not None:
            yield InlineCutaway(word, footage, cue.seconds)


def _action(found: SceneWalk, block: syntax.Action) -> None:
    for part in block.content:
        if not isinstance(part, syntax.Words | syntax.ActingNote):
            _direction(found, part)
    text = " ".join(block.text.split())
    if not text:
        return
    found.action.append(text)
    seconds = ACTION_BASE + ACTION_WORD * len(text.split())
    found.items.append(Acted(min(max(seconds, SHORTEST_ACTION), LONGEST_ACTION), text))


def _direction(found: SceneWalk, direction: Direction) -> None:
    match direction:
        case Shot():
            hold = direction.hold
            kind = hold.kind if hold is not None else ""
            seconds = hold.seconds if hold is not None else 0.0
            found.items.append(
                Directed(
                    wish(direction, found.cast, found.findings),
                    at_least=seconds if kind == "at least" else 0.0,
                    exactly=seconds if kind == "exactly" else None,
                )
            )
        case Coverage():
            found.items.append(Policed(direction.policy))
        case Pause():
            found.items.append(Acted(direction.seconds))
        case Cue():
            _cue(found, direction)
        case _:
            pass


def cue_of(block: syntax.Block) -> Cue | None:
    """The cue that a block is: a cue line, or a cue alone in brackets."""
    match block:
        case syntax.CueLine(cue):
            return cue
        case syntax.DirectionLine(Cue() as cue):
            return cue
        case _:
            return None


def _broll(found: SceneWalk, cue: Cue, following: tuple[syntax.Block, ...]) -> None:
    """B-roll right before a speech, or under somebody, covers it; elsewhere it is a shot of its own."""
    blocking = syntax.Action | syntax.DirectionLine | syntax.Transition | syntax.Centred
    for block in following:
        if isinstance(block, syntax.Speech):
            found.waiting.append(cue)
            return
        if isinstance(block, blocking) and cue_of(block) is None and cue.under is None:
            break
    _stand_alone(found, cue)


def _stand_alone(found: SceneWalk, cue: Cue) -> None:
    footage = read_footage(cue, found.reader, found.findings)
    if footage is not None:
        found.items.append(Cutaway(footage, cue.seconds or BROLL_SECONDS))


def _is_carried(found: SceneWalk, cue: Cue) -> bool:
    """Whether a cue is of a kind that no engine follows; the writer is told."""
    if cue.kind not in CARRIED:
        return False
    title = f"{cue.kind} cues are kept in the screenplay, but no engine follows them yet"
    found.findings.warning("D0501", title, cue.span)
    return True


def _cue(found: SceneWalk, cue: Cue) -> None:
    if _is_carried(found, cue):
        return
    if cue.kind in ("title", "lower third"):
        found.items.append(Overlaid(_overlay(found, cue)))
    else:
        found.heard.append(Heard(cue, len(found.items)))
        found.items.append(Played(len(found.heard) - 1))


def _overlay(found: SceneWalk, cue: Cue) -> Overlay:
    text, second = cue.text, cue.texts[1].text if len(cue.texts) > 1 else ""
    if cue.kind == "lower third":
        if not second and not cue.texts[0].quoted:
            text, _, second = (part.strip() for part in text.partition(","))
        role = found.cast.roles.get(" ".join(text.split()).upper())
        text, second = (role.name, second or role.caption) if role is not None else (text, second)
    kind: Literal["title", "lower third"] = "title" if cue.kind == "title" else "lower third"
    end = 0.4 + (cue.seconds or TITLE_SECONDS)
    return Overlay(kind=kind, text=text, second=second, start=0.4, end=end)


def _centred(found: SceneWalk, text: str) -> None:
    found.items.append(Overlaid(Overlay(kind="title", text=text, start=0.2, end=2.4)))
    found.items.append(Acted(2.6))


def people(found: SceneWalk) -> tuple[Person, ...]:
    """Who is seen in the scene, from left to right, and whom each one faces."""
    roles = list(dict.fromkeys(_seen(found)))[:MOST_SEEN]
    roles.sort(key=lambda role: found.cast.sides.get(role, 1))
    return tuple(
        Person(role=role, seat=i, faces=_faces(i, len(roles))) for i, role in enumerate(roles)
    )


def _seen(found: SceneWalk) -> list[str]:
    seen: list[str] = []
    for item in found.items:
        if isinstance(item, Spoken):
            seen += [item.line.role] if item.line.on_screen else []
            seen += [role for cut in item.cuts for role in cut.wish.subjects]
        elif isinstance(item, Directed):
            seen += item.wish.subjects
    words = set(re.findall(r"\w+", " ".join(found.action).upper()))
    named = [
        r.id
        for key, r in found.cast.roles.items()
        if words.intersection(key.split()[:1]) and r.id not in seen
    ]
    return seen + named


def _faces(seat: int, count: int) -> int | None:
    if count == 2:
        return 1 - seat
    middle = (count - 1) / 2
    return None if count < 2 or seat == middle else round(middle)


def addressed(items: list[Item], seen: tuple[str, ...], roles: dict[str, Role]) -> list[Item]:
    """The items with each line spoken to somebody: who is named in it, or who spoke before, or who speaks next."""
    speakers = [item.line.role if isinstance(item, Spoken) else None for item in items]
    result: list[Item] = []
    for index, item in enumerate(items):
        if isinstance(item, Spoken):
            before = [s for s in speakers[:index] if s and s != item.line.role]
            after = [s for s in speakers[index + 1 :] if s and s != item.line.role]
            target = _target(item.line, [*before[-1:], *after[:1]], seen, roles)
            shown = item.line.on_screen and item.line.role in seen
            line = item.line.replace(addresses=target, on_screen=shown)
            result.append(replace(item, line=line))
        else:
            result.append(item)
    return result


def _target(
    line: Line, near: list[str], seen: tuple[str, ...], roles: dict[str, Role]
) -> str | None:
    others = [role for role in seen if role != line.role]
    words = {word.strip(".,;:!?\"'").lower() for word in (*line.words[:1], *line.words[-1:])}
    named = [role for role in others if roles[role].name.split()[0].lower() in words]
    choices = [*named, *(role for role in near if role in others), *others]
    return choices[0] if choices else None


def policy(place: str, seen: tuple[str, ...]) -> Policy:
    """The coverage of a scene whose writer names none."""
    if len(seen) == 1:
        return "monologue"
    if len(seen) > 2 and re.search(r"podcast|studio|radio", place, re.IGNORECASE):
        return "podcast"
    return "conversation"
