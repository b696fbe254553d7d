"""Where findings stand, as reports name it: by file and line, or by table and row. No identifier, no cell."""

from __future__ import annotations

import polars as pl

AT = (
    pl.when(pl.col("line").is_not_null())
    .then(pl.format("{}:{}", pl.col("file"), pl.col("line")))
    .when(pl.col("file").is_not_null())
    .then(pl.format("{} row {}", pl.col("file"), pl.col("row")))
    .otherwise(pl.format("{} row {}", pl.col("table"), pl.col("row")))
)
"""The place of each finding: ``episodes.csv:12``; ``Episodes row 3`` for frames."""
