"""How fast delivery is: CPU milliseconds a frame of finishing, titles and x264, and how fast films are joined.

Run: python benchmarks/delivery.py
"""

import tempfile
import time
from collections.abc import Callable
from functools import partial
from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from duocast.compiler.operations.delivery import Credit, MasterParams, SignParams
from duocast.compiler.operations.encode import EncodeParams, LookSpec, Overlay
from duocast.compiler.operations.time import ShotTiming
from duocast.compiler.timeline import PictureClip, PictureTransition, Rate, Timeline
from duocast.runtime.delivery.colour import RGB, Planes, planes
from duocast.runtime.delivery.encode import X264
from duocast.runtime.delivery.finish import Cube, Finisher
from duocast.runtime.delivery.join import Joiner
from duocast.runtime.delivery.join.clip import read_clip
from duocast.runtime.delivery.join.film import Film, write_film
from duocast.runtime.delivery.join.spans import pieces, spans
from duocast.runtime.delivery.provenance import Signatory, verify
from duocast.runtime.delivery.titles import Reel, reel, scheduled
from duocast.runtime.delivery.x264 import FilmFormat, Quality, encoded
from duocast.runtime.engine import Request
from duocast.runtime.sound.file import write_wav

RATE, WIDTH, HEIGHT = Rate(numerator=24), 1280, 720
SHOTS, FRAMES = 10, 96


class NoWeights:
    """Nothing here needs any."""

    def path(self, name: str) -> Path:
        """Never asked."""
        raise KeyError(name)


def talk(frames: int) -> list[RGB]:
    """Pictures much like a shot of a conversation: a still place, a head that moves, a slow push in."""
    dice = np.random.default_rng(3)
    place = cv2.GaussianBlur(dice.random((HEIGHT, WIDTH, 3), dtype=np.float32), (0, 0), 40)
    place = (30 + 170 * (place - place.min()) / np.ptp(place)).astype(np.uint8)
    made = []
    for index in range(frames):
        frame = place.copy()
        sway = int(6 * np.sin(index / 11))
        cv2.ellipse(frame, (640 + sway, 620), (330, 300), 0, 0, 360, (70, 80, 120), -1, cv2.LINE_AA)
        cv2.circle(frame, (640 + sway, 320), 170, (224, 178, 150), -1, cv2.LINE_AA)
        mouth = (34, 6 + int(14 * abs(np.sin(index / 2.3))))
        cv2.ellipse(frame, (640 + sway, 400), mouth, 0, 0, 360, (120, 50, 60), -1, cv2.LINE_AA)
        zoom = cv2.getRotationMatrix2D((WIDTH / 2, HEIGHT / 2), 0, 1 + 0.0006 * index)
        made.append(cv2.warpAffine(frame, zoom, (WIDTH, HEIGHT)).astype(np.uint8))
    return made


def cpu(work: Callable[[], object], times: int) -> float:
    """CPU milliseconds for each of `times` pieces of work."""
    start = time.process_time()
    work()
    return (time.process_time() - start) / times * 1000


def _finish(finisher: Finisher, pictures: list[RGB]) -> None:
    for index, picture in enumerate(pictures):
        finisher.finish(picture, index)


def _draw(drawn: Reel, frames: list[Planes]) -> None:
    for index, frame in enumerate(frames):
        drawn.draw(frame, index)


def finishing(pictures: list[RGB]) -> None:
    """The picture's way to planes."""
    steps = np.linspace(0, 1, 17, dtype=np.float32)
    points = np.stack(np.meshgrid(steps, steps, steps, indexing="ij")[::-1], axis=-1)
    looks = {
        "no look": (LookSpec(), None),
        "curves": (LookSpec(contrast=1.2, warmth=0.3, saturation=0.9), None),
        "curves, vignette, grain": (
            LookSpec(contrast=1.2, warmth=0.3, vignette=0.4, grain=0.3),
            None,
        ),
        "17-point cube": (LookSpec(), Cube("", points, (0, 0, 0), (1, 1, 1))),
    }
    for name, (look, cube) in looks.items():
        finisher = Finisher(look, WIDTH, HEIGHT, cube=cube)
        each = cpu(partial(_finish, finisher, pictures), len(pictures))
        print(f"finish, {name:26} {each:6.2f} ms a frame")


def titles(pictures: list[RGB]) -> None:
    """Overlays on planes."""
    frames = [planes(picture) for picture in pictures]
    timing = ShotTiming(rate=RATE, frames=len(frames), spoken=())
    for overlay in (
        Overlay(kind="lower third", text="Mara Lindqvist", second="Lighthouse keeper"),
        Overlay(kind="title", text="The Letter", second="a film"),
        Overlay(kind="disclosure", text="Made with AI"),
    ):
        drawn = reel(scheduled((overlay,), timing, {}), RATE, WIDTH, HEIGHT)
        each = cpu(partial(_draw, drawn, frames), len(frames))
        print(f"draw, {overlay.kind:28} {each:6.2f} ms a frame")


