"""The film: every frame counted, copied frames untouched, transitions right, sound as long as the picture."""

import av
import cv2
import numpy as np
import pytest
from studio import FILM, NTSC, Production, decoded, heard, packets, psnr

from duocast.compiler.timeline import Chapter, PictureTransition
from duocast.runtime.delivery.join.blend import faded
from duocast.runtime.delivery.join.poster import score
from duocast.runtime.delivery.join.spans import Copied, Overlap, Plain, Rendered, pieces, spans
from duocast.runtime.engine import EngineError

DISSOLVE = PictureTransition(after=0, kind="dissolve", frames=12)
WIPE = PictureTransition(after=1, kind="wipe", frames=8)
FADES = (
    PictureTransition(after=-1, kind="fade", frames=6),
    PictureTransition(after=2, kind="fade", frames=12),
    PictureTransition(after=3, kind="fade", frames=10),
)
HANDLES = {
    0: {"tail_handle": 0.5},
    1: {"head_handle": 0.5, "tail_handle": 1 / 3},
    2: {"head_handle": 1 / 3},
}


@pytest.fixture(scope="module")
def film(tmp_path_factory):
    production = Production(
        tmp_path_factory.mktemp("film"),
        (48, 40, 44, 38),
        (FADES[0], DISSOLVE, WIPE, *FADES[1:]),
        handles=HANDLES,
        chapters=(Chapter(title="One", frame=0), Chapter(title="Two", frame=70)),
    )
    inputs = production.inputs()
    return production, inputs, production.master(inputs)


def test_every_frame_is_there_and_decodes_in_order(film):
    production, _, made = film
    frames = production.timeline().frames
    shown = packets(made["film"])
    assert len(decoded(made["film"])) == frames
    assert sorted(pts for pts, _, _ in shown) == list(range(frames))
    assert [dts for _, dts, _ in shown] == list(range(-1, frames - 1))


def test_picture_and_sound_are_equally_long(film):
    production, _, made = film
    with av.open(str(made["film"])) as container:
        picture, sound = container.streams.video[0], container.streams.audio[0]
        seconds = production.timeline().rate.seconds(production.timeline().frames)
        assert picture.duration * picture.time_base == seconds
        assert sound.duration * sound.time_base == seconds
        assert container.metadata["title"] == "The Letter"
        assert container.metadata["artist"] == "Ada"
        assert [c["metadata"]["title"] for c in container.chapters()] == ["One", "Two"]


def test_copied_frames_are_the_clips_frames(film):
    production, inputs, made = film
    shown = decoded(made["film"])
    for index, clip in enumerate(production.timeline().picture):
        source = decoded(inputs[f"clip.{clip.shot}"])
        middle = clip.frames // 2
        assert psnr(source[middle], shown[clip.start + middle]) > 40, index
    # The second shot lies between two handles with key frames at their edges: every frame of it is copied.
    second = production.timeline().picture[1]
    source = decoded(inputs[f"clip.{second.shot}"])
    for frame in range(12, 32):
        assert psnr(source[frame], shown[second.start + frame]) == 99.0


def test_a_dissolve_goes_evenly_from_one_to_the_other(film):
    production, inputs, made = film
    shown, clips = decoded(made["film"]), production.timeline().picture
    a, b = (decoded(inputs[f"clip.{clip.shot}"]) for clip in clips[:2])
    for index in range(12):
        part = (index + 1) / 13
        mixed = a[36 + index].y * (1 - part) + b[index].y * part
        assert np.abs(shown[36 + index].y - mixed).mean() < 3


def test_a_wipe_uncovers_from_the_left(film):
    production, inputs, made = film
    shown, clips = decoded(made["film"]), production.timeline().picture
    going, coming = (decoded(inputs[f"clip.{clip.shot}"]) for clip in clips[1:3])
    frame = shown[clips[2].start + 4]
    left, right = np.s_[:, :80], np.s_[:, 280:]
    assert np.abs(frame.u[left].astype(int) - coming[4].u[left]).mean() < 3
    assert np.abs(frame.y[right].astype(int) - going[36].y[right]).mean() < 3


def test_fades_meet_in_black_and_no_other_frame_is_black(film):
    production, _, made = film
    light = np.array([float(frame.y.mean()) for frame in decoded(made["film"])])
    cut = production.timeline().picture[3].start
    dark = [0, cut - 1, cut, len(light) - 1]
    assert all(light[i] < 30 for i in dark)
    assert np.all(np.diff(light[:6]) > 0)
    assert np.all(np.diff(light[-10:]) < 0)
    plain = np.r_[light[8 : cut - 7], light[cut + 7 : -11]]
    assert plain.min() > 60


