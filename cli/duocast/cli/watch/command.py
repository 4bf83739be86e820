"""The watch itself: saves come in, verdicts go out, and what has changed is made and shown, until somebody ends it."""

import gc
import os
import sys
from contextlib import ExitStack, suppress
from dataclasses import dataclass
from pathlib import Path
from queue import Empty, SimpleQueue

import click

from duocast.cli.ending import heard
from duocast.cli.project import BUILD_FOLDER
from duocast.cli.remembered import Memory
from duocast.cli.studio import crew, registry
from duocast.cli.watch.bulletin import Bulletin
from duocast.cli.watch.eye import Eye
from duocast.cli.watch.gallery import Gallery
from duocast.cli.watch.interest import Interest
from duocast.cli.watch.judging import Contents, Judge, Judgement
from duocast.cli.watch.maker import Maker, Workplace
from duocast.cli.watch.media import Media
from duocast.cli.watch.presenter import Presenter
from duocast.cli.watch.progress import Progress, Work
from duocast.cli.watch.server import Server
from duocast.cli.watch.session import (
    Drop,
    Event,
    Judged,
    Left,
    Make,
    Mode,
    Order,
    Session,
    step,
)
from duocast.cli.watch.teller import Teller

_LOOK_UP = 0.1
"""Seconds after which a signal is heard at the latest."""
_TIDIED = 100
"""Looks up without any news from one search for garbage to the next."""


@dataclass(frozen=True, slots=True)
class Options:
    """How to watch. `out` is the file that each new cut is written to; port 0 is any that is free."""

    mode: Mode = "draft"
    out: Path | None = None
    page: bool = True
    port: int = 0
    jobs: int | None = None
    lenient: bool = False


@dataclass(frozen=True, slots=True)
class Saved:
    """Files have changed on the disk."""

    files: frozenset[Path]


def watch(script: Path, options: Options) -> None:
    """Watch a script until Ctrl-C, SIGTERM or the end of the terminal; nothing of it is left running then."""
    if options.out is not None and options.out.is_dir():
        raise click.UsageError(
            f"{options.out} is a folder: name a file, as in {options.out / 'draft.mp4'}"
        )
    events: SimpleQueue[Saved | Event] = SimpleQueue()
    teller = Teller(deaf=lambda: events.put(Left()))
    sys.setswitchinterval(0.001)  # a verdict must not wait for the maker's bookkeeping
    with heard(lambda: events.put(Left())):
        with ExitStack() as stack:
            _Watch(script, options, events, teller, stack).go_on()
        teller.stopped()


class _Watch:
    """Eye, judge, maker and page around one session."""

    def __init__(
        self,
        script: Path,
        options: Options,
        events: "SimpleQueue[Saved | Event]",
        teller: Teller,
        stack: ExitStack,
    ) -> None:
        self._options = options
        self._events = events
        self._teller = teller
        self._session = Session(options.mode)
        self._gallery = Gallery()
        quality = "standard" if options.mode == "render" else "draft"
        self._crew = crew(quality, registry())
        self._script = script
        self._judge = Judge(script, self._crew, lenient=options.lenient)
        self._eye = stack.enter_context(Eye(lambda files: events.put(Saved(files))))
        self._maker: Maker | None = None
        self._presenter: Presenter | None = None
        self._last: Judgement | None = None
        self._idle = 0
        self._stack = stack

    def go_on(self) -> None:
        """Judge what is there, then every save."""
        self._save()
        gc.collect()
        gc.freeze()  # what is kept of a long film is not to be searched for garbage at every save
        gc.disable()  # nor is anything while somebody waits for a verdict: `_tidy` does it between saves
        self._stack.callback(gc.enable)
        if self._options.page:
            self._open_page()
        while not self._session.ended:
            event = self._next()
            if isinstance(event, Saved):
                self._save()
            else:
                self._hear(event)

    def _next(self) -> Saved | Event:
        """What happens next. A signal that another thread was given is heard only when this one looks up."""
        while True:
            with suppress(Empty):
                return self._events.get(timeout=_LOOK_UP)
            self._tidy()

    def _tidy(self) -> None:
        """Look for garbage when nothing has happened for a moment, and now and then while nothing does."""
        if self._idle % _TIDIED == 0:
            gc.collect()
        self._idle += 1

    def _save(self) -> None:
        self._idle = 0
        judgement = self._judge.judge(self._contents)
        if judgement is None or self._is_old():
            return
        self._judge.accept(judgement)
        self._teller.verdict(judgement)
        self._last = judgement
        if judgement.good and judgement.view is not None:
            self._hear(Judged(judgement.view, judgement.changed, judgement.different))
        self._present(judgement)

    def _contents(self, interest: Interest) -> Contents:
        self._eye.look_at(interest)
        return self._eye.contents

    def _is_old(self) -> bool:
        """Whether the files have changed again; what else has happened waits its turn."""
        waiting: list[Saved | Event] = []
        while True:
            try:
                waiting.append(self._events.get_nowait())
            except Empty:
                break
        for event in waiting:
            self._events.put(event)
        return any(isinstance(event, Saved) for event in waiting)

    def _hear(self, event: Event) -> None:
        self._session, actions = step(self._session, event)
        for action in actions:
            match action:
                case Make(order):
                    self._making().make(order)
                case Drop(spared):
                    self._making().drop(spared)

    def _open_page(self) -> None:
        bulletin = Bulletin()
        media = Media(lambda digest: self._maker.file(digest) if self._maker else None)
        presenter = Presenter(bulletin, self._gallery, media, self._options.mode)
        try:
            server = Server(bulletin, media.find, self._options.port)
        except OSError as problem:
            raise click.UsageError(
                f"the page can't be served on port {self._options.port}: {problem.strerror}"
            ) from None
        self._presenter = self._stack.enter_context(presenter)
        self._teller.page(self._stack.enter_context(server).address)
        if self._last is not None:
            self._present(self._last)

    def _present(self, judgement: Judgement) -> None:
        if self._presenter is not None:
            project = self._judge.project
            source = project.source if project else None
            self._presenter.judged(judgement, source)

    def working(self, work: Work, *, urgent: bool = False) -> None:
        """The making goes on."""
        if self._presenter is not None:
            self._presenter.working(work, urgent=urgent)

    def prepare(self, order: Order) -> None:
        """The page will ask for what was just made; nothing else is begun before it can have it."""
        if self._presenter is not None:
            self._presenter.prepare(order.view, order.shots)

    def _making(self) -> Maker:
        """The maker, who is called in when there is something to make."""
        if self._maker is None:
            project = self._script.resolve().parent
            jobs = self._options.jobs or os.cpu_count() or 1
            build = project / BUILD_FOLDER
            memory = Memory(build, self._script.name)
            workplace = Workplace(
                project, memory, build / "store", self._crew, jobs, self._options.out
            )
            progress = Progress(self._teller, self)
            maker = Maker(workplace, self._gallery, progress, self._events.put)
            self._maker = self._stack.enter_context(maker)
        return self._maker
