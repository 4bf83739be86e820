"""`duocast check` and `duocast explain`: forms, fixes, selections and exit codes, called as a program calls them."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from duocast.cli.check import command as check
from duocast.cli.explain import command as explain
from duocast.language.explain import codes

SCENE = "INT. KITCHEN - NIGHT\n\n"
CARD = "character MARA\n  voice: amber\n\n"
CLEAN = CARD + SCENE + "MARA\nYou kept it.\n"
WRONG = CARD + SCENE + "MARA\nYou kept it. [baet] All [] these years.\n"
"""Two safe fixes."""


@pytest.fixture
def run(tmp_path, monkeypatch):
    monkeypatch.chdir(tmp_path)

    def called(*arguments, command=check):
        return CliRunner().invoke(command, [str(one) for one in arguments])

    return called


def put(text, name="film.scene"):
    Path(name).write_bytes(text.encode())


def read(name="film.scene"):
    return Path(name).read_bytes().decode()


def test_nothing_is_wrong(run):
    put(CLEAN)
    done = run("film.scene")
    assert done.exit_code == 0
    assert done.stderr == "film.scene: no findings, 1 scene\n"


def test_findings_are_shown_once_with_where_to_read_more(run):
    put(WRONG)
    done = run("film.scene")
    assert done.exit_code == 1
    assert done.stderr.count("Read more with duocast explain D0102, D0107\n") == 1
    assert done.stderr.endswith("film.scene: 2 errors; --fix mends 2 of them\n")


def test_a_note_is_no_reason_to_fail(run):
    put(CARD + "place HALL\n  weather: rain\n\n" + CLEAN.removeprefix(CARD))
    done = run("film.scene", "--format", "concise")
    assert "note[N0112]" in done.stderr
    assert done.exit_code == 0


@pytest.mark.parametrize("form", ["full", "concise", "json", "github", "sarif"])
def test_a_warning_fails_only_if_that_is_wanted(run, form):
    put("CUT TO:\n\n" + CLEAN)
    assert "S0120" in run("film.scene", "--format", form).output
    assert run("film.scene", "--format", form).exit_code == 0
    assert run("film.scene", "--format", form, "--strict").exit_code == 1
    assert run("film.scene", "--format", form, "--strict", "--ignore", "S0120").exit_code == 0


def test_a_film_ignores_what_its_title_page_says_but_no_errors(run):
    put("Title: T\nCheck: ignore S01\n\n" + CARD + "CUT TO:\n\n" + SCENE + "MARA\nYes.\n")
    assert run("film.scene", "--strict").exit_code == 0
    put("Title: T\nCheck: ignore S01, D0107\n\n" + SCENE + "MARA\nYes. []\n")
    done = run("film.scene", "--format", "concise")
    assert "error[D0107]" in done.stderr
    assert "warning[N0122]" in done.stderr


@pytest.mark.parametrize(
    ("options", "found"),
    [
        (["--select", "D0107"], ["D0107"]),
        (["--select", "D"], ["D0102", "D0107"]),
        (["--ignore", "d0102"], ["D0107"]),
        (["--select", "D01", "--ignore", "D0102,D0107"], []),
    ],
)
def test_some_codes_only(run, options, found):
    put(WRONG)
    done = run("film.scene", "--json", *options)
    assert [one["code"] for one in json.loads(done.stdout)] == found
    assert done.exit_code == bool(found)


def test_a_code_that_is_none(run):
    put(CLEAN)
    done = run("film.scene", "--select", "N0240")
    assert done.exit_code == 2
    assert "did you mean" in done.stderr


def test_fixes_are_made_until_there_are_none(run):
    put(WRONG)
    done = run("film.scene", "--fix")
    assert done.exit_code == 0, done.stderr
    assert read() == CARD + SCENE + "MARA\nYou kept it. [beat] All these years.\n"
    assert "film.scene: fixed D0102, D0107\n" in done.stderr
    assert run("film.scene", "--fix").stderr == "film.scene: no findings, 1 scene\n"


def test_one_fix_brings_out_the_next(run):
    """The bracket closes, and only then the slip in it is seen."""
    put(CARD + SCENE + "mara\nYou kept it. [baet] All these years.\n\nMARA\nYes.\n")
    assert run("film.scene", "--fix").exit_code == 0
    assert read() == CARD + SCENE + "MARA\nYou kept it. [beat] All these years.\n\nMARA\nYes.\n"


def test_what_may_be_wrong_is_left_unless_it_is_wanted(run):
    put(SCENE + "MARA\nYou *kept it.\n")
    assert run("film.scene", "--fix", "--strict").exit_code == 1
    assert read() == SCENE + "MARA\nYou *kept it.\n"
    assert run("film.scene", "--unsafe-fixes").exit_code == 0
    assert read() == SCENE + "MARA\nYou *kept* it.\n"


def test_a_difference_changes_nothing(run):
    put(WRONG)
    done = run("film.scene", "--fix", "--diff")
    assert "+You kept it. [beat] All these years.\n" in done.stdout
    assert "-You kept it. [baet]" in done.stdout
    assert done.exit_code == 1
    assert read() == WRONG


def test_only_what_was_selected_is_mended(run):
    put(WRONG)
    run("film.scene", "--fix", "--select", "D0107")
    assert "[baet]" in read()
    assert "[]" not in read()


def test_line_ends_modes_and_links_are_kept(run, tmp_path):
    put("CUT TO:\r\n\r\n" + SCENE.replace("\n", "\r\n") + "MARA: Yes.\r\n\r\nMARA\r\nNo.\r\n")
    Path("film.scene").chmod(0o640)
    run("film.scene", "--fix")
    assert read() == "\r\n" + SCENE.replace("\n", "\r\n") + "MARA\r\nYes.\r\n\r\nMARA\r\nNo.\r\n"
    assert Path("film.scene").stat().st_mode & 0o777 == 0o640
    assert [path.name for path in tmp_path.iterdir()] == ["film.scene"]


def test_a_file_that_is_used_is_mended_too_and_nothing_outside(run, tmp_path):
    film = tmp_path / "film"
    film.mkdir()
    (tmp_path / "outside.scene").write_text("character MARA\n  voise: amber\n", encoding="utf-8")
    (film / "link.scene").symlink_to(tmp_path / "outside.scene")
    (film / "cast.scene").write_text("character MARA\n  voise: amber\n", encoding="utf-8")
    put("Title: T\nUse: cast.scene, link.scene\n\n" + SCENE + "MARA\nYes.\n", "film/film.scene")
    done = run("film/film.scene", "--fix")
    assert "film/cast.scene: mended\n" in done.stderr
    assert (film / "cast.scene").read_text("utf-8") == "character MARA\n  voice: amber\n"
    assert "voise" in (tmp_path / "outside.scene").read_text("utf-8")
    assert "A0002" in done.stderr


def test_what_is_no_utf8_is_not_written(run, tmp_path):
    before = (CARD + SCENE + "MARA\nCaf\u00e9 [].\n").encode("cp1252")
    (tmp_path / "film.scene").write_bytes(before)
    done = run("film.scene", "--fix")
    assert done.exit_code == 2
    assert "not UTF-8" in done.stderr
    assert (tmp_path / "film.scene").read_bytes() == before


def test_several_scripts_and_folders(run, tmp_path):
    (tmp_path / "acts").mkdir()
    put(CLEAN, "acts/one.scene")
    put(WRONG, "acts/two.scene")
    done = run("acts", "--format", "concise")
    assert done.exit_code == 1
    assert "acts/two.scene:7:15: error[D0102]" in done.stderr
    assert "acts/one.scene: no findings, 1 scene\n" in done.stderr
    assert run(tmp_path / "nothing").exit_code == 2


def test_a_script_that_another_one_uses_is_checked_once(run, tmp_path):
    (tmp_path / "film").mkdir()
    put("character MARA\n  voise: amber\n", "film/cast.scene")
    put("Title: T\nUse: cast.scene\n\n" + SCENE + "MARA\nYes.\n", "film/film.scene")
    assert run("film", "--format", "concise").stderr.count("N0102") == 1
    assert "film/cast.scene:2:3: error" in run("film", "--format", "concise").stderr
    assert run("film", "film/cast.scene", "--format", "concise").stderr.count("N0102") == 2


def test_commands_for_github(run):
    put(WRONG.replace("[]", "[two-shot, 100%, a: b]"))
    lines = run("film.scene", "--format", "github").stdout.splitlines()
    assert lines[0] == (
        "::error file=film.scene,line=7,col=15,endColumn=18,title=D0102::"
        "the direction “baet” is not understood%0Adid you mean beat?%0Afix: replace with beat"
    )
    assert all(line.startswith("::error file=film.scene,line=7,") for line in lines)
    assert "100%25" in "".join(lines)


def test_sarif(run, tmp_path):
    (tmp_path / "films").mkdir()
    put("character MARA\n  voise: amber\n", "films/my cast.scene")
    text = "Title: T\nUse: my cast.scene\n\n" + WRONG.removeprefix(CARD)
    put(text, "films/film.scene")
    log = json.loads(run("films/film.scene", "--format", "sarif").stdout)
    (found,) = log["runs"]
    rules = [rule["id"] for rule in found["tool"]["driver"]["rules"]]
    assert rules == ["D0102", "D0107", "N0102"]
    assert all(rules[one["ruleIndex"]] == one["ruleId"] for one in found["results"])
    places = [one["locations"][0]["physicalLocation"] for one in found["results"]]
    assert {one["artifactLocation"]["uri"] for one in places} == {
        "films/film.scene",
        "films/my%20cast.scene",
    }
    slip = next(one for one in found["results"] if one["ruleId"] == "D0102")
    region = slip["locations"][0]["physicalLocation"]["region"]
    start = region["charOffset"]
    assert text[start : start + region["charLength"]] == "baet"
    (change,) = slip["fixes"][0]["artifactChanges"]
    assert change["replacements"] == [
        {"deletedRegion": region, "insertedContent": {"text": "beat"}}
    ]


def test_every_code_is_listed_and_one_is_explained(run):
    listed = run(command=explain).stdout
    assert all(f"   {code}  " in listed for code in codes())
    assert max(map(len, listed.splitlines())) <= 88
    assert [one["code"] for one in json.loads(run("--json", command=explain).stdout)] == list(
        codes()
    )
    told = run("n0204", command=explain).stdout
    assert told.startswith("error[N0204]: there is nobody of that name in the cast\n")
    assert "\nWrong\n\n    character MARA\n" in told
    assert json.loads(run("N0204", "--json", command=explain).stdout)["good"].startswith(
        "character"
    )
    wrong = run("N0240", command=explain)
    assert wrong.exit_code == 2
    assert "did you mean" in wrong.stderr


def test_cards_before_and_after_the_story_are_no_scenes(run):
    put("Title: T\n\n" + CLEAN + "\nINT. HALL - NIGHT\n\nMARA\nHere.\n")
    assert run("film.scene").stderr == "film.scene: no findings, 2 scenes\n"
