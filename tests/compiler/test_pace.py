"""Pace: 1 is the pace of dialogue, whatever the voice, and the estimate knows it."""

import pytest
from scripts import screenplay

from duocast.compiler.estimate import MANNERS, estimate_take
from duocast.compiler.operations.speak import SpeakParams, VoiceSpec, Words
from duocast.compiler.resolve.voices import VoiceChoice
from duocast.compiler.voices import VOICES, tempo_of
from duocast.runtime.speech import manner

LINE = "A good cut comes a little before you want it. You feel the question."


def spec(name, pace=1.0):
    return VoiceChoice(id=name, pace=pace).spec("slate", language="en")


def seconds(voice):
    return estimate_take(SpeakParams(voice=voice, segments=(Words(text=LINE),))).seconds


def test_quick_voices_are_slowed_to_dialogue_and_slow_ones_keep_their_own():
    for voice in VOICES:
        assert spec(voice.name).pace * voice.tempo == pytest.approx(min(1.0, voice.tempo), abs=1e-3)
    assert spec("willow").pace == 1.0


def test_a_line_is_as_long_in_every_voice_but_the_slow_ones():
    ordinary = seconds(spec("amber"))
    assert seconds(spec("poppy")) == pytest.approx(ordinary, rel=0.01)
    assert seconds(spec("willow")) > ordinary * 1.2


def test_the_writers_pace_multiplies():
    assert seconds(spec("linen", 0.8)) == pytest.approx(seconds(spec("linen")) / 0.8, rel=0.01)


def test_a_voice_of_another_engine_is_left_alone():
    assert tempo_of("nobody-here") == 1.0
    assert VoiceChoice(id="nobody-here").spec("slate", language="en") == VoiceSpec(
        id="nobody-here", language="en"
    )


def test_a_murmur_falls_into_the_pause_of_the_line_it_answers():
    play = screenplay(
        "INT. ROOM - DAY\n\nMARA\nForty thousand that stayed in. Nobody counts the ones I took out again.\n\n"
        "JONAS ^\nMm-hm.\n"
    )
    beats = [b for s in play.scenes for shot in s.shots for b in shot.beats if b.kind == "said"]
    murmur = beats[-1]
    assert murmur.with_word == 5, "the first word of the second sentence"
    assert -0.35 < murmur.gap < -0.1


def test_the_estimate_knows_the_manners_as_the_voices_have_them():
    assert {word: manner.MANNERS[word].pace for word in MANNERS} == MANNERS
