"""Small films for a simulation: a few shots, some of them with a task that misbehaves, and what they must come to."""

import hashlib
from collections.abc import Mapping
from random import Random
from typing import Any

from duocast.compiler.graph import Operation
from duocast.farm.core.task import From, Given, Needs, Source, Spec
from duocast.farm.simulation.lab import produce
from duocast.farm.workshop import Inline
from duocast.runtime.store.contents import Blob

GIB = 2**30
HARMLESS = ("crash", "flaky", "greedy", "truncated")
"""Faults that a task gets over."""
VERSION = "1"
_NEEDS: Mapping[Operation, Needs] = {
    Operation.SPEAK: Needs(gpu=1.0, memory=4 * GIB, model="voice", load=2.0),
    Operation.COMPOSE: Needs(gpu=1.0, memory=18 * GIB, model="still", load=5.0),
    Operation.ANIMATE: Needs(
        gpu=1.0, memory=22 * GIB, model="motion", load=8.0, licences=("motion",)
    ),
}


def timed(params: Mapping[str, Any], inputs: Mapping[str, bytes]) -> Mapping[str, bytes]:
    """The inline task of these films."""
    return {"out": produce(Operation.TIME, "out", params, dict(inputs))}


INLINE = Inline(Operation.TIME, "sim", VERSION, timed, {"out": ".bin"})


class SmallFilm:
    """The tasks of a film, and the bytes that its last one must have; None where that can't be made."""

    def __init__(self, shots: int, asset: Blob, content: bytes, random: Random, tag: str) -> None:
        self.specs: list[Spec] = []
        self.poisoned: set[str] = set()
        self._bytes: dict[str, bytes | None] = {}
        self._asset, self._content = asset, content
        clips = [self._shot(shot, random, tag) for shot in range(shots)]
        sources: dict[str, Source] = {
            f"clip{number}": From(clip, "out") for number, clip in enumerate(clips)
        }
        self._add("film", Operation.MASTER, {"tag": tag, "seconds": 2.0}, sources, shots)

    @property
    def wanted(self) -> str | None:
        """The SHA-256 of the film, None if a task of it can't be made."""
        return self.digest("film")

    def digest(self, address: str) -> str | None:
        """The SHA-256 of a task's output, None if it can't be made."""
        content = self._bytes[address]
        return None if content is None else hashlib.sha256(content).hexdigest()

    def _shot(self, shot: int, random: Random, tag: str) -> str:
        def params(operation: Operation) -> dict[str, Any]:
            # What is said is the same in all films of a simulation: such work is shared.
            own = {} if operation is Operation.SPEAK else {"tag": tag}
            return {
                "shot": shot,
                "seconds": round(random.uniform(0.5, 9.0), 1),
                **own,
                **_fault(random),
            }

        take, still, clip = (f"shot-{shot}/{name}" for name in ("take", "still", "clip"))
        self._add(take, Operation.SPEAK, {"shot": shot, "seconds": 1.5}, {}, shot)
        self._add(
            f"shot-{shot}/time",
            Operation.TIME,
            {"shot": shot},
            {"take": From(take, "out")},
            shot,
            inline=True,
        )
        face = Given(self._asset.digest, ".bin", "face.bin")
        self._add(still, Operation.COMPOSE, params(Operation.COMPOSE), {"face": face}, shot)
        needed: dict[str, Source] = {
            "still": From(still, "out"),
            "time": From(f"shot-{shot}/time", "out"),
        }
        self._add(clip, Operation.ANIMATE, params(Operation.ANIMATE), needed, shot)
        return clip

    def _add(
        self,
        address: str,
        operation: Operation,
        params: dict[str, Any],
        inputs: dict[str, Source],
        order: int,
        *,
        inline: bool = False,
    ) -> None:
        needs = _NEEDS.get(operation, Needs())
        expects = ("out",)
        spec = Spec(
            address, operation, "sim", VERSION, params, inputs, expects, inline, order, 1.0, needs
        )
        self.specs.append(spec)
        made = {name: self._made(source) for name, source in inputs.items()}
        poisoned = params.get("fault", [""])[0] in ("poison", "broken")
        if poisoned:
            self.poisoned.add(address)
        if poisoned or any(content is None for content in made.values()):
            self._bytes[address] = None
        else:
            there = {name: content for name, content in made.items() if content is not None}
            self._bytes[address] = produce(operation, "out", params, there)

    def _made(self, source: Source) -> bytes | None:
        return self._bytes[source.task] if isinstance(source, From) else self._content


def _fault(random: Random) -> dict[str, Any]:
    drawn = random.random()
    if drawn < 0.015:
        return {"fault": [random.choice(("poison", "broken")), 1000]}
    if drawn < 0.12:
        return {"fault": [random.choice(HARMLESS), 1]}
    return {}
