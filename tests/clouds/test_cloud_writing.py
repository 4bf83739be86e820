"""From an idea to a script: by templates without a network, by models over HTTP, with repairs and faults."""

import json
from pathlib import Path

import fakemedia
import pytest
from click.testing import CliRunner
from fakecloud import KEY, Reply

from duocast.cli.generate import command as generate
from duocast.cli.generate import wrong
from duocast.cli.studio import money_folder
from duocast.runtime.clouds.books import Books, Entry
from duocast.runtime.writing import (
    Given,
    Idea,
    NotAnOutline,
    as_scene,
    from_template,
    read_outline,
)

IDEA = "Two sisters find a letter that their father hid in the kitchen at night"
COST = {"gemini": 960, "openai-chat": 760}


def outline(**changes):
    """An answer as a model gives it."""
    lines = [
        {"who": "Mara", "note": "quiet", "text": "You kept it."},
        {"who": "JONAS", "note": "", "text": "I kept *everything* [laughs]."},
    ]
    part = {
        "place": "KITCHEN",
        "inside": True,
        "time": "NIGHT",
        "action": "> Rain.",
        "lines": lines,
    }
    people = [{"name": name, "description": "a person"} for name in ("MARA", "JONAS")]
    places = [{"name": "KITCHEN", "description": "a small kitchen"}]
    found = {"title": "The Letter", "people": people, "places": places, "scenes": [part]}
    return json.dumps(found | changes)


@pytest.fixture
def run(tmp_path, monkeypatch, cloud):
    settings = tmp_path / "clouds.toml"
    tables = "".join(f'[{name}]\nbase = "{cloud.url}"\npoll = 0.02\n' for name in COST)
    settings.write_text(tables)
    monkeypatch.chdir(tmp_path)
    monkeypatch.setenv("DUOCAST_CLOUDS", str(settings))
    monkeypatch.setenv("DUOCAST_MONEY", str(tmp_path / "money"))
    monkeypatch.setenv("GEMINI_API_KEY", KEY)
    monkeypatch.setenv("OPENAI_API_KEY", KEY)
    return lambda *arguments: CliRunner().invoke(generate, [IDEA, *map(str, arguments)])


def rows():
    with Books(money_folder()) as books:
        return books.rows()


# -- templates -----------------------------------------------------------------------------------


def test_an_idea_becomes_a_script_without_a_network(run, cloud, monkeypatch):
    monkeypatch.setenv("DUOCAST_OFFLINE", "1")
    done = run("--portrait", "MARA=mara.png")
    assert done.exit_code == 2
    Path("mara.png").write_bytes(fakemedia.picture())
    Path("old uncle.jpg").write_bytes(fakemedia.picture())
    done = run("--portrait", "MARA=mara.png", "--portrait", "old uncle.jpg")
    assert done.exit_code == 0, done.output
    text = Path("film.scene").read_text()
    assert "character MARA\n  portrait: faces/mara.png" in text
    assert "character OLD UNCLE\n  portrait: faces/old-uncle.jpg" in text
    assert "INT. KITCHEN - NIGHT" in text
    assert IDEA in text
    assert wrong(text, Path("film.scene")) == ()
    assert cloud.seen == []
    again = run()
    assert again.exit_code == 2
    assert "is there already" in again.output
    foreign = run("-o", "other.scene", "--language", "de")
    assert foreign.exit_code == 2
    assert "the templates speak English" in foreign.output


@pytest.mark.parametrize(
    ("text", "title"),
    [
        ("two sisters find a letter that changes all", "Two Sisters Find A Letter"),
        ("a man who can't sleep with the lights on", "A Man Who Can't Sleep"),
        ("", "Untitled"),
    ],
)
def test_a_title_does_not_end_in_the_middle(text, title):
    assert from_template(Idea(text)).title == title


@pytest.mark.parametrize("seconds", [5, 30, 90])
@pytest.mark.parametrize("text", [IDEA, "", "{idea} [cut] *x* INT. A\n\n> b", "Ein Garten im Mai!"])
def test_any_idea_gives_a_script_that_compiles(tmp_path, text, seconds):
    idea = Idea(text, seconds=seconds, seed=seconds)
    script = as_scene(from_template(idea), idea)
    assert wrong(script, tmp_path / "film.scene") == ()
    assert script == as_scene(from_template(idea), idea)
    assert abs(sum(len(part.lines) for part in from_template(idea).scenes) - idea.lines) <= 6


# -- models --------------------------------------------------------------------------------------


