"""A burst of saves is one, without waiting long: with a clock of the test's own."""

from pathlib import Path

from duocast.cli.watch.settling import GONE, LONGEST, SURE, UNSURE, doubtful, touched

SCRIPT, CARDS = Path("/film.scene"), Path("/cast.scene")


def test_a_file_that_was_closed_is_looked_at_almost_at_once():
    assert touched(None, SCRIPT, 5.0, sure=True).due == 5.0 + SURE


def test_a_file_that_is_being_written_is_given_a_moment_until_it_is_closed():
    opened = touched(None, SCRIPT, 5.0, sure=False)
    closed = touched(opened, SCRIPT, 5.002, sure=True)
    assert (opened.due, closed.due) == (5.0 + UNSURE, 5.002 + SURE)


def test_a_burst_is_one_look_at_all_that_was_touched():
    pending = None
    for step in range(10):
        pending = touched(pending, CARDS if step % 2 else SCRIPT, step * 0.004, sure=True)
        assert pending.due > step * 0.004
    assert pending.touched == {SCRIPT, CARDS}


def test_a_burst_without_end_is_looked_at_all_the_same():
    pending = None
    for step in range(1000):
        pending = touched(pending, SCRIPT, step * 0.004, sure=True)
    assert pending.due == LONGEST


def test_a_file_that_is_gone_is_believed_to_be_so_after_a_while():
    pending, now = touched(None, SCRIPT, 0.0, sure=True), 0.0
    while pending is not None:
        assert now <= GONE
        now = pending.due
        pending = doubtful(pending, now)
    assert now == GONE
