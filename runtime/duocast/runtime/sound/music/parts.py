"""Parts: what each player reads, written from the song's bars. A writer is a function from a song to notes."""

from collections.abc import Callable
from dataclasses import dataclass

import numpy as np

from duocast.runtime.sound.music.harmony import voiced
from duocast.runtime.sound.music.note import Bar, Note, Song

Writer = Callable[[Song, np.random.Generator], list[Note]]


@dataclass(frozen=True, slots=True)
class Part:
    """A player: the instrument, its writer, its level in dB, its place, its share of reverberation.

    It plays in bars that are at least `enters` full. `family` is what the writer may leave out by name.
    """

    instrument: str
    write: Writer
    level: float = 0.0
    pan: float = 0.0
    send: float = 0.3
    enters: float = 0.0
    family: str = ""
    loose: float = 0.006
    """The standard deviation of its timing in seconds."""


def held_chords(voices: int, low: int, high: int, strength: float = 0.5) -> Writer:
    """Chords that are held; a voice that keeps its pitch is not struck again."""

    def write(song: Song, _rng: np.random.Generator) -> list[Note]:
        chords = voiced([bar.chord for bar in song.bars], voices, low, high)
        notes: list[Note] = []
        for voice in range(voices):
            line = [chord[voice] if voice < len(chord) else chord[-1] for chord in chords]
            notes += _tied(song, line, strength)
        return notes

    return write


def _tied(song: Song, line: list[int], strength: float) -> list[Note]:
    notes: list[Note] = []
    beats = song.mood.beats
    for bar, pitch in zip(song.bars, line, strict=True):
        last = notes[-1] if notes else None
        held = last is not None and last.pitch == pitch and last.beats < 2 * beats
        same = bar.number and song.bars[bar.number - 1].phrase == bar.phrase
        if last is not None and held and same:
            notes[-1] = Note(last.start, last.beats + beats, pitch, last.strength)
        else:
            full = strength * (0.7 + 0.4 * bar.fullness)
            notes.append(Note(song.start(bar), beats, pitch, full))
    return notes


def broken_chords(
    pattern: str,
    low: int,
    high: int,
    voices: int = 4,
    strength: float = 0.42,
    step: float = 0.5,
    *,
    length: float = 0.0,
) -> Writer:
    """Chord tones one after the other: a digit is a voice from below, `-` a rest, a tone each `step` beats.

    The tones are held to the end of the bar, or for `length` beats.
    """

    def write(song: Song, _rng: np.random.Generator) -> list[Note]:
        chords = voiced([bar.chord for bar in song.bars], voices, low, high)
        notes = []
        for bar, chord in zip(song.bars, chords, strict=True):
            for place, sign in enumerate(pattern.split()):
                beat = place * step
                if sign == "-" or beat >= song.mood.beats:
                    continue
                pitch = chord[min(int(sign), len(chord) - 1)]
                accent = 1.0 if place == 0 else (0.9 if beat % 1 == 0 else 0.8)
                hard = strength * accent * (0.75 + 0.35 * bar.fullness)
                held = length or song.mood.beats - beat
                notes.append(Note(song.start(bar) + beat, held, pitch, hard))
        return notes

    return write


def bass_line(
    low: int, rhythm: tuple[tuple[float, float, int], ...], strength: float = 0.55
) -> Writer:
    """The chords' basses from `low` up: (beat, beats, semitones above: 0, 7 or 12)."""

    def write(song: Song, _rng: np.random.Generator) -> list[Note]:
        notes = []
        for bar in song.bars:
            root = low + (bar.chord.bass - low) % 12
            for beat, beats, above in rhythm:
                if beat >= song.mood.beats:
                    continue
                pitch = root + _consonant(bar, root, above)
                hard = strength * (1.0 if beat == 0 else 0.85) * (0.8 + 0.3 * bar.fullness)
                length = min(beats, song.mood.beats - beat)
                notes.append(Note(song.start(bar) + beat, length, pitch, hard))
        return notes

    return write


def _consonant(bar: Bar, root: int, above: int) -> int:
    """`above` if the chord holds it; a fifth that it does not hold becomes its nearest tone."""
    tones = bar.chord.tones
    if above % 12 == 0 or (root + above) % 12 in tones:
        return above
    return min(
        (step for step in range(3, 13) if (root + step) % 12 in tones), key=lambda s: abs(s - above)
    )


def walking_bass(low: int, high: int) -> Writer:
    """Four to the bar: the root, then steps and chord tones, and a half step into the next root."""

    def write(song: Song, rng: np.random.Generator) -> list[Note]:
        notes: list[Note] = []
        last = low + 7
        for bar in song.bars:
            target = song.bars[(bar.number + 1) % len(song.bars)].chord.bass
            roots = [pitch for pitch in range(low, high) if pitch % 12 == bar.chord.bass]
            line = [min(roots, key=lambda pitch: abs(pitch - last))]
            for beat in range(1, song.mood.beats - 1):
                pool = bar.chord.tones if beat == 2 else bar.chord.scale
                near = [
                    pitch
                    for pitch in range(max(low, line[-1] - 5), min(high, line[-1] + 6))
                    if pitch % 12 in pool and pitch != line[-1]
                ]
                line.append(int(rng.choice(near)) if near else line[-1])
            goals = [pitch for pitch in range(low, high) if pitch % 12 == target]
            goal = min(goals, key=lambda pitch: abs(pitch - line[-1]))
            line.append(goal + (1 if line[-1] > goal else -1))
            for beat, pitch in enumerate(line):
                hard = 0.6 if beat % 2 else 0.54
                notes.append(Note(song.start(bar) + beat, 0.95, pitch, hard))
            last = goal
        return notes

    return write


