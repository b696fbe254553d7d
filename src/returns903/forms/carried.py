"""What a form carries of the tables, and what is said of the rest."""

from __future__ import annotations

from collections.abc import Iterator, Mapping

import polars as pl

from returns903.tables import TABLES, UASC, Header
from returns903.words import counted

FLAG = UASC.name
"""The asylum flag of Header, which is called like the table."""
_NOT_IN_TEXT = "[\x00-\x08\x0b\x0c\x0e-\x1f\x7f\ufeff\ufffe\uffff]"
"""Characters that a text file does not hold, or that readers drop."""
_LINE_END = r"\r\n?"


def carried(tables: Mapping[str, pl.DataFrame], form: str) -> tuple[dict[str, pl.DataFrame], list[str]]:
    """The tables of text with the columns and characters that a form carries, and what was left out or replaced."""
    kept = {name: _blanks_null(frame.select(_columns(name, frame, form))) for name, frame in tables.items()}
    said = [*_derived(tables, kept), *_blank_rows(kept)]
    if form == "parquet":
        return kept, said
    plain = {name: frame.with_columns(_plain(pl.all())) for name, frame in kept.items()}
    return plain, [*said, *_replaced(kept, plain)]


def with_flag(tables: Mapping[str, pl.DataFrame]) -> pl.Expr:
    """The asylum flag of Header that the return does not bring: 1 for a child with a row in UASC, else 0."""
    children = tables[FLAG]["CHILD"].drop_nulls().unique() if FLAG in tables else pl.Series(dtype=pl.String)
    has_row = pl.col("CHILD").is_in(children.implode()).fill_null(value=False)
    return pl.when(has_row).then(pl.lit("1")).otherwise(pl.lit("0")).alias(FLAG)


def _columns(name: str, frame: pl.DataFrame, form: str) -> list[str]:
    """The columns of a file; in XML the asylum flag, too, where the return brings it."""
    also = {FLAG} if form == "xml" and name == Header.name else set[str]()
    return [column for column in frame.columns if column in {*TABLES[name].columns()} | also]


def _derived(tables: Mapping[str, pl.DataFrame], kept: Mapping[str, pl.DataFrame]) -> Iterator[str]:
    for name, frame in tables.items():
        for column in frame.columns:
            if column in kept[name].columns:
                continue
            is_flag = (name, column) == (Header.name, FLAG)
            other = pl.col(column).ne_missing(with_flag(tables)) if is_flag else pl.col(column).is_not_null()
            if count := frame.select(other.sum()).item():
                yield f"{name}: {column} is worked out anew when it is read; {counted(count, 'row')} brought it"


def _blanks_null(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.select(pl.when(pl.all() != "").then(pl.all()))


def _blank_rows(tables: Mapping[str, pl.DataFrame]) -> Iterator[str]:
    for name, frame in tables.items():
        if count := frame.select(pl.all_horizontal(pl.all().is_null()).sum()).item():
            yield f"{name}: {counted(count, 'row')} without a filled cell, which no reader keeps"


def _plain(cells: pl.Expr) -> pl.Expr:
    return cells.str.replace_all(_LINE_END, "\n").str.replace_all(_NOT_IN_TEXT, "\ufffd")


def _replaced(kept: Mapping[str, pl.DataFrame], plain: Mapping[str, pl.DataFrame]) -> Iterator[str]:
    for name, frame in kept.items():
        count = sum(int((cells != plain[name][cells.name]).sum()) for cells in frame.get_columns())
        if count:
            yield f"{name}: {counted(count, 'cell')} with characters that text files do not hold; these were replaced"
