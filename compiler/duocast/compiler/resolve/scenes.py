"""Scenes: the blocks under a heading become what happens, who is there, and what is heard."""

from collections.abc import Iterator

from msgspec.structs import replace

from duocast.compiler.cover import (
    Acted,
    CameraWish,
    Cutaway,
    Directed,
    Graded,
    InlineCutaway,
    Joined,
    Lit,
    Overlaid,
    Spoken,
)
from duocast.compiler.estimate import Estimate, estimate
from duocast.compiler.operations.encode import Overlay
from duocast.compiler.operations.speak import Mark, SpeakParams, Words
from duocast.compiler.reader import Reader
from duocast.compiler.resolve.broll import BROLL_SECONDS, read_footage
from duocast.compiler.resolve.cuechecks import check_cue
from duocast.compiler.resolve.cues import Heard
from duocast.compiler.resolve.doings import cue_here, direct, heard_from, light_of
from duocast.compiler.resolve.overlays import overlay
from duocast.compiler.resolve.speeches import Speech, is_plain, resolve_speech
from duocast.compiler.resolve.transitions import transition
from duocast.compiler.resolve.walking import Known, SceneWalk
from duocast.compiler.resolve.wishes import Library
from duocast.compiler.screenplay import Line, Role, Segment
from duocast.language import nodes as syntax
from duocast.language.cue import Cue

ACTION_WORD = 0.26
ACTION_BASE = 0.7
SHORTEST_ACTION, LONGEST_ACTION = 1.2, 4.5
HAPPENING = Acted | Cutaway | Spoken | Directed


def walk(
    scene: syntax.Scene,
    library: Library,
    reader: Reader,
    known: dict[int, Known] | None = None,
) -> SceneWalk:
    """The items of a scene, in order. `known` are speeches that were resolved before; it is kept up."""
    found = SceneWalk(library, reader, known)
    if scene.heading is not None and scene.heading.establishing:
        found.items.append(Directed(CameraWish(framing="establishing")))
    for index, block in enumerate(scene.blocks):
        cue = cue_of(block) if type(block) is not syntax.Speech else None
        if cue is not None and cue.kind == "b-roll":
            _broll(found, cue, scene.blocks[index + 1 :])
        else:
            _block(found, block)
    for cue in found.waiting:
        _stand_alone(found, cue)
    for cue in found.hung:
        _hang(found, cue)
    for _, cue in found.introduced:
        found.items.append(Overlaid(overlay(cue, found.cast)))
    if not any(isinstance(item, HAPPENING) for item in found.items):
        found.items.append(Acted(seconds=2.0))
    return found


def _block(found: SceneWalk, block: syntax.Block) -> None:
    match block:
        case syntax.Speech():
            _speech(found, block)
        case syntax.Action():
            _action(found, block)
        case syntax.DirectionLine():
            direct(found, block.direction)
        case syntax.CueLine():
            cue_here(found, block.cue)
        case syntax.Transition():
            found.items.append(Joined(transition(block), span=block.span))
        case syntax.Centred():
            _centred(found, block.text)
        case _:
            pass


def _speech(found: SceneWalk, block: syntax.Speech) -> None:
    library, findings = found.library, found.findings
    role = library.cast.find(block.name, findings, forced=block.forced, cue=True)
    if role is None or _is_known(found, block, role):
        return
    said, carried = len(findings.items), len(findings.carried)
    speech = resolve_speech(block, role, library, found.taken)
    if not any(map(_heard, speech.line.segments)):
        return
    params = SpeakParams(voice=role.voice, segments=speech.line.segments, manner=speech.line.manner)
    take = estimate(params)
    number = len(found.items)
    found.items.append(
        Spoken(
            line=speech.line,
            estimate=take,
            together=block.together,
            breaks_in=block.breaks_in,
            pause=role.pause,
            cuts=speech.cuts,
            cutaways=_cutaways(found, role, speech, take),
            overlays=(*_introductions(found, role, speech), *speech.overlays)
            if found.introduced
            else speech.overlays,
            span=block.span,
        )
    )
    for murmur in speech.murmurs:
        found.items.append(heard_from(found, murmur.role, murmur.sound, at_word=murmur.word))
    if speech.cues:
        _cues(found, speech, number)
    quiet = said == len(findings.items) and carried == len(findings.carried)
    if found.known is not None and quiet and is_plain(block):
        _keep(found, block, role)


