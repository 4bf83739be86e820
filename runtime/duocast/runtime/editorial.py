"""The two engines that only count: the clock times a shot, the editor cuts the film. Both are pure and take milliseconds."""

from collections.abc import Mapping
from pathlib import Path
from typing import TypeVar

from duocast.compiler.cutting import cut_film
from duocast.compiler.graph import Operation
from duocast.compiler.operations.cut import CutParams
from duocast.compiler.operations.speak import TakeTimes
from duocast.compiler.operations.time import Carry, ShotTiming, TimeParams
from duocast.compiler.timing import time_shot
from duocast.compiler.value import Value
from duocast.runtime.engine import Engine, Request

V = TypeVar("V", bound=Value)


def read_value(path: Path, model: type[V]) -> V:
    """A value from its JSON file."""
    return model.model_validate_json(path.read_bytes())


def write_value(path: Path, value: Value) -> Path:
    """A value into its JSON file; the same value gives the same bytes."""
    path.write_text(value.model_dump_json(), encoding="utf-8")
    return path


def named(request: Request, prefix: str, model: type[V]) -> dict[str, V]:
    """All inputs whose names start with `prefix`, read, by the rest of their names."""
    return {
        name.removeprefix(prefix): read_value(path, model)
        for name, path in request.inputs.items()
        if name.startswith(prefix)
    }


class Clock:
    """`time`: the exact frames of one shot."""

    name = "clock"
    version = "1"
    operation = Operation.TIME

    def run(self, request: Request) -> Mapping[str, Path]:
        """Outputs `timing` and `carry`."""
        params = TimeParams.model_validate(request.params)
        times = named(request, "times.", TakeTimes)
        carry = Carry()
        if "carry" in request.inputs:
            carry = read_value(request.inputs["carry"], Carry)
        timing, rest = time_shot(params, times, carry)
        return {
            "timing": write_value(request.folder / "timing.json", timing),
            "carry": write_value(request.folder / "carry.json", rest),
        }


class Editor:
    """`cut`: the film's timeline."""

    name = "editor"
    version = "1"
    operation = Operation.CUT

    def run(self, request: Request) -> Mapping[str, Path]:
        """Output `timeline`."""
        params = CutParams.model_validate(request.params)
        timings = named(request, "timing.", ShotTiming)
        times = named(request, "times.", TakeTimes)
        timeline = cut_film(params, timings, times)
        return {"timeline": write_value(request.folder / "timeline.json", timeline)}


def editorial_engines() -> tuple[Engine, ...]:
    """The engines that run in the scheduler's own process."""
    return (Clock(), Editor())
