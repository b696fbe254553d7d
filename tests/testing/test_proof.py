"""Lawful returns, drawn afresh: no rule says anything of them, and every derived table keeps its sums.

``tox -e proof`` draws 1,000 returns of each year with fresh seeds; a test run draws a few, the same each time.
"""

from __future__ import annotations

import os
from collections.abc import Mapping

import polars as pl
import pytest
from hypothesis import Phase, given, settings

from returns903 import Return, derive, schemas, validate
from returns903.derive.declared import TABLES
from returns903.errors import ConfigError
from returns903.published.catalogue import AGGREGATES, DEFINITIONS
from returns903.published.collect import _together
from returns903.published.definition import Options
from returns903.statistics.tied import cells_of
from returns903.testing import lives, strategies
from returns903.years import RULE_YEARS, Year

RETURNS = int(os.environ.get("RETURNS903_PROOF", "5"))
"""Returns of each year."""


@pytest.mark.parametrize("year", RULE_YEARS)
def test_no_rule_says_anything_and_every_table_keeps_its_sums(year: str) -> None:
    @settings(max_examples=RETURNS, database=None, phases=[Phase.generate])
    @given(strategies.returns(year))
    def holds(ret: Return) -> None:
        result = validate(ret)
        assert result.findings.is_empty()
        assert result.codes("crashed") == []
        tables = {each.name: each.make(ret, Options()) for each in DEFINITIONS.values()}
        assert_models_hold(ret)
        assert_sums_within_and_between_tables_of_counts(tables)
        assert_lists_come_to_their_counts(tables)

    holds()


def assert_models_hold(ret: Return) -> None:
    """Each derived table has its columns, types and bounds."""
    for name, table in TABLES.items():
        day = [ret.year.end] if name in ("looked_after_on", "legal_status_on") else []
        getattr(schemas, table.model).validate(getattr(derive, name)(ret, *day))


def assert_sums_within_and_between_tables_of_counts(tables: Mapping[str, pl.DataFrame]) -> None:
    """Rows come to their totals, and tables of the same children to each other: else this is a `ConfigError`."""
    cells = cells_of(_together({each.name: tables[each.name] for each in AGGREGATES}, "suppress"))
    assert len(cells.sums) > 50


def assert_lists_come_to_their_counts(tables: Mapping[str, pl.DataFrame]) -> None:
    """A table that lists children, periods or reviews has as many rows as the tables of counts say."""
    assert tables["looked_after_on"].height == tables["legal_status_on"]["children"].sum()
    assert tables["leaving_care"].height == tables["leaving_care_reasons"].filter(kind="total")["children"].item()
    assert tables["started_in_year"].height == tables["scorecard"].filter(measure="started")["numerator"].sum()
    runs = tables["legal_status_runs"].group_by("child", "period").agg(pl.col("days").sum(), pl.col("start").min())
    periods = tables["periods_of_care"].join(runs, on=["child", "period"], how="left", suffix="_of_runs")
    before = (pl.col("start_of_runs") - pl.col("start")).dt.total_days()
    assert periods.filter(pl.col("days").ne_missing(pl.col("days_of_runs") + before)).is_empty()


def off_by_one(frame: pl.DataFrame, column: str) -> pl.DataFrame:
    """A table with a number of its first row one too high."""
    first = (pl.int_range(pl.len()) == 0).cast(frame.schema[column])
    return frame.with_columns(pl.col(column) + first)


@pytest.fixture(scope="module")
def tables() -> dict[str, pl.DataFrame]:
    year = Year(RULE_YEARS[-1])
    told = [(f"A{n}", lives.life(situation, 0, year)) for n, situation in enumerate(lives.SITUATIONS)]
    ret = lives.put_together(told, year).load()
    return {each.name: each.make(ret, Options()) for each in DEFINITIONS.values()}


@pytest.mark.parametrize("name", [each.name for each in AGGREGATES])
def test_a_number_that_is_off_by_one_keeps_no_sum(name: str, tables: dict[str, pl.DataFrame]) -> None:
    """In every table of counts there is such a number; some are tied to no other."""
    columns = [column for column, dtype in tables[name].schema.items() if dtype.is_integer()]
    assert any(_keeps_no_sum({**tables, name: off_by_one(tables[name], column)}) for column in columns)


def _keeps_no_sum(tables: Mapping[str, pl.DataFrame]) -> bool:
    try:
        assert_sums_within_and_between_tables_of_counts(tables)
    except ConfigError as error:
        return "what is said to be the total is not the sum of its parts" in str(error)
    return False
