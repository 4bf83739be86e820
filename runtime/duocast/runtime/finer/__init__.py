"""Finer pictures: larger ones, smoother motion, clearer faces, for what is not drawn here."""

from duocast.runtime.engine import Engine


def upscale_engines() -> list[Engine]:
    """Those that enlarge by ncnn."""
    from duocast.runtime import engines
    from duocast.runtime.finer.upscaler import Scale, Upscaler

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
