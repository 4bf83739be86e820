"""How titles come and go: a pose for every instant, eased so that nothing jumps."""

from collections.abc import Callable

from duocast.runtime.delivery.sprite import STILL, Pose

Motion = Callable[[float, float], Pose]
"""(seconds since the title came, seconds until it goes) -> pose."""


def ease_out(part: float) -> float:
    """0 to 1, fast and then slow (quint)."""
    return 1 - (1 - min(max(part, 0.0), 1.0)) ** 5


def ease(part: float) -> float:
    """0 to 1, slow at both ends (smoothstep)."""
    x = min(max(part, 0.0), 1.0)
    return x * x * (3 - 2 * x)


def still(_since: float, _left: float) -> Pose:
    """It stands."""
    return STILL


def fade(come: float, go: float, delay: float = 0.0) -> Motion:
    """It fades in over `come` seconds after `delay`, and out over `go`."""

    def pose(since: float, left: float) -> Pose:
        opacity = min(ease((since - delay) / come), ease(left / go))
        return Pose(opacity=opacity)

    return pose


def rise(distance: float, come: float, go: float, delay: float = 0.0) -> Motion:
    """It fades in while it rises by `distance` pixels to its place; it fades out where it stands."""

    def pose(since: float, left: float) -> Pose:
        part = ease_out((since - delay) / come)
        opacity = min(ease((since - delay) / (come * 0.7)), ease(left / go))
        return Pose(opacity=opacity, dy=distance * (1 - part))

    return pose


def slide(distance: float, come: float, go: float, delay: float = 0.0) -> Motion:
    """It slides to the right into its place while it fades in, and a little back while it fades out."""

    def pose(since: float, left: float) -> Pose:
        part = ease_out((since - delay) / come)
        leaving = 1 - ease(left / go)
        opacity = min(ease((since - delay) / (come * 0.7)), ease(left / go))
        return Pose(opacity=opacity, dx=-distance * (1 - part) - distance * 0.4 * leaving)

    return pose


def unroll(come: float, go: float, delay: float = 0.0) -> Motion:
    """It is uncovered from the left, and covered again to the left."""

    def pose(since: float, left: float) -> Pose:
        part = min(ease_out((since - delay) / come), ease(left / go))
        return Pose(opacity=min(1.0, part * 3), reveal=part)

    return pose
