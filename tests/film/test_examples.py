"""Every example, rendered by the command line and measured from its files alone: picture, sound, words, captions, lips.

`DUOCAST_TEST_QUALITY=draft` measures the drafts instead. Transcription and reading lips pull small models.
"""

import os
import shutil
from functools import cached_property
from pathlib import Path

import numpy as np
import pytest

from duocast.cli.studio import weights
from duocast.runtime.sound.file import read_sound
from measure.lips import seen_lips
from measure.picture import black_frames, frozen_stretches, hard_cuts, jumps, look_at, stutters
from measure.programme import decoded, delay, ffmpeg_level, level
from measure.rendered import render
from measure.said import errors, heard_in, spoken_directions
from measure.subtitles import faults, read_srt, sync_faults
from measure.voices import Voices, performed

pytestmark = [pytest.mark.slow, pytest.mark.network]

SCRIPTS = Path(__file__).parents[2] / "examples" / "scripts"
NAMES = sorted(script.name for script in SCRIPTS.glob("*.[sf]*"))
QUALITY = os.environ.get("DUOCAST_TEST_QUALITY", "standard")
MOST_WORD_ERRORS = 0.10
LATEST_LIPS = 0.040
LEAST_CORRELATION = 0.6
ENOUGH = 2.0
"""Seconds that a role must be seen to speak before its lips are judged."""


class Example:
    """An example, rendered when it is first asked for, and what was measured of it."""

    def __init__(self, name: str, home: Path) -> None:
        self.name = name
        self.home = home

    @cached_property
    def film(self):
        project = self.home / self.name
        project.mkdir(exist_ok=True)
        script = Path(shutil.copy(SCRIPTS / self.name, project))
        return render(script, self.home, quality=QUALITY)

    @cached_property
    def picture(self):
        return look_at(self.film.film)

    @cached_property
    def sound(self):
        return decoded(self.film.film)

    @cached_property
    def fps(self):
        return float(self.film.timeline.rate.fps)

    @cached_property
    def heard(self):
        cache = weights()
        model = [cache.path(n) for n in cache.catalogue.names if n.startswith("whisper-tiny.en/")]
        return heard_in(*self.sound, self.home, model[0].parent)

    @cached_property
    def written(self):
        return " ".join(word.text for word in self.film.said())

    @cached_property
    def seen(self):
        return Voices(self.film, seen_lips)


@pytest.fixture(scope="module")
def examples(tmp_path_factory):
    home = tmp_path_factory.mktemp("examples")
    return {name: Example(name, home) for name in NAMES}


@pytest.fixture(params=NAMES)
def example(request, examples):
    return examples[request.param]


def test_the_picture_is_the_plan_frame_by_frame(example, figures):
    film, picture = example.film, example.picture
    timeline = film.timeline
    assert picture.frames == timeline.frames
    assert picture.fps == timeline.rate.fps
    assert (picture.width, picture.height) == (timeline.width, timeline.height)
    clips = timeline.picture
    assert clips[-1].start + clips[-1].frames == timeline.frames
    assert [film.timing(clip.shot).frames for clip in clips] == [clip.frames for clip in clips]
    planned = film.fade_frames() | film.card_frames()
    assert [f for f in black_frames(picture) if f not in planned] == []
    still = film.still_frames()
    assert frozen_stretches(picture, still) == []
    assert stutters(picture, still) == []
    joined = {transition.after for transition in timeline.transitions}
    cuts = {clip.start for number, clip in enumerate(clips) if number and number - 1 not in joined}
    seen = hard_cuts(picture)
    assert cuts - seen == set(), "every cut is seen on its frame"
    unexplained = jumps(picture, cuts | film.laid_over(), film.spoken_at())
    figures(frames=picture.frames, shots=len(clips), jumps=unexplained)
    assert unexplained == []


