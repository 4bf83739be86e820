"""A step of a plan: one node that will run or may, with its reasons, what makes it run, and its seconds."""

from typing import ClassVar, Literal

import msgspec

from duocast.compiler.value import JSON, Value

State = Literal["run", "maybe", "twin", "refused"]
"""`run`: it is certain. `maybe`: an input is made again, and this runs unless that comes out the same. `twin`: another
step does the same work. `refused`: an input or its engine can't be had, so it fails."""


class Change(Value):
    """A field of a node's params that is another one than last time."""

    field: str
    old: JSON = None
    new: JSON = None


class New(Value):
    """Nothing of this name has been made."""

    kind: ClassVar[Literal["new"]] = "new"


class Changed(Value):
    """The request itself is different."""

    kind: ClassVar[Literal["changed"]] = "changed"
    changes: tuple[Change, ...]


class OtherEngine(Value):
    """Another engine works, or another version of the same one."""

    kind: ClassVar[Literal["engine"]] = "engine"
    old: str
    new: str


class OtherFile(Value):
    """A file of the project has another content."""

    kind: ClassVar[Literal["file"]] = "file"
    path: str


class Remade(Value):
    """Inputs that will or may be made again."""

    kind: ClassVar[Literal["remade"]] = "remade"
    inputs: tuple[str, ...]
    """Addresses."""


class OtherInputs(Value):
    """Inputs that come from somewhere else than last time, or have come or gone."""

    kind: ClassVar[Literal["inputs"]] = "inputs"
    added: tuple[str, ...] = ()
    removed: tuple[str, ...] = ()
    other: tuple[str, ...] = ()


class Lost(Value):
    """It was made, but its record or its files are gone from the store."""

    kind: ClassVar[Literal["lost"]] = "lost"


class Missing(Value):
    """Something that it needs can't be had."""

    kind: ClassVar[Literal["missing"]] = "missing"
    message: str


Reason = New | Changed | OtherEngine | OtherFile | Remade | OtherInputs | Lost | Missing


class Estimate(Value):
    """Seconds of one worker: half of the times at most `p50`, nine times in ten at most `p90`."""

    p50: float = 0.0
    p90: float = 0.0


class Where(Value):
    """A place in a script: line and column count from 1; `words` are the beginning of what stands there."""

    path: str
    line: int
    column: int
    words: str = ""


class Step(Value):
    """One node of the plan. `twin_of` names the step that does a twin's work."""

    address: str
    operation: str
    engine: str
    state: State
    reasons: tuple[Reason, ...]
    seconds: Estimate = Estimate()
    money: int = 0
    """What it probably costs if it runs, in millionths of a dollar."""
    twin_of: str | None = None
    where: Where | None = None

    @property
    def causes(self) -> tuple[str, ...]:
        """The steps that make this one run."""
        for reason in self.reasons:
            if isinstance(reason, Remade):
                return reason.inputs
        return ()


class Plan(Value):
    """Everything that a render would do. Steps stand in the graph's order; `reused` are the addresses of the rest."""

    steps: tuple[Step, ...]
    reused: tuple[str, ...]
    total: Estimate = Estimate()
    """Seconds on the clock with `jobs` workers, if everything that may run does."""
    least: Estimate = Estimate()
    """The same, if all that may come out the same does."""
    jobs: int = 1
    money: int = 0
    """What it costs if all that may run does, in millionths of a dollar; engines of this machine cost nothing."""

    @property
    def current(self) -> bool:
        """Whether there is nothing to do."""
        return not self.steps

    def of(self, state: State) -> tuple[str, ...]:
        """The addresses of the steps in a state."""
        return tuple(step.address for step in self.steps if step.state == state)

    def plain_step(self, address: str) -> Step | None:
        """The step of an address."""
        return next((step for step in self.steps if step.address == address), None)


def describe(reason: Reason) -> str:
    """One short phrase."""
    match reason:
        case New():
            return "it is new"
        case Changed(changes=changes):
            return "; ".join(told(change) for change in changes)
        case OtherEngine(old=old, new=new):
            return f"the engine is {new}, it was {old}"
        case OtherFile(path=path):
            return f"{path} has changed"
        case Remade(inputs=inputs):
            more = f" and {len(inputs) - 1} more" if len(inputs) > 1 else ""
            return f"because of {inputs[0]}{more}"
        case OtherInputs(added=added, removed=removed, other=other):
            parts = [("with", added), ("without", removed), ("another", other)]
            return ", ".join(f"{word} {_some(names)}" for word, names in parts if names)
        case Lost():
            return "what was made is no longer in the store"
        case Missing(message=message):
            return message


def told(change: Change) -> str:
    """`size: MCU → CU`."""
    return f"{change.field}: {_short(change.old)} → {_short(change.new)}"


def _some(names: tuple[str, ...]) -> str:
    more = f" and {len(names) - 2} more" if len(names) > 2 else ""
    return ", ".join(names[:2]) + more


def _short(value: JSON, longest: int = 48) -> str:
    if value is None:
        return "nothing"
    text = value if isinstance(value, str) else msgspec.json.encode(value).decode()
    return text if len(text) <= longest else text[: longest - 1] + "…"