def test_the_film_is_the_same_every_time(film):
    production, inputs, made = film
    again = production.master(inputs, "again")
    for name in ("film", "poster", "sheet"):
        assert made[name].read_bytes() == again[name].read_bytes()


def test_index_stands_before_the_pictures_and_no_time_of_day_is_in_the_file(film):
    content = film[2]["film"].read_bytes()
    assert content.index(b"moov") < content.index(b"mdat")
    assert b"Lavf" not in content
    assert content[content.index(b"mvhd") + 8 : content.index(b"mvhd") + 16] == bytes(8)


def test_sound_stands_where_the_programme_has_it(tmp_path):
    click = np.zeros(FILM.samples(72), np.float32)
    click[48_000:48_040] = 0.8
    production = Production(tmp_path, (36, 36))
    made = production.master(production.inputs(sound=click))
    found = int(np.argmax(np.abs(heard(made["film"])[0])))
    assert abs(found - 48_020) < 60


@pytest.mark.parametrize("rate", [FILM, NTSC])
def test_hard_cuts_copy_every_frame(tmp_path, rate):
    production = Production(tmp_path, (25, 1, 40), rate=rate, quality="draft")
    inputs = production.inputs()
    made = production.master(inputs)
    whole = [frame for i in range(3) for frame in decoded(inputs[f"clip.scene/{i}"])]
    shown = decoded(made["film"])
    assert len(shown) == 66
    assert all(psnr(a, b) == 99.0 for a, b in zip(whole, shown, strict=True))


def test_clips_that_do_not_match_are_encoded_again_as_a_whole(tmp_path, caplog):
    production = Production(tmp_path, (20, 20), odd={1: {"quality": "draft"}})
    inputs = production.inputs()
    made = production.master(inputs)
    assert "encoded again" in caplog.text
    shown, second = decoded(made["film"]), decoded(inputs["clip.scene/1"])
    assert len(shown) == 40
    assert psnr(shown[30], second[10]) > 36


def test_a_clip_of_the_wrong_length_is_refused(tmp_path):
    production = Production(tmp_path, (20, 20))
    inputs = production.inputs()
    inputs["clip.scene/1"] = production.root / "shot0" / "out" / "clip.mp4"
    Production(tmp_path, (20, 21)).timeline()
    inputs["timeline"].write_bytes(Production(tmp_path, (20, 21)).timeline().to_json())
    with pytest.raises(EngineError, match="has 20 frames, not 21") as caught:
        production.master(inputs)
    assert caught.value.code == "R0405"


def test_only_what_changes_is_encoded(tmp_path):
    timeline = Production(tmp_path, (48, 40), (DISSOLVE,)).timeline()
    found = spans(timeline)
    assert found == (Plain(0, 0, 36), Overlap(0, 36, 12, "dissolve"), Plain(1, 12, 40))
    exact = pieces(found, ((0, 36, 48), (0, 12, 40)))
    assert exact == (Copied(0, 0, 36), Rendered((found[1],)), Copied(1, 12, 40))
    loose = pieces(found, ((0, 30, 48), (0, 20, 40)))
    assert loose == (
        Copied(0, 0, 30),
        Rendered((Plain(0, 30, 36), found[1], Plain(1, 12, 20))),
        Copied(1, 20, 40),
    )


def test_crossing_transitions_are_refused(tmp_path):
    both = (DISSOLVE, PictureTransition(after=1, kind="dissolve", frames=12))
    with pytest.raises(EngineError, match="shorter than its two transitions"):
        spans(Production(tmp_path, (40, 20, 40), both).timeline())


def test_a_fade_keeps_colour_neutral(film):
    frame = decoded(film[1]["clip.scene/0"])[5]
    dark = faded(frame, 0.0)
    assert (dark.y.max(), dark.u.min(), dark.v.max()) == (16, 128, 128)


def test_poster_prefers_a_lit_face_to_a_card():
    card = np.full((270, 480, 3), 20, np.uint8)
    face = np.full((270, 480, 3), (120, 110, 90), np.uint8)
    cv2.circle(face, (240, 135), 80, (150, 180, 225), -1)
    bare = np.full((270, 480, 3), (120, 110, 90), np.uint8)
    assert score(face) > score(bare) > score(card)


def test_sheet_shows_every_shot(film):
    sheet = cv2.imread(str(film[2]["sheet"]))
    poster = cv2.imread(str(film[2]["poster"]))
    assert poster.shape == (180, 320, 3)
    lit = (cv2.cvtColor(sheet, cv2.COLOR_BGR2GRAY) > 60).astype(np.uint8)
    count, _, stats, _ = cv2.connectedComponentsWithStats(lit)
    pictures = [s for s in stats[1:count] if s[cv2.CC_STAT_AREA] > 40_000]
    assert len(pictures) == 4
