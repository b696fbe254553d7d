"""Tables as files for programs: CSV and Parquet, a file a table, and JSON, all in one."""

from __future__ import annotations

import datetime as dt
import io
import json
from dataclasses import asdict
from typing import Any

import polars as pl

from returns903.published.collect import IDENTIFIERS, Sheet, Tables
from returns903.reports.csv import RISKY
from returns903.statistics import Rule

MARK = "c"
STAMP = "disclosure_control"
"""The column that files carry whose numbers are under no disclosure control: nothing else travels with a CSV."""


def joined(sheet: Sheet, year: str | None) -> Sheet:
    """The table with last year's numbers in columns of their own, where it has them."""
    past = sheet.last_year
    if past is None or year is None:
        return sheet
    names = {name: f"{name}_{year.replace('-', '_')}" for name in sheet.frame.columns if name in sheet.of.numbers}
    frame = sheet.frame.hstack(past.frame.select(*names).rename(names))
    hidden = sheet.hidden.hstack(past.hidden.select(*names).rename(names))
    ranges = sheet.ranges.hstack(past.ranges.rename(names, strict=False))
    return Sheet(sheet.of, frame, hidden, ranges=ranges, whole=sheet.whole)


def to_csv(sheet: Sheet, tables: Tables) -> str:
    """A table as CSV: `c` where a number is suppressed, percentages to one decimal unless under no control.

    A percentage that rests too much on what is assumed is a range, as ``62 to 91``.

    A cell that a spreadsheet would take for a formula gets a leading apostrophe.
    """
    shown = joined(sheet, tables.last_year)
    frame = shown.frame.with_columns(
        pl.when(pl.col(name).str.contains(RISKY)).then(pl.concat_str(pl.lit("'"), name)).otherwise(name).alias(name)
        for name, dtype in shown.frame.schema.items()
        if dtype == pl.String
    )
    if tables.method != "none":
        frame = frame.with_columns(_written(shown, name, 0 if shown.whole else 1) for name in shown.hidden.columns)
    frame = frame.with_columns(
        pl.coalesce(pl.lit(said), pl.col(said.name).cast(pl.String)).alias(said.name) for said in shown.ranges
    )
    return _stamped(frame, shown, tables).write_csv()


def _written(sheet: Sheet, name: str, decimals: int) -> pl.Series:
    values = sheet.frame.get_column(name)
    if values.dtype.is_float():
        texts = pl.Series(name, [None if v is None else f"{v:.{decimals}f}" for v in values], dtype=pl.String)
    else:
        texts = values.cast(pl.String)
    hidden = sheet.hidden.get_column(name)
    return pl.select(pl.when(hidden).then(pl.lit(MARK)).otherwise(texts).alias(name)).to_series()


def to_parquet(sheet: Sheet, tables: Tables) -> bytes:
    """A table as Parquet with its own types; a number that is suppressed is null, and a flag beside it says so.

    So is a percentage that rests too much on what is assumed, and its range stands beside it.
    """
    shown = joined(sheet, tables.last_year)
    frame = shown.frame
    if tables.method == "suppress":
        frame = frame.hstack(shown.hidden.rename({name: f"{name}_suppressed" for name in shown.hidden.columns}))
    frame = frame.hstack(shown.ranges.rename(lambda name: f"{name}_range"))
    target = io.BytesIO()
    _stamped(frame, shown, tables).write_parquet(target)
    return target.getvalue()


def _stamped(frame: pl.DataFrame, sheet: Sheet, tables: Tables) -> pl.DataFrame:
    if tables.method != "none" or sheet.of.child_level:
        return frame
    return frame.with_columns(pl.lit("none").alias(STAMP))


def about(tables: Tables) -> str:
    """What goes beside the files of a folder: each table's title, definition, source and disclosure control, as CSV."""
    return pl.DataFrame(
        [
            {
                "table": sheet.of.name,
                "title": sheet.of.title,
                "definition": sheet.of.text,
                "source": sheet.of.source,
                "rows": sheet.frame.height,
                "year": tables.year,
                "authority": tables.authority,
                "numbers": IDENTIFIERS if sheet.of.child_level else tables.statement,
                **asdict(tables.rule(sheet)),
            }
            for sheet in tables.sheets
        ],
        schema_overrides={"authority": pl.String},
    ).write_csv()


def to_json(tables: Tables) -> str:
    """All tables as one JSON object: `run`, and `tables` with definitions and rows; `c` is what is suppressed."""
    found = [_entry(joined(sheet, tables.last_year), tables.rule(sheet)) for sheet in tables.sheets]
    return json.dumps({"run": run_of(tables), "tables": found}, indent=1, ensure_ascii=False, default=_date)


def run_of(tables: Tables) -> dict[str, Any]:
    """What is said of the whole, at the head of a JSON object."""
    return {
        "version": tables.version,
        "year": tables.year,
        "last_year": tables.last_year,
        "authority": tables.authority,
        "disclosure": tables.method,
        "statement": tables.statement,
        "notes": list(tables.notes),
    }


def _entry(sheet: Sheet, rule: Rule) -> dict[str, Any]:
    rows = sheet.frame.rows(named=True)
    for name in sheet.hidden.columns:
        for row, hidden in zip(rows, sheet.hidden.get_column(name), strict=True):
            if hidden:
                row[name] = MARK
    for said in sheet.ranges:
        for row, ends in zip(rows, said, strict=True):
            row[said.name] = row[said.name] if ends is None else ends
    of = sheet.of
    return {
        "name": of.name,
        "title": of.title,
        "definition": of.text,
        "source": of.source,
        "identifiers": of.child_level,
        "disclosure": asdict(rule),
        "columns": sheet.frame.columns,
        "rows": rows,
    }


def _date(value: object) -> str:
    if isinstance(value, dt.date):
        return value.isoformat()
    msg = f"{type(value).__name__} has no place in JSON"
    raise TypeError(msg)
