"""A real photograph with a real voice: found, cut out, animated, and read back from the frames by the face mesh."""

import json
import time
from pathlib import Path

import numpy as np
import pytest
from PIL import Image
from sitter import ASTRONAUT, weights

from duocast.compiler.operations.animate import Actor, AnimateParams
from duocast.compiler.operations.compose import Framed, Layout, Placed
from duocast.compiler.operations.speak import SpeakParams, TakeTimes, VoiceSpec, Words
from duocast.compiler.operations.time import ShotTiming, SpokenSpan
from duocast.compiler.timeline import Rate
from duocast.runtime.engine import EngineError, Request
from duocast.runtime.performance import pose_at
from duocast.runtime.performance.performer import perform
from duocast.runtime.performance.view import shot_view
from duocast.runtime.picture.load import load_rig, picture_engines
from duocast.runtime.picture.photo.build import DETECTOR, LANDMARKS
from duocast.runtime.picture.photo.detect import find_face
from duocast.runtime.picture.photo.mesh import face_points
from duocast.runtime.picture.pose import NEUTRAL, Pose
from duocast.runtime.sound.file import read_sound
from duocast.runtime.speech import speech_engines
from measure.lipsync import correlation, envelope_of, field, jerk, opening, sync

pytestmark = [pytest.mark.slow, pytest.mark.network]

FPS, SCALE, SIZE = 24, 220.0, (640, 480)
MATRIX = (SCALE, 0.0, 0.0, SCALE, 320.0, 180.0)
LINE = (
    "Maybe people want music, but I found something better: silence, a map, and five brown buttons."
)


@pytest.fixture(scope="module")
def models():
    return weights()


def run(engine, folder, models, params, **inputs):
    folder.mkdir()
    return engine.run(
        Request(
            params=params, inputs=inputs, folder=folder, progress=lambda done: None, weights=models
        )
    )


@pytest.fixture(scope="module")
def portrait(models, tmp_path_factory):
    engine = next(engine for engine in picture_engines() if engine.name == "photo")
    folder = tmp_path_factory.mktemp("portrait")
    made = [
        run(engine, folder / str(i), models, {}, picture=models.path(ASTRONAUT)) for i in range(2)
    ]
    assert made[0]["rig"].read_bytes() == made[1]["rig"].read_bytes()
    assert made[0]["still"].read_bytes() == made[1]["still"].read_bytes()
    return made[0]


@pytest.fixture(scope="module", params=[("kokoro", 0.65), ("draft", 0.5)], ids=["kokoro", "draft"])
def take(request, models, tmp_path_factory):
    name, least = request.param
    engine = next(engine for engine in speech_engines() if engine.name == name)
    params = SpeakParams(voice=VoiceSpec(id="am_michael"), segments=(Words(text=LINE),))
    made = run(
        engine,
        tmp_path_factory.mktemp("take") / "out",
        models,
        json.loads(params.to_json()),
    )
    return TakeTimes.from_json(made["times"].read_bytes()), made["sound"], least


def on_grey(rig, pose):
    sheet = rig.draw(pose, MATRIX, SIZE, yaw=-8.0)
    picture = np.full((SIZE[1], SIZE[0], 3), 110.0)
    rows, columns = sheet.pixels.shape[:2]
    part = picture[sheet.y : sheet.y + rows, sheet.x : sheet.x + columns]
    part *= 1 - sheet.pixels[..., 3:] / 255
    part += sheet.pixels[..., :3]
    return picture.clip(0, 255).astype(np.uint8)


def lips(models, picture):
    """The distance of the inner lips in heads, as the face mesh sees it."""
    face = find_face(picture, models.path(DETECTOR))
    points, sure = face_points(picture, face, models.path(LANDMARKS))
    assert sure > 0.9
    return float(np.linalg.norm(points[14, :2] - points[13, :2])) / SCALE


