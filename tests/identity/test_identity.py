"""Identity without ids: what an edit leaves alone keeps its names, its seeds and its takes."""

import pytest
from filming import CAST, keys_of, made

from duocast.compiler.graph import ShotGraph
from duocast.compiler.identity import Identity, settle
from duocast.compiler.lower import Crew, lower

WORK = ("speak", "portrait", "plate", "compose", "time", "animate", "encode")
KITCHEN = """\
INT. KITCHEN - NIGHT

MARA
You kept it all these years, every single page.

JONAS
I kept everything you ever wrote to me.

MARA
Yes.

JONAS
You were the one who went away first.

MARA
Yes.

"""
STATION = """\
EXT. STATION - DAY

JONAS
You came back after all of this.

MARA
I know that I should have called before.

"""


def two(before, after, head=CAST, head_after=None):
    """The settled film of `after`, whose history is `before`."""
    first = settle(made(before, head), Identity())
    return first, settle(made(after, head_after or head), first.identity)


def line_ids(settled):
    return [(scene.id, line.id) for scene in settled.screenplay.scenes for line in scene.lines]


def keys(settled, *operations):
    return keys_of(lower(settled.screenplay, Crew()), *operations)


def scene_keys(settled):
    """The keys of pictures and voices, but for the end card, which shows the cast by name."""
    graph = lower(settled.screenplay, Crew())
    nodes = tuple(node for node in graph.nodes if not node.address.startswith("end-card/"))
    return keys_of(ShotGraph(nodes[:-5], graph.target), *WORK)


def shot_ids(settled, scene):
    return [
        shot.id.rpartition("/")[2]
        for one in settled.screenplay.scenes
        if one.id == scene
        for shot in one.shots
    ]


def test_a_film_without_a_history_is_as_it_was_compiled():
    fresh = made(KITCHEN + STATION)
    assert settle(fresh, Identity()).screenplay == fresh


def test_settling_the_same_text_again_changes_nothing():
    first, again = two(KITCHEN + STATION, KITCHEN + STATION)
    assert again.screenplay == first.screenplay
    assert again.identity == first.identity


def test_an_edited_line_keeps_its_name_and_its_seed():
    after = KITCHEN.replace("every single page", "every single letter")
    first, then = two(KITCHEN, after)
    assert line_ids(then) == line_ids(first)
    old, new = (s.screenplay.scenes[1].lines[0] for s in (first, then))
    assert (old.seed, new.id) == (None, old.id)
    speak = [n for n in lower(then.screenplay, Crew()).nodes if str(n.operation) == "speak"]
    before = [n for n in lower(first.screenplay, Crew()).nodes if str(n.operation) == "speak"]
    assert speak[0].params["seed"] == before[0].params["seed"]
    assert [n.address for n in speak] == [n.address for n in before]


def test_an_edit_that_is_taken_back_gives_the_first_film_again():
    first, then = two(KITCHEN, KITCHEN.replace("every single page", "every single letter"))
    back = settle(made(KITCHEN), then.identity)
    assert line_ids(back) == line_ids(first)
    assert keys(back, "speak", "animate", "encode") == keys(first, "speak", "animate", "encode")


def test_deleting_the_first_of_two_same_lines_leaves_the_other_its_name():
    first, then = two(KITCHEN, KITCHEN.replace("MARA\nYes.\n\n", "", 1))
    assert line_ids(first)[4][1].endswith("-2")
    assert line_ids(then) == [*line_ids(first)[:2], *line_ids(first)[3:]]
    assert then.lost == (line_ids(first)[2],)


def test_a_new_line_never_gets_the_name_of_another():
    after = KITCHEN.replace("MARA\nYes.\n\n", "MARA\nThere is a train to Vienna at nine.\n\n", 1)
    first, then = two(KITCHEN, after)
    assert then.born[0][1] not in {name for _, name in line_ids(first)}


