"""A whole film through the ordinary CLI, with clouds that speak, compose and film it."""

import json
import os
import subprocess
import sys

import av
import pytest
from click.testing import CliRunner
from fakecloud import KEY

from duocast.cli.doctor import elsewhere
from duocast.cli.program import group
from duocast.cli.studio import registry
from duocast.runtime.rented import Rented

SCRIPT = """\
Title: Rented
Format: 320x180 @ 12
Engine: speak elevenlabs, compose aiml, animate aiml

character ANNA
  description: woman in her thirties, dark bob
  voice: amber

INT. ROOM - DAY

ANNA
My map moved. Maybe people are here.
"""
CLOUDS = """\
[elevenlabs]
base = "{url}"
poll = 0.05

[aiml]
base = "{url}"
poll = 0.05
"""
SPOKEN = len("My map moved. Maybe people are here.") * 100
PAINTED, FILMED = 60_000, 4 * 400_000


@pytest.fixture
def film(tmp_path, monkeypatch, cloud):
    script = tmp_path / "film" / "film.scene"
    script.parent.mkdir()
    script.write_text(SCRIPT)
    settings = tmp_path / "clouds.toml"
    settings.write_text(CLOUDS.format(url=cloud.url))
    monkeypatch.setenv("DUOCAST_CLOUDS", str(settings))
    monkeypatch.setenv("DUOCAST_MONEY", str(tmp_path / "money"))
    monkeypatch.setenv("ELEVENLABS_API_KEY", KEY)
    monkeypatch.setenv("AIML_API_KEY", KEY)
    return script


def run(*arguments):
    return CliRunner().invoke(group, [str(one) for one in arguments])


def test_a_plan_says_what_clouds_may_take(film, cloud):
    planned = json.loads(run("plan", film, "--json").stdout)
    prices = {step["operation"]: step.get("money", 0) for step in planned["steps"]}
    assert (prices["speak"], prices["compose"], prices["animate"]) == (SPOKEN, 200_000, 1_680_000)
    assert planned["money"] == SPOKEN + 200_000 + 1_680_000
    assert "costs up to 1.8836 dollars" in run("plan", film).stdout
    assert cloud.seen == []


def test_a_render_over_its_budget_sends_nothing(film, cloud):
    done = run("render", film, "--budget", "1.88")
    assert (done.exit_code, cloud.seen) == (1, [])
    assert "error[R0709]: it costs 1.8836, and 0.00 of the budget of 1.88 dollars" in done.output
    assert "5 or 5.00" in run("render", film, "--budget", "a lot").output


def test_without_a_key_nothing_is_sent_and_the_variable_is_named(film, cloud, monkeypatch):
    monkeypatch.delenv("AIML_API_KEY")
    done = run("render", film)
    assert (done.exit_code, cloud.seen) == (1, [])
    assert "error[R0701]: aiml needs a key, and AIML_API_KEY is not set here" in done.output
    planned = run("plan", film)
    assert planned.exit_code == 1
    assert "AIML_API_KEY" in planned.stdout


@pytest.mark.parametrize("value", ["1", "yes"])
def test_offline_no_cloud_is_asked(film, cloud, monkeypatch, value):
    monkeypatch.setenv("DUOCAST_OFFLINE", value)
    done = run("render", film)
    assert (done.exit_code, cloud.seen) == (1, [])
    assert "error[R0710]: elevenlabs is a cloud, and DUOCAST_OFFLINE forbids calls" in done.output
    assert "unset DUOCAST_OFFLINE" in done.output
    assert not list(film.parent.rglob("*.wav"))
    planned = run("plan", film)
    assert (planned.exit_code, cloud.seen) == (1, [])
    assert "DUOCAST_OFFLINE" in planned.stdout


@pytest.mark.slow
def test_a_film_made_by_clouds(film, cloud, tmp_path, monkeypatch):
    cloud.polls = 3
    done = run("render", film, "--jobs", "1", "--budget", "1.8836", "--json")
    assert done.exit_code == 0, done.output
    (made,) = film.parent.glob("out/film/*.mp4")
    with av.open(str(made)) as container:
        stream = container.streams.video[0]
        assert (stream.width, stream.height) == (320, 180)
        frames = [frame.to_ndarray(format="gray")[60:120] for frame in container.decode(stream)]
        assert max(frame.std() for frame in frames) > 40  # the gradient that the fake cloud filmed
    assert len(cloud.paid) == 3
    assert not cloud.repeated
    spent = SPOKEN + PAINTED + FILMED
    found = json.loads(run("credits", "--json").stdout)
    assert (found["spent"], found["reserved"], found["held"]) == (spent, 0, [])
    assert found["films"] == {str(film): {"spent": spent, "reserved": 0, "calls": 3}}
    assert found["providers"]["aiml"]["spent"] == PAINTED + FILMED
    assert "spent 1.6636 dollars" in run("credits").stdout
    monkeypatch.setenv("DUOCAST_OFFLINE", "1")
    again = json.loads(run("render", film, "--jobs", "1", "--json").stdout)
    assert "tasks" in again, again
    assert {row["status"] for row in again["tasks"]} == {"reused"}
    assert len(cloud.paid) == 3
    for file in tmp_path.rglob("*"):
        assert not file.is_file() or KEY.encode() not in file.read_bytes(), file


def test_the_doctor_says_which_keys_are_missing(film, monkeypatch):
    monkeypatch.delenv("AIML_API_KEY")
    monkeypatch.delenv("LUMAAI_API_KEY", raising=False)
    found = {each.name: elsewhere(each) for each in registry() if isinstance(each, Rented)}
    assert found["elevenlabs"] is None
    assert "no workflow" in found["comfyui"].detail
    assert found["luma"].detail == "luma needs a key, and LUMAAI_API_KEY is not set here"
    monkeypatch.setenv("DUOCAST_OFFLINE", "1")
    off = [elsewhere(each) for each in registry() if isinstance(each, Rented)]
    assert all(one is not None and "DUOCAST_OFFLINE" in one.detail for one in off)


def test_credits_before_anything_was_paid(film):
    assert run("credits").output == "nothing was paid yet\n"
    assert run("credits", "--again", "abcdef").exit_code == 2


def test_the_program_loads_no_network_library_for_who_uses_no_cloud(film):
    film.write_text(SCRIPT.replace("Engine: speak elevenlabs, compose aiml, animate aiml\n", ""))
    code = (
        "import sys\nfrom duocast.cli.program import group\n"
        f"group(['plan', {str(film)!r}], standalone_mode=False)\n"
        "import duocast.cli.render, duocast.cli.credits\n"
        "heavy = {'httpx', 'httpcore', 'anyio', 'duocast.runtime.clouds.driver'}\n"
        "print('loaded', sorted(heavy & set(sys.modules)))"
    )
    done = subprocess.run(
        [sys.executable, "-c", code],
        capture_output=True,
        text=True,
        check=True,
        env=os.environ.copy(),
    )
    assert done.stdout.splitlines()[-1] == "loaded []"
