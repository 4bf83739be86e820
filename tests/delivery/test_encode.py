"""Clips: as many frames as planned, the right colours, key frames where joining needs them, always the same bytes."""

import json
import math
import wave
from itertools import pairwise

import av
import cv2
import numpy as np
import pytest
from studio import FILM, NTSC, SIZE, decoded, flat, moving, packets, request, shoot

from duocast.compiler.operations.delivery import Caption, ShotCaptions
from duocast.compiler.operations.encode import EncodeParams, LookSpec, Overlay
from duocast.compiler.operations.time import ShotTiming
from duocast.runtime.delivery.colour import planes, rgb
from duocast.runtime.delivery.encode import X264
from duocast.runtime.delivery.encode.footage import footage
from duocast.runtime.delivery.encode.photograph import photograph
from duocast.runtime.engine import EngineError


@pytest.mark.parametrize("quality", ["draft", "standard"])
@pytest.mark.parametrize("rate", [FILM, NTSC])
def test_clip_has_exactly_the_planned_frames(tmp_path, quality, rate):
    made = shoot(tmp_path, 37, rate=rate, quality=quality)
    assert len(decoded(made["clip"])) == 37
    with av.open(str(made["clip"])) as container:
        stream = container.streams.video[0]
        assert stream.average_rate == rate.fps
        assert stream.duration * stream.time_base == rate.seconds(37)


def test_key_frames_stand_at_the_edges_of_the_handles_and_regularly(tmp_path):
    made = shoot(tmp_path, 100, head_handle=0.5, tail_handle=0.75)
    keys = [pts for pts, _, key in packets(made["clip"]) if key]
    assert {0, 12, 82} <= set(keys)
    assert max(b - a for a, b in zip(keys, [*keys[1:], 100], strict=True)) <= 36


@pytest.mark.parametrize(
    "colour", [(0, 0, 0), (255, 255, 255), (255, 0, 0), (0, 255, 0), (0, 0, 255), (200, 150, 120)]
)
def test_colours_are_bt709_limited_and_survive(tmp_path, colour):
    made = shoot(tmp_path, 3, source=flat(colour))
    frame = decoded(made["clip"])[1]
    r, g, b = (c / 255 for c in colour)
    luma = 0.2126 * r + 0.7152 * g + 0.0722 * b
    assert abs(float(frame.y.mean()) - (16 + 219 * luma)) < 1.5
    assert abs(float(frame.u.mean()) - (128 + 224 * (b - luma) / 1.8556)) < 2
    assert abs(float(frame.v.mean()) - (128 + 224 * (r - luma) / 1.5748)) < 2
    assert np.abs(rgb(frame).astype(int) - np.array(colour)).max() <= 5


def test_clip_says_its_colours(tmp_path):
    made = shoot(tmp_path, 3)
    with av.open(str(made["clip"])) as container:
        context = container.streams.video[0].codec_context
        assert (context.color_primaries, context.color_trc, context.colorspace) == (1, 1, 1)
        assert context.color_range == 1
        assert context.pix_fmt == "yuv420p"


def test_all_clips_of_a_quality_have_the_same_parameter_sets(tmp_path):
    made = [
        shoot(tmp_path / "a", 30, hue=0),
        shoot(tmp_path / "b", 1, hue=1),
        shoot(tmp_path / "c", 50, black=True, head_handle=0.5),
        shoot(tmp_path / "d", 9, hue=2, look=LookSpec(grain=0.8, vignette=0.5)),
    ]
    sets = set()
    for each in made:
        with av.open(str(each["clip"])) as container:
            sets.add(bytes(container.streams.video[0].codec_context.extradata))
    assert len(sets) == 1


def test_same_request_gives_the_same_bytes(tmp_path):
    look = LookSpec(grain=0.5, vignette=0.4, warmth=0.3, contrast=1.2)
    title = Overlay(kind="title", text="The Letter", second="a film")
    made = [shoot(tmp_path / n, 30, look=look, overlays=(title,), seed=7) for n in ("a", "b")]
    assert made[0]["clip"].read_bytes() == made[1]["clip"].read_bytes()
    assert made[0]["thumb"].read_bytes() == made[1]["thumb"].read_bytes()


