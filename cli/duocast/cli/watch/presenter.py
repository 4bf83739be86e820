"""The presenter: a thread that keeps the bulletin up to date, so that no verdict waits for the page."""

import threading
from collections.abc import Collection, Mapping
from dataclasses import dataclass

from duocast.cli.watch.board import (
    Card,
    cards,
    clips,
    cut_part,
    film_part,
    with_old,
    work_part,
)
from duocast.cli.watch.bulletin import Bulletin
from duocast.cli.watch.gallery import Gallery
from duocast.cli.watch.lines import rows
from duocast.cli.watch.media import Media
from duocast.cli.watch.progress import Work
from duocast.cli.watch.session import Mode
from duocast.cli.watch.view import View
from duocast.compiler.timeline import Timeline
from duocast.language import Manuscript, Script, Source

_BREATH = 0.04
"""Seconds between two updates: what happens in between is told at once."""


@dataclass(frozen=True, slots=True)
class _News:
    findings: Mapping[str, object]
    view: View | None
    source: Source | None


class Presenter:
    """Takes judgements and signs of progress on any thread; posts from its own. Use it as a context."""

    def __init__(self, bulletin: Bulletin, gallery: Gallery, media: Media, mode: Mode) -> None:
        self._bulletin = bulletin
        self._gallery = gallery
        self._media = media
        self._mode = mode
        self._view: View | None = None
        self._shown: dict[str, Card] = {}
        self._news: _News | None = None
        self._work = Work()
        self._saves = 0
        self._manuscript: Manuscript | None = None
        self._stale = False
        self._urgent = False
        self._closed = False
        self._woken = threading.Condition()
        self._thread = threading.Thread(target=self._live, name="presenter", daemon=True)

    def __enter__(self) -> "Presenter":
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        with self._woken:
            self._closed = True
            self._woken.notify()
        self._thread.join()

    def judged(
        self, findings: Mapping[str, object], view: View | None, source: Source | None
    ) -> None:
        """A verdict was said: the findings of it, the last good film, and the text."""
        with self._woken:
            self._saves += 1
            self._news = _News({**findings, "save": self._saves}, view, source)
            self._woken.notify()

    def working(self, work: Work, *, urgent: bool = False) -> None:
        """Something was begun, made or ended; what is `urgent` is told at once."""
        with self._woken:
            self._work, self._stale = work, True
            self._urgent = self._urgent or urgent
            self._woken.notify()

    def prepare(self, view: View, shots: Collection[str]) -> None:
        """Make what the page is about to ask for: the films of these shots, as far as they are there."""
        for staging in view.stagings:
            if not staging.clips.keys().isdisjoint(shots):
                for name in clips(staging, shots, self._gallery, self._media):
                    self._media.find("shot", name)

    def _live(self) -> None:
        while True:
            with self._woken:
                self._woken.wait_for(lambda: self._closed or self._stale or self._news is not None)
                if self._closed:
                    return
                news, self._news = self._news, None
                work, self._stale, self._urgent = self._work, False, False
            if news is not None:
                self._judged(news)
            self._post(work)
            with self._woken:
                self._woken.wait_for(self._is_awaited, _BREATH)

    def _is_awaited(self) -> bool:
        """Whether there is something that can't wait for the next breath."""
        return self._closed or self._urgent or self._news is not None

    def _judged(self, news: _News) -> None:
        self._bulletin.post("findings", news.findings)
        view = self._view = news.view
        if news.source is not None:
            found = rows(self._read(news.source), news.source, view.screenplay if view else None)
            self._bulletin.post("script", {"path": news.source.path, "rows": found})

    def _read(self, source: Source) -> Script:
        """The syntax tree, kept from save to save."""
        known = self._manuscript
        if known is None or known.source.path != source.path:
            self._manuscript = Manuscript.read(source)
        else:
            self._manuscript = known.update(source.text)
        return self._manuscript.script

    def _post(self, work: Work) -> None:
        self._bulletin.post("work", work_part(work))
        view = self._view
        if view is None:
            return
        now = [with_old(c, self._shown.get(c.id)) for c in cards(view, self._gallery, self._media)]
        self._shown = {card.id: card for card in now}
        self._bulletin.post("shots", now)
        self._bulletin.post("film", film_part(view, self._mode, self._cut(view)))

    def _cut(self, view: View) -> dict[str, object] | None:
        cut = self._gallery.cut
        timeline = self._media.read(cut.timeline.digest) if cut is not None else None
        if cut is None or timeline is None:
            return None
        same = cut.view.screenplay == view.screenplay and cut.view.files == view.files
        name = self._media.film(cut.film.digest)
        return cut_part(name, Timeline.from_json(timeline), fresh=same)
