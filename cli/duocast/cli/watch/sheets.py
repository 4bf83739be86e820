"""Sheets: a script's lines, a sheet for each scene; a save makes only those anew that it touched."""

import hashlib
from collections.abc import Iterator
from dataclasses import dataclass

import msgspec

from duocast.cli.watch.lines import Row, Run, rows, runs
from duocast.compiler.memory import identical
from duocast.compiler.screenplay import Screenplay
from duocast.language import Script, Source


@dataclass(frozen=True, slots=True)
class Sheet:
    """Lines of a script. The same lines have the same name."""

    name: str
    rows: tuple[Row, ...]


class Sheets:
    """Lays a script out again and again; what is the same as before is the very same sheet."""

    def __init__(self) -> None:
        self._laid: dict[tuple[str, str], tuple[Run, Sheet]] = {}

    def lay(
        self, script: Script, source: Source, screenplay: Screenplay | None
    ) -> tuple[Sheet, ...]:
        """The sheets of a file, in order, beside the last film that was made of it."""
        before, self._laid = self._laid, {}
        return tuple(
            self._sheet(run, text, before, source)
            for run, text in _written(runs(script, source, screenplay), source)
        )

    def _sheet(
        self,
        run: Run,
        text: str,
        before: dict[tuple[str, str], tuple[Run, Sheet]],
        source: Source,
    ) -> Sheet:
        key = text, run.scene.id if run.scene is not None else ""
        known = before.get(key)
        if known is not None and _alike(known[0], run):
            sheet = known[1]
        else:
            made = rows(run, source)
            digest = hashlib.sha256(msgspec.json.encode(made)).hexdigest()
            sheet = Sheet(digest[:16], made)
        self._laid[key] = run, sheet
        return sheet


def _written(cut: list[Run], source: Source) -> Iterator[tuple[Run, str]]:
    """Every run with its text."""
    starts = (*source.starts, len(source.text))
    for run in cut:
        yield run, source.text[starts[run.first - 1] : starts[run.last - 1]]


def _alike(one: Run, other: Run) -> bool:
    """Whether two runs of the same text have the same meaning."""
    same = one.scene is other.scene or one.scene == other.scene
    return same and identical(one.blocks, other.blocks)
