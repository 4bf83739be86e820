"""A talked engine: a user's program for talking heads, known by its settings at once; nothing of it is loaded."""

from collections.abc import Iterable
from pathlib import Path
from typing import TYPE_CHECKING

from duocast.compiler.graph import Operation
from duocast.runtime.engine import Engine, EngineError
from duocast.runtime.listed import Listed
from duocast.runtime.plugins import Plugged
from duocast.runtime.registry import Absent

if TYPE_CHECKING:
    from duocast.runtime.talking.program import Program

VERSION = "1"
_REFERENCE = "duocast.runtime.talking.heads:head_engines"


class Talked(Listed):
    """It films: it is shown the still, and hears the lines of those who are seen."""

    paints = True
    shown = "talk"

    def __init__(self, program: "Program") -> None:
        version = f"{VERSION}-{program.identity}"
        super().__init__(Operation.ANIMATE, program.name, version, _REFERENCE, program, version)
        self.program = program


def talking_engines(file: Path, own: Iterable[Engine]) -> Plugged:
    """The engines of a settings file, but for names that `own` has; where it is not right, none, and why."""
    if not file.is_file():
        return Plugged()
    from duocast.runtime.talking.program import programs

    try:
        found = [Talked(one) for one in programs(file)]
    except EngineError as problem:
        return Plugged(absent=(Absent(str(file), problem.message),))
    taken = {(each.operation, each.name) for each in own}
    twice = [each for each in found if (each.operation, each.name) in taken]
    return Plugged(
        tuple(each for each in found if each not in twice),
        tuple(Absent(f"{file} [{each.name}]", "another engine has its name") for each in twice),
    )
