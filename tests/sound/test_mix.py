"""The mix: levels, ducking, stems, rooms, and the exact length of the film."""

import re
import subprocess

import imageio_ffmpeg
import numpy as np
import pytest

from duocast.compiler.operations.sound import LoudnessReport, MixParams
from duocast.compiler.timeline import Rate, SoundClip, Timeline, Track
from duocast.runtime.engine import EngineError, Request
from duocast.runtime.sound.file import read_sound, write_wav
from duocast.runtime.sound.loudness import integrated_loudness, to_loudness, true_peak
from duocast.runtime.sound.mix.console import Console
from duocast.runtime.sound.mix.cue import seam_of
from duocast.runtime.sound.mix.ducking import STEP, duck_curve, merged
from duocast.runtime.sound.mix.room import over_telephone
from duocast.runtime.sound.mix.voice import strip
from duocast.runtime.sound.signal.dynamics import limited

RATE = 48_000


def talk(seconds, pitch=130.0, seed=0):
    """Something like a voice: a buzz in syllables with hisses between."""
    rng = np.random.default_rng(seed)
    time = np.arange(round(seconds * RATE)) / RATE
    turns = 2 * np.pi * np.cumsum(pitch * (1 + 0.05 * np.sin(2 * np.pi * 2 * time))) / RATE
    buzz = sum(np.sin(order * turns) / order**1.2 for order in range(1, 30))
    syllables = np.clip(np.sin(2 * np.pi * 3.7 * time + 0.3), 0.05, 1) ** 0.6
    hiss = np.diff(rng.standard_normal(len(time)), prepend=0) * np.clip(
        np.sin(9 * time) - 0.8, 0, 1
    )
    return to_loudness(buzz * syllables + 3 * hiss, RATE, -19, -1)


def tone(hertz, seconds, level=-20.0):
    time = np.arange(round(seconds * RATE)) / RATE
    mono = np.sin(2 * np.pi * hertz * time)
    return to_loudness(np.stack([mono, mono], axis=1), RATE, level, -1)


def run(folder, timeline, sounds, params=None):
    inputs = {"timeline": folder / "timeline.json"}
    inputs["timeline"].write_bytes(timeline.to_json())
    for name, sound in sounds.items():
        inputs[name] = folder / f"{name}.wav"
        write_wav(inputs[name], sound, RATE, 24)
    out = folder / "out"
    out.mkdir(exist_ok=True)
    params = params or MixParams()
    files = Console().run(Request(params.plain(), inputs, out, lambda _: None, None))
    stems = {name: read_sound(path)[0] for name, path in files.items() if name != "report"}
    return stems, LoudnessReport.from_json(files["report"].read_text())


def film(*tracks, frames=240, rate=None):
    return Timeline(
        rate=rate or Rate(numerator=24), width=16, height=9, frames=frames, picture=(), transitions=(),
        tracks=tracks, spoken=(),
    )  # fmt: skip


def lines(*clips):
    return Track(kind="dialogue", clips=clips)


def line(at, sound, name="line", **more):
    return SoundClip(source=name, at=round(at * RATE), samples=len(sound), line=name, **more)


@pytest.fixture(scope="module")
def scene(tmp_path_factory):
    """Ten seconds at 23.976: two lines that overlap, music under them, ambience, a bang."""
    folder = tmp_path_factory.mktemp("scene")
    first, second = talk(2.0), talk(1.5, 210, 1)
    rng = np.random.default_rng(2)
    bang = np.exp(-np.arange(9600) / 1500)[:, np.newaxis] * rng.standard_normal((9600, 2)) * 0.3
    rate = Rate(numerator=24_000, denominator=1001)
    total = rate.samples(240)
    timeline = film(
        lines(line(3.0, first, "a", pan=-0.3, room="living"), line(4.6, second, "b", pan=0.3)),
        Track(kind="music", duck_db=-12.0,
              clips=(SoundClip(source="music", at=0, samples=total, loop=True, gain_db=-4),)),
        Track(kind="effects", clips=(SoundClip(source="bang", at=8 * RATE, samples=9600),)),
        Track(kind="ambience",
              clips=(SoundClip(source="air", at=0, samples=total, loop=True, gain_db=-20),)),
        rate=rate,
    )  # fmt: skip
    air = to_loudness(rng.standard_normal((2 * RATE, 2)), RATE, -20, -1)
    sounds = {"a": first, "b": second, "music": tone(500, 2.0), "bang": bang, "air": air}
    stems, report = run(folder, timeline, sounds)
    return folder, timeline, sounds, stems, report


