"""Textures: which parts make up a cue, for each kind of music."""

from collections.abc import Callable

import numpy as np

from duocast.runtime.sound.music.melody import melody
from duocast.runtime.sound.music.mood import Mood
from duocast.runtime.sound.music.note import Note, Song
from duocast.runtime.sound.music.parts import (
    Part,
    Writer,
    bass_line,
    broken_chords,
    comping,
    drum_pattern,
    held_chords,
    once_a_phrase,
    sparks,
    strummed,
    tonic_drone,
    walking_bass,
)


def _tune(low: int, high: int, rests: float) -> Writer:
    def write(song: Song, _rng: np.random.Generator) -> list[Note]:
        return melody(song, np.random.default_rng(song.seed), low, high, rests)

    return write


_WHOLE = ((0.0, 4.0, 0),)
_TWO = ((0.0, 2.0, 0), (2.0, 2.0, 7))


def _piano(mood: Mood) -> tuple[Part, ...]:
    pattern = "0 1 2 3 2 1 2 1" if mood.drive > 0.35 else "0 - 1 - 2 - 1 -"
    if mood.beats == 3:
        pattern = "0 1 2 3 2 1"
    return (
        Part("felt piano", broken_chords(pattern, 50, 68), -3.5, 0.0, 0.28, 0.0, "piano"),
        Part("felt piano", bass_line(36, _WHOLE, 0.42), -6.0, 0.0, 0.22, 0.0, "bass"),
        Part("felt piano", _tune(67, 86, 0.25), 0.5, 0.1, 0.34, 0.0, "melody", 0.011),
        Part("pad", held_chords(4, 52, 72, 0.4), -14.0, 0.0, 0.5, 0.5, "pads"),
        Part("strings", held_chords(3, 55, 76, 0.35), -12.5, -0.1, 0.55, 0.75, "strings"),
        Part("low strings", bass_line(36, _WHOLE, 0.4), -14.0, 0.25, 0.4, 0.75, "cello"),
    )


_AMBIENT = (
        Part("pad", held_chords(4, 50, 70, 0.45), -9.0, 0.0, 0.5, 0.0, "pads"),
        Part("glass", held_chords(3, 67, 86, 0.4), -16.0, 0.0, 0.7, 0.55, "pads"),
        Part("sub", bass_line(31, _WHOLE, 0.45), -10.0, 0.0, 0.1, 0.0, "bass"),
        Part("felt piano", sparks(67, 88, 0.24, 0.42), -1.0, 0.15, 0.75, 0.0, "piano", 0.02),
        Part("vibraphone", sparks(72, 90, 0.12, 0.42), -6.0, -0.3, 0.8, 0.6, "vibraphone", 0.02),
        Part("choir", held_chords(3, 55, 72, 0.3), -15.0, 0.0, 0.7, 0.75, "choir"),
)  # fmt: skip


_STRINGS = (
        Part("strings", held_chords(4, 52, 74, 0.5), -7.0, -0.1, 0.42, 0.0, "strings"),
        Part("low strings", bass_line(36, _WHOLE, 0.5), -5.0, 0.3, 0.35, 0.0, "cello"),
        Part("strings", _tune(67, 86, 0.3), -0.5, -0.35, 0.45, 0.55, "violin", 0.015),
        Part(
            "harp",
            broken_chords("0 1 2 3 4 3 2 1", 48, 76, 5, 0.35),
            -8.0, 0.35, 0.45, 0.72,
            "harp",
        ),
        Part("felt piano", sparks(60, 80, 0.14, 0.3), -6.0, 0.1, 0.5, 0.0, "piano"),
)  # fmt: skip


def _tension(mood: Mood) -> tuple[Part, ...]:
    pulse = "X x x x X x x x" if mood.drive > 0.4 else "X - x - X - x -"
    return (
        Part("low strings", tonic_drone(33, False, 0.4), -9.0, 0.0, 0.4, 0.0, "cello"),
        Part("sub", tonic_drone(33, False, 0.4), -13.0, 0.0, 0.1, 0.0, "bass"),
        Part("tremolo", held_chords(3, 58, 74, 0.4), -8.0, -0.2, 0.5, 0.0, "strings"),
        Part("pizzicato", broken_chords(pulse.replace("X", "0").replace("x", "1"), 45, 57, 3, 0.35),
             -4.0, 0.3, 0.35, 0.55, "strings"),
        Part("glass", held_chords(2, 79, 92, 0.3), -17.0, 0.2, 0.8, 0.5, "pads"),
        Part("great drum", once_a_phrase(0, 0.0, 0.5), -3.0, 0.0, 0.5, 0.5, "drums"),
        Part("hand drum", drum_pattern("X x - - - - - -", 0.35), -9.0, 0.0, 0.4, 0.6, "drums"),
        Part("felt piano", sparks(84, 96, 0.08, 0.3), -4.0, 0.3, 0.8, 0.0, "piano"),
    )  # fmt: skip


