"""A loop: where a piece of music can go back to an earlier place, and the piece turned into one that goes round.

Two places of a piece fit where what is heard around them is alike: the same bands at the same levels, before and after.
The end is then moved until the waves themselves lie over each other, and what came before the start is faded into what
comes before the end. The last sample of the loop is so followed by the one that followed it in the piece.
"""

from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from duocast.runtime.sound.loudness import Floats
from duocast.runtime.sound.mix.cue import seam_of
from duocast.runtime.sound.signal.spectrum import RATE

HOP = 960
"""20 ms: the pace at which a piece is looked at."""
WINDOW = 4096
BANDS = np.geomspace(50.0, 14_000.0, 33)
DEPTH = 60.0
"""Decibels under the loudest band that count as nothing."""
AROUND = 40
"""Hops (0.8 s) before and after a place that must be alike."""
ENDS = 1000
"""Hops (20 s) from each end of the piece in which places are looked for."""
HEARD = 30.0
"""Decibels under the loud parts: a piece that fades is looked at only between its fades."""
ONSET, LENGTH = 0.04, 0.10
"""What a place on a beat, and the whole length, count beside likeness (0 to 1)."""
LIKE, UNLIKE, CALM = 0.045, 0.2, 0.8
"""Seconds of the cross-fade between waves that match, between such as don't, and where nothing begins."""
STIRRED = 0.35
"""From this onset on something begins."""
OPENING, SIDE = 480, 4800
"""Samples between places where a loop may begin, and how many the mix looks at on each side."""
MATCHED = 0.6
"""From this correlation on waves match."""


@dataclass(frozen=True, slots=True)
class Loop:
    """Samples `start` to `end` (exclusive) of a piece; its last `seam` samples are a cross-fade.

    `likeness` (1: the same) is between what is heard around both ends, `matched` the correlation of their waves.
    """

    start: int
    end: int
    seam: int
    likeness: float
    matched: float


