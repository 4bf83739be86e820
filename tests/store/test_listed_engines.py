"""Engines are known by name and version before anything of them is imported."""

import subprocess
import sys

import pytest

from duocast.compiler.graph import Operation
from duocast.runtime.engine import EngineError, Request
from duocast.runtime.engines import offline_engines
from duocast.runtime.listed import Listed
from duocast.runtime.registry import Registry

HEAVY = ("numpy", "PIL", "cv2", "skia", "av", "moviepy", "onnxruntime", "ai_edge_litert", "c2pa")


def test_every_listed_engine_is_what_the_list_says(tmp_path):
    for listed in Registry(offline_engines(tmp_path)):
        assert isinstance(listed, Listed)
        engine = listed.load()
        assert (engine.operation, engine.name, engine.version) == (
            listed.operation,
            listed.name,
            listed.version,
        )


def test_building_the_registry_imports_no_library():
    code = (
        "import sys, duocast.cli.render, duocast.cli.studio as s; s.crew('standard', s.registry()); s.inlines(); "
        f"print([name for name in {HEAVY} if name in sys.modules])"
    )
    done = subprocess.run([sys.executable, "-c", code], capture_output=True, text=True, check=True)
    assert done.stdout.strip() == "[]"


def test_an_engine_that_cannot_be_imported_says_so_when_it_is_needed(tmp_path):
    engine = Listed(Operation.MIX, "desk", "1", "no_such_module_at_all:engines")
    with pytest.raises(EngineError, match="'desk' can't be loaded here") as raised:
        engine.run(Request({}, {}, tmp_path, lambda done: None, None))
    assert raised.value.code == "R0020"
    assert "duocast doctor" in raised.value.hint
