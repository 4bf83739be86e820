"""Harmony: chords by their names, progressions by mood, and voices that move as little as they can."""

import itertools
import re
from dataclasses import dataclass

import numpy as np

from duocast.runtime.sound.music.mood import Mood

_ROOTS = {"C": 0, "D": 2, "E": 4, "F": 5, "G": 7, "A": 9, "B": 11}
_QUALITIES: dict[str, tuple[int, ...]] = {
    "": (0, 4, 7), "m": (0, 3, 7), "5": (0, 7), "6": (0, 4, 7, 9), "m6": (0, 3, 7, 9),
    "7": (0, 4, 7, 10), "maj7": (0, 4, 7, 11), "m7": (0, 3, 7, 10), "mmaj7": (0, 3, 7, 11),
    "9": (0, 4, 7, 10, 14), "maj9": (0, 4, 7, 11, 14), "m9": (0, 3, 7, 10, 14),
    "13": (0, 4, 10, 14, 21), "add9": (0, 4, 7, 14), "madd9": (0, 3, 7, 14),
    "sus2": (0, 2, 7), "sus4": (0, 5, 7), "7sus4": (0, 5, 7, 10), "9sus4": (0, 5, 7, 10, 14),
    "dim": (0, 3, 6), "m7b5": (0, 3, 6, 10), "dim7": (0, 3, 6, 9), "7b9": (0, 4, 7, 10, 13),
    "aug": (0, 4, 8), "maj7#11": (0, 4, 11, 18), "mb6": (0, 3, 7, 8),
}  # fmt: skip

_MAJOR = (0, 2, 4, 5, 7, 9, 11)
_MINOR = (9, 11, 0, 2, 4, 5, 7)

# (first strain, contrasting strain) of four bars each, in C major or A minor; the last chord leads home.
_PROGRESSIONS: dict[str, tuple[tuple[str, str], ...]] = {
    "hopeful": (
        ("C G/B Am7 Fadd9", "F C/E Dm7 Gsus4"),
        ("Cadd9 Em7 Fmaj7 Gsus4", "Am7 Fmaj7 C/E G"),
        ("Fmaj7 Gsus4 Am7 C/E", "Dm7 C/E Fmaj7 Gsus4"),
        ("C Am7 Fadd9 G", "Fmaj7 Em7 Dm7 Gsus4"),
    ),
    "warm": (
        ("Cmaj7 Am7 Dm9 G7sus4", "Em7 Am7 Dm9 G9sus4"),
        ("Cmaj9 Fmaj7 Em7 Am9", "Dm9 Em7 Fmaj7 G9sus4"),
        ("Fmaj9 Em7 Dm9 Cmaj7", "Fmaj7 C/E Dm9 G7sus4"),
    ),
    "bright": (
        ("C F Am G", "F C/E Dm7 G"),
        ("C G Am F", "Dm7 F C/E G"),
        ("C Em7 F G", "Am F C/E G"),
        ("F C G Am", "F G Am G/B"),
    ),
    "sad": (
        ("Am F C G/B", "Dm Am/C F Esus4"),
        ("Am Em/G Fmaj7 C/E", "Dm7 Am/C Bm7b5 E"),
        ("Am9 Fmaj7 Dm9 Em7", "Fmaj7 C/E Dm7 Esus4"),
        ("Am G F Em7", "Dm9 Am Fmaj7 E"),
    ),
    "tense": (
        ("Am Amb6 Am Bm7b5", "Fmaj7#11 E Fmaj7#11 E7b9"),
        ("Am Bdim7 Am F", "Dm6 Am/C Bm7b5 E7b9"),
        ("Am Ammaj7 Am6 Fmaj7", "Dm Bdim7 Am E"),
    ),
    "epic": (
        ("Am F C G", "Dm F Am E"),
        ("Am Em F G", "F G Am C/E"),
        ("F G Am C", "Dm Am/C F G"),
    ),
    "heroic": (("C G/B F C/E", "Am F Dm7 G"), ("C F/C Am G", "F C/E Dm G")),
    "floating": (
        ("Cmaj9 Fmaj9 Am9 Fmaj9", "Dm9 Am9 Fmaj9 G9sus4"),
        ("Fmaj9 Cmaj9 Fmaj9 Em7", "Dm9 Fmaj9 Am9 Em7"),
    ),
    "drifting": (
        ("Am9 Fmaj9 Dm9 Em7", "Fmaj9 Cmaj9 Dm9 Em7"),
        ("Am9 Em7 Fmaj9 Dm9", "Dm9 Fmaj9 Am9 Em7"),
    ),
    "mystery": (("Am9 D/A Am9 Fmaj7#11", "Fmaj7 Em7 Dm9 E7b9"), ("Am Fmaj7#11 Am D/F#", "F E Dm6 E")),
    "jazz": (
        ("Dm9 G13 Cmaj9 A7b9", "Em7 A7b9 Dm9 G13"),
        ("Cmaj9 Am9 Dm9 G13", "Fmaj9 Dm9 Em7 A7b9"),
    ),
    "dark jazz": (
        ("Am9 Dm9 Bm7b5 E7b9", "Fmaj9 Dm9 Bm7b5 E7b9"),
        ("Am6 Fmaj7 Bm7b5 E7b9", "Dm9 Am/C Fmaj7 E7b9"),
    ),
    "lullaby": (("C Am F G7sus4", "F C/E Dm7 G"), ("C Em F G", "Am Em F Gsus4")),
    "playful": (("C A7 Dm G7", "F C/E Dm7 G"), ("C F C G7", "Am D7 G7sus4 G7")),
}  # fmt: skip


