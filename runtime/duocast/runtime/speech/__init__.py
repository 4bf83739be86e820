"""Speech: written lines become takes, with the time of every word and phone."""

from duocast.runtime.engine import Engine
from duocast.runtime.engines import DRAFT, KOKORO

__all__ = ["speech_engines"]


def speech_engines() -> tuple[Engine, ...]:
    """The engines of `speak`, the first one being the default. Models load when they first speak."""
    from duocast.runtime.speech.engines import SpeechEngine, load_draft, load_kokoro

    return (SpeechEngine(KOKORO, load_kokoro), SpeechEngine(DRAFT, load_draft))
