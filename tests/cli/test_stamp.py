"""Stamps: what was said about an unchanged film is said again, and nothing else ever is."""

import json
import subprocess
import sys
from pathlib import Path

import pytest

from duocast.cli import stamp
from duocast.cli.main import main

SCRIPT = """\
Title: Test
Use: cast.scene

INT. KITCHEN - NIGHT

MARA
You kept it.

TOMAS
I did.
"""
CAST = """\
character MARA
  portrait: mara.png
  voice: amber
"""


@pytest.fixture
def film(tmp_path, monkeypatch):
    (tmp_path / "film.scene").write_text(SCRIPT)
    (tmp_path / "cast.scene").write_text(CAST)
    (tmp_path / "mara.png").write_bytes(b"a picture")
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture
def call(monkeypatch, capsys):
    """Run the program: its exit code, what it printed, and whether it only said it again."""

    def run(*arguments):
        monkeypatch.setattr(sys, "argv", ["duocast", *arguments])
        again = stamp.say_again(list(arguments)) is not None
        capsys.readouterr()
        with pytest.raises(SystemExit) as leaving:
            main()
        said = capsys.readouterr()
        return leaving.value.code or 0, said.out, said.err, again

    return run


def test_an_unchanged_film_gets_the_same_words_and_the_same_code(film, call):
    code, out, err, again = call("check", "film.scene")
    assert (code, again) == (1, False)
    assert "TOMAS" in err
    assert call("check", "film.scene") == (code, out, err, True)


def test_json_goes_where_it_went(film, call):
    first = call("check", "film.scene", "--json")
    assert json.loads(first[1])
    assert call("check", "film.scene", "--json") == (*first[:3], True)


@pytest.mark.parametrize(
    "change",
    [
        lambda film: (film / "film.scene").write_text(SCRIPT.replace("kept", "left")),
        lambda film: (film / "cast.scene").write_text(CAST.replace("amber", "coral")),
        lambda film: (film / "cast.scene").unlink(),
        lambda film: (film / "mara.png").unlink(),
        lambda film: (film / "mara.png").write_bytes(b""),
    ],
    ids=["script", "used script", "used script gone", "picture gone", "picture emptied"],
)
def test_a_change_of_any_file_is_seen(film, call, change):
    call("check", "film.scene")
    change(film)
    assert call("check", "film.scene")[3] is False
    assert call("check", "film.scene")[3] is True


def test_a_file_that_appears_is_seen(film, call):
    (film / "mara.png").unlink()
    assert "mara.png" in call("check", "film.scene")[2]
    (film / "mara.png").write_bytes(b"a picture")
    _, _, err, again = call("check", "film.scene")
    assert "mara.png" not in err
    assert not again


def test_another_content_of_a_picture_is_no_other_finding(film, call):
    call("check", "film.scene")
    (film / "mara.png").write_bytes(b"another picture")
    assert call("check", "film.scene")[3] is True


def test_other_options_another_place_and_another_program_are_something_else(
    film, call, monkeypatch
):
    call("check", "film.scene")
    assert not call("check", "film.scene", "--format", "concise")[3]
    call("check", "film.scene")
    with monkeypatch.context() as there:
        there.chdir(film.parent)
        assert not call("check", f"{film.name}/film.scene")[3]
    call("check", "film.scene")
    monkeypatch.setattr(stamp, "_program", lambda: "another")
    assert not call("check", "film.scene")[3]


@pytest.mark.parametrize(
    "harm",
    [
        lambda text: text.replace("TOMAS", "THOMAS"),
        lambda text: text[: len(text) // 2],
        lambda _: "",
        lambda _: "\0\0",
        lambda _: stamp.sealed({}),
    ],
    ids=["changed", "cut off", "empty", "zeros", "of another kind"],
)
def test_a_damaged_stamp_means_doing_it_again(film, call, harm):
    first = call("check", "film.scene")
    (kept,) = (film / stamp.FOLDER).iterdir()
    kept.write_text(harm(kept.read_text()))
    assert call("check", "film.scene") == first
    assert call("check", "film.scene")[3]


def test_a_folder_that_keeps_nothing_is_no_harm(film, call):
    (film / ".duocast").write_text("in the way")
    assert call("check", "film.scene") == call("check", "film.scene")


def test_what_mends_is_never_only_said(film, call):
    for _ in range(2):
        assert not call("check", "film.scene", "--diff")[3]


def test_only_a_check_of_one_script_is_stamped(film):
    assert stamp.stamp_path(["check", "film.scene", "cast.scene"]) is None
    assert stamp.stamp_path(["check", "film.scene", "."]) is None
    assert stamp.stamp_path(["check", "."]) is None
    assert stamp.stamp_path(["render", "film.scene"]) is None
    assert stamp.stamp_path(["check", "nothing.scene"]) is None
    assert stamp.stamp_path([]) is None
    found = stamp.stamp_path(["check", "--json", "film.scene"])
    assert found is not None
    assert Path(found).parent == film.resolve() / stamp.FOLDER


def test_proving_imports_next_to_nothing(film):
    """Both in processes of their own, as a stamp also names the terminal."""
    words = ["check", "film.scene"]
    run = [sys.executable, "-c", "from duocast.cli.main import main; main()", *words]
    first = subprocess.run(run, capture_output=True, text=True)
    code = (
        "import sys; before = set(sys.modules); from duocast.cli.stamp import say_again;"
        f"code = say_again({words}); print(code, *sorted(set(sys.modules) - before))"
    )
    again = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True)
    exit_code, *imported = again.stdout.split()
    assert (int(exit_code), again.stderr) == (first.returncode, first.stderr)
    heavy = {"click", "lark", "msgspec", "pydantic", "rich", "pathlib", "typing", "inspect"}
    assert heavy.isdisjoint(imported)
    assert not [name for name in imported if name.startswith(("duocast.compiler", "duocast.lang"))]
