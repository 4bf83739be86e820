"""Forced alignment: where each phone of a known text sounds in a recording, by a recogniser's acoustic model.

The recogniser is pocketsphinx with its American model. It gets no dictionary: every word of the text is entered with
the phones that our own reader gives it, so names and numbers are as well placed as any other word.
"""

from collections.abc import Sequence
from dataclasses import dataclass
from importlib.util import find_spec
from typing import Any

import numpy as np

from duocast.runtime.sound.file import resample
from duocast.runtime.speech.alignment import REST_AT_MARK, REST_AT_SPACE, Phone, rested
from duocast.runtime.speech.arpabet import ARPABET, spoken
from duocast.runtime.speech.reading import PUNCTUATION
from duocast.runtime.speech.signal import Sound
from duocast.runtime.speech.synthesis import RATE

HEARING_RATE = 16_000
FRAME = 0.01
"""Seconds of one step of the recogniser."""
LATE = 0.0128
"""Seconds from the beginning of a step to the middle of what it listens to."""
_LOUD, _HISS = 8000.0, 4.0
"""The level that a recording is brought to (RMS, 16 bits), and the noise under it: digital silence has no logarithm."""
_SETTINGS = {
    "samprate": HEARING_RATE,
    "lm": None,
    "dict": None,
    "cmn": "batch",
    "bestpath": False,
    "loglevel": "FATAL",
}
_BEAMS: tuple[dict[str, float], ...] = ({}, {"beam": 1e-120, "wbeam": 1e-100, "pbeam": 1e-120})
"""How much the recogniser gives up on the way; the second time hardly anything."""


@dataclass(frozen=True, slots=True)
class Alignment:
    """The phones of a text in a recording, and how well they fit: the mean logarithm of a step's likelihood."""

    phones: tuple[Phone, ...]
    fit: float


def can_align() -> bool:
    """Whether the recogniser is installed."""
    return find_spec("pocketsphinx") is not None


def forced(sound: Sound, read: Sequence[str]) -> Alignment | None:
    """Where the phones sound. `read` has the phonemes of each word, as `read_words` gives them; `sound` is at `RATE`.

    None if nothing is to be said, if the text can't be laid into the sound, or without the recogniser. The same
    arguments give the same alignment, whatever was aligned before.
    """
    said = {index: spoken(phones) for index, phones in enumerate(read) if spoken(phones)}
    if not said or not can_align() or not len(sound):
        return None
    content = _heard(sound)
    for beams in _BEAMS:
        found = _searched(content, said, beams)
        if found is not None:
            phones = [phone for phone, _ in found]
            fit = float(np.mean([score for _, score in found]))
            return Alignment(rested(phones, _marks(phones, read), sound), fit)
    return None


def _heard(sound: Sound) -> bytes:
    """The recording as the recogniser takes it."""
    out = resample(sound, RATE, HEARING_RATE).astype(np.float64)
    out *= _LOUD / max(float(np.sqrt(np.mean(out**2))), 1e-6)
    out += np.random.default_rng(0).standard_normal(len(out)) * _HISS
    return np.clip(np.rint(out), -32768, 32767).astype("<i2").tobytes()


def _searched(
    content: bytes, said: dict[int, tuple[str, ...]], beams: dict[str, float]
) -> list[tuple[Phone, float]] | None:
    """The phones with their scores by two passes: words into the sound, then phones into the words."""
    from pocketsphinx import Decoder

    decoder = Decoder(**_SETTINGS, **beams)
    for index, phones in said.items():
        decoder.add_word(f"w{index}", " ".join(one for phone in phones for one in ARPABET[phone]))
    try:
        decoder.set_align_text(" ".join(f"w{index}" for index in said))
        _decode(decoder, content)
        decoder.set_alignment()
        _decode(decoder, content)
        alignment = decoder.get_alignment()
    except RuntimeError:  # the text does not fit into the sound
        return None
    found: list[tuple[Phone, float]] = []
    waiting = list(said.items())
    for word in alignment.words() if alignment else ():  # an entry lives no longer than its turn
        if word.name.startswith("w") and waiting:
            found += _phones(word, *waiting.pop(0))
    return found if not waiting else None


def _decode(decoder: Any, content: bytes) -> None:  # noqa: ANN401 - the library has no types
    decoder.start_utt()
    decoder.process_raw(content, full_utt=True)
    decoder.end_utt()


def _phones(
    word: Any,  # noqa: ANN401 - the library has no types
    index: int,
    phones: Sequence[str],
) -> list[tuple[Phone, float]]:
    """A word's phones; one that is heard as two lasts as long as both."""
    heard = [(each.start, each.duration, each.score) for each in word]
    found = []
    for symbol in phones:
        own, heard = heard[: len(ARPABET[symbol])], heard[len(ARPABET[symbol]) :]
        start = own[0][0] * FRAME + LATE
        end = (own[-1][0] + own[-1][1]) * FRAME + LATE
        score = sum(each[2] for each in own) / sum(each[1] for each in own)
        found.append((Phone(symbol, index, start, end), score))
    return found


def _marks(phones: Sequence[Phone], read: Sequence[str]) -> list[float | None]:
    """After each phone the shortest silence that is a rest there: none inside a word."""
    marks: list[float | None] = [None] * len(phones)
    for place in range(len(phones) - 1):
        left, right = phones[place].word, phones[place + 1].word
        if left != right:
            pointed = any(each[-1:] in PUNCTUATION for each in read[left:right] if each)
            marks[place] = REST_AT_MARK if pointed else REST_AT_SPACE
    return marks
