"""B-roll's pictures: exact frames, effects, shapes, and files that are no footage."""

import os
import subprocess
import sys
from contextlib import closing
from fractions import Fraction
from pathlib import Path

import av
import cv2
import numpy as np
import pytest

from duocast.compiler.operations.encode import EncodeParams, FootageSpec
from duocast.compiler.operations.time import ShotTiming
from duocast.compiler.timeline import Rate
from duocast.runtime.delivery.encode import X264
from duocast.runtime.delivery.encode.pictures import pictures
from duocast.runtime.delivery.encode.video import length, shown
from duocast.runtime.engine import EngineError, Request

FILM = Rate(numerator=24)
SIZE = (320, 180)


def film(path, frames=24, *, rate=24, size=SIZE, rotated=0, codec="libx264", suffix=".mp4"):
    """A clip whose left is red and whose right gets brighter by 8 with every frame."""
    path = path.with_suffix(suffix)
    with av.open(str(path), "w") as container:
        stream = container.add_stream(codec, rate=rate, options={"crf": "4", "threads": "1"})
        stream.width, stream.height, stream.pix_fmt = *size, "yuv420p"
        if rotated:
            stream.set_display_rotation(rotated)
        for index in range(frames):
            picture = np.full((size[1], size[0], 3), min(8 * index + 20, 255), np.uint8)
            picture[:, : size[0] // 2] = (200, 40, 40)
            frame = av.VideoFrame.from_ndarray(picture, format="rgb24")
            container.mux(stream.encode(frame))
        container.mux(stream.encode())
    return path


def frames(path, count, spec=None, *, rate=FILM, size=SIZE):
    timing = ShotTiming(rate=rate, frames=count, spoken=())
    params = EncodeParams(rate=rate, width=size[0], height=size[1], footage=spec)
    return list(pictures(timing, params, {"picture": path}))


def numbers(shot, *, side=0.75):
    """Which frame of the clip each picture is, by its brightness."""
    x = int(shot[0].shape[1] * side)
    return [round((float(f[60:120, x - 8 : x + 8].mean()) - 20) / 8) for f in shot]


@pytest.fixture(scope="module")
def clip(tmp_path_factory):
    return film(tmp_path_factory.mktemp("footage") / "harbour")


@pytest.mark.parametrize(
    ("spec", "expected"),
    [
        (FootageSpec(), [*range(24), *[23] * 6]),
        (FootageSpec(loop=True), [*range(24), *range(6)]),
        (FootageSpec(start=0.5), [*range(12, 24), *[23] * 18]),
        (FootageSpec(start=0.5, loop=True), [*range(12, 24), *range(12, 24), *range(12, 18)]),
        (FootageSpec(speed=0.5), [i // 2 for i in range(30)]),
        (FootageSpec(speed=2), [*range(0, 24, 2), *[23] * 18]),
        (FootageSpec(speed=2, loop=True), [*range(0, 24, 2), *range(0, 24, 2), *range(0, 12, 2)]),
        (FootageSpec(speed=0.5, start=0.5), [12 + i // 2 for i in range(24)] + [23] * 6),
    ],
    ids=str,
)
def test_every_frame_is_the_right_one(clip, spec, expected):
    assert numbers(frames(clip, 30, spec)) == expected


@pytest.mark.parametrize("rate", [Rate(numerator=30000, denominator=1001), Rate(numerator=50)])
@pytest.mark.parametrize("spec", [FootageSpec(), FootageSpec(mirror=True)])
def test_footage_comes_at_the_rate_of_the_film(clip, rate, spec):
    side = 0.25 if spec.mirror else 0.75
    expected = [min(23, int(Fraction(i) / rate.fps * 24)) for i in range(40)]
    assert numbers(frames(clip, 40, spec, rate=rate), side=side) == expected


def test_effects_are_seen(clip):
    plain, mirrored = frames(clip, 3), frames(clip, 3, FootageSpec(mirror=True))
    assert np.array_equal(mirrored[1], plain[1][:, ::-1])
    grey = frames(clip, 3, FootageSpec(black_and_white=True))[1]
    assert np.ptp(grey, axis=2).max() == 0
    r, g, b = plain[1][90, 60].astype(float)
    assert abs(grey[90, 60, 0] - (0.2126 * r + 0.7152 * g + 0.0722 * b)) < 2
    faded = frames(clip, 24, FootageSpec(fade_in=0.5, fade_out=0.25))
    level = [float(f[:, :150, 0].mean()) for f in faded]
    assert level[0] < 1
    assert abs(level[6] - level[12] / 2) < 3
    assert level[-1] < level[12] / 4
    assert sorted(level[:12]) == level[:12]


def test_a_photograph_takes_effects_too(tmp_path):
    path = tmp_path / "still.png"
    cv2.imwrite(str(path), np.full((400, 700, 3), (20, 90, 220), np.uint8))
    shot = frames(path, 12, FootageSpec(black_and_white=True, fade_in=0.25))
    assert len(shot) == 12
    assert shot[0].max() < 3
    assert np.ptp(shot[-1], axis=2).max() == 0


def test_what_is_transparent_is_black(tmp_path):
    path = tmp_path / "logo.png"
    picture = np.full((180, 320, 4), 255, np.uint8)
    picture[:, :160, 3] = 0
    cv2.imwrite(str(path), picture)
    shot = frames(path, 2)[0]
    assert shot[90, 40].max() < 3
    assert shot[90, 280].min() > 250


@pytest.mark.parametrize("spec", [FootageSpec(), FootageSpec(mirror=True)])
def test_a_tall_video_stands_whole_before_itself(tmp_path, spec):
    shot = frames(film(tmp_path / "phone", 4, size=(180, 320)), 4, spec)[2]
    assert shot.shape == (180, 320, 3)
    left, right = shot[90, 115:150].astype(int), shot[90, 170:205].astype(int)
    red = right if spec.mirror else left
    assert (red[:, 0] - red[:, 1] > 100).all()
    assert shot[90, 10].max() < 160


def test_a_turned_phone_video_stands_upright(tmp_path):
    """A clip recorded sideways: red is at its left in the file, and above or below on the screen."""
    path = film(tmp_path / "turned", 4, size=(320, 180), rotated=90)
    (picture, _), *_ = shown(path)
    assert picture.shape == (320, 180, 3)
    above, below = picture[40, 90].astype(int), picture[280, 90].astype(int)
    assert below[0] - below[1] > 100
    assert abs(above[0] - above[1]) < 20


@pytest.mark.parametrize("spec", [FootageSpec(), FootageSpec(speed=0.5, loop=True, fade_out=0.2)])
def test_same_request_same_bytes_and_nothing_left_behind(clip, tmp_path, capfd, monkeypatch, spec):
    temporary = tmp_path / "temporary"
    temporary.mkdir()
    monkeypatch.setenv("TMPDIR", str(temporary))
    made = []
    for name in ("a", "b"):
        folder = tmp_path / name
        folder.mkdir()
        timing = folder / "timing.json"
        timing.write_bytes(ShotTiming(rate=FILM, frames=20, spoken=()).to_json())
        params = EncodeParams(rate=FILM, width=SIZE[0], height=SIZE[1], footage=spec)
        inputs = {"timing": timing, "picture": clip}
        request = Request(params.plain(), inputs, folder, lambda _: None, None)
        made.append(X264().run(request)["clip"].read_bytes())
        assert sorted(p.name for p in folder.iterdir()) == ["clip.mp4", "thumb.jpg", "timing.json"]
    assert made[0] == made[1]
    assert list(temporary.iterdir()) == []
    assert capfd.readouterr() == ("", "")


def open_files():
    return len(list(Path("/proc/self/fd").iterdir()))


@pytest.mark.skipif(sys.platform != "linux", reason="open files are counted in /proc")
def test_files_are_closed_even_in_the_middle(clip):
    for spec in (FootageSpec(), FootageSpec(mirror=True)):
        timing = ShotTiming(rate=FILM, frames=20, spoken=())
        params = EncodeParams(rate=FILM, width=SIZE[0], height=SIZE[1], footage=spec)
        before = open_files()
        with closing(pictures(timing, params, {"picture": clip})) as shot:
            next(shot)
            assert open_files() > before
        assert open_files() == before


@pytest.mark.parametrize(
    ("name", "content", "code"),
    [
        ("empty.mp4", b"", "A0413"),
        ("words.mp4", b"no video at all\n" * 50, "A0413"),
        ("empty.png", b"", "A0411"),
        ("words.jpg", b"no picture at all\n" * 50, "A0411"),
        ("list.mp4", b"ffconcat version 1.0\nfile secret.mp4\n", "A0413"),
        ("list.ts", b"#EXTM3U\n#EXT-X-TARGETDURATION:1\n#EXTINF:1,\nsecret.mp4\n", "A0413"),
    ],
)
@pytest.mark.parametrize("spec", [None, FootageSpec(mirror=True), FootageSpec(speed=2, loop=True)])
def test_what_is_no_footage_is_said(tmp_path, name, content, code, spec):
    film(tmp_path / "secret", 4)
    path = tmp_path / name
    path.write_bytes(content)
    with pytest.raises(EngineError) as caught:
        frames(path, 3, spec)
    assert caught.value.code == code
    assert caught.value.hint


@pytest.mark.parametrize("spec", [FootageSpec(start=5), FootageSpec(start=5, speed=2, loop=True)])
def test_a_start_after_the_end_is_said(clip, spec):
    with pytest.raises(EngineError) as caught:
        frames(clip, 3, spec)
    assert caught.value.code == "A0414"
    assert "5 s" in caught.value.message


def test_a_huge_video_is_refused(tmp_path, monkeypatch, clip):
    monkeypatch.setattr("duocast.runtime.delivery.encode.video.BIGGEST_PIXELS", 100)
    with pytest.raises(EngineError) as caught:
        frames(clip, 3)
    assert caught.value.code == "A0412"


def test_length_is_exact(tmp_path, clip):
    assert length(clip) == 1
    assert (
        abs(float(length(film(tmp_path / "web", 30, codec="mpeg4", suffix=".mkv"))) - 1.25) < 0.01
    )


def test_no_settings_file_is_read(tmp_path):
    """Moviepy looks for a `.env` above the folder it is installed in; duocast keeps it from reading one."""
    program = (
        "import dotenv.main, os\n"
        "dotenv.main.find_dotenv = lambda *a, **k: os.environ['THERE']\n"
        "import dotenv; dotenv.find_dotenv = dotenv.main.find_dotenv\n"
        "from duocast.runtime.delivery.encode.effects import _without_settings\n"
        "with _without_settings():\n"
        "    import moviepy\n"
        "assert 'SECRET' not in os.environ and 'PYTHON_DOTENV_DISABLED' not in os.environ\n"
    )
    settings = tmp_path / "settings"
    settings.write_text("SECRET=1\n")
    environment = {**os.environ, "THERE": str(settings)}
    subprocess.run([sys.executable, "-c", program], check=True, env=environment, timeout=60)