def test_the_programme_has_the_samples_of_its_frames(scene):
    _, timeline, _, stems, report = scene
    assert report.samples == timeline.rate.samples(240) == 480_480
    assert {len(sound) for sound in stems.values()} == {480_480}


def test_it_stands_at_the_norm_and_ffmpeg_agrees(scene):
    folder, _, _, stems, report = scene
    assert report.integrated == pytest.approx(-16, abs=0.1)
    assert report.true_peak <= -1.0
    assert integrated_loudness(stems["programme"], RATE) == pytest.approx(
        report.integrated, abs=0.02
    )
    command = [imageio_ffmpeg.get_ffmpeg_exe(), "-nostats", "-i", str(folder / "out/programme.wav")]
    command += ["-af", "ebur128=peak=true", "-f", "null", "-"]
    said = subprocess.run(command, capture_output=True, text=True, check=True).stderr
    summary = said.split("Summary:")[1]
    assert float(re.search(r"I:\s+(\S+)", summary).group(1)) == pytest.approx(-16, abs=0.1)
    assert float(re.search(r"Peak:\s+(\S+)", summary).group(1)) <= -0.9


def test_the_stems_add_up_to_the_programme_before_its_limiter(scene):
    *_, stems, _ = scene
    total = stems["dialogue"] + stems["music"] + stems["effects"]
    difference = np.abs(total - stems["programme"]).max(axis=1)
    assert (difference < 1e-6).mean() > 0.5
    heard = np.abs(total[:, 0]) > 0.02
    gain = stems["programme"][heard, 0] / total[heard, 0]
    assert gain.max() < 1.0001
    assert np.percentile(gain, 1) > 0.6


def _level(sound, start, end):
    return 10 * np.log10(np.square(sound[round(start * RATE) : round(end * RATE)]).mean() + 1e-12)


def test_music_is_down_before_the_first_phoneme_and_comes_back(scene):
    *_, stems, _ = scene
    music = stems["music"]
    alone = _level(music, 1.0, 2.5)
    assert _level(music, 2.97, 3.0) == pytest.approx(alone - 12, abs=0.5)
    assert _level(music, 3.2, 6.0) == pytest.approx(alone - 12, abs=0.3)
    assert _level(music, 2.6, 2.75) == pytest.approx(alone, abs=0.3)
    assert _level(music, 7.3, 9.0) == pytest.approx(alone, abs=0.3)


def test_the_same_timeline_gives_the_same_bytes(scene, tmp_path):
    folder, timeline, sounds, *_ = scene
    run(tmp_path, timeline, sounds)
    for name in ("programme.wav", "dialogue.flac", "music.flac", "effects.flac", "report.json"):
        assert (tmp_path / "out" / name).read_bytes() == (folder / "out" / name).read_bytes()


