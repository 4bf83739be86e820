"""A cue: one prepared sound on the film, and a stem: the sum of its cues, rendered a block at a time."""

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

import numpy as np

from duocast.runtime.sound.loudness import PEAK_SPAN, Floats
from duocast.runtime.sound.mix.ducking import ducked
from duocast.runtime.sound.mix.spool import Piece, Spool
from duocast.runtime.sound.signal.dynamics import ramp
from duocast.runtime.sound.signal.envelope import rise
from duocast.runtime.sound.signal.spectrum import RATE

SEAM = round(0.08 * RATE)
"""The cross-fade of a loop whose ends don't meet."""


@dataclass(frozen=True, slots=True)
class Cue:
    """A piece from sample `at` of the film on: `samples` long, from `offset` in the piece, its ends faded.

    `seam` is 0 for a loop whose ends meet, else how many samples of its end and start lie over each other.
    """

    piece: Piece
    at: int
    samples: int
    offset: int = 0
    gain: float = 1.0
    fade_in: int = 0
    fade_out: int = 0
    loop: bool = False
    seam: int = 0
    duck: float = 0.0
    under: str = ""
    """The role whose voice it makes way for; empty: everybody's."""

    @property
    def end(self) -> int:
        """The sample of the film after its last."""
        return self.at + self.samples


def seam_of(sound: Floats) -> int:
    """How long a loop's cross-fade must be: 0 if its end runs into its start (it then keeps its beat)."""
    near = max(2, min(2400, len(sound) // 4))
    if len(sound) < 4 * near:
        return min(SEAM, len(sound) // 4)
    moves = np.abs(np.diff(np.concatenate([sound[-near:], sound[:near]]), axis=0)).max(axis=1)
    jump = float(moves[near - 1])
    usual = float(np.percentile(np.delete(moves, near - 1), 99)) if near > 2 else 0.0
    before, after = (
        float(np.sqrt(np.square(part).mean())) for part in (sound[-near:], sound[:near])
    )
    alike = max(before, after) < 4 * min(before, after) + 1e-3
    return 0 if jump <= 2 * usual + 1e-4 and alike else min(SEAM, len(sound) // 4)


def render_cue(cue: Cue, spool: Spool, start: int, stop: int, curve: Floats) -> Floats:
    """The cue between samples `start` and `stop` of the film, which both lie within it: (stop - start, 2)."""
    first, last = start - cue.at, stop - cue.at
    sound = _looped(cue, spool, first, last) if cue.loop else _once(cue, spool, first, last)
    sound = sound * np.float32(cue.gain)
    _fade(sound, cue, first, last)
    if cue.duck:
        sound *= ducked(curve, cue.duck, start, stop)
    return sound


def _once(cue: Cue, spool: Spool, first: int, last: int) -> Floats:
    part = spool.read(cue.piece, cue.offset + first, cue.offset + last)
    if len(part) == last - first:
        return part
    result = np.zeros((last - first, 2), np.float32)
    result[: len(part)] = part
    return result


def _looped(cue: Cue, spool: Spool, first: int, last: int) -> Floats:
    """The piece round and round. Each turn starts `seam` samples before the one before it ends."""
    period = max(1, cue.piece.samples - cue.seam)
    result = np.zeros((last - first, 2), np.float32)
    place = cue.offset + first
    turn = max(0, (place - cue.seam) // period) if cue.seam else place // period
    while turn * period < cue.offset + last:
        begin = turn * period
        low, high = max(place, begin), min(cue.offset + last, begin + cue.piece.samples)
        if high > low:
            part = spool.read(cue.piece, low - begin, high - begin)
            if cue.seam:
                part = _crossed(part, cue, low - begin, turn)
            result[low - place : low - place + len(part)] += part
        turn += 1
    return result


def _crossed(part: Floats, cue: Cue, first: int, turn: int) -> Floats:
    places = np.arange(first, first + len(part), dtype=np.float32)
    into = np.clip((places + 0.5) / cue.seam, 0, 1) if turn else np.ones_like(places)
    out = np.clip((cue.piece.samples - places - 0.5) / cue.seam, 0, 1)
    return part * np.sin(np.minimum(into, out) * np.float32(np.pi / 2))[:, np.newaxis]


def _fade(sound: Floats, cue: Cue, first: int, last: int) -> None:
    if cue.fade_in and first < cue.fade_in:
        curve = rise(cue.fade_in)[first:last]
        sound[: len(curve)] *= curve[:, np.newaxis]
    tail = cue.samples - cue.fade_out
    if cue.fade_out and last > tail:
        begin = max(first, tail)
        curve = rise(cue.fade_out)[::-1][begin - tail : last - tail]
        sound[begin - first : begin - first + len(curve)] *= curve[:, np.newaxis]


class Stem:
    """The cues of one stem in film order, summed a block at a time."""

    def __init__(self, cues: Sequence[Cue], spool: Spool, curves: Mapping[str, Floats]) -> None:
        """`curves` by role; the empty name is everybody."""
        self._cues = sorted(cues, key=lambda cue: (cue.at, cue.piece.first))
        self._spool = spool
        self._curves = curves
        self.guard: Floats | None = None
        """Gains a span of 32 samples that keep the stem itself from clipping; None where it never would."""

    def block(self, start: int, stop: int) -> Floats:
        """Samples `start` (a multiple of 32) to `stop` of the film, (stop - start, 2), at unit gain."""
        result = np.zeros((stop - start, 2), np.float32)
        for cue in self._cues:
            if cue.at >= stop:
                break
            if cue.end > start:
                low, high = max(start, cue.at), min(stop, cue.end)
                part = render_cue(cue, self._spool, low, high, self._curves[cue.under])
                result[low - start : high - start] += part
        if self.guard is not None:
            span = start // PEAK_SPAN
            result *= guarded(self.guard, span, stop - start)
        return result


def guarded(gains: Floats, span: int, samples: int) -> Floats:
    """The gain (samples, 1) from span number `span` on; it is continuous over the edges of blocks."""
    count = -(-samples // PEAK_SPAN)
    around = np.pad(gains, 1, mode="edge")[span : span + count + 2]
    return ramp(around, (count + 2) * PEAK_SPAN)[PEAK_SPAN : PEAK_SPAN + samples, np.newaxis]
