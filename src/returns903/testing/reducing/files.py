"""A reduced return as files: a folder for this year's tables, one for last year's, and the lists beside them."""

from __future__ import annotations

import polars as pl

from returns903.tables import TABLES
from returns903.testing.reducing.draft import LAST_YEAR, LISTS, Draft
from returns903.years import RULE_YEARS

RETURN, BEFORE = "return", "previous"
OURS = frozenset(
    [f"{name}.csv" for name in LISTS]
    + [f"{folder}/{name.lower()}.csv" for folder in (RETURN, BEFORE) for name in TABLES]
)
"""Every file that there may be."""


def files_of(draft: Draft) -> dict[str, bytes]:
    """The content of each file by its name."""
    return {_file(name): _whole(draft, name, frame).write_csv().encode() for name, frame in draft.frames.items()}


def _file(name: str) -> str:
    if name in LISTS:
        return f"{name}.csv"
    folder = BEFORE if name.endswith(LAST_YEAR) else RETURN
    return f"{folder}/{name.removesuffix(LAST_YEAR).lower()}.csv"


def _whole(draft: Draft, name: str, frame: pl.DataFrame) -> pl.DataFrame:
    """The frame with every column of its file, by which its table is recognised; what is worked out is left out."""
    if name in LISTS:
        return frame
    year = draft.year.previous if name.endswith(LAST_YEAR) else draft.year
    known = TABLES[name.removesuffix(LAST_YEAR)].columns()
    of_year = [column for column, about in known.items() if year.label not in RULE_YEARS or about.in_year(year.label)]
    wanted = [column for column in known if column in of_year or column in frame.columns]
    absent = [pl.lit(None, pl.String).alias(column) for column in wanted if column not in frame.columns]
    return frame.with_columns(absent).select(wanted)