@pytest.mark.parametrize("writer", COST)
def test_a_model_writes_and_is_paid_for_its_tokens(run, cloud, writer):
    cloud.answers.append(outline())
    done = run("--writer", writer, "--budget", "0.10")
    assert done.exit_code == 0, done.output
    text = Path("film.scene").read_text()
    assert "MARA\n(quiet)\nYou kept it.\n\nJONAS\nI kept everything (laughs)." in text
    assert "\n\nRain.\n\n" in text
    (row,) = rows()
    assert (row.state, row.cost, row.engine) == (Entry.SETTLED, COST[writer], f"write {writer}")
    assert run("--writer", writer, "-o", "again.scene").exit_code == 0
    assert Path("again.scene").read_text() == text
    assert sum(cloud.paid.values()) == 1, "the same question is not paid twice"


def test_what_is_wrong_goes_back_to_the_model(run, cloud):
    stranger = json.loads(outline())
    stranger["scenes"][0]["lines"][0]["who"] = "MARRA"
    cloud.answers += ["I would love to!", json.dumps(stranger), outline()]
    done = run("--writer", "openai-chat")
    assert done.exit_code == 0, done.output
    first, second, third = (job.body["messages"][1]["content"] for job in cloud.jobs.values())
    assert first.startswith(f"The idea: {IDEA}")
    assert "no JSON of this form" in second
    assert "N0204" in third
    assert "MARRA" in third
    assert sum(row.cost for row in rows()) == 3 * COST["openai-chat"]


def test_a_model_that_is_never_right_costs_its_tries_and_no_more(run, cloud):
    cloud.answers += ["no"] * 9
    done = run("--writer", "gemini", "--tries", 2, "--json")
    assert done.exit_code == 1
    assert json.loads(done.stdout)["errors"][0]["code"] == "R0711"
    assert not Path("film.scene").exists()
    assert sum(row.cost for row in rows()) == 2 * COST["gemini"]


def test_a_server_that_knows_no_forms_gets_the_form_in_words(run, cloud):
    cloud.submits.append(Reply(400, {"error": {"message": "response_format is not supported"}}))
    cloud.answers.append(f"```json\n{outline()}\n```")
    assert run("--writer", "openai-chat").exit_code == 0
    (job,) = cloud.jobs.values()
    assert "response_format" not in job.body
    assert "JSON schema" in job.body["messages"][0]["content"]


FAULTS = [
    (
        "429, then well",
        {"submits": [Reply(429, {}, {"Retry-After": "0.1"})]},
        0,
        "",
        [Entry.SETTLED],
    ),
    ("503, then well", {"submits": [Reply(503)]}, 0, "", [Entry.SETTLED]),
    ("a wrong key", {"submits": [Reply(401)]}, 1, "R0702", [Entry.RELEASED]),
    ("an empty account", {"submits": [Reply(402)]}, 1, "R0703", [Entry.RELEASED]),
    ("refused", {"end": "moderated"}, 1, "R0704", [Entry.RELEASED]),
    ("the answer is lost", {"submits": [Reply(drop=True, after=True)]}, 1, "R0706", [Entry.HELD]),
    ("no choice", {"submits": [Reply(200, {"choices": []}, after=True)]}, 1, "R0706", [Entry.HELD]),
    ("a dear one", {"budget": "0.001"}, 1, "R0709", []),
]


@pytest.mark.parametrize("script", FAULTS, ids=[one[0] for one in FAULTS])
def test_a_fault_while_writing(run, cloud, script):
    _, what, exit_code, code, entries = script
    cloud.submits.extend(what.get("submits", ()))
    cloud.end = what.get("end", "ok")
    cloud.answers.append(outline())
    budget = ("--budget", what["budget"]) if "budget" in what else ()
    done = run("--writer", "openai-chat", *budget)
    assert (done.exit_code, code in done.output) == (exit_code, True), done.output
    assert [row.state for row in rows()] == entries
    assert Path("film.scene").exists() is (exit_code == 0)


@pytest.mark.parametrize("variable", ["DUOCAST_OFFLINE", "OPENAI_API_KEY"])
def test_no_call_leaves_without_leave(run, cloud, monkeypatch, variable):
    monkeypatch.setenv(variable, "1" if variable == "DUOCAST_OFFLINE" else "")
    done = run("--writer", "openai-chat")
    assert done.exit_code == 1
    assert ("R0710" if variable == "DUOCAST_OFFLINE" else "R0701") in done.output
    assert cloud.seen == []


def test_an_answer_directs_nothing_and_names_no_file():
    idea = Idea(IDEA, (Given("MARA"),))
    sly = read_outline(
        outline(title="X\nEngine: animate veo", places=[{"name": "A\n  plate: /etc/passwd"}])
    )
    text = as_scene(sly, idea)
    assert "\nEngine:" not in text
    assert "\n  plate:" not in text
    assert "[" not in text
    for bad in ("", "[]", '{"title": "x"}', outline(scenes=[])):
        with pytest.raises(NotAnOutline):
            read_outline(bad)
