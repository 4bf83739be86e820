"""A rendered film with everything that is known about it: its files, its plan, and what the store holds of it."""

from collections.abc import Mapping
from dataclasses import dataclass, field
from functools import cached_property
from pathlib import Path
from typing import Any, TypeVar

import numpy as np
from numpy.typing import NDArray

from duocast.cli.project import open_project
from duocast.cli.remembered import Memory
from duocast.cli.studio import crew, registry
from duocast.compiler.film import compile_film
from duocast.compiler.graph import Node, ShotGraph
from duocast.compiler.identity import settle
from duocast.compiler.lower import lower
from duocast.compiler.operations.compose import Layout
from duocast.compiler.operations.speak import TakeTimes
from duocast.compiler.operations.time import ShotTiming
from duocast.compiler.screenplay import Screenplay
from duocast.compiler.timeline import SAMPLE_RATE, PictureClip, Timeline
from duocast.compiler.value import Value
from duocast.runtime.performance.record import load_performance
from duocast.runtime.picture.pose import FIELDS
from duocast.runtime.store.disk import DiskStore
from measure.subtitles import SaidWord, read_srt
from measure.terminal import Ended, duocast

V = TypeVar("V", bound=Value)
LEAP = 0.3
"""Of a mouth's field, from one frame to the next."""


