"""Music and sounds by models. Torch and the model libraries are loaded when one runs."""

from duocast.runtime import engines
from duocast.runtime.engine import Engine
from duocast.runtime.modelled import Modelled, ModelShelf


def scoring_engines(places: ModelShelf) -> tuple[Engine, ...]:
    """The engines of this package, with models from these places."""
    from duocast.runtime.scoring.music import Musician
    from duocast.runtime.scoring.noises import NoiseMaker

    shelf = places.open()

    def version(listed: Modelled) -> str:
        return listed(places).version

    return (
        *(Musician(each.name, version(each), shelf) for each in engines.SCORERS),
        *(NoiseMaker(each.name, version(each), shelf) for each in engines.NOISE_MAKERS),
    )
