"""Nesting: what is too deep is refused before it is read, however large it is."""

from itertools import accumulate

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from duocast.farm.daemon import nesting
from duocast.farm.daemon.nesting import is_deeper

STEPS = {"[": 1, "{": 1, "]": -1, "}": -1}


@settings(max_examples=300)
@given(st.text(alphabet='[]{}"a:,', max_size=60), st.integers(1, 6), st.integers(1, 70))
def test_it_counts_as_if_one_by_one(body: str, most: int, block: int) -> None:
    with pytest.MonkeyPatch.context() as patch:
        patch.setattr(nesting, "_BLOCK", block)
        depths = accumulate(STEPS.get(each, 0) for each in body)
        assert is_deeper(body.encode(), most) == (max(depths, default=0) > most)


@pytest.mark.parametrize("body", [b"[" * (1 << 22), b"[" * (1 << 21) + b"]" * (1 << 21)])
def test_a_bomb_is_seen_at_its_beginning(body: bytes) -> None:
    assert is_deeper(body, 64)


def test_what_is_long_and_flat_is_not_deep() -> None:
    assert not is_deeper(b'{"a":[1,{"b":{}}]},' * 50_000, 4)
    assert is_deeper(b'{"a":[1,{"b":{}}]},' * 50_000, 3)