def _acoustic(mood: Mood) -> tuple[Part, ...]:
    lively = mood.drive > 0.6
    picked = broken_chords("0 2 1 3 2 4 1 3", 43, 67, 5, 0.45)
    strum = strummed(45, 67, "D - D u - u D u", 0.36)
    return (
        Part("nylon guitar", picked, -2.0, -0.35, 0.2, 0.0, "guitar", 0.007),
        Part("nylon guitar", strum, -6.0 if lively else -10.0, 0.45, 0.2, 0.6, "guitar", 0.006),
        Part("upright bass", bass_line(31, ((0, 1.9, 0), (2, 1.4, 7), (3.5, 0.5, 0))), -5.0, 0.0, 0.08,
             0.45, "bass"),
        Part("kick", drum_pattern("X - - - X - - -", 0.5), -6.0, 0.0, 0.06, 0.5, "drums"),
        Part("shaker", drum_pattern("x x X x x x X x", 0.55), -16.0, 0.3, 0.15, 0.55, "drums"),
        Part("brush tap", drum_pattern("- - X - - - X -", 0.45), -12.0, -0.1, 0.2, 0.7, "drums"),
        Part("celesta", _tune(72, 89, 0.35), -8.0, 0.15, 0.4, 0.6, "bells", 0.01),
        Part("felt piano", _tune(60, 79, 0.5), -8.0, 0.05, 0.3, 0.5, "piano", 0.01),
        Part("strings", held_chords(3, 55, 74, 0.35), -16.0, 0.0, 0.5, 0.8, "strings"),
    )  # fmt: skip


_JAZZ = (
        Part("felt piano", comping(52, 69), -4.0, -0.4, 0.18, 0.0, "piano", 0.008),
        Part("felt piano", _tune(65, 84, 0.3), 0.5, -0.15, 0.22, 0.0, "melody", 0.014),
        Part("upright bass", walking_bass(29, 50), -5.5, 0.1, 0.08, 0.0, "bass", 0.005),
        Part("brush sweep", drum_pattern("X - - - X - - -", 0.6), -11.0, 0.35, 0.15, 0.0, "drums"),
        Part("brush tap", drum_pattern("- - X . - - X .", 0.5), -12.0, 0.3, 0.2, 0.0, "drums"),
        Part("ride", drum_pattern("X - X x X - X x", 0.45), -15.0, 0.5, 0.15, 0.5, "drums"),
)  # fmt: skip


_EPIC = (
        Part(
            "spiccato", broken_chords("0 0 1 0 0 1 0 1", 40, 55, 3, 0.6, length=0.3), -1.0, 0.2, 0.3, 0.0, "strings",
        ),
        Part("low strings", bass_line(29, _WHOLE, 0.6), -9.0, 0.0, 0.3, 0.0, "bass"),
        Part("strings", held_chords(4, 55, 76, 0.6), -11.0, -0.15, 0.4, 0.5, "strings"),
        Part("horns", _tune(53, 70, 0.35), -2.5, 0.2, 0.5, 0.6, "horns", 0.012),
        Part("choir", held_chords(4, 55, 76, 0.6), -14.0, 0.0, 0.55, 0.75, "choir"),
        Part("strings", _tune(72, 89, 0.5), -7.0, -0.35, 0.45, 0.8, "violin", 0.012),
        Part("great drum", drum_pattern("X - - x - - X -", 0.7), 1.5, 0.0, 0.35, 0.55, "drums"),
        Part("hand drum", drum_pattern("x x X x x x X x", 0.5), -6.0, -0.3, 0.3, 0.65, "drums"),
        Part("cymbal swell", once_a_phrase(3, 2.0, 0.6), -9.0, 0.1, 0.4, 0.6, "drums"),
)  # fmt: skip


_LULLABY = (
        Part("music box", _tune(76, 94, 0.0), -2.0, 0.1, 0.35, 0.0, "melody", 0.012),
        Part(
            "harp",
            broken_chords("0 2 3 4 3 2", 46, 70, 5, 0.35),
            -5.0,
            -0.2,
            0.3,
            0.0,
            "harp",
            0.01,
        ),
        Part("pad", held_chords(4, 53, 72, 0.35), -15.0, 0.0, 0.5, 0.4, "pads"),
        Part("celesta", broken_chords("- 1 - 2 - 3", 67, 84, 4, 0.3), -10.0, 0.3, 0.4, 0.7, "celesta"),
        Part("low strings", bass_line(36, _WHOLE, 0.3), -15.0, 0.0, 0.4, 0.6, "cello"),
)  # fmt: skip


