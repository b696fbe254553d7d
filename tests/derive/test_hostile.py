"""Every derived table of returns that hold next to nothing, or nonsense: no error, and the columns as declared."""

from __future__ import annotations

from collections.abc import Callable, Mapping
from typing import Any

import polars as pl
import pytest

from returns903 import Return, derive, schemas
from returns903.derive.declared import TABLES
from returns903.tables import TABLES as RETURN_TABLES
from returns903.testing import synthesise
from tests.derive.strategies import YEAR

pytest.importorskip("holidays")

Texts = dict[str, pl.DataFrame]
ON_A_DAY = {"looked_after_on", "legal_status_on"}
OF_WHAT_OCCURS = {"legal_status_on", "leaving_care_reasons"}
"""Tables of counts that have rows for what occurs alone."""


def text(frame: pl.DataFrame) -> pl.DataFrame:
    return frame.select(pl.all().cast(pl.String))


MADE = synthesise(25, seed=3, year=YEAR)
TOLD: Texts = {name: text(frame) for name, frame in MADE.tables.items()}
BEFORE: Texts = {name: text(frame) for name, frame in (MADE.previous or {}).items()}


def dates_of(name: str) -> list[str]:
    """The columns of a table that hold days."""
    table = RETURN_TABLES[name]
    return [column for column, kind in table.all_columns().items() if kind.dtype == pl.Date]


def each(change: Callable[[str, pl.DataFrame], pl.DataFrame]) -> Texts:
    return {name: change(name, frame) for name, frame in TOLD.items()}


def filled(value: str | None) -> Texts:
    return each(lambda _, frame: frame.head(3).with_columns(pl.lit(value, pl.String).alias(c) for c in frame.columns))


def dated(*days: str) -> Texts:
    """The return with these days, in turn, in place of every other."""

    def change(name: str, frame: pl.DataFrame) -> pl.DataFrame:
        there = [column for column in dates_of(name) if column in frame.columns]
        turns = [pl.Series([days[(n + row) % len(days)] for row in range(frame.height)]) for n in range(len(there))]
        return frame.with_columns(turn.alias(column) for turn, column in zip(turns, there, strict=True))

    return each(change)


def backwards(name: str, frame: pl.DataFrame) -> pl.DataFrame:
    """The days of each row stand in the opposite order: it ended before it began."""
    there = [column for column in dates_of(name) if column in frame.columns]
    return frame.select(
        pl.col(there[-1 - there.index(column)]).alias(column) if column in there else column for column in frame.columns
    )


CASES: dict[str, tuple[Texts, Texts | None]] = {
    "no table": ({}, None),
    "no table in either return": ({}, {}),
    "tables without rows": (each(lambda _, frame: frame.clear()), each(lambda _, frame: frame.clear())),
    "the previous return alone": ({}, BEFORE),
    "the same return twice": (TOLD, TOLD),
    "cells that are null": (filled(None), filled(None)),
    "cells that are empty": (filled(""), None),
    "cells that are blank": (filled(" "), filled(" ")),
    "cells that are one word": (filled("1"), filled("1")),
    "days that are none": (dated("31/02/2025"), BEFORE),
    "one day": (dated("01/04/2024"), dated("31/03/2024")),
    "the first and the last day": (dated("22/09/1677", "11/04/2262"), dated("11/04/2262", "22/09/1677")),
    "days in the wrong order": (each(backwards), BEFORE),
    "every row twice": (each(lambda _, frame: pl.concat([frame, frame])), BEFORE),
    "one child": (each(lambda _, frame: frame.with_columns(CHILD=pl.lit("A"))), BEFORE),
    "nobody": (each(lambda _, frame: frame.with_columns(CHILD=pl.lit(None, pl.String))), BEFORE),
    "rows the other way round": (each(lambda _, frame: frame.reverse()), BEFORE),
    "identifiers alone": (each(lambda _, frame: frame.select("CHILD")), each(lambda _, frame: frame.select("CHILD"))),
    **{f"{name} alone": ({name: TOLD[name]}, None) for name in TOLD},
    **{f"all but {name}": ({other: TOLD[other] for other in TOLD if other != name}, BEFORE) for name in TOLD},
}


@pytest.fixture(scope="module")
def whole() -> Mapping[str, pl.DataFrame]:
    """Every derived table of the lawful return."""
    ret = Return.from_frames(TOLD, year=YEAR, previous=BEFORE)
    return {name: made(name, ret) for name in TABLES}


def made(name: str, ret: Return, **options: Any) -> pl.DataFrame:
    """A derived table as its model has it: columns, types, words and what may be null."""
    found: pl.DataFrame = getattr(derive, name)(ret, *([YEAR.end] if name in ON_A_DAY else []), **options)
    checked: pl.DataFrame = getattr(schemas, TABLES[name].model).validate(found)
    return checked


@pytest.mark.parametrize("case", CASES)
def test_every_table_has_its_columns_and_rows(case: str, whole: Mapping[str, pl.DataFrame]) -> None:
    now, before = CASES[case]
    ret = Return.from_frames(now, year=YEAR, previous=before)
    for name, table in TABLES.items():
        found = made(name, ret)
        assert found.schema == whole[name].schema, name
        if table.by and name not in OF_WHAT_OCCURS:
            assert found.select(table.key).equals(whole[name].select(table.key)), name
            parts = made(name, ret, by="sex")
            assert parts.height == 3 * found.height, name


@pytest.mark.parametrize("case", ["no table", "no table in either return", "tables without rows"])
@pytest.mark.parametrize("name", [name for name, table in TABLES.items() if not table.by])
def test_a_return_of_nobody_has_no_child_and_counts_none(case: str, name: str) -> None:
    now, before = CASES[case]
    found = made(name, Return.from_frames(now, year=YEAR, previous=before))
    counts = [column for column, dtype in found.schema.items() if dtype == pl.UInt32]
    assert not found.height if "child" in found.columns else not found.select(counts).sum().sum_horizontal().item()


def test_a_child_is_counted_once_however_often_it_stands_there(whole: Mapping[str, pl.DataFrame]) -> None:
    twice = Return.from_frames(each(lambda _, frame: pl.concat([frame, frame])), year=YEAR, previous=BEFORE)
    for name in ("breakdowns", "started_breakdowns", "leaving_breakdowns", "looked_after_in_year"):
        assert made(name, twice).drop("not_judged", strict=False).equals(whole[name].drop("not_judged", strict=False))
