"""Enlarging, with a network of ncnn that only repeats pixels: the whole way of a picture, without any weights."""

from fractions import Fraction

import cv2
import numpy as np
import pytest

from duocast.compiler.operations.upscale import UpscaleParams
from duocast.compiler.timeline import Rate
from duocast.runtime.engine import EngineError
from duocast.runtime.finer.clip import write_clip
from duocast.runtime.finer.network import Network
from duocast.runtime.finer.upscaler import Scale, Upscaler
from restore.clips import asked, passing, psnr, read_video, texture, write_video

FILM = Rate(numerator=24)


class Shelf:
    """Weights that are plain: pixels repeated, a little too bright, as networks are."""

    def __init__(self, folder, times=4):
        self.folder = folder
        (folder / "plain.param").write_text(
            "7767517\n3 3\nInput in 0 1 data\n"
            f"Interp up 1 1 data large 0=1 1={times}.0 2={times}.0\n"
            "BinaryOp add 1 1 large output 0=0 1=1 2=0.05\n"
        )
        (folder / "plain.bin").write_bytes(b"")

    def path(self, name):
        return self.folder / name


@pytest.fixture
def shelf(tmp_path):
    folder = tmp_path / "weights"
    folder.mkdir()
    return Shelf(folder)


PLAIN = Upscaler("plain", "1", (Scale(4, "plain"),), (Scale(4, "plain"),))


def test_a_clip_becomes_as_large_as_the_film_and_keeps_its_frames_and_colours(tmp_path, shelf):
    frames = [passing(n / 24, 160, 96) for n in range(12)]
    source = write_video(tmp_path / "clip.mp4", frames, 12)
    params = UpscaleParams(width=640, height=360, rate=FILM)
    made = PLAIN.run(asked(tmp_path / "out", params, source, frames=24, weights=shelf))
    before, after = read_video(source), read_video(made["clip"])
    assert [end for _, end in after] == [end for _, end in before]
    for (small, _), (large, _) in zip(before, after, strict=True):
        assert large.shape == (360, 640, 3)
        cut = small[3:93]
        apart = large.mean(axis=(0, 1), dtype=float) - cut.mean(axis=(0, 1), dtype=float)
        assert np.abs(apart).max() < 0.6, "the network's own 0.05 (13 of 255) is gone"
        assert psnr(cv2.resize(large, (160, 90), interpolation=cv2.INTER_AREA), cut) > 32


def test_only_what_is_seen_is_made(tmp_path, shelf):
    """A video at 48 frames a second, from its middle on, for half a second of film at 24."""
    frames = [np.full((96, 160, 3), 40 + 4 * n, np.uint8) for n in range(48)]
    source = write_video(tmp_path / "clip.mp4", frames, 48)
    params = UpscaleParams(width=320, height=180, rate=FILM, start=0.5)
    made = PLAIN.run(asked(tmp_path / "out", params, source, frames=6, weights=shelf))
    found = read_video(made["clip"])
    assert [round(float(picture.mean())) for picture, _ in found] == pytest.approx(
        [40 + 4 * n for n in range(24, 36, 2)], abs=2
    )
    assert [end for _, end in found][:2] == [Fraction(1, 24), Fraction(1, 12)]


def test_a_still_stays_whole_upright_and_as_opaque_as_it_was(tmp_path, shelf):
    small = np.dstack([texture(200, 120), np.zeros((120, 200), np.uint8)])
    small[30:90, 50:150, 3] = 255
    cv2.imwrite(str(tmp_path / "tin.png"), small)
    params = UpscaleParams(width=640, height=360)
    made = PLAIN.run(asked(tmp_path / "out", params, tmp_path / "tin.png", weights=shelf))
    large = cv2.imread(str(made["picture"]), cv2.IMREAD_UNCHANGED)
    assert large.shape == (384, 640, 4)
    assert large[192, 320, 3] == 255
    assert large[10, 10, 3] == 0


def test_what_is_large_enough_is_handed_on_as_it_is(tmp_path, shelf):
    cv2.imwrite(str(tmp_path / "tin.jpg"), texture(700, 400))
    params = UpscaleParams(width=640, height=360)
    made = PLAIN.run(asked(tmp_path / "out", params, tmp_path / "tin.jpg", weights=None))
    assert made["picture"].read_bytes() == (tmp_path / "tin.jpg").read_bytes()


def test_the_same_clip_gives_the_same_bytes(tmp_path, shelf):
    source = write_video(tmp_path / "clip.mp4", [passing(n / 24, 96, 54) for n in range(3)], 24)
    params = UpscaleParams(width=320, height=180, rate=FILM)
    made = [
        PLAIN.run(asked(tmp_path / str(n), params, source, frames=3, weights=shelf))[
            "clip"
        ].read_bytes()
        for n in range(2)
    ]
    assert made[0] == made[1]


def test_files_that_are_no_network_are_refused(tmp_path):
    for name in ("bad.param", "bad.bin"):
        (tmp_path / name).write_bytes(b"nothing")
    with pytest.raises(EngineError) as refused:
        Network(tmp_path / "bad.param", tmp_path / "bad.bin")
    assert refused.value.code == "V0302"


def test_a_clip_between_engines_loses_nothing_that_is_seen(tmp_path):
    frames = [passing(n / 10, 192, 108) for n in range(10)]
    timed = [(picture, Fraction(n, 10) + Fraction(n % 2, 100)) for n, picture in enumerate(frames)]
    assert write_clip(tmp_path / "clip.mp4", timed, Rate(numerator=10)) == 10
    found = read_video(tmp_path / "clip.mp4")
    assert [end for _, end in found][:4] == [start for _, start in timed][1:5]
    for (made, _), truth in zip(found, frames, strict=True):
        assert psnr(made, truth) > 42
        assert np.abs(made.mean(axis=(0, 1)) - truth.mean(axis=(0, 1))).max() < 0.25
