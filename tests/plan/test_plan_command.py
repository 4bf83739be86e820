"""The commands that say what will be done, and a render that does exactly that."""

import json
import subprocess
from pathlib import Path

import pytest
import rapid
from click.testing import CliRunner

from duocast.cli import diff, prepared, shoot
from duocast.cli.program import group
from duocast.farm.render import render

FILM = """\
Title: Test

character MARA
  voice: amber

character JONAS
  voice: slate

INT. KITCHEN - NIGHT

MARA
You kept it all these years, every single page.

JONAS
I kept everything that you ever wrote to me.

EXT. STATION - DAY

JONAS
You came back after all of this.

"""


@pytest.fixture
def film(tmp_path, monkeypatch):
    """A folder with a script, and the commands with rapid engines; nothing is written out."""
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("COLUMNS", "200")
    Path("film.scene").write_text(FILM)
    for module in (prepared, diff):
        monkeypatch.setattr(module, "registry", lambda: rapid.registry({}))
    for module in (prepared, shoot, diff):
        monkeypatch.setattr(module, "inlines", lambda: rapid.INLINES)
    monkeypatch.setattr(shoot, "factory", lambda _: rapid.factory())
    monkeypatch.setattr(shoot, "deliver", lambda *_: None)

    def rendered(graph, **options):
        pool = rapid.Bench(options["store"], options["factory"])
        return render(graph, **options, pool=pool)

    monkeypatch.setattr(shoot, "render", rendered)
    return tmp_path


def run(*words, code=0):
    done = CliRunner().invoke(group, list(words))
    assert done.exit_code == code, (done.output, done.exception)
    return done


def made(*words):
    """The addresses that a render ran; it joins no film here, and says so by its code."""
    done = CliRunner().invoke(group, ["render", *words, "--json"])
    rows = json.loads(done.stdout)["tasks"]
    return {row["address"] for row in rows if row["status"] == "done"}


def planned(*words):
    plan = json.loads(run("plan", *words, "--json").stdout)
    return {step["address"]: step for step in plan["steps"]}


def edit(old, new):
    Path("film.scene").write_text(Path("film.scene").read_text().replace(old, new))


def test_a_plan_is_made_and_then_there_is_nothing_to_do(film):
    assert made("film.scene") == set(planned("film.scene")) or made("film.scene") == set()
    assert json.loads(run("plan", "film.scene", "--json").stdout)["current"] is True
    assert "nothing to do" in run("plan", "film.scene").stdout


def test_an_edit_is_named_with_its_place_and_its_words(film):
    made("film.scene")
    edit("every single page", "every single letter")
    steps = planned("film.scene")
    (take,) = [step for step in steps.values() if step["state"] == "run"]
    assert take["where"]["line"] == 11
    (change,) = take["reasons"][0]["changes"]
    assert (change["old"][-5:], change["new"][-7:]) == ("page.", "letter.")
    told = run("plan", "film.scene").stdout
    assert "every single letter" in told
    assert made("film.scene") <= set(steps)


def test_a_plan_in_a_file_is_carried_out_exactly(film):
    run("plan", "film.scene", "-o", "film.plan")
    assert made("film.plan")
    assert planned("film.scene") == {}


def test_a_plan_in_a_file_is_refused_when_the_script_moved(film):
    run("plan", "film.scene", "-o", "film.plan")
    edit("every single page", "every single letter")
    refused = run("render", "film.plan", code=2)
    assert "the script changed since film.plan was made" in refused.output


def test_a_plan_in_a_file_is_refused_when_the_store_lost_something(film):
    made("film.scene")
    run("plan", "film.scene", "-o", "film.plan")
    for path in (film / ".duocast" / "store" / "cas").rglob("*"):
        if path.is_file():
            path.unlink()
    refused = run("render", "film.plan", code=2)
    assert "has to be made again" in refused.output


@pytest.mark.parametrize(
    ("selector", "has", "has_not"),
    [
        ("scene:2", "station-day/shot-1/clip", "kitchen-night/shot-1/clip"),
        ("shot:1B", "kitchen-night/shot-2/clip", "kitchen-night/shot-1/clip"),
        ("+shot:2A", "cast/jonas/portrait", "film/cut"),
        ("character:MARA", "cast/mara/portrait", "station-day/shot-1/clip"),
        ("place:station", "station-day/shot-1/clip", "kitchen-night/shot-1/clip"),
        ("work:speak", "kitchen-night/", "kitchen-night/shot-1/time"),
        ("scene:2+,work:master", "film/master", "film/signed"),
        (
            "scene:1,work:speak scene:2,work:encode",
            "station-day/shot-1/clip",
            "kitchen-night/shot-1/clip",
        ),
    ],
)
def test_selectors_select(film, selector, has, has_not):
    steps = planned("film.scene", "--select", selector)
    assert any(address.startswith(has) for address in steps)
    if not selector.endswith("work:master"):
        assert not any(address.startswith(has_not) for address in steps)


def test_modified_is_what_an_edit_has_changed(film):
    made("film.scene")
    edit("You came back", "You come back")
    alone = planned("film.scene", "--select", "modified")
    assert {step["operation"] for step in alone.values()} == {"speak"}
    assert "film/signed" in planned("film.scene", "--select", "modified+")


