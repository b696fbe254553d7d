"""What rules work out on a table's own rows before any join, under names that people can read."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator, Mapping
from contextlib import contextmanager
from contextvars import ContextVar
from typing import NamedTuple

import polars as pl

from returns903.tables import Table


class Computed(NamedTuple):
    """A mark of each row, or a fact of each child, and how it is worked out."""

    table: Table
    is_fact: bool
    """One value for each child, told from all of the child's rows; else one for each row."""
    expression: pl.Expr
    roots: frozenset[str]
    """The columns it is worked out from."""


_being_built: ContextVar[dict[str, Computed]] = ContextVar("computed expressions of the rule being built")


@contextmanager
def collected() -> Iterator[Mapping[str, Computed]]:
    """What is computed inside, by name: complete when the block ends."""
    found: dict[str, Computed] = {}
    outer = _being_built.set(found)
    try:
        yield found
    finally:
        _being_built.reset(outer)


def compute(of: Table, called: str, expression: pl.Expr, *, is_fact: bool) -> pl.Expr:
    """The column that holds an expression once it is worked out, such as ``Episodes:days_on_end#5f3a91c2``.

    One expression of one table has one name, so that rules that ask for the same share it.

    Raises:
        LookupError: no rule is being built.
    """
    digest = hashlib.sha256(expression.meta.serialize()).hexdigest()[:8]
    name = f"{of.id}:{called}#{digest}"
    _being_built.get()[name] = Computed(of, is_fact, expression, frozenset(expression.meta.root_names()))
    return pl.col(name)
