"""Kokoro: the voice model in a film's quality, 24 kHz, its durations and melody open to the caller."""

import json
from collections.abc import Sequence

import numpy as np
import numpy.typing as npt

from duocast.compiler.voices import Voice
from duocast.runtime.engine import Weights
from duocast.runtime.onnx import open_session
from duocast.runtime.speech.graft import FLOAT, INT64, Door, Exposed, Node, Reshaped, graft
from duocast.runtime.speech.shape import notched
from duocast.runtime.speech.signal import Sound
from duocast.runtime.speech.synthesis import RATE, Said, token_bounds

MODEL, VOCABULARY = "kokoro/model.onnx", "hibari/vocab.json"
FRAME = 600
"""Samples of one unit of duration."""
_DURATIONS = "/encoder/Gather_output_0"
_MELODY = "/encoder/Squeeze_output_0"
_PLACES = "/encoder/Cast_4_output_0"  # which frame belongs to which token
_TWICE = "/encoder/F0.1/upsample/Constant_output_0"
_AXIS = "/encoder/bert/Unsqueeze_output_0"

_DOOR = Door(
    tensor=_MELODY,
    input="pitch",
    axes=(1, 1, "pitch_tokens"),
    nodes=(
        Node("MatMul", ("pitch", _PLACES), "pitch.frames"),
        Node("Resize", ("pitch.frames", "", _TWICE), "pitch.halves"),
        Node("Squeeze", ("pitch.halves", _AXIS), "pitch.curve"),
        Node("Mul", (f"{_MELODY}.plain", "pitch.curve"), _MELODY),
    ),
)


class Kokoro:
    """The model in memory. Voices are read when they first speak."""

    longest = 480
    british = True

    def __init__(self, weights: Weights) -> None:
        self._weights = weights
        self._session = open_session(opened(weights.path(MODEL).read_bytes()))
        self._vocabulary: dict[str, int] = json.loads(weights.path(VOCABULARY).read_text("utf-8"))
        self._styles: dict[str, npt.NDArray[np.float32]] = {}

    def say(
        self,
        tokens: Sequence[str],
        voice: Voice,
        pace: Sequence[float],
        pitch: Sequence[float],
        seed: int,  # noqa: ARG002 - the model has no chance in it
    ) -> Said:
        """Say the tokens; `seed` changes nothing here."""
        known = [index for index, token in enumerate(tokens) if token in self._vocabulary]
        ids = [self._vocabulary[tokens[index]] for index in known]
        steer = np.ones((2, len(ids) + 2), np.float32)
        steer[0, 1:-1] = [pace[index] for index in known]
        steer[1, 1:-1] = [pitch[index] for index in known]
        steer[:, 0], steer[:, -1] = steer[:, 1], steer[:, -2]
        steer[0, [0, -1]] = 1.0
        sound, lengths = self._session.run(
            ["audio", _DURATIONS],
            {
                "tokens": np.array([[0, *ids, 0]], np.int64),
                "style": self._style(voice)[len(ids)][None],
                "speed": steer[0],
                "pitch": steer[1][None, None],
            },
        )
        return Said(
            _clean(sound, pitch), token_bounds(lengths.ravel(), known, len(tokens), FRAME / RATE)
        )

    def _style(self, voice: Voice) -> npt.NDArray[np.float32]:
        if voice.id not in self._styles:
            path = self._weights.path(f"kokoro/voices/{voice.id}.bin")
            self._styles[voice.id] = np.fromfile(path, np.float32).reshape(-1, 256)
        return self._styles[voice.id]


def opened(model: bytes) -> bytes:
    """The model with its durations as an output, one speed a token, and a factor on its melody."""
    return graft(
        model,
        doors=(_DOOR,),
        exposed=(Exposed(_DURATIONS, INT64), Exposed(_MELODY, FLOAT)),
        reshaped=(Reshaped("speed", ("speed_tokens",)),),
    )


def _clean(sound: Sound, pitch: Sequence[float]) -> Sound:
    """Without the whine of the synthesis frames, which only a whisper leaves bare."""
    if min(pitch) > 0:
        return sound
    return notched(notched(sound, RATE, 4800.0), RATE, 9600.0)
