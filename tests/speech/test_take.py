"""A take keeps its promises: words at their times, pauses where they stand, nothing in brackets, one loudness."""

import subprocess
import sys

import numpy as np
import pytest
from tests_speech import line, say

from duocast.compiler.operations.speak import Mark, Pause, Vocal, VoiceSpec, Words
from duocast.runtime.engine import EngineError
from duocast.runtime.speech.loudness import loudness

SENTENCE = "You kept it. All these years, and you never told me about the $599 letter."


def rms(samples, start, end):
    return float(np.sqrt(np.mean(samples[int(start * 48000) : int(end * 48000)] ** 2)))


def test_words_are_the_written_words_in_order(tmp_path):
    _, samples, times = say(line(SENTENCE), tmp_path)
    assert [word.text for word in times.words] == SENTENCE.split()
    assert times.seconds == pytest.approx(len(samples) / 48000, abs=1e-5)
    ends = [0.0, *(word.end for word in times.words)]
    assert all(word.start >= end - 1e-3 for word, end in zip(times.words, ends, strict=False))
    assert all(0.03 < word.end - word.start < 2.5 for word in times.words)
    assert times.words[0].start < 0.03
    assert times.seconds - times.words[-1].end < 0.06


def test_phones_fill_the_take(tmp_path):
    _, _, times = say(line(SENTENCE, Pause(seconds=0.5), "Yes."), tmp_path)
    assert times.phones[0].start == 0.0
    for left, right in zip(times.phones, times.phones[1:], strict=False):
        assert right.start == pytest.approx(left.end, abs=1e-6)
    assert times.phones[-1].end == pytest.approx(times.seconds, abs=2e-3)


def test_a_pause_is_silence_of_its_length(tmp_path):
    _, samples, times = say(line("Just", Pause(seconds=1.2), Mark(name="ring"), "wait."), tmp_path)
    just, wait = times.words
    assert wait.start - just.end == pytest.approx(1.2, abs=0.03)
    assert rms(samples, just.end + 0.1, wait.start - 0.1) < 1e-4
    assert times.marks[0].at == pytest.approx(wait.start, abs=1e-3)


def test_a_mark_without_a_pause_stands_at_the_next_word(tmp_path):
    _, _, times = say(line("Let it", Mark(name="here"), "ring."), tmp_path)
    assert times.marks[0].at == pytest.approx(times.words[2].start, abs=1e-3)


@pytest.mark.parametrize("sound", ["breath", "laugh", "sigh", "gasp", "cough"])
def test_a_vocal_sounds_in_its_place(tmp_path, sound):
    _, samples, times = say(line("I know.", Vocal(sound=sound), "Come."), tmp_path)
    (vocal,) = times.vocals
    assert times.words[1].end <= vocal.start < vocal.end <= times.words[2].start
    assert 0.25 < vocal.end - vocal.start < 1.6
    assert rms(samples, vocal.start, vocal.end) > 0.003
    assert any(
        p.symbol != "rest" and p.start >= vocal.start and p.end <= vocal.end for p in times.phones
    )


def test_emphasis_is_longer_and_louder(tmp_path):
    plain = say(line("I kept everything you gave me."), tmp_path / "a")
    strong = say(
        line("I kept", Words(text="everything", emphasis=2), "you gave me."), tmp_path / "b"
    )

    def word(take):
        _, samples, times = take
        return times.words[2], rms(samples, times.words[2].start, times.words[2].end) / rms(
            samples, 0, times.seconds
        )

    assert word(strong)[0].emphasis == 2
    assert word(strong)[0].end - word(strong)[0].start > 1.1 * (
        word(plain)[0].end - word(plain)[0].start
    )
    assert word(strong)[1] > 1.1 * word(plain)[1]


@pytest.mark.parametrize("text", [SENTENCE, "Yes.", "Let it ring."])
@pytest.mark.parametrize("voice", ["amber", "cedar"])
def test_every_take_has_one_loudness(tmp_path, text, voice):
    _, samples, _ = say(line(text, voice=voice), tmp_path)
    assert loudness(samples.astype(np.float32), 48000) == pytest.approx(-19.0, abs=0.3)
    assert np.abs(samples).max() < 0.86


