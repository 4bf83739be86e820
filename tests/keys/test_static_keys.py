"""Static keys: what a node is before anything has been made."""

import re
import subprocess
import sys

import pytest

from duocast.compiler.film import compile_film
from duocast.compiler.graph import Asset, Node, Operation, Output, Params, ShotGraph
from duocast.compiler.keys import static_keys
from duocast.compiler.lower import Crew, lower
from duocast.compiler.reader import MemoryReader
from duocast.language import Source

SCRIPT = """\
Title: Test

character MARA
  voice: amber

character JONAS
  voice: slate

INT. KITCHEN - NIGHT

MARA
You kept it. All these years.

JONAS
I kept everything.

EXT. STATION - DAY

JONAS
You came.
"""
CRAFT = {Operation.SPEAK, Operation.PORTRAIT, Operation.PLATE, Operation.COMPOSE, Operation.TIME}
CRAFT |= {Operation.ANIMATE, Operation.ENCODE}


def graph(text: str = SCRIPT) -> ShotGraph:
    screenplay = compile_film(Source("film.scene", text), MemoryReader({})).screenplay
    assert screenplay is not None
    return lower(screenplay, Crew())


def craft(film: ShotGraph) -> set[str]:
    keys = static_keys(film)
    return {keys[node.address] for node in film.nodes if node.operation in CRAFT}


def one(params, inputs=None, engine="composer") -> str:
    node = Node("music/a", Operation.SCORE, engine, params, inputs or {})
    return static_keys(ShotGraph((node,), "music/a"))["music/a"]


def test_every_node_has_a_key_and_every_key_is_a_digest():
    film = graph()
    keys = static_keys(film)
    assert set(keys) == {node.address for node in film.nodes}
    assert all(re.fullmatch("[0-9a-f]{64}", key) for key in keys.values())


def test_the_same_text_has_the_same_keys_in_another_process():
    code = (
        "import sys; from test_static_keys import graph; from duocast.compiler.keys import static_keys;"
        "print(static_keys(graph())['film/signed'])"
    )
    folder = __file__.rpartition("/")[0]
    found = subprocess.run(
        [sys.executable, "-c", f"import sys; sys.path.insert(0, {folder!r}); {code}"],
        capture_output=True,
        text=True,
        check=True,
    )
    assert found.stdout.strip() == static_keys(graph())["film/signed"]


def test_a_line_changes_its_cone_and_nothing_else():
    old, new = graph(), graph(SCRIPT.replace("You came.", "You came back."))
    before, after = static_keys(old), static_keys(new)
    changed = {address for address in after if before.get(address) != after[address]}
    assert {"film/cut", "film/master", "film/signed"} <= changed
    assert any(address.startswith("station-day/jonas-") for address in changed)
    assert not any(address.startswith(("kitchen-night/", "cast/", "place/")) for address in changed)


def test_moving_a_scene_changes_no_shot():
    kitchen, station = SCRIPT.index("INT. KITCHEN"), SCRIPT.index("EXT. STATION")
    moved = SCRIPT[:kitchen] + SCRIPT[station:] + "\n" + SCRIPT[kitchen:station]
    assert craft(graph(moved)) == craft(graph())


def test_plain_params_and_their_value_are_the_same():
    (node,) = [node for node in graph().nodes if node.address == "film/cut"]
    assert isinstance(node.params, Params)
    assert one(dict(node.params)) == one(node.params)


def test_everything_that_makes_a_node_counts():
    asset = {"file": Asset("song.wav")}
    found = [
        one({"mood": "sad"}),
        one({"mood": "glad"}),
        one({"mood": "sad"}, engine="another"),
        one({"mood": "sad"}, asset),
        one({"mood": "sad"}, {"file": Asset("other.wav")}),
        one({"mood": "sad"}, {"fill": Asset("song.wav")}),
    ]
    assert len(set(found)) == len(found)


def test_engines_and_files_count_by_version_and_content_where_they_are_known():
    node = Node("music/a", Operation.SCORE, "composer", {}, {"file": Asset("song.wav")})
    film = ShotGraph((node,), "music/a")
    plain = static_keys(film)
    assert static_keys(film, versions={"composer": "2"}) != plain
    assert static_keys(film, assets={"song.wav": "ab" * 32}) != plain
    assert static_keys(film, versions={"foley": "2"}, assets={"x.wav": "cd"}) == plain


def test_an_input_that_does_not_stand_before_is_refused():
    node = Node(
        "film/mix", Operation.MIX, "console", {}, {"timeline": Output("film/cut", "timeline")}
    )
    with pytest.raises(KeyError, match="film/cut"):
        static_keys(ShotGraph((node,), "film/mix"))
