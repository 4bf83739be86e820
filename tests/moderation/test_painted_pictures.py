"""What engines paint is looked at before anybody uses it; a refusal is final, told with its score, and kept."""

from fractions import Fraction
from pathlib import Path

import av
import numpy as np
import pytest
from moderating import looked, office
from PIL import Image

from duocast.cli.studio import weights
from duocast.compiler.graph import Operation
from duocast.runtime.engine import EngineError, FailureClass, Request
from duocast.runtime.moderation import Office
from duocast.runtime.moderation.looks import Looks
from duocast.runtime.moderation.memory import digest_of, remember
from duocast.runtime.moderation.painted import Painted
from duocast.runtime.moderation.pictures import PictureModel, made_ready, seen_in


class Painter:
    """An engine that paints one colour."""

    name, operation, version, paints = "painter", Operation.COMPOSE, "7", True

    def __init__(self) -> None:
        self.runs = 0

    def run(self, request: Request):
        self.runs += 1
        paint(request.folder / "still.png", request.params["colour"])
        return {"still": request.folder / "still.png"}


def paint(file: Path, colour) -> Path:
    file.parent.mkdir(parents=True, exist_ok=True)
    Image.new("RGB", (32, 32), tuple(colour)).save(file)
    return file


def request(folder: Path, here: Office, colour, **inputs: Path) -> Request:
    folder.mkdir()
    return Request({"colour": colour}, inputs, folder, lambda _: None, here.weights)


@pytest.fixture
def here(tmp_path) -> Office:
    """An office that has looked at red and at blue before: red is explicit."""
    found = office(tmp_path, "")
    looked(found.memory, paint(tmp_path / "red.png", (255, 0, 0)), 0.93)
    looked(found.memory, paint(tmp_path / "blue.png", (0, 0, 255)), 0.02)
    return found


def test_a_picture_that_passes_is_the_engines_own(tmp_path, here):
    painter = Painter()
    engine = Painted(painter, lambda: here, made=True, given=False)
    made = engine.run(request(tmp_path / "a", here, (0, 0, 255)))
    assert made["still"].read_bytes() == (tmp_path / "blue.png").read_bytes()
    assert (engine.name, engine.version, engine.operation, engine.paints) == (
        "painter",
        "7",
        "compose",
        True,
    )


def test_a_refused_picture_fails_for_good_and_is_not_painted_again(tmp_path, here):
    painter = Painter()
    engine = Painted(painter, lambda: here, made=True, given=False)
    for name in ("a", "b"):
        with pytest.raises(EngineError) as refused:
            engine.run(request(tmp_path / name, here, (255, 0, 0)))
        assert refused.value.failure is FailureClass.MODERATED
        assert refused.value.code == "M0203"
        assert "the still of painter" in refused.value.message
        assert "score 0.93, refused from 0.85" in refused.value.message
        assert "[category.explicit] made" in refused.value.hint
    assert painter.runs == 1
    engine.run(request(tmp_path / "c", here, (0, 0, 255)))


def test_what_an_engine_forgot_to_make_is_for_others_to_say(tmp_path, here):
    class Forgetful(Painter):
        def run(self, request: Request):
            return {"still": request.folder / "still.png"}

    engine = Painted(Forgetful(), lambda: here, made=True, given=False)
    assert not engine.run(request(tmp_path / "a", here, (0, 0, 255)))["still"].exists()


def test_another_policy_looks_again(tmp_path, here):
    painter = Painter()
    with pytest.raises(EngineError):
        Painted(painter, lambda: here, made=True, given=False).run(
            request(tmp_path / "a", here, (255, 0, 0))
        )
    loose = office(tmp_path, "[category.explicit]\nmade = { warn = 0.9, refuse = 0.95 }")
    engine = Painted(painter, lambda: loose, made=True, given=False)
    engine.run(request(tmp_path / "b", loose, (255, 0, 0)))
    assert painter.runs == 2


