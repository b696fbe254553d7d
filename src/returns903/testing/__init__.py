"""A kit for testing what makes or handles returns: lawful returns, faults for every rule, and the smallest case.

``strategies`` draws returns with Hypothesis (extra `testing`), ``faults`` breaks them so that a given rule fires,
``reduce`` brings a return down to what still shows a fault, ``assert_valid``, ``assert_flags`` and ``check_rule`` say
what differs, ``relations`` holds what must be so of any transformation, and ``synthesise`` makes large returns.
"""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    from returns903.testing import cases, faults, relations, strategies
    from returns903.testing.assertions import assert_flags, assert_valid, check_rule
    from returns903.testing.reducing import reduce
    from returns903.testing.synthesis import synthesise

_HOMES = {
    "assert_flags": "assertions",
    "assert_valid": "assertions",
    "check_rule": "assertions",
    "reduce": "reducing",
    "synthesise": "synthesis",
}
_MODULES = ("cases", "faults", "relations", "strategies")

__all__ = [
    "assert_flags",
    "assert_valid",
    "cases",
    "check_rule",
    "faults",
    "reduce",
    "relations",
    "strategies",
    "synthesise",
]


def __getattr__(name: str) -> Any:
    """Names are loaded when first used: a test run that uses none of them pays for none."""
    if name in _MODULES:
        return import_module(f"returns903.testing.{name}")
    if name in _HOMES:
        return getattr(import_module(f"returns903.testing.{_HOMES[name]}"), name)
    msg = f"module 'returns903.testing' has no attribute {name!r}"
    raise AttributeError(msg)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
