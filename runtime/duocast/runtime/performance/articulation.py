"""What the mouth does for each sound: targets and their grip, for the misaki alphabet of English.

Values after the usual phonetic descriptions (openness, rounding, place of articulation); a consonant's grip on the
jaw and on the lips' width says how far its neighbours may colour it (Cohen and Massaro's dominance).
"""

from dataclasses import dataclass


@dataclass(frozen=True, slots=True)
class Shape:
    """One target of the mouth, in the pose's words; `jaw_grip` and `wide_grip` are 0 (transparent) to 1 (firm)."""

    jaw: float
    wide: float
    jaw_grip: float = 1.0
    wide_grip: float = 1.0
    press: float = 0.0
    bite: float = 0.0
    tongue: float = 0.0


REST = Shape(0.0, 0.0, 0.7, 0.35)

_VOWELS: dict[str, tuple[Shape, ...]] = {
    "ɑ": (Shape(0.92, -0.05),),
    "a": (Shape(0.88, 0.20),),
    "æ": (Shape(0.84, 0.45),),
    "ʌ": (Shape(0.66, 0.05),),
    "ə": (Shape(0.42, 0.02, 0.7, 0.4),),
    "ɐ": (Shape(0.50, 0.05, 0.8, 0.5),),
    "ɛ": (Shape(0.62, 0.35),),
    "e": (Shape(0.52, 0.50),),
    "ɜ": (Shape(0.48, -0.30),),
    "ɝ": (Shape(0.46, -0.32),),
    "ɚ": (Shape(0.38, -0.25, 0.7, 0.6),),
    "ɪ": (Shape(0.42, 0.40),),
    "i": (Shape(0.34, 0.80),),
    "ᵻ": (Shape(0.36, 0.25, 0.7, 0.5),),
    "ɔ": (Shape(0.78, -0.55),),
    "ɒ": (Shape(0.82, -0.30),),
    "o": (Shape(0.58, -0.75),),
    "ʊ": (Shape(0.40, -0.60),),
    "u": (Shape(0.30, -0.95),),
    "A": (Shape(0.60, 0.42), Shape(0.36, 0.68)),
    "I": (Shape(0.88, 0.12), Shape(0.42, 0.58)),
    "W": (Shape(0.86, 0.08), Shape(0.40, -0.72)),
    "Y": (Shape(0.70, -0.60), Shape(0.40, 0.52)),
    "O": (Shape(0.62, -0.50), Shape(0.34, -0.90)),
    "Q": (Shape(0.54, -0.20), Shape(0.34, -0.85)),
    "ᵊ": (Shape(0.32, 0.0, 0.5, 0.2),),
}

_CONSONANTS: dict[str, tuple[Shape, ...]] = {
    "p": (Shape(0.10, -0.05, 0.8, 0.25, press=1.0),),
    "b": (Shape(0.10, -0.05, 0.8, 0.25, press=1.0),),
    "m": (Shape(0.10, -0.02, 0.8, 0.25, press=1.0),),
    "f": (Shape(0.20, 0.12, 0.6, 0.35, bite=1.0),),
    "v": (Shape(0.20, 0.12, 0.6, 0.35, bite=0.9),),
    "θ": (Shape(0.24, 0.12, 0.7, 0.25, tongue=0.9),),
    "ð": (Shape(0.26, 0.10, 0.6, 0.2, tongue=0.8),),
    "t": (Shape(0.16, 0.15, 0.6, 0.15, tongue=0.2),),
    "d": (Shape(0.18, 0.15, 0.6, 0.15, tongue=0.2),),
    "n": (Shape(0.20, 0.12, 0.6, 0.15, tongue=0.3),),
    "s": (Shape(0.08, 0.32, 0.9, 0.4),),
    "z": (Shape(0.10, 0.32, 0.9, 0.4),),
    "ʃ": (Shape(0.14, -0.62, 0.9, 0.9),),
    "ʒ": (Shape(0.15, -0.58, 0.9, 0.9),),
    "ʧ": (Shape(0.13, -0.58, 0.9, 0.85),),
    "ʤ": (Shape(0.14, -0.55, 0.9, 0.85),),
    "k": (Shape(0.28, 0.08, 0.5, 0.1),),
    "ɡ": (Shape(0.28, 0.08, 0.5, 0.1),),
    "ŋ": (Shape(0.26, 0.08, 0.5, 0.1),),
    "h": (Shape(0.40, 0.05, 0.3, 0.05),),
    "l": (Shape(0.32, 0.10, 0.6, 0.2, tongue=0.6),),
    "ɹ": (Shape(0.26, -0.42, 0.7, 0.7),),
    "w": (Shape(0.18, -1.00, 0.9, 1.0),),
    "j": (Shape(0.26, 0.62, 0.7, 0.6),),
    "ɾ": (Shape(0.22, 0.12, 0.5, 0.1, tongue=0.3),),
    "T": (Shape(0.22, 0.12, 0.5, 0.1, tongue=0.3),),
    "ʔ": (Shape(0.22, 0.0, 0.3, 0.05),),
}
_SAME = {"g": "ɡ", "r": "ɹ", "ɫ": "l", "ʍ": "w", "x": "k", "ɨ": "ᵻ", "y": "u", "ø": "ɜ", "œ": "ɜ"}

VOWELS = frozenset(_VOWELS)
SHAPES: dict[str, tuple[Shape, ...]] = {**_VOWELS, **_CONSONANTS}
UNKNOWN = (Shape(0.3, 0.0, 0.5, 0.2),)


def shapes_of(symbol: str) -> tuple[Shape, ...]:
    """The targets of one phoneme, one after the other: two for a diphthong; a plain half-open mouth if unknown."""
    return SHAPES.get(_SAME.get(symbol, symbol), UNKNOWN)
