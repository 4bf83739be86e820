"""Chunks: a line in stretches that a model says in one go, split at sentences, then clauses, then words."""

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from duocast.runtime.speech.lexicon import bare
from duocast.runtime.speech.manner import Manner
from duocast.runtime.speech.reading import PUNCTUATION
from duocast.runtime.speech.score import Score, timed

_ENDS, _CLAUSES = ".!?…。！？", ",;:—–，；："
_CLOSING = "\"'”’*)]»"


@dataclass(frozen=True, slots=True)
class Chunk:
    """The words `first` up to (not including) `last` as the model gets them, and how they are said."""

    first: int
    last: int
    text: str
    manner: Manner


def chunks_of(score: Score, characters: int, lexicon: Mapping[str, str]) -> tuple[Chunk, ...]:
    """All words of a line in chunks of at most `characters` (a single longer word stays whole).

    `lexicon` has respellings by bare, lower-case word; words in brackets are not spoken. Whole sentences stand
    together as far as they fit; where the manner changes, a chunk ends.
    """
    texts = _texts(score, lexicon)
    found: list[Chunk] = []
    for first, last in _sentences(score, texts):
        for low, high in _parts(texts, first, last, characters):
            piece = _chunk(score, texts, low, high)
            if found and _joins(found[-1], piece, characters):
                found[-1] = _chunk(score, texts, found[-1].first, high)
            else:
                found.append(piece)
    return tuple(each for each in found if any(c.isalnum() for c in each.text))


def _joins(before: Chunk, piece: Chunk, characters: int) -> bool:
    fits = len(before.text) + 1 + len(piece.text) <= characters
    whole = before.text.rstrip(_CLOSING)[-1:] in _ENDS
    return fits and whole and before.manner == piece.manner


def _texts(score: Score, lexicon: Mapping[str, str]) -> list[str]:
    """What the model gets of each word; a comma where the line rests and nothing is written."""
    depth, texts = 0, []
    for index, word in enumerate(score.words):
        opened = word.text.count("(") + word.text.count("[")
        hidden = depth > 0 or word.text[:1] in ("(", "[")
        depth = max(0, depth + opened - word.text.count(")") - word.text.count("]"))
        text = "" if hidden else _respelt(word.text.replace("--", "—"), lexicon)
        resting = timed(score.events[index + 1]) and index + 1 < len(score.words)
        if text and resting and text.rstrip(_CLOSING)[-1:] not in PUNCTUATION:
            text += ","
        texts.append(text)
    return texts


def _respelt(word: str, lexicon: Mapping[str, str]) -> str:
    """The word as its respelling says, without the hyphens that part syllables; IPA helps no model."""
    core = bare(word)
    how = lexicon.get(core.lower(), "").strip()
    if not core or not how or how.startswith("/"):
        return word
    return word.replace(core, how.replace("-", " ").replace("·", " ").lower())


def _sentences(score: Score, texts: Sequence[str]) -> Iterator[tuple[int, int]]:
    first = 0
    for index, text in enumerate(texts):
        ended = text.rstrip(_CLOSING)[-1:] in _ENDS if text else False
        turned = (
            index + 1 < len(texts) and score.words[index + 1].manner != score.words[index].manner
        )
        if ended or turned or index + 1 == len(texts):
            yield first, index + 1
            first = index + 1


def _parts(
    texts: Sequence[str], first: int, last: int, characters: int
) -> Iterator[tuple[int, int]]:
    """A sentence in parts that fit, each ended behind a clause if one ends in its second half."""
    while first < last:
        end, length = first, -1
        while end < last and (end == first or length + 1 + len(texts[end]) <= characters):
            length += 1 + len(texts[end])
            end += 1
        if end < last:
            clauses = [n for n in range(first, end) if texts[n].rstrip(_CLOSING)[-1:] in _CLAUSES]
            late = [n + 1 for n in clauses if n + 1 - first > (end - first) // 2]
            end = late[-1] if late else end
        yield first, end
        first = end


def _chunk(score: Score, texts: Sequence[str], first: int, last: int) -> Chunk:
    text = " ".join(text for text in texts[first:last] if text)
    return Chunk(first, last, text, score.words[first].manner)
