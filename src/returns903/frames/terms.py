"""The words that rules are written in, beside the columns themselves.

Comparisons with a blank or unreadable date are null, and null never flags: what cannot be judged passes. Where a
rule reads otherwise it says so, with `given`, `blank`, `other_than` or `fill_null`.
"""

from __future__ import annotations

import sys
from collections.abc import Iterable

import polars as pl

from returns903.frames.computed import compute
from returns903.tables import Table, split, table
from returns903.tables.base import TEXT


def given(column: pl.Expr) -> pl.Expr:
    """Something stands in the cell, be it readable or not."""
    text = _text_of(column)
    return column.is_not_null() if text is None else column.is_not_null() | text.is_not_null()


def blank(column: pl.Expr) -> pl.Expr:
    """Nothing stands in the cell."""
    return ~given(column)


def unreadable(column: pl.Expr) -> pl.Expr:
    """Something stands in the cell of a date that cannot be read as one."""
    return no_date(column).is_not_null()


def as_written(column: pl.Expr) -> pl.Expr:
    """A date as text, for telling whether two cells say the same: the day, or what stood there if it is none."""
    text = _text_of(column)
    return column if text is None else pl.coalesce(column.dt.strftime("%d/%m/%Y"), text)


def no_date(column: pl.Expr) -> pl.Expr:
    """What stands in the cell of a date that cannot be read as one; null for a readable and for a blank one."""
    text = _text_of(column)
    if text is None:
        msg = f"{column.meta.output_name()} is not a date"
        raise TypeError(msg)
    return text


def written_alike(one: pl.Expr, other: pl.Expr) -> pl.Expr:
    """Two dates name one day, or neither can be read and both are written alike; two blanks are not alike."""
    return any_of(one == other, no_date(one) == no_date(other))


def other_than(column: pl.Expr, *codes: str | Iterable[str]) -> pl.Expr:
    """The cell holds none of these; a blank is none of them."""
    flat = _codes(codes)
    return column.ne_missing(flat[0]) if len(flat) == 1 else ~column.is_in(flat, nulls_equal=True)


def one_of(column: pl.Expr, *codes: str | Iterable[str]) -> pl.Expr:
    """The cell holds one of these; null where it is blank."""
    flat = _codes(codes)
    return column == flat[0] if len(flat) == 1 else column.is_in(flat)


def _codes(codes: Iterable[str | Iterable[str]]) -> list[str]:
    return [code for item in codes for code in ([item] if isinstance(item, str) else item)]


def differs(one: pl.Expr, other: pl.Expr) -> pl.Expr:
    """The two are not the same; two blanks are."""
    return one.ne_missing(other)


def years_after(day: pl.Expr, years: int) -> pl.Expr:
    """The same day and month `years` later, 29 February becoming 28 February in other years."""
    return of_row(table_of(day), day.dt.offset_by(f"{years}y"))


def any_of(*conditions: pl.Expr) -> pl.Expr:
    """At least one holds; a condition that cannot be judged does not."""
    return pl.any_horizontal(*conditions).fill_null(value=False)


def all_of(*conditions: pl.Expr) -> pl.Expr:
    """Every one holds; a condition that cannot be judged does not."""
    return pl.all_horizontal(*conditions).fill_null(value=False)


def of_row(of: Table, expression: pl.Expr) -> pl.Expr:
    """An expression worked out on the table's own rows in their order, before any join: windows are safe in it."""
    return compute(of, _caller(), expression, is_fact=False)


def of_child(of: Table, aggregate: pl.Expr) -> pl.Expr:
    """An aggregate over a child's rows of a table, for use beside any other table; null for a child without rows."""
    return compute(of, _caller(), aggregate, is_fact=True)


def any_row(of: Table, condition: pl.Expr) -> pl.Expr:
    """The child has a row of the table for which the condition holds; false for a child without rows."""
    return of_child(of, condition.fill_null(value=False).any()).fill_null(value=False)


def has_row(of: Table) -> pl.Expr:
    """The child has a row of the table."""
    return of_child(of, pl.len() > 0).fill_null(value=False)


def count_rows(of: Table, condition: pl.Expr | None = None) -> pl.Expr:
    """How many of the child's rows of the table meet the condition."""
    counted = pl.len() if condition is None else condition.fill_null(value=False).sum()
    return of_child(of, counted).fill_null(0)


def earliest(of: Table, where: pl.Expr | None = None) -> pl.Expr:
    """The row is its child's earliest among those that meet `where` and have a readable date.

    The date is the one that orders the table; of several rows on one day it is the first in the file.
    """
    return of_row(of, _first_of(of.number, _fitting(of, where)))


def latest(of: Table, where: pl.Expr | None = None) -> pl.Expr:
    """The row is its child's latest, read as for `earliest`; of several on one day the first in the file."""
    childs_day = of.number.cast(pl.Int64) * 2**32 + of.col(str(of.order)).to_physical()
    firsts = _first_of(childs_day, _fitting(of, where))
    child = pl.when(firsts).then(of.number)
    return of_row(of, firsts & child.ne_missing(child.backward_fill().shift(-1)))


def before_by(value: pl.Expr, *order: pl.Expr) -> pl.Expr:
    """What stands on the child's row before when the rows of one table go by these columns; blanks come last."""
    of = table_of(order[0])
    places = of_row(of, pl.arg_sort_by(of.number, *order, of.row, nulls_last=True))
    back = of_row(of, places.arg_sort())
    before, child = (column.gather(places).shift(1).gather(back) for column in (value, of.number))
    return of_row(of, pl.when(child == of.number).then(before))


def at_earliest(column: pl.Expr, where: pl.Expr | None = None) -> pl.Expr:
    """What the column holds on the child's earliest row of its table; null where there is none."""
    of = table_of(column)
    return of_child(of, column.filter(earliest(of, where)).first())


def at_latest(column: pl.Expr, where: pl.Expr | None = None) -> pl.Expr:
    """What the column holds on the child's latest row of its table; null where there is none."""
    of = table_of(column)
    return of_child(of, column.filter(latest(of, where)).first())


def table_of(column: pl.Expr) -> Table:
    """The table that a column belongs to."""
    return table(split(column.meta.output_name())[0])


def _caller() -> str:
    """The function that asks for a mark or fact, which names it."""
    return sys._getframe(2).f_code.co_name.strip("_<>")


def _fitting(of: Table, where: pl.Expr | None) -> pl.Expr:
    """The row has a child and a readable date, and meets the condition."""
    if of.order is None:
        msg = f"the rows of {of} have no order"
        raise TypeError(msg)
    fits = of.col(of.order).is_not_null() & of.number.is_not_null()
    return fits if where is None else fits & where.fill_null(value=False)


def _first_of(what: pl.Expr, fits: pl.Expr) -> pl.Expr:
    """Of the rows that fit, the first of each child, or of whatever else is the same on rows that follow each other."""
    fitting = pl.when(fits).then(what)
    return fits & fitting.ne_missing(fitting.forward_fill().shift(1))


def _text_of(column: pl.Expr) -> pl.Expr | None:
    """The companion of a column that is not text; None for one that is."""
    name = column.meta.output_name()
    if name not in column.meta.root_names() or ":" in name:
        msg = f"{name} is not a column as it stands"
        raise TypeError(msg)
    of, rest = split(name)
    column_type = table(of).all_columns()[rest.rpartition(".")[2]].dtype
    return None if column_type == pl.String else pl.col(f"{name}.{TEXT}")
