"""A farm as its owner has it: up, a film, down; nothing is left but its folder. The films are real, as drafts."""

import hashlib
import os
import shutil
import signal
import socket
from pathlib import Path

import pytest

from farm.client.live_farm import free_port
from measure.terminal import Ended, duocast, family, left_of

SCRIPT = """\
Title: {title}
Format: 320x180 @ 12

character ANNA
  description: woman in her thirties, dark bob

character BEN
  description: man in his forties, short beard

INT. ROOM - DAY

ANNA
{line}

BEN
Every word.
"""


class Owner:
    """A person with a home of their own, in which a farm can run."""

    def __init__(self, home: Path) -> None:
        self.home = home
        self.port = free_port()
        self.url = f"http://127.0.0.1:{self.port}"
        self.folder = home / "farm"

    def type(self, *arguments: str | Path, **more: str) -> Ended:
        own = {"HOME": str(self.home), "XDG_CONFIG_HOME": str(self.home / "config"), **more}
        return duocast(*arguments, home=self.home, changes=own, cwd=self.home)

    def up(self, *more: str) -> Ended:
        where = ("--folder", self.folder, "--port", str(self.port), "--jobs", "2")
        return self.type("farm", "up", *where, *more)

    def down(self, *more: str) -> Ended:
        return self.type("farm", "down", "--folder", self.folder, *more)

    def film(self, name: str, line: str) -> Path:
        script = self.home / name / "film.scene"
        script.parent.mkdir()
        script.write_text(SCRIPT.format(title=name, line=line), encoding="utf-8")
        return script


@pytest.fixture
def owner(tmp_path):
    found = Owner(tmp_path)
    yield found
    for pid in family(tmp_path):
        os.kill(pid, signal.SIGKILL)


@pytest.mark.slow
def test_up_and_down_leave_nothing_but_the_folder(owner):
    up = owner.up()
    assert up.code == 0, up.err
    assert owner.url in up.err
    settings = owner.home / "config" / "duocast" / "farm.toml"
    assert settings.stat().st_mode & 0o777 == 0o600
    assert owner.folder.stat().st_mode & 0o077 == 0
    token = settings.read_text().split('token = "')[1].split('"')[0]
    assert token not in up.err + up.out
    again = owner.up("--json")
    assert (again.code, again.data["running"], again.data["url"]) == (0, True, owner.url)
    status = owner.type("farm", "status", "--folder", owner.folder, "--json")
    assert (status.code, status.data["workers"]) == (0, 2)
    down = owner.down("--json")
    assert (down.code, down.data["was_running"]) == (0, True), down.err
    assert family(owner.home) == [], "when `down` says so, nothing is there any more"
    left = {path.name for path in owner.home.iterdir()}
    assert left <= {"farm", "temporary", "config", "keys"}
    assert list((owner.home / "temporary").iterdir()) == []
    assert [f for f in (owner.home / "config").rglob("*") if f.is_file()] == []
    assert owner.type("farm", "status", "--folder", owner.folder).code == 1
    assert all(token not in file.read_text() for file in owner.folder.rglob("*.log"))


def test_off_this_machine_it_wants_tls(owner):
    refused = owner.up("--host", "0.0.0.0")
    assert refused.code == 1
    assert "--tls-cert" in refused.err
    assert not owner.folder.exists()


def test_another_farm_s_address_and_token_are_not_overwritten(owner):
    file = owner.home / "config" / "duocast" / "farm.toml"
    file.parent.mkdir(parents=True)
    file.write_text('url = "https://studio:8642"\ntoken = "duo_precious"\n', encoding="utf-8")
    for more in ((), ("--foreground",)):
        refused = owner.up(*more)
        assert refused.code == 1
        assert "https://studio:8642" in refused.err
        assert f"mv {file}" in " ".join(refused.err.split())
        assert "duo_precious" not in refused.err
    assert "duo_precious" in file.read_text(encoding="utf-8")
    assert not owner.folder.exists()


