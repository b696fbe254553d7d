"""How a table of the return is described, once: its columns, their meaning and form, and how rules name them.

A rule writes ``Episodes.DECOM`` and gets a polars expression; a misspelt column fails when the rule is imported.
Columns are named ``Episodes.DECOM`` in the frames that rules are evaluated over, so that rows of two tables can
stand side by side; ``Episodes.previous.DECOM`` is the same column of the child's episode before, and
``Episodes.last_year.DECOM`` that of the previous return. The frames hold just the columns that rules ask for.
"""

from __future__ import annotations

from copy import copy
from dataclasses import dataclass
from functools import cache
from typing import ClassVar, Literal, Self, overload

import polars as pl

from returns903 import codes
from returns903.years import Year, rules_year

Kind = Literal["identifier", "code", "date", "partial date", "number", "postcode", "text"]

LAST_YEAR = "last_year"
NUMBER = "number"
"""``Episodes.number`` stands for the child in the frames of rules: one number a child, the same in every table."""
TEXT = "text"
"""``DEC.text`` holds what stood in the cell of a date (or of a derived number) that could not be read, else null."""


@dataclass(frozen=True)
class Column:
    """One column of a table, as the return defines it."""

    meaning: str
    kind: Kind
    blank: bool = False
    """Whether the cell may be left blank."""
    codes: tuple[str, ...] = ()
    """The names of the code lists that hold its values."""
    pattern: str | None = None
    """A regular expression that every value matches in full."""
    xml: str | None = None
    """Its element in XML where that is not the column's name."""
    since: str | None = None
    until: str | None = None
    derived: bool = False
    """Worked out here unless a frame brings it; never a column of a file."""
    name: str = ""

    def __set_name__(self, owner: type, name: str) -> None:
        object.__setattr__(self, "name", name)

    @overload
    def __get__(self, table: None, owner: type) -> Column: ...
    @overload
    def __get__(self, table: Table, owner: type) -> pl.Expr: ...
    def __get__(self, table: Table | None, owner: type) -> Column | pl.Expr:
        return self if table is None else table.col(self.name)

    def in_year(self, year: str) -> bool:
        """Whether the column exists in the collection year with this label."""
        return (self.since or year) <= year <= (self.until or year)

    def valid_codes(self, year: Year | str) -> list[str]:
        """The codes that the column may hold in a year; empty where it holds no codes."""
        return [code for name in self.codes for code in codes.code_list(name).valid(year)]

    @property
    def dtype(self) -> type[pl.DataType]:
        """The polars type of the column in a typed frame."""
        return pl.Date if self.kind == "date" else pl.Float64 if self.kind == "number" and self.derived else pl.String


class Table:
    """A table of the return. The instance stands for this year's rows; ``.last_year`` for the previous return's."""

    name: ClassVar[str]
    meaning: ClassVar[str]
    order: ClassVar[str | None] = None
    """The date that orders a child's rows, null last, ties in file order; file order where there is none."""
    key: ClassVar[tuple[str, ...]] = ("CHILD",)
    """What should tell one row of a return from another."""
    since: ClassVar[str | None] = None
    xml: ClassVar[str | None] = None
    made: ClassVar[bool] = False
    """Made from other tables; never read from a file."""

    def __init__(self) -> None:
        self.is_last_year = False
        self._shift = ""

    @classmethod
    @cache
    def all_columns(cls) -> dict[str, Column]:
        """Every column by name, in the order of the return, derived ones last."""
        found = {
            name: item for c in reversed(cls.__mro__) for name, item in vars(c).items() if isinstance(item, Column)
        }
        return dict(sorted(found.items(), key=lambda item: item[1].derived))

    @classmethod
    def columns(cls, year: Year | str | None = None) -> dict[str, Column]:
        """The columns that a file has, by name, in the order of the return; those of one year where it is given."""
        label = rules_year(year) if year is not None else None
        return {n: c for n, c in cls.all_columns().items() if not c.derived and (label is None or c.in_year(label))}

    @classmethod
    def in_year(cls, year: str) -> bool:
        """Whether the table exists in the collection year with this label."""
        return (cls.since or year) <= year

    @property
    def id(self) -> str:
        """What the table is called in the frames: ``Episodes`` or ``Episodes.last_year``."""
        return f"{self.name}.{LAST_YEAR}" if self.is_last_year else self.name

    @property
    def last_year(self) -> Self:
        """The same table in the previous return."""
        return self._with(is_last_year=True)

    @property
    def previous(self) -> Self:
        """The columns of the child's row before this one, in the table's order; null on its first row."""
        return self._with(_shift="previous.")

    @property
    def before_previous(self) -> Self:
        """The columns of the child's row two before this one."""
        return self._with(_shift="before_previous.")

    @property
    def next(self) -> Self:
        """The columns of the child's row after this one; null on its last row."""
        return self._with(_shift="next.")

    def _with(self, **changes: object) -> Self:
        other = copy(self)
        vars(other).update(changes)
        return other

    def col(self, name: str) -> pl.Expr:
        """The expression for a column by name."""
        return pl.col(f"{self.id}.{self._shift}{name}")

    @property
    def row(self) -> pl.Expr:
        """The 0-based data row; null where a join found no row of this table."""
        return self.col("row")

    @property
    def number(self) -> pl.Expr:
        """What stands for the child in the frames of rules; null where CHILD is blank."""
        return self.col(NUMBER)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Table) and self.id == other.id

    def __hash__(self) -> int:
        return hash(self.id)

    def __repr__(self) -> str:
        return self.id


def identifier() -> Column:
    """The child's identifier."""
    return Column(
        "The authority's own identifier of the child, the same from year to year",
        "identifier",
        pattern=r"[A-Z0-9]{1,20}",
    )


def birth_date() -> Column:
    """The child's date of birth, as most tables repeat it."""
    return Column("The child's date of birth", "date")