@dataclass
class Rendered:
    """What `duocast render --json` made of `script`. `keys` are the tasks' keys by address."""

    script: Path
    quality: str
    ended: Ended
    report: Mapping[str, Any]
    _files: dict[tuple[str, str], Path] = field(default_factory=dict)

    @property
    def film(self) -> Path:
        """The finished film."""
        return Path(self.report["film"])

    @property
    def folder(self) -> Path:
        """Where the film and what goes with it were written."""
        return self.film.parent

    @property
    def captions(self) -> Path:
        """The SubRip file."""
        return self.film.with_suffix(".srt")

    @cached_property
    def keys(self) -> dict[str, str]:
        """The key of every task by its address."""
        return {task["address"]: task["key"] for task in self.report["tasks"]}

    def ran(self) -> set[str]:
        """The addresses of the tasks that ran."""
        return {t["address"] for t in self.report["tasks"] if t["status"] == "done"}

    def file(self, address: str, output: str) -> Path:
        """The store's file of an output."""
        if (address, output) not in self._files:
            with DiskStore(self.script.parent / ".duocast" / "store") as store:
                action = store.find(self.keys[address])
                if action is None:
                    raise KeyError(f"the store has no {address}")
                for name, blob in action.outputs.items():
                    self._files[address, name] = store.path(blob.digest)
        return self._files[address, output]

    def value(self, address: str, output: str, model: type[V]) -> V:
        """An output that is a value."""
        return model.from_json(self.file(address, output).read_bytes())

    @cached_property
    def timeline(self) -> Timeline:
        """The edit."""
        return self.value("film/cut", "timeline", Timeline)

    @cached_property
    def screenplay(self) -> Screenplay:
        """The resolved script."""
        return screenplay_of(self.script)

    @cached_property
    def graph(self) -> ShotGraph:
        """The shot graph."""
        return graph_of(self.script, self.quality)

    @cached_property
    def nodes(self) -> dict[str, Node]:
        """The graph's nodes by address."""
        return {node.address: node for node in self.graph.nodes}

    def times(self, line: str) -> TakeTimes:
        """The take of a line (`scene/line`)."""
        return self.value(f"{line}/take", "times", TakeTimes)

    def timing(self, shot: str) -> ShotTiming:
        """A shot's frames and what sounds in it."""
        return self.value(f"{shot}/time", "timing", ShotTiming)

    def layout(self, shot: str) -> Layout | None:
        """Who stands where in a shot; None for a card."""
        address = f"{shot}/still"
        return self.value(address, "layout", Layout) if address in self.keys else None

    def performance(self, shot: str) -> NDArray[np.float32] | None:
        """How the people of a shot move: frames x people x fields; None for a card."""
        address = f"{shot}/picture"
        return load_performance(self.file(address, "performance")) if address in self.keys else None

    def is_card(self, clip: PictureClip) -> bool:
        """Whether a clip is a card: a title or the end."""
        return f"{clip.shot}/still" not in self.keys

    def is_peopled(self, clip: PictureClip) -> bool:
        """Whether somebody is in the frame."""
        layout = self.layout(clip.shot)
        return layout is not None and bool(layout.people)

    def card_frames(self) -> set[int]:
        """The frames of the film that show cards."""
        return self._frames(clip for clip in self.timeline.picture if self.is_card(clip))

    def still_frames(self) -> set[int]:
        """The frames that may stand still: cards, and pictures without people whose camera rests."""
        return self._frames(c for c in self.timeline.picture if not self._moves(c))

    def _moves(self, clip: PictureClip) -> bool:
        layout = self.layout(clip.shot)
        if layout is None:
            return False
        return bool(layout.people) or layout.start != layout.end or layout.handheld > 0

    def fade_frames(self) -> set[int]:
        """The frames in which the picture goes to black or comes from it."""
        found: set[int] = set()
        clips = self.timeline.picture
        for fade in self.timeline.transitions:
            if fade.kind != "fade":
                continue
            after = clips[fade.after] if fade.after >= 0 else None
            middle = after.start + after.frames if after else 0
            found.update(range(middle - fade.frames - 1, middle + fade.frames + 1))
        return found

    def laid_over(self) -> set[int]:
        """The frames at which a burnt-in caption appears or goes."""
        if self.screenplay.delivery.captions != "burnt in":
            return set()
        fps = float(self.timeline.rate.fps)
        cues = read_srt(self.captions)
        return {round(at * fps) for cue in cues for at in (cue.start, cue.end)}

    def spoken_at(self) -> set[int]:
        """The frames at which a jaw, lips or teeth go by `LEAP` or more at once: a v or b seen from near by."""
        found: set[int] = set()
        for clip in self.timeline.picture:
            acted = self.performance(clip.shot)
            if acted is None or len(acted) < 2 or not acted.shape[1]:
                continue
            mouths = acted[..., [FIELDS.index(name) for name in ("jaw", "press", "bite")]]
            leaps = np.abs(np.diff(mouths, axis=0)).max(axis=(1, 2)) >= LEAP
            found |= {clip.start + 1 + int(frame) for frame in np.flatnonzero(leaps)}
        return found

    def _frames(self, clips: Any) -> set[int]:
        return {f for clip in clips for f in range(clip.start, clip.start + clip.frames)}

    def said(self) -> list[SaidWord]:
        """Every word that is heard, line by line in the order in which the lines begin."""
        found = []
        for line in self.timeline.spoken:
            at, end = line.at / SAMPLE_RATE, line.end / SAMPLE_RATE
            found += [
                SaidWord(word.text, at + word.start, line.line)
                for word in self.times(line.line).words
                if at + word.start < end - 0.02
            ]
        return found


def render(
    script: Path,
    home: Path,
    *options: str,
    quality: str = "draft",
    out: Path | None = None,
    changes: Mapping[str, str] | None = None,
) -> Rendered:
    """Render a script with the command line; its failure fails the test with its own words."""
    place: list[str | Path] = ["--out", out] if out else []
    arguments: list[str | Path] = [
        "render",
        script,
        "--json",
        "--quality",
        quality,
        *place,
        *options,
    ]
    done = duocast(*arguments, home=home, changes=changes, timeout=1800)
    assert done.code == 0, done.err[-4000:]
    return Rendered(script, quality, done, done.data)


def screenplay_of(script: Path) -> Screenplay:
    """The screenplay of a script without errors, with the names and seeds that its folder remembers."""
    project = open_project(script)
    found = compile_film(project.source, project.reader)
    assert found.screenplay is not None, found.diagnostics
    memory = Memory(project.build, project.script.name)
    return settle(found.screenplay, memory.identity(found.screenplay)).screenplay


def graph_of(script: Path, quality: str) -> ShotGraph:
    """The shot graph that a render of this script would run."""
    return lower(screenplay_of(script), crew(quality, registry()))
