"""Delivery: the finished files leave the store for a folder, each in one step."""

import os
import shutil
import tempfile
from dataclasses import dataclass
from pathlib import Path

from duocast.compiler.lower.film import CAPTIONS, MASTER, MIX, SIGNED
from duocast.compiler.operations.sound import LoudnessReport
from duocast.compiler.timeline import Timeline
from duocast.farm.outcome import Outcome
from duocast.runtime.engine import EngineError, FailureClass
from duocast.runtime.store.contents import Blob
from duocast.runtime.store.disk import DiskStore

FILES: tuple[tuple[str, str, str], ...] = (
    (SIGNED, "film", "{name}.mp4"),
    (CAPTIONS, "srt", "{name}.srt"),
    (CAPTIONS, "vtt", "{name}.vtt"),
    (MASTER, "poster", "poster.jpg"),
    (MASTER, "sheet", "contact-sheet.jpg"),
    (MIX, "dialogue", "stems/dialogue.flac"),
    (MIX, "music", "stems/music.flac"),
    (MIX, "effects", "stems/effects.flac"),
)
"""(node, output, file name)."""


@dataclass(frozen=True, slots=True)
class Delivered:
    """What was written, and what is known of it. `master` is the digest of the film before its signature."""

    folder: Path
    files: tuple[Path, ...]
    film: Path
    master: str
    timeline: Timeline
    loudness: LoudnessReport

    @property
    def seconds(self) -> float:
        """How long the film is."""
        return float(self.timeline.rate.seconds(self.timeline.frames))


def deliver(outcome: Outcome, store: DiskStore, folder: Path, name: str) -> Delivered:
    """Write the film and all that goes with it. Raises `EngineError` when the folder can't be written."""
    files = []
    for address, output, pattern in FILES:
        blob = outcome.results[address].outputs.get(output)
        if blob is not None:
            files.append(place(store, blob, folder / pattern.format(name=name)))
    return Delivered(
        folder=folder,
        files=tuple(files),
        film=files[0],
        master=outcome.results[MASTER].outputs["film"].digest,
        timeline=Timeline.from_json(_read(outcome, store, "film/cut", "timeline")),
        loudness=LoudnessReport.from_json(_read(outcome, store, MIX, "report")),
    )


def _read(outcome: Outcome, store: DiskStore, address: str, output: str) -> bytes:
    return store.read(outcome.results[address].outputs[output].digest)


def place(store: DiskStore, blob: Blob, file: Path) -> Path:
    """Copy to a temporary file beside the target, then rename: nobody ever sees half a film."""
    temporary = None
    try:
        file.parent.mkdir(parents=True, exist_ok=True)
        handle, temporary = tempfile.mkstemp(dir=file.parent, prefix=".duocast-")
        os.close(handle)
        shutil.copyfile(store.path(blob.digest), temporary)
        Path(temporary).chmod(0o644)
        Path(temporary).replace(file)
    except OSError as problem:
        if temporary is not None:
            Path(temporary).unlink(missing_ok=True)
        message = f"{file} can't be written: {problem.strerror}"
        raise EngineError(
            FailureClass.RESOURCE, "R0030", message, "free some space or name another --out"
        ) from None
    return file
