"""Every case that a rule must meet."""

from __future__ import annotations

from collections.abc import Iterator
from importlib import import_module

from returns903.rules import TOPICS
from returns903.testing.cases import Case


def every_case() -> Iterator[Case]:
    """The cases of all topics, in the order of their files."""
    for topic in TOPICS:
        yield from import_module(f"tests.rules.test_{topic}").CASES
