"""The animatic: as many frames as the film, each shot's own picture, moving where its camera moves."""

import wave
from pathlib import Path

import av
import numpy as np
import pytest

from duocast.compiler.operations.compose import CameraMove
from duocast.compiler.timeline import PictureClip, Rate, Timeline
from duocast.runtime.delivery.animatic import Panel, read_mark, write_animatic

COUNTS = (10, 14)


@pytest.fixture(scope="module")
def frames(tmp_path_factory):
    folder = tmp_path_factory.mktemp("animatic")
    timeline = Timeline(
        rate=Rate(numerator=12, denominator=1),
        width=640,
        height=360,
        frames=sum(COUNTS),
        picture=(
            PictureClip(shot="a", start=0, frames=COUNTS[0]),
            PictureClip(shot="b", start=COUNTS[0], frames=COUNTS[1]),
        ),
        transitions=(),
        tracks=(),
        spoken=(),
    )
    square = np.zeros((360, 640, 3), np.uint8)
    square[130:230, 270:370] = (200, 60, 60)
    panels = {
        "a": Panel(None, "1 card", "The Letter"),
        "b": Panel(square, "2 single", move=CameraMove(kind="push in")),
    }
    path = folder / "animatic.mp4"
    write_animatic(path, timeline, panels, silence(folder, 2.0), mark="abc")
    assert read_mark(path) == "abc"
    with av.open(str(path)) as container:
        assert container.streams.audio[0].codec_context.name == "aac"
        return [frame.to_ndarray(format="rgb24") for frame in container.decode(video=0)]


def silence(folder: Path, seconds: float) -> Path:
    path = folder / "programme.wav"
    with wave.open(str(path), "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(48_000)
        file.writeframes(bytes(round(seconds * 48_000) * 4))
    return path


def red(frame):
    """How many pixels are red."""
    wide = frame.astype(int)
    return int(((wide[..., 0] > 120) & (wide[..., 1] < 110)).sum())


def test_every_frame_of_the_film_is_there(frames):
    assert len(frames) == sum(COUNTS)
    assert [red(frame) > 5000 for frame in frames] == [False] * COUNTS[0] + [True] * COUNTS[1]


def test_a_card_shows_its_words_and_every_shot_its_label(frames):
    assert frames[3][120:240, 200:440].max() > 200
    assert frames[-1][:30, :120].max() > 150


def test_a_push_in_comes_nearer(frames):
    assert red(frames[-1]) > 1.1 * red(frames[COUNTS[0]])


def test_what_is_no_animatic_has_no_mark(tmp_path):
    path = tmp_path / "x.mp4"
    path.write_bytes(b"no film")
    assert read_mark(path) == ""
