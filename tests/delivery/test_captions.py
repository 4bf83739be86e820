"""Captions: readable by the rules, in time with the words, off the cuts, and said again in SRT and WebVTT."""

import json
import re
from dataclasses import replace
from itertools import pairwise
from math import floor

import pytest
from studio import FILM, NTSC, request

from duocast.compiler.operations.delivery import CaptionParams, ShotCaptions
from duocast.compiler.operations.speak import TakeTimes, WordTime
from duocast.compiler.timeline import PictureClip, SpokenLine, Timeline
from duocast.runtime.delivery.captions import Captioner, caption_faults, cues_of
from duocast.runtime.delivery.captions.breaks import break_cost, rows
from duocast.runtime.delivery.captions.cue import cuts_of
from duocast.runtime.delivery.captions.files import srt, vtt

RULES = CaptionParams()
LONG = (
    "Do you remember the lighthouse, the one on the rocks where we used to go in the summer, before my father sold the "
    "boat and everything that we thought would last began to fall apart?"
)
TALK = (
    ("Mara", "You came back.", 0.5),
    (
        "Jonas",
        "I said I would. Eleven years is a long time, but a promise does not know that, does it?",
        0.25,
    ),
    ("Mara", "No.", 0.2),
    ("Jonas", "No.", 0.15),
    ("Mara", LONG, 0.4),
    ("Jonas", "I remember the stairs.", 0.3),
    ("Mara", "Two hundred!", 0.3),
    ("Jonas", "You counted them every single time. Mr. Hale never believed you.", 0.3),
    ("Mara", "Mm-hm.", -1.5),
    ("Jonas", "So, what now?", 0.6),
)


def take(text, speed):
    """A take at `speed` characters a second, with pauses where one breathes."""
    now, words = 0.02, []
    for word in text.split():
        length = (len(word) + 1) / speed * 0.92
        words.append(WordTime(text=word, start=now, end=now + length * 0.95))
        now += length + (0.45 if word[-1] in ".?!" else 0.18 if word[-1] in ",;:—" else 0.0)
    return TakeTimes(seconds=words[-1].end + 0.05, words=tuple(words), phones=())


def film(talk=TALK, speed=14.0, rate=FILM, on_screen=True, cut_at=None):
    """A film of the talk, the picture cut just before each line; `cut_at` cuts it at these frames instead."""
    now, spoken, times = 0.5, [], {}
    for index, (name, text, gap) in enumerate(talk):
        made, at = take(text, speed), now + gap
        line = f"L{index}"
        times[line] = made
        start, end = round(at * 48000), round((at + made.seconds) * 48000)
        spoken.append(
            SpokenLine(line=line, role=name, name=name, at=start, end=end, on_screen=on_screen)
        )
        now = max(now, at + made.seconds)
    frames = int((now + 1.5) * rate.fps)
    cuts = cut_at or [int(line.at / 48000 * rate.fps) - 1 for line in spoken[1:]]
    edges = sorted({0, *cuts, frames})
    picture = tuple(
        PictureClip(shot=f"scene/{i}", start=a, frames=b - a)
        for i, (a, b) in enumerate(pairwise(edges))
    )
    timeline = Timeline(
        rate=rate,
        width=320,
        height=180,
        frames=frames,
        picture=picture,
        transitions=(),
        tracks=(),
        spoken=tuple(spoken),
    )
    return timeline, times


def faults(timeline, times, rules=RULES):
    return caption_faults(cues_of(timeline, times, rules), rules, timeline.rate, cuts_of(timeline))


@pytest.mark.parametrize("rate", [FILM, NTSC])
@pytest.mark.parametrize("speed", [11.0, 13.0, 14.5])
def test_a_conversation_breaks_no_rule(rate, speed):
    timeline, times = film(speed=speed, rate=rate)
    assert faults(timeline, times) == []


def test_every_word_is_shown_once_and_in_order():
    timeline, times = film()
    cues = cues_of(timeline, times, RULES)
    for line in timeline.spoken:
        written = [word.text for word in times[line.line].words]
        shown = [
            word.text
            for cue in cues
            for part in cue.lines
            for word in part.words
            if line.at / 48000 <= word.start < line.end / 48000 and part.speaker == line.name
        ]
        assert shown == written


def test_lines_break_where_a_reader_would():
    assert rows(
        ["Do", "you", "remember", "the", "lighthouse,", "the", "one", "on", "the", "rocks"], 2, 42
    ) == (
        "Do you remember the lighthouse,",
        "the one on the rocks",
    )
    upper, lower = rows(
        ["everything", "that", "we", "thought", "would", "last", "has", "begun", "to", "fall"],
        2,
        42,
    )
    assert upper.split()[-1] not in ("that", "we", "has", "to")
    assert abs(len(upper) - len(lower)) < 16
    assert break_cost("house,", "and") < break_cost("house", "and") < break_cost("the", "house")
    assert break_cost("Mr.", "Hale") > 1
    assert rows(["word"] * 20, 2, 42) is None


