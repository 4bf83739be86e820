"""What is wrong with captions: the rules of reading, checked on finished cues."""

from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from typing import Literal

from duocast.compiler.operations.delivery import CaptionParams
from duocast.compiler.timeline import Rate
from duocast.runtime.delivery.captions.breaks import ends_sentence
from duocast.runtime.delivery.captions.clock import SYNC_FRAMES
from duocast.runtime.delivery.captions.cue import Cue, frame_of

Rule = Literal["line length", "lines", "shortest", "longest", "gap", "reading speed", "sync", "cut"]


@dataclass(frozen=True, slots=True)
class CaptionFault:
    """A rule that cue number `cue` (from 0) breaks, and by how much, in words."""

    rule: Rule
    cue: int
    message: str


def caption_faults(
    cues: Sequence[Cue], rules: CaptionParams, rate: Rate, cuts: Sequence[int] = ()
) -> list[CaptionFault]:
    """All faults, in the cues' order. `cuts` are the frames at which another shot begins."""
    faults: list[CaptionFault] = []
    for index, cue in enumerate(cues):
        found = (*_rows(cue, rules), *_duration(cue, rules, rate), *_sync(cue, rate))
        faults += [CaptionFault(rule, index, message) for rule, message in found]
        if rules.cuts:
            faults += [CaptionFault("cut", index, m) for m in _straddles(cue, rules, rate, cuts)]
        if index + 1 < len(cues) and cues[index + 1].start - cue.end < rules.gap_frames:
            frames = cues[index + 1].start - cue.end
            faults.append(CaptionFault("gap", index, f"{frames} frames before the next cue"))
    return faults


def _rows(cue: Cue, rules: CaptionParams) -> Iterator[tuple[Rule, str]]:
    for row in cue.rows:
        if len(row) > rules.line_length:
            yield "line length", f"{len(row)} characters: {row}"
    if len(cue.rows) > rules.lines:
        yield "lines", f"{len(cue.rows)} lines"


def _duration(cue: Cue, rules: CaptionParams, rate: Rate) -> Iterator[tuple[Rule, str]]:
    frame = float(rate.seconds(1))
    seconds = (cue.end - cue.start) * frame
    if seconds < rules.shortest - frame / 2:
        yield "shortest", f"{seconds:.2f} s: {cue.text}"
    if seconds > rules.longest + frame / 2:
        yield "longest", f"{seconds:.2f} s"
    if cue.length > rules.reading_speed * (seconds + frame / 2):
        yield "reading speed", f"{cue.length / seconds:.1f} characters a second: {cue.text}"


def _sync(cue: Cue, rate: Rate) -> Iterator[tuple[Rule, str]]:
    late = cue.start - frame_of(cue.first_word, rate)
    if abs(late) > SYNC_FRAMES:
        yield "sync", f"{late:+d} frames from its first word"


def _straddles(cue: Cue, rules: CaptionParams, rate: Rate, cuts: Sequence[int]) -> Iterator[str]:
    """Cuts under the cue that it could have kept clear of."""
    fps = float(rate.fps)
    needed = max(rules.shortest, cue.length / rules.reading_speed) * fps
    spoken = frame_of(cue.last_word, rate) + 1
    for cut in cuts:
        if not cue.start < cut < cue.end:
            continue
        if cut >= spoken and cut - cue.start >= needed:
            yield f"stays over the cut at frame {cut}"
        elif _could_split(cue, cut, rules, fps):
            yield f"a sentence ends at the cut at frame {cut}, and the cue goes on"


def _could_split(cue: Cue, cut: int, rules: CaptionParams, fps: float) -> bool:
    """A sentence ends on the cut, and there is time to read both halves."""
    if len(cue.lines) != 1:
        return False
    words = cue.lines[0].words
    for at, (a, b) in enumerate(pairwise(words), start=1):
        if not ends_sentence(a.text) or not abs((a.end + b.start) / 2 * fps - cut) <= 6:
            continue
        first = len(" ".join(w.text for w in words[:at]))
        second = len(" ".join(w.text for w in words[at:]))
        halves = ((first, cut - cue.start), (second, cue.end - cut - rules.gap_frames))
        if all(n >= max(rules.shortest, c / rules.reading_speed) * fps for c, n in halves):
            return True
    return False
