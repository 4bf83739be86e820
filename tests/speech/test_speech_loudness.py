"""Loudness is BS.1770's: FFmpeg measures the same."""

import re
import subprocess

import imageio_ffmpeg
import numpy as np
import pytest

from duocast.runtime.speech.engines import write_sound
from duocast.runtime.speech.loudness import CEILING, equalised, limited, loudness

RATE = 48000


def tone(seconds, hertz, height):
    return (height * np.sin(2 * np.pi * hertz * np.arange(int(seconds * RATE)) / RATE)).astype(
        np.float32
    )


def test_the_standards_own_tone():
    assert loudness(tone(5, 997, 1.0), RATE) == pytest.approx(-3.01, abs=0.05)


def test_ffmpeg_agrees_on_bursts_and_silence(tmp_path):
    noise = np.random.default_rng(1).standard_normal(RATE * 2).astype(np.float32) * 0.1
    sound = np.concatenate([noise, np.zeros(RATE, np.float32), tone(1.5, 3000, 0.2), noise * 0.05])
    write_sound(tmp_path / "a.wav", sound, RATE)
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-hide_banner", "-i", str(tmp_path / "a.wav")]
    report = subprocess.run(
        [*command, "-af", "ebur128", "-f", "null", "-"], capture_output=True, text=True, check=True
    ).stderr
    measured = float(re.findall(r"I:\s+(-?[\d.]+) LUFS", report)[-1])
    assert loudness(sound, RATE) == pytest.approx(measured, abs=0.15)


def test_peaks_stay_under_the_ceiling_without_a_click():
    sound = tone(1, 220, 0.2)
    sound[20000:20010] = 1.6
    held = limited(sound, RATE)
    assert np.abs(held).max() <= CEILING + 1e-6
    assert held[:15000] == pytest.approx(sound[:15000])


def test_silence_stays_silence():
    silence = np.zeros(RATE, np.float32)
    assert np.array_equal(equalised(silence, RATE), silence)
