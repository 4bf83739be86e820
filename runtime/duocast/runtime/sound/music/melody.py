"""A melody: a motif of two bars, said, answered and varied, over the chords."""

import numpy as np

from duocast.runtime.sound.music.note import Bar, Note, Song

Cell = tuple[tuple[float, float], ...]
"""(beat, length) of the notes of one bar."""

_CALM: tuple[Cell, ...] = (
    ((0, 2), (2, 1), (3, 1)),
    ((0, 3), (3, 1)),
    ((1, 1), (2, 2)),
    ((0, 1.5), (1.5, 0.5), (2, 2)),
    ((0, 1), (1, 1), (2, 2)),
)
_MOVING: tuple[Cell, ...] = (
    ((0, 1), (1, 0.5), (1.5, 0.5), (2, 1.5), (3.5, 0.5)),
    ((0.5, 0.5), (1, 0.5), (1.5, 1), (2.5, 1.5)),
    ((0, 1.5), (1.5, 0.5), (2, 0.5), (2.5, 1.5)),
    ((0, 0.5), (0.5, 0.5), (1, 1), (2, 1), (3, 1)),
    ((0, 1.5), (1.5, 1.5), (3, 1)),
)
_WALTZ: tuple[Cell, ...] = (
    ((0, 2), (2, 1)),
    ((0, 1), (1, 1), (2, 1)),
    ((0, 1.5), (1.5, 0.5), (2, 1)),
    ((0, 1), (1, 2)),
)


def melody(
    song: Song, rng: np.random.Generator, low: int, high: int, rests: float = 0.0
) -> list[Note]:
    """The tune between `low` and `high`; `rests` is the share of phrases that leave it out (the first one first)."""
    cells = _WALTZ if song.mood.beats == 3 else (_MOVING if song.mood.drive > 0.5 else _CALM)
    motifs = {strain: _motif(cells, rng) for strain in "AB"}
    silent = _silent(song, rests)
    notes: list[Note] = []
    pitch = (low + high) // 2
    for bar in song.bars:
        if bar.phrase in silent:
            continue
        rhythm, contour = motifs[bar.strain]
        cell, steps = rhythm[bar.in_phrase % 2], contour[bar.in_phrase % 2]
        if bar.in_phrase == 3:
            cell, steps = _close(song), (0,)
        elif bar.phrase % 2 == 1 and bar.in_phrase == 2 and len(cell) > 1:
            cell, steps = cell[:-1], steps[:-1]
        height = 3 if bar.strain == "B" else 0
        target = (low + high) // 2 + height + (2 if bar.in_phrase == 1 else -1)
        for note in _sung(song, bar, cell, steps, (pitch + target) // 2, (low, high)):
            notes.append(note)
            pitch = note.pitch
    return notes


def _silent(song: Song, rests: float) -> set[int]:
    phrases = song.bars[-1].phrase + 1
    if phrases < 3 or rests <= 0:
        return set()
    order = [0, *range(phrases - 1, 0, -3)]
    return set(order[: round(rests * phrases)])


def _motif(
    cells: tuple[Cell, ...], rng: np.random.Generator
) -> tuple[tuple[Cell, Cell], tuple[tuple[int, ...], tuple[int, ...]]]:
    chosen = [cells[int(place)] for place in rng.choice(len(cells), 2)]
    contours = []
    for number, cell in enumerate(chosen):
        up = 1 if number == 0 else -1
        steps = [0]
        for _ in cell[1:]:
            step = int(rng.choice([1, 1, 2, -1])) * (up if rng.random() < 0.75 else -up)
            steps.append(steps[-1] + step)
        contours.append(tuple(steps))
    return (chosen[0], chosen[1]), (contours[0], contours[1])


def _close(song: Song) -> Cell:
    """The last bar of a phrase: one long note, and air."""
    return ((0.0, song.mood.beats - 1.0),)


def _sung(
    song: Song,
    bar: Bar,
    cell: Cell,
    steps: tuple[int, ...],
    anchor: int,
    limits: tuple[int, int],
) -> list[Note]:
    scale = [pitch for pitch in range(*limits) if pitch % 12 in bar.chord.scale]
    tones = [pitch for pitch in range(*limits) if pitch % 12 in _stable(bar)]
    start = min(tones, key=lambda pitch: (abs(pitch - anchor), pitch))
    at = min(range(len(scale)), key=lambda place: abs(scale[place] - start))
    notes = []
    for (beat, beats), step in zip(cell, steps, strict=True):
        pitch = scale[int(np.clip(at + step, 0, len(scale) - 1))]
        if beat % 2 == 0 or beats >= 1.5:
            pitch = min(tones, key=lambda tone: (abs(tone - pitch), tone))
        accent = 0.62 if beat == 0 else 0.52
        strength = accent + 0.2 * (bar.fullness - 0.6)
        notes.append(Note(song.start(bar) + beat, beats, pitch, strength))
    return _unrepeated(notes, scale)


def _stable(bar: Bar) -> tuple[int, ...]:
    """The tones a melody may rest on: the chord's, without what grinds against a suspended fourth or its root."""
    root = bar.chord.tones[0]
    kept = tuple(tone for tone in bar.chord.tones if (tone - root) % 12 not in (1, 11, 6))
    return kept or bar.chord.tones


def _unrepeated(notes: list[Note], scale: list[int]) -> list[Note]:
    """A note that says the one before again moves to its neighbour, unless it is long."""
    result: list[Note] = []
    for note in notes:
        if result and result[-1].pitch == note.pitch and note.beats < 1.5:
            place = scale.index(note.pitch) if note.pitch in scale else 0
            neighbour = scale[min(place + 1, len(scale) - 1)]
            note = Note(note.start, note.beats, neighbour, note.strength)
        result.append(note)
    return result
