"""A rehearsal: the whole film timed before anybody has spoken, with estimated takes where there are no real ones."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from types import MappingProxyType
from typing import TypeVar

from duocast.compiler.cutting import cut_film
from duocast.compiler.estimate import estimate_take
from duocast.compiler.graph import Node, Operation, Output, Params, ShotGraph
from duocast.compiler.operations.cut import CutParams
from duocast.compiler.operations.speak import SpeakParams, TakeTimes
from duocast.compiler.operations.time import Carry, ShotTiming, TimeParams
from duocast.compiler.timeline import Timeline
from duocast.compiler.timing import time_shot
from duocast.compiler.value import Value

Wanted = TypeVar("Wanted", bound=Value)
_NONE: Mapping[str, TakeTimes] = MappingProxyType({})


@dataclass(frozen=True, slots=True)
class Rehearsal:
    """`timeline` is the cut; `times` are the takes by the name that a line has there (`kitchen-night/L1f3a`)."""

    timeline: Timeline
    times: Mapping[str, TakeTimes]


@dataclass(slots=True)
class _Stage:
    """What has been timed so far, by address."""

    takes: dict[str, TakeTimes]
    timings: dict[str, ShotTiming] = field(default_factory=dict)
    carries: dict[str, Carry] = field(default_factory=dict)


def shot_seconds(graph: ShotGraph) -> Mapping[str, float]:
    """How long every shot will probably be, by the address of the node that times it."""
    timings = _staged(graph, _NONE).timings
    return {at: timing.frames / float(timing.rate.fps) for at, timing in timings.items()}


def rehearse(graph: ShotGraph, measured: Mapping[str, TakeTimes] = _NONE) -> Rehearsal:
    """The film's timeline. `measured` are real takes by the address of their node; all others are estimated."""
    stage = _staged(graph, measured)
    cut = next(node for node in graph.nodes if node.operation is Operation.CUT)
    times = _takes(stage, cut)
    timings = {
        name.removeprefix("timing."): stage.timings[ref.address]
        for name, ref in cut.inputs.items()
        if name.startswith("timing.") and isinstance(ref, Output)
    }
    return Rehearsal(cut_film(_params(cut, CutParams), timings, times), times)


def _staged(graph: ShotGraph, measured: Mapping[str, TakeTimes]) -> _Stage:
    stage = _Stage(dict(measured))
    for node in graph.nodes:
        if node.operation is Operation.SPEAK and node.address not in stage.takes:
            stage.takes[node.address] = estimate_take(_params(node, SpeakParams))
        elif node.operation is Operation.TIME:
            _time(stage, node)
    return stage


def _params(node: Node, kind: type[Wanted]) -> Wanted:
    """What the node was lowered with, or the value of the JSON that it was read from."""
    params = node.params
    if isinstance(params, Params) and isinstance(params.value, kind):
        return params.value
    return kind.from_plain(params)


def _time(stage: _Stage, node: Node) -> None:
    before = node.inputs.get("carry")
    carry = stage.carries[before.address] if isinstance(before, Output) else Carry()
    timed = time_shot(_params(node, TimeParams), _takes(stage, node), carry)
    stage.timings[node.address], stage.carries[node.address] = timed


def _takes(stage: _Stage, node: Node) -> dict[str, TakeTimes]:
    return {
        name.removeprefix("times."): stage.takes[ref.address]
        for name, ref in node.inputs.items()
        if name.startswith("times.") and isinstance(ref, Output)
    }
