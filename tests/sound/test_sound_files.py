"""Reading, resampling and writing sound."""

import numpy as np
import pytest

from duocast.runtime.engine import EngineError
from duocast.runtime.sound.file import FlacWriter, read_sound, resample, stereo, write_wav
from duocast.runtime.sound.recording import looped


def noise(samples, channels=2, seed=1):
    rng = np.random.default_rng(seed)
    return (rng.standard_normal((samples, channels)) * 0.1).astype(np.float32)


@pytest.mark.parametrize("bits", [16, 24])
def test_wav_comes_back_to_the_last_bit(tmp_path, bits):
    sound = noise(5000)
    write_wav(tmp_path / "a.wav", sound, 48_000, bits)
    back, rate = read_sound(tmp_path / "a.wav")
    assert rate == 48_000
    assert np.abs(back - sound).max() <= 0.5 / 2 ** (bits - 1) + 1e-9


def test_flac_is_exact_and_the_same_every_time(tmp_path):
    sound = noise(100_000)
    for name in ("a", "b"):
        with FlacWriter(tmp_path / f"{name}.flac", 48_000) as file:
            for start in range(0, len(sound), 30_000):
                file.write(sound[start : start + 30_000])
    write_wav(tmp_path / "a.wav", sound, 48_000, 24)
    assert (tmp_path / "a.flac").read_bytes() == (tmp_path / "b.flac").read_bytes()
    np.testing.assert_array_equal(
        read_sound(tmp_path / "a.flac")[0], read_sound(tmp_path / "a.wav")[0]
    )


@pytest.mark.parametrize(
    ("before", "after"), [(24_000, 48_000), (44_100, 48_000), (48_000, 22_050)]
)
def test_a_resampled_tone_is_the_tone(before, after):
    def tone(rate):
        return np.sin(2 * np.pi * 3000 * np.arange(rate // 2) / rate)

    result = resample(tone(before), before, after)
    assert len(result) == round(len(tone(before)) * after / before)
    middle = slice(after // 8, 3 * after // 8)
    error = result[middle] - tone(after)[: len(result)][middle]
    assert 10 * np.log10(np.square(error).mean() * 2) < -90


def test_what_lies_above_the_new_rate_is_gone():
    high = np.sin(2 * np.pi * 14_000 * np.arange(48_000) / 48_000)
    assert np.abs(resample(high, 48_000, 22_050)[2000:-2000]).max() < 1e-4


def test_five_channels_fold_to_two_and_one_stands_in_both():
    assert stereo(noise(10, 1)).shape == (10, 2)
    surround = np.zeros((4, 6), np.float32)
    surround[:, 2] = 1
    np.testing.assert_allclose(stereo(surround), 0.7071, atol=1e-4)


@pytest.mark.parametrize(
    "content", [b"", b"hello, this is no sound at all", b"RIFF\x00\x00\x00\x00WAVE"]
)
def test_what_is_no_sound_is_named(tmp_path, content):
    path = tmp_path / "a.wav"
    path.write_bytes(content)
    with pytest.raises(EngineError) as caught:
        read_sound(path)
    assert caught.value.code in ("A0321", "A0322")
    assert "a.wav" in caught.value.message


def test_an_empty_and_an_endless_sound_are_refused(tmp_path):
    write_wav(tmp_path / "empty.wav", np.zeros((0, 2)), 48_000, 16)
    write_wav(tmp_path / "long.wav", np.zeros((48_000, 1)), 48_000, 16)
    with pytest.raises(EngineError, match="empty") as caught:
        read_sound(tmp_path / "empty.wav")
    assert caught.value.code == "A0322"
    with pytest.raises(EngineError) as caught:
        read_sound(tmp_path / "long.wav", longest=0.5)
    assert caught.value.code == "A0323"


def test_a_recording_made_a_loop_has_no_seam():
    time = np.arange(48_000) / 48_000
    sound = np.stack([np.sin(2 * np.pi * 100.3 * time)] * 2, axis=1).astype(np.float32)
    result = looped(sound, 0.1)
    around = np.concatenate([result[-100:], result[:100]])
    assert np.abs(np.diff(around, axis=0)).max() < 0.03
