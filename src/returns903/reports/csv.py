"""The findings as CSV, a row a flagged row. It is a working copy and carries the children's identifiers."""

from __future__ import annotations

import polars as pl

from returns903.results import Result
from returns903.views.states import with_states

RISKY = r"^[\s]*[=+\-@\t\r]"
"""What a spreadsheet takes for a formula."""


def to_csv(result: Result) -> str:
    """The findings as text; a cell that a spreadsheet would take for a formula gets a leading apostrophe."""
    found = with_states(result)
    written = [name for name in ("file", "child", "accepted", "accepted_by") if name in found.columns]
    return found.with_columns(map(safe, written)).write_csv()


def safe(name: str) -> pl.Expr:
    """A column whose cells are not our own words, with an apostrophe before what a spreadsheet takes for a formula."""
    column = pl.col(name)
    return pl.when(column.str.contains(RISKY)).then(pl.concat_str(pl.lit("'"), column)).otherwise(column).alias(name)
