"""Which columns of a return a rule reads, by table."""

from __future__ import annotations

from collections.abc import Mapping

from returns903.rules import Definition
from returns903.tables import MADE, Table, split, table
from returns903.tables.base import NUMBER, TEXT

_OF_NO_FILE = ("row", NUMBER)


def columns_read(definition: Definition) -> Mapping[Table, tuple[str, ...]]:
    """The columns that a rule reads, in the order of each table; those of tables made from others are left out.

    A rule that is no expression reads the columns that it says to look at.
    """
    named = {(table(of), own_column(rest)) for of, rest in map(split, definition.names)}
    named |= {(table(of), column) for of, column in definition.fields}
    return {
        of: tuple(name for name in of.all_columns() if (of, name) in named)
        for of in dict.fromkeys([*definition.flags, *sorted({of for of, _ in named}, key=repr)])
        if of.name not in MADE
    }


def own_column(rest: str) -> str:
    """The column that a name in the frames stands for: ``DEC`` for ``previous.DEC`` and for ``DEC.text``."""
    return next((part for part in reversed(rest.split(".")) if part != TEXT), rest)


def is_of_a_file(column: str) -> bool:
    """Whether a column is part of the return, and no number that the frames have beside it."""
    return column not in _OF_NO_FILE