def test_a_short_answer_shares_a_cue_with_its_echo():
    cues = cues_of(*film(), RULES)
    both = next(cue for cue in cues if cue.text == "- No.\n- No.")
    assert [line.speaker for line in both.lines] == ["Mara", "Jonas"]


def test_who_speaks_over_somebody_gets_a_row_of_the_same_cue():
    cues = cues_of(*film(), RULES)
    over = next(cue for cue in cues if "Mm-hm." in cue.text)
    assert over.rows[-1] == "- Mm-hm."
    assert over.rows[0].startswith("- ")
    assert len(over.rows) == 2


def test_who_is_not_seen_is_named():
    timeline, times = film((("Mara", "You came back, then, after all.", 0.5),), on_screen=False)
    cues = cues_of(timeline, times, RULES)
    assert cues[0].text.startswith("MARA: You came back")
    assert "MARA: " in srt(cues, FILM)


def test_an_interrupted_line_ends_with_the_last_word_heard():
    timeline, times = film((("Mara", "I never wanted to say that to you.", 0.5),))
    line = timeline.spoken[0]
    cut = line.at + round(times["L0"].words[3].end * 48000)
    timeline = timeline.replace(spoken=(line.replace(end=cut),))
    assert cues_of(timeline, times, RULES)[0].text == "I never wanted to"


def test_a_cue_does_not_linger_over_a_cut():
    talk = (("Mara", "You really did come back.", 0.5),)
    timeline, _ = film(talk)
    spoken = round((timeline.spoken[0].end / 48000) * 24)
    timeline, times = film(talk, cut_at=[spoken + 3])
    cue = cues_of(timeline, times, RULES)[0]
    assert cue.end == spoken + 3


def test_a_cue_meets_a_cut_that_is_near_its_word():
    timeline, times = film((("Mara", "You came back.", 0.5),), cut_at=[26])
    assert cues_of(timeline, times, RULES)[0].start == 26


def test_too_fast_speech_uses_the_silence_after_it_and_is_reported_only_then():
    talk = (("Mara", "I did not expect that you would come all this way.", 0.5),)
    timeline, times = film(talk, speed=21.0)
    longer = timeline.replace(frames=timeline.frames + 60)
    assert faults(longer, times) == []
    crowded = film((*talk, ("Jonas", LONG, 0.02)), speed=24.0)
    assert {fault.rule for fault in faults(*crowded)} == {"reading speed"}


PODCAST = (
    ("Ruth", "Forty thousand that stayed in. Nobody counts the ones I took out again.", 0.5),
    ("Theo", "Mm-hm.", -2.75),
    ("Nadia", "So what makes a good one?", 0.25),
    ("Ruth", "A good cut comes a little before you want it.", 0.4),
)


def test_a_murmur_stands_with_the_sentence_that_leaves_it_time():
    timeline, times = film(PODCAST, speed=16.5)
    assert faults(timeline, times) == []
    murmur = next(cue for cue in cues_of(timeline, times, RULES) if "Mm-hm." in cue.text)
    assert len(murmur.rows) == 2


def test_words_move_over_an_edge_so_that_both_cues_can_be_read():
    quick = "You will hear every single cut coming, and you will never once be sure of why it came."
    talk = (
        ("Theo", "Because it is always true.", 0.5),
        ("Theo", quick, 0.05),
        ("Ruth", "No.", 0.6),
    )
    for speed in (15.0, 16.0, 17.0):
        assert faults(*film(talk, speed=speed)) == []


def test_a_cue_comes_early_or_its_neighbour_late_where_frames_are_missing():
    words = "I never went home to look for it."
    talk = (("Mara", words, 1.0), ("Jonas", "I know that you did not.", 0.06), ("Mara", "No.", 1.2))
    timeline, times = film(talk, speed=17.6, cut_at=[1])
    cues = cues_of(timeline, times, RULES)
    late = [cue.start - floor(cue.first_word * 24 + 0.001) for cue in cues]
    assert faults(timeline, times) == []
    assert any(late)
    assert max(map(abs, late)) <= 3


