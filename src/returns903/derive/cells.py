"""Cells of the return as derived tables read them."""

from __future__ import annotations

import polars as pl


def told(name: str) -> pl.Expr:
    """What a column of text says; null where it is blank, or an empty text."""
    return pl.when(pl.col(name) != "").then(pl.col(name)).alias(name)