def test_thumb_is_the_middle_frame(tmp_path):
    made = shoot(tmp_path, 21)
    thumb = cv2.cvtColor(cv2.imread(str(made["thumb"])), cv2.COLOR_BGR2RGB)
    assert thumb.shape == (270, 480, 3)
    params = EncodeParams(rate=FILM, width=SIZE[0], height=SIZE[1])
    source = list(moving(0)(ShotTiming(rate=FILM, frames=21, spoken=()), params, {}))
    errors = [np.abs(cv2.resize(f, (480, 270)).astype(int) - thumb).mean() for f in source]
    assert int(np.argmin(errors)) == 10


def test_a_card_is_dark_and_shows_its_words(tmp_path):
    card = Overlay(kind="card", text="In the spring of 1921 a letter came.")
    made = shoot(tmp_path, 72, black=True, overlays=(card,))
    frames = decoded(made["clip"])
    assert frames[0].y.max() < 45
    assert frames[36].y.max() > 200
    assert float(np.median(frames[36].y)) < 32


def test_captions_are_burnt_in_at_their_frames_only(tmp_path):
    captions = tmp_path / "captions.json"
    cue = Caption(start=10, end=20, text="You came back.", speaker="Mara")
    captions.write_bytes(ShotCaptions(rate=FILM, captions=(cue,)).to_json())
    made = shoot(tmp_path, 30, source=flat((90, 90, 90)), inputs={"captions": captions})
    brightest = [int(frame.y[90:].max()) for frame in decoded(made["clip"])]
    assert min(brightest[10:20]) > 190
    assert max(brightest[:10] + brightest[20:]) < 120


def test_odd_sizes_and_missing_frames_are_refused(tmp_path):
    with pytest.raises(EngineError, match="odd") as odd:
        shoot(tmp_path / "a", 5, size=(321, 180))
    assert odd.value.code == "R0403"

    def three(timing, params, inputs):
        yield from list(flat((9, 9, 9))(timing, params, inputs))[:3]

    with pytest.raises(EngineError, match="ended after 3 of 5") as short:
        shoot(tmp_path / "b", 5, source=three)
    assert short.value.code == "R0404"


def test_a_photograph_moves_smoothly_and_fills_the_frame(tmp_path):
    path = tmp_path / "still.png"
    picture = np.zeros((400, 900, 3), np.uint8)
    picture[...] = np.random.default_rng(0).integers(60, 200, (400, 900, 1), dtype=np.uint8)
    cv2.imwrite(str(path), cv2.GaussianBlur(picture, (0, 0), 6))
    frames = list(photograph(path, 24, *SIZE))
    steps = [np.abs(b.astype(int) - a).mean() for a, b in pairwise(frames)]
    assert all(frame.shape == (180, 320, 3) and frame.min() > 20 for frame in frames)
    assert max(steps) < 3
    assert steps[12] > steps[0]


@pytest.mark.parametrize("content", [b"", b"not a picture", b"\x89PNG\r\n\x1a\n broken"])
def test_a_picture_that_is_no_picture_is_named(tmp_path, content):
    path = tmp_path / "holiday.png"
    path.write_bytes(content)
    with pytest.raises(EngineError, match="holiday") as caught:
        next(photograph(path, 3, *SIZE))
    assert caught.value.code == "A0411"


def test_footage_keeps_its_pace_and_begins_again_when_it_is_short(tmp_path):
    made = shoot(tmp_path, 24)
    source = decoded(made["clip"])
    frames = list(footage(made["clip"], 40, NTSC.fps, *SIZE))
    assert len(frames) == 40
    luma = [planes(frame).y.astype(int) for frame in frames]
    nearest = [int(np.argmin([np.abs(y - s.y).mean() for s in source])) for y in luma]
    expected = [math.floor(i * 1001 / 1000 + 1e-9) % 24 for i in range(40)]
    assert np.abs(np.array(nearest) - expected).max() <= 1


def test_a_sound_is_no_footage(tmp_path):
    path = tmp_path / "voice.mp4"
    with wave.open(str(path), "wb") as file:
        file.setnchannels(1)
        file.setsampwidth(2)
        file.setframerate(8000)
        file.writeframes(bytes(1600))
    with pytest.raises(EngineError) as caught:
        list(footage(path, 3, FILM.fps, *SIZE))
    assert caught.value.code == "A0413"


def test_params_come_as_json(tmp_path):
    params = EncodeParams(rate=FILM, width=64, height=36, black=True)
    timing = tmp_path / "timing.json"
    timing.write_text(json.dumps({"rate": {"numerator": 24}, "frames": 2, "spoken": []}))
    made = X264().run(request(params, {"timing": timing}, tmp_path / "out"))
    assert len(decoded(made["clip"])) == 2
