"""Lines said for the tests, through the engines as the farm calls them."""

import wave
from pathlib import Path

import numpy as np

from duocast.compiler.operations.speak import SpeakParams, TakeTimes, VoiceSpec, Words
from duocast.runtime.engine import Request
from duocast.runtime.speech import speech_engines
from duocast.runtime.weights import WeightCache

ENGINES = {engine.name: engine for engine in speech_engines()}


def cache_folder():
    """One folder for all tests; what is pulled once stays."""
    return Path.home() / ".cache" / "duocast" / "models"


def line(*segments, voice="amber", **more):
    """Params of a line; a plain string is a `Words`."""
    segments = tuple(Words(text=s) if isinstance(s, str) else s for s in segments)
    spec = more.pop("spec", None) or VoiceSpec(id=voice)
    return SpeakParams(voice=spec, segments=segments, **more)


def say(params, folder, engine="draft"):
    """The take's file, its samples and its times."""
    folder.mkdir(parents=True, exist_ok=True)
    request = Request(params.plain(), {}, folder, lambda done: None, WeightCache(cache_folder()))
    files = ENGINES[engine].run(request)
    with wave.open(str(files["sound"])) as file:
        assert (file.getnchannels(), file.getframerate(), file.getsampwidth()) == (1, 48000, 2)
        samples = np.frombuffer(file.readframes(file.getnframes()), "<i2") / 32768
    times = TakeTimes.from_json(files["times"].read_text("utf-8"))
    return files["sound"], samples, times
