"""Effects: every sound that is promised, clean, at its loudness, and without a seam."""

import numpy as np
import pytest

from duocast.compiler.operations.sound import EffectParams
from duocast.compiler.sounds import SOUNDS, known_sounds, nearest_sounds, sounds_in
from duocast.runtime.engine import EngineError, Request
from duocast.runtime.sound.file import read_sound, write_wav
from duocast.runtime.sound.foley.foley import RECIPES, Foley, effect
from duocast.runtime.sound.loudness import integrated_loudness, true_peak


def test_what_the_compiler_knows_the_engine_can_make():
    assert set(known_sounds()) == set(RECIPES)
    assert list(known_sounds()) == sorted(known_sounds())


@pytest.mark.parametrize(
    ("words", "names"),
    [
        ("rain on window", ["rain on window"]),
        ("thunder storm rain", ["thunder", "rain"]),
        ("night crickets", ["crickets"]),
        ("the phone buzzes", ["phone buzz"]),
        ("door slams", ["door close"]),
        ("footsteps on gravel", ["steps"]),
        ("room tone", ["room tone"]),
        ("window opens", ["door open"]),
        ("dragon", []),
    ],
)
def test_words_name_sounds(words, names):
    assert [sound.name for sound in sounds_in(words)] == names


def test_a_slip_finds_its_sound():
    assert nearest_sounds("footsteps")[0] == "steps"
    assert "applause" in nearest_sounds("aplause")
    assert nearest_sounds("qqqq") == ()


@pytest.mark.parametrize(
    "sound", [sound for sound in SOUNDS if sound.continuous], ids=lambda s: s.name
)
def test_what_goes_on_loops_without_a_seam(sound):
    made = effect(sound.name, True, 4.0, 2)
    assert made.shape == (4 * 48_000, 2)
    moves = np.abs(np.diff(made, axis=0)).max(axis=1)
    assert np.abs(made[0] - made[-1]).max() <= max(np.percentile(moves, 99.9), 1e-3)
    _clean(made)


@pytest.mark.parametrize("sound", [s for s in SOUNDS if not s.continuous], ids=lambda s: s.name)
def test_what_happens_once_starts_and_ends_in_silence(sound):
    made = effect(sound.name, False, 0, 2)
    assert np.abs(made[0]).max() < 0.01
    assert np.abs(made[-1]).max() < 0.01
    assert len(made) <= (sound.seconds + 4) * 48_000
    _clean(made)


def _clean(made):
    assert np.isfinite(made).all()
    assert true_peak(made) <= -1.4
    assert -27 < integrated_loudness(made, 48_000) <= -19.8
    assert np.abs(made.mean(axis=0)).max() < 2e-3


def test_seeds_differ_and_one_seed_does_not():
    first, again, other = (effect("fire", True, 2.0, seed) for seed in (1, 1, 2))
    np.testing.assert_array_equal(first, again)
    assert not np.array_equal(first, other)


def test_an_unknown_sound_is_hardly_to_be_heard():
    assert integrated_loudness(effect("dragon", False, 0, 1), 48_000) < -40


def _run(folder, params, **inputs):
    request = Request(params.plain(), inputs, folder, lambda _: None, None)
    return read_sound(Foley().run(request)["sound"])


def test_a_file_becomes_a_loop_and_a_broken_one_is_named(tmp_path):
    time = np.arange(44_100 * 3) / 44_100
    write_wav(tmp_path / "hum.wav", np.sin(2 * np.pi * 97.3 * time) * 0.4 + 0.2, 44_100, 16)
    sound, rate = _run(tmp_path, EffectParams(loop=True), file=tmp_path / "hum.wav")
    assert rate == 48_000
    assert abs(sound.mean()) < 0.01
    assert np.abs(sound[0] - sound[-1]).max() < 0.02
    (tmp_path / "bad.mp3").write_bytes(b"no sound at all")
    with pytest.raises(EngineError) as caught:
        _run(tmp_path, EffectParams(), file=tmp_path / "bad.mp3")
    assert caught.value.code == "A0321"
