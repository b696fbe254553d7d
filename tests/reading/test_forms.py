"""The same rows give the same typed table, in whatever form they come."""

from __future__ import annotations

import csv
import datetime as dt
import io
from collections.abc import Callable
from pathlib import Path
from typing import Any
from xml.sax.saxutils import escape

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from returns903 import Return
from returns903.reading import read_tables
from returns903.reading.xml_rows import GROUPS, OWN
from returns903.tables import TABLES, Table

from .books import workbook

Row = dict[str, Any]
"""A row by column: text, a day, or None."""

days = st.dates(min_value=dt.date(1990, 1, 1), max_value=dt.date(2030, 1, 1))
words = st.text("AZ9 \xc9\xa3\"',;|<&=-/", max_size=6).map(lambda text: text.strip() or None)


@st.composite
def tables(draw: st.DrawFn, names: list[str]) -> tuple[Table, list[Row]]:
    """A table with a few rows, none of them blank."""
    table = TABLES[draw(st.sampled_from(names))]
    row = st.fixed_dictionaries(
        {
            name: st.none() | (st.one_of(days, words) if column.kind == "date" else words)
            for name, column in table.columns().items()
        }
    )
    own = set(OWN.get(table.name, ())) | {*table.columns()} - {"CHILD", "DOB"}
    is_kept = row.filter(lambda row: any(value for name, value in row.items() if name in own))
    return table, draw(st.lists(is_kept, min_size=1, max_size=5))


def as_text(value: Any) -> str | None:
    return f"{value:%d/%m/%Y}" if isinstance(value, dt.date) else value


def as_csv(table: Table, rows: list[Row]) -> bytes:
    out = io.StringIO(newline="")
    writer = csv.DictWriter(out, list(table.columns()), quoting=csv.QUOTE_ALL)
    writer.writeheader()
    writer.writerows({name: as_text(value) or "" for name, value in row.items()} for row in rows)
    return out.getvalue().encode()


def as_xlsx(table: Table, rows: list[Row]) -> bytes:
    plain = {"strings_to_formulas": False, "strings_to_urls": False}
    cells = [[row[name] for name in table.columns()] for row in rows]
    return workbook({"Sheet1": [list(table.columns()), *cells]}, **plain)


def as_parquet(table: Table, rows: list[Row]) -> bytes:
    out = io.BytesIO()
    frame(table, rows).write_parquet(out)
    return out.getvalue()


def frame(table: Table, rows: list[Row]) -> pl.DataFrame:
    """A column of days alone is one of type Date; else it is text."""
    columns = {name: [row[name] for row in rows] for name in table.columns()}
    typed = {
        name: pl.Series(cells, dtype=pl.Date)
        for name, cells in columns.items()
        if table.columns()[name].kind == "date" and all(cell is None or isinstance(cell, dt.date) for cell in cells)
    }
    text = {name: pl.Series(map(as_text, cells), dtype=pl.String) for name, cells in columns.items()}
    return pl.DataFrame(text | typed)


def as_xml(table: Table, rows: list[Row]) -> bytes:
    def item(name: str, value: Any) -> str:
        return f"<{name}>{escape(as_text(value) or '')}</{name}>"

    def child(row: Row) -> str:
        named = {name: column.xml or name for name, column in table.columns().items() if name not in ("CHILD", "DOB")}
        items = "".join(item(tag, row[name]) for name, tag in named.items())
        header = item("CHILDID", row["CHILD"]) + (item("DOB", row["DOB"]) if "DOB" in row else "")
        return f"<CHILD><HEADER>{header}</HEADER><{table.xml}>{items}</{table.xml}></CHILD>"

    return f"<EXPSSDA903>{''.join(map(child, rows))}</EXPSSDA903>".encode()


def values(found: pl.DataFrame) -> pl.DataFrame:
    return found.drop("row", "line", "file")


@settings(max_examples=60, deadline=None, suppress_health_check=[HealthCheck.function_scoped_fixture])
@given(st.data())
@pytest.mark.parametrize(
    ("make", "names"),
    [
        (as_csv, list(TABLES)),
        (as_xlsx, list(TABLES)),
        (as_parquet, list(TABLES)),
        (as_xml, [table.name for table in GROUPS.values()]),
    ],
)
def test_files_of_every_form_give_the_table_of_the_frame(
    tmp_path: Path, make: Callable[[Table, list[Row]], bytes], names: list[str], data: st.DataObject
) -> None:
    table, rows = data.draw(tables(names))
    path = tmp_path / f"made.{make.__name__.removeprefix('as_')}"
    path.write_bytes(make(table, rows))
    handed_in = Return.from_frames({table.name: frame(table, rows)}, year="2024-25").tables[table.name]
    assert values(read_tables(path).tables[table.name]).equals(values(handed_in))
