"""Moderation as a person meets it: what is refused, where, and why; a film that is fine is as it was."""

import json

import pytest
from moderating import looked
from PIL import Image

from measure.terminal import duocast

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


@pytest.fixture
def run(tmp_path):
    """Types a command in a folder with a film, under a policy."""

    def typed(*words, action="Lena walks in.", card="", policy=None):
        script = tmp_path / "film.scene"
        script.write_text(SCRIPT.format(action=action, card=card), "utf-8")
        own = {"DUOCAST_CACHE": str(tmp_path / "cache"), "DUOCAST_OFFLINE": "1"}
        own |= {"XDG_CONFIG_HOME": str(tmp_path / "config"), "DUOCAST_POLICY": ""}
        if policy is not None:
            (tmp_path / "policy.toml").write_text(policy, "utf-8")
            own["DUOCAST_POLICY"] = str(tmp_path / "policy.toml")
        return duocast(*words, script, home=tmp_path, changes=own, cwd=tmp_path)

    return typed


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


def test_a_policy_that_is_not_right_makes_nothing(run):
    ended = run("render", policy='missing = "perhaps"')
    assert (ended.code, ended.codes) == (1, {"M0301"})
    assert "missing" in ended.err
