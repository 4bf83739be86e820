"""The engines that speak: `kokoro` for films, `draft` for previews."""

import threading
import wave
from collections.abc import Callable, Mapping
from pathlib import Path

import numpy as np

from duocast.compiler.operations.speak import SpeakParams
from duocast.compiler.voices import Voice, find_voice, nearest_voices
from duocast.runtime.engine import EngineError, FailureClass, Request, Weights
from duocast.runtime.listed import Listed
from duocast.runtime.speech.signal import Sound
from duocast.runtime.speech.synthesis import Synthesiser

_LOADED: dict[str, Synthesiser] = {}
_LOADING = threading.Lock()


class SpeechEngine:
    """Speaks lines with one model, which stays in memory for the life of the process."""

    def __init__(self, entry: Listed, load: Callable[[Weights], Synthesiser]) -> None:
        self.name = entry.name
        self.version = entry.version
        self.operation = entry.operation
        self._load = load

    def run(self, request: Request) -> Mapping[str, Path]:
        """`sound` and `times` of one line. Raises `EngineError` V0201 (voice) or V0202 (language)."""
        from duocast.runtime.speech.take import SOUND_RATE, make_take

        params = SpeakParams.from_plain(request.params)
        voice = voice_of(params)
        request.progress(0.0)
        take = make_take(params, self._model(request.weights), voice)
        request.progress(0.9)
        sound, times = request.folder / "take.wav", request.folder / "times.json"
        write_sound(sound, take.sound, SOUND_RATE)
        times.write_bytes(take.times.to_json())
        request.progress(1.0)
        return {"sound": sound, "times": times}

    def _model(self, weights: Weights) -> Synthesiser:
        with _LOADING:
            if self.name not in _LOADED:
                _LOADED[self.name] = self._load(weights)
            return _LOADED[self.name]


def voice_of(params: SpeakParams) -> Voice:
    """The voice that a line asks for."""
    voice = find_voice(params.voice.id)
    if voice is None:
        near = " or ".join(nearest_voices(params.voice.id))
        message = f"there is no voice called {params.voice.id}"
        raise EngineError(FailureClass.INVALID, "V0201", message, f"did you mean {near}?")
    language = params.voice.language
    if language.split("-")[0].lower() != "en":
        message = f"the voice {voice.name} speaks English, not {language}"
        hint = "write the line in English, or name an engine that speaks the language"
        raise EngineError(FailureClass.INVALID, "V0202", message, hint)
    return voice


def write_sound(path: Path, sound: Sound, rate: int) -> None:
    """A mono WAV file of 16 bits."""
    samples = np.clip(np.rint(sound * 32767.0), -32768, 32767).astype("<i2")
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(rate)
        file.writeframes(samples.tobytes())


def load_kokoro(weights: Weights) -> Synthesiser:
    """The film voice model."""
    from duocast.runtime.speech.kokoro import Kokoro

    return Kokoro(weights)


def load_draft(weights: Weights) -> Synthesiser:
    """The draft voice model."""
    from duocast.runtime.speech.draft import Draft

    return Draft(weights)
