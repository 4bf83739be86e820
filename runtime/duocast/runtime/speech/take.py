"""A take: one line's sound and the times of everything in it."""

import math
from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from duocast.compiler.operations.speak import PhoneTime, SpeakParams, TakeTimes, WordTime
from duocast.compiler.voices import Voice
from duocast.runtime.speech.delivery import Voicing, melody, paces, stressed
from duocast.runtime.speech.layout import Layout, MakeVocal, laid_out
from duocast.runtime.speech.lexicon import bare
from duocast.runtime.speech.loudness import TARGET, equalised, limited
from duocast.runtime.speech.manner import Manner, manner_of
from duocast.runtime.speech.pieces import TAIL, Piece, pieces_of
from duocast.runtime.speech.reading import PUNCTUATION, read_words
from duocast.runtime.speech.score import Phrase, Score, phrases_of, score_of
from duocast.runtime.speech.shape import doubled, energy, tilted
from duocast.runtime.speech.signal import Sound
from duocast.runtime.speech.synthesis import RATE, Synthesiser
from duocast.runtime.speech.vocals import Speaker, vocal_sound

SOUND_RATE = 48000
REST = "rest"
_ENVELOPE_STEP = 0.01
_WARMTH = 6.0
"""dB of tilt at warmth 1."""


@dataclass(frozen=True, slots=True)
class Take:
    """The sound (mono, 48 kHz, full scale 1) and its times."""

    sound: Sound
    times: TakeTimes


def make_take(params: SpeakParams, model: Synthesiser, voice: Voice) -> Take:
    """Say a line. The same arguments give the same take."""
    score, voicing = score_of(params), voicing_of(params)
    phrases = phrases_of(score, _phonemes(params, score, model, voice), model.longest)
    pieces = [
        piece for phrase in phrases for piece in _said(phrase, score, voicing, model, voice, params)
    ]
    speaker = Speaker(model, voice, voicing.pitch or 1.0, params.seed)
    return assembled(params, score, pieces, lambda name: vocal_sound(name, speaker))


def assembled(params: SpeakParams, score: Score, pieces: Sequence[Piece], vocal: MakeVocal) -> Take:
    """The pieces of a line laid on its clock with its pauses, `vocal` sounds and marks, and finished."""
    layout = laid_out(score, pieces, voicing_of(params).pace, vocal)
    sound = _finished(_mixed(layout), params, manner_of(params.manner), layout)
    return Take(sound, _times(score, layout, sound))


def voicing_of(params: SpeakParams) -> Voicing:
    """Pace and pitch of the whole line, by its voice and its acting note."""
    manner = manner_of(params.manner)
    pace = min(1.8, max(0.55, params.voice.pace * manner.pace))
    pitch = 2 ** ((params.voice.pitch + manner.pitch) / 12)
    return Voicing(pace, 0.0 if manner.whisper else pitch)


def _phonemes(
    params: SpeakParams, score: Score, model: Synthesiser, voice: Voice
) -> tuple[str, ...]:
    british = voice.accent == "UK" and model.british
    lexicon = {bare(word).lower(): how for word, how in params.lexicon}
    words = [word.text for word in score.words]
    return stressed(read_words(words, british=british, lexicon=lexicon), score)


def _said(
    phrase: Phrase,
    score: Score,
    voicing: Voicing,
    model: Synthesiser,
    voice: Voice,
    params: SpeakParams,
) -> list[Piece]:
    if all(token.word is None or token.symbol in PUNCTUATION for token in phrase.tokens):
        return []
    symbols = [token.symbol for token in phrase.tokens]
    pace, pitch = paces(phrase.tokens, score, voicing), melody(phrase.tokens, score, voicing)
    said = model.say(symbols, voice, pace, pitch, params.seed + phrase.words[0])
    return pieces_of(phrase, said, score)


def _mixed(layout: Layout) -> Sound:
    """Everything of a line in one sound at the models' rate, a margin at its end."""
    tail = TAIL if layout.pieces and _ends_with_speech(layout) else 0.0
    out = np.zeros(math.ceil((layout.seconds + tail) * RATE), np.float32)
    reference = _reference([placed.piece for placed in layout.pieces])
    for placed in layout.pieces:
        _add(out, placed.piece.sound, placed.at - placed.piece.head)
    for vocal in layout.vocals:
        gain = reference * 10 ** (vocal.vocal.level / 20) / _loud(vocal.vocal.sound)
        _add(out, vocal.vocal.sound * np.float32(gain), vocal.at)
    return out


