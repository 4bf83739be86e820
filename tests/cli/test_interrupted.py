"""A render that is stopped from outside, in whatever way, leaves nothing running, nothing half made, and its work."""

import os
import shutil
import signal
import subprocess
import time
from pathlib import Path

import pytest

from measure.terminal import duocast, ended, family, left_of, start

pytestmark = pytest.mark.slow

SCRIPT = """\
Title: Stopped
Format: 320x180 @ 12

character ANNA
  description: woman in her thirties, dark bob

character BEN
  description: man in his forties, short beard

INT. ROOM - DAY

MUSIC: soft piano, hopeful

ANNA
So this is the whole film? [beat] You only type it, and somebody else does all of the work.

BEN
Every word. Change a line, and only that line is made again.

EXT. PARK - DAY

ANNA
Then I would like the *last* word.

BEN
You just had it. [pause 0.5s] And the one before.
"""


@pytest.fixture
def home(tmp_path):
    (tmp_path / "project").mkdir()
    (tmp_path / "project" / "film.scene").write_text(SCRIPT, encoding="utf-8")
    yield tmp_path
    for pid in family(tmp_path):
        os.kill(pid, signal.SIGKILL)


def script(home: Path) -> Path:
    return home / "project" / "film.scene"


def begun(home: Path, objects: int = 8) -> subprocess.Popen[str]:
    """A render that has put at least so many files into its store and is not finished."""
    process = start("render", script(home), "--quality", "draft", "--jobs", "2", home=home)
    store = home / "project" / ".duocast" / "store"
    until = time.monotonic() + 120
    while process.poll() is None and time.monotonic() < until:
        if len(finished(store)) >= objects and len(family(home)) >= 3:
            return process
        time.sleep(0.02)
    pytest.fail(f"the render ended too early: {ended(process).err}")


def finished(store: Path) -> list[Path]:
    """The objects of a store."""
    return [f for f in store.glob("cas/*/*") if f.is_file()]


def assert_clean(home: Path) -> None:
    """No temporary file is left: not in TMPDIR, not in the store's scratch folder, no half file beside the film."""
    assert list((home / "temporary").rglob("*")) == []
    scratch = home / "project" / ".duocast" / "store" / "scratch"
    assert not scratch.exists() or list(scratch.iterdir()) == []
    assert list((home / "project").rglob(".duocast-*")) == []


def assert_goes_on(home: Path) -> None:
    """The next run takes what was finished, makes the rest, and the one after has nothing to do."""
    done = duocast("render", script(home), "--quality", "draft", "--json", home=home)
    assert done.code == 0, done.err
    assert done.data["tasks_reused"] >= 3
    assert done.data["tasks_run"] > 0
    again = duocast("render", script(home), "--quality", "draft", "--json", home=home)
    assert again.data["tasks_run"] == 0
    assert again.data["master_sha256"] == done.data["master_sha256"]
    assert_clean(home)


@pytest.mark.parametrize("number", [signal.SIGINT, signal.SIGTERM])
def test_being_told_to_stop(home, number):
    process = begun(home)
    assert len(family(home)) >= 3, "the command, the nursery, a worker"
    os.killpg(process.pid, number)  # a terminal tells every process of the group in front
    asked = time.monotonic()
    done = ended(process, timeout=30)
    assert time.monotonic() - asked < 5
    assert done.code == 130, done.err
    assert not done.crashed, done.err
    assert "what is finished is kept" in done.err
    assert left_of(home) == []
    assert_clean(home)
    assert_goes_on(home)


def test_a_kill_in_the_middle(home):
    process = begun(home)
    process.kill()
    done = ended(process, timeout=30)
    assert done.code == -signal.SIGKILL
    assert left_of(home) == [], "the workers outlived their owner"
    assert_goes_on(home)


def test_a_worker_that_is_killed_is_replaced(home):
    process = begun(home)
    before = set(family(home))
    workers = [pid for pid in before if _parent(pid) in before and _parent(pid) != process.pid]
    assert workers, "workers are children of the nursery"
    os.kill(workers[0], signal.SIGKILL)
    done = ended(process, timeout=300)
    assert done.code == 0, done.err
    assert left_of(home) == []
    assert_clean(home)


def _parent(pid: int) -> int:
    return int(Path(f"/proc/{pid}/stat").read_text().rpartition(")")[2].split()[1])


# --- no space ---------------------------------------------------------------------------------------------


@pytest.fixture
def small_disk(tmp_path):
    """A file system of 3 MB; only root can have one."""
    folder = tmp_path / "disk"
    folder.mkdir()
    mount = ["mount", "-t", "tmpfs", "-o", "size=3m", "tmpfs", str(folder)]
    if os.geteuid() != 0 or shutil.which("mount") is None:
        pytest.skip("only root can mount a small disk")
    if subprocess.run(mount, capture_output=True).returncode != 0:
        pytest.skip("nothing can be mounted here")
    yield folder
    subprocess.run(["umount", "-l", str(folder)], check=True)


def test_a_full_disk_is_named_and_a_bigger_one_goes_on(tmp_path, small_disk):
    film = small_disk / "film.scene"
    film.write_text(SCRIPT, encoding="utf-8")
    full = duocast("render", film, "--quality", "draft", "--json", home=tmp_path)
    assert full.code == 1, full.err
    assert not full.crashed, full.err
    assert "R0001" in full.err, full.err
    assert "no space left" in full.err
    assert "free some space" in full.err
    subprocess.run(["mount", "-o", "remount,size=300m", str(small_disk)], check=True)
    done = duocast("render", film, "--quality", "draft", "--json", home=tmp_path)
    assert done.code == 0, done.err
    assert done.data["tasks_reused"] > 0, "what was finished before the disk was full is used"
    assert list((tmp_path / "temporary").rglob("*")) == []


def test_no_room_where_the_film_shall_go(tmp_path, small_disk, home):
    (small_disk / "ballast").write_bytes(bytes(2_950_000))
    out = small_disk / "out"
    done = duocast("render", script(home), "--quality", "draft", "--out", out, home=home)
    assert done.code == 1, done.err
    assert not done.crashed, done.err
    assert "R0030" in done.codes
    assert [f for f in out.rglob("*") if f.name.startswith(".")] == []
    done = duocast("render", script(home), "--quality", "draft", "--json", home=home)
    assert done.code == 0
    assert done.data["tasks_run"] == 0, "only the copying is done again"


def test_a_full_temporary_folder_is_no_traceback(tmp_path, small_disk, home):
    (small_disk / "ballast").write_bytes(bytes(3_100_000))
    changes = {"TMPDIR": str(small_disk)}
    done = duocast("render", script(home), "--quality", "draft", home=home, changes=changes)
    assert not done.crashed, done.err
    assert done.code in (0, 1), done.err
    assert done.code == 0 or done.codes, done.err
