"""Engines by name: what the registry has can be asked for in a script, and nothing else is promised."""

from click.testing import CliRunner

from duocast.cli.engines import Installed
from duocast.cli.program import group
from duocast.compiler.film import compile_film
from duocast.compiler.graph import Operation
from duocast.compiler.reader import MemoryReader
from duocast.language import Source
from duocast.runtime.registry import Registry

SCRIPT = "Engine: {}\n\ncharacter MARA\n\nINT. HALL - DAY\n\nMARA\nYes.\n"


class Puppets:
    operation, name, version = Operation.ANIMATE, "puppets", "1"

    def run(self, request):
        raise AssertionError


def found(text, engines):
    compiled = compile_film(Source("film.scene", text), MemoryReader({}), engines=engines)
    return [one.code for one in compiled.diagnostics]


def test_what_is_installed_here_can_be_asked_for(monkeypatch):
    asked = SCRIPT.format("animate puppets")
    assert found(asked, Installed()) == ["N0310"]
    monkeypatch.setattr("duocast.cli.studio.registry", lambda: Registry([Puppets()]))
    assert found(asked, Installed()) == []
    assert found(SCRIPT.format("speak puppets"), Installed()) == ["N0311"]


def test_nobody_asks_the_registry_for_a_film_that_names_no_engine(monkeypatch):
    def registry():
        raise AssertionError("nobody asked")

    monkeypatch.setattr("duocast.cli.studio.registry", registry)
    text = SCRIPT.partition("\n\n")[2]
    assert found(text, Installed()) == []


def test_the_program_knows_its_own_engines(tmp_path):
    script = tmp_path / "film.scene"
    script.write_text(SCRIPT.format("speak draft"))
    assert CliRunner().invoke(group, ["check", str(script)]).exit_code == 0
    script.write_text(SCRIPT.format("speak nobody"))
    told = CliRunner().invoke(group, ["check", str(script)])
    assert told.exit_code == 1
    assert "there is no engine nobody" in told.output
