"""Validate the SSDA903 return of looked-after children, and derive its statistics from the same rows."""

from __future__ import annotations

from importlib import import_module
from typing import TYPE_CHECKING, Any

from returns903.errors import refuse_without_docstrings

if TYPE_CHECKING:
    from returns903 import codes, derive, schemas, tables, terms
    from returns903.batch.many import Batch, validate_many
    from returns903.engine import validate
    from returns903.errors import ConfigError, InputError, ReturnsError
    from returns903.forms import write_return
    from returns903.results import Outcome, Result
    from returns903.returns import Return, read_return
    from returns903.rules import Rule, rules_in_force
    from returns903.rules.own import load_rules, rule
    from returns903.years import Year

__version__ = "0.1.0"

_HOMES = {
    "Batch": "batch.many",
    "ConfigError": "errors",
    "InputError": "errors",
    "Outcome": "results",
    "Result": "results",
    "Return": "returns",
    "ReturnsError": "errors",
    "Rule": "rules",
    "Year": "years",
    "load_rules": "rules.own",
    "read_return": "returns",
    "rule": "rules.own",
    "rules_in_force": "rules",
    "validate": "engine",
    "validate_many": "batch.many",
    "write_return": "forms",
}
_MODULES = ("codes", "derive", "schemas", "tables", "terms")

__all__ = [
    "Batch",
    "ConfigError",
    "InputError",
    "Outcome",
    "Result",
    "Return",
    "ReturnsError",
    "Rule",
    "Year",
    "codes",
    "derive",
    "load_rules",
    "read_return",
    "rule",
    "rules_in_force",
    "schemas",
    "tables",
    "terms",
    "validate",
    "validate_many",
    "write_return",
]


def __getattr__(name: str) -> Any:
    """Names are loaded when first used, so that importing the package loads neither polars nor pandera."""
    if name in __all__:
        refuse_without_docstrings()
    if name in _MODULES:
        return import_module(f"returns903.{name}")
    if name in _HOMES:
        return getattr(import_module(f"returns903.{_HOMES[name]}"), name)
    msg = f"module 'returns903' has no attribute {name!r}"
    raise AttributeError(msg)


def __dir__() -> list[str]:
    return sorted([*globals(), *__all__])
