"""The `composer`: music from the writer's words, offline, or the writer's own recording."""

import zlib
from collections.abc import Mapping
from pathlib import Path

import numpy as np

from duocast.compiler.operations.sound import ScoreParams
from duocast.runtime import engines
from duocast.runtime.engine import Request
from duocast.runtime.sound.file import write_wav
from duocast.runtime.sound.loudness import Floats, to_loudness
from duocast.runtime.sound.music.form import compose_form
from duocast.runtime.sound.music.mood import read_mood
from duocast.runtime.sound.music.performance import perform
from duocast.runtime.sound.music.textures import parts_of
from duocast.runtime.sound.recording import recording
from duocast.runtime.sound.signal.dynamics import compressed, limited
from duocast.runtime.sound.signal.spectrum import RATE

LOUDNESS = -20.0
"""LUFS of every cue."""

CEILING = -1.0
"""dBTP."""

SHORTEST, LONGEST = 2.0, 600.0


def composed(words: str, seconds: float, seed: int) -> Floats:
    """A cue for the mood `words`: (n, 2) at 48 kHz, -20 LUFS, its end runs into its start."""
    seconds = min(LONGEST, max(SHORTEST, seconds))
    mood = read_mood(words)
    own = zlib.crc32(" ".join(words.lower().split()).encode())
    song = compose_form(mood, seconds, np.random.default_rng([seed & 0xFFFFFFFF, own]))
    cue = perform(song, parts_of(mood), round(seconds * RATE), (seed * 31 + own) & 0xFFFFFFFF)
    cue = to_loudness(cue, RATE, LOUDNESS, ceiling=20.0)
    return to_loudness(mastered(cue), RATE, LOUDNESS, CEILING)


def mastered(cue: Floats) -> Floats:
    """A loop at -20 LUFS with a gentle hand on it: the loud third comes down, peaks stay 12 dB above the mean."""
    return limited(compressed(cue, LOUDNESS - 4, 1.8, 0.25), -5.0, loops=True)


class Composer:
    """`score`: the output `sound` is a cue from `ScoreParams`, or the input `file` at the same loudness."""

    name = engines.COMPOSER.name
    version = engines.COMPOSER.version
    operation = engines.COMPOSER.operation

    def run(self, request: Request) -> Mapping[str, Path]:
        """Write music.wav. Raises `EngineError` A0321 to A0323 for a file that is no sound, empty or too long."""
        params = ScoreParams.from_plain(request.params)
        if "file" in request.inputs:
            sound = to_loudness(recording(request.inputs["file"]), RATE, LOUDNESS, CEILING)
        else:
            sound = composed(params.mood, params.seconds, params.seed)
        path = request.folder / "music.wav"
        write_wav(path, sound, RATE, 16)
        request.progress(1.0)
        return {"sound": path}
