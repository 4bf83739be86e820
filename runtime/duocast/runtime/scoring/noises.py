"""The engines that make effects and ambience with a model: once, or going on without an end."""

from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from duocast.compiler.graph import Operation
from duocast.compiler.operations.sound import NoiseParams
from duocast.runtime.engine import Request
from duocast.runtime.models.engine import ModelEngine
from duocast.runtime.models.limits import said
from duocast.runtime.models.warm import Loaded, at_work
from duocast.runtime.scoring.limits import ALL, SoundLimits
from duocast.runtime.scoring.loading import SHORTER, loaded
from duocast.runtime.scoring.pieces import OVERLAP, conformed, counts, joined, trimmed
from duocast.runtime.scoring.playing import HOW, Ask, Piece
from duocast.runtime.scoring.takes import taken
from duocast.runtime.sound.file import write_wav
from duocast.runtime.sound.foley.foley import CEILING, LOOP_SECONDS, LOUDNESS, levelled
from duocast.runtime.sound.loudness import Floats, to_loudness
from duocast.runtime.sound.recording import cut, looped
from duocast.runtime.sound.signal.envelope import faded
from duocast.runtime.sound.signal.spectrum import RATE

USUAL = 5.0
"""Seconds of a sound whose length nobody says."""
EDGE = 0.005


class NoiseMaker(ModelEngine):
    """One sound model. The same request gives the same sound on the same machine."""

    operation = Operation.EFFECT

    def run(self, request: Request) -> Mapping[str, Path]:
        """Write effect.wav as the foley does: stereo, 48 kHz, -20 LUFS; one that goes on is seamless.

        Raises `EngineError` as `Musician.run`.
        """
        params = NoiseParams.from_plain(request.params)
        model = self._shelf.model(self.name)
        limits = said(ALL[self.name], model.sheet)
        player = loaded(model, limits)
        request.progress(0.2)
        with at_work(self.name, SHORTER):
            sound = (
                _going_on(player, params, limits) if params.loop else _once(player, params, limits)
            )
        request.progress(0.9)
        path = request.folder / "effect.wav"
        write_wav(path, levelled(sound, loop=params.loop), RATE, 16)
        request.progress(1.0)
        return {"sound": path}


def _ask(params: NoiseParams, seconds: float) -> Ask:
    return Ask(params.prompt, params.unwanted, seconds, params.seed)


def _take(player: Loaded, ask: Ask, limits: SoundLimits) -> Floats:
    def play(asked: Ask) -> Piece:
        return HOW[limits.engine](player, asked, limits)

    piece = taken(limits.engine, ask, play)
    return conformed(piece.samples, piece.rate)


def _once(player: Loaded, params: NoiseParams, limits: SoundLimits) -> Floats:
    """What happens once: as long as it sounds, but no longer than asked."""
    wanted = params.seconds or USUAL
    sound = trimmed(_take(player, _ask(params, min(limits.seconds, wanted)), limits))
    short = cut(sound, wanted)
    return faded(short, round(EDGE * RATE), min(len(short) // 4, RATE // 10))


def _going_on(player: Loaded, params: NoiseParams, limits: SoundLimits) -> Floats:
    """What goes on: pieces with seeds of their own, equally loud, the end of each and of all faded into the next."""
    wanted = (params.seconds or LOOP_SECONDS) + OVERLAP
    number = counts(wanted, limits.seconds, OVERLAP)
    ask = _ask(params, min(limits.seconds, wanted))
    takes = (_take(player, replace(ask, seed=ask.seed + turn), limits) for turn in range(number))
    pieces = [to_loudness(take, RATE, LOUDNESS, ceiling=CEILING) for take in takes]
    return looped(joined(pieces, OVERLAP), OVERLAP)
