"""Reviews: their dates, and how the child took part."""

from __future__ import annotations

import pytest

from returns903.testing.cases import Case, check, fires, passes

CASES = [
    fires(
        "166",
        "a blank, and no day of the calendar",
        flags={"Reviews": [0, 1]},
        Reviews=[{"REVIEW": None}, {"REVIEW": "31/06/2022"}],
    ),
    passes("166", "a day, a leading zero wanting", Reviews={"REVIEW": "1/6/2022"}),
    fires(
        "167",
        "a blank code, and no such code",
        flags={"Reviews": [0, 1]},
        Reviews=[{"REVIEW": "01/06/2022"}, {"REVIEW": "01/07/2022", "REVIEW_CODE": "PN8"}],
    ),
    fires("167", "an unreadable day without a code", flags={"Reviews": [0]}, Reviews={"REVIEW": "31/06/2022"}),
    fires("167", "a code without a day", flags={"Reviews": [0]}, Reviews={"REVIEW": None, "REVIEW_CODE": "PN1"}),
    passes(
        "167",
        "both",
        Reviews=[{"REVIEW": "01/06/2022", "REVIEW_CODE": "PN0"}, {"REVIEW": "31/06/2022", "REVIEW_CODE": "PN7"}],
    ),
    passes("167", "neither", Reviews={"REVIEW": None, "REVIEW_CODE": None}),
    fires(
        "440",
        "the fourth birthday",
        flags={"Reviews": [0]},
        Reviews={"DOB": "01/06/2018", "REVIEW": "01/06/2022", "REVIEW_CODE": "PN0"},
    ),
    fires(
        "440",
        "28 February of a year without a 29th",
        flags={"Reviews": [0]},
        year="2024-25",
        Reviews={"DOB": "29/02/2016", "REVIEW": "28/02/2025", "REVIEW_CODE": "PN0"},
    ),
    passes("440", "the day before", Reviews={"DOB": "01/06/2018", "REVIEW": "31/05/2022", "REVIEW_CODE": "PN0"}),
    passes("440", "another code", Reviews={"DOB": "01/06/2018", "REVIEW": "01/06/2022", "REVIEW_CODE": "PN1"}),
    passes(
        "440",
        "no date of birth, no day of review",
        Reviews=[
            {"DOB": None, "REVIEW": "01/06/2022", "REVIEW_CODE": "PN0"},
            {"DOB": "01/06/2010", "REVIEW": "31/06/2022", "REVIEW_CODE": "PN0"},
        ],
    ),
    fires(
        "441",
        "three years old",
        flags={"Reviews": [0, 1]},
        Reviews=[{"DOB": "02/06/2018", "REVIEW": "01/06/2022", "REVIEW_CODE": code} for code in ("PN1", "PN7")],
    ),
    passes("441", "the fourth birthday", Reviews={"DOB": "01/06/2018", "REVIEW": "01/06/2022", "REVIEW_CODE": "PN7"}),
    passes(
        "441",
        "under 4 with the code for it",
        Reviews={"DOB": "02/06/2018", "REVIEW": "01/06/2022", "REVIEW_CODE": "PN0"},
    ),
    passes(
        "441",
        "no date of birth, no day of review",
        Reviews=[
            {"REVIEW": "01/06/2022", "REVIEW_CODE": "PN1"},
            {"DOB": "01/06/2022", "REVIEW": "31/06/2022", "REVIEW_CODE": "PN1"},
        ],
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_reviews(case: Case) -> None:
    check(case)
