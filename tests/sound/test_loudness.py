"""Loudness against EBU Tech 3341's signals and against FFmpeg's ebur128."""

import re
import subprocess

import imageio_ffmpeg
import numpy as np
import pytest

from duocast.runtime.sound.file import write_wav
from duocast.runtime.sound.loudness import (
    SILENCE,
    LoudnessMeter,
    PeakMeter,
    energies_of,
    gated_loudness,
    integrated_loudness,
    loudness_range,
    peak_envelope,
    to_loudness,
    true_peak,
)


def sine(hertz, level, seconds, rate=48_000):
    time = np.arange(round(seconds * rate)) / rate
    return np.sin(2 * np.pi * hertz * time) * 10 ** (level / 20)


def both(mono):
    return np.stack([mono, mono], axis=1)


@pytest.mark.parametrize("rate", [24_000, 44_100, 48_000, 96_000])
def test_a_stereo_tone_of_minus_23_dbfs_is_minus_23_lufs(rate):
    assert integrated_loudness(both(sine(1000, -23, 6, rate)), rate) == pytest.approx(-23, abs=0.05)


def test_soft_parts_are_gated_away():
    """EBU Tech 3341, signal 3: -36, -23, -36 dBFS gives -23 LUFS."""
    parts = [sine(1000, level, seconds) for level, seconds in ((-36, 5), (-23, 20), (-36, 5))]
    assert integrated_loudness(both(np.concatenate(parts)), 48_000) == pytest.approx(-23, abs=0.1)


def test_the_range_of_two_levels_is_their_distance():
    """EBU Tech 3342, signal 1: 20 s at -20 and 20 s at -30 dBFS is a range of 10 LU."""
    sound = both(np.concatenate([sine(1000, -20, 20), sine(1000, -30, 20)]))
    assert loudness_range(energies_of(sound, 48_000)) == pytest.approx(10, abs=1)


def test_a_peak_between_two_samples_is_found():
    """A tone at a quarter of the rate, 45 degrees off: its samples reach -3 dB of its peak."""
    time = np.arange(4800)
    sound = np.sin(2 * np.pi * time / 4 + np.pi / 4) * 0.5
    assert np.abs(sound).max() == pytest.approx(0.5 * np.sqrt(0.5), abs=1e-6)
    assert true_peak(sound) == pytest.approx(-6.02, abs=0.15)


def test_silence_and_short_sounds_have_a_value():
    assert integrated_loudness(np.zeros(48_000), 48_000) == SILENCE
    assert true_peak(np.zeros(100)) == -np.inf
    assert integrated_loudness(sine(1000, -20, 0.25), 48_000) == pytest.approx(-23, abs=0.3)


def test_blocks_of_any_size_measure_the_same():
    rng = np.random.default_rng(4)
    sound = rng.standard_normal((100_000, 2)).astype(np.float32) * 0.1
    whole = energies_of(sound, 48_000)
    meter, peaks = LoudnessMeter(48_000, 2), PeakMeter(2)
    found = []
    for start in range(0, len(sound), 7001):
        meter.push(sound[start : start + 7001])
        found.append(peaks.push(sound[start : start + 7001]))
    found.append(peaks.rest())
    np.testing.assert_allclose(meter.energies(), whole, rtol=1e-4)
    np.testing.assert_allclose(np.concatenate(found)[:3125], peak_envelope(sound)[:3125], rtol=1e-5)


def test_to_loudness_stops_at_the_peak():
    sound = np.zeros((48_000, 1))
    sound[100:140, 0] = 0.5
    assert true_peak(to_loudness(sound, 48_000, -5.0, -2.0)) == pytest.approx(-2.0, abs=0.01)


def test_ffmpeg_measures_the_same(tmp_path):
    rng = np.random.default_rng(9)
    time = np.arange(48_000 * 25) / 48_000
    swell = 0.1 + 0.9 * np.sin(2 * np.pi * time / 11) ** 2
    sound = rng.standard_normal((len(time), 2)).cumsum(axis=0) % 1 - 0.5
    sound = sound * swell[:, np.newaxis] * 0.5 + both(sine(3000, -20, 25))
    write_wav(tmp_path / "a.wav", sound, 48_000, 24)
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-nostats", "-i", str(tmp_path / "a.wav")]
    command += ["-af", "ebur128=peak=true", "-f", "null", "-"]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stderr
    summary = said.split("Summary:")[1]
    numbers = [
        float(re.search(rf"{name}:\s+(-?[\d.]+) {unit}", summary).group(1))
        for name, unit in (("I", "LUFS"), ("LRA", "LU"), ("Peak", "dBFS"))
    ]
    energies = energies_of(sound, 48_000)
    assert gated_loudness(energies) == pytest.approx(numbers[0], abs=0.1)
    assert loudness_range(energies) == pytest.approx(numbers[1], abs=0.3)
    assert true_peak(sound) == pytest.approx(numbers[2], abs=0.2)
