"""What a model made is what the clip shows: every frame once, in order, in its colours, and its sound under it."""

import av
import numpy as np
import pytest
from PIL import Image

from duocast.compiler.timeline import Rate
from duocast.runtime.delivery.colour import planes
from duocast.runtime.delivery.x264 import FilmFormat, encode_file
from duocast.runtime.diffusion.filming import Ask, Heard, Piece
from duocast.runtime.diffusion.limits import FILMERS
from duocast.runtime.diffusion.reel import Reel
from duocast.runtime.engine import EngineError

LTX = FILMERS["ltx"]
START = Image.new("RGB", (64, 64), (0, 40, 80))


def asks(*counts):
    return [Ask(START, None, "", 64, 64, count, number) for number, count in enumerate(counts)]


class Model:
    """Makes frames that count on from the first picture's red, and a tone as loud as the piece's number."""

    def __init__(self, *, begins=True, heard=False):
        self.begins, self.heard, self.seen = begins, heard, []

    def __call__(self, ask):
        self.seen.append(np.asarray(ask.first)[0, 0, 0])
        red = int(self.seen[-1]) + np.arange(ask.frames) + (not self.begins)
        frames = np.zeros((ask.frames, 64, 64, 3), np.uint8)
        frames[...] = START.getpixel((0, 0))
        frames[..., 0] = red[:, np.newaxis, np.newaxis]
        sound = np.sin(np.arange(ask.frames * 1000) / 9)[:, np.newaxis] * 0.1 * (ask.seed + 1)
        heard = Heard(sound.astype(np.float32), 24_000) if self.heard else None
        return Piece(frames, heard, self.begins)


def reel(model, *counts, limits=LTX):
    return Reel(model, asks(*counts), limits, lambda done: None)


def reds(frames):
    return [int(frame[0, 0, 0]) for frame in frames]


def test_pieces_go_on_from_the_last_frame_and_share_it():
    model = Model()
    assert reds(reel(model, 9, 9, 9).frames(25)) == list(range(25))
    assert model.seen == [0, 8, 16]


def test_a_model_that_leaves_its_first_picture_out_shares_none():
    model = Model(begins=False)
    assert reds(reel(model, 9, 9).frames(18)) == list(range(1, 19))
    assert model.seen == [0, 9]


def test_a_model_that_knows_no_picture_goes_round():
    model = Model(begins=False)
    made = reds(reel(model, 7, limits=FILMERS["mochi"]).frames(19))
    assert made == [*range(1, 8), *range(6, 0, -1), *range(2, 8)]
    assert len(model.seen) == 1


def test_sound_is_as_long_as_the_picture_and_runs_through():
    whole = reel(Model(heard=True), 25, 25)
    assert len(list(whole.frames(49))) == 49
    sound = whole.sound(49 / 24)
    assert sound.shape == (98_000, 2)
    early, late = sound[: 48_000 - 2000], sound[48_000 + 2000 :]
    assert late.std() / early.std() == pytest.approx(2, rel=0.05)
    assert np.abs(np.diff(sound[:, 0])).max() < 0.05
    quiet = reel(Model(), 9)
    list(quiet.frames(9))
    assert quiet.sound(1.0) is None


def test_a_model_that_makes_nothing_is_said():
    with pytest.raises(EngineError, match="made 1 of 9 frames") as raised:
        list(reel(lambda ask: Piece(np.zeros((1, 64, 64, 3), np.uint8)), 9).frames(9))
    assert raised.value.code == "R0012"


def test_the_clip_shows_what_was_made(tmp_path):
    """Colours within what 4:2:0 at this quality keeps; a swapped channel or a shifted range would be far off."""
    file = tmp_path / "clip.mp4"
    made = []
    for number, frame in enumerate(reel(Model(), 17).frames(17)):
        made.append(frame.copy())
        made[-1][:, 32:] = (10 * number, 20, 200)
    encode_file(file, (planes(f) for f in made), FilmFormat(Rate(numerator=24), 64, 64))
    with av.open(str(file)) as clip:
        shown = [frame.to_ndarray(format="rgb24") for frame in clip.decode(video=0)]
    assert len(shown) == len(made)
    for a, b in zip(made, shown, strict=True):
        for part in (np.s_[8:56, 4:28], np.s_[8:56, 36:60]):
            assert np.abs(a[part].astype(int) - b[part]).mean() < 5
