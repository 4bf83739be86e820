"""Music, effects and the mix: everything in the film that is heard."""

from duocast.runtime.engine import Engine


def sound_engines() -> tuple[Engine, ...]:
    """The offline engines for `score`, `effect` and `mix`."""
    from duocast.runtime.sound.foley.foley import Foley
    from duocast.runtime.sound.mix.console import Console
    from duocast.runtime.sound.music.composer import Composer

    return (Composer(), Foley(), Console())


__all__ = ("sound_engines",)
