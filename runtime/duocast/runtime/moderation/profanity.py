"""The profanity model: how likely people are to call a text offensive, 0 to 1. A bag of words and five linear models.

It is `alt-profanity-check` (MIT; 200 000 comments and tweets, labelled by people), run here from its own files
without scikit-learn: words weighted by tf-idf, a margin from each linear model, each made a probability, and their
mean. Sums are made in the same order, so that the scores are the same numbers.
"""

import math
import re
from collections import Counter
from collections.abc import Iterable, Mapping
from dataclasses import dataclass

import numpy as np
from numpy.typing import NDArray

from duocast.runtime.engine import EngineError, FailureClass, Weights
from duocast.runtime.moderation.frozen import NotFrozen, read_frozen
from duocast.runtime.moderation.models import PROFANITY, VECTORIZER

_WORD = re.compile(r"(?u)\b\w\w+\b")
Row = NDArray[np.float64]
Rows = NDArray[np.float64]


@dataclass(frozen=True, slots=True)
class Profanity:
    """The model. `places`: the number of every word that it knows; `rarity`: the weight of each.

    A row of `weights` is a linear model, with its intercept; slope and offset are those of its sigmoid.
    """

    places: Mapping[str, int]
    rarity: Row
    weights: Rows
    intercepts: Row
    slopes: Row
    offsets: Row

    def score(self, text: str) -> float:
        """The probability that a text is offensive."""
        found = map(self.places.get, _WORD.findall(text.lower()))
        counts = Counter([place for place in found if place is not None])
        if not counts:
            return self._mean(np.zeros(len(self.intercepts)))
        known = np.array(sorted(counts))
        weighted = np.array([counts[place] for place in known], np.float64) * self.rarity[known]
        row = weighted / np.sqrt(_in_order(weighted * weighted))
        return self._mean(_in_order(row * self.weights[:, known]))

    def scores(self, texts: Iterable[str]) -> list[float]:
        """As `score`, for each."""
        return [self.score(text) for text in texts]

    def _mean(self, sums: Row) -> float:
        sharp = self.slopes * (sums + self.intercepts) + self.offsets
        total = 0.0
        for each in sharp.tolist():
            total += 1.0 / (1.0 + math.exp(each))
        return total / len(self.slopes)


def load_profanity(weights: Weights) -> Profanity:
    """The model of the catalogue. Raises `EngineError` where it can't be had or can't be read."""
    try:
        words = read_frozen(weights.path(VECTORIZER))
        model = read_frozen(weights.path(PROFANITY))
        parts = list(model.calibrated_classifiers_)
        lines = [one.estimator for one in parts]
        sigmoids = [sigmoid for one in parts for sigmoid in one.calibrators]
        return Profanity(
            places=words.vocabulary_,
            rarity=words._tfidf.idf_,
            weights=np.stack([one.coef_[0] for one in lines]),
            intercepts=np.array([one.intercept_[0] for one in lines]),
            slopes=np.array([one.a_ for one in sigmoids]),
            offsets=np.array([one.b_ for one in sigmoids]),
        )
    except (NotFrozen, AttributeError, TypeError, ValueError) as problem:
        message = f"the profanity model can't be read: {problem}"
        hint = "duocast models verify looks at its files"
        raise EngineError(FailureClass.UNAVAILABLE, "V0103", message, hint) from problem


def _in_order(values: Rows) -> Row:
    """Sums from the first to the last: a sum in pairs would end in other digits."""
    summed: Row = np.add.accumulate(values, axis=-1)[..., -1]
    return summed
