"""Takes say what is written, when they say they do: transcribed by Whisper, aligned by pocketsphinx."""

import re
import sys
from pathlib import Path

import numpy as np
import pytest
from tests_speech import cache_folder, line, say

from duocast.compiler.operations.speak import Pause, Vocal, Words
from duocast.runtime.weights import WeightCache

sys.path.insert(0, str(Path(__file__).parents[1]))
from measure.transcribe import normalised, transcribe, word_error_rate

pytestmark = pytest.mark.slow

LINES = (
    "You kept it. All these years, and you never told me.",
    "Let it ring.",
    "The Mac mini costs $599, and it shipped at 9:30am on Jan. 5th, 2024.",
    "It is 3.5x faster than the old one; nobody believed me, of course.",
    "Don't. Please don't open that door, not tonight.",
    "Why would anybody drive four hundred miles in the snow for a cup of tea?",
    "I talked to Dr. Smith about sleep, memory and the strange case of the missing photograph.",
    "I can't believe you just said that! After everything we've been through?",
    "The first thing I remember is the smell of rain on the road, and my mother calling my name.",
    "Every single morning, at seven, he walks down to the harbour and counts the boats.",
)
CAST = [("kokoro", v) for v in ("amber", "slate", "linen", "granite")]
CAST += [("draft", v) for v in ("amber", "cedar")]


@pytest.fixture(scope="module")
def whisper():
    names = [
        f"whisper-tiny.en/{f}"
        for f in ("config.json", "model.bin", "tokenizer.json", "vocabulary.txt")
    ]
    states = WeightCache(cache_folder()).pull(names)
    return states[1].path.parent


@pytest.mark.parametrize(("engine", "voice"), CAST)
def test_the_words_are_understood(tmp_path, whisper, engine, voice):
    wrong = total = 0.0
    for number, text in enumerate(LINES):
        file, _, _ = say(line(text, voice=voice), tmp_path / str(number), engine)
        heard = " ".join(word.text for word in transcribe(file, whisper))
        count = len(normalised(text))
        wrong, total = wrong + word_error_rate(text, heard) * count, total + count
    assert wrong / total <= 0.10


@pytest.mark.parametrize("engine", ["kokoro", "draft"])
def test_directions_are_not_spoken(tmp_path, whisper, engine):
    params = line(
        Vocal(sound="sigh"),
        "You kept it.",
        Pause(seconds=0.8),
        "All these (bitterly)",
        Words(text="years.", emphasis=1),
        Vocal(sound="laugh"),
        "And [he stops] you never told me.",
        manner=("quiet", "not", "looking", "up"),
    )
    file, _, _ = say(params, tmp_path, engine)
    heard = " ".join(word.text for word in transcribe(file, whisper))
    assert word_error_rate("You kept it. All these years. And you never told me.", heard) <= 0.2
    assert not {"bitterly", "stops", "quiet", "looking", "sigh"} & set(normalised(heard))


@pytest.mark.parametrize("engine", ["kokoro", "draft"])
def test_word_times_agree_with_a_forced_alignment(tmp_path, engine):
    off = []
    for number in (0, 5, 8, 9):
        _, samples, times = say(line(LINES[number], voice="slate"), tmp_path / str(number), engine)
        found = align(samples, LINES[number])
        assert len(found) == len(times.words)
        off += [word.start - start for word, start in zip(times.words, found, strict=True)]
    assert np.median(np.abs(off)) < 0.04
    assert abs(np.median(off)) < 0.03


def align(samples, text):
    """The start of every word, by pocketsphinx's aligner."""
    from pocketsphinx import Decoder

    taps = np.sinc(np.arange(-30, 31) / 3) * np.hanning(61)
    third = np.convolve(samples * 32767, taps / taps.sum(), "same")[::3].astype("<i2").tobytes()
    decoder = Decoder(samprate=16000, bestpath=False, lm=None, loglevel="FATAL")
    decoder.set_align_text(" ".join(re.sub(r"[^a-z' ]", "", text.lower()).split()))
    for turn in range(2):
        decoder.start_utt()
        decoder.process_raw(third, full_utt=True)
        decoder.end_utt()
        if turn == 0:
            decoder.set_alignment()
    alignment = decoder.get_alignment()
    return [word.start / 100 for word in alignment.words() if not word.name.startswith("<")]


def test_kokoro_is_the_same_in_every_run(tmp_path):
    params = line(
        "You kept it.", Vocal(sound="breath"), Words(text="Why?", emphasis=2), voice="linen"
    )
    first = say(params, tmp_path / "a", "kokoro")[0].read_bytes()
    assert say(params, tmp_path / "b", "kokoro")[0].read_bytes() == first
