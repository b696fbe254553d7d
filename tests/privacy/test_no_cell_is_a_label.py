"""No cell of the return stands in a table of counts: a name typed in place of a code is no row of what is published."""

from __future__ import annotations

import itertools
import zipfile
from collections.abc import Callable
from functools import cache
from pathlib import Path

import polars as pl
import pytest
from hypothesis import HealthCheck, given, settings
from hypothesis import strategies as st

from returns903.published.catalogue import AGGREGATES
from returns903.published.collect import Tables, collect
from returns903.reports.tables.csv_json import to_json
from returns903.reports.tables.pack import ANNUAL_REPORT, definitions
from returns903.reports.tables.write import FORMATS, Target
from returns903.testing import lives, synthesise
from returns903.testing.lives import Made
from returns903.writing import Outputs
from returns903.years import Year
from tests.properties.faulty import with_marker

MARK = "QZXJVK"
"""What stands in no code list, no heading and no sentence of ours."""


def in_turn(table: str, frame: pl.DataFrame) -> pl.DataFrame:
    """Each row with one cell marked, those of one column after the other: the rest of the row says what it said."""
    row = pl.int_range(pl.len())
    return frame.with_columns(
        pl.when(row % frame.width == place).then(pl.lit(f"{MARK} {table} {name}")).otherwise(name).alias(name)
        for place, name in enumerate(frame.columns)
    )


def every_cell(table: str, frame: pl.DataFrame) -> pl.DataFrame:
    """Each cell marked, but for the dates and the children: without them no row is in any table."""
    kept = [name for name in frame.columns if name == "CHILD" or frame.get_column(name).str.contains("/20").any()]
    return frame.with_columns(
        pl.lit(f"{MARK} {table} {name}").alias(name) for name in frame.columns if name not in kept
    )


@cache
def every_situation() -> Made:
    """Nine lives of every situation, so that every table has rows enough to mark each of its columns in turn."""
    year, told = Year("2024-25"), list(itertools.product(lives.SITUATIONS, range(9)))
    children = [(f"A{n}", lives.life(situation, seed, year)) for n, (situation, seed) in enumerate(told)]
    return lives.put_together(children, year).with_tables(with_marker)


@cache
def marked(change: Callable[[str, pl.DataFrame], pl.DataFrame]) -> Made:
    return every_situation().with_tables(change)


def holds_the_mark(path: Path) -> bool:
    if path.suffix == ".parquet":
        return MARK in str(pl.read_parquet(path).to_dict(as_series=False))
    if path.suffix == ".xlsx":
        with zipfile.ZipFile(path) as parts:
            return any(MARK.encode() in parts.read(name) for name in parts.namelist())
    return MARK in path.read_text(encoding="utf-8")


def written(tables: Tables, folder: Path) -> list[Path]:
    """Every file of every form of these tables."""
    files = []
    for form in FORMATS:
        target = folder / form if form in ("csv", "parquet") else folder / f"tables.{form}"
        files += Target(target, form, Outputs()).write(tables)
    return files


@pytest.mark.parametrize("method", ["suppress", "round", "none"])
@pytest.mark.parametrize("change", [in_turn, every_cell])
def test_no_cell_stands_in_a_published_file(
    change: Callable[[str, pl.DataFrame], pl.DataFrame], method: str, tmp_path: Path
) -> None:
    ret = marked(change).load()
    files = written(collect(ret, AGGREGATES, method), tmp_path)
    pack = tmp_path / "pack"
    files += Target(pack, None, Outputs(), ANNUAL_REPORT).write(collect(ret, definitions(), method, beside=True))
    assert len(files) == 2 * (len(AGGREGATES) + 1) + 5
    assert [path.name for path in files if holds_the_mark(path)] == []


def test_every_column_of_every_table_is_marked() -> None:
    tables = marked(in_turn).tables
    held = {
        name: [frame[column].str.contains(MARK).any() for column in frame.columns] for name, frame in tables.items()
    }
    assert all(all(columns) for columns in held.values()), held


def test_the_marks_are_looked_for_where_they_are() -> None:
    """The same cells do stand in a table with a row a child."""
    from returns903.published.collect import chosen

    assert (
        f"{MARK} EPISODES LS".casefold()
        in to_json(collect(marked(in_turn).load(), chosen(None, "none"), "none")).casefold()
    )


@settings(max_examples=6, deadline=None, suppress_health_check=list(HealthCheck))
@given(
    st.integers(0, 10_000),
    st.sampled_from(["LS", "REC", "PLACE", "REVIEW_CODE", "SEX", "ETHNIC", "ACTIV", "ACCOM"]),
    st.text(min_size=1),
)
def test_whatever_is_written_for_a_code(seed: int, column: str, text: str) -> None:
    made = synthesise(30, seed=seed, year="2024-25")

    def spoilt(_: str, frame: pl.DataFrame) -> pl.DataFrame:
        return frame.with_columns(pl.lit(MARK + text).alias(column)) if column in frame.columns else frame

    assert MARK not in to_json(collect(made.with_tables(spoilt).load(), AGGREGATES, "none"))
