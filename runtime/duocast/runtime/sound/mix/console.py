"""The `console`: a timeline and its sounds become the programme, its stems and their report."""

from collections.abc import Callable, Iterator, Mapping, Sequence
from contextlib import ExitStack
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import numpy as np
from numpy.typing import NDArray

from duocast.compiler.operations.sound import LoudnessReport, MixParams
from duocast.compiler.timeline import Timeline
from duocast.runtime import engines
from duocast.runtime.engine import EngineError, FailureClass, Request
from duocast.runtime.sound.file import FlacWriter, WavWriter, quantised
from duocast.runtime.sound.loudness import (
    PEAK_SPAN,
    STEPS,
    Floats,
    LoudnessMeter,
    PeakMeter,
    amplitude,
    decibels,
    gated_loudness,
    loudness_range,
    peak_envelope,
)
from duocast.runtime.sound.mix.cue import Stem, guarded
from duocast.runtime.sound.mix.level import Level, Measures, level
from duocast.runtime.sound.mix.session import STEMS, prepared
from duocast.runtime.sound.mix.spool import Spool
from duocast.runtime.sound.signal.dynamics import limiter_gain
from duocast.runtime.sound.signal.spectrum import RATE

BLOCK = round(4.8 * RATE)
"""Samples mixed at a time: whole hops of the loudness meter, whole spans of the peak meter."""

_TRIES = 4
_LONGEST = 4 * 3600 * RATE

Progress = Callable[[float], None]
Sound = TypeVar("Sound", NDArray[np.float32], NDArray[np.int32])


@dataclass(frozen=True, slots=True)
class _Film:
    stems: Mapping[str, Stem]
    samples: int
    progress: Progress

    def blocks(self) -> Iterator[tuple[int, dict[str, Floats]]]:
        for start in range(0, self.samples, BLOCK):
            stop = min(self.samples, start + BLOCK)
            yield start, {name: stem.block(start, stop) for name, stem in self.stems.items()}


class Console:
    """`mix`: see the operation's inputs and outputs. Raises `EngineError` A0331 and A0332 for what it can't mix."""

    name = engines.CONSOLE.name
    version = engines.CONSOLE.version
    operation = engines.CONSOLE.operation

    def run(self, request: Request) -> Mapping[str, Path]:
        """Write programme.wav, the stems and report.json."""
        params = MixParams.from_plain(request.params)
        timeline = Timeline.from_json(request.inputs["timeline"].read_bytes())
        samples = timeline.rate.samples(timeline.frames)
        _check(timeline, samples, request.inputs)
        with Spool(request.folder / "sounds.spool") as spool:
            stems = prepared(timeline, request.inputs, spool, _part(request.progress, 0.0, 0.5))
            film = _Film(stems, samples, request.progress)
            return _mixed(film, params, request.folder)


def _check(timeline: Timeline, samples: int, inputs: Mapping[str, Path]) -> None:
    if samples <= 0 or samples > _LONGEST:
        raise EngineError(
            FailureClass.INVALID, "A0331", "The film must last between one frame and four hours."
        )
    for track in timeline.tracks:
        for clip in track.clips:
            if clip.source not in inputs:
                raise EngineError(
                    FailureClass.INVALID, "A0332", f"The mix has no sound named {clip.source}."
                )


def _part(progress: Progress, start: float, end: float) -> Progress:
    return lambda done: progress(start + (end - start) * done)


def _mixed(film: _Film, params: MixParams, folder: Path) -> Mapping[str, Path]:
    measures = _measured(film)
    wanted = level(measures, params.loudness, params.true_peak - 0.05)
    loud = [s for s, peak in measures.loudest.items() if decibels(peak) + wanted.gain > -1.0]
    if loud:
        for stem in loud:
            _guard(film, film.stems[stem], wanted.gain)
        measures = _measured(film)
    loudness, ceiling = params.loudness, params.true_peak - 0.05
    for _ in range(_TRIES):
        wanted = level(measures, loudness, ceiling)
        report = _written(film, measures, wanted, folder)
        high, off = report.true_peak - params.true_peak, params.loudness - report.integrated
        if high <= 0 and (abs(off) <= 0.05 or not _reachable(wanted)):
            break
        ceiling -= max(0.0, high) + (0.02 if high > 0 else 0.0)
        loudness += off
    (folder / "report.json").write_bytes(report.to_json(indent=2) + b"\n")
    film.progress(1.0)
    names = {"programme": "programme.wav", "report": "report.json"}
    names |= {stem: f"{stem}.flac" for stem in STEMS}
    return {output: folder / name for output, name in names.items()}


