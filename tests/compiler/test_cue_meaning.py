"""Cues in the Screenplay: what is heard from when to when, how loud, and what makes way for whom."""

import pytest
from scripts import graph, scenes, screenplay

from duocast.compiler.cutting import cut_film
from duocast.compiler.estimate import estimate_take
from duocast.compiler.operations.cut import CutParams
from duocast.compiler.operations.speak import SpeakParams
from duocast.compiler.operations.time import Carry, TimeParams
from duocast.compiler.timing import time_shot

KITCHEN = "INT. KITCHEN - NIGHT\n\n"
TALK = "MARA\nYou kept it.\n\nJONAS\nI kept [#box] every one of them.\n\nMARA\nWhy?\n"
FILES = {"theme.wav": "sound", "phone.wav": "sound"}


def sounds(body, kind="music", **options):
    play = screenplay(KITCHEN + body, files=FILES, **options)
    return [cue for cue in play.sounds if cue.kind == kind]


def timeline(body):
    """The timeline by estimates: what the editor makes of the film."""
    made = graph(KITCHEN + body, files=FILES)
    takes, timings, carry = {}, {}, {}
    for node in made.nodes:
        plain = dict(node.params)
        if str(node.operation) == "speak":
            takes[node.address.removesuffix("/take")] = estimate_take(SpeakParams.from_plain(plain))
        elif str(node.operation) == "time":
            shot = node.address.removesuffix("/time")
            scene = shot.split("/")[0]
            own = {name.removeprefix("times."): takes[f"{scene}/{name.removeprefix('times.')}"]
                   for name in node.inputs if name.startswith("times.")}  # fmt: skip
            before = node.inputs.get("carry")
            held = carry[before.address.removesuffix("/time")] if before else Carry()
            timings[shot], carry[shot] = time_shot(TimeParams.from_plain(plain), own, held)
    (cut,) = (node for node in made.nodes if str(node.operation) == "cut")
    return cut_film(CutParams.from_plain(dict(cut.params)), timings, takes)


def test_every_option_of_a_sound():
    (cue,) = sounds(
        "MUSIC: theme.wav, -18dB, fade in 2s, fade out 3s, loop, from 12s, duck 9dB under JONAS, "
        f"until JONAS speaks\n\n{TALK}"
    )
    assert (cue.file, cue.gain_db, cue.loop, cue.offset) == ("theme.wav", -18, True, 12)
    assert (cue.fade_in, cue.fade_out) == (2, 3)
    assert (cue.duck_db, cue.duck_under) == (-9, "jonas")
    assert cue.stop.line.startswith("kitchen-night/jonas-")


@pytest.mark.parametrize(
    ("kind", "written", "depth"),
    [
        ("music", "MUSIC: soft piano", -12),
        ("music", "MUSIC: soft piano, no duck", 0),
        ("music", "MUSIC: soft piano, duck 20dB", -20),
        ("ambience", "AMBIENCE: rain", -3),
        ("effects", "SFX: knock", 0),
        ("effects", "SFX: siren, duck under dialogue", -6),
    ],
)
def test_what_makes_way(kind, written, depth):
    (cue,) = sounds(f"{written}\n\n{TALK}", kind)
    assert cue.duck_db == depth


def test_tracks_make_way_as_their_sounds_ask():
    body = f"MUSIC: theme.wav, duck 9dB under JONAS, from 2s\n\nSFX: phone.wav\n\n{TALK}"
    tracks = {t.kind: t for t in timeline(body).tracks if t.clips}
    assert (tracks["music"].duck_db, tracks["music"].duck_under) == (-9, "jonas")
    assert tracks["music"].clips[0].offset == 2 * 48000
    assert tracks["effects"].duck_db == 0


def test_marks_stand_in_lines_and_between_them():
    spoken, free = sounds(
        f"[#door]\n\n{TALK}\nSFX: knock, at #box\n\nSFX: bell, at #door\n", "effects"
    )
    assert spoken.start.mark == "box"
    assert (free.start.beat, free.start.line) == (0, None)


def test_a_sound_goes_with_what_somebody_says():
    made = timeline(f"SFX: phone.wav, under JONAS\n\n{TALK}")
    (clip,) = (clip for track in made.tracks if track.kind == "effects" for clip in track.clips)
    (said,) = (line for line in made.spoken if line.role == "jonas")
    assert clip.at == said.at
    assert clip.at + clip.samples == pytest.approx(said.end, abs=4800)


def test_until_the_end_of_the_film():
    body = f"MUSIC: soft piano, until end of film\n\n{TALK}\nINT. HALL - DAY\n\n{TALK}"
    assert sounds(body)[0].stop is None
    body = body.replace("end of film", "end of scene")
    assert sounds(body)[0].stop.shot.startswith("kitchen-night/")


@pytest.mark.parametrize(
    ("kind", "name"), [("music", "MUSIC"), ("ambience", "AMBIENCE"), ("effects", "SFX")]
)
def test_what_plays_can_be_stopped(kind, name):
    (cue,) = sounds(
        f"{name}: rain, until end of film\n\n{TALK}\n{name}: stop, fade out 2s\n\nMARA\nWell.\n",
        kind,
    )
    assert cue.stop is not None
    assert cue.fade_out == 2


def test_words_on_the_picture_have_a_place_and_a_moment():
    body = 'TITLE: "Years later", top left, 3s\n\nLOWER THIRD: JONAS, under JONAS, 4s\n\n' + TALK
    found = [o for shot in scenes(KITCHEN + body)[0].shots for o in shot.overlays]
    title, third = found
    assert (title.kind, title.place, title.end - title.start) == ("title", "top left", 3)
    assert (third.text, third.word, third.end) == ("Jonas", 0, 4)
    assert third.line.startswith("jonas-")


def test_chapters_stand_where_they_are_written():
    body = f"CHAPTER: One\n\n{TALK}\nCHAPTER: Two\n\nMARA\nWell.\n"
    made = timeline(body)
    assert [chapter.title for chapter in made.chapters] == ["One", "Two"]
    assert made.chapters[0].frame < made.chapters[1].frame


def test_the_film_fades_through_white():
    made = timeline(f"{TALK}\nFADE TO WHITE:\n\nINT. HALL - DAY\n\n{TALK}")
    assert "white" in {t.colour for t in made.transitions}


def test_words_appear_at_the_very_word_of_a_mark():
    body = f'{TALK}\nTITLE: "A box", at #box, 2s\n'
    (title,) = (o for shot in scenes(KITCHEN + body)[0].shots for o in shot.overlays)
    assert (title.word, title.start, title.end) == (2, 0, 2)
    assert title.line.startswith("jonas-")
