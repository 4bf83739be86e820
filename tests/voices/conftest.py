"""Lines said by our own voices are what is listened to here; torch is asked for as in the other tests of models."""

import sys
from importlib.util import find_spec
from pathlib import Path

import pytest

sys.path.append(str(Path(__file__).parents[1] / "speech"))
REASON = "needs the extra `models`: make check-models"


def pytest_collection_modifyitems(items):
    if find_spec("torch") is not None and find_spec("transformers") is not None:
        return
    for item in items:
        if item.get_closest_marker("models"):
            item.add_marker(pytest.mark.skip(reason=REASON))
