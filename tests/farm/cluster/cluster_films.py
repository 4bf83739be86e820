"""Films of the fast test engines, as a farm takes them: shots that depend on each other, and a crowd that does not."""

import os
from typing import Any

from duocast.compiler.graph import Operation
from duocast.farm.client.submit import Order
from duocast.farm.core.task import From, Spec


def film(shots: int, **params: Any) -> Order:
    """Two lines a shot, a timing inline, a clip, and a master of all clips: 4 tasks for each shot, and one."""

    def spec(
        address: str, operation: Operation, inputs: dict[str, str], order: int, **more: Any
    ) -> Spec:
        inline = operation is Operation.TIME
        made = "timing" if inline else "out"
        sources = {
            name: From(at, "timing" if at.endswith("/time") else "out")
            for name, at in inputs.items()
        }
        engine = "joined" if inline else "hashing"
        given = {"run": params.get("run", 0), **more} if inline else {**params, **more}
        given["name"] = address.replace("/", ".")
        return Spec(address, operation, engine, "1", given, sources, (made,), inline, order)

    specs = []
    for shot in range(shots):
        at = f"s{shot}"
        a, b, timing = f"{at}/line-1", f"{at}/line-2", f"{at}/time"
        specs += [spec(line, Operation.SPEAK, {}, shot, text=line) for line in (a, b)]
        specs.append(spec(timing, Operation.TIME, {"a": a, "b": b}, shot))
        specs.append(spec(f"{at}/clip", Operation.ENCODE, {"timing": timing}, shot))
    clips = {f"clip.{shot}": f"s{shot}/clip" for shot in range(shots)}
    specs.append(spec("film", Operation.MASTER, clips, shots))
    return Order("film", tuple(specs), ("film",), os.urandom(8).hex())


def crowd(tasks: int, **params: Any) -> Order:
    """Tasks that have nothing to do with each other."""
    specs = tuple(
        Spec(f"t{n}", Operation.SPEAK, "hashing", "1", {**params, "n": n}, {}, ("out",))
        for n in range(tasks)
    )
    return Order("crowd", specs, tuple(spec.id for spec in specs), os.urandom(8).hex())