def _is_known(found: SceneWalk, block: syntax.Speech, role: Role) -> bool:
    """Whether a speech was resolved before, and what came of it is put down."""
    known = found.known.get(id(block)) if found.known is not None else None
    if known is None or known.speech is not block or known.role is not role:
        return False
    line = known.spoken.line
    if line.id in found.taken or found.waiting or found.introduced:
        return False
    found.taken[line.id] = 1
    found.items.append(known.spoken)
    return True


def _keep(found: SceneWalk, block: syntax.Speech, role: Role) -> None:
    """Remember a plain speech that nothing hangs on, unless its words came before in its scene."""
    spoken = found.items[-1]
    if found.known is None or not isinstance(spoken, Spoken) or spoken.cutaways or spoken.overlays:
        return
    if found.taken.get(spoken.line.id) == 1:
        found.known[id(block)] = Known(block, role, spoken)


def _cutaways(
    found: SceneWalk, role: Role, speech: Speech, take: Estimate
) -> tuple[InlineCutaway, ...]:
    over = tuple(_over(found, role, take)) if found.waiting else ()
    return (*over, *_inside(found, speech)) if speech.cues else over


def _heard(segment: Segment) -> bool:
    """Whether a part of a line makes it one."""
    return bool(segment.text.split()) if isinstance(segment, Words) else segment.kind == "vocal"


def _cues(found: SceneWalk, speech: Speech, number: int) -> None:
    """The cues of a line: sounds at their words, light and grade from the next picture on."""
    for word, cue in speech.cues:
        if cue.kind != "b-roll":
            check_cue(cue, found.findings)
        if cue.kind == "grade":
            found.items.append(Graded(found.library.looks.grade(cue)))
        elif cue.kind == "light":
            found.items.append(Lit(light_of(cue)))
            found.lit = found.lit or cue
        elif cue.kind != "b-roll":
            found.heard.append(Heard(cue, number, speech.line.id, word))


def _introductions(found: SceneWalk, role: Role, speech: Speech) -> Iterator[Overlay]:
    """The words that wait for what this role says."""
    for waiting in list(found.introduced):
        if waiting[0] == role.id:
            found.introduced.remove(waiting)
            yield overlay(waiting[1], found.cast, line=speech.line.id, word=0)


def _hang(found: SceneWalk, cue: Cue) -> None:
    """Words at a mark: they appear at its very word, in whatever shot that is."""
    name = cue.at.text if cue.at is not None else ""
    for number, item in enumerate(found.items):
        word = _word_of(item.line, name) if isinstance(item, Spoken) else None
        if isinstance(item, Spoken) and word is not None:
            made = overlay(cue, found.cast, line=item.line.id, word=word)
            found.items[number] = replace(item, overlays=(*item.overlays, made))
            return
    found.items.append(Overlaid(overlay(cue, found.cast)))


def _word_of(line: Line, mark: str) -> int | None:
    """The number of the word that a mark stands before."""
    said = 0
    for segment in line.segments:
        if isinstance(segment, Words):
            said += len(segment.text.split())
        elif isinstance(segment, Mark) and segment.name == mark:
            return min(said, max(0, len(line.words) - 1))
    return None


def _over(found: SceneWalk, role: Role, take: Estimate) -> Iterator[InlineCutaway]:
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
        if isinstance(part, Cue) and part.kind == "b-roll":
            _stand_alone(found, part)
        elif not isinstance(part, syntax.Words | syntax.ActingNote):
            direct(found, part)
    text = " ".join(block.text.split())
    if not text:
        return
    found.action.append(text)
    seconds = ACTION_BASE + ACTION_WORD * len(text.split())
    found.items.append(Acted(min(max(seconds, SHORTEST_ACTION), LONGEST_ACTION), text))


def cue_of(block: syntax.Block) -> Cue | None:
    """The cue that a block is: a cue line, or a cue alone in brackets."""
    if isinstance(block, syntax.CueLine):
        return block.cue
    if isinstance(block, syntax.DirectionLine) and isinstance(block.direction, Cue):
        return block.direction
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


def _centred(found: SceneWalk, text: str) -> None:
    found.items.append(Overlaid(Overlay(kind="title", text=text, start=0.2, end=2.4)))
    found.items.append(Acted(2.6))
