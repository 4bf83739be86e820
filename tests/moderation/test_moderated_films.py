"""Moderation as a person meets it: what is refused, where, and why; a film that is fine is as it was."""

import json
import re

import pytest
from click.testing import CliRunner
from moderating import looked
from PIL import Image

from duocast.cli.program import group
from duocast.cli.studio import crew, registry
from duocast.cli.watch.judging import Judge

SCRIPT = """\
Title: Two
Format: 256x144 @ 12

character LENA
  description: girl, 13, red hair
{card}
INT. KITCHEN - NIGHT

{action}

LENA
Stay here.
"""
STRICT = 'drawn = "refuse"\n'


class Typed:
    """What a command has said, and its exit code."""

    def __init__(self, result):
        self.code, self.out, self.err = result.exit_code, result.stdout, result.stderr

    @property
    def data(self):
        return json.loads(self.out)

    @property
    def codes(self):
        return set(re.findall(r"(?:error|warning)\[([A-Z]\d{4})\]", self.err))


@pytest.fixture
def typed(tmp_path, monkeypatch):
    """Types a command in a folder of its own, at home nowhere."""
    monkeypatch.chdir(tmp_path)
    own = {
        "DUOCAST_CACHE": str(tmp_path / "cache"),
        "DUOCAST_OFFLINE": "1",
        "DUOCAST_POLICY": "",
        "XDG_CONFIG_HOME": str(tmp_path / "config"),
        "COLUMNS": "200",
    }

    def type_in(*words, **more):
        arguments = [str(word) for word in words]
        return Typed(CliRunner().invoke(group, arguments, obj=arguments, env={**own, **more}))

    return type_in


@pytest.fixture
def run(tmp_path, typed):
    """Types a command about a film, under a policy."""

    def about(*words, action="Lena walks in.", card="", policy=None):
        script = tmp_path / "film.scene"
        script.write_text(SCRIPT.format(action=action, card=card), "utf-8")
        if policy is None:
            return typed(*words, "film.scene")
        (tmp_path / "policy.toml").write_text(policy, "utf-8")
        return typed(*words, "film.scene", DUOCAST_POLICY=str(tmp_path / "policy.toml"))

    return about


def test_refused_words_are_shown_where_they_stand_and_nothing_is_made(run, tmp_path):
    ended = run("render", action="Lena undresses.", policy=STRICT)
    assert (ended.code, ended.codes) == (1, {"M0101"})
    assert "film.scene:9:6" in ended.err
    assert "policy.toml says so ([category.minors] seen)" in " ".join(ended.err.split())
    assert "nothing is made" in ended.err
    assert not (tmp_path / "out").exists()


def test_the_same_for_programs(run):
    ended = run("compile", "--json", action="Lena undresses.", policy=STRICT)
    assert ended.code == 1
    assert [one["code"] for one in ended.data["errors"]] == ["M0101"]
    found = [one for one in ended.data["findings"] if one["code"] == "M0101"]
    assert found
    assert "undresses" in json.dumps(found[0])


def test_a_given_picture_is_refused_before_anything_is_made(run, tmp_path):
    face = tmp_path / "lena.png"
    Image.new("RGB", (64, 64), (200, 40, 40)).save(face)
    looked(tmp_path / "cache" / "moderation", face, 0.91)
    ended = run("render", card="  portrait: lena.png\n")
    assert (ended.code, ended.codes) == (1, {"M0201"})
    assert "lena.png: an explicit picture (score 0.91, refused from 0.85)" in ended.err


def test_moderate_says_every_line_with_its_reasons(run):
    ended = run("moderate", "--json", action="Lena undresses.")
    assert ended.code == 0, ended.err
    assert (ended.data["ok"], ended.data["drawn"]) == (True, True)
    (line,) = [one for one in ended.data["lines"] if one["text"] == "Lena undresses."]
    assert (line["line"], line["scope"], line["action"]) == (9, "seen", "warn")
    assert line["findings"][0]["category"] == "minors"
    shown = run("moderate", action="Lena undresses.", policy=STRICT)
    assert shown.code == 1
    assert "minors: undresses, lena" in shown.out
    assert "1 refused" in shown.out
    assert "without scores" in shown.out


def test_an_idea_is_looked_at_before_it_goes_to_a_cloud(typed, tmp_path):
    ended = typed("generate", "A naked schoolgirl in her room", "--writer", "gemini")
    assert (ended.code, ended.codes) == (1, {"M0101"})
    assert not (tmp_path / "film.scene").exists()


def test_a_policy_that_is_not_right_makes_nothing(run):
    looked = run("moderate", "--json", policy='missing = "perhaps"')
    assert '"code": "M0301"' in looked.out
    ended = run("render", policy='missing = "perhaps"')
    assert (ended.code, ended.codes) == (1, {"M0301"})
    assert "missing" in ended.err


def test_a_watch_keeps_the_last_good_film_where_a_save_is_refused(tmp_path, monkeypatch):
    policy = tmp_path / "policy.toml"
    policy.write_text(STRICT, "utf-8")
    monkeypatch.setenv("DUOCAST_POLICY", str(policy))
    script = tmp_path / "film.scene"
    judge = Judge(script, crew("draft", registry()), lenient=False)
    judged = []
    for action in ("Lena walks in.", "Lena undresses.", "Lena walks out."):
        script.write_text(SCRIPT.format(action=action, card=""), "utf-8")
        found = judge.judge(lambda _: {})
        judge.accept(found)
        judged.append(
            (found.good, found.view is not None, [one.code for one in found.compiled.diagnostics])
        )
    assert judged == [(True, True, []), (False, True, ["M0101"]), (True, True, [])]
