"""Changes to a child's rows, said in words."""

from __future__ import annotations

import pytest

from returns903.errors import ConfigError
from returns903.testing.faults.edits import DoesNotFitError, Rows, parse, value_of
from returns903.years import Year

YEAR = Year("2024-25")


def rows() -> Rows:
    return {
        "Header": [["A1", "F", "29/02/2008", "WBRI", "UN1", "0", None]],
        "Reviews": [["A1", "29/02/2008", "01/05/2024", "PN1"], ["A1", "29/02/2008", "01/06/2024", "PN2"]],
        "Reviews.last_year": [["A1", "29/02/2008", "31/12/2023", "PN1"]],
        "OC3": [],
    }


@pytest.mark.parametrize(
    ("value", "comes_to"),
    [
        ("blank", None),
        ('"V3"', "V3"),
        ('""', ""),
        ("1 April", "01/04/2024"),
        ("31 March + 1 day", "01/04/2025"),
        ("1 April - 16 years + 1 day", "02/04/2008"),
        ("Header.DOB", "29/02/2008"),
        ("Header.DOB + 1 year", "28/02/2009"),
        ("Reviews[1].REVIEW - 1 day", "31/05/2024"),
        ("Reviews[-1].REVIEW_CODE", "PN2"),
        ("Reviews.last_year.REVIEW + 2 days", "02/01/2024"),
        ("Header.MC_DOB", None),
    ],
)
def test_a_value(value: str, comes_to: str | None) -> None:
    assert value_of(value, rows(), YEAR) == comes_to


@pytest.mark.parametrize(
    ("said", "table", "left"),
    [
        ('Header.SEX = "M"', "Header", [["A1", "M", "29/02/2008", "WBRI", "UN1", "0", None]]),
        (
            "Reviews[1].REVIEW = Reviews[0].REVIEW",
            "Reviews",
            [["A1", "29/02/2008", "01/05/2024", "PN1"], ["A1", "29/02/2008", "01/05/2024", "PN2"]],
        ),
        ("take away Reviews[0]", "Reviews", [["A1", "29/02/2008", "01/06/2024", "PN2"]]),
        ("take away Reviews", "Reviews", []),
        ("take away Reviews.last_year", "Reviews.last_year", []),
        ("repeat Reviews.last_year[0]", "Reviews.last_year", [["A1", "29/02/2008", "31/12/2023", "PN1"]] * 2),
        ('add OC3 DOB = Header.DOB, IN_TOUCH = "YES"', "OC3", [["A1", "29/02/2008", "YES", None, None]]),
        ('add OC3 CHILD = "B2"', "OC3", [["B2", None, None, None, None]]),
    ],
)
def test_a_change(said: str, table: str, left: list[list[str | None]]) -> None:
    changed = rows()
    parse(said).apply(changed, YEAR)
    assert changed == {**rows(), table: left}


@pytest.mark.parametrize(
    "said",
    [
        "Reviews[2].REVIEW = blank",
        "OC3.ACTIV = blank",
        "take away OC3[0]",
        "repeat OC3",
        "Header.DOB = Header.MC_DOB + 1 day",
        "Header.DOB = Header.SEX + 1 day",
        "Header.DOB = OC3.DOB",
    ],
)
def test_what_the_child_has_not(said: str) -> None:
    with pytest.raises(DoesNotFitError):
        parse(said).apply(rows(), YEAR)


@pytest.mark.parametrize("said", ["", "Header", "Header.DOB", "lose Header[0]", "header.dob = blank"])
def test_what_says_nothing(said: str) -> None:
    with pytest.raises(ConfigError, match="no change"):
        parse(said)


def test_a_value_that_says_nothing() -> None:
    with pytest.raises(ConfigError, match="neither a cell nor a day"):
        value_of("2 April", rows(), YEAR)
