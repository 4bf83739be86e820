"""What stands inside a speech, in the Screenplay: stretches, pronunciations, gestures, other voices, cuts."""

import pytest
from scripts import CAST, compiled, graph, scenes

from duocast.compiler.operations.speak import Delivery

KITCHEN = "INT. KITCHEN - NIGHT\n\n"
ANSWER = "\nJONAS\nI kept every one of them.\n"


def line(text, **options):
    return scenes(f"{KITCHEN}MARA\n{text}\n{ANSWER}", **options)[0].lines[0]


def deliveries(text):
    return [s for s in line(text).segments if isinstance(s, Delivery)]


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("You [whisper] kept it.", Delivery(manner=("whisper",))),
        ("You [quietly] kept it.", Delivery(manner=("quiet",))),
        ("You [shouts] kept it.", Delivery(manner=("shouting",))),
        ("You [loud] kept it.", Delivery(manner=("loud",))),
        ("You [slowly] kept it.", Delivery(manner=("slow",))),
        ("You [fast] kept it.", Delivery(manner=("fast",))),
        ("You [high voice] kept it.", Delivery(pitch=2.0)),
        ("You [low voice] kept it.", Delivery(pitch=-2.0)),
        ("You [pace 80%] kept it.", Delivery(pace=0.8)),
        ("You [pitch -3st] kept it.", Delivery(pitch=-3.0)),
    ],
)
def test_a_stretch_counts_from_its_word(text, expected):
    assert deliveries(text) == [expected]
    kinds = [s.kind for s in line(text).segments]
    assert kinds == ["words", "delivery", "words"]


def test_stretches_add_up_and_end():
    slow, hushed, plain = deliveries("You [slow] kept [whisper] it all [normal] here.")
    assert slow.manner == ("slow",)
    assert set(hushed.manner) == {"slow", "whisper"}
    assert plain == Delivery()


def test_the_same_kind_of_stretch_takes_over():
    _, fast = deliveries("You [slow] kept [fast] it.")
    assert fast.manner == ("fast",)
    _, pace = deliveries("You [slow] kept [pace 70%] it.")
    assert (pace.pace, pace.manner) == (0.7, ())


def test_a_note_between_words_counts_from_there_for_the_voice():
    found = line("You kept it.\n(whispering, not looking up)\nAll these years.")
    assert found.manner == ()
    assert found.notes == ("whispering", "not looking up")
    assert [s.manner for s in found.segments if isinstance(s, Delivery)] == [("whispering",)]


def test_a_note_before_the_words_is_about_the_whole_line():
    found = line("(whispering)\nYou kept it.")
    assert (found.manner, found.notes) == (("whispering",), ())


def test_a_word_can_be_said_in_a_way_of_its_own():
    body = f'{KITCHEN}MARA\nIt is a [say "GIF" as "jif"] GIF.\n\nJONAS\nA GIF.\n'
    first, second = scenes(body)[0].lines
    assert (first.lexicon, second.lexicon) == ((("GIF", "jif"),), ())
    said = [
        dict(node.params)["lexicon"] for node in graph(body).nodes if str(node.operation) == "speak"
    ]
    assert said == [[["GIF", "jif"]], []]


def test_the_lines_own_pronunciation_wins():
    head = CAST + "lexicon\n  GIF: ghif\n\n"
    body = f'{KITCHEN}MARA\nIt is a [say "GIF" as "jif"] GIF.\n'
    (node,) = (n for n in graph(body, head=head).nodes if str(n.operation) == "speak")
    assert node.params["lexicon"] == [["GIF", "jif"]]


def test_others_act_in_somebodys_line():
    found = line("You kept it. [JONAS nods] All these years. [JONAS looks at MARA] [smiles]")
    nod, look = found.reactions
    assert (nod.role, nod.gesture.kind, nod.gesture.word) == ("jonas", "nod", 3)
    assert (look.gesture.kind, look.gesture.target) == ("look", "mara")
    assert [gesture.kind for gesture in found.gestures] == ["smile"]


def test_others_are_heard_in_somebodys_line():
    scene = scenes(f"{KITCHEN}MARA\nYou kept it, [JONAS laughs] all these years.\n{ANSWER}")[0]
    line, laugh, _ = scene.lines
    assert [s.kind for s in line.segments] == ["words", "words"]
    assert (laugh.role, laugh.backchannel, laugh.words) == ("jonas", True, ())
    (beat,) = (b for shot in scene.shots for b in shot.beats if getattr(b, "line", "") == laugh.id)
    assert (beat.with_line, beat.with_word) == (line.id, 3)


def test_how_a_line_begins_and_ends():
    body = f"{KITCHEN}MARA\nI thought that you...\n\nJONAS ^\nMm-hm.\n\nMARA\n-- and I --\n\nJONAS\nNo.\n"
    first, murmur, third, _ = scenes(body)[0].lines
    assert first.trails_off
    assert (murmur.together, murmur.backchannel) == (True, True)
    assert (third.breaks_in, third.interrupted) == (True, True)


LONG = (
    "You kept every single one of my letters [close on JONAS, exactly 1s] in that box, "
    "under the stairs, behind the coats, for all these years."
)


def test_a_reaction_with_an_exact_length_comes_back():
    shots = scenes(f"{KITCHEN}[close on MARA]\n\nMARA\n{LONG}\n{ANSWER}")[0].shots
    assert [shot.camera.subjects for shot in shots[:3]] == [("mara",), ("jonas",), ("mara",)]
    parts = [(shot.beats[0].first, shot.beats[0].last) for shot in shots[:3]]
    assert parts[0] == (0, 7)
    assert parts[2][1] is None


def test_a_cut_without_a_length_stays_to_the_end_of_the_line():
    text = LONG.replace(", exactly 1s", "")
    shots = scenes(f"{KITCHEN}[close on MARA]\n\nMARA\n{text}\n{ANSWER}")[0].shots
    assert [shot.camera.subjects for shot in shots[:2]] == [("mara",), ("jonas",)]
    assert shots[1].beats[0].last is None
    assert len(shots) == 3


def test_a_cut_that_holds_outlasts_the_line():
    text = LONG.replace("exactly 1s", "hold 30s")
    shots = scenes(f"{KITCHEN}[close on MARA]\n\nMARA\n{text}\n{ANSWER}")[0].shots
    assert shots[1].at_least == 30


def test_several_words_said_together_are_kept():
    found = line('It is [say "New York" as "noo york"] in New York.')
    assert found.lexicon == (("New York", "noo york"),)


def test_a_full_stop_is_no_word_for_a_stretch():
    found = compiled(f"{KITCHEN}MARA\nYou kept it [whisper].\n", head="")
    assert [d.code for d in found.diagnostics] == ["D0203"]
