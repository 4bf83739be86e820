"""Judging a script as it is saved: the findings, what has changed on the film, and every file that counts."""

import time
from collections.abc import Callable, Mapping
from dataclasses import dataclass, replace
from pathlib import Path

import click

from duocast.cli.engines import INSTALLED
from duocast.cli.findings import verdict
from duocast.cli.project import Project, open_project
from duocast.cli.remembered import Memory
from duocast.cli.watch.interest import Interest, interest
from duocast.cli.watch.lookout import Lookout
from duocast.cli.watch.view import View, look_over
from duocast.compiler.continuity import Continuity
from duocast.compiler.film import Compiled
from duocast.compiler.identity import Identity, Settled, settle
from duocast.compiler.lower import Crew
from duocast.compiler.reader import Reader, State, leads_out
from duocast.compiler.screenplay import Screenplay
from duocast.language import Source, summary
from duocast.runtime.engine import EngineError

Contents = Mapping[Path, str]
"""What files are like, so that another content is another answer."""


@dataclass(frozen=True, slots=True)
class Judgement:
    """What is to be said about a save. `view` is the last good film: the new one, unless something is wrong."""

    compiled: Compiled | None
    problem: str
    """Why the script can't even be read; empty when it could."""
    view: View | None
    good: bool
    """Whether the view is the script's."""
    changed: tuple[str, ...] = ()
    """The ids of the shots whose picture is another one than before."""
    gone: int = 0
    """Shots that are no more."""
    different: bool = True
    """Whether it is another film than before at all: pictures, sound or order."""
    first: bool = False
    seconds: float = 0.0
    """How long judging took."""

    @property
    def words(self) -> str:
        """The verdict in one line."""
        if self.problem:
            return f"{self.problem}; still watching"
        if not self.good:
            found = verdict(self.compiled) if self.compiled is not None else "nothing to show"
            kept = "; the last good picture stays" if self.view is not None else ""
            return f"{found}{kept}"
        found = summary(self.compiled.diagnostics) if self.compiled is not None else ""
        return f"ok{', ' * bool(found)}{found}: {self._change()}, {self._length()} film"

    def _change(self) -> str:
        if self.view is None or self.first:
            count = len(self.view.clips) if self.view is not None else 0
            return _counted(count, "shot")
        parts = [f"{_counted(len(self.changed), 'shot')} changed"] if self.changed else []
        parts += [f"{_counted(self.gone, 'shot')} gone"] if self.gone else []
        if not parts:
            return "sound or order changed" if self.different else "nothing to make again"
        return ", ".join(parts)

    def _length(self) -> str:
        seconds = round(self.view.seconds) if self.view is not None else 0
        return f"{seconds} s" if seconds < 600 else f"{seconds // 60} min {seconds % 60:02} s"


class Judge:
    """Reads and compiles the script whenever it is asked, and remembers the last good film."""

    def __init__(self, script: Path, crew: Crew, *, lenient: bool) -> None:
        self._script = script
        self._folder = script.resolve().parent
        self._crew = crew
        self._lenient = lenient
        self._looked: set[str] = set()
        self._before: tuple[str, Contents] | None = None
        self._accepted: View | None = None
        self._continuity = Continuity()
        self._settled: Settled | None = None
        self._lookout = Lookout(self._folder, crew)
        self.project: Project | None = None

    @property
    def interest(self) -> Interest:
        """The script and every file that the compiler has ever asked for, there or not."""
        return interest([self._script, *(self._folder / path for path in sorted(self._looked))])

    def judge(self, contents: Callable[[Interest], Contents]) -> Judgement | None:
        """The verdict on what is on disk now; None if that has been judged already.

        `contents` says what each file of interest is like.
        """
        began = time.perf_counter()
        try:
            self.project = open_project(self._script)
        except click.UsageError as problem:
            self._before = None
            return Judgement(None, problem.message, self._accepted, good=False)
        source = self.project.source
        if self._before == (source.text, contents(self.interest)):
            return None
        try:
            found = self._compiled(source, contents)
        except Exception as problem:  # a fault of the program must not end a writer's day
            self._continuity, self._before = Continuity(), None
            said = f"duocast itself failed ({type(problem).__name__}: {problem}): please report it"
            return Judgement(None, said, self._accepted, good=False)
        return replace(found, seconds=time.perf_counter() - began)

    def _compiled(self, source: Source, contents: Callable[[Interest], Contents]) -> Judgement:
        reader = _Asked(Project(self._script, source).reader, self._looked)
        compiled = self._continuity.compile(
            source, reader, lenient=self._lenient, engines=INSTALLED
        )
        known = contents(self.interest)
        self._before = source.text, known
        return self._judged(compiled, known)

    def accept(self, judgement: Judgement) -> None:
        """The next judgement says what has changed since this one."""
        self._accepted = judgement.view

    def _named(self, screenplay: Screenplay) -> Settled:
        """The film with its lasting names: what a writer edits stays the same shot."""
        before = self._settled
        if before is not None:
            self._settled = settle(screenplay, before.identity, before.done)
        else:
            self._settled = settle(screenplay, self._remembered(screenplay))
        return self._settled

    def _remembered(self, screenplay: Screenplay) -> Identity:
        if self.project is None:
            return Identity()
        return Memory(self.project.build, self._script.name).identity(screenplay)

    def _judged(self, compiled: Compiled, known: Contents) -> Judgement:
        before = self._accepted
        if compiled.screenplay is None:
            return Judgement(compiled, "", before, good=False)
        places = ((path, self._folder / path) for path in sorted(self._looked))
        files = {path: known[place] for path, place in places if place in known}
        settled = self._named(compiled.screenplay)
        try:
            looked = self._lookout.look(compiled, settled.screenplay)
        except EngineError as problem:
            return Judgement(compiled, f"{problem.message}; {problem.hint}", before, good=False)
        compiled = looked.of(compiled)
        if looked.refused:
            return Judgement(compiled, "", before, good=False)
        view = look_over(settled, self._crew, files, before)
        if before is None:
            return Judgement(compiled, "", view, good=True, changed=tuple(view.clips), first=True)
        had, has = set(before.clips.values()), set(view.clips.values())
        return Judgement(
            compiled,
            "",
            view,
            good=True,
            changed=tuple(shot for shot, key in view.clips.items() if key not in had),
            gone=max(0, len(before.clips) - len(view.clips)) if had - has else 0,
            different=before.screenplay != view.screenplay or before.files != view.files,
        )


class _Asked(Reader):
    """A reader that remembers what it was asked for."""

    def __init__(self, reader: Reader, asked: set[str]) -> None:
        self._reader = reader
        self._asked = asked

    def state(self, path: str) -> State:
        """What is at `path`."""
        if path and not leads_out(path):
            self._asked.add(path)
        return self._reader.state(path)

    def text(self, path: str) -> str:
        """The text of a file."""
        return self._reader.text(path)


def _counted(number: int, what: str) -> str:
    return f"{number} {what}{'s' * (number != 1)}"
