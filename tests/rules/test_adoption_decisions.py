"""Decisions that a child should be placed for adoption: PlacedAdoption by itself, beside AD1 and year on year."""

from __future__ import annotations

from typing import Any

import pytest

from returns903.testing.cases import NOTHING, Case, check, fires, passes, skips

FIRST, SECOND = {"PlacedAdoption": [0]}, {"PlacedAdoption": [1]}
BOTH = {"PlacedAdoption": [0], "AD1": [0]}


def made(day: str | None, ended: str | None = None, reason: str | None = None, **others: Any) -> dict[str, Any]:
    return {"DATE_PLACED": day, "DATE_PLACED_CEASED": ended, "REASON_PLACED_CEASED": reason, **others}


def last(*rows: dict[str, Any]) -> dict[str, Any]:
    return {"PlacedAdoption": rows}


CASES = [
    fires("115", "31 June is no day", flags=FIRST, PlacedAdoption=made("31/06/2022")),
    passes("115", "30 June, and a blank", PlacedAdoption=[made("30/06/2022"), made(None)]),
    fires("116", "29 February of a common year", flags=FIRST, PlacedAdoption=made("01/01/2021", "29/02/2022")),
    passes("116", "of a leap year, and a blank", PlacedAdoption=[made("X", "29/02/2020"), made("X")]),
    fires("119", "no reason", flags=FIRST, PlacedAdoption=made("01/05/2022", "01/06/2022")),
    fires("119", "no day", flags=FIRST, PlacedAdoption=made("01/05/2022", None, "RD1")),
    fires("119", "an unreadable day and no reason", flags=FIRST, PlacedAdoption=made("01/05/2022", "X")),
    passes("119", "both", PlacedAdoption=made("01/05/2022", "01/06/2022", "RD1")),
    passes("119", "an unreadable day and a reason", PlacedAdoption=made("01/05/2022", "X", "RD1")),
    passes("119", "neither", PlacedAdoption=made("01/05/2022")),
    fires("120", "RD5", flags=FIRST, PlacedAdoption=made("01/05/2022", None, "RD5")),
    passes(
        "120",
        "every code, and a blank",
        PlacedAdoption=[made(None, None, r) for r in ("RD1", "RD2", "RD3", "RD4", None)],
    ),
    fires("184", "the day before birth", flags=FIRST, PlacedAdoption=made("01/05/2022"), Header={"DOB": "02/05/2022"}),
    fires("184", "birth blank", flags=FIRST, PlacedAdoption=made("01/05/2022"), Header={"DOB": None}),
    fires("184", "birth unreadable", flags=FIRST, PlacedAdoption=made("01/05/2022"), Header={"DOB": "X"}),
    fires("184", "not in Header", flags=FIRST, PlacedAdoption=made("01/05/2022"), Header=NOTHING),
    fires(
        "184",
        "Header's DOB, not the row's own",
        flags=FIRST,
        Header={"DOB": "02/05/2022"},
        PlacedAdoption=made("01/05/2022", DOB="01/05/2020"),
    ),
    fires(
        "184",
        "one of two rows in Header",
        flags=FIRST,
        PlacedAdoption=made("01/05/2022"),
        Header=[{"DOB": "01/05/2020"}, {"DOB": "02/05/2022"}],
    ),
    passes("184", "the day of birth", PlacedAdoption=made("01/05/2022"), Header={"DOB": "01/05/2022"}),
    passes("184", "no decision", PlacedAdoption=[made(None), made("X")], Header={"DOB": "02/05/2022"}),
    fires("522", "the day before", flags=FIRST, PlacedAdoption=made("02/05/2022", "01/05/2022")),
    passes("522", "the same day", PlacedAdoption=made("02/05/2022", "02/05/2022")),
    passes("522", "a date unreadable or blank", PlacedAdoption=[made("X", "01/05/2022"), made("02/05/2022", None)]),
    fires("523", "another day", flags=BOTH, PlacedAdoption=made("01/05/2022"), AD1={"DATE_INT": "02/05/2022"}),
    fires(
        "523",
        "each pair counts",
        flags={"PlacedAdoption": [1], "AD1": [0]},
        AD1={"DATE_INT": "01/05/2022"},
        PlacedAdoption=[made("01/05/2022"), made("01/05/2021")],
    ),
    passes("523", "the same day", PlacedAdoption=made("01/05/2022"), AD1={"DATE_INT": "1/5/2022"}),
    passes(
        "523", "no date on one side", PlacedAdoption=made("01/05/2022"), AD1=[{"DATE_INT": None}, {"DATE_INT": "X"}]
    ),
    passes("523", "another child", PlacedAdoption=made("01/05/2022"), AD1={"CHILD": "B2", "DATE_INT": "02/05/2022"}),
    fires("525", "a detail", flags=BOTH, PlacedAdoption=made("01/05/2022", "01/06/2022"), AD1={"NB_ADOPTR": "1"}),
    fires("525", "unreadable dates are given", flags=BOTH, PlacedAdoption=made(None, "X"), AD1={"DATE_INT": "X"}),
    passes("525", "no details", PlacedAdoption=made("01/05/2022", "01/06/2022"), AD1={"NB_ADOPTR": None}),
    passes("525", "not reversed", PlacedAdoption=made("01/05/2022", None, "RD1"), AD1={"NB_ADOPTR": "1"}),
    fires(
        "559", "no row last year", flags=FIRST, PlacedAdoption=made("31/03/2022"), previous=last(made("X", CHILD="B2"))
    ),
    fires("559", "blank last year", flags=FIRST, PlacedAdoption=made("31/03/2022"), previous=last(made(None))),
    fires("559", "unreadable last year", flags=FIRST, PlacedAdoption=made("31/03/2022"), previous=last(made("X"))),
    passes("559", "the first day of the year", PlacedAdoption=made("01/04/2022"), previous=last(made(None))),
    passes("559", "some date last year", PlacedAdoption=made("31/03/2022"), previous=last(made("01/03/2022"))),
    skips("559", "no previous return", reason="no previous return", PlacedAdoption=made("31/03/2022")),
    fires("560", "another date", flags=FIRST, PlacedAdoption=made("02/05/2021"), previous=last(made("01/05/2021"))),
    fires("560", "a blank", flags=FIRST, PlacedAdoption=made(None), previous=last(made("01/05/2021"))),
    fires(
        "560",
        "all the child's rows",
        flags={"PlacedAdoption": [0, 1]},
        previous=last(made("01/05/2021")),
        PlacedAdoption=[made("02/05/2021"), made("01/05/2022"), made("01/05/2022", CHILD="B2")],
    ),
    passes("560", "the same date", PlacedAdoption=made("1/5/2021"), previous=last(made("01/05/2021"))),
    passes(
        "560",
        "repeated, and a new one",
        PlacedAdoption=[made("01/05/2022"), made("01/05/2021", "01/06/2021")],
        previous=last(made("01/05/2021")),
    ),
    passes("560", "the same words", PlacedAdoption=made("MAY"), previous=last(made("MAY"))),
    passes("560", "reversed last year", PlacedAdoption=made("02/05/2021"), previous=last(made("01/05/2021", "X"))),
    passes("560", "no date last year", PlacedAdoption=made("02/05/2021"), previous=last(made(None))),
    fires(
        "561", "reversed by a day", flags=FIRST, PlacedAdoption=made("1/5/2021"), previous=last(made("01/05/2021", "X"))
    ),
    fires(
        "561",
        "reversed by a reason",
        flags=FIRST,
        PlacedAdoption=made("01/05/2021"),
        previous=last(made("01/05/2021", None, "RD1")),
    ),
    passes("561", "stood last year", PlacedAdoption=made("01/05/2021"), previous=last(made("01/05/2021"))),
    passes("561", "a new date", PlacedAdoption=made("02/05/2021"), previous=last(made("01/05/2021", "X"))),
    passes("561", "two blanks", PlacedAdoption=made(None), previous=last(made(None, "X"))),
    fires("563", "no decision", flags=FIRST, PlacedAdoption=made(None, "01/05/2022", "RD1")),
    passes("563", "an unreadable one", PlacedAdoption=made("X", "01/05/2022", "RD1")),
    passes("563", "half a reversal", PlacedAdoption=[made(None, "01/05/2022"), made(None, None, "RD1")]),
    fires("579", "the earlier one still stands", flags=SECOND, PlacedAdoption=[made("01/05/2022"), made("01/06/2022")]),
    fires(
        "579",
        "the day before the end",
        flags=SECOND,
        PlacedAdoption=[made("01/05/2022", "01/06/2022"), made("31/05/2022")],
    ),
    fires(
        "579",
        "an earlier one that is no neighbour",
        flags={"PlacedAdoption": [1, 2]},
        PlacedAdoption=[
            made("01/01/2022", "20/01/2022"),
            made("02/01/2022", "03/01/2022"),
            made("05/01/2022", "06/01/2022"),
        ],
    ),
    fires("579", "by date, not by file", flags=FIRST, PlacedAdoption=[made("01/06/2022"), made("01/05/2022", "X")]),
    fires("579", "no date comes last", flags=FIRST, PlacedAdoption=[made(None, "01/01/2022"), made("01/05/2022")]),
    passes("579", "the day of the end", PlacedAdoption=[made("01/05/2022", "01/06/2022"), made("01/06/2022")]),
    passes("579", "no date after an end", PlacedAdoption=[made("01/05/2022", "01/06/2022"), made(None)]),
    passes("579", "two children", PlacedAdoption=[made("01/05/2022"), made("01/06/2022", CHILD="B2")]),
    passes("579", "blank CHILD", PlacedAdoption=[made("01/05/2022", CHILD=None), made("01/06/2022", CHILD=None)]),
    fires("583", "a later one follows", flags=FIRST, PlacedAdoption=[made("31/05/2022"), made("01/06/2022")]),
    fires("583", "no date ranks lowest", flags=FIRST, PlacedAdoption=[made(None), made("01/06/2022", "01/07/2022")]),
    fires(
        "583",
        "of one day the first is the latest",
        flags=SECOND,
        PlacedAdoption=[made("01/06/2022"), made("01/06/2022")],
    ),
    fires("583", "neither has a date", flags=SECOND, PlacedAdoption=[made(None), made("X")]),
    passes("583", "the earlier is ended", PlacedAdoption=[made("31/05/2022", "X"), made("01/06/2022")]),
    passes("583", "only one", PlacedAdoption=[made("31/05/2022"), made(None, CHILD="B2"), made("X", CHILD="C3")]),
    passes("583", "blank CHILD", PlacedAdoption=[made("31/05/2022", CHILD=None), made("01/06/2022", CHILD=None)]),
    fires(
        "584",
        "the same day",
        flags=FIRST,
        PlacedAdoption=made("01/05/2021"),
        previous=last(made("01/05/2021", "01/06/2021")),
    ),
    fires(
        "584",
        "a blank, whatever last year's",
        flags=FIRST,
        PlacedAdoption=made(None),
        previous=last(made(None, None, "RD1")),
    ),
    fires(
        "584",
        "any of last year's",
        flags=FIRST,
        PlacedAdoption=made("01/05/2021"),
        previous=last(made("01/01/2021", "X"), made("01/06/2021", "X")),
    ),
    passes("584", "the day after", PlacedAdoption=made("02/05/2021"), previous=last(made("01/05/2021", "01/06/2021"))),
    passes(
        "584", "last year's stood", PlacedAdoption=[made("01/05/2021"), made(None)], previous=last(made("01/05/2021"))
    ),
    passes("584", "unreadable", PlacedAdoption=made("X"), previous=last(made("01/05/2021", "X"))),
    passes("584", "blank last year", PlacedAdoption=made("01/05/2021"), previous=last(made(None, "X"))),
    passes("584", "not there last year", PlacedAdoption=made(None), previous=last(made("01/05/2021", "X", CHILD="B2"))),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_adoption_decisions(case: Case) -> None:
    check(case)