def test_manner_is_heard(tmp_path):
    _, plain, times = say(line(SENTENCE), tmp_path / "a")
    _, quiet, _ = say(line(SENTENCE, manner=("quiet",)), tmp_path / "b")
    _, _, slow = say(line(SENTENCE, manner=("slow",)), tmp_path / "c")
    level = loudness(quiet.astype(np.float32), 48000) - loudness(plain.astype(np.float32), 48000)
    assert -6.2 < level < -3.8
    assert slow.seconds > 1.1 * times.seconds


def test_a_whisper_has_no_voice(tmp_path):
    def voicing(samples):
        """Median height of the autocorrelation between 70 and 400 Hz."""
        heights = []
        for start in range(0, len(samples) - 2400, 960):
            part = samples[start : start + 2400]
            if np.sqrt(np.mean(part**2)) > 0.01:
                ripple = np.correlate(part, part, "full")[2399:]
                heights.append(ripple[120:686].max() / ripple[0])
        return np.median(heights)

    _, plain, _ = say(line(SENTENCE), tmp_path / "a")
    _, whisper, _ = say(line(SENTENCE, manner=("whispering",)), tmp_path / "b")
    assert voicing(whisper) < 0.6 < voicing(plain)


def test_brackets_take_no_time(tmp_path):
    _, _, plain = say(line("Come here now."), tmp_path / "a")
    _, _, marked = say(line("Come (softly) here [he points] now."), tmp_path / "b")
    assert [word.text for word in marked.words] == [
        *("Come", "(softly)", "here", "[he", "points]", "now."),
    ]
    assert marked.words[1].end == marked.words[1].start
    assert marked.seconds == pytest.approx(plain.seconds, abs=0.02)


def test_a_line_of_dots_is_a_short_silence(tmp_path):
    _, samples, times = say(line("..."), tmp_path)
    assert 0.3 < times.seconds < 1.0
    assert np.abs(samples).max() == 0
    assert len(times.words) == 1


def test_voices_differ_in_pitch_as_asked(tmp_path):
    _, _, low = say(line(SENTENCE, spec=VoiceSpec(id="slate", pitch=-2)), tmp_path / "a")
    _, _, high = say(line(SENTENCE, spec=VoiceSpec(id="slate", pitch=2)), tmp_path / "b")
    assert low.seconds == pytest.approx(high.seconds, abs=0.05)


def test_an_unknown_voice_names_its_neighbours(tmp_path):
    with pytest.raises(EngineError) as failure:
        say(line("Hello.", voice="ambre"), tmp_path)
    assert failure.value.code == "V0201"
    assert "amber" in failure.value.hint


def test_another_language_is_refused(tmp_path):
    with pytest.raises(EngineError) as failure:
        say(line("Hallo.", spec=VoiceSpec(id="amber", language="de-DE")), tmp_path)
    assert failure.value.code == "V0202"


def test_the_same_line_has_the_same_bytes_in_another_process(tmp_path):
    params = line("I know.", Vocal(sound="laugh"), Words(text="Really.", emphasis=1), seed=7)
    first = say(params, tmp_path / "a")[0].read_bytes()
    assert say(params, tmp_path / "b")[0].read_bytes() == first
    code = (
        "import sys; from pathlib import Path; sys.path.insert(0, sys.argv[1])\n"
        "from duocast.compiler.operations.speak import SpeakParams; from tests_speech import say\n"
        "say(SpeakParams.from_json(sys.argv[2]), Path(sys.argv[3]))"
    )
    here = str(__import__("pathlib").Path(__file__).parent)
    subprocess.run(
        [sys.executable, "-c", code, here, params.to_json().decode(), str(tmp_path / "c")],
        check=True,
    )
    assert (tmp_path / "c/take.wav").read_bytes() == first
    assert (tmp_path / "c/times.json").read_bytes() == (tmp_path / "a/times.json").read_bytes()
