"""Long lines are split where a speaker would breathe; sounds that can't be the words are told apart and said again."""

import numpy as np
import pytest
from tests_speech import line

from duocast.compiler.operations.speak import Delivery, Pause, Words
from duocast.runtime.engine import EngineError
from duocast.runtime.sound.file import write_wav
from duocast.runtime.speech.score import score_of
from duocast.runtime.voices.casting import cast_voice
from duocast.runtime.voices.chunks import chunks_of
from duocast.runtime.voices.engine import TRIES, spoken
from duocast.runtime.voices.judging import expected_seconds, judged
from duocast.runtime.voices.reference import RATE, prepared
from duocast.runtime.voices.saying import Ask

LONG = "One two three, four five six. " * 6


def texts(*segments, characters=60, lexicon=None):
    found = chunks_of(score_of(line(*segments)), characters, lexicon or {})
    return [chunk.text for chunk in found]


def test_sentences_stand_together_as_far_as_they_fit():
    found = chunks_of(score_of(line(LONG)), 60, {})
    assert all(len(chunk.text) <= 60 for chunk in found)
    assert [(c.first, c.last) for c in found] == [(0, 12), (12, 24), (24, 36)]
    assert texts("Yes. No.") == ["Yes. No."]


def test_a_sentence_that_is_too_long_is_split_behind_a_clause_or_a_word():
    assert texts("One two three four five, six seven eight nine ten.", characters=30) == [
        "One two three four five,",
        "six seven eight nine ten.",
    ]
    assert texts("one two three four five six", characters=14) == ["one two three", "four five six"]
    assert texts("Donaudampfschifffahrt is long.", characters=10) == [
        "Donaudampfschifffahrt",
        "is long.",
    ]


def test_the_manner_changes_between_chunks_only():
    found = texts("I know. ", Delivery(manner=("whisper",)), "Be quiet. Now. ", Delivery(), "Go.")
    assert found == ["I know.", "Be quiet. Now.", "Go."]


def test_directions_are_not_said_and_a_pause_is_heard_before():
    assert texts("Just", Pause(seconds=1.0), "(softly) wait -- here.") == ["Just, wait — here."]
    assert texts("(beat)") == []
    lexicon = {"duocast": "doo-oh-cast", "sql": "/sˈikwəl/"}
    assert texts("DuoCast, SQL.", lexicon=lexicon) == ["doo oh cast, SQL."]


def syllables(seconds, rate=24_000):
    """A tone that comes and goes five times a second."""
    at = np.arange(int(seconds * rate)) / rate
    return (0.2 * np.sin(2 * np.pi * 180 * at) * (0.5 - 0.5 * np.cos(2 * np.pi * 5 * at))).astype(
        np.float32
    )


@pytest.mark.parametrize(
    ("sound", "badness", "words"),
    [
        (syllables(2.0), 0, ""),
        (np.zeros(48_000, np.float32), 3, "nothing is heard"),
        (np.zeros(0, np.float32), 3, "nothing is heard"),
        (np.full(9, np.nan, np.float32), 3, "nothing is heard"),
        (syllables(9.0), 2, "ran on"),
        (syllables(0.4), 2, "words are missing"),
        (np.random.default_rng(0).normal(0, 0.1, 48_000).astype(np.float32), 1, "noise"),
    ],
)  # fmt: skip
def test_a_sound_that_is_no_speech_is_judged(sound, badness, words):
    verdict = judged(sound, 2.0)
    assert verdict.badness == badness
    assert words in verdict.reason


class Actor:
    """Says its sounds one after the other."""

    rate = 24_000

    def __init__(self, *sounds):
        self.sounds = list(sounds)
        self.seeds = []

    def say(self, ask):
        self.seeds.append(ask.seed)
        return self.sounds.pop(0)


ASK = Ask("You kept it.", "amber", "en-US", 1.0, 7)


def test_a_bad_take_is_said_again_with_another_seed_and_the_reason_is_kept():
    good, silence = syllables(1.0), np.zeros(24_000, np.float32)
    actor = Actor(silence, syllables(9.0), good)
    sound, told = spoken(actor, ASK, 1.0)
    assert np.abs(sound - good).max() < 0.01
    assert len(set(actor.seeds)) == 3
    assert ["nothing is heard" in told[0], "ran on" in told[1], len(told)] == [True, True, 2]


def test_an_offset_and_rumble_are_taken_away():
    at = np.arange(48_000) / 24_000
    rumble = 0.3 + 0.2 * np.sin(2 * np.pi * 12 * at)
    sound, told = spoken(Actor((syllables(2.0) + rumble).astype(np.float32)), ASK, 2.0)
    assert not told
    inside = slice(4_800, -4_800)
    assert np.abs(sound - syllables(2.0))[inside].max() < 0.03


def test_the_least_bad_take_is_kept_and_silence_fails():
    noise = np.random.default_rng(1).normal(0, 0.1, 30_000).astype(np.float32)
    sound, told = spoken(Actor(syllables(9.0), noise, syllables(9.0)), ASK, 1.0)
    assert np.abs(sound - noise).std() < 0.02
    assert len(told) == TRIES
    with pytest.raises(EngineError, match="said nothing") as raised:
        spoken(Actor(*[np.zeros(100, np.float32)] * TRIES), ASK, 1.0)
    assert raised.value.code == "A0611"


def test_what_is_expected_follows_the_pace():
    assert expected_seconds(["hello", "there"], 2.0) == pytest.approx(
        expected_seconds(["hello", "there"], 1.0) / 2
    )


def test_a_reference_is_made_ready(tmp_path):
    sound = np.concatenate([np.zeros(48_000), syllables(40.0, 48_000), np.zeros(48_000)])
    write_wav(tmp_path / "mara.wav", np.stack([sound, sound], axis=1), 48_000)
    from duocast.runtime.sound.file import read_sound

    samples, rate = read_sound(prepared(tmp_path / "mara.wav", tmp_path))
    assert (rate, samples.shape) == (RATE, (30 * RATE, 1))
    assert np.abs(samples[: RATE // 4]).max() > 0.01  # its silence is gone


@pytest.mark.parametrize("content", [b"no sound at all", None])
def test_a_useless_reference_is_refused(tmp_path, content):
    file = tmp_path / "mara.wav"
    if content is None:
        write_wav(file, syllables(0.4, 48_000)[:, None], 48_000)
    else:
        file.write_bytes(content)
    with pytest.raises(EngineError, match="no voice can be taken") as raised:
        prepared(file, tmp_path)
    assert raised.value.code == "V0203"


def test_a_voice_is_cast_by_name_else_the_same_one_every_time():
    speakers = ["Ana Florence", "Andrew Chipper", "Claribel Dervla", "Craig Gutsy"]
    assert cast_voice("xtts", "ana florence", speakers) == "Ana Florence"
    assert cast_voice("xtts", "slate", speakers) in ("Andrew Chipper", "Craig Gutsy")
    assert cast_voice("xtts", "amber", speakers) in ("Ana Florence", "Claribel Dervla")
    assert cast_voice("vits", "amber", []) is None
    with pytest.raises(EngineError, match="no voice called Bob") as raised:
        cast_voice("xtts", "Bob", speakers)
    assert raised.value.code == "V0204"


def test_emphasis_does_not_split(tmp_path):
    assert texts("You ", Words(text="kept", emphasis=2), " it.") == ["You kept it."]
