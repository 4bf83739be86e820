"""A line's score: its words and what happens between them, cut into the phrases that are said in one breath."""

from collections.abc import Sequence
from dataclasses import dataclass

from duocast.compiler.operations.speak import Delivery, Mark, Pause, SpeakParams, Vocal, Words
from duocast.runtime.speech.manner import NEUTRAL, Manner, with_steps
from duocast.runtime.speech.reading import PUNCTUATION

Event = Pause | Vocal | Mark

SENTENCE = 200
"""Tokens that are said together at most, when there is a sentence end to split at."""


@dataclass(frozen=True, slots=True)
class Word:
    """A written word, its emphasis, and how it is said beside the rest of the line."""

    text: str
    emphasis: int
    manner: Manner = NEUTRAL


@dataclass(frozen=True, slots=True)
class Score:
    """The words of a line; `events[i]` happen before word i, the last ones after all words."""

    words: tuple[Word, ...]
    events: tuple[tuple[Event, ...], ...]


@dataclass(frozen=True, slots=True)
class Token:
    """One letter of the phoneme alphabet. `word` is its word's index; spaces and pads have None."""

    symbol: str
    word: int | None


@dataclass(frozen=True, slots=True)
class Phrase:
    """Tokens that are synthesised in one piece."""

    tokens: tuple[Token, ...]

    @property
    def words(self) -> tuple[int, ...]:
        """The words that have a token, in order."""
        return tuple(dict.fromkeys(token.word for token in self.tokens if token.word is not None))


def score_of(params: SpeakParams) -> Score:
    """The line's words, split at white space, and the events at their places."""
    words: list[Word] = []
    events: list[list[Event]] = [[]]
    manner = NEUTRAL
    for segment in params.segments:
        if isinstance(segment, Words):
            for text in segment.text.split():
                words.append(Word(text, segment.emphasis, manner))
                events.append([])
        elif isinstance(segment, Delivery):
            manner = with_steps(segment.manner, segment.pace, segment.pitch)
        else:
            events[-1].append(segment)
    return Score(tuple(words), tuple(map(tuple, events)))


def timed(events: Sequence[Event]) -> bool:
    """Whether any of the events takes time."""
    return any(not isinstance(event, Mark) for event in events)


def phrases_of(score: Score, phonemes: Sequence[str], longest: int) -> tuple[Phrase, ...]:
    """The line in pieces of whole sentences that fit the model, longer sentences split at clauses or words."""
    limit = min(SENTENCE, longest)
    phrases: list[list[Token]] = []
    for sentence in _sentences(score, phonemes):
        for part in _parts(sentence, longest):
            if phrases and len(phrases[-1]) + len(part) < limit:
                phrases[-1] += [Token(" ", None), *part]
            else:
                phrases.append(part)
    return tuple(Phrase(tuple(phrase)) for phrase in phrases)


def _sentences(score: Score, phonemes: Sequence[str]) -> list[list[Token]]:
    sentences: list[list[Token]] = [[]]
    spoken = [index for index, phones in enumerate(phonemes) if phones]
    for index in spoken:
        phones = phonemes[index]
        if phones[-1] not in PUNCTUATION and timed(score.events[index + 1]) and index != spoken[-1]:
            phones += ","  # the voice closes the phrase before a pause
        here = sentences[-1]
        if here and not (len(phones) == 1 and phones in PUNCTUATION):
            here.append(Token(" ", None))
        here += [Token(symbol, index) for symbol in phones]
        if phones[-1] in ".!?…":
            sentences.append([])
    return [sentence for sentence in sentences if sentence]


def _parts(sentence: list[Token], longest: int) -> list[list[Token]]:
    """A sentence in parts that fit, cut behind a mark if there is one, else between words."""
    parts = []
    while len(sentence) > longest:
        spaces = [
            i for i in range(longest) if sentence[i].symbol == " " and sentence[i].word is None
        ]
        clauses = [i for i in spaces if sentence[i - 1].symbol in PUNCTUATION and i > longest // 3]
        cut = (clauses or spaces or [longest])[-1]
        parts.append(sentence[:cut])
        sentence = sentence[cut + bool(spaces) :]
    return [*parts, sentence]
