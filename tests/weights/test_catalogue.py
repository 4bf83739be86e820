"""The catalogue holds what the engines ask for, and says what is near a name that it does not hold."""

import pytest

from duocast.compiler.voices import VOICES
from duocast.runtime.engine import EngineError
from duocast.runtime.weights import load_catalogue

NEEDED = (
    "kokoro/model.onnx",
    "hibari/heart.onnx",
    "hibari/vocab.json",
    "mediapipe/face_detection_short_range.tflite",
    "mediapipe/face_landmark.tflite",
    "mediapipe/selfie_segmentation.tflite",
    "matting/u2netp.onnx",
    "whisper-tiny.en/model.bin",
)


@pytest.mark.parametrize("name", NEEDED)
def test_every_engine_finds_its_weight(name):
    weight = load_catalogue().find(name)
    assert weight.size > 0
    assert weight.licence
    assert weight.source


def test_every_voice_has_a_weight():
    names = load_catalogue().names
    assert [v.id for v in VOICES if f"kokoro/voices/{v.id}.bin" not in names] == []


def test_names_are_unique():
    names = load_catalogue().names
    assert len(set(names)) == len(names)


def test_a_misspelt_weight_names_the_nearest():
    with pytest.raises(EngineError) as failure:
        load_catalogue().find("kokoro/modle.onnx")
    assert failure.value.code == "V0101"
    assert "kokoro/model.onnx" in failure.value.hint


def test_a_name_cannot_leave_the_cache_folder():
    weight = load_catalogue().weight[0]
    for name in ("../evil", "/etc/passwd", "a/../b"):
        with pytest.raises(ValueError, match="name"):
            type(weight).model_validate({**weight.model_dump(), "name": name})
