"""Lines: what each line of the script is, and which shots show it."""

import re
from collections import defaultdict
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass
from difflib import SequenceMatcher
from itertools import pairwise
from typing import TypeVar

from duocast.compiler.screenplay import Rest, Said, Scene, Screenplay, Shot
from duocast.language import Block, Script, Source, Span
from duocast.language import nodes as syntax

CARDS = ("title-card", "end-card")
_KINDS: Mapping[type, str] = {
    syntax.SceneHeading: "heading",
    syntax.Speech: "speech",
    syntax.Action: "action",
    syntax.DirectionLine: "direction",
    syntax.CueLine: "sound",
    syntax.Transition: "transition",
    syntax.Card: "card",
    syntax.Note: "remark",
    syntax.Boneyard: "remark",
    syntax.Section: "section",
    syntax.Synopsis: "remark",
    syntax.Centred: "centred",
    syntax.Lyric: "speech",
}
_LEADING = ("heading", "direction", "sound")
"""Kinds that belong to the picture after them."""
_TOKEN = re.compile(r"\S+")
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Row:
    """A line of the script: its text, what it is, and the ids of the shots that show it."""

    text: str
    kind: str
    shots: tuple[str, ...] = ()


@dataclass(frozen=True, slots=True)
class Run:
    """A heading and all that stands below it, or what stands before the first one: its lines [first, last)."""

    blocks: tuple[Block, ...]
    scene: Scene | None
    """What was made of it."""
    first: int
    last: int
    entries: tuple[syntax.Entry, ...] = ()
    """The title page."""


def runs(script: Script, source: Source, screenplay: Screenplay | None) -> list[Run]:
    """A file cut at its headings, each run beside its scene."""
    headings = [n for n, block in enumerate(script.blocks) if type(block) is syntax.SceneHeading]
    cuts = (0, *headings, len(script.blocks))
    blocks = [script.blocks[start:end] for start, end in pairwise(cuts)]
    story = [scene for scene in screenplay.scenes if scene.id not in CARDS] if screenplay else []
    opens = syntax.scene(None, tuple(_without_cards(blocks[0]))) is not None
    if opens and len(headings) == len(story) and headings:
        blocks[:2] = [blocks[0] + blocks[1]]  # what stands before the first heading opens its scene
    scenes: list[Scene | None] = [*story] if opens else [None, *story]
    scenes += [None] * len(blocks)
    starts = [1, *(source.position(part[0].span.start).line for part in blocks[1:])]
    ends = [*starts[1:], len(source.starts) + 1]
    entries = [script.title_page, *([()] * len(blocks))]
    return list(map(Run, blocks, scenes, starts, ends, entries))


def rows(run: Run, source: Source) -> tuple[Row, ...]:
    """Every line of a run, in order."""
    kinds = _kinds(run, source)
    shots: Mapping[int, Sequence[str]] = {}
    if run.scene is not None:
        told = list(_without_cards(run.blocks))
        shots = _with_leading(_of_scene(told, run.scene, source), told, source, kinds)
    return tuple(
        Row(source.line(number), kinds.get(number, ""), tuple(dict.fromkeys(shots.get(number, ()))))
        for number in range(run.first, run.last)
    )


def _without_cards(blocks: Iterable[Block]) -> Iterator[Block]:
    return (block for block in blocks if not isinstance(block, syntax.Card))


def _kinds(run: Run, source: Source) -> dict[int, str]:
    found: dict[int, str] = {}
    for entry in run.entries:
        found |= dict.fromkeys(_numbers(source, entry.span), "title")
    for block in run.blocks:
        kind = _KINDS.get(type(block), "")
        numbers = _numbers(source, block.span)
        found |= dict.fromkeys(numbers, kind)
        if isinstance(block, syntax.Speech):
            found[numbers[0]] = "cue"
            found |= {n: "note" for n in numbers[1:] if source.line(n).lstrip().startswith("(")}
        elif isinstance(block, syntax.Card):
            found |= dict.fromkeys(numbers[1:], "entry")
    return {number: kind for number, kind in found.items() if source.line(number).strip()}