def test_the_sound_is_as_long_as_the_picture_and_at_the_norm(example, figures):
    film, (sound, rate) = example.film, example.sound
    seconds = float(example.picture.seconds)
    programme, _ = read_sound(film.file("film/mix", "programme"))
    late = delay(sound, programme)
    own, other = level(sound, rate), ffmpeg_level(film.film)
    figures(
        difference_frames=(len(sound) / rate - seconds) * example.fps,
        delay_samples=late,
        lufs=own.integrated,
        lufs_ffmpeg=other.integrated,
        peak=own.peak,
        peak_ffmpeg=other.peak,
    )
    assert abs(len(sound) / rate - seconds) <= 1 / example.fps
    assert abs(late) <= rate / 1000
    delivery = film.screenplay.delivery
    for found in (own, other):
        assert abs(found.integrated - delivery.loudness) <= 0.5
        assert found.peak <= delivery.true_peak
    assert abs(film.report["loudness"]["integrated"] - own.integrated) <= 0.1


def test_the_captions_can_be_read(example, figures):
    film = example.film
    cues = read_srt(film.captions)
    figures(cues=len(cues))
    assert cues
    assert faults(cues, example.fps, float(example.picture.seconds)) == []
    assert sync_faults(cues, film.said(), example.fps) == []
    assert film.captions.with_suffix(".vtt").read_text(encoding="utf-8").startswith("WEBVTT")


def test_what_is_heard_is_what_is_written(example, figures):
    found = errors(example.written, example.heard)
    script = example.film.script.read_text(encoding="utf-8")
    figures(errors=found.count, words=found.words, rate=found.rate, heard=example.heard)
    assert spoken_directions(script, example.written, example.heard) == []


def test_the_word_error_rate_over_all_examples(examples, figures):
    found = [errors(example.written, example.heard) for example in examples.values()]
    rate = sum(each.count for each in found) / sum(each.words for each in found)
    figures(words=sum(each.words for each in found), rate=rate)
    assert rate <= MOST_WORD_ERRORS


def test_lips_on_the_frames_follow_the_voices(example, figures):
    seen = example.seen
    for role in seen.roles:
        found = seen.agreement(role)
        if found.seconds < ENOUGH:
            continue
        shut, centre = seen.closed_share(role), seen.centre_share(role)
        told = f"{found.correlation:.2f} at {found.offset * 1000:+.0f} ms"
        figures(**{role: f"{told}, shut {shut:.0%}, in the middle frame {centre:.0%}"})
        assert abs(found.offset) <= LATEST_LIPS, role
        assert found.correlation >= LEAST_CORRELATION, role
        assert shut >= 0.95, role


def test_each_mouth_has_its_own_voice_and_listeners_keep_theirs_shut(example, figures):
    seen = example.seen
    matrix, ratio = seen.binding(), seen.listening_ratio()
    figures(binding=matrix.round(2).tolist(), listener=ratio)
    assert ratio < 0.1
    own = np.diag(matrix)
    others = matrix[~np.eye(len(matrix), dtype=bool)]
    assert own.min() >= 0.5
    assert not len(others) or others.max() < 0.3


def test_performances_are_in_step_before_a_frame_is_drawn(example):
    voices = Voices(example.film, performed)
    for role in voices.roles:
        found = voices.agreement(role)
        if found.seconds >= ENOUGH:
            assert abs(found.offset) <= LATEST_LIPS, role
            assert found.correlation >= LEAST_CORRELATION, role
            assert voices.closed_share(role) >= 0.95, role


def test_the_files_are_all_there_and_a_second_render_has_nothing_to_do(example):
    film = example.film
    names = {
        str(path.relative_to(film.folder)) for path in film.folder.rglob("*") if path.is_file()
    }
    stem = film.script.stem
    assert names >= {f"{stem}.mp4", f"{stem}.srt", f"{stem}.vtt", "poster.jpg", "contact-sheet.jpg"}
    assert names >= {f"stems/{stem}.flac" for stem in ("dialogue", "music", "effects")}
    again = render(film.script, example.home, quality=QUALITY)
    assert again.ran() == set()
    assert again.report["master_sha256"] == film.report["master_sha256"]
