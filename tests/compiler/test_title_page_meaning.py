"""The title page and the cards in the Screenplay; and what is carried is said once."""

import pytest
from scripts import CAST, compiled, graph, keys_of, screenplay

from duocast.compiler.engines import offered
from duocast.compiler.film import compile_film
from duocast.compiler.formats import in_each_format
from duocast.compiler.lower import Crew, lower
from duocast.compiler.reader import MemoryReader
from duocast.language import Source

BODY = "INT. KITCHEN - NIGHT\n\nMARA\nYou kept it.\n\nJONAS\nEvery word.\n"


def titled(*lines):
    return CAST.replace("Title: Test\n", "Title: Test\n" + "".join(f"{line}\n" for line in lines))


def film(*lines, **options):
    return screenplay(BODY, head=titled(*lines), **options)


def notes(*lines, head=None, **options):
    found = compiled(BODY, head=head or titled(*lines), **options).diagnostics
    assert all(d.code == "D0200" for d in found), [(d.code, d.title) for d in found]
    return [d.title for d in found]


def test_several_formats():
    delivery = film("Format: 1920x1080 @ 30, also 1080x1920 @ 29.97, 1080x1080").delivery
    assert (delivery.width, delivery.height, delivery.rate.fps) == (1920, 1080, 30)
    assert [(f.width, f.height, f.rate.numerator) for f in delivery.also] == [
        (1080, 1920, 30000),
        (1080, 1080, 24),
    ]


def test_each_format_is_a_film_of_its_own_and_shares_what_is_heard():
    play = film("Format: 1280x720 @ 24, also 720x1280 @ 30")
    (_, wide), (name, tall) = in_each_format(play)
    assert (name, tall.delivery.width, tall.delivery.also) == ("720x1280-30", 720, ())
    one, other = (lower(made, Crew()) for made in (wide, tall))
    assert keys_of(one, "speak", "portrait") == keys_of(other, "speak", "portrait")
    assert not set(keys_of(one, "compose", "encode")) & set(keys_of(other, "compose", "encode"))


@pytest.mark.parametrize(
    ("written", "loudness", "peak", "norm"),
    [
        ("EBU R128", -23, -1, "EBU R128"),
        ("ATSC A/85", -24, -2, "ATSC A/85"),
        ("podcast", -16, -1, "podcast"),
        ("streaming", -14, -1, "streaming"),
        ("-18 LUFS", -18, -1, ""),
        ("-18 LUFS, peak -3dB", -18, -3, ""),
    ],
)
def test_loudness_norms(written, loudness, peak, norm):
    delivery = film(f"Loudness: {written}").delivery
    assert (delivery.loudness, delivery.true_peak, delivery.norm) == (loudness, peak, norm)


def test_captions_have_a_style():
    delivery = film("Captions: burnt in, large, yellow, no plate, at the top").delivery
    style = delivery.caption_style
    assert delivery.captions == "burnt in"
    assert (style.size, style.colour, style.plate, style.top) == (1.3, (255, 226, 64), False, True)
    made = graph(BODY, head=titled("Captions: burnt in, large"))
    assert {
        n.params["caption_style"]["size"] for n in made.nodes if str(n.operation) == "encode"
    } == {1.3}


def test_quality_languages_and_a_seed():
    play = film("Quality: draft", "Language: en-GB, also de, fr", "Seed: 7")
    assert (play.delivery.quality, play.seed) == ("draft", 7)
    assert (play.delivery.language, play.delivery.languages) == ("en-GB", ("de", "fr"))
    assert play.roles[0].voice.language == "en-GB"


def test_another_seed_is_another_take_of_everything():
    usual, other = graph(BODY), graph(BODY, head=titled("Seed: 7"))
    for one, two in zip(usual.nodes, other.nodes, strict=True):
        if "seed" in one.params:
            assert one.params["seed"] != two.params["seed"], one.address


def test_engines_by_task_card_and_shot():
    head = titled("Engine: speak draft, animate veo").replace(
        "  voice: slate\n", "  voice: slate\n  engine: flux\n"
    )
    play = screenplay(BODY.replace("MARA\n", "[close on MARA, engine: sora]\n\nMARA\n"), head=head)
    assert [(c.operation, c.name, c.here) for c in play.engines] == [
        ("speak", "draft", True),
        ("animate", "veo", False),
    ]
    assert (play.roles[1].engine.name, play.roles[1].engine.here) == ("flux", False)
    assert play.scenes[1].shots[0].camera.engine.name == "sora"
    engines = {str(n.operation): n.engine for n in graph(BODY, head=head).nodes}
    assert (engines["speak"], engines["animate"]) == ("draft", "performer")


def test_an_engine_that_is_installed_does_the_work():
    engines = offered({"veo": ("animate",)})
    body = BODY.replace("MARA\n", "[close on MARA, engine: veo]\n\nMARA\n")
    found = compile_film(Source("f.scene", CAST + body), MemoryReader(), engines=engines)
    assert found.diagnostics == ()
    made = {n.address: n.engine for n in lower(found.screenplay, Crew()).nodes}
    assert made["kitchen-night/shot-1/picture"] == "veo"


def test_what_is_carried_is_said_once_and_stops_nothing():
    (title,) = notes("Language: en, also de", "Engine: animate veo")
    assert set(title.removeprefix("carried, not yet seen: ").split(", ")) == {
        "the language de",
        "the engine veo",
    }


CARD = """\
Title: Test

voice TELLER
  id: amber
  reference: teller.wav

persona LIVELY
  pause: 0.8
  emphasis: 1.5
  speed: 1.2
  motion: 1.3

character MARA
  portrait: a.png, b.png
  wardrobe: green cardigan
  voice: TELLER, pace 0.9, pitch -1st, warm
  persona: LIVELY
  position: left, by the window
  lower third: Mara Lindt, editor
  language: en-GB

character JONAS
  voice: slate

place KITCHEN
  light: lamp from left 60%
  engine: drawn-place

"""
FILES = {"a.png": "x", "b.png": "x", "teller.wav": "x"}


def test_everything_on_a_character_card():
    role = screenplay(BODY, head=CARD, files=FILES).roles[0]
    assert (role.portrait, role.portraits) == ("a.png", ("a.png", "b.png"))
    assert (role.wardrobe, role.position, role.caption) == (
        "green cardigan", "by the window", "Mara Lindt, editor",
    )  # fmt: skip
    assert (role.voice.id, role.voice.pitch, role.voice.warmth) == ("amber", -1, 0.4)
    slower = screenplay(BODY, head=CARD.replace("  speed: 1.2\n", ""), files=FILES).roles[0]
    assert role.voice.pace == pytest.approx(slower.voice.pace * 1.2, rel=1e-3)
    assert (role.voice.language, role.reference) == ("en-GB", "teller.wav")
    assert (role.pause, role.emphasis, role.persona.motion) == (0.8, 1.5, 1.3)


def test_what_a_card_carries_is_said():
    (title,) = notes(head=CARD, files=FILES)
    assert set(title.partition(": ")[2].split(", ")) == {
        "further portraits",
        "a position in a place",
        "a voice after a recording",
    }


def test_emphasis_reaches_the_performer():
    made = graph(BODY, head=CARD, files=FILES)
    actors = [a for n in made.nodes if str(n.operation) == "animate" for a in n.params["actors"]]
    assert {a["role"]: a["emphasis"] for a in actors} == {"mara": 1.5, "jonas": 1.0}


def test_nothing_is_said_of_what_is_not_carried():
    assert notes() == []
