"""`duocast export`, `import` and `stats` through the program."""

import json
from pathlib import Path

import pytest
from click.testing import CliRunner

from duocast.cli.program import group

SCRIPT = "Title: T\n\ncharacter MARA\n\nINT. KITCHEN - NIGHT\n\nMARA\nYou kept it.\n"


@pytest.fixture
def script(tmp_path: Path) -> Path:
    path = tmp_path / "film.scene"
    path.write_text(SCRIPT, encoding="utf-8")
    return path


def run(*arguments: object):
    return CliRunner().invoke(group, [str(argument) for argument in arguments])


@pytest.mark.parametrize(
    ("to", "name", "has"),
    [
        ("fountain", "film.fountain", "MARA\nYou kept it."),
        ("fdx", "film.fdx", '<Paragraph Type="Dialogue">'),
        ("srt", "film.srt", " --> "),
        ("shotlist", "film.shots.csv", "Mara: You kept it."),
        ("json", "film.json", '"screenplay"'),
    ],
)
def test_every_form_is_written_beside_the_script(script, to, name, has):
    assert run("export", script, "--to", to).exit_code == 0
    assert has in script.with_name(name).read_text("utf-8")


def test_a_file_that_is_there_is_kept_unless_forced(script):
    assert run("export", script, "--to", "srt").exit_code == 0
    again = run("export", script, "--to", "srt")
    assert again.exit_code == 2
    assert "--force" in again.output
    assert run("export", script, "--to", "srt", "--force").exit_code == 0


def test_the_script_itself_is_never_written_over(script):
    assert run("export", script, "--to", "fountain", "-o", script, "--force").exit_code == 2
    assert script.read_text("utf-8") == SCRIPT


def test_what_needs_a_film_is_refused_while_there_are_errors(script):
    script.write_text(SCRIPT.replace("MARA\nYou", "MRAA\nYou"), encoding="utf-8")
    assert run("export", script, "--to", "srt").exit_code == 1
    assert not script.with_name("film.srt").exists()
    assert run("export", script, "--to", "fountain").exit_code == 0


def test_a_final_draft_file_comes_back_as_a_script_that_is_clean(script):
    run("export", script, "--to", "fdx")
    back = script.with_name("back.scene")
    assert run("import", script.with_name("film.fdx"), "-o", back).exit_code == 0
    assert "MARA\nYou kept it." in back.read_text("utf-8")
    assert run("check", back).exit_code == 0


def test_a_broken_final_draft_file_says_where(tmp_path):
    path = tmp_path / "film.fdx"
    path.write_text("<FinalDraft><Content>", encoding="utf-8")
    result = run("import", path)
    assert result.exit_code == 2
    assert "line 1" in result.output


def test_statistics_as_tables_and_as_data(script):
    told = run("stats", script)
    assert "Mara" in told.output
    assert "INT. KITCHEN - NIGHT" in told.output
    found = json.loads(run("stats", script, "--json").output)
    assert found["characters"][0]["words"] == 3
    assert "Mara" not in run("stats", script, "--by", "place").output


def test_brackets_in_a_title_are_no_markup(script):
    text = script.read_text("utf-8")
    title = "Title: The [close] Ferry [/b]\n"
    script.write_text(title + text.split("\n", 1)[1] if text.startswith("Title:") else title + text)
    done = run("stats", script)
    assert done.exit_code == 0
    assert done.output.startswith("The [close] Ferry [/b]: about ")
