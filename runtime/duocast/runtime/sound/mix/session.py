"""A session: the timeline's sounds read, treated and laid on their stems."""

from collections.abc import Callable, Iterator, Mapping
from dataclasses import replace
from pathlib import Path

import numpy as np

from duocast.compiler.timeline import SoundClip, Timeline, Track
from duocast.runtime.sound.file import read_sound, resample, stereo
from duocast.runtime.sound.loudness import Floats, amplitude
from duocast.runtime.sound.mix.cue import Cue, Stem, seam_of
from duocast.runtime.sound.mix.ducking import Spans, duck_curve, spoken_spans
from duocast.runtime.sound.mix.room import in_room, over_telephone
from duocast.runtime.sound.mix.spool import Piece, Spool
from duocast.runtime.sound.mix.voice import strip
from duocast.runtime.sound.signal.envelope import faded
from duocast.runtime.sound.signal.spectrum import RATE

STEMS = ("dialogue", "music", "effects")

_STEM_OF = {
    "dialogue": "dialogue",
    "music": "music",
    "effects": "effects",
    "ambience": "effects",
}
BUS_DB = {"dialogue": 0.0, "music": 0.0, "effects": 0.0, "ambience": 4.0}
"""The level of each bus, for takes at -19 LUFS and music and effects at -20."""

_DECLICK = 144
"""3 ms: the fade of an end that has none of its own."""


def prepared(
    timeline: Timeline,
    inputs: Mapping[str, Path],
    spool: Spool,
    progress: Callable[[float], None],
) -> dict[str, Stem]:
    """The three stems of a timeline, ready to be rendered."""
    samples = timeline.rate.samples(timeline.frames)
    cues: dict[str, list[Cue]] = {stem: [] for stem in STEMS}
    spoken: dict[str, Spans] = {}
    roles = {line.line: line.role for line in timeline.spoken}
    total = max(1, sum(len(track.clips) for track in timeline.tracks))
    done = 0
    library = _Library(inputs, spool)
    for track in timeline.tracks:
        for clip in track.clips:
            cues[_STEM_OF[track.kind]] += _cues(
                track, clip, library, spoken.setdefault(roles.get(clip.line or "", ""), []), samples
            )
            done += 1
            progress(done / total)
    curves = _curves(timeline, spoken, samples)
    return {stem: Stem(laid, spool, curves) for stem, laid in cues.items()}


def _curves(timeline: Timeline, spoken: Mapping[str, Spans], samples: int) -> dict[str, Floats]:
    """How far tracks are down under everybody's voice (the empty name), and under single roles."""
    everybody = [span for spans in spoken.values() for span in spans]
    alone = {track.duck_under for track in timeline.tracks if track.duck_under}
    curves = {role: duck_curve(spoken.get(role, []), samples) for role in sorted(alone)}
    return {"": duck_curve(everybody, samples), **curves}


class _Library:
    """The input files: takes are read when they are needed, other sounds once for all their clips."""

    def __init__(self, inputs: Mapping[str, Path], spool: Spool) -> None:
        self._inputs = inputs
        self.spool = spool
        self._kept: dict[str, tuple[Piece, int]] = {}

    def sound(self, source: str) -> Floats:
        """The sound at 48 kHz, (n, channels)."""
        sound, rate = read_sound(self._inputs[source])
        return resample(sound, rate, RATE)

    def piece(self, source: str) -> tuple[Piece, int]:
        """The sound on the spool, and the seam it needs as a loop."""
        if source not in self._kept:
            sound = stereo(self.sound(source))
            self._kept[source] = (self.spool.add(sound), seam_of(sound))
        return self._kept[source]


def _cues(
    track: Track, clip: SoundClip, library: _Library, spoken: Spans, samples: int
) -> Iterator[Cue]:
    if clip.at >= samples or clip.samples <= 0 or clip.at + clip.samples <= 0:
        return
    if track.kind == "dialogue":
        yield _voice(clip, library, spoken, samples)
    elif clip.room in ("none", "") and clip.pan == 0:
        yield _bed(track, clip, library, samples)
    else:
        yield _placed(track, clip, library, samples)


def _voice(clip: SoundClip, library: _Library, spoken: Spans, samples: int) -> Cue:
    take = library.sound(clip.source).mean(axis=1, dtype=np.float32)
    take = take[clip.offset : clip.offset + clip.samples]
    ends = (max(clip.fade_in, _DECLICK), max(clip.fade_out, _DECLICK))
    take = faded(take[:, np.newaxis], *ends)[:, 0]
    if not len(take):
        take = np.zeros(1, np.float32)
    voice, sound = strip(take, clip.pan, clip.room)
    spoken += spoken_spans(voice, clip.at)
    return _laid(clip.at, sound, amplitude(BUS_DB["dialogue"] + clip.gain_db), library, samples)


def _laid(at: int, sound: Floats, gain: float, library: _Library, samples: int) -> Cue:
    """A treated sound as a cue; what stands before the film's first sample is cut off."""
    early = max(0, -at)
    piece = library.spool.add(sound[early:])
    return Cue(piece, at + early, min(piece.samples, samples - at - early), gain=gain)


def _bed(track: Track, clip: SoundClip, library: _Library, samples: int) -> Cue:
    """Music, an effect or ambience as it is."""
    piece, seam = library.piece(clip.source)
    length = clip.samples if clip.loop else min(clip.samples, piece.samples - clip.offset)
    length = max(1, min(length, samples - clip.at))
    cut_short = clip.loop or clip.offset + length < piece.samples
    return Cue(
        piece,
        clip.at,
        length,
        offset=clip.offset,
        gain=amplitude(BUS_DB[track.kind] + clip.gain_db),
        fade_in=min(length, max(clip.fade_in, _DECLICK if clip.offset else 0)),
        fade_out=min(length, max(clip.fade_out, _DECLICK if cut_short else 0)),
        loop=clip.loop,
        seam=seam if clip.loop else 0,
        duck=track.duck_db,
        under=track.duck_under or "",
    )


def _placed(track: Track, clip: SoundClip, library: _Library, samples: int) -> Cue:
    """A sound that is panned or stands in a room: treated whole, then laid like a voice."""
    sound = stereo(library.sound(clip.source))[clip.offset :]
    if clip.loop:
        sound = np.resize(sound, (min(clip.samples, samples), 2))
    sound = faded(sound[: clip.samples], max(clip.fade_in, 1), max(clip.fade_out, _DECLICK))
    if clip.room == "phone":
        sound = np.stack([over_telephone(channel) for channel in sound.T], axis=1)
    left, right = min(1.0, 1 - clip.pan), min(1.0, 1 + clip.pan)
    both = sound * np.array([left, right], np.float32)
    mono = both.mean(axis=1, keepdims=True, dtype=np.float32)
    gain = amplitude(BUS_DB[track.kind] + clip.gain_db)
    cue = _laid(clip.at, in_room(mono, both, clip.room), gain, library, samples)
    return replace(cue, duck=track.duck_db, under=track.duck_under or "")
