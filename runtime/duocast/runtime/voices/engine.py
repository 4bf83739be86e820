"""The engines that speak with big models: chunks said, judged, said again if need be, and made into one take."""

import importlib
import tempfile
from collections.abc import Mapping
from dataclasses import replace
from pathlib import Path

from duocast.compiler.graph import Operation
from duocast.compiler.operations.speak import SpeakParams
from duocast.compiler.voices import tempo_of
from duocast.runtime.engine import EngineError, FailureClass, Request
from duocast.runtime.models.engine import ModelEngine
from duocast.runtime.models.limits import said
from duocast.runtime.models.warm import WARM, Read, at_work
from duocast.runtime.sound.file import resample
from duocast.runtime.speech.engines import write_sound
from duocast.runtime.speech.lexicon import bare
from duocast.runtime.speech.recording import Recording, take_of
from duocast.runtime.speech.score import score_of
from duocast.runtime.speech.shape import above
from duocast.runtime.speech.signal import Sound
from duocast.runtime.speech.synthesis import RATE
from duocast.runtime.speech.take import SOUND_RATE, voicing_of
from duocast.runtime.voices.chunks import Chunk, chunks_of
from duocast.runtime.voices.judging import Verdict, expected_seconds, judged
from duocast.runtime.voices.limits import ALL, VoiceLimits
from duocast.runtime.voices.reference import prepared
from duocast.runtime.voices.saying import Ask, Says, primary

_READERS = {"bark": "bark", "pocket": "pocket"}
"""The module that reads an engine's model, where it is not Coqui's library."""
TRIES = 3
"""How often a chunk is said until it sounds like speech."""
RUMBLE = 45.0
"""Hertz below which no voice is: offsets and rumble of a model would only take its loudness."""
_NEXT = 7919
"""Between the seeds of two tries."""


class ModelVoice(ModelEngine):
    """One voice model. The same request gives the same take on the same machine."""

    operation = Operation.SPEAK

    def run(self, request: Request) -> Mapping[str, Path]:
        """`sound` and `times` of one line; the input `reference` is a recording to sound like.

        Raises `EngineError`: V0301 and V0302 as `Shelf.model`, R0020 without the extra `models`, V0202 a language and
        V0204 a voice that the model lacks, V0203 a useless recording, A0611 a model that says nothing, R0004 memory.
        """
        params = SpeakParams.from_plain(request.params)
        model = self._shelf.model(self.name)
        limits = said(ALL[self.name], model.sheet)
        _check_language(limits, params.voice.language)
        voice: Says = WARM.model(model, limits, _reader(self.name))
        with tempfile.TemporaryDirectory(dir=request.folder) as scratch, at_work(self.name):
            recording = request.inputs.get("reference")
            reference = prepared(recording, Path(scratch)) if recording is not None else None
            recordings, remarks = _said(params, voice, limits, reference, request)
        take = take_of(params, recordings, remarks=remarks)
        outputs = {"sound": request.folder / "take.wav", "times": request.folder / "times.json"}
        write_sound(outputs["sound"], take.sound, SOUND_RATE)
        outputs["times"].write_bytes(take.times.to_json())
        request.progress(1.0)
        return outputs


def _reader(engine: str) -> Read:
    """How the engine's model is read; its library is imported inside."""
    module = importlib.import_module(f"duocast.runtime.voices.{_READERS.get(engine, 'coqui')}")
    found: Read = module.read
    return found


def _check_language(limits: VoiceLimits, language: str) -> None:
    if limits.languages and primary(language) not in limits.languages:
        raise EngineError(
            FailureClass.INVALID,
            "V0202",
            f"the engine {limits.engine!r} does not speak {language}",
            f"it speaks {', '.join(limits.languages)}; name another engine on the voice's card",
        )


def _said(
    params: SpeakParams,
    voice: Says,
    limits: VoiceLimits,
    reference: Path | None,
    request: Request,
) -> tuple[list[Recording], list[str]]:
    """Every chunk of the line, and what is to be remarked about them."""
    score = score_of(params)
    lexicon = {bare(word).lower(): how for word, how in params.lexicon}
    chunks = chunks_of(score, limits.characters, lexicon)
    recordings: list[Recording] = []
    remarks: list[str] = []
    for number, chunk in enumerate(chunks):
        words = [word.text for word in score.words[chunk.first : chunk.last]]
        pace = _pace(params) * chunk.manner.pace
        ask = Ask(
            text=chunk.text,
            voice=params.voice.id,
            language=params.voice.language,
            pace=pace if limits.paced else 1.0,
            seed=(params.seed + chunk.first) % 2**31,
            reference=reference,
        )
        sound, told = spoken(voice, ask, expected_seconds(words, ask.pace))
        recordings.append(Recording(sound, chunk.first, chunk.last))
        remarks += [f"{_name(chunk)}: {each}" for each in told]
        request.progress((number + 1) / len(chunks) * 0.9)
    return recordings, remarks


def _pace(params: SpeakParams) -> float:
    """How fast the line is said; what slows one of our own quick voices down is not meant for another one."""
    own = max(1.0, tempo_of(params.voice.id))
    return voicing_of(params.replace(voice=params.voice.replace(pace=params.voice.pace * own))).pace


def spoken(voice: Says, ask: Ask, expected: float) -> tuple[Sound, list[str]]:
    """The words as a sound at `RATE`, said again with other seeds while they do not sound like speech.

    The best try is taken, and what was wrong with each other one is told. Raises `EngineError` A0611 if nothing is
    ever heard.
    """
    best: tuple[Verdict, Sound] | None = None
    told: list[str] = []
    for number in range(TRIES):
        again = replace(ask, seed=(ask.seed + number * _NEXT) % 2**31)
        sound = above(resample(voice.say(again), voice.rate, RATE), RATE, RUMBLE)
        verdict = judged(sound, expected)
        if best is None or verdict.badness < best[0].badness:
            best = (verdict, sound)
        if not verdict.reason:
            break
        told.append(f"try {number + 1} with seed {again.seed}: {verdict.reason}")
    assert best is not None
    if best[0].badness >= 3:
        message = f"the model said nothing in {TRIES} tries ({ask.text[:40]!r})"
        raise EngineError(FailureClass.POISONED, "A0611", message, "name another engine or voice")
    return best[1], told


def _name(chunk: Chunk) -> str:
    return f"words {chunk.first + 1} to {chunk.last}"
