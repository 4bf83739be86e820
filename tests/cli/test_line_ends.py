"""Mixed line ends are mended to those that most lines have; notes in cues go behind them; strangers are noticed."""

import pytest
from click.testing import CliRunner

from duocast.cli.program import group
from duocast.compiler.film import compile_film
from duocast.compiler.reader import MemoryReader
from duocast.language import Source

SCRIPT = "INT. HALL - DAY\n\nRain.\n\nMore rain.\n\nSun.\n"


@pytest.mark.parametrize(
    ("mixed", "whole"),
    [
        (SCRIPT.replace("Rain.\n\n", "Rain.\r\n\r\n"), SCRIPT),
        (
            SCRIPT.replace("\n", "\r\n").replace("More rain.\r\n\r\n", "More rain.\n\n"),
            SCRIPT.replace("\n", "\r\n"),
        ),
        (SCRIPT.replace("More rain.", "More\rrain."), SCRIPT.replace("More rain.", "More\nrain.")),
    ],
)
def test_all_lines_end_as_most_do(tmp_path, mixed, whole):
    script = tmp_path / "film.scene"
    script.write_bytes(mixed.encode())
    told = CliRunner().invoke(group, ["check", str(script)])
    assert told.output.count("[S0140]") == 1
    assert told.exit_code == 0
    CliRunner().invoke(group, ["check", "--fix", str(script)])
    assert script.read_bytes().decode() == whole


@pytest.mark.parametrize("end", ["\n", "\r\n", "\r"])
def test_one_way_throughout_is_nothing_to_speak_of(end):
    assert found(SCRIPT.replace("\n", end)) == []


def found(text):
    return [
        one.code for one in compile_film(Source("film.scene", text), MemoryReader({})).diagnostics
    ]


CAST = "character MARA\n\ncharacter TOM\n\nINT. HALL - DAY\n\nTOM\nOh.\n\nINT. YARD - DAY\n\n"


@pytest.mark.parametrize(
    ("scene", "codes"),
    [
        ("[close on TOM]\n\nMARA\nYes.\n", ["D0133"]),
        ("MARA\nYes, [close on TOM, exactly 1s] I think so, and I always did.\n", ["D0133"]),
        ("Tom sleeps.\n\n[close on TOM]\n\nMARA\nYes.\n", []),
        ("[close on TOM]\n\nHe sleeps.\n\nMARA\nYes.\n", []),
        ("[close on TOM]\n\n[TOM nods]\n\nMARA\nYes.\n", []),
    ],
)
def test_a_shot_of_somebody_who_is_not_there(scene, codes):
    assert found(CAST + scene) == codes


def test_a_note_behind_a_cue_is_a_note():
    assert found("INT. HALL - DAY\n\nSFX: door, 2s [[louder]]\n\nRain.\n") == []
