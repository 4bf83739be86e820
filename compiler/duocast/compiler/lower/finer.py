"""Finer pictures: what is asked for, who does it, and the nodes between a picture and the shot that shows it.

Only pictures that are not drawn here are made finer: what is drawn is drawn at the film's size and rate.
"""

from collections.abc import Iterator
from math import ceil

from msgspec import Struct

from duocast.compiler.graph import Node, Operation, Output, Ref
from duocast.compiler.lower.crew import Crew
from duocast.compiler.lower.identity import node
from duocast.compiler.operations.encode import VIDEOS, FootageSpec
from duocast.compiler.operations.interpolate import InterpolateParams
from duocast.compiler.operations.restore import RestoreParams
from duocast.compiler.operations.upscale import UpscaleParams
from duocast.compiler.screenplay import Delivery, EngineChoice, Screenplay
from duocast.compiler.timeline import Rate
from duocast.compiler.value import Value

LARGE = 3840
"""A longer side of so many pixels (4K) asks for larger pictures by itself."""
QUICK = 48
"""So many frames a second ask for smoother motion by themselves."""
NEARER = 1.08
"""How much more than the frame a still covers, for a camera that goes nearer."""
SHEET = 1440
"""The height of a place's plate, and the sides that a portrait's picture covers."""
WORK = (Operation.INTERPOLATE, Operation.UPSCALE, Operation.RESTORE)
"""In the order in which it is done: frames are made while they are small, faces when they are large."""


class Finer(Struct, frozen=True, gc=False):
    """The engine of each kind of work; None: that is not done."""

    interpolate: str | None = None
    upscale: str | None = None
    restore: str | None = None


class Moving(Struct, frozen=True, gc=False):
    """A moving picture on its way into a shot: the input that it is, and what is shown of it."""

    name: str
    """`clip` or `picture`."""
    source: Ref
    timing: Ref
    size: tuple[int, int]
    rate: Rate
    footage: FootageSpec = FootageSpec()


def wanted(
    delivery: Delivery, engines: tuple[EngineChoice, ...], finer: bool | None = None
) -> tuple[Operation, ...]:
    """The work that a title page asks for. `finer` overrules its quality."""
    if finer is False:
        return ()
    asked = {choice.operation for choice in engines}
    if finer or delivery.quality == "cinema":
        asked |= {Operation.INTERPOLATE, Operation.UPSCALE}
    elif not delivery.modest:
        asked |= {Operation.UPSCALE} if max(delivery.width, delivery.height) >= LARGE else set()
        asked |= {Operation.INTERPOLATE} if _quick(delivery.rate) else set()
    return tuple(work for work in WORK if work in asked)


def _quick(rate: Rate) -> bool:
    return rate.numerator >= QUICK * rate.denominator


def finer(screenplay: Screenplay, crew: Crew) -> Finer:
    """Who does what is asked for; a draft has none of it, and what nobody here can do is left out."""
    if crew.quality == "draft":
        return Finer()
    named = {choice.operation: choice.name for choice in screenplay.engines if choice.here}
    asked = wanted(screenplay.delivery, screenplay.engines, crew.finer)
    return Finer(**{str(work): named.get(work) or crew.engines.get(work) for work in asked})


def is_video(path: str) -> bool:
    """Whether a file of the project moves."""
    return path.rpartition(".")[2].lower() in VIDEOS


def moving_nodes(who: Finer, shot: str, moving: Moving) -> Iterator[Node]:
    """The nodes that make a shot's moving picture finer; each takes the clip of the one before."""
    name, source, footage = moving.name, moving.source, moving.footage
    for work, engine in zip(WORK, (who.interpolate, who.upscale, who.restore), strict=True):
        if engine is None:
            continue
        address = f"{shot}/{_PARTS[work]}"
        params = _params(work, moving, footage)
        yield node(address, work, engine, params, {name: source, "timing": moving.timing})
        name, source = "clip", Output(address, "clip")
        footage = footage.replace(start=0.0)


def still_node(who: Finer, address: str, picture: Ref, width: float, height: float) -> Node | None:
    """The node that makes a picture of the project cover so many pixels, if that is asked for."""
    if who.upscale is None:
        return None
    params = UpscaleParams(width=ceil(width), height=ceil(height))
    return node(address, Operation.UPSCALE, who.upscale, params, {"picture": picture})


_PARTS = {Operation.INTERPOLATE: "smooth", Operation.UPSCALE: "large", Operation.RESTORE: "faces"}


def _params(work: Operation, moving: Moving, footage: FootageSpec) -> Value:
    rate, start, speed = moving.rate, footage.start, footage.speed
    if work is Operation.INTERPOLATE:
        return InterpolateParams(rate=rate, start=start, speed=speed)
    if work is Operation.RESTORE:
        return RestoreParams(rate=rate, start=start, speed=speed)
    width, height = moving.size
    return UpscaleParams(width=width, height=height, rate=rate, start=start, speed=speed)
