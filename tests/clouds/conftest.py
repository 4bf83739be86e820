"""A fake cloud for every test; and the farm's own test house, for those that pay from a farm."""

import sys
from pathlib import Path

import pytest
from fakecloud import FakeCloud

_FARM = Path(__file__).parents[1] / "farm"
sys.path += [str(_FARM), str(_FARM / "daemon")]


@pytest.fixture
def cloud():
    with FakeCloud() as server:
        yield server


@pytest.fixture
def books(tmp_path):
    return tmp_path / "money"
