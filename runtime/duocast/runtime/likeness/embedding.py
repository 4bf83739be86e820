"""A face as numbers: laid upright on a small picture, and embedded by SFace, so that two faces can be compared.

Zhong et al. 2021, arXiv 2205.12010; the weights are those of OpenCV's model zoo (Apache-2.0).
"""

from pathlib import Path

import cv2
import numpy as np
from numpy.typing import NDArray

from duocast.runtime.onnx import open_session
from duocast.runtime.picture.photo.mesh import Points, eyes_of
from duocast.runtime.picture.photo.reals import Reals

MODEL = "likeness/sface.onnx"
SIDE = 112
NOSE, MOUTH = 4, (61, 291)
UPRIGHT = np.array(
    [[38.2946, 51.6963], [73.5318, 51.5014], [56.0252, 71.7366], [41.5493, 92.3655], [70.7299, 92.2041]]
)  # fmt: skip
"""Where the eyes, the tip of the nose and the corners of the mouth lie for the model (x, y)."""

Embedding = Reals
"""128 numbers, 1 long."""


class Embedder:
    """The model in a file; one picture of a face at a time, the same numbers on every run."""

    def __init__(self, path: Path) -> None:
        self._session = open_session(str(path))
        self._input = self._session.get_inputs()[0].name

    def __call__(self, picture: NDArray[np.uint8], points: Points) -> Embedding:
        """The embedding of the face in an RGB picture whose 468 points are known."""
        face = cv2.warpAffine(picture, upright(points), (SIDE, SIDE), flags=cv2.INTER_LINEAR)
        values = np.ascontiguousarray(face.transpose(2, 0, 1)[None], np.float32)
        found = np.asarray(self._session.run(None, {self._input: values})[0], np.float64).ravel()
        return np.asarray(found / max(float(np.linalg.norm(found)), 1e-9))


def upright(points: Points) -> Reals:
    """The turn, scale and shift (2 x 3) that lay a face's points best on the model's, by least squares."""
    found = np.array([*eyes_of(points), *(points[n, :2] for n in (NOSE, *MOUTH))], np.float64)
    middle, goal = found.mean(axis=0), UPRIGHT.mean(axis=0)
    a, b = (found - middle) @ (1, 1j), (UPRIGHT - goal) @ (1, 1j)
    turn = complex((np.conj(a) @ b) / max(float((np.conj(a) @ a).real), 1e-9))
    matrix = np.array([[turn.real, -turn.imag], [turn.imag, turn.real]])
    return np.column_stack([matrix, goal - matrix @ middle])


def likeness(one: Embedding, other: Embedding) -> float:
    """How alike two faces are: the cosine of their embeddings, 1 for the same picture, about 0 for strangers."""
    return float(np.clip(one @ other, -1.0, 1.0))
