"""What every test rests on."""

from __future__ import annotations

import os
from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import settings

from returns903.rules import registry

os.environ["RETURNS903_CACHE"] = str(Path(__file__).resolve().parents[1] / ".pytest_cache" / "returns903")
"""Copies of reference data made in tests stay out of the user's cache."""

# The same examples each time, so that a failure is the change's own; `tox -e random` draws fresh ones.
settings.register_profile("repeatable", derandomize=True, deadline=None)
settings.register_profile("random", deadline=None, print_blob=True)
settings.load_profile("random" if os.environ.get("RETURNS903_EXAMPLES") == "random" else "repeatable")


@pytest.fixture
def spare_rules() -> Iterator[None]:
    """Rules made in a test are forgotten after it."""
    registry.definitions()
    before = {code: list(forms) for code, forms in registry._registry.items()}
    yield
    registry._registry.clear()
    registry._registry.update(before)