def shot(seconds):
    placed = Placed(role="MAYA", matrix=MATRIX, yaw=-8.0, depth=1.0, face=(240, 80, 160, 200))
    frame = Framed(x=320, y=240, zoom=1)
    layout = Layout(width=640, height=480, people=(placed,), start=frame, end=frame)
    span = SpokenSpan(line="L1", role="MAYA", at=0.4, offset=0.0, seconds=seconds)
    return ShotTiming(
        rate=Rate(numerator=FPS), frames=round(FPS * (0.8 + seconds)), spoken=(span,)
    ), layout


def test_the_lips_of_a_photograph_speak_the_words(models, portrait, take):
    times, sound, least = take
    timing, layout = shot(times.seconds)
    performance = perform(
        shot_view(timing, layout, {"L1": times}, AnimateParams(actors=(Actor(role="MAYA"),)))
    )
    rig = load_rig(portrait["rig"])
    seen = np.array(
        [lips(models, on_grey(rig, pose_at(performance, i, 0))) for i in range(timing.frames)]
    )
    samples, rate = read_sound(sound)
    found = sync(seen, FPS, envelope_of(np.ravel(samples), rate), start=0.4)
    assert abs(found.offset) <= 0.040
    assert found.correlation >= least
    assert correlation(seen, opening(performance)[:, 0]) > 0.95
    shut = field(performance, "press")[:, 0] > 0.9
    assert shut.sum() >= 8
    assert seen[shut].max() < 0.02
    assert jerk(field(performance, "pitch")[:, 0], FPS) < 1500


def test_the_resting_mouth_of_a_smiling_photograph_is_shut(models, portrait):
    rig = load_rig(portrait["rig"])
    assert lips(models, on_grey(rig, NEUTRAL)) < 0.02
    assert lips(models, on_grey(rig, Pose(jaw=0.6))) > 0.07


def test_a_frame_takes_little_time(portrait):
    rig = load_rig(portrait["rig"])
    matrix = (190.0, 0.0, 0.0, 190.0, 640.0, 240.0)
    rig.draw(NEUTRAL, matrix, (1280, 720))
    took = []
    for i in range(12):
        start = time.process_time()
        rig.draw(Pose(jaw=0.05 * i, yaw=i), matrix, (1280, 720))
        took.append(time.process_time() - start)
    assert min(took) < 0.030


def test_the_still_shows_the_person_alone(portrait):
    with Image.open(portrait["still"]) as still:
        alpha = np.asarray(still)[..., 3]
    assert alpha[:200, :200].max() < 10
    assert (alpha > 250).mean() > 0.3
    assert (alpha < 5).mean() > 0.15


@pytest.mark.parametrize("name", ["noise", "wall"])
def test_a_picture_without_a_face_is_refused(name, models, tmp_path):
    picture = tmp_path / "wall.png"
    image = (
        Image.effect_noise((400, 400), 80)
        if name == "noise"
        else Image.new("RGB", (400, 400), (180, 170, 160))
    )
    image.convert("RGB").save(picture)
    engine = next(engine for engine in picture_engines() if engine.name == "photo")
    with pytest.raises(EngineError) as caught:
        run(engine, tmp_path / "out", models, {}, picture=Path(picture))
    assert caught.value.code == "A0205"


def test_a_face_too_small_is_refused_and_a_small_one_is_found(models, tmp_path):
    engine = next(engine for engine in picture_engines() if engine.name == "photo")
    with Image.open(models.path(ASTRONAUT)) as astronaut:
        person = astronaut.convert("RGB")
    for size, code in ((110, "A0206"), (260, None)):
        crowd = Image.new("RGB", (900, 700), (150, 150, 150))
        crowd.paste(person.resize((size, size)), (500, 300))
        path = tmp_path / f"far-{size}.png"
        crowd.save(path)
        if code is None:
            assert "rig" in run(engine, tmp_path / str(size), models, {}, picture=path)
            continue
        with pytest.raises(EngineError) as caught:
            run(engine, tmp_path / str(size), models, {}, picture=path)
        assert caught.value.code in (code, "A0205")
