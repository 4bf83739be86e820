"""A graph with new doors computes what its nodes say, and leaves everything else as it was."""

import numpy as np
import pytest

from duocast.runtime.onnx import open_session
from duocast.runtime.speech.graft import (
    FLOAT,
    Door,
    Exposed,
    Node,
    Reshaped,
    _encoded,
    _message,
    _value,
    graft,
)


def model():
    """y = (a + a) * a, in ONNX's own bytes, with `a` of exactly two numbers."""
    nodes = [Node("Add", ("a", "a"), "sum"), Node("Mul", ("sum", "a"), "y")]
    graph = b"".join(
        _message(1, _encoded(node).replace(b"door.", b"node.")) for node in nodes
    ) + _message(2, b"g")
    graph += _message(11, _value("a", FLOAT, (2,))) + _message(12, _value("y", FLOAT, ("n",)))
    return b"\x08\x08" + _message(7, graph) + _message(8, b"\x10\x11")


def test_a_door_changes_an_inner_tensor_and_an_exposed_one_comes_out():
    door = Door("sum", "gain", (1,), (Node("Mul", ("sum.plain", "gain"), "sum"),))
    opened = graft(
        model(), doors=[door], exposed=[Exposed("sum", FLOAT)], reshaped=[Reshaped("a", ("n",))]
    )
    inputs = {"a": np.array([1, 2, 3], np.float32), "gain": np.array([10], np.float32)}
    y, inner = open_session(opened).run(["y", "sum"], inputs)
    assert inner.tolist() == [20, 40, 60]
    assert y.tolist() == [20, 80, 180]


def test_nothing_asked_is_nothing_changed():
    assert graft(model()) == model()


def test_a_tensor_that_is_not_there_is_named():
    with pytest.raises(ValueError, match="nowhere"):
        graft(model(), doors=[Door("nowhere", "x", (1,), ())])