_COMPS = (
    ((0.0, 1.4), (2.5, 1.0)),
    ((1.5, 1.6),),
    ((0.5, 0.4), (2.0, 1.5)),
    ((0.0, 3.0),),
    ((1.0, 0.4), (2.5, 1.2)),
)


def comping(low: int, high: int, strength: float = 0.4) -> Writer:
    """A pianist's left hand in a jazz trio: three-note chords, off the beat, never twice the same."""

    def write(song: Song, rng: np.random.Generator) -> list[Note]:
        chords = voiced([bar.chord for bar in song.bars], 3, low, high)
        notes = []
        for bar, chord in zip(song.bars, chords, strict=True):
            for beat, beats in _COMPS[int(rng.integers(len(_COMPS)))]:
                if beat < song.mood.beats:
                    start = song.start(bar) + beat
                    hard = strength * rng.uniform(0.85, 1.1)
                    notes += [Note(start, beats, pitch, hard) for pitch in chord]
        return notes

    return write


def strummed(low: int, high: int, rhythm: str, strength: float = 0.42) -> Writer:
    """A guitar strummed in eighths: `D` down, `u` up (the high strings), `-` nothing."""

    def write(song: Song, rng: np.random.Generator) -> list[Note]:
        chords = voiced([bar.chord for bar in song.bars], 5, low, high)
        notes = []
        for bar, chord in zip(song.bars, chords, strict=True):
            for place, sign in enumerate(rhythm.split()):
                beat = place * 0.5
                if sign == "-" or beat >= song.mood.beats:
                    continue
                strings = chord if sign == "D" else tuple(reversed(chord[-3:]))
                hard = strength * (1.0 if sign == "D" else 0.68) * (0.8 + 0.3 * bar.fullness)
                for number, pitch in enumerate(strings):
                    late = number * 0.018 / song.beat
                    start = song.start(bar) + beat + late
                    notes.append(Note(start, 1.6, pitch, hard * rng.uniform(0.85, 1.05)))
        return notes

    return write


def drum_pattern(rhythm: str, strength: float = 0.6, step: float = 0.5) -> Writer:
    """One drum in steps: `X` loud, `x` soft, `.` rarely, `-` never."""

    def write(song: Song, rng: np.random.Generator) -> list[Note]:
        levels = {"X": 1.0, "x": 0.65, ".": 0.4}
        signs = rhythm.split()
        notes = []
        for bar in song.bars:
            for place in range(round(song.mood.beats / step)):
                sign = signs[place % len(signs)]
                if sign == "-" or (sign == "." and rng.random() > 0.45):
                    continue
                hard = strength * levels[sign] * rng.uniform(0.88, 1.06)
                notes.append(Note(song.start(bar) + place * step, step, 0, hard))
        return notes

    return write


def once_a_phrase(bar_in_phrase: int, beat: float, strength: float, pitch: int = 0) -> Writer:
    """A single stroke in one bar of each phrase."""

    def write(song: Song, _rng: np.random.Generator) -> list[Note]:
        return [
            Note(song.start(bar) + beat, 4.0, pitch, strength)
            for bar in song.bars
            if bar.in_phrase == bar_in_phrase
        ]

    return write


def tonic_drone(low: int, fifth: bool, strength: float = 0.5) -> Writer:
    """The home note, held through every phrase (with its fifth above, if asked)."""

    def write(song: Song, _rng: np.random.Generator) -> list[Note]:
        root = low + (song.bars[0].chord.tones[0] - low) % 12
        length = song.mood.beats * 4.0
        notes = []
        for bar in song.bars:
            if bar.in_phrase == 0:
                beats = min(length, song.beats - song.start(bar))
                notes.append(Note(song.start(bar), beats, root, strength))
                if fifth:
                    notes.append(Note(song.start(bar), beats, root + 7, strength * 0.8))
        return notes

    return write


def sparks(low: int, high: int, chance: float, strength: float = 0.4) -> Writer:
    """Single high chord tones now and then, far apart."""

    def write(song: Song, rng: np.random.Generator) -> list[Note]:
        notes = []
        for bar in song.bars:
            pitches = [pitch for pitch in range(low, high) if pitch % 12 in bar.chord.tones]
            for beat in range(song.mood.beats):
                if rng.random() < chance:
                    start = song.start(bar) + beat + float(rng.choice([0.0, 0.5]))
                    hard = strength * rng.uniform(0.7, 1.1)
                    notes.append(Note(start, 4.0, int(rng.choice(pitches)), hard))
        return notes

    return write