def _of_scene(blocks: Sequence[Block], scene: Scene, source: Source) -> dict[int, list[str]]:
    """The lines of a scene that are said or done in a shot."""
    speeches = [b for b in blocks if isinstance(b, syntax.Speech)]
    actions = [b for b in blocks if isinstance(b, syntax.Action)]
    said = _paired(
        [tuple(speech.text.split()) for speech in speeches],
        [line.words for line in scene.lines],
    )
    line_of = {scene.lines[new].id: speeches[old] for old, new in said.items()}
    rests = [(shot, beat) for shot in scene.shots for beat in shot.beats if _is_rest(beat)]
    texts = [beat.text for _, beat in rests if isinstance(beat, Rest)]
    done = _paired([" ".join(action.text.split()) for action in actions], texts)
    found: dict[int, list[str]] = defaultdict(list)
    for shot in scene.shots:
        for number in _heard(shot, line_of, source):
            found[number].append(shot.id)
    for old, new in done.items():
        for number in _numbers(source, actions[old].span):
            found[number].append(rests[new][0].id)
    return found


def _is_rest(beat: Said | Rest) -> bool:
    return isinstance(beat, Rest) and bool(beat.text)


def _heard(shot: Shot, line_of: Mapping[str, syntax.Speech], source: Source) -> Iterator[int]:
    """The lines of the words that are said under a shot, and the name above them."""
    seen: set[int] = set()
    for beat in shot.beats:
        speech = line_of.get(beat.line) if isinstance(beat, Said) else None
        if speech is None or not isinstance(beat, Said):
            continue
        words = word_lines(speech, source)
        last = len(words) if beat.last is None else beat.last + 1
        heard = words[beat.first : last] or words[-1:]
        top = _numbers(source, speech.span)
        start = top[0] if beat.first == 0 or not heard else heard[0]
        seen |= set(range(start, (heard[-1] if heard else top[-1]) + 1))
        if beat.last is None:
            seen |= set(range(start, top[-1] + 1))
    yield from sorted(seen)


def word_lines(speech: syntax.Speech, source: Source) -> list[int]:
    """The number of the line on which each word of a speech stands."""
    found = []
    for part in speech.content:
        if isinstance(part, syntax.Words):
            for token in _TOKEN.finditer(source.slice(part.span)):
                found.append(source.position(part.span.start + token.start()).line)
    return found


def _with_leading(
    own: dict[int, list[str]], blocks: Iterable[Block], source: Source, kinds: Mapping[int, str]
) -> dict[int, list[str]]:
    """What leads to a picture (heading, camera, sound) belongs to it; a transition to what it leaves."""
    found = dict(own)
    spans = [_numbers(source, block.span) for block in blocks]
    for lines, following in reversed(list(pairwise(spans))):
        kind = kinds.get(lines[0], "")
        if kind in _LEADING and lines[0] not in own and following[0] in found:
            found |= dict.fromkeys(lines, found[following[0]][:1])
    for before, lines in pairwise(spans):
        if kinds.get(lines[0], "") in ("transition", *_LEADING) and lines[0] not in found:
            found |= {number: found.get(before[-1], [])[-1:] for number in lines}
    return found


def _paired(old: Sequence[T], new: Sequence[T]) -> dict[int, int]:
    """Which of the old is which of the new: all in order if they are as many, else those that are equal."""
    if len(old) == len(new):
        return dict(zip(range(len(old)), range(len(new)), strict=True))
    blocks = SequenceMatcher(None, old, new, autojunk=False).get_matching_blocks()
    return {a + k: b + k for a, b, size in blocks for k in range(size)}


def _numbers(source: Source, span: Span) -> range:
    first = source.position(span.start).line
    return range(first, max(first, source.position(max(span.start, span.end - 1)).line) + 1)
