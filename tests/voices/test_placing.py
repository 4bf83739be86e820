"""Words find their places in a recording: by a recogniser, by whoever said them, or by their share of the sound."""

from itertools import pairwise

import numpy as np
import pytest
from tests_speech import line, say

from duocast.compiler.operations.animate import Actor
from duocast.compiler.operations.speak import Pause, VoiceSpec, Words
from duocast.runtime.sound.file import resample
from duocast.runtime.speech.arpabet import ARPABET, spoken
from duocast.runtime.speech.forced import forced
from duocast.runtime.speech.placing import placed, shared
from duocast.runtime.speech.reading import read_words
from duocast.runtime.speech.recording import SHARED, Recording, phonemes, take_of
from duocast.runtime.speech.score import score_of
from duocast.runtime.speech.spelling import spelt
from duocast.runtime.talking.intent import talking_intent

RATE = 24_000
SENTENCE = "You kept it. All 24 of them, and you never told Siobhan about the $599 letter."


@pytest.fixture(scope="module")
def said(tmp_path_factory):
    """A take of the draft voice: its sound at 24 kHz, its phonemes and its own times."""
    params = line(SENTENCE)
    _, samples, times = say(params, tmp_path_factory.mktemp("said"))
    sound = resample(samples.astype(np.float32), 48_000, RATE)
    return sound, read_words(SENTENCE.split(), british=False), times


def spans_of(phones):
    found = {}
    for phone in phones:
        found[phone.word] = (found.get(phone.word, (phone.start,))[0], phone.end)
    return found


def test_every_word_and_number_is_found_where_it_is_said(said):
    sound, read, times = said
    found = forced(sound, read)
    spans = spans_of(found.phones)
    assert list(spans) == list(range(len(times.words)))
    off = [spans[n][0] - word.start for n, word in enumerate(times.words)]
    assert np.median(np.abs(off)) < 0.04
    assert max(map(abs, off)) < 0.2
    assert [phone.symbol for phone in found.phones] == [
        s for phones in read for s in spoken(phones)
    ]
    assert all(a.end <= b.start + 1e-6 for a, b in pairwise(found.phones))


def test_the_same_sound_has_the_same_alignment_whatever_came_before(said):
    sound, read, _ = said
    first = forced(sound, read)
    forced(sound[: RATE // 2], read[:2])
    assert forced(sound, read) == first


def test_another_text_fits_worse(said):
    sound, read, _ = said
    other = read_words(
        ["Nobody", "ever", "drives", "four", "hundred", "miles", "through", "snow", "for", "tea"],
        british=False,
    )
    wrong = forced(sound, other)
    assert wrong is None or wrong.fit < forced(sound, read).fit


def test_letters_are_enough_to_place_a_language_that_nobody_here_reads(said):
    sound, _, times = said
    words = SENTENCE.replace("24", "twenty four").replace("$599", "five ninety nine").split()
    plain = SENTENCE.split()
    spans = spans_of(forced(sound, spelt(plain)).phones)
    off = [spans[n][0] - word.start for n, word in enumerate(times.words) if plain[n] in words]
    assert np.median(np.abs(off)) < 0.06


@pytest.mark.parametrize(
    ("word", "sounds"),
    [("Straße,", "stɹasse,"), ("où", "ou"), ("señor", "seɲoɹ"), ("Привет!", "pɹivɛt!"), ("愛", "tə"),
     ("(leise)", ""), ("—", "—")],
)  # fmt: skip
def test_spelling(word, sounds):
    assert spelt([word])[0].replace("ss", "s") == sounds.replace("ss", "s")


def test_every_sound_of_the_reader_has_a_phone():
    words = "measure church judge thing yellow water button bottle choir fire poor hour vision"
    left = {c for phones in read_words(words.split(), british=False) for c in phones}
    assert left - set(ARPABET) <= set("ˈˌː,.")


def test_nothing_fits_into_silence_and_then_words_share_what_is_there():
    read = read_words(["One", "two", "three"], british=False)
    noise = np.zeros(RATE, np.float32)
    noise[RATE // 4 : RATE // 2] = 0.1 * np.sin(np.arange(RATE // 4))
    phones = shared(noise, read)
    assert [phone.word for phone in phones] == sorted(phone.word for phone in phones)
    assert (phones[0].start, phones[-1].end) == (
        pytest.approx(0.25, abs=0.03),
        pytest.approx(0.5, abs=0.03),
    )
    short = noise[: RATE // 50]
    _, way, _ = placed(short, read_words(SENTENCE.split(), british=False))
    assert way == "shared"


def test_shares_leave_silence_to_nobody():
    read = read_words(["left", "right"], british=False)
    tone = 0.2 * np.sin(np.arange(RATE // 2) / 10).astype(np.float32)
    sound = np.concatenate([tone, np.zeros(RATE, np.float32), tone])
    left, right = spans_of(shared(sound, read)).values()
    assert left[1] < 0.6
    assert right[0] > 1.4


def test_a_recording_becomes_a_take_with_the_lines_own_pauses(said):
    sound, _, times = said
    params = line("You kept it.", Pause(seconds=0.8), SENTENCE.removeprefix("You kept it. "))
    take = take_of(params, [Recording(sound, 0, len(times.words))])
    assert [word.text for word in take.times.words] == SENTENCE.split()
    gap = take.times.words[3].start - take.times.words[2].end
    assert 0.75 < gap < 1.5
    assert take.times.phones[0].start == 0.0
    assert take.times.remarks is not None
    assert "remarks" not in take.times.plain()


def test_a_recording_tells_what_is_meant_as_our_own_voices_do(said):
    sound, _, times = said
    params = line("You", Words(text="kept", emphasis=1), "it.", Pause(seconds=0.8), SENTENCE[13:])
    take = take_of(params, [Recording(sound, 0, len(times.words))])
    actor = Actor(role="mara", emphasis=1.0)
    found = talking_intent(take.times, actor, "line")
    kept = take.times.words[1]
    assert [(each.kind, each.start) for each in found if each.kind == "emphasis"] == [
        ("emphasis", kept.start)
    ]
    assert any(each.kind == "pause" and each.end - each.start > 0.7 for each in found)
    assert (found[0].start, found[-1].end) == (0.0, take.times.seconds)


def test_estimated_words_are_remarked():
    params = line("One two three four five six seven eight nine ten.")
    short = 0.1 * np.sin(np.arange(RATE // 20) / 5).astype(np.float32)
    take = take_of(params, [Recording(short, 0, 10)])
    assert take.times.plain()["remarks"] == [SHARED]


def test_two_recordings_are_equally_loud_and_join_without_a_click(said):
    sound, _, times = said
    count = len(times.words)
    params = line(SENTENCE, SENTENCE)
    take = take_of(params, [Recording(sound, 0, count), Recording(sound * 0.2, count, 2 * count)])
    first, second = np.split(take.sound, [len(take.sound) // 2])
    assert np.std(first) == pytest.approx(np.std(second), rel=0.1)
    seam = round((take.times.words[count - 1].end + take.times.words[count].start) / 2 * 48_000)
    assert np.abs(np.diff(take.sound[seam - 2400 : seam + 2400])).max() < 0.02


def test_words_of_another_language_have_sounds_too():
    german = line(Words(text="Grüß dich"), spec=VoiceSpec(id="amber", language="de-DE"))
    assert phonemes(german, score_of(german)) == ("ɡɹus", "dih")
