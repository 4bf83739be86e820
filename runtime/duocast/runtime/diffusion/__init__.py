"""Diffusion models as engines: stills painted, stills made to move. Torch and diffusers are loaded when one runs."""

from duocast.runtime import engines
from duocast.runtime.engine import Engine
from duocast.runtime.modelled import Modelled, ModelShelf


def diffusion_engines(places: ModelShelf) -> tuple[Engine, ...]:
    """The engines of this package, with models from these places."""
    from duocast.runtime.diffusion.animate import Filmer
    from duocast.runtime.diffusion.compose import Painter

    shelf = places.open()

    def version(listed: Modelled) -> str:
        return listed(places).version

    return (
        *(Filmer(each.name, version(each), shelf) for each in engines.FILMERS),
        *(Painter(each.name, version(each), shelf) for each in engines.PAINTERS),
    )
