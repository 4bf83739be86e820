"""Speech: written lines become takes, with the time of every word and phone."""

from duocast.runtime.engine import Engine

__all__ = ["speech_engines"]


def speech_engines() -> tuple[Engine, ...]:
    """The engines of `speak`, the first one being the default. Models load when they first speak."""
    from duocast.runtime.speech.engines import SpeechEngine, load_draft, load_kokoro

    return (SpeechEngine("kokoro", "1", load_kokoro), SpeechEngine("draft", "1", load_draft))
