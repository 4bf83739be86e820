"""What is heard under one shot: each voice where it sounds, and nothing else."""

import numpy as np
import pytest

from duocast.cli.watch.preview import voices
from duocast.compiler.operations.time import ShotTiming, SpokenSpan
from duocast.compiler.timeline import Rate
from duocast.runtime.sound.file import write_wav


@pytest.fixture
def take(tmp_path):
    """Two seconds of a steady sound."""
    write_wav(tmp_path / "take.wav", np.full(96_000, 0.5, np.float32), 48_000)
    return tmp_path / "take.wav"


def timing(*spoken):
    return ShotTiming(rate=Rate(numerator=24), frames=48, spoken=spoken)


def test_a_voice_sounds_where_it_stands_and_as_long(take):
    span = SpokenSpan(line="L1", role="mara", at=0.5, offset=0.25, seconds=1.0)
    heard = voices(timing(span), {"L1": take})
    assert heard.shape == (2, 96_000)
    loud = np.flatnonzero(np.abs(heard[0]) > 0.4)
    assert loud[0] / 48_000 == pytest.approx(0.5, abs=0.01)
    assert loud[-1] / 48_000 == pytest.approx(1.5, abs=0.01)


def test_a_voice_that_goes_on_over_the_cut_ends_with_the_shot(take):
    span = SpokenSpan(line="L1", role="mara", at=1.5, offset=0.0, seconds=2.0)
    assert voices(timing(span), {"L1": take}).shape == (2, 96_000)


def test_a_take_that_is_not_there_is_silence():
    span = SpokenSpan(line="L1", role="mara", at=0.0, offset=0.0, seconds=1.0)
    assert not voices(timing(span), {}).any()
