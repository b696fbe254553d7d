"""Missing: children missing, or away from placement without authorisation."""

from __future__ import annotations

import pytest

from returns903.testing.cases import NOTHING, Case, check, fires, passes, skips

Cells = dict[str, str | None]

A2: Cells = {"CHILD": "A2"}


def away(start: str | None, end: str | None = None, **more: str | None) -> Cells:
    return {"MIS_START": start, "MIS_END": end, **more}


def care(start: str | None, end: str | None = None, **more: str | None) -> Cells:
    return {"DECOM": start, "DEC": end, **more}


LEFT = [care("01/05/2022", "01/06/2022"), care("01/06/2022", "01/07/2022")]
BACK = [*LEFT, care("01/09/2022")]

CASES = [
    fires(
        "1004",
        "a blank, and no day of the calendar",
        flags={"Missing": [0, 1]},
        Missing=[away(None), away("31/06/2022")],
    ),
    passes("1004", "a day", Missing=away("30/06/2022")),
    fires("1005", "no day of the calendar", flags={"Missing": [0]}, Missing=away(None, "31/06/2022")),
    passes("1005", "a day, and a blank", Missing=[away(None, "30/06/2022"), away(None)]),
    fires("1006", "no such code", flags={"Missing": [0, 1]}, Missing=[{"MISSING": "X"}, {"MISSING": "m"}]),
    passes("1006", "a code, and a blank", Missing=[{"MISSING": "M"}, {"MISSING": None}]),
    fires(
        "564", "no start", flags={"Missing": [0, 1, 2]}, Missing=[away(None, MISSING=kind) for kind in ("M", "A", "m")]
    ),
    passes(
        "564",
        "a start, even an unreadable one",
        Missing=[away("01/06/2022", MISSING="M"), away("31/06/2022", MISSING="A")],
    ),
    passes("564", "no kind, or none there is", Missing=[away(None), away(None, MISSING="X")]),
    fires(
        "565",
        "a start, even an unreadable one",
        flags={"Missing": [0, 1]},
        Missing=[away("01/06/2022"), away("31/06/2022")],
    ),
    passes("565", "a kind, or no start", Missing=[away("01/06/2022", MISSING="X"), away(None, "01/06/2022")]),
    fires(
        "566",
        "an end, even an unreadable one",
        flags={"Missing": [0, 1]},
        Missing=[away(None, "01/06/2022"), away(None, "31/06/2022")],
    ),
    passes("566", "a kind, or no end", Missing=[away(None, "01/06/2022", MISSING="X"), away("01/06/2022")]),
    fires("567", "the day before", flags={"Missing": [0]}, Missing=away("02/06/2022", "01/06/2022")),
    passes("567", "the same day", Missing=away("01/06/2022", "01/06/2022")),
    passes("567", "one cannot be read", Missing=[away("02/06/2022", "31/05/22"), away("02/06/2022")]),
    fires("570", "the day after the year", flags={"Missing": [0]}, Missing=away("01/04/2023")),
    passes("570", "the last day of the year, and no day", Missing=[away("31/03/2023"), away("31/04/2023")]),
    fires(
        "571",
        "the days before and after the year",
        flags={"Missing": [0, 1]},
        Missing=[away(None, "31/03/2022"), away(None, "01/04/2023")],
    ),
    passes(
        "571",
        "the first day, the last, and none",
        Missing=[away(None, "01/04/2022"), away(None, "31/03/2023"), away("01/01/2020"), away(None, "31/04/2023")],
    ),
    fires(
        "574",
        "begins before the other ended",
        flags={"Missing": [0]},
        Missing=[away("04/06/2022", "09/06/2022"), away("01/06/2022", "05/06/2022")],
    ),
    fires(
        "574",
        "the other is open, or ends on no day",
        flags={"Missing": [1, 3]},
        Missing=[
            away("01/06/2022"),
            away("04/06/2022", "05/06/2022"),
            A2 | away("01/06/2022", "31/06/2022"),
            A2 | away("01/07/2022"),
        ],
    ),
    fires(
        "574",
        "an earlier one lasts over the one between",
        flags={"Missing": [1, 2]},
        Missing=[away("01/06/2022", "30/06/2022"), away("02/06/2022", "03/06/2022"), away("05/06/2022", "06/06/2022")],
    ),
    fires(
        "574",
        "an earlier one is open before the one between",
        flags={"Missing": [1, 2]},
        Missing=[away("01/06/2022"), away("02/06/2022", "03/06/2022"), away("05/06/2022", "06/06/2022")],
    ),
    fires(
        "574",
        "two on one day: the one further down",
        flags={"Missing": [1]},
        Missing=[away("01/06/2022", "02/06/2022"), away("01/06/2022", "02/06/2022")],
    ),
    passes("574", "begins on the day the other ended", Missing=[away("01/06/2022", "05/06/2022"), away("05/06/2022")]),
    passes("574", "no start to go by", Missing=[away("01/06/2022"), away(None), away("31/06/2022")]),
    passes(
        "574",
        "another child, and nobody",
        Missing=[
            away("01/06/2022"),
            A2 | away("02/06/2022"),
            {"CHILD": None, **away("01/06/2022")},
            {"CHILD": None, **away("02/06/2022")},
        ],
    ),
    fires(
        "575",
        "on the first and the last day",
        flags={"Missing": [0, 1]},
        Episodes=care("01/05/2022", "01/06/2022"),
        Missing=[away("01/05/2022"), away("01/06/2022")],
    ),
    passes(
        "575",
        "the days beside them",
        Episodes=care("01/05/2022", "01/06/2022"),
        Missing=[away("30/04/2022"), away("02/06/2022")],
    ),
    passes(
        "575",
        "the absence has an end, even an unreadable one",
        Episodes=care("01/05/2022", "01/06/2022"),
        Missing=[away("01/05/2022", "02/05/2022"), away("01/05/2022", "31/06/2022")],
    ),
    passes(
        "575",
        "the episode has none, or no readable day",
        Episodes=[care("01/05/2022"), care("01/05/2022", "31/06/2022"), care(None, "01/06/2022")],
        Missing=away("02/05/2022"),
    ),
    fires(
        "575",
        "one of several episodes is enough",
        flags={"Missing": [0]},
        Episodes=[care("01/06/2022"), *LEFT],
        Missing=away("01/06/2022"),
    ),
    fires(
        "576",
        "begins on another day",
        flags={"Missing.last_year": [0]},
        previous={"Missing": away("01/03/2022")},
        Missing=away("02/03/2022"),
    ),
    fires(
        "576",
        "no row at all",
        flags={"Missing.last_year": [0]},
        previous={"Missing": away("01/03/2022")},
        Missing=NOTHING,
    ),
    fires(
        "576",
        "only no readable day this year",
        flags={"Missing.last_year": [0]},
        previous={"Missing": away("01/03/2022")},
        Missing=away(None),
    ),
    fires(
        "576",
        "one of two is carried on",
        flags={"Missing.last_year": [1]},
        previous={"Missing": [away("01/03/2022"), away("02/03/2022")]},
        Missing=away("01/03/2022"),
    ),
    fires(
        "576",
        "carried on for another child",
        flags={"Missing.last_year": [0]},
        previous={"Missing": away("01/03/2022")},
        Missing=A2 | away("01/03/2022"),
    ),
    passes(
        "576",
        "carried on, though not in the first row",
        previous={"Missing": away("01/03/2022")},
        Missing=[away("01/02/2022"), away("01/03/2022")],
    ),
    passes(
        "576",
        "ended last year, even on no real day",
        previous={"Missing": [away("01/03/2022", "02/03/2022"), away("01/03/2022", "31/06/2022")]},
        Missing=NOTHING,
    ),
    passes(
        "576",
        "no readable start, and nobody's",
        previous={"Missing": [away(None), {"CHILD": None, **away("01/03/2022")}]},
        Missing=NOTHING,
    ),
    skips("576", "no previous return", reason="no previous return", Missing=away("01/03/2022")),
    fires(
        "577",
        "open, but left care",
        flags={"Missing": [0, 1]},
        Episodes=LEFT,
        Missing=[away("01/06/2022"), away("01/06/2022", "31/06/2022")],
    ),
    fires(
        "577",
        "ended after leaving care, and before coming",
        flags={"Missing": [0, 1]},
        Episodes=LEFT,
        Missing=[away("01/06/2022", "02/07/2022"), away("01/04/2022", "30/04/2022")],
    ),
    fires(
        "577",
        "ended between two periods of care",
        flags={"Missing": [0]},
        Episodes=BACK,
        Missing=away("01/06/2022", "02/07/2022"),
    ),
    fires(
        "577",
        "open since before the open period of care",
        flags={"Missing": [0]},
        Episodes=BACK,
        Missing=away("01/06/2022"),
    ),
    passes(
        "577",
        "ended on the day care ended, or began",
        Episodes=LEFT,
        Missing=[away("01/06/2022", "01/07/2022"), away("30/04/2022", "01/05/2022")],
    ),
    passes(
        "577",
        "ended in one of two periods of care",
        Episodes=BACK,
        Missing=[away("01/06/2022", "02/06/2022"), away("01/06/2022", "01/09/2022")],
    ),
    passes("577", "open in an open period of care", Episodes=BACK, Missing=away("01/09/2022")),
    passes("577", "care has no readable end", Episodes=care("01/05/2022", "31/06/2022"), Missing=away("01/06/2022")),
    passes("577", "no readable start", Episodes=LEFT, Missing=[away(None), away("31/06/2022", "01/09/2022")]),
    passes(
        "577",
        "no readable DECOM, and no episodes",
        Episodes=care(None, "01/06/2022"),
        Missing=[away("01/06/2022", "01/09/2022"), A2 | away("01/06/2022")],
    ),
    fires(
        "578",
        "the day after care, and the day before",
        flags={"Missing": [0, 1]},
        Episodes=LEFT,
        Missing=[away("02/07/2022"), away("30/04/2022")],
    ),
    fires("578", "between two periods of care", flags={"Missing": [0]}, Episodes=BACK, Missing=away("02/07/2022")),
    passes(
        "578",
        "the last day of care, the first, and another",
        Episodes=LEFT,
        Missing=[away("01/07/2022"), away("01/05/2022"), away("01/06/2022")],
    ),
    passes("578", "in the second period of care", Episodes=BACK, Missing=away("01/09/2029")),
    passes(
        "578",
        "no readable start, no episodes",
        Episodes=LEFT,
        Missing=[away(None), away("31/06/2029"), A2 | away("01/07/2029")],
    ),
    fires(
        "580",
        "E7, and a blank",
        flags={"Episodes": [0, 1]},
        Missing=away(None, "01/06/2022", DOB="01/06/2004"),
        Episodes=[care(None, "01/06/2022", REC="E7"), care(None, "01/06/2022")],
    ),
    fires(
        "580",
        "another row of Missing does not excuse",
        flags={"Episodes": [0]},
        Episodes=care(None, "01/06/2022", REC="E7"),
        Missing=[away(None, "01/05/2022", DOB="01/06/2004"), away(None, "01/06/2022", DOB="01/06/2004")],
    ),
    passes(
        "580", "E8", Missing=away(None, "01/06/2022", DOB="01/06/2004"), Episodes=care(None, "01/06/2022", REC="E8")
    ),
    passes(
        "580",
        "not the birthday",
        Missing=away(None, "01/06/2022", DOB="02/06/2004"),
        Episodes=care(None, "01/06/2022", REC="E7"),
    ),
    passes(
        "580",
        "back before it",
        Missing=away(None, "31/05/2022", DOB="01/06/2004"),
        Episodes=care(None, "01/06/2022", REC="E7"),
    ),
    passes(
        "580",
        "care went on",
        Missing=away(None, "01/06/2022", DOB="01/06/2004"),
        Episodes=care(None, "02/06/2022", REC="E7"),
    ),
    passes(
        "580",
        "no days",
        Missing=[away(None), A2 | away(None, "01/06/2022")],
        Episodes=[care(None), A2 | care(None, "01/06/2022")],
    ),
    fires(
        "581",
        "the day before",
        flags={"Missing": [0]},
        Episodes=[*BACK, care("31/04/2022")],
        Missing=away("30/04/2022"),
    ),
    passes("581", "the first day of care", Episodes=BACK, Missing=away("01/05/2022")),
    passes(
        "581", "between two periods of care, and after", Episodes=LEFT, Missing=[away("01/08/2022"), away("01/08/2029")]
    ),
    passes(
        "581",
        "no readable start, no readable DECOM, no episodes",
        Episodes=[*LEFT, A2 | care(None)],
        Missing=[away(None), A2 | away("01/01/2022"), {"CHILD": "A3", **away("01/01/2022")}],
    ),
    fires(
        "586",
        "the day of birth, and before",
        flags={"Missing": [0, 1]},
        Missing=[away("01/06/2022", DOB="01/06/2022"), away("31/05/2022", DOB="01/06/2022")],
    ),
    passes("586", "the day after", Missing=away("02/06/2022", DOB="01/06/2022")),
    passes("586", "one cannot be read", Missing=[away("01/06/2022"), away("31/04/2022", DOB="01/06/2022")]),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_missing(case: Case) -> None:
    check(case)
