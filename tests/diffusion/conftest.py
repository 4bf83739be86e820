"""Tests that run tiny models need torch; a default install has none, and then they are skipped with this reason."""

from importlib.util import find_spec

import pytest

REASON = "needs the extra `models`: make check-models"


def pytest_collection_modifyitems(items):
    if find_spec("torch") is not None and find_spec("diffusers") is not None:
        return
    for item in items:
        if item.get_closest_marker("models"):
            item.add_marker(pytest.mark.skip(reason=REASON))


@pytest.fixture(scope="session")
def shelf_folder(tmp_path_factory):
    """A folder of models; `built` fills it."""
    return tmp_path_factory.mktemp("models")
