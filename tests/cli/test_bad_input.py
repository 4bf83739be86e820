"""What goes wrong for users: every bad input gives a coded message that says what to do, and never a traceback."""

import os
import struct
import zlib
from pathlib import Path

import pytest

from measure.terminal import Ended, duocast

SCENE = """\
Title: Bad Input
Format: 320x180 @ 12
{cards}
INT. ROOM - DAY

{speech}
"""
SPEECH = "ANNA\nHello there."


@pytest.fixture
def home(tmp_path):
    """A folder with a project in it; the project's folder is `project`."""
    (tmp_path / "project").mkdir()
    return tmp_path


def write(home: Path, cards: str = "character ANNA\n", speech: str = SPEECH) -> Path:
    script = home / "project" / "film.scene"
    script.write_text(SCENE.format(cards=f"\n{cards}", speech=speech), encoding="utf-8")
    return script


def assert_told(done: Ended, *codes: str, code: int = 1) -> None:
    """It failed as it should: with these codes, with something to do, with no traceback."""
    assert not done.crashed, done.err
    assert done.code == code, (done.code, done.err)
    assert set(codes) <= done.codes, done.err
    assert "hint: " in done.err or "fix (" in done.err or "  = " in done.err, done.err


# --- what `check` says before anything runs -----------------------------------------------------------------


def test_everything_that_is_wrong_with_a_script_is_told_at_once(home):
    project = home / "project"
    (home / "outside.png").write_bytes(b"not yours")
    (project / "empty.png").touch()
    (project / "way-out.png").symlink_to(home / "outside.png")
    names = {
        "ANNA": "missing.png",
        "BEN": "empty.png",
        "CLEO": "../outside.png",
        "DAN": str(home / "outside.png"),
        "EVE": "way-out.png",
    }
    cards = "".join(f"character {name}\n  portrait: {file}\n\n" for name, file in names.items())
    speech = "ANNE\nHello [beat there.\n\nBEN\nYes."
    done = duocast("check", write(home, cards, speech), home=home)
    assert_told(done, "A0001", "A0004", "A0002", "N0204", "D0101")
    for name, file in names.items():
        assert file in done.err, (name, done.err)
    assert "did you mean ANNA?" in done.err
    assert done.err.count("error[A0002]") == 3


def test_an_empty_script(home):
    script = home / "project" / "film.scene"
    script.touch()
    assert_told(duocast("check", script, home=home), "S0101")


def test_what_is_not_a_command_or_a_script_is_answered_with_usage(home):
    for arguments, words in USAGE.items():
        wrong = duocast(*arguments, home=home, cwd=home)
        assert wrong.code == 2, (arguments, wrong.err)
        assert words in wrong.err, (arguments, wrong.err)
        assert not wrong.crashed


@pytest.mark.slow
def test_a_binary_file_is_not_answered_with_a_flood(home):
    binary = home / "project" / "noise.scene"
    binary.write_bytes(bytes(range(256)) * 400)
    done = duocast("check", binary, home=home)
    assert done.code in (1, 2), done.err
    assert not done.crashed
    assert len(done.err.splitlines()) < 40


USAGE: dict[tuple[str, ...], str] = {
    ("rendr", "film.scene"): "No such command 'rendr'",
    ("check", "project"): "there is no .scene file in project",
    ("check", "nothing.scene"): "there is no file nothing.scene",
}


@pytest.mark.slow
@pytest.mark.parametrize(
    ("arguments", "words"),
    [
        (("check", "--colour", "project/film.scene"), "No such option"),
        (("render", "project/film.scene", "--quality", "best"), "'best' is not one of"),
        (("render", "project/film.scene", "--jobs", "0"), "0 is not in the range"),
        (("render", "project/film.scene", "--select", "scene:7"), "there is no scene:7"),
        (("render", "project/film.scene", "--select", "room"), "room is no selector"),
        (("verify", "project/nothing.mp4"), "can't be read"),
        (("new", "project"), "is there already"),
        (("models", "pull", "whispr"), "V0101"),
    ],
)
def test_a_wrong_command_line_says_what_is_right(home, arguments, words):
    write(home)
    done = duocast(*arguments, home=home, cwd=home, changes={"DUOCAST_OFFLINE": "1"})
    assert done.code in (1, 2), done.err
    assert words in done.err
    assert not done.crashed


@pytest.mark.slow
@pytest.mark.parametrize("command", ["check", "graph", "compile", "render"])
def test_every_command_that_reads_a_script_answers_for_a_bad_one(home, command):
    script = write(home, speech="ANNA\nHello [beat there.")
    assert_told(duocast(command, script, home=home), "D0101")
    script.write_bytes(b"")
    assert_told(duocast(command, script, home=home), "S0101")


