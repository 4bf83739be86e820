"""Voices by models: Coqui's and those of transformers. Torch and the model libraries are loaded when one speaks."""

from duocast.runtime import engines
from duocast.runtime.engine import Engine
from duocast.runtime.modelled import ModelShelf


def voice_engines(places: ModelShelf) -> tuple[Engine, ...]:
    """The engines of this package, with models from these places."""
    from duocast.runtime.voices.engine import ModelVoice

    shelf = places.open()
    return tuple(ModelVoice(each.name, each(places).version, shelf) for each in engines.VOICES)
