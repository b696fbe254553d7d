"""The collection year."""

from __future__ import annotations

import datetime as dt

import pytest

from returns903 import ConfigError, Year
from returns903.years import rules_year, years_after


def test_a_label_runs_from_april_to_march() -> None:
    year = Year("2024-25")
    assert (year.start, year.end, year.label) == (dt.date(2024, 4, 1), dt.date(2025, 3, 31), "2024-25")
    assert year.previous == Year("2023-24")
    assert year.next == Year("2025-26")


@pytest.mark.parametrize("label", ["2024/25", "2024-2025", " 2024-25 "])
def test_a_label_may_be_written_otherwise(label: str) -> None:
    assert Year(label) == Year("2024-25")


@pytest.mark.parametrize("label", ["2024", "2024-26", "24-25", "", "2024-25-26", "9999-00"])
def test_what_is_no_year_is_refused(label: str) -> None:
    with pytest.raises(ConfigError, match="2024-25"):
        Year(label)


def test_any_twelve_months_are_a_year() -> None:
    year = Year(start=dt.date(2020, 7, 1), end=dt.date(2021, 6, 30))
    assert year.label == "01/07/2020 to 30/06/2021"
    assert year.previous.start == dt.date(2019, 7, 1)


def test_other_spans_are_refused() -> None:
    with pytest.raises(ConfigError):
        Year(start=dt.date(2020, 4, 1), end=dt.date(2020, 3, 31))
    with pytest.raises(ConfigError):
        Year(start=dt.date(2020, 4, 1))


def test_years_sort() -> None:
    assert sorted([Year("2025-26"), Year("2022-23")])[0].label == "2022-23"


def test_years_without_rules_are_refused() -> None:
    with pytest.raises(ConfigError, match="--rules-year"):
        rules_year("2019-20")


def test_29_february_becomes_28_february() -> None:
    assert years_after(dt.date(2020, 2, 29), 1) == dt.date(2021, 2, 28)
    assert years_after(dt.date(2020, 2, 29), 4) == dt.date(2024, 2, 29)
