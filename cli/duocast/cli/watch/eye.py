"""The eye: it tells when one of the files it looks at has another content."""

import os
import threading
import time
from collections.abc import Callable
from pathlib import Path

from watchdog.events import (
    DirCreatedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
    FileSystemEvent,
    FileSystemEventHandler,
)
from watchdog.observers import Observer
from watchdog.observers.api import BaseObserver, ObservedWatch
from watchdog.observers.polling import PollingObserver

from duocast.cli.watch.interest import Interest, glance
from duocast.cli.watch.settling import Pending, doubtful, touched

_HEARD: list[type[FileSystemEvent]] = [
    DirCreatedEvent,
    DirMovedEvent,
    FileClosedEvent,
    FileCreatedEvent,
    FileDeletedEvent,
    FileModifiedEvent,
    FileMovedEvent,
]
_SURE = (FileClosedEvent, FileMovedEvent)
_POLLED = 0.3
"""Seconds between two looks where the system can't tell what happens in a folder."""


class Eye(FileSystemEventHandler):
    """Listens to folders, so that editors that save by renaming are heard; tells of content, not of times.

    `tell` is called on a thread of its own with the files whose content has changed. Use it as a context.
    """

    def __init__(self, tell: Callable[[frozenset[Path]], None]) -> None:
        self._tell = tell
        self._interest = Interest()
        self._known: dict[Path, str] = {}
        self._watches: dict[Path, ObservedWatch] = {}
        self._observer: BaseObserver = Observer()
        self._pending: Pending | None = None
        self._moved = False
        self._listening = threading.Lock()
        self._woken = threading.Condition()
        self._closed = False
        self._thread = threading.Thread(target=self._settle, name="eye", daemon=True)

    def __enter__(self) -> "Eye":
        self._observer.start()
        self._thread.start()
        return self

    def __exit__(self, *_: object) -> None:
        with self._woken:
            self._closed = True
            self._woken.notify()
        self._thread.join()
        self._observer.stop()
        self._observer.join()

    def look_at(self, interest: Interest) -> None:
        """Look at these files from now on; what a new one is like now counts as seen."""
        with self._woken:
            if interest == self._interest:
                return
            self._known = {
                file: self._known[file] if file in self._known else glance(file)
                for file in interest.files
            }
            self._interest = interest
        self._listen_to(interest.folders())

    def seen(self, path: Path, content: str) -> None:
        """Somebody has read the file like this: that much is known of it."""
        with self._woken:
            self._known[path] = content

    @property
    def contents(self) -> dict[Path, str]:
        """What every file was like when it was last looked at."""
        with self._woken:
            return dict(self._known)

    def dispatch(self, event: FileSystemEvent) -> None:
        """Something has happened in a folder."""
        now = time.monotonic()
        with self._woken:
            for place in (event.src_path, event.dest_path):
                for file in self._interest.concerns(Path(os.fsdecode(place))) if place else ():
                    self._pending = touched(self._pending, file, now, sure=isinstance(event, _SURE))
            self._moved = self._moved or event.is_directory
            self._woken.notify()

    def _listen_to(self, folders: frozenset[Path]) -> None:
        """Never while holding what `dispatch` needs: the observer calls it and waits for it."""
        with self._listening:
            for folder in sorted(folders - self._watches.keys()):
                self._listen(folder)
            for folder in self._watches.keys() - folders:
                self._observer.unschedule(self._watches.pop(folder))

    def _listen(self, folder: Path) -> None:
        try:
            self._watches[folder] = self._observer.schedule(
                self, str(folder), recursive=False, event_filter=_HEARD
            )
        except OSError:  # the system has no more watches to give
            self._poll_instead()
            self._watches[folder] = self._observer.schedule(self, str(folder), recursive=False)

    def _poll_instead(self) -> None:
        if isinstance(self._observer, PollingObserver):
            return
        self._observer.stop()
        self._observer.join()
        self._observer = PollingObserver(timeout=_POLLED)
        self._observer.start()
        for folder in self._watches:
            self._watches[folder] = self._observer.schedule(self, str(folder), recursive=False)

    def _settle(self) -> None:
        """Wait until what was touched has come to rest, then tell what has really changed."""
        while True:
            with self._woken:
                while not self._closed and not self._is_due():
                    pending = self._pending
                    self._woken.wait(
                        None if pending is None else max(0.0, pending.due - time.monotonic())
                    )
                if self._closed:
                    return
                changed = self._changed()
                moved, self._moved = self._moved, False
            if moved:
                self._listen_to(self._interest.folders())
            if changed:
                self._tell(changed)

    def _is_due(self) -> bool:
        return self._pending is not None and self._pending.due <= time.monotonic()

    def _changed(self) -> frozenset[Path]:
        pending, self._pending = self._pending, None
        if pending is None:
            return frozenset()
        looked = {file: glance(file) for file in pending.touched if file in self._known}
        if any(not now and self._known[file] for file, now in looked.items()):
            self._pending = doubtful(pending, time.monotonic())
            if self._pending is not None:
                return frozenset()
        changed = frozenset(file for file, now in looked.items() if now != self._known[file])
        self._known.update(looked)
        return changed
