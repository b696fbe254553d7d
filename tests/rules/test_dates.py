"""Dates that must be real ones, and lie where the collection year allows."""

from __future__ import annotations

import pytest

from tests.rules.case import Case, check, fires, passes

CASES = [
    fires("141", "31 June is no day", flags={"Episodes": [0]}, Episodes={"DECOM": "31/06/2022"}),
    fires("141", "a year of two figures", flags={"Episodes": [0]}, Episodes={"DECOM": "01/05/22"}),
    passes("141", "a blank", Episodes={"DECOM": None}),
    passes("141", "29 February of a leap year", Episodes={"DECOM": "29/02/2020"}),
    fires("385", "the day after the year", flags={"Episodes": [0]}, Episodes={"DEC": "01/04/2023"}),
    passes("385", "the last day of the year", Episodes={"DEC": "31/03/2023"}),
    passes("385", "no date", Episodes={"DEC": "31/06/2023"}),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_dates(case: Case) -> None:
    check(case)
