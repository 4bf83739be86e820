"""An engine whose takes are looked at: it makes whole pictures of people, and makes them again if they show others."""

import shutil
from collections import defaultdict
from collections.abc import Callable, Mapping, Sequence
from dataclasses import replace
from pathlib import Path

from duocast.compiler.graph import Operation
from duocast.runtime.engine import Engine, EngineError, Request
from duocast.runtime.likeness.report import Figure, LikenessReport
from duocast.runtime.likeness.takes import Files, Policy, best, taken

OUTPUT = "likeness"
PREFIX = "likeness."
References = Mapping[str, Sequence[Path]]
"""Pictures of people by role."""
Measure = Callable[[Request, Files, References], Sequence[Figure]]
"""How alike everybody is in what was made. Raises `EngineError` where that can't be known here."""


class Retaking:
    """An engine, and how its takes are measured. Its name, version and work are those of the engine."""

    knows_people = True

    def __init__(
        self, engine: Engine, policy: Callable[[], Policy], measure: Measure | None = None
    ) -> None:
        self.name = engine.name
        self.operation: Operation = engine.operation
        self.paints: bool = getattr(engine, "paints", True)
        self.sketches: bool = getattr(engine, "sketches", False)
        self._engine = engine
        self._policy = policy
        self._measure = measure or measured

    @property
    def version(self) -> str:
        """The engine's."""
        return self._engine.version

    def run(self, request: Request) -> Files:
        """The best take, and `likeness` (likeness.json) if there was anything to look at.

        Raises what the engine raises, and the first A0601 if no take has the faces that are to speak.
        """
        known = references(request.inputs)
        policy = self._policy()
        problem: list[str] = []

        def shoot(number: int, seed: int) -> Files:
            return self._engine.run(_take(request, number, seed, policy))

        def measure(made: Files) -> Sequence[Figure] | None:
            if not known:
                return None
            try:
                return self._measure(request, made, known)
            except EngineError as failure:
                problem.append(failure.message)
                return None

        takes = taken(int(request.params["seed"]), policy, shoot, measure)
        kept = best(takes)
        result = takes[kept].result
        assert not isinstance(result, EngineError)
        for number in range(len(takes)):
            if number != kept:
                shutil.rmtree(_folder(request, number), ignore_errors=True)
        request.progress(1.0)
        if not known and len(takes) == 1:
            return result
        report = LikenessReport(
            needed=policy.alike,
            kept=kept,
            takes=tuple(one.take for one in takes),
            problem="".join(problem[:1]),
        )
        file = request.folder / "likeness.json"
        file.write_bytes(report.to_json())
        return {**result, OUTPUT: file}


def references(inputs: Files) -> References:
    """The people's own pictures among the inputs (`likeness.<role>.<n>`), in the cards' order."""
    found: dict[str, dict[int, Path]] = defaultdict(dict)
    for name, file in inputs.items():
        if name.startswith(PREFIX):
            role, _, number = name.removeprefix(PREFIX).rpartition(".")
            found[role][int(number)] = file
    return {role: [files[n] for n in sorted(files)] for role, files in sorted(found.items())}


def measured(request: Request, made: Files, known: References) -> Sequence[Figure]:
    """By the model of the catalogue: in the still, or in frames of the clip."""
    from duocast.runtime.likeness.measuring import Looker, in_clip, in_still, opened

    looker = Looker(request.weights)
    faces = {role: found for role, files in known.items() if (found := looker.known(files))}
    if not faces:
        return ()
    if "clip" in made:
        return in_clip(made["clip"], looker, faces)
    return in_still(opened(made["still"]), looker, faces, request.params.get("faces", ()))


def _folder(request: Request, number: int) -> Path:
    return request.folder / f"take-{number}"


def _take(request: Request, number: int, seed: int, policy: Policy) -> Request:
    """The same request with another seed, in a folder of its own."""
    folder = _folder(request, number)
    folder.mkdir()
    share = 1 / (policy.retakes + 1)
    return replace(
        request,
        params={**request.params, "seed": seed},
        folder=folder,
        progress=lambda done: request.progress((number + done) * share),
    )
