"""Stretches of a line: slower, higher or whispered words beside the line's own, and back again."""

import numpy as np
import pytest
from tests_speech import line, say

from duocast.compiler.operations.speak import Delivery

FIRST, SECOND, THIRD = "You kept it all.", "Every single letter of mine.", "And I never knew."


def spoken(folder, **delivery):
    """The middle sentence said in its own way, between two ordinary ones."""
    own = Delivery(**delivery)
    return say(line(FIRST, own, SECOND, Delivery(), THIRD), folder)


def lengths(times):
    """Seconds of the three sentences."""
    first, second = len(FIRST.split()), len(SECOND.split())
    words = times.words
    parts = (words[:first], words[first : first + second], words[first + second :])
    return [part[-1].end - part[0].start for part in parts]


def voiced_share(samples, start, end):
    """How periodic the sound is: the highest autocorrelation (60 to 400 Hz) over its loud frames, on average."""
    sound = samples[int(start * 48000) : int(end * 48000)]
    found = []
    for at in range(0, len(sound) - 2400, 1200):
        frame = sound[at : at + 2400] - sound[at : at + 2400].mean()
        energy = float(frame @ frame)
        if energy > 0.5:
            lags = np.correlate(frame, frame, "full")[2400 - 1 + 120 : 2400 - 1 + 800]
            found.append(float(lags.max()) / energy)
    return float(np.mean(found)) if found else 0.0


def test_only_the_stretch_is_slower(tmp_path):
    _, _, plain = spoken(tmp_path / "plain")
    _, _, slow = spoken(tmp_path / "slow", pace=0.7)
    before, after = lengths(plain), lengths(slow)
    assert after[1] / before[1] == pytest.approx(1 / 0.7, rel=0.15)
    assert after[0] == pytest.approx(before[0], rel=0.12)
    assert after[2] == pytest.approx(before[2], rel=0.12)


def test_only_the_stretch_is_whispered(tmp_path):
    _, samples, times = spoken(tmp_path, manner=("whisper",))
    first, second = len(FIRST.split()), len(SECOND.split())
    words = times.words
    plain = voiced_share(samples, words[0].start, words[first - 1].end)
    hushed = voiced_share(samples, words[first].start, words[first + second - 1].end)
    assert plain > 0.45
    assert hushed < plain - 0.12
