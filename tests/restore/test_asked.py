"""Finer pictures only where they are asked for, only of what is not drawn here, and never in a draft."""

import pytest

from duocast.compiler.engines import offered
from duocast.compiler.film import compile_film
from duocast.compiler.graph import Asset, Output
from duocast.compiler.lower import Crew, lower
from duocast.compiler.lower.crew import DEFAULT_ENGINES, FINER_ENGINES
from duocast.compiler.reader import MemoryReader
from duocast.language import Source

FILES = dict.fromkeys(("harbour.mp4", "tin.jpg", "room.jpg", "mara.png"), b"x")
HERE = {
    "rife": ("interpolate",),
    "realesrgan": ("upscale",),
    "span": ("upscale",),
    "veo": ("animate",),
}
ABLE = Crew(
    engines={**DEFAULT_ENGINES, **FINER_ENGINES}, painters=("animate veo",), quality="standard"
)
CAST = "character MARA\n  description: woman in her sixties\n\n"
BODY = """\
INT. ROOM - DAY

B-ROLL: harbour.mp4, 2s, slow, from 3s

B-ROLL: tin.jpg, 2s

[close on MARA, engine: veo]

MARA
You kept it.
"""
WORK = ("interpolate", "upscale", "restore")


def script(*title, body=BODY):
    return "\n".join(title) + "\n\n" + CAST + body


def made(*title, body=BODY, crew=ABLE, here=HERE):
    found = compile_film(
        Source("film.scene", script(*title, body=body)), MemoryReader(FILES), engines=offered(here)
    )
    assert found.screenplay is not None, found.diagnostics
    return {node.address: node for node in lower(found.screenplay, crew).nodes}


def notes(*title, body=BODY, here=HERE):
    found = compile_film(
        Source("film.scene", script(*title, body=body)), MemoryReader(FILES), engines=offered(here)
    )
    return {one.code: one.title for one in found.diagnostics}


def finer(nodes):
    return {address: node for address, node in nodes.items() if node.operation in WORK}


@pytest.mark.parametrize(
    "title",
    [
        ("Title: T",),
        ("Title: T", "Quality: standard"),
        ("Title: T", "Quality: standard", "Format: 3840x2160 @ 60"),
    ],
)
def test_a_script_that_asks_for_nothing_has_the_graph_that_it_had(title):
    nodes = made(*title)
    assert finer(nodes) == {}
    plain = made(*title, crew=Crew(painters=("animate veo",)))
    assert list(nodes) == list(plain)
    assert all(nodes[a].params.value == plain[a].params.value for a in nodes)
    assert all(nodes[a].inputs == plain[a].inputs for a in nodes)


def test_cinema_makes_clips_smoother_and_larger_and_stills_larger():
    nodes = made("Title: T", "Quality: cinema", "Format: 960x540 @ 60")
    found = finer(nodes)
    assert [
        (address.rpartition("/")[2], node.operation, node.engine) for address, node in found.items()
    ] == [
        ("smooth", "interpolate", "rife"),
        ("large", "upscale", "realesrgan"),
        ("large", "upscale", "realesrgan"),
        ("smooth", "interpolate", "rife"),
        ("large", "upscale", "realesrgan"),
    ]
    broll = "room-day/shot-1"
    assert nodes[f"{broll}/smooth"].inputs["picture"] == Asset("harbour.mp4")
    assert nodes[f"{broll}/smooth"].params["start"] == 3
    assert nodes[f"{broll}/smooth"].params["speed"] == 0.5
    assert nodes[f"{broll}/large"].inputs["clip"] == Output(f"{broll}/smooth", "clip")
    assert nodes[f"{broll}/large"].params["start"] == 0
    assert nodes[f"{broll}/clip"].inputs["picture"] == Output(f"{broll}/large", "clip")
    assert nodes[f"{broll}/clip"].params["footage"]["start"] == 0
    assert nodes[f"{broll}/clip"].params["footage"]["speed"] == 0.5
    still = nodes["room-day/shot-2/large"]
    assert (still.params["rate"], still.params["width"], list(still.inputs)) == (
        None,
        1037,
        ["picture"],
    )
    assert nodes["room-day/shot-2/clip"].inputs["picture"] == Output(still.address, "picture")
    assert nodes["room-day/shot-3/smooth"].inputs["clip"] == Output(
        "room-day/shot-3/picture", "clip"
    )
    assert nodes["room-day/shot-3/clip"].inputs["clip"] == Output("room-day/shot-3/large", "clip")


def test_a_size_and_a_rate_ask_each_for_its_own():
    large = {node.operation for node in finer(made("Title: T", "Format: 3840x2160 @ 24")).values()}
    quick = {node.operation for node in finer(made("Title: T", "Format: 1280x720 @ 60")).values()}
    assert (large, quick) == ({"upscale"}, {"interpolate"})


