"""B-roll in scripts: shots of their own, pictures over a line, and what is said about mistakes."""

import pytest

from compiler.scripts import compiled, graph, scenes, symbolic_keys
from duocast.compiler.graph import Asset
from duocast.compiler.operations.encode import FootageSpec
from duocast.compiler.screenplay import Said

FILES = dict.fromkeys(("harbour.mp4", "tin.jpg", "notes.txt", "my tin, closed.jpg"), b"x")
LINE = (
    "Everything that you wrote is in a tin under the stairs, every single page of it, "
    "where nobody ever looks and where nobody will ever find it again."
)
HEAD = "INT. KITCHEN - NIGHT\n\n"


def shots(body):
    return scenes(HEAD + body, files=FILES)[0].shots


def said(shot):
    return [(b.first, b.last) for b in shot.beats if isinstance(b, Said)]


def codes(body):
    """What is wrong; notes are not."""
    found = compiled(HEAD + body, files=FILES).diagnostics
    return [d.code for d in found if d.severity != "note"]


def test_alone_it_is_a_shot_of_three_seconds():
    alone, after = shots("B-ROLL: harbour.mp4\n\nRain on the window.\n")
    assert (alone.broll, alone.exactly, alone.camera.subjects) == ("harbour.mp4", 3.0, ())
    assert after.broll is None


@pytest.mark.parametrize("length", ["4s", "for 4s"])
def test_its_length_can_be_said(length):
    assert shots(f"B-ROLL: tin.jpg, {length}\n\nRain.\n")[0].exactly == 4.0


def test_before_a_speech_it_covers_the_line_and_comes_off_at_a_word():
    covered, rest = shots(f"B-ROLL: harbour.mp4, 2s\n\nMARA\n{LINE}\n")
    assert (covered.broll, rest.broll) == ("harbour.mp4", None)
    (first, last), (following, end) = *said(covered), *said(rest)
    assert (first, end) == (0, None)
    assert following == last + 1
    assert rest.camera.subjects


def test_without_a_length_it_covers_the_whole_line():
    (covered,) = shots(f"B-ROLL: harbour.mp4\n\nMARA\n{LINE}\n")
    assert covered.broll == "harbour.mp4"
    assert said(covered) == [(0, None)]


def test_inside_a_speech_it_begins_at_its_word():
    before, covered, after = shots(
        f"[close on MARA]\n\nMARA\nEverything that [B-ROLL: tin.jpg, 2s] {LINE}\n"
    )
    assert [s.broll for s in (before, covered, after)] == [None, "tin.jpg", None]
    assert said(before) == [(0, 1)]
    assert said(covered)[0][0] == 2
    assert before.camera == after.camera


def test_two_in_a_row_share_the_line():
    first, second = shots(f"B-ROLL: harbour.mp4, 2s\nB-ROLL: tin.jpg\n\nMARA\n{LINE}\n")
    assert (first.broll, second.broll) == ("harbour.mp4", "tin.jpg")
    assert said(second)[0] == (said(first)[0][1] + 1, None)


def test_under_somebody_it_waits_for_them():
    found = shots(f"B-ROLL: harbour.mp4, under JONAS\n\nMARA\nWhy?\n\nJONAS\n{LINE}\n")
    assert [s.broll for s in found] == [None, "harbour.mp4"]


def test_the_writers_next_cut_ends_it():
    found = shots(f"MARA\nEverything [B-ROLL: tin.jpg, 9s] that you [close on MARA] {LINE}\n")
    covered = next(s for s in found if s.broll)
    assert said(covered) == [(1, 2)]


def test_a_shot_that_was_asked_for_comes_after_it():
    found = shots("[close on JONAS]\n\nB-ROLL: tin.jpg, 2s\n\nMARA\nWhy?\n\nJONAS\nBecause.\n")
    covered = next(i for i, s in enumerate(found) if s.broll)
    assert any(s.camera.subjects == ("jonas",) for s in found[covered:])


def test_lines_that_are_only_heard_name_their_speaker():
    nodes = {
        n.address: n for n in graph(f"{HEAD}B-ROLL: tin.jpg\n\nMARA\n{LINE}\n", files=FILES).nodes
    }
    (line,) = nodes["film/cut"].params["lines"]
    assert line["on_screen"] is False


@pytest.mark.parametrize(
    ("words", "spec"),
    [
        ("slow, mirror", FootageSpec(speed=0.5, mirror=True)),
        ("fast", FootageSpec(speed=2)),
        ("speed 75%, loop, from 1.5s", FootageSpec(speed=0.75, loop=True, start=1.5)),
        (
            "fade in 500ms, black and white, fade out",
            FootageSpec(fade_in=0.5, black_and_white=True, fade_out=1.0),
        ),
    ],
)
def test_options_in_any_order(words, spec):
    assert shots(f"B-ROLL: harbour.mp4, {words}, 4s\n\nRain.\n")[0].footage == spec


def test_a_name_with_a_comma_goes_in_quotes():
    alone = shots('B-ROLL: "my tin, closed.jpg", mirror, 2s\n\nRain.\n')[0]
    assert (alone.broll, alone.footage.mirror) == ("my tin, closed.jpg", True)


@pytest.mark.parametrize(
    ("cue", "code"),
    [
        ("missing.mp4", "A0001"),
        ("../harbour.mp4", "A0002"),
        ("notes.txt", "A0410"),
        ("harbour.mp4, mirorr", "D0502"),
        ("harbour.mp4, speed 0%", "D0502"),
        ("harbour.mp4, 3000s", "D0505"),
        ("harbour.mp4, -6dB", "D0503"),
        ("tin.jpg, slow", "D0503"),
        ("boats in the mist", "D0501"),
    ],
)
@pytest.mark.parametrize("place", ["B-ROLL: {}\n\nRain.\n", "MARA\nIt is [B-ROLL: {}] late.\n"])
def test_mistakes_are_found(cue, code, place):
    assert codes(place.format(cue)) == [code]


def test_a_slip_is_put_right():
    (found,) = compiled(HEAD + "B-ROLL: harbour.mp4, mirorr\n\nRain.\n", files=FILES).diagnostics
    assert found.fix is not None
    assert found.fix.edits[0].text == "mirror"


def test_what_cannot_be_seen_any_more_is_said():
    body = "B-ROLL: harbour.mp4, 9s\nB-ROLL: tin.jpg\n\nMARA\nWhy?\n"
    assert codes(body) == ["D0504"]


def test_footage_needs_neither_stage_nor_people():
    nodes = {
        n.address: n for n in graph(HEAD + "B-ROLL: tin.jpg, 2s\n\nRain.\n", files=FILES).nodes
    }
    assert "kitchen-night/shot-1/still" not in nodes
    assert "kitchen-night/shot-1/picture" not in nodes
    clip = nodes["kitchen-night/shot-1/clip"]
    assert clip.inputs["picture"] == Asset("tin.jpg")
    assert clip.params["footage"] == FootageSpec().plain()
    assert nodes["kitchen-night/shot-2/clip"].params["footage"] is None


def test_another_effect_makes_one_other_clip():
    plain, grey = (
        symbolic_keys(graph(f"{HEAD}B-ROLL: tin.jpg, 2s{more}\n\nMARA\nWhy?\n", files=FILES))
        for more in ("", ", black and white")
    )
    changed = {address.split("/")[0] for address in plain if plain[address] != grey[address]}
    shot = [a for a in plain if plain[a] != grey[a] and not a.startswith("film")]
    assert changed == {"kitchen-night", "film"}
    assert shot == ["kitchen-night/shot-1/clip"]