_ELECTRONIC = (
        Part("soft synth", broken_chords("0 1 2 3 1 2 3 2 0 1 2 3 1 3 2 1", 55, 76, 4, 0.4, 0.25),
             -6.0, 0.0, 0.3, 0.0, "synth", 0.001),
        Part("pad", held_chords(4, 50, 70, 0.5), -10.0, 0.0, 0.4, 0.0, "pads"),
        Part("sub", bass_line(33, ((0, 1.5, 0), (1.5, 0.5, 0), (2, 1.5, 0), (3.5, 0.5, 12))), -9.0, 0.0,
             0.0, 0.45, "bass", 0.001),
        Part("kick", drum_pattern("X - X - X - X -", 0.6), -4.0, 0.0, 0.03, 0.5, "drums", 0.001),
        Part("shaker", drum_pattern("- x - X - x - X", 0.6), -15.0, 0.25, 0.12, 0.6, "drums", 0.002),
        Part("brush tap", drum_pattern("- - X - - - X -", 0.5), -10.0, 0.0, 0.25, 0.65, "drums", 0.002),
        Part("soft synth", _tune(69, 88, 0.35), -7.0, 0.2, 0.5, 0.6, "melody", 0.003),
)  # fmt: skip


_PLAYFUL = (
        Part(
            "pizzicato",
            broken_chords("0 - 2 1 - 2 3 -", 50, 70, 4, 0.5),
            -3.0,
            -0.3,
            0.25,
            0.0,
            "strings",
        ),
        Part("pizzicato", bass_line(36, _TWO, 0.5), -3.0, 0.25, 0.2, 0.0, "bass"),
        Part("marimba", _tune(65, 84, 0.2), -2.0, 0.2, 0.25, 0.0, "melody", 0.008),
        Part("celesta", sparks(79, 96, 0.15, 0.4), -10.0, -0.1, 0.4, 0.6, "bells"),
        Part("shaker", drum_pattern("x - X - x - X -", 0.5), -20.0, 0.4, 0.1, 0.55, "drums"),
        Part("hand drum", drum_pattern("X - - x - - X -", 0.4), -13.0, 0.0, 0.15, 0.65, "drums"),
        Part(
            "nylon guitar",
            broken_chords("- 2 - 3 - 2 - 3", 52, 70, 4, 0.4),
            -9.0,
            0.45,
            0.2,
            0.5,
            "guitar",
        ),
)  # fmt: skip


_FIXED: dict[str, tuple[Part, ...]] = {
    "ambient": _AMBIENT,
    "strings": _STRINGS,
    "jazz": _JAZZ,
    "epic": _EPIC,
    "lullaby": _LULLABY,
    "electronic": _ELECTRONIC,
    "playful": _PLAYFUL,
}
_BY_DRIVE: dict[str, Callable[[Mood], tuple[Part, ...]]] = {
    "piano": _piano,
    "tension": _tension,
    "acoustic": _acoustic,
}
"""Textures whose patterns change with how driven the mood is."""

_GUESTS: dict[str, Part] = {
    "piano": Part("felt piano", sparks(62, 84, 0.25, 0.35), -5.0, 0.1, 0.4, 0.0, "piano"),
    "strings": Part("strings", held_chords(3, 55, 76, 0.4), -8.0, 0.0, 0.5, 0.0, "strings"),
    "cello": Part("low strings", _tune(45, 62, 0.3), -5.0, 0.2, 0.4, 0.0, "cello"),
    "violin": Part("strings", _tune(69, 88, 0.3), -6.0, -0.3, 0.45, 0.0, "violin"),
    "guitar": Part("nylon guitar", broken_chords("0 2 1 3 2 3 1 2", 45, 67, 4, 0.4), -6.0, -0.3, 0.25, 0.0,
        "guitar",
    ),
    "choir": Part("choir", held_chords(4, 55, 74, 0.45), -9.0, 0.0, 0.6, 0.0, "choir"),
    "bells": Part("celesta", sparks(76, 94, 0.2, 0.4), -8.0, 0.2, 0.5, 0.0, "bells"),
    "harp": Part("harp", broken_chords("0 1 2 3 4 3 2 1", 48, 74, 5, 0.35), -8.0, 0.3, 0.4, 0.0, "harp"
    ),
    "vibraphone": Part("vibraphone", sparks(65, 86, 0.25, 0.4), -7.0, -0.2, 0.5, 0.0, "vibraphone"),
    "horns": Part("horns", held_chords(3, 48, 65, 0.4), -9.0, 0.2, 0.45, 0.0, "horns"),
}  # fmt: skip


def parts_of(mood: Mood) -> tuple[Part, ...]:
    """The mood's parts: its texture's, the instruments it names besides, without those that it forbids."""
    by_drive = _BY_DRIVE.get(mood.texture)
    own = by_drive(mood) if by_drive else _FIXED[mood.texture]
    names = {part.family for part in own} | {part.instrument.split()[-1] for part in own}
    guests = tuple(
        _GUESTS[name] for name in sorted(mood.asked) if name in _GUESTS and name not in names
    )
    forbidden = mood.left_out
    kept = tuple(
        part
        for part in own + guests
        if part.family not in forbidden and not forbidden & set(part.instrument.split())
    )
    return kept or own[:1]
