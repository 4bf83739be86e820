"""Talking heads through a ComfyUI: voices and masks of each person are uploaded and named in the workflow."""

import io
import json
import wave

import cv2
import numpy as np
import pytest

from duocast.compiler.operations.animate import Actor, FilmParams
from duocast.compiler.operations.compose import Framed, Layout, Placed
from duocast.compiler.operations.time import ShotTiming, SpokenSpan
from duocast.compiler.timeline import Rate
from duocast.runtime.clouds.account import Office
from duocast.runtime.engine import Request
from duocast.runtime.rented import rented_engines
from duocast.runtime.sound.file import write_wav

GRAPH = {
    "1": {"class_type": "LoadImage", "inputs": {"image": "{picture-1}"}},
    "2": {"class_type": "MultiTalk", "inputs": {"seconds": "{seconds}", "text": "{prompt}"}},
    "3": {"class_type": "LoadAudio", "inputs": {"audio": "{audio-1}"}},
    "4": {"class_type": "LoadAudio", "inputs": {"audio": "{audio-2}"}},
    "5": {"class_type": "LoadImageMask", "inputs": {"image": "{mask-1}"}},
    "6": {"class_type": "LoadImageMask", "inputs": {"image": "{mask-2}"}},
    "9": {"class_type": "SaveVideo", "inputs": {"video": ["2", 0]}},
}


@pytest.fixture
def engine(tmp_path, cloud):
    graph, named = tmp_path / "talk.json", tmp_path / "clouds.toml"
    graph.write_text(json.dumps(GRAPH))
    flow = f'[comfyui-talk.workflow]\nanimate = "{graph}"\n'
    named.write_text(f'[comfyui-talk]\nbase = "{cloud.url}"\npoll = 0.02\n{flow}')
    office = Office(tmp_path / "money", named)
    return next(one for one in rented_engines(office) if one.name == "comfyui-talk")


def request(tmp_path, frames):
    """BEN stands left and speaks at 0.5 s, ANNA stands right and speaks at 1.5 s."""
    cv2.imwrite(str(tmp_path / "still.png"), np.full((90, 160, 3), 90, np.uint8))
    at = {"matrix": (1, 0, 0, 1, 0, 0), "yaw": 0.0, "depth": 1.0}
    people = (
        Placed(role="ANNA", face=(110, 20, 26, 30), **at),
        Placed(role="BEN", face=(20, 20, 26, 30), **at),
    )
    place = Framed(x=80, y=45, zoom=1.0)
    layout = Layout(width=160, height=90, people=people, start=place, end=place)
    said = [("L1", "BEN", 0.5), ("L2", "ANNA", 1.5)]
    spans = tuple(
        SpokenSpan(line=line, role=role, at=second, offset=0.0, seconds=0.8)
        for line, role, second in said
    )
    timing = ShotTiming(rate=Rate(numerator=12), frames=frames, spoken=spans)
    inputs = {"still": tmp_path / "still.png"}
    for line, _, _ in said:
        inputs[f"sound.{line}"] = tmp_path / f"{line}.wav"
        tone = 0.3 * np.sin(2 * np.pi * 200 * np.arange(48_000) / 48_000)
        write_wav(inputs[f"sound.{line}"], tone, 48_000)
    for name, content in {"layout": layout.to_json(), "timing": timing.to_json()}.items():
        inputs[name] = tmp_path / f"{name}.json"
        inputs[name].write_bytes(content)
    params = FilmParams(
        actors=(Actor(role="ANNA"), Actor(role="BEN")),
        **{"width": 160, "height": 90, "picture": "Two talk.", "motion": "They nod.", "seed": 3},
    )
    return Request(params.plain(), inputs, tmp_path, lambda _: None, None)


def loud(content, seconds):
    """Whether each half second of a WAV is heard."""
    with wave.open(io.BytesIO(content)) as file:
        assert (file.getframerate(), file.getnframes()) == (16_000, 16_000 * seconds)
        samples = np.frombuffer(file.readframes(file.getnframes()), "<i2").astype(float)
    return [bool(np.abs(part).max() > 1000) for part in samples.reshape(-1, 8000)]


def test_each_person_has_a_voice_and_a_mask(engine, cloud, tmp_path):
    made = engine.run(request(tmp_path, 36))
    assert set(made) == {"clip"}
    (job,) = cloud.jobs.values()
    filled = job.body["prompt"]
    assert filled["2"]["inputs"]["seconds"] == 3
    sent = {
        number: cloud.uploaded[next(iter(filled[number]["inputs"].values()))]
        for number in ("1", "3", "4", "5", "6")
    }
    assert loud(sent["3"], 3) == [False, True, True, False, False, False], "BEN, on the left"
    assert loud(sent["4"], 3) == [False, False, False, True, True, False], "then ANNA"
    masks = [cv2.imdecode(np.frombuffer(sent[one], np.uint8), 0) for one in ("5", "6")]
    assert [mask.shape for mask in masks] == [(90, 160)] * 2
    assert [bool(mask[35, 33]) for mask in masks] == [True, False]
    assert [bool(mask[35, 123]) for mask in masks] == [False, True]
    assert engine.shown == "talk"
    assert engine.price({}, 3.0) == 0


def test_a_long_shot_hears_each_part_of_its_voices(engine, cloud, tmp_path):
    engine.run(request(tmp_path, 12 * 17))
    first, second = (job.body["prompt"] for job in cloud.jobs.values())
    assert [part["2"]["inputs"]["seconds"] for part in (first, second)] == [15, 2]
    assert any(loud(cloud.uploaded[first["3"]["inputs"]["audio"]], 15))
    assert not any(loud(cloud.uploaded[second["3"]["inputs"]["audio"]], 2))
