"""Looks: the scores of pictures, each content looked at once on a machine and remembered by its digest."""

import contextlib
from pathlib import Path

from PIL import Image

from duocast.runtime.engine import EngineError, Weights
from duocast.runtime.moderation.memory import digest_of, remember
from duocast.runtime.moderation.models import PICTURES, VIDEOS
from duocast.runtime.moderation.pictures import PictureModel, seen_in

MODEL = "open-nsfw-1"
"""Enters what is remembered: another model or another way to make pictures ready has other scores."""


class Looks:
    """Scores of picture files. `memory` is the folder that remembers; the model is loaded when it is first needed."""

    def __init__(self, weights: Weights, memory: Path) -> None:
        self._weights = weights
        self._memory = memory / MODEL
        self._model: PictureModel | None = None

    def score(self, file: Path, frames: int) -> float | None:
        """The highest score of a picture or of a video's frames; None for a file that is neither, or can't be read.

        Raises `EngineError` where the model is needed and can't be had.
        """
        if file.suffix.lower() not in PICTURES | VIDEOS or not file.is_file():
            return None
        at = self._memory / f"{digest_of(file)}-{frames if file.suffix.lower() in VIDEOS else 1}"
        with contextlib.suppress(OSError, ValueError):
            return float(at.read_text("ascii"))
        try:
            score = max((self.model.score(one) for one in seen_in(file, frames)), default=None)
        except EngineError:
            raise
        except (OSError, ValueError, Image.DecompressionBombError):
            return None
        if score is not None:
            remember(at, f"{score:.6f}")
        return score

    @property
    def model(self) -> PictureModel:
        """The model. Raises `EngineError`."""
        if self._model is None:
            self._model = PictureModel(self._weights)
        return self._model
