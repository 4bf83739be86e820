"""Small moving pictures for tests, and what an engine made of them."""

from fractions import Fraction

import av
import cv2
import numpy as np

from duocast.compiler.operations.time import ShotTiming
from duocast.compiler.timeline import Rate
from duocast.runtime.delivery.encode.video import shown
from duocast.runtime.engine import Request


def texture(width, height, seed=1):
    """Something with edges of every size, as a photograph has."""
    chance = np.random.default_rng(seed)
    whole = np.zeros((height, width, 3), np.float32)
    for cells in (6, 14, 40):
        grid = chance.random((max(2, cells * height // width), cells, 3), np.float32)
        whole += cv2.resize(grid, (width, height), interpolation=cv2.INTER_CUBIC) / 3
    for _ in range(40):
        x, y = int(chance.integers(0, width)), int(chance.integers(0, height))
        reach = int(chance.integers(height // 60 + 1, height // 8))
        colour = tuple(float(c) for c in chance.random(3))
        if chance.random() < 0.5:
            cv2.circle(whole, (x, y), reach, colour, -1, cv2.LINE_AA)
        else:
            cv2.rectangle(whole, (x, y), (x + reach, y + 2 * reach), colour, -1, cv2.LINE_AA)
    return (whole.clip(0, 1) * 255).astype(np.uint8)


def passing(seconds, width, height, seed=1, pace=1.0):
    """The picture that a camera sees at an instant while it pans, turns and goes nearer over a still scene.

    At a pace of 1 a point moves about one pixel from frame to frame at 24 a second and a width of 480.
    """
    scene = texture(1280, 720, seed)
    scale = (1.2 + 0.1 * seconds) * width / 1280
    turn = np.deg2rad(1.5 * seconds)
    c, d = np.cos(turn) * scale, np.sin(turn) * scale
    x, y = 640 + 40 * pace * seconds, 360 + 10 * pace * seconds
    matrix = np.array([[c, -d, width / 2 - c * x + d * y], [d, c, height / 2 - d * x - c * y]])
    fine = cv2.warpAffine(
        scene,
        np.vstack([matrix * 2])[:2],
        (width * 2, height * 2),
        flags=cv2.INTER_LINEAR,
        borderMode=cv2.BORDER_REFLECT,
    )
    return cv2.resize(fine, (width, height), interpolation=cv2.INTER_AREA)


def write_video(path, pictures, rate, crf=14):
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=rate)
        stream.height, stream.width = pictures[0].shape[:2]
        stream.pix_fmt = "yuv420p"
        stream.codec_context.options = {"crf": str(crf), "threads": "1", "preset": "veryfast"}
        for picture in pictures:
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        container.mux(stream.encode(None))
    return path


def read_video(path):
    """Every frame with the second at which it ends."""
    return list(shown(path))


def asked(folder, params, source, frames=0, rate=24, weights=None, name=None):
    """A request to make a picture finer. `frames` of the film at `rate` show it; none for a still."""
    folder.mkdir(exist_ok=True)
    inputs = {name or ("clip" if source.suffix == ".mp4" else "picture"): source}
    if frames:
        timing = folder / "timing.json"
        timing.write_bytes(
            ShotTiming(rate=Rate(numerator=rate), frames=frames, spoken=()).to_json()
        )
        inputs["timing"] = timing
    return Request(params.plain(), inputs, folder, lambda done: None, weights)


def psnr(made, truth):
    """Decibels."""
    apart = float(((made.astype(np.float64) - truth) ** 2).mean())
    return 10 * np.log10(255**2 / max(apart, 1e-9))


def seconds_of(rate, number):
    return float(Fraction(number, rate))
