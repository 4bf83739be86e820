"""`--json` prints one object, also when the script can't be made into a film."""

import json

import pytest
from click.testing import CliRunner

from duocast.cli.check import command as check
from duocast.cli.compile import command as compile_
from duocast.cli.render import command as render

WRONG = "Title: X\n\ncharacter ANNA\n\nINT. ROOM - DAY\n\nANNE\nHello.\n"


@pytest.mark.parametrize("command", [render, compile_])
def test_the_findings_of_a_script_that_is_wrong(command, tmp_path):
    script = tmp_path / "film.scene"
    script.write_text(WRONG, encoding="utf-8")
    done = CliRunner().invoke(command, [str(script), "--json"])
    found = json.loads(done.stdout)
    assert done.exit_code == 1
    assert found["ok"] is False
    assert [finding["code"] for finding in found["findings"]] == ["N0204"]
    assert found["findings"] == json.loads(CliRunner().invoke(check, [str(script), "--json"]).stdout)
