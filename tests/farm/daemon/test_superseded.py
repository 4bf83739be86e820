"""A farmd whose journal another one has taken over ends by itself, and writes nothing any more."""

import time
from pathlib import Path

import pytest
from house import Scripted, film, order, running, settings, submit
from process import farmd

from duocast.farm.daemon.errand import question
from duocast.farm.daemon.faults import Fenced, Refusal
from duocast.farm.daemon.journal import Journal


def content(journal: Journal) -> list[object]:
    tables = ("event", "notice", "job", "audit", "token", "snapshot", "writer")
    return [journal.ask(f"SELECT * FROM {table}") for table in tables]


def test_with_nothing_to_do_it_ends_and_writes_nothing(tmp_path: Path) -> None:
    folder = tmp_path / "farm"  # its lock does not reach so far, as on NFS
    with running(settings(tmp_path, Scripted)) as farm, Journal(folder) as later:
        later.begin()
        before = content(later)
        end = time.monotonic() + 20
        while farm.farm.shop.failure is None:
            assert time.monotonic() < end
            time.sleep(0.01)
        assert isinstance(farm.farm.shop.failure, Fenced)
        with pytest.raises(Refusal, match="about to end"):
            farm.farm.do(question(lambda state: state.now))
    with Journal(folder) as later:
        assert content(later) == before


@pytest.mark.slow
def test_a_process_at_work_ends_and_writes_nothing(tmp_path: Path) -> None:
    with farmd(tmp_path) as house:
        submit(house.client, order(film(3, sleep=0.5)))
        assert house.process is not None
        with Journal(tmp_path / "farm") as later:
            later.begin()
            before = content(later)
            assert house.process.wait(20) != 0
            assert content(later) == before
    assert "Fenced" in (tmp_path / "log").read_text()
