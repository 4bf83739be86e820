"""Shots in words for picture models, and what the graph gives to engines that make whole pictures."""

import pytest

from duocast.compiler.engines import offered
from duocast.compiler.film import compile_film
from duocast.compiler.graph import Asset, Operation, Output
from duocast.compiler.lower import Crew, lower
from duocast.compiler.reader import MemoryReader
from duocast.language import Source

HEAD = """\
Title: Test
Engine: {engine}

character MARA
  description: woman in her sixties, silver bob
  wardrobe: a red coat

character JONAS
  description: man of seventy.

place KITCHEN
  description: a table by the window
  light: a lamp from the left
  weather: rain

INT. KITCHEN - NIGHT

"""
BODY = """\
[close on MARA, 50mm, slow push in]

MARA (quiet)
You came back. [nods]

[two-shot]

JONAS
I said so.
"""
PAINTERS = ("animate reel", "compose brush")


def filmed(body=BODY, engine="animate reel", painters=PAINTERS, head=HEAD, files=(), **crew):
    names = {"reel": ("animate",), "brush": ("compose",)}
    source = Source("film.scene", head.format(engine=engine) + body)
    reader = MemoryReader(dict.fromkeys(files, "content"))
    found = compile_film(source, reader, engines=offered(names))
    assert found.screenplay is not None, [d.title for d in found.diagnostics]
    return lower(found.screenplay, Crew(painters=painters, **crew))


def shots(found, operation):
    return [node for node in found.nodes if node.operation is operation]


def test_a_still_is_told_with_framing_people_clothes_place_and_light():
    first, second = (n.params["picture"] for n in shots(filmed(), Operation.ANIMATE))
    assert first == (
        "Cinematic film still, close-up at eye level, 50 mm lens. "
        "Woman in her sixties, silver bob, wearing a red coat. "
        "Inside, kitchen at night, a table by the window, rain. Lit by a lamp from the left."
    )
    assert "two-shot" in second
    assert "silver bob, on the left, wearing a red coat. Man of seventy, on the right." in second


def test_what_happens_is_told_with_acting_notes_gestures_and_the_camera():
    first, second = (n.params["motion"] for n in shots(filmed(), Operation.ANIMATE))
    assert first == "The woman in her sixties speaks, quiet, nods. The camera slowly pushes in."
    assert "The man of seventy on the right speaks." in second
    assert second.endswith("The camera does not move.")


def test_a_filmed_shot_needs_its_still_and_gives_the_encoder_a_clip():
    found = filmed()
    picture = shots(found, Operation.ANIMATE)[0]
    assert sorted(picture.inputs) == ["layout", "still", "timing"]
    assert (picture.params["width"], picture.params["height"]) == (1280, 720)
    clips = [n for n in shots(found, Operation.ENCODE) if "clip" in n.inputs]
    assert [n.inputs["clip"] for n in clips] == [
        Output(n.address, "clip") for n in shots(found, Operation.ANIMATE)
    ]
    assert all("performance" not in n.inputs and "layout" not in n.inputs for n in clips)


def test_a_painted_shot_gets_portraits_and_gives_the_rigs_of_the_faces_in_it():
    found = filmed(engine="compose brush")
    still, *_ = shots(found, Operation.COMPOSE)
    assert {"person.mara", "plate"} <= set(still.inputs)
    assert not any(name.startswith("rig.") for name in still.inputs)
    assert still.params["rigged"] is True
    clip = next(n for n in shots(found, Operation.ENCODE) if "performance" in n.inputs)
    assert clip.inputs["rig.mara"] == Output(still.address, "rig.mara")
    both = filmed(engine="compose brush, animate reel")
    assert shots(both, Operation.COMPOSE)[0].params["rigged"] is False


def test_one_shot_may_be_filmed_while_the_others_are_acted():
    found = filmed(BODY.replace("slow push in]", "engine: reel]"), engine="animate performer")
    names = [(n.engine, "still" in n.inputs) for n in shots(found, Operation.ANIMATE)]
    assert names == [("reel", True), ("performer", False)]


def test_an_engine_that_acts_with_rigs_is_told_no_more_than_before():
    found = filmed(painters=())
    assert all("picture" not in node.params for node in shots(found, Operation.ANIMATE))


def test_prompts_hold_no_position_in_the_film():
    one = "INT. HALL - DAY\n\nMARA\nYes.\n\n"
    words = [n.params["picture"] for n in shots(filmed(BODY + "\n" + one), Operation.ANIMATE)]
    moved = [
        n.params["picture"] for n in shots(filmed(BODY + "\nA pause.\n\n" + one), Operation.ANIMATE)
    ]
    assert words[-1] == moved[-1]


def test_a_painted_shot_without_faces_asks_for_no_rigs():
    body = "[insert of the letter]\n\n" + BODY
    found = filmed(body, engine="compose brush")
    insert = next(n for n in shots(found, Operation.COMPOSE) if n.params["framing"] == "insert")
    assert insert.params["faces"] == []
    clip = next(
        n
        for n in shots(found, Operation.ENCODE)
        if n.inputs.get("background") == Output(insert.address, "background")
    )
    assert not any(name.startswith("rig.") for name in clip.inputs)
    assert next(n for n in shots(found, Operation.COMPOSE) if n.params["faces"] == ["mara"])