def _reachable(wanted: Level) -> bool:
    """Whether more gain would make the film louder: not for silence, nor for a few clicks."""
    return 0.0 != wanted.gain < 29.9


def _measured(film: _Film) -> Measures:
    meter, peaks = LoudnessMeter(RATE, 2), PeakMeter(2)
    loudest = dict.fromkeys(film.stems, 0.0)
    parts = []
    for start, stems in film.blocks():
        for name, stem in stems.items():
            highest = max(float(stem.max(initial=0.0)), -float(stem.min(initial=0.0)))
            loudest[name] = max(loudest[name], highest)
        total = _sum(list(stems.values()))
        meter.push(total)
        parts.append(peaks.push(total))
        film.progress(0.5 + 0.2 * start / film.samples)
    parts.append(peaks.rest())
    spans = -(-film.samples // PEAK_SPAN)
    return Measures(meter.energies(), np.concatenate(parts)[:spans], loudest)


def _sum(stems: Sequence[Sound]) -> Sound:
    total = stems[0]
    for stem in stems[1:]:
        total = total + stem
    return total


def _guard(film: _Film, stem: Stem, gain: float) -> None:
    """A limiter on a stem that would clip by itself at this gain."""
    meter = PeakMeter(2)
    blocks = (
        stem.block(start, min(film.samples, start + BLOCK))
        for start in range(0, film.samples, BLOCK)
    )
    peaks = np.concatenate([*(meter.push(block) for block in blocks), meter.rest()])
    stem.guard = limiter_gain(peaks, amplitude(-1.0 - gain))


class _FinalMeter:
    """Measures the programme. Where nothing is limited it is the sum measured before, times the gain."""

    def __init__(self, measures: Measures, wanted: Level) -> None:
        self._measures = measures
        self._wanted = wanted
        self._gain = amplitude(wanted.gain)
        self._loudness = LoudnessMeter(RATE, 2)
        self._highest = 0.0

    def push(self, start: int, sound: Floats) -> None:
        """Take the block of the programme that starts at sample `start`."""
        first = start // PEAK_SPAN
        around = slice(max(0, first - 1), first + BLOCK // PEAK_SPAN + 1)
        free = float(self._wanted.limiter[around].min(initial=1.0)) >= 1.0
        if free and len(sound) == BLOCK:
            step = start * STEPS // RATE
            energies = self._measures.energies[step : step + BLOCK * STEPS // RATE]
            self._loudness.skip(sound, energies * self._gain**2)
            peak = float(self._measures.peaks[around].max(initial=0.0)) * self._gain
        else:
            self._loudness.push(sound)
            peak = float(peak_envelope(sound).max(initial=0.0))
        self._highest = max(self._highest, peak)

    def result(self) -> tuple[NDArray[np.float64], float]:
        """The energies of each 100 ms, and the highest true peak (linear)."""
        return self._loudness.energies(), self._highest


def _written(film: _Film, measures: Measures, wanted: Level, folder: Path) -> LoudnessReport:
    """Write the film at its level, and measure it anew wherever the limiter holds it."""
    meter = _FinalMeter(measures, wanted)
    gain = np.float32(amplitude(wanted.gain))
    with ExitStack() as files:
        programme = files.enter_context(WavWriter(folder / "programme.wav", RATE, 2, 24))
        flacs = {s: files.enter_context(FlacWriter(folder / f"{s}.flac", RATE)) for s in STEMS}
        for start, stems in film.blocks():
            exact = {s: quantised(sound * gain, 24) for s, sound in stems.items()}
            for name, sound in exact.items():
                flacs[name].write_exact(sound)
            total = _sum(list(exact.values())).astype(np.float32) * np.float32(2**-23)
            total *= guarded(wanted.limiter, start // PEAK_SPAN, len(total))
            programme.write(total)
            meter.push(start, total)
            film.progress(0.7 + 0.29 * start / film.samples)
    energies, highest = meter.result()
    return LoudnessReport(
        integrated=round(gated_loudness(energies), 3),
        true_peak=round(max(-144.0, decibels(highest)), 3),
        range=round(loudness_range(energies), 3),
        samples=film.samples,
    )
