"""Figures held against targets and the figures of others, on the page and in the workbook."""

from __future__ import annotations

from dataclasses import replace

import pytest

from returns903.pages.grid import HIDDEN, Bound, Cell, Mark
from returns903.published.collect import Tables
from returns903.published.compare import Comparison, Comparisons
from returns903.reports.tables.against import in_words
from returns903.reports.tables.layout import grids
from returns903.reports.tables.pack import ANNUAL_REPORT
from returns903.reports.tables.page import page
from tests.reports.tables_example import pack

GIVEN = Comparisons(
    ("England",),
    {
        "looked_after_rate": Comparison("looked_after_rate", None, None, (64.0,)),
        "within_20_miles": Comparison("within_20_miles", 88.0, 84.5, (None,)),
        "three_or_more_placements": Comparison("three_or_more_placements", 8.0, None, (10.0,)),
    },
)


def compared() -> Tables:
    return replace(pack(), comparisons=GIVEN)


@pytest.mark.parametrize(
    ("measure", "value", "lines"),
    [
        ("reviews_on_time", 90.0, []),
        ("looked_after_rate", 60.0, ["England 64.0%"]),
        ("within_20_miles", 88.1, [Mark("target 88%: met", "good")]),
        ("within_20_miles", 87.5, [Mark("target 88%: near", "near")]),
        ("three_or_more_placements", 10.2, ["England 10.0%", Mark("target 8%: missed", "bad")]),
        ("within_20_miles", Bound(95, is_least=True), [Mark("target 88%: met", "good")]),
        ("within_20_miles", Bound(10, is_least=False), ["target 88%"]),
        ("three_or_more_placements", Bound(5, is_least=False), ["England 10.0%", Mark("target 8%: met", "good")]),
        ("three_or_more_placements", Bound(10, is_least=False), ["England 10.0%", "target 8%"]),
        ("three_or_more_placements", HIDDEN, ["England 10.0%", "target 8%"]),
        ("three_or_more_placements", None, ["England 10.0%", "target 8%"]),
    ],
)
def test_what_stands_on_a_card(measure: str, value: Cell, lines: list[str | Mark]) -> None:
    assert in_words(GIVEN, measure, value) == lines
    assert in_words(None, measure, value) == []


def test_the_scorecard_of_this_year_has_the_columns_and_that_of_last_year_has_not() -> None:
    this, last = grids(compared()["scorecard"], compared())
    assert [column.heading for column in this.columns[-3:]] == ["Target", "Mar 2019 against it", "England"]
    rows = {row[0]: row[-3:] for row in this.rows}
    assert rows["Within 20 miles, %"] == (88.0, Mark("near", "near"), None)
    assert rows["Three or more placements, %"] == (8.0, Mark("missed", "bad"), 10.0)
    assert rows["Looked after, per 10,000 children"] == (None, None, 64.0)
    assert rows["Started"] == (None, None, None)
    assert len(last.columns) == len(this.columns) - 3


def test_without_targets_there_is_no_colour() -> None:
    bare = Comparisons(("England",), {"within_20_miles": Comparison("within_20_miles", None, None, (74.0,))})
    tables = replace(pack(), comparisons=bare)
    assert [column.heading for column in grids(tables["scorecard"], tables)[0].columns[-1:]] == ["England"]
    text = page(tables, ANNUAL_REPORT)
    assert "England 74.0%" in text
    assert 'class="number bad"' not in text
    assert 'class="number bad"' in page(compared(), ANNUAL_REPORT)
