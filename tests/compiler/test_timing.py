"""The clock: a shot's frames, its spans, and what rings on over the cut."""

import pytest

from duocast.compiler.operations.speak import MarkTime, TakeTimes, WordTime
from duocast.compiler.operations.time import Anchor, Carry, HoldBeat, SpokenBeat, TimeParams
from duocast.compiler.timeline import Rate
from duocast.compiler.timing import INTERRUPTION_FADE, time_shot

RATE = Rate(numerator=24)


def take(words=4, seconds=2.0, tail=0.0, marks=()):
    """A take of equally long words, with silence of `tail` seconds after the last."""
    each = (seconds - tail) / words
    spoken = tuple(WordTime(text=f"w{i}", start=i * each, end=(i + 1) * each) for i in range(words))
    return TakeTimes(seconds=seconds, words=spoken, phones=(), marks=marks)


def shot(*beats, **options):
    return TimeParams(rate=RATE, beats=beats, **options)


def test_a_shot_lasts_as_long_as_what_stands_under_it():
    params = shot(SpokenBeat(line="a", role="m"), head=0.5, tail=0.25)
    timing, carry = time_shot(params, {"a": take()}, Carry())
    assert timing.frames == round(2.75 * 24)
    assert (timing.spoken[0].at, timing.spoken[0].seconds) == (0.5, 2.0)
    assert carry.lines == ()


def test_lines_follow_each_other_with_their_gaps():
    beats = (
        SpokenBeat(line="a", role="m"),
        SpokenBeat(line="b", role="j", anchor=Anchor(offset=0.3)),
    )
    timing, _ = time_shot(shot(*beats), {"a": take(), "b": take()}, Carry())
    assert [span.at for span in timing.spoken] == [0.0, pytest.approx(2.3)]


def test_a_cut_inside_a_line_falls_on_the_word_and_the_rest_is_carried_to_the_sample():
    times = {"a": take(words=4, seconds=2.1)}
    first, carry = time_shot(shot(SpokenBeat(line="a", role="m", last=1), head=0.5), times, Carry())
    length = first.frames / 24
    word = 0.5 + 2.1 / 2
    assert word - 1 / 24 < length <= word + 1e-6
    ((line, role, reached, left),) = carry.lines
    assert (line, role) == ("a", "m")
    assert reached == pytest.approx(length - 0.5)
    assert reached + left == pytest.approx(2.1)
    second, rest = time_shot(shot(SpokenBeat(line="a", role="m", first=2), tail=0.2), times, carry)
    assert second.spoken[0].offset == pytest.approx(reached)
    assert second.spoken[0].continued
    assert second.frames == round((left + 0.2) * 24)
    assert rest.lines == ()


def test_an_interrupted_line_ends_after_its_last_word_and_rings_under_the_next_shot():
    times = {"a": take(seconds=2.0, tail=0.8)}
    params = shot(SpokenBeat(line="a", role="m", interrupted=True), tail=-0.2)
    timing, carry = time_shot(params, times, Carry())
    sounding = 1.2 + INTERRUPTION_FADE
    assert timing.frames == round((sounding - 0.2) * 24)
    ((_, _, _, left),) = carry.lines
    assert left == pytest.approx(sounding - timing.frames / 24)
    after, _ = time_shot(shot(SpokenBeat(line="b", role="j")), {**times, "b": take()}, carry)
    assert {span.line: span.at for span in after.spoken} == {"a": 0.0, "b": 0.0}


def test_exactly_wins_over_speech_and_at_least_is_a_floor():
    beat = SpokenBeat(line="a", role="m")
    timing, carry = time_shot(shot(beat, exactly=1.0), {"a": take()}, Carry())
    assert timing.frames == 24
    assert carry.lines[0][3] == pytest.approx(1.0)
    timing, _ = time_shot(shot(beat, at_least=4.0), {"a": take()}, Carry())
    assert timing.frames == 96


def test_a_line_together_with_another_starts_at_its_word():
    beats = (
        SpokenBeat(line="a", role="m"),
        SpokenBeat(line="b", role="j", anchor=Anchor(line="a", edge="start", word=2)),
        HoldBeat(seconds=1.0),
    )
    timing, _ = time_shot(shot(*beats), {"a": take(), "b": take(seconds=0.5)}, Carry())
    assert timing.spoken[1].at == pytest.approx(1.0)
    assert timing.beats[2] == (pytest.approx(2.0), pytest.approx(3.0))


def test_marks_are_known_in_shot_time():
    times = {"a": take(marks=(MarkTime(name="ring", at=1.5),))}
    timing, _ = time_shot(shot(SpokenBeat(line="a", role="m"), head=0.5), times, Carry())
    assert timing.marks == (("ring", 2.0),)
