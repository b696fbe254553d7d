"""The rows that a rule flagged, as they stand in the return, and those around them."""

from __future__ import annotations

from collections.abc import Iterable, Iterator

import polars as pl

from returns903.results import Result
from returns903.returns import Return
from returns903.tables import Header, Table, table
from returns903.texts import as_texts
from returns903.views.reads import columns_read

ABOUT: dict[str, pl.DataType | type[pl.DataType]] = {
    "role": pl.String,
    "table": pl.String,
    "previous": pl.Boolean,
    "row": pl.UInt32,
    "line": pl.UInt32,
    "file": pl.String,
    "reads": pl.List(pl.String),
}
"""The columns that stand before the cells."""
ROLES = ("flagged", "before", "after", "header")
"""What a row is there for. A row that is there for several reasons is what stands first."""


def rows(result: Result, code: str, *, context: bool = False) -> pl.DataFrame:
    """See `Result.rows`."""
    reads = columns_read(result.definition(code))
    found = result.findings.filter(rule=code)
    parts = []
    for name, previous in found.select("table", "previous").unique(maintain_order=True).iter_rows():
        of = table(name).last_year if previous else table(name)
        numbers = found.filter(table=name, previous=previous).get_column("row")
        wanted = pl.DataFrame({"row": numbers, "role": "flagged"})
        parts.append((of, pl.concat([wanted, *around(result.the_return, of, numbers)]) if context else wanted))
    if context:
        parts += _headers(result.the_return, parts)
    shown = [_shown(result.the_return, of, wanted, reads.get(of, ())) for of, wanted in _merged(parts)]
    return _by_child(shown) if shown else pl.DataFrame(schema=ABOUT)


def given(ret: Return, of: Table) -> pl.DataFrame | None:
    """A table of the return, or of the previous one, with the companions of its dates; None where it is absent."""
    return ((ret.previous if of.is_last_year else ret.tables) or {}).get(of.name)


def picked(ret: Return, of: Table, numbers: pl.Series) -> pl.DataFrame:
    """These rows of a table, by their numbers, each once and in the order of the file."""
    frame = given(ret, of)
    return pl.DataFrame() if frame is None else frame.filter(pl.col("row").is_in(numbers.implode()))


def around(ret: Return, of: Table, numbers: pl.Series) -> Iterator[pl.DataFrame]:
    """The child's row before each of these, and the one after, in the order of the table."""
    frame = given(ret, of)
    if frame is None:
        return
    order = [pl.col(of.order)] if of.order is not None else []
    sorted_rows = frame.select("row", "CHILD", *order).sort(["CHILD", *order, "row"], nulls_last=True)
    for role, step in (("before", 1), ("after", -1)):
        beside = pl.when(pl.col("CHILD") == pl.col("CHILD").shift(step)).then(pl.col("row").shift(step))
        near = sorted_rows.select("row", beside=beside).filter(pl.col("row").is_in(numbers.implode()))
        yield near.select(row=pl.col("beside").drop_nulls()).with_columns(role=pl.lit(role))


def _headers(ret: Return, parts: Iterable[tuple[Table, pl.DataFrame]]) -> Iterator[tuple[Table, pl.DataFrame]]:
    """The rows of Header of the same children, each in the return that the rows stand in."""
    for of, wanted in list(parts):
        header = Header.last_year if of.is_last_year else Header
        frame = given(ret, header)
        if frame is not None:
            children = picked(ret, of, wanted.get_column("row")).get_column("CHILD").drop_nulls()
            theirs = frame.filter(pl.col("CHILD").is_in(children.implode()))
            yield header, theirs.select("row", role=pl.lit("header"))


def _merged(parts: Iterable[tuple[Table, pl.DataFrame]]) -> Iterator[tuple[Table, pl.DataFrame]]:
    """The rows wanted of each table, each once."""
    by_table: dict[Table, list[pl.DataFrame]] = {}
    for of, wanted in parts:
        by_table.setdefault(of, []).append(wanted)
    for of, frames in by_table.items():
        every = pl.concat(frames).sort(pl.col("role").cast(pl.Enum(ROLES)), maintain_order=True)
        yield of, every.unique("row", keep="first", maintain_order=True)


def _shown(ret: Return, of: Table, wanted: pl.DataFrame, reads: tuple[str, ...]) -> pl.DataFrame:
    """The rows with their cells, in the order of the table."""
    source = picked(ret, of, wanted.get_column("row"))
    about = source.select("row", "line", "file").join(wanted, on="row", how="left", maintain_order="left")
    about = about.select(
        "role",
        "row",
        "line",
        "file",
        table=pl.lit(of.name),
        previous=pl.lit(of.is_last_year),
        reads=pl.lit(list(reads)),
    )
    when = pl.lit(None, pl.Date) if of.order is None else pl.col(of.order)
    order = source.with_columns(_when=when).select("_when")
    return pl.concat([about.select(list(ABOUT)), as_texts({of.name: source})[of.name], order], how="horizontal")


def _by_child(shown: list[pl.DataFrame]) -> pl.DataFrame:
    """The rows of all tables, child by child: last year's before this year's, Header first, then by time."""
    every = pl.concat(shown, how="diagonal")
    order = [pl.col("CHILD"), ~pl.col("previous"), pl.col("table") != Header.name, "table", "_when", "row"]
    return every.sort(order, nulls_last=True, maintain_order=True).drop("_when")
