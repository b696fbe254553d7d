"""What is worked out in Python for a column is worked out once for each of its values."""

from __future__ import annotations

from collections.abc import Callable
from typing import Any

import polars as pl


def mapped(cells: pl.Series, to: Callable[[Any], str | None]) -> pl.Series:
    """The text that stands for each cell; null for null."""
    values = cells.drop_nulls().unique()
    given = pl.Series([to(value) for value in values], dtype=pl.String)
    return cells.replace_strict(values, given, default=None, return_dtype=pl.String)