ACTED = """\
[two-shot]

MARA (quiet, not looking up)
You came [smiles] back.

JONAS (angry)
I said so.
"""
MOODY = HEAD.replace("  wardrobe: a red coat", "  wardrobe: a red coat\n  persona: STILL").replace(
    "place KITCHEN", "persona STILL\n  mood: calm\n\nplace KITCHEN"
)


def test_a_painted_still_is_told_how_people_act_in_it():
    (still,) = shots(filmed(ACTED, engine="compose brush", head=MOODY), Operation.COMPOSE)
    assert still.params["picture"] == (
        "Cinematic film still, two-shot, medium shot at eye level, 35 mm lens. "
        "Woman in her sixties, silver bob, on the left, wearing a red coat, quiet, not looking up, smiling, calm. "
        "Man of seventy, on the right, angry. "
        "Inside, kitchen at night, a table by the window, rain. Lit by a lamp from the left."
    )


def test_what_is_filmed_is_told_of_acting_in_the_words_for_what_happens_alone():
    (shot,) = shots(filmed(ACTED), Operation.ANIMATE)
    assert "quiet" not in shot.params["picture"]
    assert "quiet" in shot.params["motion"]


SITTERS = HEAD.replace(
    "  wardrobe: a red coat",
    "  portrait: mara.png, side.png\n  lora: mara.safetensors, 80%",
)
FILES = ("mara.png", "side.png", "mara.safetensors")


def painted(**crew):
    found = filmed(engine="compose brush", head=SITTERS, files=FILES, **crew)
    return shots(found, Operation.COMPOSE)


def test_an_engine_that_knows_people_gets_all_their_pictures_and_what_was_learned_of_them():
    close, both = painted(portraitists=("compose brush",))
    assert close.inputs["likeness.mara.0"] == Asset("mara.png")
    assert close.inputs["likeness.mara.1"] == Asset("side.png")
    assert close.inputs["lora.mara"] == Asset("mara.safetensors")
    assert not any(name.startswith("likeness.jonas") for name in both.inputs)
    assert close.params["adapters"] == [{"role": "mara", "name": "", "digest": "", "weight": 0.8}]


def test_what_is_filmed_is_looked_over_by_the_same_pictures():
    found = filmed(head=SITTERS, files=FILES, portraitists=("animate reel",))
    close, _ = shots(found, Operation.ANIMATE)
    assert close.inputs["likeness.mara.1"] == Asset("side.png")


def test_another_painter_is_told_no_more_than_before():
    for still in painted():
        assert "adapters" not in still.params
        assert not any(name.startswith(("likeness", "lora", "rig")) for name in still.inputs)


def test_a_lora_on_the_shelf_is_in_the_params_with_its_digest():
    head = HEAD.replace("  wardrobe: a red coat", "  lora: mara-v2")
    crew = {"portraitists": ("compose brush",), "loras": {"mara-v2": "ab" * 32}}
    still, _ = shots(filmed(engine="compose brush", head=head, **crew), Operation.COMPOSE)
    (adapter,) = still.params["adapters"]
    assert (adapter["name"], adapter["digest"], adapter["weight"]) == ("mara-v2", "ab" * 32, 1.0)
    assert "lora.mara" not in still.inputs


def test_an_engine_that_paints_over_the_drawing_gets_what_it_is_drawn_with():
    close, _ = painted(sketchers=("compose brush",))
    assert {"rig.mara", "person.mara", "plate", "front", "geometry"} <= set(close.inputs)


def carried(engine, portraitists=()):
    names = {"brush": ("compose",)}
    text = SITTERS.format(engine=engine) + BODY
    engines = offered(names, portraitists=portraitists)
    reader = MemoryReader(dict.fromkeys(FILES, "content"))
    found = compile_film(Source("film.scene", text), reader, engines=engines)
    return [one.title for one in found.diagnostics if one.code == "D0200"]


def test_pictures_and_loras_that_nobody_uses_are_told():
    assert carried("compose brush", ("brush",)) == []
    for engine in ("compose brush", "animate performer"):
        (told,) = carried(engine)
        assert "further portraits" in told
        assert "a LoRA" in told


@pytest.mark.parametrize(
    ("lora", "code"),
    [
        ("mara.ckpt", "A0012"),
        ("loras/gone.safetensors", "A0001"),
        ("mara-v2, strongly", "N0223"),
        ("mara-v2, weight 80%", "N0223"),
        ("mara-v2, 0.8", None),
        ("mara-v2, 201%", "N0224"),
        ("mara-v2 80%", "A0012"),
    ],
)
def test_a_lora_is_a_file_or_a_name_and_a_weight(lora, code):
    text = HEAD.format(engine="animate performer").replace(
        "  wardrobe: a red coat", f"  lora: {lora}"
    )
    reader = MemoryReader({"mara.ckpt": "content"})
    found = compile_film(Source("film.scene", text + BODY), reader)
    assert [one.code for one in found.diagnostics if one.code != "D0200"] == [code] * (
        code is not None
    )
