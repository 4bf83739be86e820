"""A farmd whose journal another one has taken over ends by itself, and writes nothing any more."""

import subprocess
from pathlib import Path

import pytest
from house import film, order, submit
from process import farmd

from duocast.farm.daemon.journal import Journal


def content(journal: Journal) -> list[object]:
    tables = ("event", "notice", "job", "audit", "token", "snapshot", "writer")
    return [journal.ask(f"SELECT * FROM {table}") for table in tables]


@pytest.mark.parametrize("busy", [False, True], ids=["idle", "busy"])
def test_it_ends_and_writes_nothing(tmp_path: Path, busy: bool) -> None:
    with farmd(tmp_path) as house:
        if busy:
            submit(house.client, order(film(3, sleep=0.5)))
        assert house.process is not None
        with Journal(tmp_path / "farm") as later:  # a lock that does not reach so far, as on NFS
            later.begin()
            before = content(later)
            try:
                status = house.process.wait(20)
            except subprocess.TimeoutExpired:
                pytest.fail((tmp_path / "log").read_text())
            assert status != 0
            assert content(later) == before
    said = (tmp_path / "log").read_text()
    assert "Fenced" in said
