"""The findings as CSV, a row a flagged row. It is a working copy and carries the children's identifiers."""

from __future__ import annotations

import polars as pl

from returns903.results import FINDINGS, Result

RISKY = r"^[\s]*[=+\-@\t\r]"
"""What a spreadsheet takes for a formula."""


def to_csv(result: Result) -> str:
    """The findings as text; a cell that a spreadsheet would take for a formula gets a leading apostrophe."""
    frame = result.findings.with_columns(pl.col("fields").list.join(" "))
    return frame.select(_safe(pl.col(name), dtype) for name, dtype in FINDINGS.items()).write_csv()


def _safe(column: pl.Expr, dtype: object) -> pl.Expr:
    if dtype not in (pl.String, pl.List(pl.String)):
        return column
    name = column.meta.output_name()
    return pl.when(column.str.contains(RISKY)).then(pl.concat_str(pl.lit("'"), column)).otherwise(column).alias(name)
