"""The tables of a return as the text that stands in its cells, and a return from such tables."""

from __future__ import annotations

from collections.abc import Mapping
from functools import partial

import polars as pl

from returns903.reading.cells import as_text
from returns903.reading.handed_in import tables_of
from returns903.returns import Return
from returns903.tables import TABLES
from returns903.tables.base import TEXT, Table


def texts(ret: Return) -> dict[str, pl.DataFrame]:
    """This year's tables by name, every cell as text.

    A frame has the columns of a file in their order, and after them the derived columns that the return brings. Dates
    are dd/mm/yyyy, those that cannot be read are what stood there, and null is a blank cell.
    ``Return.from_frames(texts(ret), ...)`` has the tables of `ret`, but for `line` and `file`.
    """
    return as_texts(ret.tables)


def texts_of_last_year(ret: Return) -> dict[str, pl.DataFrame] | None:
    """The tables of the previous return as `texts` gives those of this year; None where there is none."""
    return None if ret.previous is None else as_texts(ret.previous)


def with_texts(ret: Return, tables: Mapping[str, pl.DataFrame], previous: Mapping[str, pl.DataFrame] | None) -> Return:
    """A return with these tables of text; its year, authority, providers and postcodes are those of `ret`.

    Args:
        ret: the return that gives what stands beside the tables.
        tables: this year's tables by name, as `texts` gives them.
        previous: those of the previous return; None for none.

    Raises:
        InputError: as `Return.from_frames`.
    """
    now, before, notes = tables_of(tables, previous)
    return Return(
        now,
        year=ret.year,
        previous=before,
        local_authority=ret.local_authority,
        providers=ret.providers,
        postcodes=ret.postcodes,
        notes=partial(list, notes),
    )


def as_texts(tables: Mapping[str, pl.DataFrame]) -> dict[str, pl.DataFrame]:
    """Typed tables by name, with the companions of their dates, as `texts` gives those of a return."""
    return {name: frame.select(_cells(frame, TABLES[name])) for name, frame in tables.items()}


def _cells(frame: pl.DataFrame, of: Table) -> list[pl.Expr]:
    return [_cell(frame, name).alias(name) for name in of.all_columns() if name in frame.columns]


def _cell(frame: pl.DataFrame, name: str) -> pl.Expr:
    read = as_text(pl.col(name), frame.schema[name])
    unread = f"{name}.{TEXT}"
    return pl.coalesce(read, unread) if unread in frame.columns else read
