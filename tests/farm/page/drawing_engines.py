"""Engines that draw: pictures and clips that a browser can show, made only when the test lets them."""

import time
from collections.abc import Mapping
from pathlib import Path
from typing import Any

from replay_film import clip, picture

from duocast.compiler.graph import Operation
from duocast.farm.core.task import From, Spec
from duocast.farm.workshop import Factory, Workshop
from duocast.runtime.engine import EngineError, FailureClass
from duocast.runtime.registry import Registry

PATIENCE = 120.0


class NoWeights:
    def path(self, name):
        raise EngineError(FailureClass.UNAVAILABLE, "V0001", f"no weights {name}")


class Drawing:
    """Waits for a file of its task's name in the folder `gates`, or for `all`; then draws."""

    version = "1"
    name = "drawing"

    def __init__(self, operation):
        self.operation = operation

    def run(self, request) -> Mapping[str, Path]:
        params = request.params
        gates, end = Path(params["gates"]), time.monotonic() + PATIENCE
        request.progress(0.5)
        while not ((gates / "all").exists() or (gates / params["name"]).exists()):
            if time.monotonic() > end:
                raise EngineError(FailureClass.INVALID, "R0099", "nobody opened the gate")
            time.sleep(0.02)
        if (gates / f"{params['name']}.broken").exists():
            raise EngineError(FailureClass.INVALID, "R0099", "the lamp fell over", "put it up")
        return self._drawn(request.folder, params["number"])

    def _drawn(self, folder, number):
        if self.operation is Operation.COMPOSE:
            return {"still": _file(folder / "still.jpg", picture(0, number))}
        if self.operation is Operation.MASTER:
            return {"film": _file(folder / "film.mp4", clip(2, number))}
        thumb = _file(folder / "thumb.jpg", picture(1, number))
        return {"clip": _file(folder / "clip.mp4", clip(1, number)), "thumb": thumb}


def _file(path, content):
    path.write_bytes(content)
    return path


def workshop(settings: Mapping[str, Any]) -> Workshop:
    return Workshop(
        Registry([Drawing(op) for op in (Operation.COMPOSE, Operation.ENCODE, Operation.MASTER)]),
        NoWeights(),
    )


FACTORY = Factory("drawing_engines:workshop")


def specs(shots: int, gates: Path) -> tuple[Spec, ...]:
    """A film of stills, clips and a master."""

    def spec(address, operation, number, **inputs):
        params = {"gates": str(gates), "name": address.replace("/", "-"), "number": number}
        sources = {name: From(*source) for name, source in inputs.items()}
        return Spec(
            id=address,
            operation=operation,
            engine="drawing",
            version="1",
            params=params,
            inputs=sources,
            expects=(),
            order=number,
        )

    found = []
    for n in range(shots):
        found.append(spec(f"kitchen/shot-{n + 1}/still", Operation.COMPOSE, n))
        still = {"still": (f"kitchen/shot-{n + 1}/still", "still")}
        found.append(spec(f"kitchen/shot-{n + 1}/clip", Operation.ENCODE, n, **still))
    clips = {f"clip{n}": (f"kitchen/shot-{n + 1}/clip", "clip") for n in range(shots)}
    found.append(spec("film/master", Operation.MASTER, shots, **clips))
    return tuple(found)