def test_a_given_picture_is_refused_before_anything_is_made_of_it(tmp_path, here):
    painter = Painter()
    engine = Painted(painter, lambda: here, made=False, given=True)
    with pytest.raises(EngineError) as refused:
        engine.run(request(tmp_path / "a", here, (0, 0, 255), picture=tmp_path / "red.png"))
    assert (refused.value.code, painter.runs) == ("M0201", 0)
    engine.run(request(tmp_path / "b", here, (255, 0, 0), picture=tmp_path / "blue.png"))


def test_without_the_model_the_policy_says_what_follows(tmp_path):
    lax, strict = office(tmp_path, ""), office(tmp_path, 'missing = "refuse"')
    green = (0, 255, 0)
    Painted(Painter(), lambda: lax, made=True, given=False).run(request(tmp_path / "a", lax, green))
    with pytest.raises(EngineError) as refused:
        Painted(Painter(), lambda: strict, made=True, given=False).run(
            request(tmp_path / "b", strict, green)
        )
    assert refused.value.code == "M0205"
    assert [one.code for one in lax.ready_for_made()] == ["M0204"]
    assert [one.code for one in strict.given({"red.png": paint(tmp_path / "x.png", green)})] == [
        "M0205"
    ]


def test_given_pictures_are_told_by_their_names(tmp_path, here):
    sound = tmp_path / "voice.wav"
    sound.write_bytes(b"RIFF")
    files = {"faces/mara.png": tmp_path / "red.png", "b.png": tmp_path / "blue.png", "v.wav": sound}
    (found,) = here.given(files)
    assert found.code == "M0201"
    assert found.title.startswith("faces/mara.png: an explicit picture (score 0.93")
    milder = paint(tmp_path / "pink.png", (255, 100, 100))
    looked(here.memory, milder, 0.7)
    assert [one.code for one in here.given({"pink.png": milder})] == ["M0202"]


def film(file: Path, frames: int) -> Path:
    with av.open(str(file), "w") as container:
        stream = container.add_stream("mpeg4", rate=Fraction(12))
        stream.width, stream.height, stream.pix_fmt = 64, 64, "yuv420p"
        for number in range(frames):
            picture = np.full((64, 64, 3), 20 + number * 200 // frames, np.uint8)
            container.mux(stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")))
        container.mux(stream.encode())
    return file


@pytest.mark.parametrize("frames", [40, 1500])
def test_of_a_video_frames_from_all_over_it_are_seen(tmp_path, frames):
    levels = [np.asarray(one).mean() for one in seen_in(film(tmp_path / "clip.mp4", frames), 8)]
    assert len(levels) == 8
    assert levels == sorted(levels)
    assert levels[0] < 40
    assert levels[-1] > 190


def test_what_can_be_looked_through_stands_on_grey_and_what_is_broken_has_no_score(tmp_path):
    clear = tmp_path / "clear.png"
    Image.new("RGBA", (16, 16), (255, 0, 0, 0)).save(clear)
    (seen,) = seen_in(clear, 8)
    assert seen.getpixel((3, 3)) == (128, 128, 128)
    broken = tmp_path / "broken.png"
    broken.write_bytes(b"no picture")
    with pytest.raises(OSError, match="cannot identify"):
        next(seen_in(broken, 8))
    ready = made_ready(seen)
    assert (ready.shape, ready.dtype) == ((224, 224, 3), np.float32)
    assert ready[100, 100].tolist() == [128 - 104, 128 - 117, 128 - 123]


def test_a_memory_that_takes_nothing_is_no_failure(tmp_path):
    wall = tmp_path / "wall"
    wall.write_text("a file, no folder")
    remember(wall / "inside", "0.5")
    assert len(digest_of(wall)) == 64


@pytest.mark.slow
@pytest.mark.network
def test_the_real_model_lets_plain_pictures_pass(tmp_path):
    model = PictureModel(weights())
    noise = np.random.default_rng(1).integers(0, 255, (300, 400, 3), np.uint8)
    assert model.score(Image.fromarray(noise)) < 0.3
    assert model.score(Image.new("RGB", (300, 300), (90, 120, 90))) < 0.3
    looks = Looks(weights(), tmp_path)
    clip = film(tmp_path / "clip.mp4", 12)
    assert looks.score(clip, 4) == pytest.approx(
        Looks(weights(), tmp_path).score(clip, 4), abs=1e-6
    )