def test_a_looped_tone_has_no_click(scene):
    *_, stems, _ = scene
    part = stems["music"][RATE // 2 : round(2.5 * RATE), 0]
    assert np.abs(np.diff(part, 2)).max() < 1.5 * np.abs(np.diff(part[:4000], 2)).max()


def test_short_gaps_do_not_pump():
    spans = [(RATE, 2 * RATE), (round(2.4 * RATE), 3 * RATE), (5 * RATE, 6 * RATE)]
    assert merged(spans) == [(RATE, 3 * RATE), (5 * RATE, 6 * RATE)]
    curve = duck_curve(spans, 8 * RATE)
    assert curve[RATE // STEP : 3 * RATE // STEP].min() == 1.0
    assert curve[4 * RATE // STEP : round(4.5 * RATE) // STEP].max() == 0.0
    assert np.abs(np.diff(curve)).max() < 0.1


def test_a_loop_whose_ends_meet_keeps_its_beat():
    assert seam_of(tone(100, 2.0)) == 0
    rough = tone(100.3, 2.0)
    assert seam_of(rough[:-137]) > 0


def test_the_limiter_holds_and_leaves_the_rest_alone():
    rng = np.random.default_rng(3)
    sound = (rng.standard_normal((RATE, 2)) * 0.05).astype(np.float32)
    sound[24_000:24_020] += 1.7
    held = limited(sound, -1.0)
    assert true_peak(held) <= -1.0
    np.testing.assert_array_equal(held[:23_000], sound[:23_000])


@pytest.mark.parametrize("room", ["none", "small", "living", "hall", "outdoors", "studio", "phone"])
def test_a_room_changes_the_place_and_not_the_level(room):
    voice = talk(2.0)
    alone, placed = strip(voice, 0.0, room)
    assert integrated_loudness(alone, RATE) == pytest.approx(-19, abs=0.3)
    assert integrated_loudness(placed, RATE) == pytest.approx(-19, abs=1.2)
    if room in ("none", "phone"):
        assert len(placed) == len(voice)
    else:
        tail = placed[len(voice) : len(voice) + 2400]
        assert np.square(tail).mean() > 0
        assert np.corrcoef(tail.T)[0, 1] < 0.9


def test_a_hall_rings_longer_than_a_studio():
    def energy_after(room, seconds):
        _, placed = strip(talk(1.0), 0.0, room)
        return float(np.square(placed[round((1.0 + seconds) * RATE) :]).sum())

    assert energy_after("hall", 0.3) > 100 * energy_after("studio", 0.3) + 1e-9


def test_a_telephone_is_narrow():
    narrow = over_telephone(np.random.default_rng(1).standard_normal(RATE).astype(np.float32) * 0.1)
    spectrum = np.abs(np.fft.rfft(narrow)) ** 2
    hertz = np.fft.rfftfreq(RATE, 1 / RATE)
    assert spectrum[(hertz > 300) & (hertz < 3500)].sum() / spectrum.sum() > 0.98


def test_panning_keeps_the_power():
    voice = talk(1.0)
    _, left = strip(voice, -1.0, "none")
    _, middle = strip(voice, 0.0, "none")
    assert np.square(left).sum() == pytest.approx(np.square(middle).sum(), rel=1e-3)
    assert np.abs(left[:, 1]).max() < 1e-6


def test_a_silent_film_is_silence_of_its_length(tmp_path):
    stems, report = run(tmp_path, film(lines()), {})
    assert report.integrated == -70.0
    assert report.samples == 480_000
    assert not stems["programme"].any()


def test_a_loud_bang_over_the_norm_does_not_clip_its_stem(tmp_path):
    rng = np.random.default_rng(5)
    bang = rng.standard_normal((24_000, 2)) * np.exp(-np.arange(24_000) / 400)[:, np.newaxis] * 0.3
    clip = SoundClip(source="bang", at=RATE, samples=24_000, gain_db=20.0)
    voice = talk(3.0)
    timeline = film(lines(line(4.0, voice)), Track(kind="effects", clips=(clip,)))
    stems, report = run(tmp_path, timeline, {"bang": bang, "line": voice})
    assert np.abs(stems["effects"]).max() < 0.999
    assert report.true_peak <= -1.0
    assert report.integrated == pytest.approx(-16, abs=0.1)


def test_other_norms_are_met(tmp_path):
    voice = talk(4.0)
    params = MixParams(loudness=-23.0, true_peak=-2.0)
    _, report = run(tmp_path, film(lines(line(1.0, voice))), {"line": voice}, params)
    assert report.integrated == pytest.approx(-23, abs=0.1)
    assert report.true_peak <= -2.0


def test_a_sound_that_is_not_there_is_named(tmp_path):
    timeline = film(lines(SoundClip(source="take.x", at=0, samples=10)))
    with pytest.raises(EngineError, match=r"take\.x"):
        run(tmp_path, timeline, {})
