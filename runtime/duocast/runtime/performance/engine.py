"""The `performer` engine: timing, layout and takes in, a performance out."""

from collections.abc import Mapping
from pathlib import Path

from duocast.compiler.operations.animate import AnimateParams
from duocast.compiler.operations.compose import Layout
from duocast.compiler.operations.speak import TakeTimes
from duocast.compiler.operations.time import ShotTiming
from duocast.runtime import engines
from duocast.runtime.engine import Engine, Request
from duocast.runtime.performance.performer import perform
from duocast.runtime.performance.record import save_performance
from duocast.runtime.performance.view import shot_view

_TIMES = "times."


class Performer:
    """Acts every person of a shot, from rules and measured speech. Deterministic."""

    name = engines.PERFORMER.name
    version = engines.PERFORMER.version
    operation = engines.PERFORMER.operation

    def run(self, request: Request) -> Mapping[str, Path]:
        """Write performance.npy."""
        view = shot_view(
            ShotTiming.from_json(request.inputs["timing"].read_bytes()),
            Layout.from_json(request.inputs["layout"].read_bytes()),
            _takes(request.inputs),
            AnimateParams.from_plain(request.params),
        )
        save_performance(request.folder / "performance.npy", perform(view))
        request.progress(1.0)
        return {"performance": request.folder / "performance.npy"}


def _takes(inputs: Mapping[str, Path]) -> dict[str, TakeTimes]:
    return {
        name.removeprefix(_TIMES): TakeTimes.from_json(path.read_bytes())
        for name, path in inputs.items()
        if name.startswith(_TIMES)
    }


def performance_engines() -> tuple[Engine, ...]:
    """The engines of this package."""
    return (Performer(),)
