"""A fake cloud for every test."""

import pytest
from fakecloud import FakeCloud


@pytest.fixture
def cloud():
    with FakeCloud() as server:
        yield server


@pytest.fixture
def books(tmp_path):
    return tmp_path / "money"
