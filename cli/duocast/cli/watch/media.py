"""Media: the pictures and films of the page, made for a browser when it asks for them."""

import hashlib
import threading
from collections import OrderedDict
from collections.abc import Callable, Mapping
from dataclasses import dataclass
from pathlib import Path
from typing import TypeVar

import cv2

from duocast.cli.watch.preview import preview
from duocast.compiler.operations.time import ShotTiming

KEPT = 192 << 20
"""Bytes of made media that are kept."""
_WIDTH = 960
_QUALITY = 88
T = TypeVar("T")


@dataclass(frozen=True, slots=True)
class Playable:
    """What a shot's preview is made of: digests of its clip, its timing and the takes that are heard, by line."""

    clip: str
    timing: str
    takes: tuple[tuple[str, str], ...]

    @property
    def name(self) -> str:
        """Its name in addresses: another content, another name."""
        return hashlib.sha256(repr(self).encode()).hexdigest()[:32]


class Media:
    """Finds media by kind and name. Only what was announced can be asked for."""

    def __init__(self, file: Callable[[str], Path | None]) -> None:
        self._file = file
        self._stills: dict[str, str] = {}
        self._shots: dict[str, Playable] = {}
        self._films: dict[str, str] = {}
        self._made: OrderedDict[tuple[str, str], bytes] = OrderedDict()
        self._making = threading.Lock()

    def still(self, digest: str) -> str:
        """Announce a still; gives its name."""
        return _announced(self._stills, digest, digest)

    def shot(self, playable: Playable) -> str:
        """Announce a shot."""
        return _announced(self._shots, playable.name, playable)

    def film(self, digest: str) -> str:
        """Announce a film."""
        return _announced(self._films, digest, digest)

    def find(self, kind: str, name: str) -> bytes | Path | None:
        """The content, or the file that holds it; None for what was never announced or is there no more."""
        if kind == "film":
            return self._file(self._films[name]) if name in self._films else None
        known: Mapping[str, object] = self._stills if kind == "still" else self._shots
        if name not in known:
            return None
        with self._making:
            made = self._made.get((kind, name))
            if made is None:
                made = self._still(name) if kind == "still" else self._shot(name)
            if made is None:
                return None
            self._keep((kind, name), made)
            return made

    def read(self, digest: str) -> bytes | None:
        """What is in the store under a digest."""
        path = self._file(digest)
        return path.read_bytes() if path is not None else None

    def _still(self, name: str) -> bytes | None:
        path = self._file(self._stills[name])
        picture = cv2.imread(str(path)) if path is not None else None
        if picture is None:
            return None
        height, width = picture.shape[:2]
        if width > _WIDTH:
            size = (_WIDTH, round(height * _WIDTH / width))
            picture = cv2.resize(picture, size, interpolation=cv2.INTER_AREA)
        return cv2.imencode(".jpg", picture, [cv2.IMWRITE_JPEG_QUALITY, _QUALITY])[1].tobytes()

    def _shot(self, name: str) -> bytes | None:
        playable = self._shots[name]
        clip, timing = self._file(playable.clip), self._file(playable.timing)
        if clip is None or timing is None:
            return None
        takes = {line: self._file(digest) for line, digest in playable.takes}
        heard = {line: path for line, path in takes.items() if path is not None}
        return preview(clip, ShotTiming.from_json(timing.read_bytes()), heard)

    def _keep(self, which: tuple[str, str], made: bytes) -> None:
        self._made[which] = made
        self._made.move_to_end(which)
        while sum(map(len, self._made.values())) > KEPT and len(self._made) > 1:
            self._made.popitem(last=False)


def _announced(among: dict[str, T], digest: str, what: T) -> str:
    name = digest[:32]
    among[name] = what
    return name
