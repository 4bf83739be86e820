"""ARPAbet: the phones of American speech recognisers, and which of them each misaki phone is heard as."""

from collections.abc import Mapping
from types import MappingProxyType

ARPABET: Mapping[str, tuple[str, ...]] = MappingProxyType(
    {
        "A": ("EY",), "I": ("AY",), "O": ("OW",), "Q": ("OW",), "W": ("AW",), "Y": ("OY",),
        "a": ("AA",), "e": ("EH",), "i": ("IY",), "o": ("AO",), "u": ("UW",), "y": ("IY",),
        "æ": ("AE",), "ø": ("ER",), "œ": ("ER",), "ɑ": ("AA",), "ɒ": ("AA",), "ɔ": ("AO",),
        "ə": ("AH",), "ɐ": ("AH",), "ɚ": ("ER",), "ɛ": ("EH",), "ɜ": ("ER",), "ɝ": ("ER",),
        "ɪ": ("IH",), "ʊ": ("UH",), "ʌ": ("AH",), "ᵊ": ("AH",), "ᵻ": ("IH",),
        "b": ("B",), "d": ("D",), "f": ("F",), "h": ("HH",), "j": ("Y",), "k": ("K",),
        "l": ("L",), "m": ("M",), "n": ("N",), "p": ("P",), "s": ("S",), "t": ("T",),
        "v": ("V",), "w": ("W",), "z": ("Z",), "x": ("K",), "ç": ("HH",), "ɫ": ("L",),
        "r": ("R",), "ɹ": ("R",), "g": ("G",), "ɡ": ("G",), "ŋ": ("NG",), "ð": ("DH",),
        "θ": ("TH",), "ʃ": ("SH",), "ʒ": ("ZH",), "ʤ": ("JH",), "ʧ": ("CH",), "T": ("D",),
        "ɾ": ("D",), "ʔ": ("T",), "ɲ": ("N", "Y"), "ʁ": ("R",), "q": ("K",), "c": ("K",),
    }
)  # fmt: skip
"""A phone that a recogniser of English lacks stands for the nearest that it has."""


def spoken(phones: str) -> tuple[str, ...]:
    """The phones of a word that sound, without stress, length and punctuation."""
    return tuple(phone for phone in phones if phone in ARPABET)