@pytest.mark.slow
def test_the_same_farm_may_have_another_port_and_a_foreground_that_fails_changes_nothing(owner):
    file = owner.home / "config" / "duocast" / "farm.toml"
    assert owner.up().code == 0
    kept = file.read_text(encoding="utf-8")
    os.kill(next(iter(family(owner.home))), signal.SIGKILL)
    for pid in family(owner.home):
        os.kill(pid, signal.SIGKILL)
    owner.port = free_port()
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", owner.port))
        taken.listen()
        assert owner.up("--foreground").code == 1
    assert file.read_text(encoding="utf-8") == kept
    owner.port = free_port()
    assert owner.up().code == 0
    assert f":{owner.port}" in file.read_text(encoding="utf-8")
    assert owner.down().code == 0


@pytest.mark.slow
def test_a_port_that_is_taken_is_said(owner):
    with socket.socket() as taken:
        taken.bind(("127.0.0.1", owner.port))
        taken.listen()
        refused = owner.up()
    assert refused.code == 1
    assert not refused.crashed, refused.err
    assert "could not be started" in refused.err
    assert left_of(owner.home) == []


@pytest.mark.slow
def test_two_users_films_and_the_same_film_at_home(owner):
    assert owner.up().code == 0
    tokens = {}
    for user in ("anna", "ben"):
        made = owner.type("farm", "token", "new", user)
        tokens[user] = {"DUOCAST_FARM": owner.url, "DUOCAST_FARM_TOKEN": made.out.strip()}
    films = {
        "anna": owner.film("annas", "So this is the whole film?"),
        "ben": owner.film("bens", "You only type it."),
    }
    jobs = {}
    for user, script in films.items():
        sent = owner.type("submit", script, "--quality", "draft", "--json", **tokens[user])
        assert sent.code == 0, sent.err
        jobs[user] = sent.data["job"]
    for user, job in jobs.items():
        watched = owner.type("watch", job, **tokens[user])
        assert watched.code == 0, watched.err
    fetched = owner.type("fetch", "last", "--out", "here", "--json", **tokens["ben"])
    assert fetched.code == 0, fetched.err
    script = films["anna"]
    there = owner.type(
        "render", script, "--quality", "draft", "--farm", owner.url, "--json", **tokens["anna"]
    )
    assert there.code == 0, there.err
    assert there.data["tasks_run"] == 0, "it was made when it was submitted"
    far = _digests(script.parent / "out")
    _forget(script.parent / "out", script.parent / ".duocast" / "store")
    here = owner.type("render", script, "--quality", "draft", "--json")
    assert here.code == 0, here.err
    assert here.data["master_sha256"] == there.data["master_sha256"]
    near = _digests(script.parent / "out")
    assert far == near, "the same files, byte for byte, the signed film among them"
    assert owner.down().code == 0
    assert left_of(owner.home) == []


@pytest.mark.slow
def test_a_film_in_two_formats_is_the_same_on_a_farm_and_so_is_what_is_remembered_of_it(owner):
    assert owner.up().code == 0
    script = owner.film("both", "Wide or tall?")
    words = script.read_text(encoding="utf-8")
    script.write_text(words.replace("@ 12", "@ 12, also 180x320 @ 12"), encoding="utf-8")
    there = owner.type("render", script, "--quality", "draft", "--farm", owner.url, "--json")
    assert there.code == 0, there.err
    ledger = script.parent / ".duocast" / "ledger" / "film.scene.json"
    far, learnt = _digests(script.parent / "out"), ledger.read_bytes()
    assert sum(name.endswith(".mp4") for name in far) == 2
    _forget(script.parent / "out", script.parent / ".duocast")
    here = owner.type("render", script, "--quality", "draft", "--json")
    assert here.code == 0, here.err
    assert far == _digests(script.parent / "out"), "the same files, byte for byte, in both formats"
    assert learnt == ledger.read_bytes()
    assert owner.down().code == 0
    assert left_of(owner.home) == []


def _digests(folder: Path) -> dict[str, str]:
    files = (file for file in folder.rglob("*") if file.is_file())
    return {
        str(file.relative_to(folder)): hashlib.sha256(file.read_bytes()).hexdigest()
        for file in files
    }


def _forget(*folders: Path) -> None:
    for folder in folders:
        shutil.rmtree(folder)