def best_loop(piece: Floats, shortest: float) -> Loop | None:
    """The loop of at least `shortest` seconds whose ends are most alike; None in a piece too short to have one.

    `piece` is (n, channels) at 48 kHz. The same piece gives the same loop.
    """
    bands = bands_of(piece)
    first, last = _heard(bands)
    span = min(ENDS, (last - first) // 2)
    least = round(shortest * RATE / HOP)
    starts = np.arange(first + AROUND, first + span)
    ends = np.arange(max(last - span, first + AROUND), last - AROUND)
    if not len(starts) or not len(ends) or ends[-1] - starts[0] < least:
        return None
    worth = _likeness(bands, starts, ends)
    lengths = ends[np.newaxis, :] - starts[:, np.newaxis]
    onsets = _onsets(bands)
    rank = worth + ONSET * onsets[starts][:, np.newaxis] + LENGTH * lengths / lengths.max()
    rank[lengths < least] = -np.inf
    row, column = np.unravel_index(int(np.argmax(rank)), rank.shape)
    start, end = int(starts[row]), int(ends[column])
    calm = max(onsets[at - AROUND : at].max() for at in (start, end)) < STIRRED
    return _settled(piece, start, end, float(worth[row, column]), calm=bool(calm))


def turned(piece: Floats, loop: Loop) -> Floats:
    """The loop of a piece (n, channels): its end runs into its start."""
    result = piece[loop.start : loop.end].copy()
    before = piece[loop.start - loop.seam : loop.start]
    out, into = cross_fade(loop.seam, loop.matched)
    result[-loop.seam :] = result[-loop.seam :] * out + before * into
    return result


def opened(loop: Floats) -> Floats:
    """The same loop begun a little later, where the mix hears that its ends meet and lays none of it over itself."""
    for turn in range(0, min(len(loop) - SIDE, 2 * RATE), OPENING):
        around = np.arange(turn - SIDE, turn + SIDE) % len(loop)
        if seam_of(np.roll(loop[around], SIDE, axis=0)) == 0:
            return np.roll(loop, -turn, axis=0)
    return loop


def cross_fade(samples: int, matched: float) -> tuple[Floats, Floats]:
    """The gains (samples, 1) of what goes and of what comes, at equal power for waves so correlated."""
    turn = (np.arange(samples, dtype=np.float32) + 1) / (samples + 1) * np.float32(np.pi / 2)
    power = np.sqrt(1 + max(0.0, matched) * np.sin(2 * turn))
    out, into = np.cos(turn) / power, np.sin(turn) / power
    return out[:, np.newaxis].astype(np.float32), into[:, np.newaxis].astype(np.float32)


def correlation(one: NDArray[np.floating], other: NDArray[np.floating]) -> float:
    """How alike two waves of one shape are, -1 to 1; 0 for silence."""
    power = float(np.sqrt(np.square(one).sum() * np.square(other).sum()))
    return float((one * other).sum()) / power if power > 1e-12 else 0.0


def bands_of(piece: Floats) -> Floats:
    """The level of each band at each hop in units of the piece's own spread, (hops, bands)."""
    mono = piece.mean(axis=1)
    padded = np.pad(mono, (WINDOW // 2, WINDOW))
    frames = np.lib.stride_tricks.sliding_window_view(padded, WINDOW)[::HOP]
    frames = frames[: max(1, len(mono) // HOP)]
    window = np.hanning(WINDOW).astype(np.float32)
    edges = np.searchsorted(np.fft.rfftfreq(WINDOW, 1 / RATE), BANDS)
    powers = np.empty((len(frames), len(BANDS) - 1), np.float32)
    for at in range(0, len(frames), 256):
        spectrum = np.square(np.abs(np.fft.rfft(frames[at : at + 256] * window)))
        totals = np.concatenate([np.zeros((len(spectrum), 1)), np.cumsum(spectrum, axis=1)], 1)
        powers[at : at + 256] = (
            totals[:, np.maximum(edges[1:], edges[:-1] + 1)] - totals[:, edges[:-1]]
        )
    levels = 10 * np.log10(np.maximum(powers, 1e-12))
    return np.asarray(np.maximum(levels, levels.max() - DEPTH), np.float32)


def _heard(bands: Floats) -> tuple[int, int]:
    """The hops between which the piece is neither faded in nor out."""
    loud = bands.max(axis=1)
    heard = np.flatnonzero(loud > np.percentile(loud, 90) - HEARD)
    return int(heard[0]), int(heard[-1]) + 1


def _likeness(bands: Floats, starts: NDArray[np.intp], ends: NDArray[np.intp]) -> Floats:
    """(starts, ends): 1 where all that is heard around both is the same, 0 where it is as unlike as any two places."""
    rows = bands[starts[0] - AROUND : starts[-1] + AROUND + 1]
    columns = bands[ends[0] - AROUND : ends[-1] + AROUND + 1]
    far = (
        np.square(rows).sum(axis=1)[:, np.newaxis]
        + np.square(columns).sum(axis=1)
        - 2 * np.einsum("ib,jb->ij", rows, columns)
    )
    total = np.zeros((len(starts), len(ends)), np.float64)
    for step in range(2 * AROUND + 1):
        total += far[step : step + len(starts), step : step + len(ends)]
    usual = 2 * float(bands.var(axis=0).sum()) + 1e-9
    return np.asarray(1 - total / (2 * AROUND + 1) / usual, np.float32)


def _onsets(bands: Floats) -> Floats:
    """How much begins at each hop, 0 to 1."""
    rise = np.maximum(np.diff(bands, axis=0, prepend=bands[:1]), 0).sum(axis=1)
    return np.asarray(rise / (np.percentile(rise, 99) + 1e-9), np.float32).clip(0, 1)


def _settled(piece: Floats, start: int, end: int, likeness: float, *, calm: bool) -> Loop:
    """The loop to the sample: the start in the quiet before its beat, the end where the waves match best."""
    at = _quietest(piece, start * HOP)
    reach, half = HOP, round(LIKE * RATE)
    pattern = piece[at - half : at + half].mean(axis=1)
    around = end * HOP + at - start * HOP
    field = piece[around - half - reach : around + half + reach].mean(axis=1)
    windows = np.lib.stride_tricks.sliding_window_view(field, len(pattern))
    powers = np.sqrt(np.square(windows).sum(axis=1) * np.square(pattern).sum()) + 1e-9
    found = np.einsum("ij,j->i", windows, pattern) / powers
    best = int(np.argmax(found))
    matched = float(found[best])
    stop = around - reach + best
    seam = LIKE if matched >= MATCHED else CALM if calm else UNLIKE
    return Loop(at, stop, min(round(seam * RATE), at), likeness, matched)


def _quietest(piece: Floats, near: int) -> int:
    """The quietest moment (2 ms) in the 40 ms up to `near`."""
    step = 96
    part = np.square(piece[near - 20 * step : near]).sum(axis=1)
    return near - 20 * step + step * int(np.argmin(part.reshape(20, step).sum(axis=1)))