def _ends_with_speech(layout: Layout) -> bool:
    last = layout.pieces[-1]
    return layout.seconds <= last.at + last.piece.end + 1e-6


def _add(out: Sound, sound: Sound, at: float) -> None:
    start = round(at * RATE)
    if start < 0:
        sound, start = sound[-start:], 0
    part = sound[: len(out) - start]
    out[start : start + len(part)] += part


def _reference(pieces: Sequence[Piece]) -> float:
    """How loud the speech is: the level of its louder half."""
    return float(np.median([_loud(piece.sound) for piece in pieces])) if pieces else 0.1


def _loud(sound: Sound) -> float:
    level = energy(sound, RATE, 0.01, 0.04)
    return max(1e-6, float(np.percentile(level, 80))) if len(level) else 1e-6


def _finished(sound: Sound, params: SpeakParams, manner: Manner, layout: Layout) -> Sound:
    """At 48 kHz, in its colour, equalised, and then as loud as its manner asks."""
    out = tilted(doubled(sound), SOUND_RATE, manner.tilt + _WARMTH * params.voice.warmth)
    target = TARGET
    if not layout.pieces and layout.vocals:
        target += max(placed.vocal.level for placed in layout.vocals)
    out = equalised(out, SOUND_RATE, target)
    return limited(out * np.float32(10 ** (manner.gain / 20)), SOUND_RATE)


def _times(score: Score, layout: Layout, sound: Sound) -> TakeTimes:
    seconds = len(sound) / SOUND_RATE
    return TakeTimes(
        seconds=round(seconds, 6),
        words=_words(score, layout),
        phones=_phones(layout, seconds),
        vocals=layout.vocal_times,
        marks=tuple(layout.marks),
        envelope=_envelope(sound),
    )


def _words(score: Score, layout: Layout) -> tuple[WordTime, ...]:
    """Every written word; one that is not spoken stands without length behind the one before it."""
    spans: dict[int, tuple[float, float]] = {}
    for placed in layout.pieces:
        for phone in placed.piece.phones:
            start = spans.get(phone.word, (placed.at + phone.start, 0.0))[0]
            spans[phone.word] = (start, placed.at + phone.end)
    words, last = [], 0.0
    for index, word in enumerate(score.words):
        start, end = spans.get(index, (last, last))
        last = end
        words.append(
            WordTime(
                text=word.text, start=round(start, 4), end=round(end, 4), emphasis=word.emphasis
            )
        )
    return tuple(words)


def _phones(layout: Layout, seconds: float) -> tuple[PhoneTime, ...]:
    """The phones of words and of sounds of the voice, and rests between them: the whole take without a hole."""
    heard = [
        (phone.symbol, placed.at + phone.start, placed.at + phone.end)
        for placed in layout.pieces
        for phone in placed.piece.phones
    ]
    heard += [
        (symbol, placed.at + start, placed.at + end)
        for placed in layout.vocals
        for symbol, start, end in placed.vocal.mouth
    ]
    out: list[PhoneTime] = []
    at = 0.0
    for symbol, start, end in [
        *sorted(heard, key=lambda phone: phone[1]),
        (REST, seconds, seconds),
    ]:
        start, end = max(at, round(start, 4)), round(end, 4)
        if start - at > 1e-3:
            out.append(PhoneTime(symbol=REST, start=at, end=start))
        else:
            start = at
        if end - start > 1e-4:
            out.append(PhoneTime(symbol=symbol, start=start, end=end))
            at = end
        else:
            at = start
    return tuple(out)


def _envelope(sound: Sound) -> tuple[float, ...]:
    """10 ms steps; the loudest syllables of the take come to 1."""
    level = energy(sound, SOUND_RATE, _ENVELOPE_STEP, 0.03)
    full = float(np.percentile(level, 98)) if len(level) else 0.0
    return tuple(round(float(value), 4) for value in np.minimum(level / max(full, 1e-5), 1.0))
