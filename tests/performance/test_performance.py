"""Acting, measured: mouths on their voices, listeners silent, movement smooth, bytes the same."""

import json
from pathlib import Path

import numpy as np
import pytest
from hand_takes import layout, take, timing

from duocast.compiler.operations.animate import Actor, AnimateParams, Gesture, PersonaSpec
from duocast.runtime.engine import EngineError, Request
from duocast.runtime.performance import load_performance, performance_engines, pose_at
from duocast.runtime.performance.performer import perform
from duocast.runtime.performance.view import shot_view
from duocast.runtime.picture.pose import FIELDS, Pose
from measure.lipsync import (
    binding,
    closed_share,
    correlation,
    field,
    jerk,
    motion_ratio,
    opening,
    sync,
)

FPS = 24
TAKE = take()
FIRST, SECOND = 0.5, 0.7 + TAKE.seconds
STAGE = layout(("MAYA", 400, 25.0), ("LEO", 880, -25.0))


def cast(**maya):
    return AnimateParams(
        actors=(
            Actor(role="MAYA", addresses=(("L1", "LEO"),), **maya),
            Actor(role="LEO", addresses=(("L2", "MAYA"),)),
        )
    )


def two_lines(params=None, fps=FPS):
    shot = timing(
        [("L1", "MAYA", FIRST, TAKE), ("L2", "LEO", SECOND, TAKE)],
        round(fps * (1.5 + 2 * TAKE.seconds)),
        fps,
    )
    return perform(shot_view(shot, STAGE, {"L1": TAKE, "L2": TAKE}, params or cast()))


def one_line(params=None, spoken=TAKE, frames=None, stage=STAGE, **span):
    shot = timing(
        [("L1", "MAYA", FIRST, spoken, span)], frames or round(FPS * (1.5 + spoken.seconds))
    )
    return perform(shot_view(shot, stage, {"L1": spoken}, params or cast()))


@pytest.fixture(scope="module")
def conversation():
    return two_lines()


@pytest.mark.parametrize(("person", "start"), [(0, FIRST), (1, SECOND)])
def test_mouth_and_voice_agree_to_a_frame(conversation, person, start):
    first = int((start - 0.3) * FPS)
    mouth = opening(conversation)[first : int((start + TAKE.seconds + 0.3) * FPS), person]
    found = sync(mouth, FPS, np.array(TAKE.envelope), start=start - first / FPS)
    assert abs(found.offset) <= 0.040
    assert found.correlation >= 0.7
    assert found.margin >= 0.3


def test_every_mouth_belongs_to_its_own_voice(conversation):
    matrix = binding(opening(conversation), FPS, [TAKE.envelope] * 2, starts=[FIRST, SECOND])
    assert matrix.argmax(axis=1).tolist() == [0, 1]
    assert min(matrix[0, 0] - matrix[0, 1], matrix[1, 1] - matrix[1, 0]) >= 0.3


def test_listeners_keep_their_mouths_shut(conversation):
    until = int((FIRST + TAKE.seconds) * FPS)
    mouths = opening(conversation)[:until]
    assert motion_ratio(mouths[:, 1], mouths[:, 0]) < 0.1
    assert np.abs(np.diff(field(conversation, "yaw")[:until, 1])).sum() > 1.0


@pytest.mark.parametrize("fps", [12, 24, 25, 30, 60])
def test_no_frame_rate_loses_a_closure(fps):
    lips = [p for p in TAKE.phones if p.symbol in "pbm"]
    bites = [p for p in TAKE.phones if p.symbol in "fv"]
    performance = two_lines(fps=fps)
    spans = [(FIRST + p.start, FIRST + p.end) for p in lips]
    assert len(spans) >= 5
    assert closed_share(opening(performance)[:, 0], fps, spans) == 1.0
    times = (np.arange(len(performance)) + 0.5) / fps
    for phone in bites:
        near = np.abs(times - FIRST - (phone.start + phone.end) / 2) < 0.05 + 0.5 / fps
        assert field(performance, "bite")[near, 0].max() > 0.85


def test_lips_round_before_they_have_to():
    performance = one_line(spoken=take([("sa", "sæ"), ("two", "stˈu")]), frames=60)
    wide = field(performance, "wide")[:, 0]
    start = FIRST + 0.02 + 0.085 + 0.12 + 0.085
    before = int(start * FPS)
    assert wide[before] < wide[before - 4] - 0.1


def test_the_mouth_is_shut_in_silence_and_in_a_pause():
    performance = one_line()
    rest = next(p for p in TAKE.phones if p.symbol == "rest")
    times = (np.arange(len(performance)) + 0.5) / FPS - FIRST
    mouth = opening(performance)[:, 0]
    assert mouth[times < -0.15].max() < 0.02
    assert mouth[times > TAKE.seconds + 0.15].max() < 0.02
    assert mouth[(times > rest.start + 0.2) & (times < rest.end - 0.15)].max() < 0.05


def test_an_interrupted_speaker_stops():
    stopped = one_line(seconds=2.0, interrupted=True)
    times = (np.arange(len(stopped)) + 0.5) / FPS - FIRST
    mouth = opening(stopped)[:, 0]
    assert mouth[times > 2.12].max() < 0.02
    assert mouth[times < 1.9].max() > 0.3