def encoding(pictures: list[RGB], quality: Quality) -> None:
    """x264 alone."""
    frames, film = (
        [planes(picture) for picture in pictures],
        FilmFormat(RATE, WIDTH, HEIGHT, quality),
    )
    sizes: list[int] = []
    each = cpu(lambda: sizes.append(len(encoded(frames, film))), len(frames))
    rate = sizes[0] * 8 / float(RATE.seconds(len(frames))) / 1000
    print(f"x264, {quality:28} {each:6.2f} ms a frame, {rate:.0f} kbit/s")


def joining(root: Path, pictures: list[RGB]) -> None:
    """A film of ten shots, with hard cuts and with dissolves."""
    inputs = _clips(root, pictures)
    for name, overlap in (("hard cuts", 0), ("9 dissolves of half a second", 12)):
        timeline = _timeline(overlap)
        (root / "timeline.json").write_bytes(timeline.to_json())
        samples = RATE.samples(timeline.frames)
        tone = _voice(samples)
        clips = tuple(read_clip(inputs[f"clip.{clip.shot}"]) for clip in timeline.picture)
        plan = pieces(spans(timeline), tuple(clip.keys for clip in clips))
        film = Film(timeline, MasterParams(), clips, plan, np.stack([tone, tone]))
        start = time.perf_counter()
        write_film(root / "film.mp4", film)
        seconds = time.perf_counter() - start
        print(
            f"join, {name:28} {timeline.frames / seconds:6.0f} frames a second ({seconds:.2f} s, with AAC)"
        )
        write_wav(root / "programme.wav", np.stack([tone, tone], 1), 48000, 24)
        more = {"timeline": root / "timeline.json", "programme": root / "programme.wav"}
        start = time.perf_counter()
        request = _request(
            MasterParams(title="Benchmark"), {**inputs, **more}, root / f"out{overlap}"
        )
        Joiner().run(request)
        print(f"master, {name:26} {time.perf_counter() - start:6.2f} s with poster and sheet")
    _signing(root)


def _voice(samples: int) -> NDArray[np.float32]:
    """Something like speech."""
    at = np.arange(samples, dtype=np.float64) / 48_000
    buzz = sum(np.sin(2 * np.pi * 150 * k * at + np.sin(2 * at)) / k for k in range(1, 20))
    said = 0.05 * buzz * (np.sin(9 * at) > -0.3)
    return np.asarray(said + np.random.default_rng(0).normal(0, 0.003, samples), np.float32)


def _signing(root: Path) -> None:
    film, shots = root / "out0" / "film.mp4", tuple(f"s/{i}" for i in range(SHOTS))
    credit = Credit(operation="speak", engine="kokoro", version="1")
    params = SignParams(
        title="Benchmark", credits=(credit,), shots=shots, disclosure="Made with AI"
    )
    inputs = {"film": film, "timeline": root / "timeline.json"}
    Signatory(root / "keys").run(_request(params, inputs, root / "first"))
    start = time.perf_counter()
    made = Signatory(root / "keys").run(_request(params, inputs, root / "signed"))
    print(f"sign and verify {(time.perf_counter() - start) * 1000:25.0f} ms")
    start = time.perf_counter()
    state = verify(made["film"], root / "keys").state
    print(f"verify ({state}) {(time.perf_counter() - start) * 1000:26.0f} ms")


def _clips(root: Path, pictures: list[RGB]) -> dict[str, Path]:
    inputs = {}
    timing = root / "timing.json"
    timing.write_bytes(ShotTiming(rate=RATE, frames=FRAMES, spoken=()).to_json())
    params = EncodeParams(rate=RATE, width=WIDTH, height=HEIGHT, head_handle=0.5, tail_handle=0.5)
    engine = X264(lambda _timing, _params, _inputs: iter(pictures))
    for index in range(SHOTS):
        made = engine.run(_request(params, {"timing": timing}, root / f"s{index}"))
        inputs[f"clip.s/{index}"], inputs[f"thumb.s/{index}"] = made["clip"], made["thumb"]
    return inputs


def _timeline(overlap: int) -> Timeline:
    clips = tuple(
        PictureClip(shot=f"s/{i}", start=i * (FRAMES - overlap), frames=FRAMES)
        for i in range(SHOTS)
    )
    joins = tuple(
        PictureTransition(after=i, kind="dissolve", frames=overlap) for i in range(SHOTS - 1)
    )
    return Timeline(
        rate=RATE,
        width=WIDTH,
        height=HEIGHT,
        frames=clips[-1].start + FRAMES,
        picture=clips,
        transitions=joins if overlap else (),
        tracks=(),
        spoken=(),
    )


def _request(
    params: EncodeParams | MasterParams | SignParams, inputs: dict[str, Path], folder: Path
) -> Request:
    folder.mkdir(parents=True, exist_ok=True)
    return Request(params.plain(), inputs, folder, lambda _done: None, NoWeights())


def main() -> None:
    """Print the table."""
    cv2.setNumThreads(1)
    pictures = talk(FRAMES)
    finishing(pictures)
    titles(pictures)
    encoding(pictures, "draft")
    encoding(pictures, "standard")
    with tempfile.TemporaryDirectory() as folder:
        joining(Path(folder), pictures)


if __name__ == "__main__":
    main()
