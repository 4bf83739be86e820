"""Reading: written words become phonemes (misaki's alphabet), and every phoneme knows its word.

Text is read as one sentence, so that `read`, `live`, `the` and numbers are said as their neighbours ask; then the
phonemes are dealt back to the words as they were written: `$599` stays one word, `Jan. 5th` two.
"""

import difflib
import unicodedata
from collections.abc import Mapping, Sequence
from functools import lru_cache
from itertools import pairwise
from typing import Any

from duocast.runtime.speech.lexicon import INTERJECTIONS, bare, pronunciation

_DASHES = str.maketrans({"–": "—", "―": "—"})
_DROPPED = frozenset('"“”„«»*_~`()[]{}<>|^')
PUNCTUATION = frozenset(";:,.!?—…")


def read_words(
    words: Sequence[str], *, british: bool, lexicon: Mapping[str, str] | None = None
) -> tuple[str, ...]:
    """The phonemes of each word, with its punctuation; empty for what is not spoken.

    `lexicon` maps a bare, lower-case word to a respelling or to /IPA/. Words in brackets are never spoken.
    """
    shown = [
        "" if hidden else _legible(word, british)
        for word, hidden in zip(words, _bracketed(words), strict=True)
    ]
    spoken = [index for index, word in enumerate(shown) if word]
    read = _read([shown[index] for index in spoken], british)
    phonemes = [""] * len(words)
    for index, phones in zip(spoken, read, strict=True):
        how = _override(words[index], lexicon or {}, british)
        phonemes[index] = how + _tail(words[index]) if how else _tidy(phones)
    return tuple(phonemes)


def _bracketed(words: Sequence[str]) -> list[bool]:
    """Which words stand in square or round brackets."""
    depth, hidden = 0, []
    for word in words:
        opened = sum(map(word.count, "[("))
        hidden.append(depth > 0 or word[:1] in ("[", "("))
        depth = max(0, depth + opened - sum(map(word.count, "])")))
    return hidden


def _legible(word: str, british: bool) -> str:
    """The word as the reader should see it: plain dashes and quotes, no shouting, no strange accents."""
    word = word.translate(_DASHES).replace("--", "—").replace("...", "…")
    word = "".join(letter for letter in word if letter not in _DROPPED)
    if not any(letter.isalnum() for letter in word):
        return word if any(letter in PUNCTUATION or letter in "&%@+=" for letter in word) else ""
    known = _known(bare(word), british)
    if word.isupper() and len(bare(word)) > 3 and not known:
        word = word.capitalize()
    if not known and not word.isascii():
        word = unicodedata.normalize("NFKD", word).replace("’", "'")
        word = "".join(letter for letter in word if not unicodedata.combining(letter))
    return word


def _known(word: str, british: bool) -> bool:
    lexicon = _reader(british).lexicon
    return word in lexicon.golds or word in lexicon.silvers


@lru_cache(maxsize=2)
def _reader(british: bool) -> Any:  # noqa: ANN401 - the library has no types
    from hibari.g2p import G2P

    return G2P(british=british)


def _read(words: Sequence[str], british: bool) -> list[str]:
    """The phonemes of each word, read as one text."""
    from hibari.g2p.normalize import normalize

    text = " ".join(words)
    spelt = normalize(text)
    reader = _reader(british)
    tokens = reader.phonemize_tokens(reader.tokenize(spelt))
    parts = _by_word(tokens, spelt.split())
    owners = _owners(words, spelt.split())
    phonemes = [""] * len(words)
    for owner, part in zip(owners, parts, strict=True):
        phonemes[owner] = f"{phonemes[owner]} {part}".strip() if part else phonemes[owner]
    return phonemes


def _by_word(tokens: Sequence[Any], spelt: Sequence[str]) -> list[str]:
    """The tokens' phonemes joined for each word of the spelt-out text, by counting letters."""
    parts, word, left = [""] * len(spelt), 0, len(spelt[0]) if spelt else 0
    for token in tokens:
        while left <= 0 and word + 1 < len(spelt):
            word += 1
            left = len(spelt[word])
        parts[word] += token.phonemes or ""
        left -= sum(not letter.isspace() for letter in token.text)
    return parts


def _owners(words: Sequence[str], spelt: Sequence[str]) -> list[int]:
    """For each word of the spelt-out text the written word that it belongs to."""
    from hibari.g2p.normalize import normalize

    owners: list[int] = []
    matcher = difflib.SequenceMatcher(a=words, b=spelt, autojunk=False)
    for kind, a0, a1, b0, b1 in matcher.get_opcodes():
        if kind == "equal":
            owners += range(a0, a1)
        elif a1 == a0:  # spelt out of the word before
            owners += [max(0, a0 - 1)] * (b1 - b0)
        else:
            counts = [len(normalize(word).split()) for word in words[a0:a1]]
            if sum(counts) != b1 - b0:
                counts = _shares(b1 - b0, [len(word) for word in words[a0:a1]])
            owners += [a0 + i for i, count in enumerate(counts) for _ in range(count)]
    return owners


def _shares(total: int, sizes: Sequence[int]) -> list[int]:
    """`total` things dealt in proportion to `sizes`."""
    ends, seen = [0], 0
    for size in sizes:
        seen += size
        ends.append(round(total * seen / max(1, sum(sizes))))
    return [b - a for a, b in pairwise(ends)]


def _override(word: str, lexicon: Mapping[str, str], british: bool) -> str:
    """The writer's own pronunciation of a word, or that of a sound that no dictionary knows."""
    key = bare(word).lower().replace("’", "'")
    ending = ""
    if key not in lexicon and key.endswith("'s") and key[:-2] in lexicon:
        key, ending = key[:-2], "z"
    if key in lexicon:
        syllable = lambda text: _read([text], british)[0]  # noqa: E731 - a door for the lexicon
        return pronunciation(lexicon[key], syllable, british=british) + ending
    return INTERJECTIONS.get(key, "")


def _tail(word: str) -> str:
    """The punctuation at a word's end that shapes the melody."""
    end = word.replace("--", "—").replace("...", "…").rstrip("\"'”’*)]")
    return end[-1:] if end[-1:] in PUNCTUATION else ""


def _tidy(phones: str) -> str:
    """One mark at a time, and no quotes."""
    out: list[str] = []
    for phone in phones:
        if phone in _DROPPED or (phone in PUNCTUATION and out and out[-1] in PUNCTUATION):
            continue
        out.append(phone)
    return "".join(out).strip()
