"""The laws of keys: nothing depends on where it stands in the film."""

from scripts import CAST, graph, keys_of, symbolic_keys

KITCHEN = """\
INT. KITCHEN - NIGHT

Rain on the window.

MARA
You kept it. [beat] All these *years*.

JONAS
I kept [close on MARA] **everything**. Every word you --

MARA
Don't. It was a long time ago, and we were both so young, and nobody told us anything at all.

"""
STATION = """\
EXT. STATION - DAY

JONAS
You came.

MARA ^
I know.

"""
PICTURE_AND_VOICE = ("speak", "portrait", "plate", "compose", "time", "animate", "encode")


def test_the_same_text_gives_the_same_keys():
    assert symbolic_keys(graph(KITCHEN + STATION)) == symbolic_keys(graph(KITCHEN + STATION))


def test_moving_a_scene_makes_no_shot_again():
    before = keys_of(graph(KITCHEN + STATION), *PICTURE_AND_VOICE)
    after = keys_of(graph(STATION + KITCHEN), *PICTURE_AND_VOICE)
    assert before == after


def test_notes_synopses_and_sections_change_nothing():
    noted = "# One\n\n= They talk.\n\n" + KITCHEN.replace("MARA\nYou", "[[a remark]]\n\nMARA\nYou")
    assert keys_of(graph(KITCHEN), *PICTURE_AND_VOICE) == keys_of(graph(noted), *PICTURE_AND_VOICE)


def test_changing_a_line_changes_only_its_cone():
    old, new = (
        graph(KITCHEN + STATION),
        graph(KITCHEN + STATION.replace("You came.", "You came back.")),
    )
    before, after = symbolic_keys(old), symbolic_keys(new)
    changed = {address for address in after if before.get(address) != after[address]}
    assert any(address.startswith("station-day/jonas-") for address in changed)
    assert "film/master" in changed
    assert not any(address.startswith(("kitchen-night/", "cast/", "place/")) for address in changed)


def test_an_unused_word_of_the_lexicon_changes_no_take():
    lexicon = "lexicon\n  Brno: burr-no\n\n"
    assert keys_of(graph(KITCHEN), "speak") == keys_of(graph(KITCHEN, head=CAST + lexicon), "speak")


def test_every_input_stands_before_its_node():
    shot_graph = graph(KITCHEN + STATION)
    symbolic_keys(shot_graph)
    assert shot_graph.nodes[-1].address == shot_graph.target


def test_burnt_in_captions_need_the_cut_and_the_shots_stay_in_story_order():
    head = CAST.replace("Title: Test", "Title: Test\nCaptions: burnt in")
    shot_graph = graph(KITCHEN + STATION, head=head)
    symbolic_keys(shot_graph)
    clips = [n.address for n in shot_graph.nodes if str(n.operation) == "encode"]
    plain = [n.address for n in graph(KITCHEN + STATION).nodes if str(n.operation) == "encode"]
    assert clips == plain
