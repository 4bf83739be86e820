"""Music: what the words become, and what a listener would object to."""

import itertools

import numpy as np
import pytest

from duocast.compiler.operations.sound import ScoreParams
from duocast.runtime.engine import Request
from duocast.runtime.sound.file import read_sound, write_wav
from duocast.runtime.sound.loudness import integrated_loudness, true_peak
from duocast.runtime.sound.music.composer import Composer, composed
from duocast.runtime.sound.music.form import compose_form
from duocast.runtime.sound.music.harmony import _PROGRESSIONS, chord, is_minor, progression, voiced
from duocast.runtime.sound.music.instruments.drums import DRUMS
from duocast.runtime.sound.music.melody import melody
from duocast.runtime.sound.music.mood import read_mood
from duocast.runtime.sound.music.performance import HELD, RINGING
from duocast.runtime.sound.music.textures import parts_of

MOODS = (
    "soft piano, hopeful", "tense strings", "upbeat acoustic", "ambient pads, melancholic", "jazz trio",
    "epic", "lullaby", "electronic", "playful waltz", "sad strings",
)  # fmt: skip


@pytest.mark.parametrize(
    ("words", "texture", "minor"),
    [
        ("soft piano, hopeful", "piano", False),
        ("tense strings", "tension", True),
        ("upbeat acoustic", "acoustic", False),
        ("ambient pads, melancholic", "ambient", True),
        ("jazz trio", "jazz", False),
        ("dark jazz, sad", "jazz", True),
        ("epic", "epic", True),
        ("lullaby", "lullaby", False),
        ("", "piano", False),
        ("xyzzy", "piano", False),
    ],
)
def test_words_choose_players_and_mode(words, texture, minor):
    from duocast.runtime.sound.music.harmony import character

    mood = read_mood(words)
    assert mood.texture == texture
    assert is_minor(character(mood)) == minor


def test_tempo_and_forbidden_instruments_are_heard():
    assert read_mood("acoustic, 104 bpm").tempo == 104
    assert read_mood("slow piano").tempo < read_mood("fast piano").tempo
    assert {part.family for part in parts_of(read_mood("acoustic without drums"))}.isdisjoint(
        {"drums"}
    )
    assert "choir" in {part.instrument for part in parts_of(read_mood("piano and choir"))}


def test_every_chord_is_spelt_right_and_every_instrument_exists():
    for book, strains in _PROGRESSIONS.items():
        for strain in strains:
            names = [name for half in strain for name in half.split()]
            assert len(names) == 8
            for name in names:
                assert set(chord(name, 0, is_minor(book)).tones) <= set(range(12))
    for mood in MOODS:
        for part in parts_of(read_mood(mood)):
            assert part.instrument in RINGING.keys() | HELD.keys() | DRUMS.keys()


def test_voices_move_little_and_the_last_chord_leads_to_the_first():
    first, second = progression(read_mood("hopeful piano"), np.random.default_rng(2))
    chords = voiced(list(first + second), 4, 50, 70)
    moves = [
        abs(new - old)
        for before, after in zip(chords, chords[1:] + chords[:1], strict=True)
        for old, new in zip(before, after, strict=True)
    ]
    assert sum(moves) / len(moves) < 2.6
    assert max(moves) <= 7


@pytest.mark.parametrize("words", MOODS)
def test_a_melody_rests_on_chord_tones_and_seldom_leaps(words):
    song = compose_form(read_mood(words), 64, np.random.default_rng(1))
    tune = melody(song, np.random.default_rng(5), 65, 86)
    assert len(tune) > 10
    long = [note for note in tune if note.beats >= 2]
    for note in long:
        bar = song.bars[int(note.start // song.mood.beats)]
        assert note.pitch % 12 in bar.chord.tones
    leaps = [abs(b.pitch - a.pitch) for a, b in itertools.pairwise(tune)]
    assert np.mean([leap <= 4 for leap in leaps]) > 0.7
    assert max(leaps) <= 12


@pytest.mark.parametrize("seconds", [64.0, 20.0, 7.3])
def test_the_bars_fill_the_time_exactly(seconds):
    song = compose_form(read_mood("soft piano"), seconds, np.random.default_rng(0))
    assert song.beats * song.beat == pytest.approx(seconds)
    assert 0.5 < song.beat * song.mood.tempo / 60 < 2.0


@pytest.mark.parametrize(
    "words", [*MOODS[1:3], *(pytest.param(words, marks=pytest.mark.slow) for words in MOODS[3:])]
)
def test_a_cue_is_clean_and_loops(words):
    cue = composed(words, 8.0, 3)
    assert cue.shape == (8 * 48_000, 2)
    assert integrated_loudness(cue, 48_000) == pytest.approx(-20, abs=0.1)
    assert true_peak(cue) <= -1.0
    assert np.abs(cue.mean(axis=0)).max() < 1e-4
    moves = np.abs(np.diff(cue, axis=0)).max(axis=1)
    seam = np.abs(cue[0] - cue[-1]).max()
    assert seam <= np.percentile(moves, 99.9)
    spectrum = np.abs(np.fft.rfft(cue.mean(axis=1))) ** 2
    hertz = np.fft.rfftfreq(len(cue), 1 / 48_000)
    assert spectrum[hertz < 30].sum() / spectrum.sum() < 0.02
    assert spectrum[hertz > 15_000].sum() / spectrum.sum() < 0.005
    assert 0.02 < np.corrcoef(cue.T)[0, 1] < 0.98


def test_the_same_words_and_seed_give_the_same_music():
    first, again, other = (composed("soft piano", 3.0, seed) for seed in (1, 1, 2))
    np.testing.assert_array_equal(first, again)
    assert np.corrcoef(first[:, 0], other[:, 0])[0, 1] < 0.5


def test_the_engine_takes_a_file_at_any_rate(tmp_path):
    time = np.arange(44_100 * 2) / 44_100
    write_wav(tmp_path / "song.wav", np.sin(2 * np.pi * 440 * time) * 0.9, 44_100, 16)
    request = Request(
        ScoreParams().plain(), {"file": tmp_path / "song.wav"}, tmp_path, lambda _: None, None
    )
    sound, rate = read_sound(Composer().run(request)["sound"])
    assert (rate, sound.shape) == (48_000, (96_000, 2))
    assert integrated_loudness(sound, rate) == pytest.approx(-20, abs=0.1)
