"""Hearing: a provider's sound and the times of its characters become a take as our own voices make it."""

import math
from collections.abc import Sequence
from itertools import pairwise
from typing import Any

import numpy as np

from duocast.compiler.estimate import PAUSES, word_seconds
from duocast.compiler.operations.speak import (
    MarkTime,
    Pause,
    PhoneTime,
    SpeakParams,
    TakeTimes,
    WordTime,
)
from duocast.runtime.speech.lexicon import bare
from duocast.runtime.speech.loudness import equalised
from duocast.runtime.speech.reading import PUNCTUATION, read_words
from duocast.runtime.speech.score import Score, score_of
from duocast.runtime.speech.shape import doubled, energy, faded, tilted
from duocast.runtime.speech.signal import Sound

RATE = 48_000
REST = "rest"
_EDGE, _FLOOR, _STEP, _WARMTH = 0.02, 10 ** (-45 / 20), 0.01, 6.0
_STRESS = frozenset("ˈˌ ")

Spans = list[tuple[float, float]]


def line_of(params: SpeakParams) -> str:
    """The words of a line as they are sent: one space between them."""
    return " ".join(word.text for word in score_of(params).words)


def take_of(params: SpeakParams, samples: Sound, notes: dict[str, Any]) -> tuple[Sound, TakeTimes]:
    """A take at 48 kHz from samples at 24 kHz: trimmed, with the line's own pauses, equalised, and all its times.

    `notes["alignment"]` has the times of the characters; without it, words get their share of the sound.
    """
    score, sound = score_of(params), doubled(samples)
    first, last = _heard(sound)
    spans = _aligned(score, notes.get("alignment")) or _shared(score, first, last)
    spans = [(max(start, first), max(end, first)) for start, end in spans]
    sound, shift = _trimmed(sound, first, last)
    spans = [(max(0.0, start - shift), max(0.0, end - shift)) for start, end in spans]
    sound, spans, marks = _with_pauses(sound, score, spans)
    sound = tilted(sound, RATE, _WARMTH * params.voice.warmth)
    sound = equalised(sound, RATE)
    return sound, _times(params, score, sound, spans, marks)


def _heard(sound: Sound) -> tuple[float, float]:
    """Seconds at which something is first and last heard."""
    level = energy(sound, RATE, _STEP, 0.02)
    loud = np.flatnonzero(level > _FLOOR * max(float(level.max(initial=0.0)), 1e-6))
    if not len(loud):
        return 0.0, len(sound) / RATE
    return float(loud[0]) * _STEP, (float(loud[-1]) + 1) * _STEP


def _aligned(score: Score, alignment: Any) -> Spans | None:  # noqa: ANN401 -- a provider's JSON
    """The span of each word by the times of its characters; None if they are not those of the line."""
    if not isinstance(alignment, dict):
        return None
    text = "".join(alignment.get("characters", ()))
    starts = alignment.get("character_start_times_seconds", ())
    ends = alignment.get("character_end_times_seconds", ())
    if not len(text) == len(starts) == len(ends):
        return None
    spans: Spans = []
    at = 0
    for word in score.words:
        at = text.find(word.text, at)
        if at < 0:
            return None
        last = at + len(word.text) - 1
        spans.append((float(starts[at]), max(float(starts[at]), float(ends[last]))))
        at = last + 1
    return spans


def _shared(score: Score, first: float, last: float) -> Spans:
    """Words by their syllables and signs, as long together as the sound."""
    lengths = [(word_seconds(word.text), PAUSES.get(word.text[-1], 0.0)) for word in score.words]
    whole = sum(map(sum, lengths)) - (lengths[-1][1] if lengths else 0.0)
    scale, at, spans = (last - first) / max(whole, 1e-6), first, []
    for said, pause in lengths:
        spans.append((at, at + said * scale))
        at += (said + pause) * scale
    return spans


