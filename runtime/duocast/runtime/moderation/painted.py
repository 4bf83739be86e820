"""Painted: an engine whose pictures are looked at before anybody uses them. Same name, same version, same bytes.

What is refused is a failure of the class `moderated`; the reason is kept, so that the same work under the same policy
is refused at once the next time and not painted, or paid, again.
"""

import hashlib
import json
from collections.abc import Callable, Iterator, Mapping
from functools import cached_property
from pathlib import Path
from typing import Any

from duocast.compiler.graph import Operation
from duocast.compiler.keys import canonical
from duocast.runtime.engine import Engine, EngineError, Request
from duocast.runtime.moderation.memory import digest_of, remember
from duocast.runtime.moderation.office import Office
from duocast.runtime.moderation.pieces import pictures
from duocast.runtime.moderation.policy import Action, Pictured
from duocast.runtime.moderation.telling import (
    PictureFinding,
    given_refused,
    made_refused,
    not_looked_at_work,
)

TAKES = (Operation.PORTRAIT, Operation.PLATE, Operation.ENCODE)
"""The work that is given pictures of the user's."""


class Painted:
    """`engine`, and the office that looks. `made`: at what it makes; `given`: at what it is given."""

    def __init__(
        self, engine: Engine, office: Callable[[], Office], *, made: bool, given: bool
    ) -> None:
        self._engine = engine
        self.name = engine.name
        self.operation = engine.operation
        self._open = office
        self._made, self._given = made, given

    def __getattr__(self, name: str) -> Any:  # noqa: ANN401 - whatever the engine has
        if name == "_engine":  # as long as there is none, as when it is copied
            raise AttributeError(name)
        return getattr(self._engine, name)

    @property
    def version(self) -> str:
        """The engine's: looking changes nothing of what it makes."""
        return self._engine.version

    @cached_property
    def _office(self) -> Office:
        return self._open()

    def run(self, request: Request) -> Mapping[str, Path]:
        """What the engine makes. Raises what it raises, M0201 and M0203 for pictures, M0205 without the model."""
        if self._given:
            self._look_at_given(request)
        if not self._made:
            return self._engine.run(request)
        kept = self._kept(request)
        if (refused := _remembered(kept)) is not None:
            raise made_refused(refused, self._office.policy)
        files = self._engine.run(request)
        for finding in self._findings(files, "made"):
            remember(kept, _written(finding))
            raise made_refused(finding, self._office.policy)
        return files

    def _look_at_given(self, request: Request) -> None:
        files = {
            request.inputs[name].name: request.inputs[name] for name in pictures(request.inputs)
        }
        for finding in self._findings(files, "given"):
            raise given_refused(finding, self._office.policy)

    def _findings(self, files: Mapping[str, Path], where: Pictured) -> Iterator[PictureFinding]:
        """The refusals; a warning was nobody's to hear here."""
        for name, file in sorted(files.items()):
            what = f"the {name} of {self.name}" if where == "made" else name
            try:
                finding = self._office.look(what, file, where)
            except EngineError as problem:
                if self._office.policy.missing is Action.REFUSE:
                    raise not_looked_at_work(problem, self._office.policy) from None
                return
            if finding is not None and finding.action is Action.REFUSE:
                yield finding

    def _kept(self, request: Request) -> Path:
        """Where a refusal of this work under this policy is kept."""
        inputs = {name: digest_of(file) for name, file in sorted(request.inputs.items())}
        policy = self._office.policy.model_dump_json()
        told = canonical(request.params), self.name, self.version, json.dumps(inputs), policy
        digest = hashlib.sha256(repr(told).encode()).hexdigest()
        return self._office.memory / "refused" / f"{digest}.json"


def _remembered(kept: Path) -> PictureFinding | None:
    try:
        plain = json.loads(kept.read_bytes())
        return PictureFinding(**{**plain, "action": Action(plain["action"])})
    except (OSError, ValueError, TypeError, KeyError):
        return None


def _written(finding: PictureFinding) -> str:
    names = PictureFinding.__slots__
    return json.dumps({name: getattr(finding, name) for name in names})
