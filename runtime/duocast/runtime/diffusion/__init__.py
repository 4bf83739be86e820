"""Diffusion models as engines: stills painted, stills made to move. Torch and diffusers are loaded when one runs."""

from duocast.runtime import engines
from duocast.runtime.engine import Engine
from duocast.runtime.modelled import Modelled, ModelShelf


def diffusion_engines(places: ModelShelf) -> tuple[Engine, ...]:
    """The engines of this package, with models from these places."""
    from duocast.runtime.diffusion.animate import Filmer
    from duocast.runtime.diffusion.compose import Painter
    from duocast.runtime.diffusion.limits import FILMERS, PAINTERS, PictureLimits, limited
    from duocast.runtime.likeness.retaking import Retaking
    from duocast.runtime.likeness.takes import Policy

    shelf = places.open()

    def version(listed: Modelled) -> str:
        return listed(places).version

    def looked_over(engine: Engine, limits: PictureLimits) -> Engine:
        def policy() -> Policy:
            stated = limited(limits, shelf.model(engine.name).sheet)
            return Policy(stated.retakes, stated.likeness)

        return Retaking(engine, policy)

    filmers = [Filmer(each.name, version(each), shelf) for each in engines.FILMERS]
    painters = [Painter(each.name, version(each), shelf) for each in engines.PAINTERS]
    return (
        *(looked_over(each, FILMERS[each.name]) for each in filmers),
        *(looked_over(each, PAINTERS[each.name]) for each in painters),
    )
