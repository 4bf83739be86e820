"""Pieces: a shot as long as it is, made by a model that makes so many frames at a time, of sizes of its own."""

from math import ceil, sqrt

from duocast.runtime.diffusion.limits import PictureLimits


def frames_for(frames: int, shot_fps: float, limits: PictureLimits) -> int:
    """How many of the model's frames cover `frames` of the shot, at the model's own rate."""
    return max(2, ceil(frames * limits.fps / shot_fps - 1e-9))


def lengths(wanted: int, limits: PictureLimits) -> tuple[int, ...]:
    """The frame counts of the pieces that together give at least `wanted` frames, about equally long.

    Every piece after the first begins with the last frame of the one before, which counts once. A piece is as long as
    the model can make it and no longer than needed; what is too much at the end is cut. A model that can't go on
    makes one piece.
    """
    most = _allowed(limits.most, limits, up=False)
    if not limits.continues:
        return (min(most, _allowed(wanted, limits, up=True)),)
    number = max(1, ceil((wanted - 1) / (most - 1)))
    each = ceil((wanted - 1) / number) + 1
    return (min(most, _allowed(each, limits, up=True)),) * number


def size(width: int, height: int, limits: PictureLimits) -> tuple[int, int]:
    """The size at which the model makes a picture for a frame of `width` x `height`.

    The frame's shape at the frame's size, or at the model's largest area if that is less, each side a multiple of
    what the model takes (even ones, for the encoder).
    """
    if limits.size is not None:
        return limits.size
    scale = min(1.0, sqrt(limits.pixels / (width * height)))
    unit = limits.multiple if limits.multiple % 2 == 0 else 2 * limits.multiple
    wide, tall = (max(unit, round(side * scale / unit) * unit) for side in (width, height))
    while wide * tall > limits.pixels and max(wide, tall) > unit:
        wide, tall = (wide - unit, tall) if wide >= tall else (wide, tall - unit)
    return wide, tall


def _allowed(count: int, limits: PictureLimits, *, up: bool) -> int:
    """The nearest frame count that the model makes, not less (`up`) or not more than `count`."""
    over = (count - limits.offset) / limits.step
    least = 1 if limits.step + limits.offset >= 2 else 2
    return limits.step * max(least, ceil(over) if up else int(over)) + limits.offset
