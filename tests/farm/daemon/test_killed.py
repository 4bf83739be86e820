"""A farmd that is killed comes back and goes on: nothing is lost, nothing that was kept is done again."""

import random
import sqlite3
import time
from pathlib import Path

from house import film, order, submit, until
from process import farmd


def test_killed_in_the_middle_of_a_job_it_goes_on_and_repeats_nothing(tmp_path: Path) -> None:
    marks = tmp_path / "marks"
    marks.mkdir()
    specs = film(6, sleep=0.02, marks=str(marks), name="x")
    with farmd(tmp_path) as house:
        job = submit(house.client, order(specs))
        dice = random.Random(5)
        for _ in range(3):
            time.sleep(dice.uniform(0.05, 0.25))
            house.kill()
            house.start()
        view = until(house.client, job)
        assert view["state"] == "done", view
        assert submit(house.client, order(specs)) == job, "the same submission is the same job"
        assert house.end() == 0
    _audit(tmp_path, len(specs))


def _audit(folder: Path, tasks: int) -> None:
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
    assert len(epochs) == 4


def test_a_second_daemon_is_refused_and_the_first_goes_on(tmp_path: Path) -> None:
    import subprocess
    import sys

    with farmd(tmp_path) as house:
        arguments = [sys.executable, "-m", "duocast.farm.daemon", *house._arguments]
        second = subprocess.run(arguments, capture_output=True, env=_environment(), timeout=30)
        assert second.returncode != 0
        assert b"runs in" in second.stderr
        assert house.client.get("/healthz").json()["ok"]


def _environment() -> dict[str, str]:
    import os

    from process import _PATH

    return {**os.environ, "PYTHONPATH": _PATH}
