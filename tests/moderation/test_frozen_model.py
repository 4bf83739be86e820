"""A frozen model is read as data: what it names is never called. The real one scores as its own package does."""

import os
import pickle
import time

import numpy as np
import pytest

from duocast.cli.studio import weights
from duocast.runtime.moderation.frozen import NotFrozen, read_frozen
from duocast.runtime.moderation.profanity import Profanity, load_profanity

PACKAGE = {
    "I will kill you": 0.946731563098411,
    "nice computer": 0.06099729432576164,
    "Hello there, Mara.": 0.02432774335051725,
    "": 0.036375752016469504,
}
"""Scores of alt-profanity-check 1.9.1 with scikit-learn 1.9.1."""


class Calling:
    def __reduce__(self):
        return (os.mkdir, ("never",))


@pytest.mark.parametrize(
    "content", [b"", b"no pickle", pickle.dumps(Calling()), pickle.dumps(np.zeros(3, object))]
)
def test_what_is_no_frozen_model(tmp_path, monkeypatch, content):
    monkeypatch.chdir(tmp_path)
    file = tmp_path / "model.joblib"
    file.write_bytes(content)
    with pytest.raises(NotFrozen):
        read_frozen(file)
    assert [one.name for one in tmp_path.iterdir()] == ["model.joblib"]


def test_a_score_is_the_mean_of_calibrated_margins():
    model = Profanity(
        places={"bad": 0, "good": 1},
        rarity=np.array([2.0, 1.0]),
        weights=np.array([[1.0, -1.0], [3.0, -1.0]]),
        intercepts=np.array([0.0, -1.0]),
        slopes=np.array([-1.0, -1.0]),
        offsets=np.array([0.0, 0.0]),
    )
    one, other = 1 / (1 + np.exp(-1.0)), 1 / (1 + np.exp(-2.0))
    assert model.score("BAD, bad!") == pytest.approx((one + other) / 2, abs=1e-15)
    assert model.score("unknown words") == pytest.approx((0.5 + 1 / (1 + np.e)) / 2, abs=1e-15)
    both = np.array([2.0, 1.0]) / np.sqrt(5.0)
    margins = [both @ [1.0, -1.0], both @ [3.0, -1.0] - 1.0]
    assert model.score("good bad") == pytest.approx(
        np.mean(1 / (1 + np.exp(-np.array(margins)))), abs=1e-12
    )


@pytest.mark.slow
@pytest.mark.network
def test_the_real_model_gives_the_same_numbers_as_its_package():
    model = load_profanity(weights())
    assert {text: model.score(text) for text in PACKAGE} == PACKAGE
    began = time.process_time()
    model.scores(["I am going home now, and you are not coming with me."] * 500)
    assert (time.process_time() - began) / 500 < 0.002
