"""Mending: the fixes of a script's findings are made, in memory, until there are none left to make."""

from collections import Counter
from collections.abc import Callable, Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from pathlib import Path

from msgspec.structs import replace

from duocast.cli.engines import INSTALLED
from duocast.cli.project import Project
from duocast.cli.scriptfile import ScriptFile, Unusable, read_script, replace_text
from duocast.compiler.film import Compiled, compile_film
from duocast.compiler.reader import Reader, State
from duocast.language import Diagnostic, Edit, Fix, Source, apply

LINE_ENDS = "S0140"
"""Its fix is about line ends themselves."""
ROUNDS = 10
"""One fix may bring out the next finding; nobody's script needs more than this."""

Pick = Callable[[Iterable[Diagnostic]], tuple[Diagnostic, ...]]


@dataclass(frozen=True, slots=True)
class Overlay:
    """A project of which some files have other texts than on the disk."""

    beneath: Reader
    texts: Mapping[str, str]

    def state(self, path: str) -> State:
        """What is at `path`."""
        if path in self.texts:
            return "file" if self.texts[path] else "empty"
        return self.beneath.state(path)

    def text(self, path: str) -> str:
        """The text of a file."""
        return self.texts[path] if path in self.texts else self.beneath.text(path)


@dataclass(slots=True)
class Mended:
    """A script after its fixes: the last compile, the texts that changed, and what was done how often."""

    compiled: Compiled
    before: dict[str, str] = field(default_factory=dict)
    after: dict[str, str] = field(default_factory=dict)
    made: Counter[str] = field(default_factory=Counter)
    """Codes of the findings that were mended."""


def mend(project: Project, pick: Pick, *, lenient: bool, unsafe: bool) -> Mended:
    """Make the fixes of the findings that `pick` wants: the safe ones, and with `unsafe` the others too."""
    source = project.source
    mended = Mended(compile_film(source, project.reader, lenient=lenient, engines=INSTALLED))
    seen: list[dict[str, str]] = []
    for _ in range(ROUNDS):
        seen.append(dict(mended.after))
        wanted = [one for one in pick(mended.compiled.diagnostics) if _can_be_made(one, unsafe)]
        if not wanted or not _round(mended, wanted) or mended.after in seen:
            break
        now = Source(source.path, mended.after.get(source.path, source.text))
        others = {path: text for path, text in mended.after.items() if path != source.path}
        mended.compiled = compile_film(
            now, Overlay(project.reader, others), lenient=lenient, engines=INSTALLED
        )
    return mended


def _can_be_made(diagnostic: Diagnostic, unsafe: bool) -> bool:
    return diagnostic.fix is not None and (diagnostic.fix.safe or unsafe)


def _round(mended: Mended, wanted: list[Diagnostic]) -> bool:
    """Make some fixes at once; whether anything changed."""
    changed = False
    for source in mended.compiled.sources.values():
        here = [one for one in wanted if one.fix and _only_in(one.fix, source.path)]
        text = apply(
            source.text,
            [
                one.fix if one.code == LINE_ENDS else _with_line_ends(one.fix, source.text)
                for one in here
                if one.fix
            ],
        )
        if text != source.text:
            mended.before.setdefault(source.path, source.text)
            mended.after[source.path] = text
            mended.made.update(one.code for one in here)
            changed = True
    return changed


def _only_in(fix: Fix, path: str) -> bool:
    return all(edit.span.path == path for edit in fix.edits)


def _with_line_ends(fix: Fix, text: str) -> Fix:
    """The fix with the line ends of the file."""
    if "\r\n" not in text:
        return fix
    edits = tuple(Edit(one.span, one.text.replace("\n", "\r\n")) for one in fix.edits)
    return replace(fix, edits=edits)


def write(project: Project, mended: Mended) -> Iterator[Path]:
    """Put the mended texts in the place of the files, each at once; the files that were written.

    Raises `Unusable` for a file that can't be written, or that somebody changed in between.
    """
    for path, text in mended.after.items():
        file = _file(project, path)
        if file.text != mended.before[path]:
            raise Unusable("was changed while it was mended: run the check again")
        if text != file.text:
            replace_text(file.target, text)
            yield file.path


def _file(project: Project, path: str) -> ScriptFile:
    if path == project.source.path:
        return read_script(project.script)
    if project.reader.state(path) != "file":
        raise Unusable("is no file of the project any more")
    return read_script(project.script.parent / path)
