"""Keys: golden, by content only, and never two spellings for one value."""

import json
import math
import subprocess
import sys
from types import MappingProxyType

import pytest
from hypothesis import given
from hypothesis import strategies as st

from duocast.compiler.graph import Operation
from duocast.compiler.keys import KEY_VERSION, NotCanonical, canonical, node_key

A, B = "a" * 64, "b" * 64
GOLDEN = [
    (None, "null"),
    (True, "true"),
    (False, "false"),
    (0, "0"),
    (-7, "-7"),
    (10**20, "100000000000000000000"),
    (1.0, "1"),
    (-0.0, "0"),
    (0.1, "0.1"),
    (1 / 3, "0.3333333333333333"),
    (1e300, "1e+300"),
    (5e-324, "5e-324"),
    ("", '""'),
    ('a "b" \\ \n\u0001', '"a \\"b\\" \\\\ \\n\\u0001"'),
    ("Zoë — 東京 🎬", '"Zoë — 東京 🎬"'),
    ([1, [2.5, None]], "[1,[2.5,null]]"),
    ((1, 2), "[1,2]"),
    ({}, "{}"),
    ({"b": 1, "a": {"z": [], "y": ""}}, '{"a":{"y":"","z":[]},"b":1}'),
    ({"é": 1, "z": 2, "Z": 3}, '{"Z":3,"z":2,"é":1}'),
    (MappingProxyType({"a": 1}), '{"a":1}'),
]
plain = st.recursive(
    st.none()
    | st.booleans()
    | st.integers()
    | st.floats(allow_nan=False, allow_infinity=False)
    | st.text(),
    lambda inner: st.lists(inner, max_size=4) | st.dictionaries(st.text(), inner, max_size=4),
    max_leaves=12,
)


@pytest.mark.parametrize(("value", "spelt"), GOLDEN)
def test_the_canonical_form_is_pinned(value, spelt):
    assert canonical(value) == spelt.encode()


def test_a_key_is_pinned():
    """A change here is a change of every store in the world: raise KEY_VERSION."""
    params = {"text": "Hello", "pace": 1.0, "seed": 7}
    key = node_key(Operation.SPEAK, "kokoro", "1", params, {"voice": A})
    assert KEY_VERSION == 1
    assert key == "35c145f5f68b999a1f978d7bcfa5647e9f84824be3704f0e37cf375499eb3e96"


@pytest.mark.parametrize(
    ("value", "where"),
    [
        (math.nan, "the value"),
        ({"a": [1, math.inf]}, "a[1]"),
        ({"a": {"b": b"bytes"}}, "a.b"),
        ({"a": {1: 2}}, "a"),
        (["\ud800"], "[0]"),
        ({"o": Operation.SPEAK}, "o"),
        ({1, 2}, "the value"),
    ],
)
def test_what_is_no_plain_json_is_refused_by_its_place(value, where):
    with pytest.raises(NotCanonical, match=f"^{where}".replace("[", r"\[").replace("]", r"\]")):
        canonical(value)


@given(plain)
def test_a_value_keeps_its_form_through_json(value):
    assert canonical(json.loads(json.dumps(value))) == canonical(value)


@given(plain)
def test_the_form_is_json_of_the_same_value(value):
    assert json.loads(canonical(value)) == value


@given(plain, plain)
def test_different_values_have_different_forms(one, other):
    if canonical(one) == canonical(other):
        assert one == other


@given(st.dictionaries(st.text(), plain, max_size=5), st.randoms())
def test_the_order_of_params_does_not_count(params, random):
    items = list(params.items())
    random.shuffle(items)
    assert node_key(Operation.MIX, "m", "1", dict(items), {}) == node_key(
        Operation.MIX, "m", "1", params, {}
    )


def test_every_part_counts():
    keys = {
        node_key(Operation.SPEAK, "e", "1", {"x": 1}, {"a": A}),
        node_key(Operation.PLATE, "e", "1", {"x": 1}, {"a": A}),
        node_key(Operation.SPEAK, "f", "1", {"x": 1}, {"a": A}),
        node_key(Operation.SPEAK, "e", "2", {"x": 1}, {"a": A}),
        node_key(Operation.SPEAK, "e", "1", {"x": 2}, {"a": A}),
        node_key(Operation.SPEAK, "e", "1", {"x": 1}, {"b": A}),
        node_key(Operation.SPEAK, "e", "1", {"x": 1}, {"a": B}),
        node_key(Operation.SPEAK, "e", "1", {"x": 1}, {}),
        node_key(Operation.SPEAK, "e1", "", {"x": 1}, {"a": A}),
    }
    assert len(keys) == 9


def test_something_that_is_no_digest_is_refused():
    with pytest.raises(ValueError, match="anna"):
        node_key(Operation.PLATE, "e", "1", {}, {"picture": "pictures/anna.png"})


def test_another_process_with_another_hash_seed_gives_the_same_key():
    code = (
        "from duocast.compiler.keys import *; from duocast.compiler.graph import Operation;"
        "print(node_key(Operation.CUT, 'c', '1', {'b': 1, 'a': [0.5]}, {'x': 'a'*64, 'y': 'b'*64}))"
    )
    runs = [
        subprocess.run(
            [sys.executable, "-c", code],
            env={"PYTHONHASHSEED": seed},
            capture_output=True,
            text=True,
            check=True,
        )
        for seed in ("1", "2")
    ]
    here = node_key(Operation.CUT, "c", "1", {"a": [0.5], "b": 1}, {"y": B, "x": A})
    assert {run.stdout.strip() for run in runs} == {here}
