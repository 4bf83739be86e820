"""Which farm is meant, where a token goes and where it does not, and which job a person means."""

import pytest

from duocast.cli.farm.fetch import plain_name
from duocast.cli.farm.pending import Pending
from duocast.cli.farm.session import which_job
from duocast.cli.farm.settings import (
    TOKEN,
    URL,
    Settings,
    forget_settings,
    keep_settings,
    read_settings,
    settings_file,
    which_farm,
)
from duocast.farm.client.faults import FarmError

HERE = "http://127.0.0.1:8642"


@pytest.fixture(autouse=True)
def home(tmp_path, monkeypatch):
    monkeypatch.setenv("XDG_CONFIG_HOME", str(tmp_path))
    monkeypatch.delenv(URL, raising=False)
    monkeypatch.delenv(TOKEN, raising=False)
    return tmp_path


def test_the_file_is_its_owners_alone_and_says_what_was_kept():
    kept = Settings(HERE, 'duo_"quoted"\\token', "/a folder/ü.pem")
    path = keep_settings(kept)
    assert path == settings_file()
    assert path.stat().st_mode & 0o777 == 0o600
    assert read_settings() == kept
    assert [each.name for each in path.parent.iterdir()] == ["farm.toml"]
    path.chmod(0o644)
    keep_settings(Settings(HERE, "other"))
    assert path.stat().st_mode & 0o777 == 0o600, "written anew, it is closed again"


def test_what_is_typed_goes_before_the_environment_and_that_before_the_file(monkeypatch):
    keep_settings(Settings(HERE, "kept"))
    assert (which_farm(None, None).url, which_farm(None, None).token) == (HERE, "kept")
    monkeypatch.setenv(TOKEN, "environment")
    assert which_farm(None, None).token == "environment"
    assert which_farm(None, "typed").token == "typed"
    monkeypatch.setenv(URL, "http://127.0.0.1:9")
    assert which_farm(None, None).url == "http://127.0.0.1:9"
    assert which_farm(HERE, None).url == HERE


def test_a_token_of_one_farm_is_never_sent_to_another(monkeypatch):
    keep_settings(Settings(HERE, "kept", "/ca.pem"))
    with pytest.raises(FarmError, match="no token for the farm at https://elsewhere"):
        which_farm("https://elsewhere.example", None)
    assert which_farm("https://elsewhere.example", "theirs").ca is None
    assert which_farm(HERE + "/", None).token == "kept", "the same farm, typed another way"


def test_no_farm_is_known():
    with pytest.raises(FarmError) as caught:
        which_farm(None, None)
    assert "duocast farm up" in caught.value.hint


def test_a_file_that_is_not_toml_is_named():
    settings_file().parent.mkdir(parents=True)
    settings_file().write_text("url = ")
    with pytest.raises(FarmError, match=r"farm\.toml can't be read"):
        which_farm(None, None)


def test_a_farm_that_ends_is_forgotten_and_no_other():
    keep_settings(Settings(HERE, "kept"))
    forget_settings("http://127.0.0.1:9")
    assert read_settings().url == HERE
    forget_settings(HERE)
    assert not settings_file().exists()


def test_a_submission_keeps_its_name_until_it_is_answered(tmp_path):
    pending = Pending(tmp_path / "build")
    name = pending.name(HERE, "order")
    assert pending.name(HERE, "order") == name
    assert pending.name(HERE, "another order") != name
    name = pending.name(HERE, "order")
    assert pending.name("http://127.0.0.1:9", "order") != name
    name = pending.name(HERE, "order")
    pending.answered()
    assert pending.name(HERE, "order") != name, "rendering the same film later is another job"
    (tmp_path / "build" / "submission.json").write_text("{")
    assert pending.name(HERE, "order")


class Jobs:
    """A connection to a farm with these jobs."""

    def __init__(self, *jobs: str) -> None:
        self.jobs = jobs

    def get(self, path: str, **query: object) -> dict[str, list[dict[str, str]]]:
        assert path == "/jobs"
        found = [{"id": job} for job in self.jobs if job.startswith(str(query.get("prefix", "")))]
        return {"jobs": found[: int(str(query.get("limit", 100)))]}


def test_a_job_by_its_beginning_or_as_the_last_one():
    farm = Jobs("4f1c22", "4f1d00", "aaa000")
    assert which_job(farm, "4f1c") == "4f1c22"
    assert which_job(farm, "aaa000") == "aaa000"
    assert which_job(farm, "last") == "4f1c22"
    assert which_job(Jobs("abc", "abcd"), "abc") == "abc", "a whole id is no beginning"


@pytest.mark.parametrize(
    ("meant", "said"),
    [("4f1", "means 2 jobs"), ("bbb", "there is no job"), ("4f", "too short"), ("", "too short")],
)
def test_what_means_no_job_or_several(meant, said):
    with pytest.raises(FarmError, match=said):
        which_job(Jobs("4f1c22", "4f1d00"), meant)


def test_who_has_no_job_is_told_how_to_get_one():
    with pytest.raises(FarmError, match="you have no job") as caught:
        which_job(Jobs(), "last")
    assert "duocast submit" in caught.value.hint


@pytest.mark.parametrize(
    ("name", "file"),
    [
        ("captions.room-day/shot-1", "captions-room-day-shot-1"),
        ("../../.bashrc", "bashrc"),
        ("..", "film"),
        ("The Letter", "The Letter"),
        ("", "film"),
    ],
)
def test_a_name_from_a_farm_leads_nowhere(name, file):
    assert plain_name(name) == file
