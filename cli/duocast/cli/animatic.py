"""The animatic of a compile: the board's stills under the draft voices, the music and the effects."""

import hashlib
from collections.abc import Callable, Sequence
from pathlib import Path
from tempfile import TemporaryDirectory

import cv2
import numpy as np

from duocast.cli.boardwords import camera
from duocast.cli.storyboard import Frame
from duocast.compiler.graph import Operation, ShotGraph
from duocast.compiler.timeline import Timeline
from duocast.farm.outcome import Outcome
from duocast.runtime.delivery.animatic import Panel, read_mark, write_animatic
from duocast.runtime.delivery.colour import RGB, as_bytes
from duocast.runtime.store.disk import DiskStore

Render = Callable[[ShotGraph, Sequence[str]], Outcome]
"""Runs what some addresses of a graph need."""


def make_animatic(
    path: Path, graph: ShotGraph, shots: Sequence[Frame], store: DiskStore, run: Render
) -> Outcome:
    """Write the animatic to `path`. `graph` is the draft's: its voices need no model.

    Nothing is written when a part of the sound fails; the outcome says which.
    """
    mix = next(node for node in graph.nodes if node.operation is Operation.MIX)
    cut = next(node for node in graph.nodes if node.operation is Operation.CUT)
    outcome = run(graph, (mix.address, cut.address))
    if not outcome.ok:
        return outcome
    digest = _digest(outcome, (mix.address, cut.address), shots)
    if path.exists() and read_mark(path) == digest:
        return outcome
    timeline = Timeline.from_json(
        store.read(outcome.results[cut.address].outputs["timeline"].digest)
    )
    panels = {frame.shot.id: _panel(number, frame) for number, frame in enumerate(shots, 1)}
    with TemporaryDirectory(dir=path.parent, prefix=".animatic-") as folder:
        sound, made = Path(folder) / "programme.flac", Path(folder) / "animatic.mp4"
        sound.write_bytes(store.read(outcome.results[mix.address].outputs["programme"].digest))
        write_animatic(made, timeline, panels, sound, mark=digest)
        made.replace(path)
    return outcome


def _digest(outcome: Outcome, addresses: Sequence[str], shots: Sequence[Frame]) -> str:
    """What the animatic is made of; the file carries it, so that it is not made twice."""
    found = hashlib.sha256()
    for address in addresses:
        outputs = outcome.results[address].outputs
        found.update("".join(outputs[name].digest for name in sorted(outputs)).encode())
    for frame in shots:
        found.update((frame.still or b"") + repr((frame.shot.camera, frame.shot.overlays)).encode())
    return found.hexdigest()


def _panel(number: int, frame: Frame) -> Panel:
    words = frame.shot.overlays[0].text if frame.shot.overlays and frame.still is None else ""
    label = f"{number}   {camera(frame.shot)}"
    return Panel(_rgb(frame.still), label, words, frame.shot.camera.move)


def _rgb(still: bytes | None) -> RGB | None:
    if still is None:
        return None
    decoded = cv2.imdecode(np.frombuffer(still, np.uint8), cv2.IMREAD_COLOR)
    return None if decoded is None else as_bytes(cv2.cvtColor(decoded, cv2.COLOR_BGR2RGB))
