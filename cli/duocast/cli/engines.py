"""The engines that a script can ask for on this machine, looked up only when a script asks."""

from collections.abc import Iterator, Mapping
from functools import cached_property

from duocast.compiler.engines import WORK, Engines, KnownEngine, offered
from duocast.compiler.graph import Operation
from duocast.runtime.engine import Engine


class Installed(Mapping[str, KnownEngine]):
    """The known engines and those of the registry, which is built at the first question. Equal only to itself."""

    @cached_property
    def _engines(self) -> Engines:
        from duocast.cli.studio import registry

        works: dict[str, tuple[str, ...]] = {}
        faceless: list[str] = []
        cloners: list[str] = []
        portraitists: list[str] = []
        for engine in registry():
            if str(engine.operation) in WORK and getattr(engine, "here", True):
                works[engine.name] = (*works.get(engine.name, ()), str(engine.operation))
                faceless += [engine.name] if getattr(engine, "shown", "") == "nothing" else []
                cloners += [engine.name] if getattr(engine, "clones", False) else []
                portraitists += [engine.name] if _knows_people(engine) else []
        return offered(works, faceless, cloners, portraitists)

    def __getitem__(self, name: str) -> KnownEngine:
        return self._engines[name]

    def __iter__(self) -> Iterator[str]:
        return iter(self._engines)

    def __len__(self) -> int:
        return len(self._engines)

    def __eq__(self, other: object) -> bool:
        return self is other

    def __hash__(self) -> int:
        return id(self)


def _knows_people(engine: Engine) -> bool:
    return engine.operation is Operation.COMPOSE and getattr(engine, "knows_people", False)


INSTALLED: Engines = Installed()
