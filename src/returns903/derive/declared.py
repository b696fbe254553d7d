"""How a derived table is declared: what a row of it stands for, and every column, said once.

The declaration stands above the function that makes the table. From it come the columns of the frame in their order,
the list of them in the function's docstring, the pandera model in `returns903.schemas` and the columns on the page of
the documentation (`python tools/generate.py`).
"""

from __future__ import annotations

import inspect
from collections.abc import Callable, Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, replace
from functools import wraps
from textwrap import fill
from typing import ParamSpec

import polars as pl

from returns903.errors import ConfigError

Asked = ParamSpec("Asked")
WIDTH = 120
CUT = "Where it is cut, a column of the name of each cut stands before these, and the rows are there for every group."


@dataclass(frozen=True)
class Column:
    """A column of a derived table."""

    dtype: type[pl.DataType]
    says: str
    """What stands in it, in words that follow its name and a colon."""
    null: str | None = None
    """What null means; None: there is no null."""
    values: tuple[str, ...] = ()
    """Nothing else stands in it; empty: anything may."""
    least: float | None = None
    most: float | None = None

    def or_null(self, means: str) -> Column:
        """The same column where it may be null."""
        return replace(self, null=means)

    @property
    def told(self) -> str:
        """What stands in it, and in which words."""
        words = [] if all(word in self.says for word in self.values) else self.values
        return self.says + (f" ({', '.join(words)})" if words else "")


def text(says: str, null: str | None = None, *, values: Sequence[str] = ()) -> Column:
    """A column of codes or words."""
    return Column(pl.String, says, null, tuple(values))


def date(says: str, null: str | None = None) -> Column:
    """A column of days."""
    return Column(pl.Date, says, null)


def flag(says: str, null: str | None = None) -> Column:
    """A column of true and false."""
    return Column(pl.Boolean, says, null)


def count(says: str, null: str | None = None, *, least: int | None = None) -> Column:
    """A column of counts: of children, of rows, or of the places in an order."""
    return Column(pl.UInt32, says, null, least=least)


def days(says: str, null: str | None = None, *, least: int | None = None) -> Column:
    """A column of numbers of days."""
    return Column(pl.Int64, says, null, least=least)


def share(says: str, null: str = "of nobody") -> Column:
    """A column of percentages, unrounded."""
    return Column(pl.Float64, f"{says}, in per cent, unrounded", null, least=0, most=100)


@dataclass(frozen=True)
class Declared:
    """A derived table as it is declared."""

    name: str
    row: str
    """What a row stands for, after the words "one row a"."""
    columns: Mapping[str, Column]
    key: tuple[str, ...]
    """The columns that tell a row from every other; empty where none do."""
    home: str
    """The module that makes it."""
    by: tuple[str, ...] = ()
    """What it can be cut by: the columns that may stand before the others."""

    @property
    def model(self) -> str:
        """The name of its pandera model: `LeavingCare` for `leaving_care`."""
        return "".join(word.capitalize() for word in self.name.split("_"))

    def listed(self) -> Iterator[str]:
        """The paragraphs of the docstring that say what the table is."""
        yield f"One row a {self.row}:"
        yield ""
        for name, column in self.columns.items():
            null = "" if column.null is None else f"; null: {column.null}"
            yield f"* {name}: {column.told}{null}."
        if self.by:
            yield ""
            yield CUT


TABLES: dict[str, Declared] = {}
"""Every derived table by name, in the order in which they are loaded."""


def derived(
    row: str, columns: Mapping[str, Column], *, key: Sequence[str] = (), by: Iterable[str] = ()
) -> Callable[[Callable[Asked, pl.DataFrame]], Callable[Asked, pl.DataFrame]]:
    """Declare the table that a function makes; `{columns}` in its docstring becomes the list of its columns.

    The function may hand over the columns in any order, and others beside them, which are dropped.

    Args:
        row: what a row stands for, after the words "one row a".
        columns: the columns in their order.
        key: the columns that tell a row from every other.
        by: what the table can be cut by: columns that stand before the others where it is.
    """

    def declare(make: Callable[Asked, pl.DataFrame]) -> Callable[Asked, pl.DataFrame]:
        cuts = tuple(name for name in by if name not in columns)
        table = Declared(make.__name__, row, dict(columns), tuple(key), make.__module__, cuts)

        @wraps(make)
        def made(*args: Asked.args, **options: Asked.kwargs) -> pl.DataFrame:
            found = make(*args, **options)
            return found.select(*(name for name in found.columns if name in table.by), *table.columns)

        made.__doc__ = make.__doc__ and _told(inspect.cleandoc(make.__doc__), table)
        TABLES[table.name] = table
        return made

    return declare


def _told(doc: str, table: Declared) -> str:
    """The docstring with the columns in it."""
    place = next((line for line in doc.splitlines() if line.strip() == "{columns}"), None)
    if place is None:
        msg = f"the docstring of {table.name} has no line {{columns}}"
        raise ConfigError(msg)
    before = place.removesuffix("{columns}")
    lines = [
        fill(line, WIDTH, initial_indent=before, subsequent_indent=before + "  ", break_on_hyphens=False)
        for line in table.listed()
    ]
    return doc.replace(place, "\n".join(line.rstrip() for line in lines))
