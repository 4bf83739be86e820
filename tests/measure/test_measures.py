"""The measures themselves: each finds the fault that it is for in a film that was made to have it, and no other."""

import wave

import av
import numpy as np
import pytest

from measure.picture import black_frames, frozen_stretches, hard_cuts, jumps, look_at, stutters
from measure.programme import decoded, delay, ffmpeg_level, level
from measure.said import direction_words, errors, spoken_directions
from measure.subtitles import SaidWord, faults, read_srt, sync_faults

WIDTH, HEIGHT, FPS = 96, 64, 24


def moving(number, seed=0):
    """A picture that differs from the one before everywhere."""
    rows, columns = np.mgrid[0:HEIGHT, 0:WIDTH]
    wave_ = 110 + 60 * np.sin(rows / 5 + seed * 2) * np.cos((columns + 2 * number) / 7 + seed)
    return np.repeat(wave_[..., None], 3, axis=2).astype(np.uint8)


@pytest.fixture(scope="module")
def film(tmp_path_factory):
    """Three seconds: a cut at 24, black from 36 to 39, frozen from 48 to 57, one frame dropped at 66."""
    path = tmp_path_factory.mktemp("film") / "faulty.mp4"
    with av.open(str(path), "w") as container:
        stream = container.add_stream("libx264", rate=FPS, options={"crf": "10", "threads": "1"})
        stream.width, stream.height, stream.pix_fmt = WIDTH, HEIGHT, "yuv420p"
        for number in range(72):
            shown = 48 if 48 <= number < 58 else 65 if number == 66 else number
            picture = moving(shown, seed=int(number >= 24))
            picture = picture if not 36 <= number < 40 else np.zeros_like(picture)
            for packet in stream.encode(av.VideoFrame.from_ndarray(picture, format="rgb24")):
                container.mux(packet)
        for packet in stream.encode():
            container.mux(packet)
    return look_at(path)


def test_every_fault_of_a_picture_is_found_where_it_is(film):
    assert (film.frames, film.fps, film.width, film.height) == (72, FPS, WIDTH, HEIGHT)
    assert black_frames(film) == [36, 37, 38, 39]
    assert [run for run in frozen_stretches(film) if run[0] != 37] == [(49, 9)]
    assert frozen_stretches(film, range(30, 60)) == []
    assert stutters(film) == [66]
    assert 24 in hard_cuts(film)
    assert 24 in jumps(film, ())
    assert 24 not in jumps(film, {24})


def test_both_meters_agree_on_a_tone(tmp_path):
    path = tmp_path / "tone.wav"
    tone = 0.25 * np.sin(2 * np.pi * 997 * np.arange(48_000 * 4) / 48_000)
    with wave.open(str(path), "wb") as file:
        file.setnchannels(2)
        file.setsampwidth(2)
        file.setframerate(48_000)
        file.writeframes(np.repeat(tone * 32767, 2).astype("<i2").tobytes())
    sound, rate = decoded(path)
    own, other = level(sound / 32768, rate), ffmpeg_level(path)
    assert sound.shape == (192_000, 2)
    assert own.integrated == pytest.approx(other.integrated, abs=0.1)
    assert own.peak == pytest.approx(other.peak, abs=0.15)
    assert own.peak == pytest.approx(20 * np.log10(0.25), abs=0.1)


def test_a_delay_is_told_to_the_sample():
    noise = np.random.default_rng(1).normal(size=48_000)
    assert delay(np.concatenate([np.zeros(37), noise]), noise) == 37
    assert delay(noise[50:], noise) == -50


SRT = """\
1
00:00:01,000 --> 00:00:02,500
Well, here we are.

2
00:00:02,583 --> 00:00:04,000
- Are we?
- BEN: We are.
"""


def words(line, at, text):
    return [SaidWord(word, at + 0.3 * n, line) for n, word in enumerate(text.split())]


def test_captions_are_read_and_judged(tmp_path):
    path = tmp_path / "film.srt"
    path.write_text(SRT, encoding="utf-8")
    cues = read_srt(path)
    said = [
        *words("a", 1.0, "Well, here we are."),
        *words("b", 2.58, "Are we?"),
        *words("c", 2.9, "We are."),
    ]
    assert faults(cues, FPS, 5.0) == []
    assert sync_faults(cues, said, FPS) == []
    late = [SaidWord(word.text, word.start - 0.2, word.line) for word in said]
    assert len(sync_faults(cues, late, FPS)) == 2
    assert sync_faults(cues, [*said, *words("d", 4.5, "Not shown.")], FPS) == [
        "without a caption: Not shown."
    ]
    path.write_text(SRT.replace("02,583", "02,520").replace("are.\n", "are. " + "a" * 40 + "\n", 1))
    told = " ".join(faults(read_srt(path), FPS, 3.0))
    for fault in ("characters", "frames after the one before", "ends after the film"):
        assert fault in told
    path.write_text("1\n00:00:01.000 --> 00:00:02.500\nA point.\n", encoding="utf-8")
    with pytest.raises(ValueError, match="is no cue"):
        read_srt(path)


def test_directions_that_are_spoken_are_found():
    script = "ANNA\n(whispering)\nHello [beat] there. [close on BEN]\n"
    assert direction_words(script) == {"whispering", "beat", "close", "on", "ben"}
    assert spoken_directions(script, "Hello there.", "hello there") == []
    assert spoken_directions(script, "Hello there.", "hello beat there") == ["beat"]
    assert "close on ben" in spoken_directions(script, "Hello.", "hello close on ben")


def test_laughter_and_figures_are_no_word_errors():
    assert errors("It cost $40, she laughed.", "ha ha it cost forty dollars she laughed").count == 0
    assert errors("one two three four", "one too three").count == 2
