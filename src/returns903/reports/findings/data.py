"""What the page of findings draws from: rules, children, rows and findings as lists that name each other by place."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from typing import Any

import polars as pl

from returns903.results import Result
from returns903.tables import Header, Table, table
from returns903.texts import as_texts
from returns903.views.reads import columns_read
from returns903.views.rows import around, given
from returns903.views.states import with_states

NOBODY = -1
"""The place of the child of a row without an identifier, and of what is not told of a finding."""
Column = dict[str, list[Any]]


def data(result: Result) -> dict[str, Any]:
    """The page's data.

    Returns:
        rules: those with findings, with their words and, by place of table, the columns that each reads and looks at.
        children: their identifiers, those with most to mend first. tables: each with its columns and the rows that are
        flagged, their neighbours and headers, child by child and in the order of the table; a column is `values`, each
        once, and `at`, which of them stands in each row. findings: the places of rule, table, row, child, and of the
        reason for which it is accepted; and whether it is new. reasons: those.
    """
    found = with_states(result)
    children = result.by_child().get_column("child").drop_nulls().to_list()
    tables, wanted = _wanted(result, found)
    rows = [_rows(result, of, numbers, children) for of, numbers in zip(tables, wanted, strict=True)]
    codes = found.get_column("rule").unique(maintain_order=True).to_list()
    reads = [columns_read(result.definition(code)) for code in codes]
    columns = [
        _columns(frame, {name for read in reads for name in read.get(of, ())})
        for of, frame in zip(tables, rows, strict=True)
    ]
    reasons = _values(found, "accepted")
    return {
        "rules": [_rule(result, code, tables, columns) for code in codes],
        "children": children,
        "tables": [_table(*each) for each in zip(tables, rows, columns, strict=True)],
        "findings": _findings(found, codes, tables, rows, children, reasons),
        "reasons": reasons,
    }


def _wanted(result: Result, found: pl.DataFrame) -> tuple[list[Table], list[pl.Series]]:
    """The tables with rows to show, and the numbers of these."""
    ret, numbers = result.the_return, dict[Table, list[pl.Series]]()
    for (name, previous), part in found.group_by("table", "previous", maintain_order=True):
        of = table(str(name)).last_year if previous else table(str(name))
        flagged = part.get_column("row").unique()
        near = [each.get_column("row") for each in around(ret, of, flagged)]
        numbers.setdefault(of, []).extend([flagged, *near])
        header = Header.last_year if previous else Header
        theirs = given(ret, header)
        if theirs is not None:
            is_theirs = pl.col("CHILD").is_in(part.get_column("child").drop_nulls().unique().implode())
            numbers.setdefault(header, []).append(theirs.filter(is_theirs).get_column("row"))
    order = sorted(numbers, key=lambda of: (of.is_last_year, of.name != Header.name, of.name))
    return order, [pl.concat(numbers[of]).unique() for of in order]


def _rows(result: Result, of: Table, numbers: pl.Series, children: Sequence[str]) -> pl.DataFrame:
    """The rows by child and in the order of the table: row, line, file, child (its place), and the cells as text."""
    frame = given(result.the_return, of)
    source = pl.DataFrame() if frame is None else frame.filter(pl.col("row").is_in(numbers.implode()))
    cells = as_texts({of.name: source})[of.name]
    child = pl.col("CHILD").replace_strict(children, range(len(children)), default=NOBODY, return_dtype=pl.Int32)
    about = source.select("row", "line", "file", child=child.fill_null(NOBODY))
    day = pl.lit(None, pl.Date) if of.order is None else pl.col(of.order)
    order = source.with_columns(_when=day).select("_when")
    every = pl.concat([about, cells.drop("CHILD", strict=False), order], how="horizontal")
    return every.sort("child", "_when", "row", nulls_last=True, maintain_order=True).drop("_when")


def _columns(frame: pl.DataFrame, read: Collection[str]) -> list[str]:
    """The columns that hold anything, and those that a rule reads: what is blank there may be what is wrong."""
    names = [name for name in frame.columns if name not in ("row", "line", "file", "child")]
    return [name for name in names if name in read or frame.get_column(name).null_count() < frame.height]


def _table(of: Table, rows: pl.DataFrame, columns: Sequence[str]) -> dict[str, Any]:
    return {
        "name": of.name,
        "last": of.is_last_year,
        "columns": list(columns),
        "cells": [_encoded(rows.get_column(name)) for name in columns],
        "child": rows.get_column("child").to_list(),
        "line": rows.get_column("line").to_list(),
        "row": rows.get_column("row").to_list(),
        "file": _encoded(rows.get_column("file")),
    }


def _encoded(column: pl.Series) -> Column:
    """The values of a column, each once and first the blank, and which of them stands in each row."""
    values = column.drop_nulls().unique(maintain_order=True)
    at = column.replace_strict(values, pl.int_range(1, len(values) + 1, eager=True), default=0, return_dtype=pl.UInt32)
    return {"values": [None, *values.to_list()], "at": at.fill_null(0).to_list()}


def _rule(result: Result, code: str, tables: Sequence[Table], columns: Sequence[Sequence[str]]) -> dict[str, Any]:
    definition, rule = result.definition(code), result.rules[code]
    read = columns_read(definition)
    return {
        "code": code,
        "severity": rule.severity,
        "topic": rule.topic.replace("_", " "),
        **{name: getattr(rule, name) for name in ("message", "when", "why", "fix")},
        "reads": _places(read, tables, columns),
        "fields": _places(_by_table(definition.fields), tables, columns),
    }


def _by_table(fields: Sequence[tuple[str, str]]) -> dict[Table, tuple[str, ...]]:
    found = dict[Table, tuple[str, ...]]()
    for of, column in fields:
        found[table(of)] = (*found.get(table(of), ()), column)
    return found


def _places(
    named: Mapping[Table, Sequence[str]], tables: Sequence[Table], columns: Sequence[Sequence[str]]
) -> dict[int, list[int]]:
    """By the place of a table, the places of columns in it."""
    return {
        n: [place for place, name in enumerate(columns[n]) if name in named[of]]
        for n, of in enumerate(tables)
        if of in named
    }


def _values(found: pl.DataFrame, column: str) -> list[str]:
    return (
        found.get_column(column).drop_nulls().unique(maintain_order=True).to_list() if column in found.columns else []
    )


def _findings(
    found: pl.DataFrame,
    codes: Sequence[str],
    tables: Sequence[Table],
    rows: Sequence[pl.DataFrame],
    children: Sequence[str],
    reasons: Sequence[str],
) -> Column:
    """The findings as lists of places, side by side."""
    numbered = [
        frame.select("row", at=pl.int_range(pl.len(), dtype=pl.UInt32), table=pl.lit(of.name), previous=of.is_last_year)
        for of, frame in zip(tables, rows, strict=True)
    ]
    at = pl.concat(numbered) if numbered else pl.DataFrame(schema={"row": pl.UInt32, "at": pl.UInt32})
    if found.is_empty():
        return {name: [] for name in ("rule", "table", "row", "child", "accepted", "new")}
    names = pl.DataFrame(
        {"table": [of.name for of in tables], "previous": [of.is_last_year for of in tables]}
    ).with_row_index("n")
    placed = found.join(at, on=["row", "table", "previous"], how="left", maintain_order="left").join(
        names, on=["table", "previous"], how="left", maintain_order="left"
    )
    accepted = pl.col("accepted") if "accepted" in found.columns else pl.lit(None, pl.String)
    since = pl.col("since") if "since" in found.columns else pl.lit(None, pl.String)
    return placed.select(
        rule=_place("rule", codes),
        table="n",
        row="at",
        child=_place("child", children),
        accepted=_place(accepted, reasons),
        new=(since == "new").fill_null(value=False).cast(pl.Int8),
    ).to_dict(as_series=False)


def _place(column: str | pl.Expr, values: Sequence[str]) -> pl.Expr:
    """Which of some values stands in a column; `NOBODY` where none does."""
    cell = pl.col(column) if isinstance(column, str) else column
    if not values:
        return pl.lit(NOBODY, pl.Int32)
    return cell.replace_strict(values, range(len(values)), default=NOBODY, return_dtype=pl.Int32).fill_null(NOBODY)
