"""Recordings: what a voice that keeps no times has said becomes a take as our own voices make it."""

from collections.abc import Sequence
from dataclasses import dataclass, replace

import numpy as np

from duocast.compiler.operations.speak import SpeakParams
from duocast.runtime.speech.layout import MakeVocal
from duocast.runtime.speech.lexicon import bare
from duocast.runtime.speech.loudness import TARGET, limited, loudness
from duocast.runtime.speech.pieces import Piece, cut
from duocast.runtime.speech.placing import Spans, Way, placed
from duocast.runtime.speech.reading import read_words
from duocast.runtime.speech.score import Score, score_of
from duocast.runtime.speech.signal import Sound
from duocast.runtime.speech.spelling import spelt
from duocast.runtime.speech.synthesis import RATE
from duocast.runtime.speech.take import Take, assembled
from duocast.runtime.speech.throat import Throat, can_make

SHARED = "the times of words are estimated: the recogniser did not find them in the sound"
_MOST_GAIN = 20.0
"""dB by which one stretch of a line is made louder or softer to be like the others."""


@dataclass(frozen=True, slots=True)
class Recording:
    """The words `first` up to (not including) `last` of a line, said in one go; the sound is mono at `RATE`.

    `told` are the times of these words, if whoever said them tells.
    """

    sound: Sound
    first: int
    last: int
    told: Spans | None = None


def take_of(
    params: SpeakParams,
    recordings: Sequence[Recording],
    *,
    vocal: MakeVocal | None = None,
    remarks: Sequence[str] = (),
) -> Take:
    """The take of a line from its recordings in order: trimmed, with the line's own pauses, loud as every take.

    `vocal` makes breaths and laughs; without it there are those that need no voice. The times are the recordings'
    own, aligned, or (with a remark) estimated.
    """
    score = score_of(params) if vocal is not None else _without_voiced(score_of(params))
    read = phonemes(params, score)
    pieces: list[Piece] = []
    ways: set[Way] = set()
    for one in _alike(recordings):
        phones, way, _ = placed(one.sound, read[one.first : one.last], one.told)
        own = [replace(phone, word=phone.word + one.first) for phone in phones]
        pieces += cut(one.sound, own, score)
        ways.add(way)
    throat = Throat(params.seed)
    take = assembled(params, score, pieces, vocal or throat.vocal)
    told = (*remarks, *([SHARED] if "shared" in ways else []))
    return Take(take.sound, take.times.replace(remarks=tuple(told))) if told else take


def phonemes(params: SpeakParams, score: Score) -> tuple[str, ...]:
    """The phonemes of each word: as English is read, else a sound for each letter."""
    words = [word.text for word in score.words]
    language = params.voice.language.lower()
    if not language.startswith("en"):
        return spelt(words)
    lexicon = {bare(word).lower(): how for word, how in params.lexicon}
    return read_words(words, british=language == "en-gb", lexicon=lexicon)


def _alike(recordings: Sequence[Recording]) -> list[Recording]:
    """All stretches of a line equally loud."""
    if len(recordings) < 2:
        return list(recordings)
    return [replace(one, sound=_level(one.sound)) for one in recordings]


def _level(sound: Sound) -> Sound:
    level = loudness(sound, RATE)
    if not np.isfinite(level):
        return sound
    gain = min(_MOST_GAIN, max(-_MOST_GAIN, TARGET - level))
    return limited(sound * np.float32(10 ** (gain / 20)), RATE)


def _without_voiced(score: Score) -> Score:
    """The line without the sounds that only its own voice could make."""
    return Score(
        score.words,
        tuple(
            tuple(event for event in events if event.kind != "vocal" or can_make(event.sound))
            for events in score.events
        ),
    )
