"""Spelling: the sounds of words in languages that nobody here can read, one for each letter, near enough for lips."""

import unicodedata
from collections.abc import Sequence

from duocast.runtime.speech.arpabet import ARPABET
from duocast.runtime.speech.lexicon import VOWELS
from duocast.runtime.speech.reading import PUNCTUATION

_TOGETHER = (
    ("sch", "ʃ"),
    ("tsch", "ʧ"),
    ("ch", "h"),
    ("sh", "ʃ"),
    ("th", "t"),
    ("ph", "f"),
    ("qu", "kw"),
    ("ng", "ŋ"),
)
_LETTERS = {
    "c": "k", "g": "ɡ", "q": "k", "r": "ɹ", "x": "ks", "z": "ts", "ß": "s", "ñ": "ɲ", "ø": "ø", "œ": "ø", "æ": "æ",
    "ç": "s", "đ": "d", "ł": "w", "ı": "ɪ", "þ": "θ", "ð": "ð",
    **dict(zip("абвгдежзийклмнопрстуфхыэюя", "abvɡdɛʒzijklmnopɹstufxɪɛua", strict=True)),
    "ё": "jo", "ц": "ts", "ч": "ʧ", "ш": "ʃ", "щ": "ʃ", "ъ": "", "ь": "", "і": "i", "ї": "ji", "є": "jɛ", "ґ": "ɡ",
    **dict(zip("αβγδεζηθικλμνοπρσςτυφχω", "avɡðɛziθiklmnopɹsstifxo", strict=True)),
    "ξ": "ks", "ψ": "ps",
}  # fmt: skip
_SYLLABLE = "tə"
"""What a sign of another script counts as."""


def spelt(words: Sequence[str]) -> tuple[str, ...]:
    """The sounds of each word (misaki's alphabet) with its punctuation at the end; empty for what is not spoken."""
    return tuple(_word(word) for word in words)


def _word(word: str) -> str:
    if word[:1] in ("[", "("):
        return ""
    text = unicodedata.normalize("NFC", word.lower())
    for letters, sound in _TOGETHER:
        text = text.replace(letters, sound)
    sounds = "".join(map(_letter, text))
    tail = word.rstrip("\"'”’»*)]")[-1:]
    if not sounds:
        return tail if tail in PUNCTUATION else ""
    voiced = sounds if any(sound in VOWELS for sound in sounds) else sounds + "ə"
    return voiced + (tail if tail in PUNCTUATION else "")


def _letter(letter: str) -> str:
    if letter in _LETTERS:
        return _LETTERS[letter]
    if letter in ARPABET:
        return letter
    plain = unicodedata.normalize("NFKD", letter)[0]
    if plain in _LETTERS or plain in ARPABET:
        return _LETTERS.get(plain, plain)
    if letter.isdigit():
        return _SYLLABLE * 2
    return _SYLLABLE if letter.isalpha() else ""