@pytest.mark.slow
def test_findings_are_data_with_json(home):
    import json

    script = write(home, speech="ANNE\nHello.")
    done = duocast("check", "--json", script, home=home)
    assert done.code == 1
    rows = [json.loads(line) for line in done.out.splitlines()] if done.out[0] == "{" else done.data
    assert rows
    assert not done.crashed


@pytest.mark.slow
def test_a_script_of_ten_thousand_lines_is_checked_in_seconds(home):
    speeches = []
    for number in range(3400):
        name = ("ANNA", "BEN")[number % 2]
        heading = f"\nINT. ROOM {number // 50} - DAY\n" if number % 50 == 49 else ""
        speeches.append(f"{heading}\n{name}\nLine number {number}, [beat] and then some *more*.\n")
    cards = "character ANNA\n\ncharacter BEN\n"
    script = write(home, cards, "".join(speeches))
    assert len(script.read_text(encoding="utf-8").splitlines()) >= 10_000
    done = duocast("check", script, home=home)
    assert done.code == 0, done.err[:2000]
    assert done.seconds < 30
    broken = script.read_text(encoding="utf-8").replace("[beat]", "[beat")
    script.write_text(broken, encoding="utf-8")
    done = duocast("check", script, home=home)
    assert_told(done, "D0101")
    assert done.seconds < 60


# --- what only the work finds out -------------------------------------------------------------------------


def picture(home: Path, name: str, content: bytes) -> Path:
    (home / "project" / name).write_bytes(content)
    return write(home, f"character ANNA\n  portrait: {name}\n")


def png(width: int, height: int) -> bytes:
    """A grey PNG of any size, a few hundred kilobytes even at 200 megapixels."""

    def chunk(kind: bytes, content: bytes) -> bytes:
        body = kind + content
        return struct.pack(">I", len(content)) + body + struct.pack(">I", zlib.crc32(body))

    packer = zlib.compressobj(9)
    row = b"\0" + b"\x80" * width
    packed = b"".join(packer.compress(row) for _ in range(height)) + packer.flush()
    head = chunk(b"IHDR", struct.pack(">IIBBBBB", width, height, 8, 0, 0, 0, 0))
    return b"\x89PNG\r\n\x1a\n" + head + chunk(b"IDAT", packed) + chunk(b"IEND", b"")


@pytest.mark.slow
def test_a_picture_that_is_no_picture(home):
    script = picture(home, "anna.png", b"GIF or not, this is text.\n" * 40)
    assert_told(duocast("render", script, "--quality", "draft", home=home), "A0202")


@pytest.mark.slow
def test_a_picture_that_ends_too_early(home):
    script = picture(home, "anna.png", png(400, 400)[:200])
    assert_told(duocast("render", script, "--quality", "draft", home=home), "A0202")


@pytest.mark.slow
def test_a_picture_of_200_megapixels(home):
    script = picture(home, "anna.png", png(20_000, 10_000))
    done = duocast("render", script, "--quality", "draft", home=home)
    assert_told(done, "A0203")
    assert done.seconds < 60


@pytest.mark.slow
def test_a_picture_without_a_face(home):
    script = picture(home, "anna.png", png(600, 600))
    done = duocast("render", script, "--quality", "draft", home=home)
    assert_told(done, "A0205")
    assert "anna.png" in done.err, "the message names the writer's file, not the store's"


@pytest.mark.slow
@pytest.mark.parametrize("content", [b"", b"text is no sound\n" * 30])
def test_music_that_is_no_music(home, content):
    (home / "project" / "song.mp3").write_bytes(content)
    script = write(home, speech=f"MUSIC: song.mp3\n\n{SPEECH}")
    done = duocast("render", script, "--quality", "draft", home=home)
    assert not done.crashed
    assert done.code == 1, done.err
    assert done.codes, done.err


@pytest.mark.slow
def test_a_plate_that_is_no_picture(home):
    (home / "project" / "room.jpg").write_bytes(b"no picture" * 30)
    script = write(home, "character ANNA\n\nplace ROOM\n  plate: room.jpg\n")
    done = duocast("render", script, "--quality", "draft", home=home)
    assert not done.crashed
    assert done.code == 1, done.err
    assert {code for code in done.codes if code[0] == "A"}, done.err


@pytest.mark.slow
@pytest.mark.skipif(os.name != "posix", reason="permissions as POSIX knows them")
def test_a_folder_that_nobody_can_write_to(home):
    script = write(home)
    taken = home / "taken"
    taken.write_text("a file where a folder is wanted", encoding="utf-8")
    done = duocast("compile", script, "--no-stills", "--out", taken / "x", home=home)
    assert not done.crashed, done.err
    assert done.code in (1, 2)
    done = duocast("graph", script, "--out", taken / "x.svg", home=home)
    assert not done.crashed, done.err
    assert done.code in (1, 2)
    (home / "project" / ".duocast").write_text("in the way", encoding="utf-8")
    done = duocast("render", script, "--quality", "draft", home=home)
    assert_told(done, "R0002")
