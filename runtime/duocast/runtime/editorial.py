"""The editor's two counting jobs, from bytes to bytes: time a shot, cut the film. They take milliseconds."""

from collections.abc import Mapping
from typing import Any, TypeVar

from duocast.compiler.cutting import cut_film
from duocast.compiler.operations.cut import CutParams
from duocast.compiler.operations.speak import TakeTimes
from duocast.compiler.operations.time import Carry, ShotTiming, TimeParams
from duocast.compiler.timing import time_shot
from duocast.compiler.value import Value

V = TypeVar("V", bound=Value)
Files = Mapping[str, bytes]

CLOCK_VERSION = "1"
EDITOR_VERSION = "1"


def clock(params: Mapping[str, Any], inputs: Files) -> dict[str, bytes]:
    """`time`: the exact frames of one shot. Outputs `timing` and `carry`."""
    request = TimeParams.from_plain(params)
    carry = Carry()
    if "carry" in inputs:
        carry = Carry.from_json(inputs["carry"])
    timing, rest = time_shot(request, _named(inputs, "times.", TakeTimes), carry)
    return {"timing": _json(timing), "carry": _json(rest)}


def editor(params: Mapping[str, Any], inputs: Files) -> dict[str, bytes]:
    """`cut`: the film's timeline. Output `timeline`."""
    request = CutParams.from_plain(params)
    timings = _named(inputs, "timing.", ShotTiming)
    timeline = cut_film(request, timings, _named(inputs, "times.", TakeTimes))
    return {"timeline": _json(timeline)}


def _named(inputs: Files, prefix: str, model: type[V]) -> dict[str, V]:
    """All inputs whose names start with `prefix`, by the rest of their names."""
    return {
        name.removeprefix(prefix): model.from_json(content)
        for name, content in inputs.items()
        if name.startswith(prefix)
    }


def _json(value: Value) -> bytes:
    return value.to_json()
