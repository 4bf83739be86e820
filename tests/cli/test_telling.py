"""What commands say: names are never taken for markup, a fault is one sentence, long hints keep to the width."""

import io
import sys

import pytest
from click.testing import CliRunner
from rich.console import Console

from duocast.cli import main as first_step
from duocast.cli.board import Board, Plain
from duocast.cli.diff import _tell
from duocast.cli.program import group
from duocast.cli.report import print_failures
from duocast.compiler.graph import Operation
from duocast.compiler.plan.difference import Difference, ShotChange
from duocast.farm.core.task import Failure, Status
from duocast.farm.outcome import Outcome, Result
from duocast.runtime.engine import FailureClass

ODD = "hall-[bold]day[/bold]/[red]shot/clip[/]"
FAILURE = Failure(
    FailureClass.INVALID, "R0001", "the file [bold]a[/].png can't be read", "look at [x]"
)
CARRIED = "Engine: animate sora\nLanguage: en-GB, also de\n\ncharacter MARA\n\nINT. HALL - DAY\n\nMARA\nYes.\n"


def run(*arguments):
    return CliRunner().invoke(group, [str(one) for one in arguments])


def console():
    return Console(file=io.StringIO(), width=200, force_terminal=False)


@pytest.mark.parametrize("kind", [Board, Plain])
def test_a_board_shows_names_as_they_are(kind):
    out = console()
    with kind(out) as board:
        board.started(ODD, Operation.ENCODE)
        board.failed(ODD, FAILURE)
        board.message(ODD)
    said = out.file.getvalue()
    assert f"failed {ODD}: {FAILURE.message}" in said
    assert f"\n{ODD}\n" in said


def test_a_boards_rows_show_names_as_they_are():
    out = Console(file=io.StringIO(), width=200, force_terminal=True)
    with Board(out) as board:
        board.started("[bold]x[/bold]/clip", Operation.ENCODE)
    assert "shooting [bold]x[/bold]" in out.file.getvalue()


def test_a_report_of_failures_shows_names_as_they_are():
    out = console()
    result = Result(ODD, Operation.ENCODE, "x264", "1", Status.FAILED, "", "k", {}, 1.0, FAILURE)
    print_failures(Outcome({ODD: result}, 1.0, None), out)
    said = out.file.getvalue()
    assert f"error[R0001]: {ODD}: {FAILURE.message}\n" in said
    assert "look at [x]" in said


def broken(monkeypatch, tmp_path, *arguments):
    def breaks(*_, **__):
        raise RuntimeError("the [odd]\nthing")

    monkeypatch.setenv("DUOCAST_CACHE", str(tmp_path / "cache"))
    monkeypatch.delenv("DUOCAST_DEBUG", raising=False)
    monkeypatch.setattr("duocast.cli.explain.begun", breaks)
    monkeypatch.setattr(sys, "argv", ["duocast", *arguments])
    with pytest.raises(SystemExit) as left:
        first_step.main()
    return left.value.code


def test_a_fault_is_one_sentence_and_a_file(monkeypatch, tmp_path, capsys):
    assert broken(monkeypatch, tmp_path, "explain") == 70
    said = capsys.readouterr().err
    assert said.startswith(
        "duocast broke, which is its own fault and not your script's: RuntimeError: the [odd] thing\n"
    )
    assert "Traceback" not in said
    (log,) = (tmp_path / "cache" / "faults").iterdir()
    assert str(log) in said
    written = log.read_text()
    assert "duocast explain" in written
    assert "Traceback" in written
    assert "in breaks" in written


@pytest.mark.parametrize("arguments", [("--debug", "explain"), ("explain", "--debug")])
def test_debug_shows_the_traceback_too(monkeypatch, tmp_path, capsys, arguments):
    assert broken(monkeypatch, tmp_path, *arguments) == 70
    assert "Traceback" in capsys.readouterr().err


def test_what_is_carried_is_told_once_and_pointed_to_elsewhere(tmp_path):
    script = tmp_path / "film.scene"
    script.write_text(CARRIED)
    assert "note[D0200]" in run("check", script).output
    for command in (("compile", "--no-stills"), ("export", "--to", "srt", "-o", "-")):
        said = run(command[0], script, *command[1:]).output
        assert "D0200" not in said
        assert said.count("some of the script is not seen yet: duocast check") == 1
    script.write_text(CARRIED.partition("\n\n")[2])
    assert "not seen yet" not in run("export", script, "--to", "srt", "-o", "-").output


def test_long_sentences_keep_to_the_width_of_the_terminal(tmp_path, monkeypatch):
    script = tmp_path / "film.scene"
    script.write_text(CARRIED)
    monkeypatch.chdir(tmp_path)
    for width in (40, 80):
        monkeypatch.setenv("COLUMNS", str(width))
        said = run("check", "film.scene").output
        told = [line for line in said.split("\n") if "|" not in line and "Read more" not in line]
        assert max(map(len, told)) <= width
    monkeypatch.delenv("COLUMNS")
    assert (
        "  = hint: the film is made without it; duocast doctor says what an engine needs\n"
        in run("check", "film.scene").output
    )


def test_the_beginning_of_codes_lists_them():
    said = run("explain", "d013").output
    assert "D0130  a bracket was never opened" in said
    assert "D0101" not in said
    assert "N0204  " in run("explain", "n").output
    assert run("explain", "n0204").output.startswith("error[N0204]")
    assert run("explain", "Q9").exit_code == 2


def test_a_difference_shows_words_as_they_are_and_its_own_colours_as_colours():
    change = ShotChange("hall/shot-1", "1A", "changed", ("He [bold]said[/bold] no.",), ("Yes.",))
    out = console()
    _tell(Difference((change,), 3, ()), out)
    said = out.file.getvalue()
    assert "    - He [bold]said[/bold] no.\n    + Yes.\n" in said
    assert "[red]" not in said