@dataclass(frozen=True, slots=True)
class Chord:
    """A chord: pitch classes with the root first, its bass, and the scale to play over it."""

    name: str
    tones: tuple[int, ...]
    bass: int
    scale: tuple[int, ...]


def chord(name: str, key: int, minor: bool) -> Chord:
    """The chord `name`, written in C major or A minor, moved up by `key` semitones."""
    match = re.fullmatch(r"([A-G])([#b]?)([^/]*)(?:/([A-G])([#b]?))?", name)
    if match is None or match.group(3) not in _QUALITIES:
        raise ValueError(f"not a chord: {name}")
    letter, accidental, quality, bass_letter, bass_accidental = match.groups()
    root = _ROOTS[letter] + {"": 0, "#": 1, "b": -1}[accidental]
    tones = tuple((root + step) % 12 for step in _QUALITIES[quality])
    bass = root
    if bass_letter:
        bass = _ROOTS[bass_letter] + {"": 0, "#": 1, "b": -1}[bass_accidental]
    scale = _over(tones, _MINOR if minor else _MAJOR)
    return Chord(
        name,
        tuple((tone + key) % 12 for tone in tones),
        (bass + key) % 12,
        tuple(sorted((tone + key) % 12 for tone in scale)),
    )


def _over(tones: tuple[int, ...], scale: tuple[int, ...]) -> tuple[int, ...]:
    """The scale with the chord's foreign tones in the place of their neighbours."""
    foreign = {tone for tone in tones if tone not in scale}
    kept = {
        step
        for step in scale
        if step in tones or not any((step - tone) % 12 in (1, 11) for tone in foreign)
    }
    return tuple(kept | foreign)


def character(mood: Mood) -> str:
    """Which book of progressions the mood opens."""
    own = {"lullaby": "lullaby", "playful": "playful"}
    if mood.texture in own and mood.bright > -0.2:
        return own[mood.texture]
    if mood.texture == "jazz":
        return "jazz" if mood.bright > -0.1 else "dark jazz"
    if mood.texture == "ambient" and mood.tension < 0.5:
        return "floating" if mood.bright > -0.1 else "drifting"
    if mood.tension > 0.65:
        return "tense"
    if mood.texture == "epic" or mood.drive > 0.8 > abs(mood.bright) + 0.3:
        return "heroic" if mood.bright > 0.4 else "epic"
    if mood.tension > 0.38:
        return "mystery"
    return _by_brightness(mood)


def _by_brightness(mood: Mood) -> str:
    if mood.bright < -0.02:
        return "sad"
    if mood.bright > 0.68 and mood.drive > 0.5:
        return "bright"
    return "hopeful" if mood.bright > 0.52 or mood.drive > 0.4 else "warm"


def is_minor(book: str) -> bool:
    """Whether a book's progressions are written in A minor."""
    return book in ("sad", "tense", "epic", "drifting", "mystery", "dark jazz")


def progression(
    mood: Mood, rng: np.random.Generator
) -> tuple[tuple[Chord, ...], tuple[Chord, ...]]:
    """Two strains of four chords for the mood, in a key."""
    book = character(mood)
    strains = _PROGRESSIONS[book][int(rng.integers(len(_PROGRESSIONS[book])))]
    key = int(rng.integers(-4, 5))
    minor = is_minor(book)
    first, second = (
        tuple(chord(name, key, minor) for name in strain.split()) for strain in strains
    )
    return first, second


def voiced(
    chords: list[Chord], voices: int, low: int, high: int, ring: bool = True
) -> list[tuple[int, ...]]:
    """Pitches for each chord within `low` to `high`: common tones stay, the others go to the nearest.

    With `ring`, the first chord is chosen so that the last one leads back to it.
    """
    result: list[tuple[int, ...]] = []
    before: tuple[int, ...] | None = None
    for turn in range(2 if ring else 1):
        result = []
        for item in chords:
            options = voicings(item, voices, low, high)
            before = min(options, key=lambda option: _effort(option, before, low, high))
            result.append(before)
        if turn == 0 and ring:
            before = result[-1]
    return result


def voicings(item: Chord, voices: int, low: int, high: int) -> list[tuple[int, ...]]:
    """All ways to lay the chord's tones (the most telling ones) over `voices` voices."""
    tones = _telling(item, voices)
    pitches = [pitch for pitch in range(low, high + 1) if pitch % 12 in tones]
    found = []
    for option in itertools.combinations(pitches, voices):
        if len({pitch % 12 for pitch in option}) < min(voices, len(tones)):
            continue
        gaps = [above - below for below, above in itertools.pairwise(option)]
        if any(gap < 2 or gap > 12 for gap in gaps) and len(pitches) > voices:
            continue
        if sum(gap == 2 for gap in gaps) > 1:
            continue
        found.append(option)
    return found or [tuple(pitches[:voices])]


def _telling(item: Chord, voices: int) -> tuple[int, ...]:
    """The tones that must sound: when they are too many, the root and then the fifth are left to the bass."""
    tones = list(dict.fromkeys(item.tones))
    while len(tones) > voices:
        fifth = (item.tones[0] + 7) % 12
        drop = tones[0] if tones[0] == item.bass else (fifth if fifth in tones else tones[0])
        tones.remove(drop)
    return tuple(tones)


def _effort(
    option: tuple[int, ...], before: tuple[int, ...] | None, low: int, high: int
) -> tuple[float, tuple[int, ...]]:
    middle = (low + high) / 2
    cost = 0.35 * abs(sum(option) / len(option) - middle)
    if before is not None and len(before) == len(option):
        moves = [new - old for new, old in zip(option, before, strict=True)]
        cost += sum(abs(move) for move in moves) + 0.4 * max(abs(move) for move in moves)
        if all(move > 0 for move in moves) or all(move < 0 for move in moves):
            cost += 2.0
    return cost, option