def test_each_format_asks_for_itself():
    from duocast.compiler.formats import in_each_format

    text = script("Title: T", "Format: 1280x720 @ 24, also 3840x2160 @ 24")
    film = compile_film(Source("film.scene", text), MemoryReader(FILES), engines=offered(HERE))
    small, large = (
        {node.address: node for node in lower(one, ABLE).nodes}
        for _, one in in_each_format(film.screenplay)
    )
    assert finer(small) == {}
    assert len(finer(large)) == 3


def test_what_is_drawn_here_is_drawn_at_size():
    body = "INT. ROOM - DAY\n\nMARA\nYou kept it.\n"
    assert finer(made("Title: T", "Quality: cinema", "Format: 3840x2160 @ 60", body=body)) == {}


def test_pictures_of_cards_are_made_larger_once():
    body = (
        "character ANNA\n  portrait: mara.png\n\nplace ROOM\n  plate: room.jpg\n\n"
        "INT. ROOM - DAY\n\nANNA\nYou kept it.\n\nINT. ROOM - NIGHT\n\nANNA\nStill.\n"
    )
    nodes = made("Title: T", "Quality: cinema", body=body)
    assert list(finer(nodes)) == ["cast/anna/large", "place/room/large"]
    assert nodes["cast/anna/portrait"].inputs["picture"] == Output("cast/anna/large", "picture")
    plates = [node for node in nodes.values() if node.operation == "plate"]
    assert {node.inputs["picture"] for node in plates} == {Output("place/room/large", "picture")}
    assert len(plates) == 2


def test_a_named_engine_does_it_and_asks_for_it():
    nodes = finer(made("Title: T", "Engine: upscale span"))
    assert {(node.operation, node.engine) for node in nodes.values()} == {("upscale", "span")}
    faces = {**HERE, "gfpgan": ("restore",)}
    nodes = finer(made("Title: T", "Engine: restore gfpgan, upscale span", here=faces))
    assert [node.engine for node in nodes.values()][:2] == ["span", "gfpgan"]


@pytest.mark.parametrize("crew", [ABLE.replace(quality="draft"), ABLE.replace(finer=False)])
def test_a_draft_and_the_command_line_overrule_the_title_page(crew):
    assert finer(made("Title: T", "Quality: cinema", crew=crew)) == {}
    assert finer(
        made("Title: T", "Quality: standard", crew=crew.replace(finer=True, quality="standard"))
    )


def test_what_nobody_here_can_do_is_left_out_and_said():
    crew = Crew(engines={**DEFAULT_ENGINES, "upscale": "realesrgan"}, painters=("animate veo",))
    here = {name: work for name, work in HERE.items() if name != "rife"}
    nodes = finer(made("Title: T", "Quality: cinema", crew=crew))
    assert {node.operation for node in nodes.values()} == {"upscale"}
    found = notes("Title: T", "Quality: cinema", here=here)
    assert found == {
        "D0422": "nobody here can interpolate: frames are shown again where some are missing"
    }
    assert notes("Title: T", "Quality: cinema") == {}
    still = "INT. ROOM - DAY\n\nB-ROLL: tin.jpg, 2s\n\nMARA\nYes.\n"
    assert notes("Title: T", "Quality: cinema", body=still, here=here) == {}


def test_cinema_for_a_film_that_is_all_drawn_is_said():
    body = "INT. ROOM - DAY\n\nMARA\nYou kept it.\n"
    assert set(notes("Title: T", "Quality: cinema", body=body)) == {"D0423"}
    assert notes("Title: T", "Format: 3840x2160 @ 60", body=body) == {}


def test_the_words_of_a_line_change_no_key_of_a_finer_still():
    one = made("Title: T", "Quality: cinema")
    other = made("Title: T", "Quality: cinema", body=BODY.replace("kept", "have"))
    assert one["room-day/shot-2/large"].params.value == other["room-day/shot-2/large"].params.value


def test_a_drawing_of_the_graph_has_a_place_for_each():
    from duocast.cli.layout import BOX, lay_out

    body = (
        "character ANNA\n  portrait: mara.png\n\nplace ROOM\n  plate: room.jpg\n\n"
        + BODY
        + "\nANNA\nStill.\n"
    )
    text = script("Title: T", "Quality: cinema", "Engine: upscale span", body=body)
    found = compile_film(Source("film.scene", text), MemoryReader(FILES), engines=offered(HERE))
    graph = lower(found.screenplay, ABLE)
    boxes = lay_out(graph).boxes
    assert set(boxes) == {node.address for node in graph.nodes}
    for one in boxes.values():
        near = [o for o in boxes.values() if o is not one and o.column == one.column]
        assert all(abs(one.y - other.y) >= BOX for other in near), one.node.address
