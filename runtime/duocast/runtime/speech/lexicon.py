"""How a writer says how a word is said: /IPA/ or a plain respelling, turned into misaki's alphabet."""

import re
from collections.abc import Callable

INTERJECTIONS = {
    "hm": "hm",
    "hmm": "hmːm",
    "hmmm": "hmːmː",
    "mhm": "mhˈm",
    "mm": "mˈm",
    "mm-hm": "mhˈm",
    "mm-hmm": "mhˈm",
    "mmm": "mːm",
    "pst": "psst",
    "psst": "psst",
    "sh": "ʃʃ",
    "shh": "ʃʃʃ",
    "shhh": "ʃʃʃʃ",
    "tsk": "tsk",
    "ugh": "ˈʌɡ",
    "uh-huh": "ʌhˈʌ",
    "uh-uh": "ˈʌʔʌ",
}
"""Sounds that people write and no dictionary reads well."""

VOWELS = frozenset("AIOQWYaeiouæɑɒɔəɐɚɛɜɪʊʌᵊᵻyøœ")
_TO_MISAKI = (
    ("t͡ʃ", "ʧ"),
    ("d͡ʒ", "ʤ"),
    ("tʃ", "ʧ"),
    ("dʒ", "ʤ"),
    ("eɪ", "A"),
    ("aɪ", "I"),
    ("aʊ", "W"),
    ("ɔɪ", "Y"),
    ("oʊ", "O"),
    ("əʊ", "Q"),
    ("ɝ", "ɜɹ"),
    ("ɚ", "əɹ"),
    ("r", "ɹ"),
    ("g", "ɡ"),
    ("ɫ", "l"),
    ("'", "ˈ"),
    ("e", "ɛ"),
)
_STRESS = "ˈˌ"


def bare(word: str) -> str:
    """A word without the marks around it."""
    return re.sub(r"^\W+|\W+$", "", word)


def pronunciation(how: str, read: Callable[[str], str], *, british: bool) -> str:
    """Misaki phonemes for `how`: IPA between slashes, or syllables as they sound.

    In `SHIV-awn` the capitals are the loud syllable. `read` gives the phonemes of one written syllable.
    """
    how = how.strip()
    if len(how) > 2 and how[0] == how[-1] == "/":
        return from_ipa(how[1:-1], british=british)
    return " ".join(_respelt(word, read) for word in how.split())


def from_ipa(ipa: str, *, british: bool) -> str:
    """IPA in misaki's alphabet: diphthongs and affricates are one letter, stress stands before the vowel."""
    for written, letter in _TO_MISAKI:
        ipa = ipa.replace(written, letter)
    ipa = ipa.replace(".", "")
    if not british:
        ipa = ipa.replace("ː", "").replace("Q", "O").replace("ɒ", "ɑ")
    return _stress_vowels(ipa)


def _stress_vowels(phones: str) -> str:
    """Stress marks moved from the syllable's start to its vowel."""
    out, waiting = [], ""
    for phone in phones:
        if phone in _STRESS:
            waiting = phone
            continue
        if waiting and phone in VOWELS:
            out.append(waiting)
            waiting = ""
        out.append(phone)
    return "".join(out)


def _respelt(word: str, read: Callable[[str], str]) -> str:
    syllables = [part for part in re.split(r"[-·]", word) if part]
    if len(syllables) == 1:
        return read(word.lower())
    loud = [len(part) > 1 and part.isupper() for part in syllables]
    if not any(loud):
        loud[0] = True
    return "".join(
        _syllable(read(part.lower()), stressed)
        for part, stressed in zip(syllables, loud, strict=True)
    )


def _syllable(phones: str, stressed: bool) -> str:
    plain = re.sub(r"[ˈˌ\s]", "", phones)
    if not stressed:
        return plain
    for index, phone in enumerate(plain):
        if phone in VOWELS:
            return f"{plain[:index]}ˈ{plain[index:]}"
    return plain
