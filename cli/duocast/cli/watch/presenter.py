"""The presenter: a thread that keeps the bulletin up to date, so that no verdict waits for the page."""

import threading
from collections.abc import Collection, Iterator
from dataclasses import dataclass

from duocast.cli.watch.board import (
    Card,
    cards,
    clips,
    cut_part,
    film_part,
    findings_part,
    shots_part,
    with_old,
    work_part,
)
from duocast.cli.watch.bulletin import Bulletin
from duocast.cli.watch.gallery import Cut, Gallery
from duocast.cli.watch.judging import Judgement
from duocast.cli.watch.media import Media
from duocast.cli.watch.progress import Work
from duocast.cli.watch.session import Mode
from duocast.cli.watch.sheets import Sheets
from duocast.cli.watch.view import Staging, View
from duocast.compiler.timeline import Timeline
from duocast.language import Manuscript, Script, Source

_BREATH = 0.04
"""Seconds between two updates: what happens in between is told at once."""


@dataclass(frozen=True, slots=True)
class _News:
    judgement: Judgement
    source: Source | None
    save: int


class Presenter:
    """Takes judgements and signs of progress on any thread; posts from its own. Use it as a context."""

    def __init__(self, bulletin: Bulletin, gallery: Gallery, media: Media, mode: Mode) -> None:
        self._bulletin = bulletin
        self._gallery = gallery
        self._media = media
        self._mode = mode
        self._view: View | None = None
        self._told: View | None = None
        self._shown: dict[str, tuple[Staging, dict[str, Card]]] = {}
        self._cut: tuple[Cut, dict[str, object]] | None = None
        self._sheets = Sheets()
        self._laid: frozenset[str] = frozenset()
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

    def judged(self, judgement: Judgement, source: Source | None) -> None:
        """A verdict was said, on this text."""
        with self._woken:
            self._saves += 1
            self._news = _News(judgement, source, self._saves)
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
        findings = findings_part(news.judgement)
        self._bulletin.post("findings", {**findings, "save": news.save})
        view = self._view = news.judgement.view
        if news.source is not None:
            self._lay(news.source, view)

    def _lay(self, source: Source, view: View | None) -> None:
        """The script, of which only the sheets are told that are new."""
        laid = self._sheets.lay(self._read(source), source, view.screenplay if view else None)
        parts: dict[str, object] = {
            f"rows/{sheet.name}": sheet.rows for sheet in laid if sheet.name not in self._laid
        }
        names = [sheet.name for sheet in laid]
        gone, self._laid = self._laid - set(names), frozenset(names)
        parts["script"] = {"path": source.path, "sheets": names}
        self._bulletin.post_all(parts, [f"rows/{name}" for name in gone])

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
        parts = dict(self._cards(view, self._gallery.news()))
        gone: set[str] = set()
        if view is not self._told:
            self._told = view
            gone = self._shown.keys() - {staging.scene.id for staging in view.stagings}
            parts["shots"] = shots_part(view)
        for scene in gone:
            del self._shown[scene]
        parts["film"] = film_part(view, self._mode, self._cut_of(view))
        self._bulletin.post_all(parts, [f"cards/{scene}" for scene in gone])

    def _cards(self, view: View, made: frozenset[str]) -> Iterator[tuple[str, object]]:
        """The cards of the scenes that are not what was told of them."""
        names = {role.id: role.name for role in view.screenplay.roles}
        for staging in view.stagings:
            known = self._shown.get(staging.scene.id)
            if known is not None and known[0] is staging and staging.work.isdisjoint(made):
                continue
            old = known[1] if known is not None else {}
            now = [
                with_old(card, old.get(card.id))
                for card in cards(staging, names, self._gallery, self._media)
            ]
            self._shown[staging.scene.id] = staging, {card.id: card for card in now}
            yield f"cards/{staging.scene.id}", now

    def _cut_of(self, view: View) -> dict[str, object] | None:
        """The last cut, read once."""
        cut = self._gallery.cut
        if cut is None:
            return None
        if self._cut is None or self._cut[0] is not cut:
            timeline = self._media.read(cut.timeline.digest)
            if timeline is None:
                return None
            name = self._media.film(cut.film.digest)
            self._cut = cut, cut_part(name, Timeline.from_json(timeline))
        same = cut.view.screenplay == view.screenplay and cut.view.files == view.files
        return {**self._cut[1], "fresh": same}
