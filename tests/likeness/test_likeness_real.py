"""The real models tell the same person in other pictures from somebody else, in stills and in clips."""

import cv2
import numpy as np
import pytest
from PIL import Image

from duocast.compiler.graph import Operation
from duocast.compiler.operations.portrait import PortraitParams
from duocast.compiler.timeline import Rate
from duocast.runtime.delivery.colour import planes
from duocast.runtime.delivery.x264 import FilmFormat, encode_file
from duocast.runtime.engine import Request
from duocast.runtime.likeness.measuring import Looker, in_clip, in_still, opened
from duocast.runtime.likeness.report import LikenessReport
from duocast.runtime.likeness.retaking import Retaking
from duocast.runtime.likeness.takes import Policy
from duocast.runtime.likeness.threshold import ALIKE
from duocast.runtime.picture.load import picture_engines
from photo.sitter import ASTRONAUT, weights

pytestmark = pytest.mark.slow


@pytest.fixture(scope="module")
def looker():
    return Looker(weights())


@pytest.fixture(scope="module")
def person():
    return opened(weights().path(ASTRONAUT))


@pytest.fixture(scope="module")
def known(looker):
    return {"mara": looker.known([weights().path(ASTRONAUT)])}


@pytest.fixture(scope="module")
def stranger(tmp_path_factory):
    """Somebody drawn, whose face the models find as well."""
    folder = tmp_path_factory.mktemp("drawn")
    params = PortraitParams(name="Jonas", description="man of seventy")
    drawn = next(one for one in picture_engines() if one.name == "drawn")
    return opened(drawn.run(Request(params.plain(), {}, folder, lambda done: None, None))["still"])


def changed(picture, how):
    tall, wide = picture.shape[:2]
    match how:
        case "mirrored":
            return np.ascontiguousarray(picture[:, ::-1])
        case "dark":
            return (picture * 0.45).astype(np.uint8)
        case "turned":
            matrix = cv2.getRotationMatrix2D((wide / 2, tall / 2), 15, 1)
            return cv2.warpAffine(picture, matrix, (wide, tall))
        case "small":
            return cv2.resize(picture, None, fx=0.4, fy=0.4, interpolation=cv2.INTER_AREA)
        case "coarse":
            _, coded = cv2.imencode(".jpg", picture[..., ::-1], [cv2.IMWRITE_JPEG_QUALITY, 15])
            return np.ascontiguousarray(cv2.imdecode(coded, cv2.IMREAD_COLOR)[..., ::-1])


@pytest.mark.parametrize("how", ["mirrored", "dark", "turned", "small", "coarse"])
def test_the_same_person_is_alike_in_another_picture(looker, person, known, how):
    (figure,) = in_still(changed(person, how), looker, known, ("mara",))
    assert figure.likeness > ALIKE + 0.2


def test_somebody_else_is_not(looker, stranger, known):
    (figure,) = in_still(stranger, looker, known, ("mara",))
    assert figure.likeness < ALIKE - 0.2


def test_two_who_changed_places_are_not_alike(looker, person, stranger, known):
    tall = min(person.shape[0], stranger.shape[0])
    both = np.hstack([stranger[:tall], person[:tall]])
    swapped = in_still(both, looker, known, ("mara", "jonas"))
    placed = in_still(both, looker, known, ("jonas", "mara"))
    assert swapped[0].likeness < ALIKE < placed[0].likeness


def test_a_clip_is_looked_at_in_a_few_frames(looker, person, stranger, known, tmp_path):
    film = FilmFormat(Rate(numerator=24), 320, 320)
    clip = tmp_path / "clip.mp4"
    figures = []
    for picture in (person, stranger):
        frame = cv2.resize(picture[: picture.shape[1]], (320, 320), interpolation=cv2.INTER_AREA)
        encode_file(clip, (planes(frame) for _ in range(13)), film)
        figures.append(in_clip(clip, looker, known)[0].likeness)
    assert figures[0] > ALIKE > figures[1]


def test_a_painter_who_painted_somebody_else_paints_again(person, stranger, tmp_path):
    class Painter:
        name, version, operation = "scripted", "1", Operation.COMPOSE
        pictures = [stranger, stranger, person]  # noqa: RUF012 -- taken one by one

        def run(self, request):
            Image.fromarray(self.pictures.pop(0)).save(request.folder / "still.png")
            return {"still": request.folder / "still.png"}

    inputs = {"likeness.mara.0": weights().path(ASTRONAUT)}
    params = {"seed": 5, "faces": ["mara"]}
    request = Request(params, inputs, tmp_path, lambda done: None, weights())
    made = Retaking(Painter(), lambda: Policy(retakes=3)).run(request)
    report = LikenessReport.from_json(made["likeness"].read_bytes())
    assert [take.reason for take in report.takes] == ["drifted", "drifted", "alike"]
    assert report.best.worst > 0.9
    with Image.open(made["still"]) as still:
        assert still.size == person.shape[1::-1]
