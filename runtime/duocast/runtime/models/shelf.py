"""The shelf: where a model is, and what tells it from every other. Loads no model library.

A model is a folder in the form that its library saves (diffusers: `model_index.json`, others: `config.json`, and the
weights; or only `model.safetensors`), called like its engine, in one of the shelf's folders: `ltx/model_index.json`.
Or it is a hub repository with a pinned commit, in `ltx.json`:
`{"repository": "Lightricks/LTX-Video", "revision": "<40 hexadecimal digits>"}`.
"""

import hashlib
import json
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from pathlib import Path

from duocast.compiler.value import WrongValue
from duocast.runtime.engine import EngineError, FailureClass
from duocast.runtime.models.limits import Sheet
from duocast.runtime.weights.digest import digest_of

INDEXES = ("model_index.json", "config.json", "model.safetensors", "model.pth")
SHEET = "duocast.json"
ADAPTERS = "lora"
"""The folder of LoRAs beside the models."""
_COMMIT = re.compile(r"[0-9a-f]{40}\Z")
_Known = dict[str, tuple[int, int, str]]
"""(size, time of the last change, digest) by path in the folder."""


@dataclass(frozen=True, slots=True)
class Model:
    """A model that can be loaded. `folder` is None for one that the hub keeps."""

    engine: str
    folder: Path | None
    sheet: Sheet
    identity: str
    """The commit, or the digest of all that is in the folder."""
    network: bool = False
    """Whether the hub may be asked for what its own cache on this machine lacks."""

    @property
    def settings(self) -> str:
        """The digest of what a sheet that pins a revision says besides; empty if it says nothing more."""
        said = self.sheet.replace(repository="", revision="")
        if self.folder is not None or said == Sheet():
            return ""
        return hashlib.sha256(said.to_json()).hexdigest()


@dataclass(frozen=True, slots=True)
class Shelf:
    """`folders` are looked through in order; `memory` keeps digests, so that big files are read once."""

    folders: tuple[Path, ...]
    memory: Path
    network: bool = True

    def has(self, engine: str) -> bool:
        """Whether there is something to load for the engine; looks at names only."""
        return self._place(engine) is not None

    def model(self, engine: str) -> Model:
        """The engine's model. Raises `EngineError`: V0301 there is none, V0302 its sheet is wrong."""
        place = self._place(engine)
        if place is None:
            raise self._nowhere(engine)
        if place.is_dir():
            sheet = _sheet(place / SHEET) if (place / SHEET).is_file() else Sheet()
            return Model(engine, place, sheet, self._digest(place))
        sheet = _sheet(place)
        if not sheet.repository or not _COMMIT.match(sheet.revision):
            raise wrong(
                f"{place.name} pins no model",
                'It needs "repository": "OWNER/NAME" and "revision": a commit of 40 hexadecimal digits.',
            )
        return Model(engine, None, sheet, sheet.revision, self.network)

    def adapter(self, name: str) -> Path | None:
        """The file of a LoRA, `lora/NAME.safetensors`; None if there is none."""
        files = (folder / ADAPTERS / f"{name}.safetensors" for folder in self.folders)
        return next((file for file in files if file.is_file()), None)

    def adapters(self) -> dict[str, str]:
        """The digest of every LoRA on the shelf, by name."""
        there = {
            file.stem: file
            for folder in reversed(self.folders)
            for file in sorted((folder / ADAPTERS).glob("*.safetensors"))
        }
        return {name: self.digest(file) for name, file in sorted(there.items())}

    def digest(self, file: Path) -> str:
        """The SHA-256 of one file, remembered as a model's is."""
        known = self._known(file, {file.name: file})
        return known[file.name][2]

    def _place(self, engine: str) -> Path | None:
        for folder in self.folders:
            if any((folder / engine / index).is_file() for index in INDEXES):
                return folder / engine
            if (folder / f"{engine}.json").is_file():
                return folder / f"{engine}.json"
        return None

    def _nowhere(self, engine: str) -> EngineError:
        looked = ", ".join(map(str, self.folders))
        return EngineError(
            FailureClass.UNAVAILABLE,
            "V0301",
            f"the model of the engine {engine!r} is not here",
            f"put it into the folder {engine}, or pin a revision in {engine}.json; looked in {looked}",
        )

    def _digest(self, folder: Path) -> str:
        """The SHA-256 over every file's name and content; unchanged files are not read again."""
        known = self._known(folder, dict(_files(folder)))
        told = json.dumps([(path, digest) for path, (_, _, digest) in known.items()])
        return hashlib.sha256(told.encode()).hexdigest()

    def _known(self, place: Path, files: Mapping[str, Path]) -> _Known:
        """Size, time and digest of files, remembered under their place."""
        name = hashlib.sha256(str(place.resolve()).encode()).hexdigest()[:32]
        kept = self.memory / f"{name}.json"
        before = _remembered(kept)
        known: _Known = {}
        for path, file in files.items():
            stat = file.stat()
            size, time, digest = before.get(path, (-1, -1, ""))
            if (size, time) != (stat.st_size, stat.st_mtime_ns):
                digest = digest_of(file)
            known[path] = (stat.st_size, stat.st_mtime_ns, digest)
        if known != before:
            _remember(kept, known)
        return known


def wrong(message: str, hint: str = "") -> EngineError:
    """A model that is there and can't be used."""
    return EngineError(FailureClass.INVALID, "V0302", message, hint)


def _sheet(file: Path) -> Sheet:
    try:
        return Sheet.from_json(file.read_bytes())
    except (OSError, WrongValue) as problem:
        raise wrong(f"{file.name} can't be read: {problem}") from problem


def _files(folder: Path) -> Iterator[tuple[str, Path]]:
    """What counts of a model, in a fixed order: nothing hidden, nothing that documents it."""
    found = {
        file.relative_to(folder).as_posix(): file for file in folder.rglob("*") if file.is_file()
    }
    for path, file in sorted(found.items()):
        hidden = any(part.startswith(".") for part in path.split("/"))
        if not hidden and file.suffix.lower() not in (".md", ".png", ".jpg", ".mp4"):
            yield path, file


def _remembered(kept: Path) -> _Known:
    try:
        found = json.loads(kept.read_bytes())
        return {
            path: (int(size), int(time), str(digest))
            for path, (size, time, digest) in found.items()
        }
    except (OSError, ValueError, TypeError, AttributeError):
        return {}


def _remember(kept: Path, known: _Known) -> None:
    """Keep the digests if the folder can be written; they are only a saving."""
    try:
        kept.parent.mkdir(parents=True, exist_ok=True)
        fresh = kept.with_suffix(".new")
        fresh.write_text(json.dumps(known))
        fresh.replace(kept)
    except OSError:
        return
