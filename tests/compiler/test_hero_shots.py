"""Hero shots: `Engine: animate ltx, hero veo` and `[close on MARA, engine: hero]`; nobody else's keys change."""

import pytest

from duocast.compiler.continuity import Continuity
from duocast.compiler.engines import offered
from duocast.compiler.film import compile_film
from duocast.compiler.graph import Operation
from duocast.compiler.lower import Crew, lower
from duocast.compiler.reader import MemoryReader
from duocast.language import Source

ENGINES = offered(dict.fromkeys(("ltx", "veo", "runway"), ("animate",)))
SCRIPT = """\
Title: The Letter
Engine: {engine}

character MARA
  voice: amber

{card}INT. KITCHEN - NIGHT

[close on MARA, engine: hero]

MARA
You kept it.

[medium shot MARA]

MARA
All these years.

{more}"""
CARD = "camera NEAR\n  size: close\n  engine: hero\n\n"
NEAR = "[camera NEAR, MARA]\n\nMARA\nAnd this one, too.\n"


def written(engine, more=""):
    return SCRIPT.format(engine=engine, more=more, card=CARD if more else "")


def compiled(engine, more="", **settings):
    source = Source("film.scene", written(engine, more))
    return compile_film(source, MemoryReader(), engines=settings.get("engines", ENGINES))


def made(engine, more=""):
    """The engines of the film's shots, in order."""
    found = compiled(engine, more)
    assert found.diagnostics == ()
    graph = lower(found.screenplay, Crew())
    return [node.engine for node in graph.nodes if node.operation is Operation.ANIMATE]


def test_a_hero_engine_makes_the_marked_shots_and_another_the_rest():
    assert made("animate ltx, hero veo") == ["veo", "ltx"]
    assert made("animate ltx, hero veo", NEAR) == ["veo", "ltx", "veo"]
    assert made("hero runway") == ["runway", "performer"]


def codes(found):
    return [(one.code, one.title) for one in found.diagnostics]


def test_without_a_hero_engine_there_is_nobody_to_ask():
    (found,) = codes(compiled("animate ltx"))
    assert found == ("N0315", "no engine is named for hero shots")


@pytest.mark.parametrize(
    ("engine", "code"),
    [
        ("animate ltx, hero ve", "N0310"),
        ("animate ltx, hero kokoro", "N0311"),
        ("hero veo, hero ltx", "N0312"),
        ("hro veo, hero ltx", "N0313"),
    ],
)
def test_what_is_wrong_with_a_hero_engine_is_said_once(engine, code):
    assert [one for one, _ in codes(compiled(engine)) if one != "N0315"] == [code]


def test_a_hero_engine_that_is_not_here_is_carried():
    engines = offered({"ltx": ("animate",)})
    found = compiled("animate ltx, hero veo", engines=engines)
    (note,) = found.diagnostics
    assert "the engine veo" in note.title
    graph = lower(found.screenplay, Crew())
    shots = [node.engine for node in graph.nodes if node.operation is Operation.ANIMATE]
    assert shots == ["ltx", "ltx"]


def test_a_hero_shot_is_exactly_the_shot_that_names_its_engine():
    script = written("animate ltx, hero veo")
    named = written("animate ltx").replace("engine: hero", "engine: veo")
    graphs = [
        lower(
            compile_film(Source("f.scene", text), MemoryReader(), engines=ENGINES).screenplay,
            Crew(),
        )
        for text in (script, named)
    ]
    assert graphs[0] == graphs[1]


def test_another_hero_engine_is_seen_by_who_remembers_the_film():
    remembered = Continuity()
    for engine in ("animate ltx, hero veo", "animate ltx, hero runway", "animate ltx"):
        source = Source("film.scene", written(engine, NEAR))
        again = remembered.compile(source, MemoryReader(), engines=ENGINES)
        assert again == compiled(engine, NEAR)
