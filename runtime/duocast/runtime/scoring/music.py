"""The engines that make music cues with a model: one piece or several, turned into a loop."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from duocast.compiler.graph import Operation
from duocast.compiler.operations.sound import MusicParams
from duocast.runtime.engine import Request
from duocast.runtime.models.engine import ModelEngine
from duocast.runtime.models.limits import said
from duocast.runtime.models.warm import Loaded, at_work
from duocast.runtime.scoring.limits import ALL, SoundLimits
from duocast.runtime.scoring.loading import SHORTER, loaded
from duocast.runtime.scoring.loops import best_loop, opened, turned
from duocast.runtime.scoring.pieces import ROOM, conformed, counts, ended, joined
from duocast.runtime.scoring.playing import HOW, Ask, Piece
from duocast.runtime.scoring.takes import taken
from duocast.runtime.sound.file import write_wav
from duocast.runtime.sound.loudness import Floats, to_loudness
from duocast.runtime.sound.music.composer import CEILING, LOUDNESS, mastered
from duocast.runtime.sound.recording import looped
from duocast.runtime.sound.signal.spectrum import RATE

ONCE = 20.0
"""Seconds under which a cue is played once and ends; longer ones go round."""
SEAM = 0.5
"""Seconds of the cross-fade from a piece to the one that goes on from it; both are the same music there."""
LEAST = 0.4
"""Of a piece that its loop has at least."""


class Musician(ModelEngine):
    """One music model. The same request gives the same cue on the same machine."""

    operation = Operation.SCORE

    def run(self, request: Request) -> Mapping[str, Path]:
        """Write music.wav as the composer does: stereo, 48 kHz, -20 LUFS.

        Raises `EngineError`: V0301 and V0302 as `Shelf.model`, R0020 without the extra `models`, R0004 out of memory,
        A0611 a model that makes nothing usable.
        """
        params = MusicParams.from_plain(request.params)
        model = self._shelf.model(self.name)
        limits = said(ALL[self.name], model.sheet)
        player = loaded(model, limits)
        request.progress(0.2)
        with at_work(self.name, SHORTER):
            sound = _played(player, params, limits)
        request.progress(0.9)
        once = _is_once(sound, params)
        cue = ended(sound, params.seconds) if once else _round(sound)
        level = to_loudness(cue, RATE, LOUDNESS, ceiling=20.0)
        final = to_loudness(mastered(level), RATE, LOUDNESS, CEILING)
        path = request.folder / "music.wav"
        write_wav(path, final if once else opened(final), RATE, 16)
        request.progress(1.0)
        return {"sound": path}


def _is_once(sound: Floats, params: MusicParams) -> bool:
    """Whether a cue has an ending; one that the model can't play to its end goes round."""
    return params.seconds < ONCE and len(sound) / RATE > params.seconds - SEAM


def _played(player: Loaded, params: MusicParams, limits: SoundLimits) -> Floats:
    """All that the model plays for a cue: a model that can go on does so until it is long enough."""
    wanted = params.seconds if params.seconds < ONCE else params.seconds + ROOM
    carried = min(limits.carried, limits.seconds / 3)
    number = counts(wanted, limits.seconds, carried) if carried else 1
    ask = Ask(
        params.prompt,
        params.unwanted,
        min(limits.seconds, wanted),
        params.seed,
        params.bpm,
        params.beats,
        params.lyrics,
    )

    def play(asked: Ask) -> Piece:
        return HOW[limits.engine](player, asked, limits)

    piece = taken(limits.engine, ask, play)
    whole = conformed(piece.samples, piece.rate)
    for turn in range(1, number):
        before = piece.samples[-round(carried * piece.rate) :]
        more = min(limits.seconds - carried, wanted - len(whole) / RATE + SEAM)
        further = replace(ask, seconds=more, seed=ask.seed + turn, before=before)
        piece = taken(limits.engine, further, play)
        known = len(before) / piece.rate - SEAM
        went_on = conformed(piece.samples[round(known * piece.rate) :], piece.rate)
        whole = joined([whole, went_on], SEAM)
    return whole


def _round(sound: Floats) -> Floats:
    """The best loop of a piece; where none can be looked for, its end is laid over its start."""
    loop = best_loop(sound, LEAST * len(sound) / RATE)
    return looped(sound, 1.0) if loop is None else turned(sound, loop)
