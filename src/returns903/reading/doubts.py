"""What speaks against the year that was given, or against the previous return: loud notes, for nothing else would tell.

Rules run all the same. With the wrong year or the wrong previous return they find much that is not there.
"""

from __future__ import annotations

from collections.abc import Iterator

import polars as pl

from returns903.errors import ConfigError
from returns903.reading.notes import Note
from returns903.reading.year import infer_year
from returns903.tables import TABLES
from returns903.years import Year

Tables = dict[str, pl.DataFrame]


def doubts(tables: Tables, year: Year, previous: Tables | None) -> Iterator[Note]:
    """Notes on a year that the data contradict, and on a previous return that cannot be the one before."""
    if wrong := _of_another_year(tables, year):
        yield Note("wrong year", f"the year is {year.label}, but {wrong}")
    if previous is None:
        return
    if _is_same(tables, previous):
        said = "the previous return has the same rows as this one; give last year's, or none"
        yield Note("wrong previous", said, previous=True)
    elif wrong := _of_another_year(previous, year.previous):
        said = f"the previous return should be of {year.previous.label}, but {wrong}"
        yield Note("wrong previous", said, previous=True)
    yield from _emptied(tables, previous)


def _of_another_year(tables: Tables, year: Year) -> str | None:
    """What tells that the tables are of a year with no day in this one."""
    try:
        inferred, why = infer_year(tables)
    except ConfigError:
        return None
    return None if inferred.start <= year.end and year.start <= inferred.end else why


def _is_same(tables: Tables, previous: Tables) -> bool:
    """Whether both hold the same episodes, in whatever order; without episodes, the same rows of what both hold."""
    both = [name for name in TABLES if name in tables and name in previous]
    compared = ["Episodes"] if "Episodes" in both else both
    pairs = [(tables[name], previous[name]) for name in compared]
    if any(one.height != other.height for one, other in pairs):
        return False
    return any(one.height for one, _ in pairs) and all(_rows(one).equals(_rows(other)) for one, other in pairs)


def _rows(frame: pl.DataFrame) -> pl.Series:
    return frame.drop("row", "line", "file").hash_rows().sort()


def _emptied(tables: Tables, previous: Tables) -> Iterator[Note]:
    for name, frame in tables.items():
        rows = previous[name].height if name in previous else 0
        if rows and frame.is_empty():
            said = f"{name} has no rows, and had {rows:,} last year; is the file complete?"
            yield Note("emptied", said, name)
