"""A farmd that is killed comes back and goes on: nothing is lost, nothing that was kept is done again."""

import random
import sqlite3
import time
from pathlib import Path

import pytest
from house import film, order, submit, until
from process import farmd


def test_killed_in_the_middle_of_a_job_it_goes_on_and_repeats_nothing(tmp_path: Path) -> None:
    _killed(tmp_path, times=1, shots=3)


@pytest.mark.slow
def test_killed_again_and_again(tmp_path: Path) -> None:
    _killed(tmp_path, times=6, shots=12)


def _killed(folder: Path, times: int, shots: int) -> None:
    marks = folder / "marks"
    marks.mkdir()
    specs = film(shots, sleep=0.02, marks=str(marks), name="x")
    with farmd(folder) as house:
        job = submit(house.client, order(specs))
        dice = random.Random(5)
        for _ in range(times):
            time.sleep(dice.uniform(0.05, 0.25))
            house.kill()
            house.start()
        view = until(house.client, job, seconds=120)
        assert view["state"] == "done", view
        assert submit(house.client, order(specs)) == job, "the same submission is the same job"
        assert house.end() == 0
    _audit(folder, len(specs), times)


def _audit(folder: Path, tasks: int, times: int) -> None:
    db = sqlite3.connect(folder / "farm" / "journal.sqlite")
    kinds = dict(db.execute("SELECT kind, count(*) FROM event GROUP BY kind").fetchall())
    again = db.execute(
        "SELECT task, count(*) FROM event WHERE kind = 'Finished' GROUP BY work HAVING count(*) > 1"
    ).fetchall()
    seqs = [row[0] for row in db.execute("SELECT seq FROM event ORDER BY seq")]
    epochs = {row[0] for row in db.execute("SELECT DISTINCT epoch FROM event")}
    db.close()
    assert again == [], "a committed action was done again"
    assert kinds.get("Finished", 0) + kinds.get("Found", 0) >= tasks
    assert seqs == list(range(1, len(seqs) + 1)), "the journal has a gap"
    assert 1 <= len(epochs) <= times + 1
