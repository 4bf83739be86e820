"""Tests that run tiny models need torch, as those of the pictures do."""

from diffusion.conftest import pytest_collection_modifyitems as pytest_collection_modifyitems
