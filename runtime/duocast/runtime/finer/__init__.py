"""Finer pictures: larger ones, smoother motion, clearer faces, for what is not drawn here."""

from duocast.runtime.engine import Engine
from duocast.runtime.modelled import ModelShelf


def upscale_engines(shelf: ModelShelf | None = None) -> list[Engine]:
    """Those that enlarge: by ncnn, and, where there is a shelf, by torch with a model from it."""
    from duocast.runtime import engines
    from duocast.runtime.finer.upscaler import Scale, Upscaler

    if shelf is not None:
        from duocast.runtime.finer.restorer import TorchUpscaler

        one = engines.SPANDREL(shelf)
        return [TorchUpscaler(one.name, one.version, shelf.open())]
    span = (Scale(2, "span/spanx2_ch48"), Scale(4, "span/spanx4_ch48"))
    video = (Scale(4, "realesrgan/realesr-animevideov3-x4"),)
    photograph = (Scale(4, "realesrgan/realesrgan-x4plus"),)
    return [
        Upscaler(engines.SPAN.name, engines.SPAN.version, span, span),
        Upscaler(engines.REALESRGAN.name, engines.REALESRGAN.version, video, photograph),
    ]


def interpolate_engines() -> list[Engine]:
    """Those that make frames between frames."""
    from duocast.runtime.finer.interpolator import Rife

    return [Rife()]


def restore_engines(shelf: ModelShelf) -> list[Engine]:
    """Those that make faces clear again, with models from the shelf."""
    from duocast.runtime import engines
    from duocast.runtime.finer.restorer import Restorer

    hired = (each(shelf) for each in (engines.GFPGAN, engines.CODEFORMER))
    return [Restorer(each.name, each.version, shelf.open()) for each in hired]