def test_the_validator_finds_each_fault():
    timeline, times = film()
    cues = cues_of(timeline, times, RULES)
    cuts = cuts_of(timeline)

    def rules_broken(changed):
        found = caption_faults(changed, RULES, FILM, cuts)
        return {fault.rule for fault in found}

    first, second, *rest = cues
    assert rules_broken([replace(first, end=first.start + 5), second, *rest]) >= {"shortest"}
    assert "longest" in rules_broken([*cues[:-1], replace(cues[-1], end=cues[-1].start + 200)])
    assert "gap" in rules_broken([replace(first, end=second.start - 1), second, *rest])
    assert "sync" in rules_broken([replace(first, start=first.start - 8), second, *rest])
    late = replace(rest[0], start=rest[0].start + 60)
    assert "reading speed" in rules_broken([first, second, late, *rest[1:]])
    line = replace(first.lines[0], rows=("x" * 43, "y", "z"))
    assert {"line length", "lines"} <= rules_broken([replace(first, lines=(line,)), second, *rest])
    over = replace(first, start=first.start, end=cuts[0] + 10)
    assert "cut" in rules_broken([over])


def test_srt_and_vtt_agree_and_are_well_formed():
    timeline, times = film()
    cues = cues_of(timeline, times, RULES)
    subrip, web = srt(cues, FILM), vtt(cues, FILM)
    assert web.startswith("WEBVTT\n")
    arrow = r"(\d\d:\d\d:\d\d)[,.](\d{3}) --> (\d\d:\d\d:\d\d)[,.](\d{3})"
    assert re.findall(arrow, subrip) == re.findall(arrow, web)
    assert len(re.findall(arrow, web)) == len(cues)
    assert "<v Mara>You <" in web
    assert "<v Mara>- No.\n<v Jonas>- No." in web
    bare = re.sub(r"<[^>]*>", "", web)
    for cue in cues:
        assert cue.text in subrip
        assert cue.text in bare


def test_word_times_rise_inside_their_cue():
    timeline, times = film()
    for block in vtt(cues_of(timeline, times, RULES), FILM).split("\n\n")[1:]:
        stamps = re.findall(r"(\d\d):(\d\d):(\d\d)\.(\d{3})", block)
        seconds = [int(h) * 3600 + int(m) * 60 + int(s) + int(ms) / 1000 for h, m, s, ms in stamps]
        start, end, *inside = seconds
        assert all(a < b for a, b in zip([start, *inside], [*inside, end], strict=True))


def test_markup_in_words_and_names_is_escaped():
    timeline, times = film((("A<b> & C", "Is 3 < 4 & true?", 0.5),))
    web = vtt(cues_of(timeline, times, RULES), FILM)
    assert "<v A&lt;b&gt; &amp; C>" in web
    assert "3 <" not in web.replace("3 <0", "")


def test_the_engine_writes_files_and_each_shots_own_captions(tmp_path):
    timeline, times = film()
    inputs = {"timeline": tmp_path / "timeline.json"}
    inputs["timeline"].write_bytes(timeline.to_json())
    for line, made in times.items():
        inputs[f"times.{line}"] = tmp_path / f"{line}.json"
        inputs[f"times.{line}"].write_bytes(made.to_json())
    made = Captioner().run(request(RULES, inputs, tmp_path / "out"))
    assert {"srt", "vtt"} <= set(made)
    cues = cues_of(timeline, times, RULES)
    shown = [0] * timeline.frames
    for clip in timeline.picture:
        captions = ShotCaptions.from_plain(json.loads(made[f"captions.{clip.shot}"].read_text()))
        for caption in captions.captions:
            assert 0 <= caption.start < caption.end <= clip.frames
            for frame in range(caption.start, caption.end):
                shown[clip.start + frame] += 1
    assert [n > 0 for n in shown] == [
        any(c.start <= f < c.end for c in cues) for f in range(len(shown))
    ]
    assert len(set(made.values())) == len(made)


def in_scenes(timeline, times, scenes):
    """The same film with its lines said in these scenes."""
    names = {
        line.line: f"{scene}/{line.line}"
        for line, scene in zip(timeline.spoken, scenes, strict=True)
    }
    spoken = tuple(line.replace(line=names[line.line]) for line in timeline.spoken)
    return timeline.replace(spoken=spoken), {names[line]: take for line, take in times.items()}


@pytest.mark.parametrize("gap", [0.1, -0.3])
def test_a_cue_never_has_words_of_two_scenes(gap):
    talk = (
        ("Mara", "Who is it?", 0.5),
        ("Jonas", "Me.", gap),
        ("Mara", "You!", 0.02),
        ("Jonas", "Yes.", 0.02),
    )
    timeline, times = film(talk, speed=22.0)
    together = cues_of(*in_scenes(timeline, times, ["one"] * 4), RULES)
    apart = cues_of(*in_scenes(timeline, times, ["one", "two", "two", "two"]), RULES)
    assert together[0].rows[0] == "- Who is it?"
    assert apart[0].rows == ("Who is it?",)
    assert len(apart) >= 2


def test_a_film_in_which_nobody_speaks_has_a_file_of_captions_all_the_same():
    assert srt([], FILM) == "\n"
    assert vtt([], FILM) == "WEBVTT\n"
