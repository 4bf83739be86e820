"""`duocast fmt` as people use it: files, folders, standard input, links, modes and exit codes."""

import json
import os
import stat

import pytest
from click.testing import CliRunner

from duocast.cli.fmt import command

BAD = "int. hall - day\r\nRain.  \r\n\r\n\r\nMARA \r\nHello   there."
GOOD = "INT. HALL - DAY\n\nRain.\n\nMARA\nHello there.\n"


@pytest.fixture
def folder(tmp_path):
    """A project with a script to lay out, one that is in order, and what is no script."""
    (tmp_path / "film" / "acts").mkdir(parents=True)
    (tmp_path / "film" / ".duocast").mkdir()
    for name, text in (
        ("one.scene", BAD),
        ("acts/two.scene", GOOD),
        ("notes.txt", BAD),
        (".duocast/x.scene", BAD),
    ):
        (tmp_path / "film" / name).write_bytes(text.encode())
    return tmp_path / "film"


def fmt(*arguments, text=None):
    return CliRunner().invoke(command, [str(one) for one in arguments], input=text)


def read(path):
    return path.read_bytes().decode()


def test_a_folder_is_laid_out_once(folder):
    done = fmt(folder)
    assert (done.exit_code, done.stdout) == (0, "")
    assert "one.scene: laid out" in done.stderr
    assert "1 of 2 files changed" in done.stderr
    assert read(folder / "one.scene") == read(folder / "acts" / "two.scene") == GOOD
    assert read(folder / "notes.txt") == read(folder / ".duocast" / "x.scene") == BAD
    assert "0 of 2 files changed" in fmt(folder).stderr


def test_check_changes_nothing_and_tells(folder):
    done = fmt("--check", folder)
    assert done.exit_code == 1
    assert "one.scene: would change" in done.stderr
    assert "two.scene" not in done.stderr
    assert read(folder / "one.scene") == BAD
    assert fmt("--check", folder / "acts").exit_code == 0


def test_diff_shows_and_changes_nothing(folder):
    done = fmt("--diff", folder)
    assert done.exit_code == 0
    assert "-int. hall - day␍\n" in done.stdout
    assert "+INT. HALL - DAY\n" in done.stdout
    assert "no line end at the end of the file" in done.stdout
    assert "\x1b[" not in done.stdout, "no colour where nobody sees it"
    assert read(folder / "one.scene") == BAD


def test_json(folder):
    done = fmt("--json", "--check", folder, folder / "missing.scene")
    said = json.loads(done.stdout)
    assert done.exit_code == 2
    assert said["changed"] == [str(folder / "one.scene")]
    assert (said["files"], said["written"]) == (2, False)
    assert said["problems"] == [{"path": str(folder / "missing.scene"), "problem": "is not there"}]


def test_standard_input(folder):
    assert fmt("-", text=BAD).stdout == GOOD
    assert fmt("-", text=GOOD).stdout == GOOD
    assert fmt("--check", "-", text=BAD).exit_code == 1
    assert fmt("--check", "-", text=GOOD).exit_code == 0
    assert fmt("-", folder, text=BAD).exit_code == 2


def test_the_mode_stays_and_nothing_is_left_behind(folder):
    script = folder / "one.scene"
    script.chmod(0o640)
    before = set(folder.iterdir())
    assert fmt(script).exit_code == 0
    assert stat.S_IMODE(script.stat().st_mode) == 0o640
    assert set(folder.iterdir()) == before


def test_a_file_in_order_is_not_written(folder):
    script = folder / "acts" / "two.scene"
    os.utime(script, ns=(1, 1))
    fmt(script)
    assert script.stat().st_mtime_ns == 1


def test_links_lead_nowhere_else(folder, tmp_path):
    outside = tmp_path / "outside.scene"
    outside.write_bytes(BAD.encode())
    (folder / "out.scene").symlink_to(outside)
    (folder / "in.scene").symlink_to(folder / "one.scene")
    (folder / "away").symlink_to(tmp_path)
    refused = fmt(folder / "out.scene")
    assert refused.exit_code == 2
    assert "leads out of its folder" in refused.stderr
    assert fmt(folder).exit_code == 0
    assert read(outside) == BAD
    assert (folder / "in.scene").is_symlink()
    assert read(folder / "one.scene") == GOOD


@pytest.mark.parametrize(
    ("content", "said"),
    [(b"caf\xe9", "save it as UTF-8"), (b"a\0b", "is no text"), (b"\xff\xfea", "save it as UTF-8")],
)
def test_what_could_be_misread_is_left_alone(folder, content, said):
    (folder / "odd.scene").write_bytes(content)
    done = fmt(folder)
    assert done.exit_code == 2
    assert said in done.stderr
    assert (folder / "odd.scene").read_bytes() == content
    assert read(folder / "one.scene") == GOOD, "the others are laid out"


@pytest.mark.parametrize("coding", ["utf-8-sig", "utf-16"])
def test_another_unicode_encoding_becomes_utf_8(folder, coding):
    (folder / "one.scene").write_bytes(GOOD.encode(coding))
    assert fmt("--check", folder).exit_code == 1
    fmt(folder)
    assert (folder / "one.scene").read_bytes() == GOOD.encode()


def test_a_folder_that_can_not_be_written_to_is_said(folder, monkeypatch):
    def refuse(*_, **__):
        raise PermissionError(13, "Permission denied")

    monkeypatch.setattr("tempfile.NamedTemporaryFile", refuse)
    done = fmt(folder)
    assert done.exit_code == 2
    assert "can't be written: Permission denied" in done.stderr
    assert read(folder / "one.scene") == BAD


def test_an_empty_folder_is_said(tmp_path):
    done = fmt(tmp_path)
    assert done.exit_code == 0
    assert "no .scene file" in done.stderr
