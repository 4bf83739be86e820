"""Where lines start: after every line end of any kind, and after nothing else."""

import re

from hypothesis import given
from hypothesis import strategies as st

from duocast.language import Source


@given(st.text(st.sampled_from("ab\n\r\x0b\x85\u2028"), max_size=12))
def test_lines_start_after_line_ends_of_any_kind(text):
    ends = [found.end() for found in re.finditer(r"\r\n|\n|\r", text)]
    assert Source("film.scene", text).starts == (0, *ends)


@given(st.lists(st.sampled_from(["a", "\r\n", "\n", "\u2028"]), max_size=12))
def test_a_return_before_a_line_feed_is_one_line_end(pieces):
    text = "".join(pieces)
    ends = [found.end() for found in re.finditer(r"\r\n|\n", text)]
    assert Source("film.scene", text).starts == (0, *ends)
