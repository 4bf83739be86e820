"""The eye on real files, saved in all the ways in which editors save."""

import threading
import time

import pytest

from duocast.cli.watch.eye import Eye
from duocast.cli.watch.interest import glance, interest

PATIENCE = 5.0
QUIET = 0.25


class Ear:
    """Hears what the eye tells, and waits for it."""

    def __init__(self):
        self.heard = []
        self.news = threading.Condition()

    def __call__(self, files):
        with self.news:
            self.heard.append({file.name for file in files})
            self.news.notify()

    def wait(self, count=1):
        with self.news:
            assert self.news.wait_for(lambda: len(self.heard) >= count, PATIENCE), self.heard
        time.sleep(QUIET)
        return self.heard


@pytest.fixture
def ear():
    return Ear()


@pytest.fixture
def eye(ear):
    with Eye(ear) as eye:
        yield eye


@pytest.fixture
def watched(tmp_path, eye):
    script, cards = tmp_path / "film.scene", tmp_path / "cards" / "cast.scene"
    cards.parent.mkdir()
    script.write_text("one")
    cards.write_text("one")
    eye.look_at(interest([script, cards, tmp_path / "faces" / "mara.png"]))
    return tmp_path


def test_a_save_in_place_is_heard_once(watched, ear):
    (watched / "film.scene").write_text("two")
    assert ear.wait() == [{"film.scene"}]


def test_a_save_by_renaming_is_heard_and_so_is_the_next(watched, ear):
    for number, text in enumerate(("two", "three"), 1):
        (watched / ".film.scene.swp").write_text(text)
        (watched / ".film.scene.swp").replace(watched / "film.scene")
        assert ear.wait(number) == [{"film.scene"}] * number


def test_a_save_that_moves_the_old_file_away_first_is_one_save(watched, ear):
    (watched / "film.scene").replace(watched / "film.scene~")
    time.sleep(0.03)
    (watched / "film.scene").write_text("two")
    assert ear.wait() == [{"film.scene"}]


def test_a_burst_of_saves_is_told_in_fewer_words_and_its_end_is_known(watched, eye, ear):
    """How few depends on how fast the machine writes; that a burst is one is tested with the clock handed in."""
    for number in range(50):
        (watched / "film.scene").write_text(f"take {number}")
    tellings = ear.wait()
    assert set.union(*tellings) == {"film.scene"}
    assert len(tellings) < 50
    assert eye.contents[watched / "film.scene"] == glance(watched / "film.scene")


def test_an_included_file_and_one_that_comes_into_being_are_heard(watched, ear):
    (watched / "cards" / "cast.scene").write_text("two")
    ear.wait(1)
    (watched / "faces").mkdir()
    time.sleep(0.05)
    (watched / "faces" / "mara.png").write_bytes(b"a face")
    assert ear.wait(2) == [{"cast.scene"}, {"mara.png"}]


def test_the_same_content_and_other_files_are_not_worth_a_word(watched, ear):
    (watched / "film.scene").write_text("one")
    (watched / "notes.txt").write_text("nobody asked")
    time.sleep(QUIET)
    assert ear.heard == []


def test_a_file_that_goes_is_heard_when_it_stays_away(watched, ear):
    (watched / "film.scene").unlink()
    assert ear.wait() == [{"film.scene"}]


def test_a_link_is_watched_where_it_leads(tmp_path, eye, ear):
    real = tmp_path / "elsewhere" / "real.scene"
    real.parent.mkdir()
    real.write_text("one")
    (tmp_path / "film.scene").symlink_to(real)
    eye.look_at(interest([tmp_path / "film.scene"]))
    real.write_text("two")
    assert ear.wait() == [{"film.scene"}]
