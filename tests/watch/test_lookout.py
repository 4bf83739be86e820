"""The lookout: a save is looked at where it is another one, and a word may stand on several lines."""

from hypothesis import given
from hypothesis import strategies as st

from duocast.cli.watch.lookout import changed

LINES = st.lists(st.sampled_from("abc"), max_size=60)


def windows(lines, width=4):
    """All that can be read on so many lines one after the other."""
    return {tuple(lines[at : at + width]) for at in range(len(lines) - width + 1)}


@given(LINES, LINES)
def test_what_can_be_read_now_and_could_not_before_is_looked_at(before, now):
    assert windows(now) - windows(before) <= windows(changed(before, now))


@given(LINES, st.integers(0, 60), st.integers(0, 5), st.lists(st.sampled_from("abx"), max_size=5))
def test_so_it_is_after_an_edit(before, at, gone, put):
    now = [*before[:at], *put, *before[at + gone :]]
    assert windows(now) - windows(before) <= windows(changed(before, now))


def test_one_line_of_many_is_looked_at_with_a_few_around_it():
    before = [str(number) for number in range(8000)]
    now = [*before]
    now[4000] = "another"
    assert len(changed(before, now)) == 41
    assert changed(before, before) == []