@pytest.mark.parametrize(
    ("wrong", "said"),
    [
        ("scene:station-dya", "did you mean scene:station-day"),
        ("scen:2", "did you mean scene:2"),
        ("character:MARRA", "did you mean character:MARA"),
        ("shot:1Z", "the last shot of that scene is 1"),
        ("work:speek", "did you mean work:speak"),
        ("modifed", "did you mean modified"),
        ("scene:9", "the scenes are 1 kitchen-night, 2 station-day"),
    ],
)
def test_a_selector_that_names_nothing_says_what_was_meant(film, wrong, said):
    assert said in run("plan", "film.scene", "--select", wrong, code=2).output


def test_pieces_can_be_made_alone(film):
    done = made("film.scene", "--select", "work:speak")
    assert len(done) == 3
    assert all(address.endswith("/take") for address in done)


def test_a_budget_chooses_shots(film):
    plan = json.loads(run("plan", "film.scene", "--budget", "20s", "--jobs", "1", "--json").stdout)
    chosen = plan["budget"]
    assert 0 < len(chosen["shots"]) < 5
    assert chosen["work_seconds"] <= 20
    assert {f"{shot}/clip" for shot in chosen["shots"]} <= {s["address"] for s in plan["steps"]}
    for wrong in ("soon", "5.00", "0s"):
        assert "is no time" in run("plan", "film.scene", "--budget", wrong, code=2).output


def test_why_goes_down_to_the_changed_words(film):
    made("film.scene")
    edit("every single page", "every single letter")
    told = run("why", "shot:1A").stdout
    assert "every single letter" in told
    assert "film.scene:11:1" in told
    steps = json.loads(run("why", "film/master", "--json").stdout)["steps"]
    assert any(step["state"] == "run" for step in steps)
    assert "is finished" in run("why", "cast/mara/portrait").stdout


def test_the_cache_is_measured_proved_and_cleared(film):
    assert "nothing is kept" in run("cache", code=2).output
    made("film.scene")
    size = json.loads(run("cache", "size", "--json").stdout)
    assert size["work"]["speak"]["pieces"] == 3
    assert json.loads(run("cache", "verify", "--json").stdout)["damaged"] == []
    blob = next((film / ".duocast" / "store" / "cas").glob("*/*"))
    blob.chmod(0o644)
    blob.write_bytes(b"x" * blob.stat().st_size)
    assert len(json.loads(run("cache", "verify", "--json", code=1).stdout)["damaged"]) == 1
    key = next(iter(json.loads((film / ".duocast/ledger/film.scene.json").read_text())["nodes"]))[
        "key"
    ]
    found = json.loads(run("cache", "why", key[:12], "--json").stdout)
    assert found == [] or found[0]["kept_for"] == ["film:film.scene"]
    assert json.loads(run("cache", "gc", "--keep", "0", "--json").stdout)["bytes"] > 0


def test_a_difference_names_the_shots(film):
    made("film.scene")
    Path("new.scene").write_text(FILM.replace("ever wrote", "once wrote"))
    out = json.loads(
        run("diff", "film.scene", "new.scene", "--json", "-o", "d.html").stdout.partition(
            "\nwrote"
        )[0]
    )
    assert [(one["name"], one["kind"]) for one in out["shots"]] == [("1B", "changed")]
    text = Path("d.html").read_text()
    assert "<ins>once</ins>" in text
    assert text.count("data:image/jpeg") == 2


def test_a_difference_to_a_commit(film):
    git = (
        "git",
        "-c",
        "user.name=A",
        "-c",
        "user.email=a@example.com",
        "-c",
        "init.defaultBranch=main",
    )
    for words in (("init", "-q"), ("add", "film.scene"), ("commit", "-qm", "first")):
        subprocess.run([*git, *words], check=True)
    assert "no shot differs" in run("diff", "HEAD").stdout
    edit("ever wrote", "once wrote")
    assert "~ 1B" in run("diff", "HEAD").stdout
    assert "no-such is no revision" in run("diff", "no-such", code=2).output


def test_a_renamed_script_is_the_same_film(film):
    edit("every single page", "every single letter")
    made("film.scene")
    identity = json.loads((film / ".duocast" / "identity.json").read_text())["film.scene"]
    Path("film.scene").rename("other.scene")
    made("other.scene")
    kept = json.loads((film / ".duocast" / "identity.json").read_text())
    assert kept == {"other.scene": identity}


def test_a_compile_and_a_graph_call_things_what_the_plan_calls_them(film):
    made("film.scene")
    edit("MARA", "ANNA")
    edit("You came back", "You came home")
    steps = planned("film.scene").keys()
    run("compile", "film.scene", "--no-stills")
    compiled = json.loads((film / "out" / "film" / "graph.json").read_text())
    drawn = json.loads(run("graph", "film.scene", "--json").stdout)
    for graph in (compiled, drawn):
        addresses = {node["address"] for node in graph["nodes"]}
        assert any("/mara-" in address for address in addresses)
        assert not any("anna" in address for address in addresses)
        assert steps <= addresses
