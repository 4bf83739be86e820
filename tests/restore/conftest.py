"""Tests that run networks on torch need it; a default install has none, and then they are skipped with this reason."""

from importlib.util import find_spec

import pytest

REASON = "needs the extra `models`: make check-models"


def pytest_collection_modifyitems(items):
    if find_spec("torch") is not None:
        return
    for item in items:
        if "/restore/" in str(item.path) and item.get_closest_marker("models"):
            item.add_marker(pytest.mark.skip(reason=REASON))