def test_a_cut_inside_a_line_does_not_move_anybody():
    """The second shot begins 2 s into the take; where both show the same instant they agree."""
    params = cast()
    whole = one_line(params, frames=140)
    rest = one_line(
        params, frames=90, at=0.0, offset=2.0, seconds=TAKE.seconds - 2.0, continued=True
    )
    cut = round((FIRST + 2.0) * FPS)
    step = np.abs(np.diff(whole[:, 0], axis=0)).max(axis=0)
    gap = np.abs(whole[cut : cut + 60, 0] - rest[:60, 0]).max(axis=0)
    assert (gap <= 0.5 * step + 0.02).all(), dict(zip(FIELDS, gap.round(3).tolist(), strict=True))


def test_movement_is_smooth_but_never_still(conversation):
    limits = {
        "yaw": 1500.0,
        "pitch": 1500.0,
        "roll": 500.0,
        "brow_left": 120.0,
        "smile": 60.0,
        "lean_x": 5.0,
    }
    for name, limit in limits.items():
        for person in range(2):
            assert jerk(field(conversation, name)[:, person], FPS) < limit, name
    for person in range(2):
        speed = np.abs(np.diff(field(conversation, "yaw")[:, person])) * FPS
        assert (
            speed[FPS:].reshape(-1)[: len(speed) // FPS * FPS - FPS].reshape(-1, FPS).max(axis=1)
            > 0.05
        ).all()


def test_people_blink_as_people_do():
    long_shot = perform(shot_view(timing([], 60 * FPS), STAGE, {}, cast()))
    for person in range(2):
        shut = field(long_shot, "lid_left")[:, person] > 0.9
        blinks = np.count_nonzero(np.diff(shut.astype(int)) == 1)
        assert 7 <= blinks <= 30


def test_a_look_reaches_the_one_it_is_meant_for():
    aside = layout(("MAYA", 400, 0.0), ("LEO", 880, -25.0))
    performance = one_line(stage=aside)
    turned = field(performance, "yaw")[24:80, 0] + 32 * field(performance, "gaze_x")[24:80, 0]
    assert np.median(turned) == pytest.approx(32, abs=9)


def test_speakers_without_a_partner_look_into_the_lens():
    params = AnimateParams(actors=(Actor(role="MAYA"),))
    performance = one_line(params)
    turned = 25 + field(performance, "yaw")[12:, 0] + 32 * field(performance, "gaze_x")[12:, 0]
    assert abs(np.median(turned)) < 6


def test_somebody_who_does_not_look_up_looks_down():
    params = cast(manner=(("L1", ("quiet", "not looking up")),))
    down = field(one_line(params), "gaze_y")[30:80, 0]
    up = field(one_line(), "gaze_y")[30:80, 0]
    assert np.median(down) > np.median(up) + 0.3


@pytest.mark.parametrize(
    ("kind", "name", "least"),
    [("nod", "pitch", 4.0), ("shake", "yaw", 6.0), ("smile", "smile", 0.5), ("frown", "frown", 0.5),
     ("laugh", "shrug", 0.25), ("breath", "breath", 0.2), ("sigh", "breath", 0.2), ("shrug", "shrug", 0.6)],
)  # fmt: skip
def test_gestures_are_seen_at_their_word(kind, name, least):
    plain = field(one_line(), name)[:, 0]
    acted = field(one_line(cast(gestures=(Gesture(kind=kind, line="L1", word=5),))), name)[:, 0]
    change = np.abs(acted - plain)
    word = int((FIRST + TAKE.words[5].start) * FPS)
    assert change[word - 12 : word + 40].max() >= least
    assert change[: word - 16].max() < 0.1 * least + 0.02


def test_a_laugh_in_the_take_shakes_the_shoulders():
    laughing = take(vocals=[("laugh", 1.9, 2.5)])
    performance = one_line(spoken=laughing)
    times = (np.arange(len(performance)) + 0.5) / FPS - FIRST
    during = (times > 1.9) & (times < 2.5)
    assert np.ptp(field(performance, "shrug")[during, 0]) > 0.12
    assert field(performance, "smile")[during, 0].max() > 0.6


def test_the_persona_scales_the_motion():
    calm = one_line(cast(persona=PersonaSpec(motion=0.3, brows=0.2)))
    lively = one_line(cast(persona=PersonaSpec(motion=1.6, brows=1.6)))
    for name in ("pitch", "roll"):
        assert field(lively, name)[:, 0].std() > 1.8 * field(calm, name)[:, 0].std()
    assert correlation(opening(calm)[:, 0], opening(lively)[:, 0]) > 0.999


def request(folder: Path):
    shot = timing([("L1", "MAYA", FIRST, TAKE)], 120)
    files = {"timing": shot, "layout": STAGE, "times.L1": TAKE}
    inputs = {}
    for name, value in files.items():
        inputs[name] = folder / f"{name}.json"
        inputs[name].write_bytes(value.to_json())
    out = folder / "out"
    out.mkdir(exist_ok=True)
    params = json.loads(cast().to_json())
    return Request(
        params=params, inputs=inputs, folder=out, progress=lambda done: None, weights=None
    )


def test_the_engine_writes_the_same_bytes_twice(tmp_path):
    (engine,) = performance_engines()
    first = engine.run(request(tmp_path))["performance"].read_bytes()
    path = engine.run(request(tmp_path))["performance"]
    assert path.read_bytes() == first
    performance = load_performance(path)
    assert performance.shape == (120, 2, len(FIELDS))
    assert performance.dtype == np.float32
    assert np.isfinite(performance).all()
    assert isinstance(pose_at(performance, 60, 1), Pose)


def test_a_file_that_is_no_performance_is_refused(tmp_path):
    path = tmp_path / "performance.npy"
    path.write_bytes(b"")
    with pytest.raises(EngineError, match="is not a performance"):
        load_performance(path)
