"""How each token of a phrase is delivered: the pace and the melody of its manner, and what emphasis does to a word."""

import math
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from duocast.runtime.speech.alignment import STRESS
from duocast.runtime.speech.lexicon import VOWELS
from duocast.runtime.speech.score import Score, Token

SEMITONE = 2 ** (1 / 12)
_SLOWER = {0: 1.0, 1: 0.87, 2: 0.78}
_HIGHER = {0: 0.0, 1: 1.6, 2: 2.8}
LOUDER = {0: 0.0, 1: 1.5, 2: 3.0}
"""dB of a word by its emphasis."""
_GOLDEN = 0.6180339887498949
_AFTER = -0.6
"""Semitones of the word that follows a strong emphasis; it steps back."""


@dataclass(frozen=True, slots=True)
class Voicing:
    """Pace and pitch (factors) of a whole line; pitch 0 is a whisper."""

    pace: float
    pitch: float


def stressed(phonemes: Sequence[str], score: Score) -> tuple[str, ...]:
    """Emphasised words carry a primary stress, also where they have none when nobody means them (`you`, `all`)."""
    return tuple(
        _with_stress(phones) if word.emphasis else phones
        for phones, word in zip(phonemes, score.words, strict=True)
    )


def _with_stress(phones: str) -> str:
    if "ˈ" in phones:
        return phones
    if "ˌ" in phones:
        return phones.replace("ˌ", "ˈ", 1)
    for index, phone in enumerate(phones):
        if phone in VOWELS:
            return f"{phones[:index]}ˈ{phones[index:]}"
    return phones


def paces(tokens: Sequence[Token], score: Score, voicing: Voicing) -> list[float]:
    """The speed of every token: emphasised words are slower, their vowels most of all."""
    out = []
    for index, token in enumerate(tokens):
        emphasis = 0 if token.word is None else score.words[token.word].emphasis
        slower = _SLOWER[emphasis]
        own = voicing.pace * (1.0 if token.word is None else score.words[token.word].manner.pace)
        pace = own * (slower if token.symbol in VOWELS else (1 + slower) / 2)
        out.append(pace * _spread(index, own))
    return out


def _spread(index: int, pace: float) -> float:
    """A factor that differs from token to token, so that a line gets the length that its pace asks for.

    The models round every token to whole frames of 25 ms, and most tokens are two frames long: with one pace for all
    of them, 1.2 changes next to nothing and 1.35 halves half of them. A golden-ratio sequence spreads the rounding;
    measured over six takes the length then comes within 3 %.
    """
    strength = min(1.0, abs(math.log(pace)) / 0.12)
    return math.exp(0.5 * strength * (index * _GOLDEN % 1.0 - 0.5)) * (1 + 0.015 * strength)


def melody(tokens: Sequence[Token], score: Score, voicing: Voicing) -> list[float]:
    """The pitch factor of every token: up on the stressed syllable of an emphasised word."""
    steps = [0.0] * len(tokens)
    for word, places in _places(tokens).items():
        emphasis = score.words[word].emphasis
        before = score.words[word - 1].emphasis if word else 0
        if emphasis:
            _raise(steps, tokens, places, _HIGHER[emphasis])
        elif before == 2:
            for place in places:
                steps[place] = _AFTER
    return [
        voicing.pitch * _steered(score, token) * SEMITONE**step
        for token, step in zip(tokens, steps, strict=True)
    ]


def _steered(score: Score, token: Token) -> float:
    """The factor that a stretch of the line puts on a token's pitch; 0 is a whisper."""
    if token.word is None:
        return 1.0
    manner = score.words[token.word].manner
    return 0.0 if manner.whisper else SEMITONE**manner.pitch


def _raise(
    steps: list[float], tokens: Sequence[Token], places: Sequence[int], height: float
) -> None:
    """The stressed syllable at full height, what follows at half, what precedes at a third."""
    stress = [place for place in places if tokens[place].symbol in STRESS]
    peak = next((p for p in stress if tokens[p].symbol == "ˈ"), places[0])
    vowel = next((p for p in places if p > peak and tokens[p].symbol in VOWELS), peak)
    for place in places:
        near = peak <= place <= vowel + 1
        steps[place] = height if near else height / 2 if place > vowel else height / 3


def _places(tokens: Sequence[Token]) -> Mapping[int, list[int]]:
    places: dict[int, list[int]] = {}
    for index, token in enumerate(tokens):
        if token.word is not None:
            places.setdefault(token.word, []).append(index)
    return places
