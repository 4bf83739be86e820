"""The registry: one engine for a name, and help for a name that is nobody's."""

import sys
import types

import pytest

from duocast.compiler.graph import Operation
from duocast.runtime.engine import EngineError
from duocast.runtime.registry import DuplicateEngine, Registry


class Named:
    def __init__(self, operation, name, version="1"):
        self.operation, self.name, self.version = operation, name, version

    def run(self, request):
        return {}


def test_an_engine_is_found_by_operation_and_name():
    registry = Registry([Named(Operation.SPEAK, "kokoro", "3")], [Named(Operation.PLATE, "drawn")])
    assert registry.version(Operation.SPEAK, "kokoro") == "3"
    assert registry.names(Operation.PLATE) == ("drawn",)
    assert [engine.name for engine in registry] == ["drawn", "kokoro"]


def test_a_duplicate_raises():
    with pytest.raises(DuplicateEngine, match="speak by the name 'a'"):
        Registry([Named(Operation.SPEAK, "a")], [Named(Operation.SPEAK, "a")])


def test_an_unknown_name_lists_the_nearest():
    registry = Registry([Named(Operation.SPEAK, n) for n in ("kokoro", "draft")])
    with pytest.raises(EngineError, match="no engine called 'kokro' can speak") as raised:
        registry.engine(Operation.SPEAK, "kokro")
    assert (raised.value.code, raised.value.hint) == ("R0020", "ready for speak: kokoro")


def test_a_list_that_cannot_be_loaded_is_reported_when_it_matters(monkeypatch):
    module = types.ModuleType("some_engines")
    module.engines = lambda: [Named(Operation.SPEAK, "a")]
    monkeypatch.setitem(sys.modules, "some_engines", module)
    registry = Registry.load(["some_engines:engines", "no_such_module_at_all:engines"])
    assert len(registry) == 1
    assert registry.absent[0].reference == "no_such_module_at_all:engines"
    with pytest.raises(EngineError) as raised:
        registry.engine(Operation.MIX, "x")
    assert "no_such_module_at_all" in raised.value.hint