def test_new_words_like_those_of_an_edited_line_get_a_name_of_their_own():
    edited = KITCHEN.replace("I kept everything you ever", "I kept everything that you ever")
    first, then = two(KITCHEN, edited)
    third = settle(made(edited + "JONAS\nI kept everything you ever wrote to me.\n"), then.identity)
    names = [name for _, name in line_ids(third)]
    assert len(set(names)) == len(names)
    assert names[1] == line_ids(first)[1][1]


def test_a_scene_put_in_before_another_of_its_name_takes_nothing_from_it():
    other = KITCHEN.replace("You kept it all these years, every single page.", "Sit down, please.")
    other = "\n\n".join(other.split("\n\n")[:2]) + "\n\n"
    first, then = two(KITCHEN, other + KITCHEN)
    assert [s.id for s in then.screenplay.scenes if s.lines] == ["kitchen-night-2", "kitchen-night"]
    assert [i for s, i in line_ids(then) if s == "kitchen-night"] == [i for _, i in line_ids(first)]


def test_speeches_that_move_to_another_scene_keep_their_names():
    block = "JONAS\nI kept everything you ever wrote to me.\n\nMARA\nYes.\n\n"
    first, then = two(KITCHEN + STATION, KITCHEN.replace(block, "") + STATION + block)
    moved = [name for scene, name in line_ids(then) if scene == "station-day"][-2:]
    assert moved == [name for _, name in line_ids(first)][1:3]
    assert not then.born
    assert not then.lost


def test_a_renamed_character_keeps_the_face_and_the_voice():
    head = CAST.replace("  voice: amber\n", "")
    first, then = two(
        KITCHEN + STATION,
        (KITCHEN + STATION).replace("MARA", "ODETTE"),
        head=head,
        head_after=head.replace("MARA", "ODETTE"),
    )
    assert scene_keys(then) == scene_keys(first)
    assert [role.name for role in then.screenplay.roles] == ["Odette", "Jonas"]
    again = settle(
        made((KITCHEN + STATION).replace("MARA", "ODETTE"), head.replace("MARA", "ODETTE")),
        then.identity,
    )
    assert again.identity == then.identity


def test_a_line_that_somebody_else_says_now_is_told_as_recast():
    after = KITCHEN.replace("JONAS\nYou were the one", "MARA\nYou were the one")
    first, then = two(KITCHEN, after)
    assert [(old, new[:5]) for _, old, new in then.recast] == [(line_ids(first)[3][1], "mara-")]
    assert not then.born


def test_a_voice_that_was_dealt_stays_when_somebody_joins_the_cast():
    head = "Title: Test\n\ncharacter MARA\n  side: left\n\ncharacter JONAS\n  side: right\n\n"
    joined = head.replace("character MARA", "character ALMA\n  side: centre\n\ncharacter MARA")
    first, then = two(KITCHEN, KITCHEN, head=head, head_after=joined)
    voices = {role.id: role.voice for role in then.screenplay.roles}
    assert {role.id: role.voice for role in first.screenplay.roles}.items() <= voices.items()


def test_a_shot_that_is_put_in_is_named_after_the_one_before():
    first, then = two(
        KITCHEN,
        KITCHEN.replace("JONAS\nYou were", "[insert of the letter, hold 2s]\n\nJONAS\nYou were"),
    )
    before, after = shot_ids(first, "kitchen-night"), shot_ids(then, "kitchen-night")
    assert set(before) <= set(after)
    added = [name for name in after if name not in before]
    assert added
    assert all(name[-1].isalpha() for name in added)


@pytest.mark.parametrize("twice", [False, True])
def test_cues_point_at_the_lasting_names(twice):
    body = KITCHEN.replace("[[]]", "") + "SFX: door\n"
    first = settle(made(body), Identity())
    then = settle(made(body.replace("every single", "each")), first.identity)
    if twice:
        then = settle(made(body.replace("every single", "each and every")), then.identity)
    shots = {shot.id for scene in then.screenplay.scenes for shot in scene.shots}
    lines = {line.id for scene in then.screenplay.scenes for line in scene.lines}
    for cue in then.screenplay.sounds:
        assert cue.start.shot in shots
        assert cue.start.line is None or cue.start.line in lines
    lower(then.screenplay, Crew())
