"""The cells that each finding is about, in a line."""

from __future__ import annotations

from collections.abc import Iterable

import polars as pl

from returns903.results import Result
from returns903.tables import Table, table
from returns903.texts import as_texts
from returns903.views.reads import columns_read
from returns903.views.rows import picked
from returns903.views.states import with_states


def with_cells(result: Result) -> pl.DataFrame:
    """The findings with their states, and in `cells` what stands in the columns of the row that the rule reads.

    ``DECOM: 01/05/2024; DEC: blank``; null where the rule reads none of the row's own.
    """
    found = with_states(result).with_row_index("_place")
    parts = []
    for (code, name, previous), rows in found.group_by("rule", "table", "previous", maintain_order=True):
        of = table(str(name)).last_year if previous else table(str(name))
        columns = columns_read(result.definition(str(code))).get(of, ())
        parts.append(rows.select("_place", "row").join(_told(result, of, rows, columns), on="row", how="left"))
    cells = (
        pl.concat(parts) if parts else pl.DataFrame(schema={"_place": pl.UInt32, "row": pl.UInt32, "cells": pl.String})
    )
    return found.join(cells.drop("row"), on="_place", how="left", maintain_order="left").drop("_place")


def _told(result: Result, of: Table, rows: pl.DataFrame, columns: Iterable[str]) -> pl.DataFrame:
    source = picked(result.the_return, of, rows.get_column("row"))
    texts = as_texts({of.name: source})[of.name]
    told = [pl.format(f"{name}: {{}}", pl.col(name).fill_null("blank")) for name in columns if name in texts.columns]
    line = pl.concat_str(told, separator="; ") if told else pl.lit(None, pl.String)
    cells = texts.with_columns(cells=line).select("cells")
    return source.select("row").hstack(cells)