def _trimmed(sound: Sound, first: float, last: float) -> tuple[Sound, float]:
    """From just before the first to just after the last that is heard, with short fades."""
    start = max(0, round((first - _EDGE) * RATE))
    end = min(len(sound), math.ceil((last + _EDGE) * RATE))
    edge = round(_EDGE * RATE / 2)
    return faded(sound[start:end], edge, edge), start / RATE


def _with_pauses(sound: Sound, score: Score, spans: Spans) -> tuple[Sound, Spans, list[MarkTime]]:
    """The silences that the writer asked for, put in between words; marks stand where they were written."""
    parts: list[Sound] = []
    marks: list[MarkTime] = []
    moved: Spans = []
    taken, added = 0, 0.0
    for index, events in enumerate(score.events):
        at = _between(spans, index, len(sound) / RATE)
        for event in events:
            if isinstance(event, Pause):
                cut = round(at * RATE)
                parts += [sound[taken:cut], np.zeros(round(event.seconds * RATE), np.float32)]
                taken, added = cut, added + event.seconds
            elif event.kind == "mark":
                marks.append(MarkTime(name=event.name, at=round(at + added, 4)))
        if index < len(spans):
            start, end = spans[index]
            moved.append((start + added, end + added))
    return np.concatenate([*parts, sound[taken:]]), moved, marks


def _between(spans: Spans, index: int, whole: float) -> float:
    """The instant before word `index`: the middle of the gap."""
    if not spans or index == 0:
        return 0.0
    if index >= len(spans):
        return whole
    return max(spans[index - 1][1], (spans[index - 1][1] + spans[index][0]) / 2)


def _times(
    params: SpeakParams, score: Score, sound: Sound, spans: Spans, marks: list[MarkTime]
) -> TakeTimes:
    seconds = len(sound) / RATE
    spans = _in_order(spans, seconds)
    level = energy(sound, RATE, _STEP, 0.03)
    full = float(np.percentile(level, 98)) if len(level) else 0.0
    return TakeTimes(
        seconds=round(seconds, 6),
        words=tuple(
            WordTime(text=word.text, start=start, end=end, emphasis=word.emphasis)
            for word, (start, end) in zip(score.words, spans, strict=True)
        ),
        phones=_phones(params, score, spans, seconds),
        marks=tuple(marks),
        envelope=tuple(
            round(float(value), 4) for value in np.minimum(level / max(full, 1e-5), 1.0)
        ),
    )


def _in_order(spans: Spans, seconds: float) -> Spans:
    """Words that do not overlap, inside the take."""
    out: Spans = []
    for start, end in spans:
        start = min(max(start, out[-1][1] if out else 0.0), seconds)
        out.append((round(start, 4), round(min(max(end, start), seconds), 4)))
    return out


def _phones(
    params: SpeakParams, score: Score, spans: Sequence[tuple[float, float]], seconds: float
) -> tuple[PhoneTime, ...]:
    """English words read into phonemes, each an equal share of its word; other languages have none."""
    if not params.voice.language.lower().startswith("en"):
        return ()
    lexicon = {bare(word).lower(): how for word, how in params.lexicon}
    texts = [word.text for word in score.words]
    british = params.voice.language.lower() == "en-gb"
    out: list[PhoneTime] = []
    at = 0.0
    for said, (start, end) in zip(
        read_words(texts, british=british, lexicon=lexicon), spans, strict=True
    ):
        symbols = [one for one in said if one not in PUNCTUATION and one not in _STRESS]
        if not symbols or end - start < 1e-3:
            continue
        if start - at > 1e-3:
            out.append(PhoneTime(symbol=REST, start=at, end=start))
        edges = [round(float(edge), 4) for edge in np.linspace(start, end, len(symbols) + 1)]
        edges[0] = out[-1].end if out else 0.0
        out += [
            PhoneTime(symbol=symbol, start=low, end=high)
            for symbol, (low, high) in zip(symbols, pairwise(edges), strict=True)
        ]
        at = end
    if seconds - at > 1e-3:
        out.append(PhoneTime(symbol=REST, start=at, end=round(seconds, 4)))
    return tuple(out)
