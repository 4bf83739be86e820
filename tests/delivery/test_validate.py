"""Outputs that an engine left behind with exit status 0: whole ones pass, halves and blanks are found, cheaply."""

import time

import av
import cv2
import numpy as np
import pytest
from studio import FILM, SIZE, flat, shoot

from duocast.compiler.graph import Operation
from duocast.compiler.operations.encode import EncodeParams
from duocast.runtime.sound.file import FlacWriter, write_wav
from duocast.runtime.validate import problem

RATE = 48_000


def judged(clip, folder, frames=48, **params):
    """The verdict on a clip as the output of a shot that should have this many frames."""
    from duocast.compiler.operations.time import ShotTiming

    timing = folder / "asked.json"
    timing.write_bytes(ShotTiming(rate=FILM, frames=frames, spoken=()).to_json())
    wanted = EncodeParams(rate=FILM, width=SIZE[0], height=SIZE[1], **params).plain()
    return problem(Operation.ENCODE, wanted, {"timing": timing}, {"clip": clip})


@pytest.fixture(scope="module")
def shot(tmp_path_factory):
    folder = tmp_path_factory.mktemp("shot")
    return shoot(folder, 48)


def test_what_the_encoder_makes_is_sound(shot, tmp_path):
    assert judged(shot["clip"], tmp_path) is None
    assert problem(Operation.ENCODE, {}, {}, shot) is None


def test_a_video_that_was_cut_off_is_found(shot, tmp_path):
    cut = tmp_path / "clip.mp4"
    cut.write_bytes(shot["clip"].read_bytes()[:-3000])
    assert "can't be decoded" in judged(cut, tmp_path)


def test_a_video_with_its_header_first_that_was_cut_off_is_found(shot, tmp_path):
    whole, cut = tmp_path / "whole.mp4", tmp_path / "clip.mp4"
    with (
        av.open(str(shot["clip"])) as source,
        av.open(str(whole), "w", options={"movflags": "faststart"}) as copy,
    ):
        track = copy.add_stream_from_template(source.streams.video[0])
        for packet in source.demux(source.streams.video[0]):
            if packet.dts is not None:
                packet.stream = track
                copy.mux(packet)
    assert judged(whole, tmp_path) is None
    content = whole.read_bytes()
    cut.write_bytes(content[: len(content) * 7 // 10])
    assert judged(cut, tmp_path) is not None


def test_too_few_frames_and_another_size_are_found(shot, tmp_path):
    assert "48 frames instead of 49" in judged(shot["clip"], tmp_path, frames=49)
    other = shoot(tmp_path / "other", 48, size=(160, 90))["clip"]
    assert "160 x 90 instead of 320 x 180" in judged(other, tmp_path)


def test_black_is_found_but_for_a_card(tmp_path):
    black = shoot(tmp_path / "black", 48, source=flat((0, 0, 0)))["clip"]
    assert "all black" in judged(black, tmp_path)
    assert judged(black, tmp_path, black=True) is None
    dark = shoot(tmp_path / "dark", 48, source=flat((14, 14, 22)))["clip"]
    assert judged(dark, tmp_path) is None


def tone(seconds=1.0, level=0.1):
    t = np.arange(int(RATE * seconds)) / RATE
    return (level * np.sin(2 * np.pi * 220 * t)).astype(np.float32)[:, None].repeat(2, axis=1)


def test_a_voice_that_is_cut_off_or_silent_is_found(tmp_path):
    take, cut, mute = (tmp_path / f"{name}.wav" for name in ("take", "cut", "mute"))
    write_wav(take, tone(), RATE)
    write_wav(mute, tone(level=0.0), RATE)
    cut.write_bytes(take.read_bytes()[:50_000])

    def said(file, operation=Operation.SPEAK, inputs=None):
        return problem(operation, {}, inputs or {}, {"sound": file})

    assert said(take) is None
    assert "silent" in said(mute)
    assert said(cut) is not None
    assert said(mute, Operation.MIX) is None
    assert said(mute, Operation.EFFECT, {"file": mute}) is None, "the writer's file may be silent"


def test_a_stem_that_is_cut_off_is_found(tmp_path):
    whole, cut = tmp_path / "music.flac", tmp_path / "cut.flac"
    noise = np.random.default_rng(1).normal(0, 0.1, (RATE * 3, 2)).astype(np.float32)
    with FlacWriter(whole, RATE) as file:
        file.write(noise)
    cut.write_bytes(whole.read_bytes()[:-40_000])
    assert problem(Operation.MIX, {}, {}, {"music": whole}) is None
    assert problem(Operation.MIX, {}, {}, {"music": cut}) is not None


@pytest.mark.parametrize("suffix", [".png", ".jpg"])
def test_a_picture_that_was_cut_off_is_found(tmp_path, suffix):
    whole, cut, other = (tmp_path / f"{name}{suffix}" for name in ("whole", "cut", "other"))
    cv2.imwrite(str(whole), np.full((90, 160, 3), 99, np.uint8))
    cut.write_bytes(whole.read_bytes()[:-20])
    other.write_bytes(b"<html>")
    assert problem(Operation.PLATE, {}, {}, {"plate": whole}) is None
    assert "ends in the middle" in problem(Operation.PLATE, {}, {}, {"plate": cut})
    assert "that is no" in problem(Operation.PLATE, {}, {}, {"plate": other})


def test_half_a_json_is_found(tmp_path):
    file = tmp_path / "times.json"
    file.write_bytes(b'{"words": [')
    assert "that is no JSON" in problem(Operation.SPEAK, {}, {}, {"times": file})


def test_looking_costs_a_small_part_of_encoding(tmp_path):
    """Measured on a shot with nothing to draw but a disc, so the real part is smaller still."""
    began = time.process_time()
    made = shoot(tmp_path, 240, size=(1280, 720))
    encoding = time.process_time() - began
    looks = []
    for _ in range(3):
        began = time.process_time()
        assert problem(Operation.ENCODE, {}, {}, made) is None
        looks.append(time.process_time() - began)
    assert min(looks) < 0.03 * encoding, f"{min(looks):.4f} s of {encoding:.3f} s"
