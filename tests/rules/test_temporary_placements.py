"""Temporary placements: a short absence from the placement to which the child goes back."""

from __future__ import annotations

import pytest

from returns903.testing.cases import Case, Row, check, fires, passes

FIRST: dict[str, list[int]] = {"Episodes": [0]}
LAST: dict[str, list[int]] = {"Episodes": [2]}


def stay(place: str | None, start: str | None, end: str | None) -> Row:
    return {"PLACE": place, "DECOM": start, "DEC": end}


def absence(away: str | None = "T1", **back: str | None) -> list[Row]:
    """A foster placement, an absence, and the return to the same place; `back` changes the return."""
    return [
        {"DECOM": "01/05/2022", "RNE": "S", "PLACE": "U4", "PL_POST": "AA1 1AA"},
        {"DECOM": "01/06/2022", "RNE": "P", "PLACE": away, "PL_POST": "AA2 2AA"},
        {"DECOM": "05/06/2022", "RNE": "P", "PLACE": "U4", "PL_POST": "AA1 1AA", **back},
    ]


CASES = [
    fires("375", "43 days in hospital", flags=FIRST, Episodes=stay("T1", "01/05/2022", "13/06/2022")),
    passes("375", "42 days in hospital", Episodes=stay("T1", "01/05/2022", "12/06/2022")),
    passes("375", "still there", Episodes=stay("T1", "01/05/2022", None)),
    passes(
        "375", "dates that are none", Episodes=[stay("T1", "x", "13/06/2022"), stay("T1", "01/05/2022", "31/06/2022")]
    ),
    passes(
        "375",
        "another placement",
        Episodes=[stay("T0", "01/05/2022", "13/06/2022"), stay(None, "01/05/2022", "13/06/2022")],
    ),
    fires("376", "22 days", flags=FIRST, Episodes=stay("T3", "01/05/2022", "23/05/2022")),
    passes("376", "21 days", Episodes=stay("T3", "01/05/2022", "22/05/2022")),
    fires("379", "8 days", flags=FIRST, Episodes=stay("T4", "28/02/2023", "08/03/2023")),
    passes("379", "7 days", Episodes=stay("T4", "28/02/2023", "07/03/2023")),
    fires(
        "377",
        "three holidays, years apart",
        flags={"Episodes": [0, 2, 3]},
        Episodes=[
            {"PLACE": "T3", "DECOM": "01/05/2019"},
            {"PLACE": "U4"},
            {"PLACE": "T3"},
            {"PLACE": "T3", "DECOM": "x"},
        ],
    ),
    passes("377", "two holidays", Episodes=[{"PLACE": "T3"}, {"PLACE": "T3"}, {"PLACE": "T4"}]),
    passes(
        "377",
        "the third is another child's",
        Episodes=[{"PLACE": "T3"}, {"PLACE": "T3"}, {"CHILD": "B2", "PLACE": "T3"}],
    ),
    passes("377", "no child", Episodes=[{"CHILD": None, "PLACE": "T3"}] * 3),
    fires("380", "care began there", flags=FIRST, Episodes={"PLACE": "T0", "RNE": "S"}),
    fires("380", "no reason", flags=FIRST, Episodes={"PLACE": "T4", "RNE": None}),
    passes("380", "a move", Episodes=[{"PLACE": "T0", "RNE": "P"}, {"PLACE": "T0", "RNE": "B"}]),
    passes("380", "another placement", Episodes=[{"PLACE": "U4", "RNE": "S"}, {"PLACE": None, "RNE": "S"}]),
    fires("381", "care ended there", flags=FIRST, Episodes={"PLACE": "T2", "REC": "E4A"}),
    passes("381", "it goes on", Episodes={"PLACE": "T2", "REC": "X1"}),
    passes("381", "it is open", Episodes={"PLACE": "T2", "REC": None}),
    passes("381", "another placement", Episodes={"PLACE": "U4", "REC": "E4A"}),
    fires(
        "382",
        "a short break",
        flags={"Episodes": [0, 1]},
        Episodes=[{"PLACE": "T0", "LS": "V3"}, {"PLACE": "T4", "LS": "V4"}],
    ),
    passes("382", "another legal status", Episodes=[{"PLACE": "T0", "LS": "V2"}, {"PLACE": "T0", "LS": None}]),
    passes("382", "another placement", Episodes=[{"PLACE": "U6", "LS": "V4"}]),
    fires("383", "another placement type", flags=LAST, Episodes=absence(PLACE="K2")),
    fires("383", "another reason", flags=LAST, Episodes=absence(RNE="T")),
    fires("383", "no reason", flags=LAST, Episodes=absence(RNE=None)),
    fires(
        "383",
        "two blank placement types are not the same",
        flags=LAST,
        Episodes=[{"DECOM": "01/05/2022"}, {"DECOM": "02/05/2022", "PLACE": "T0"}, {"DECOM": "03/05/2022", "RNE": "P"}],
    ),
    fires(
        "383",
        "a day that is none comes last",
        flags={"Episodes": [0]},
        Episodes=[{**absence()[2], "DECOM": "31/06/2022", "PLACE": "K2"}, *absence()[:2]],
    ),
    passes("383", "back again", Episodes=absence()),
    passes("383", "another postcode", Episodes=absence(PL_POST="AA3 3AA")),
    passes("383", "no absence", Episodes=absence("U6", PLACE="K2")),
    passes("383", "nothing before the absence", Episodes=absence(PLACE="K2")[1:]),
    passes(
        "383",
        "what was before is another child's",
        Episodes=[{**absence()[0], "CHILD": "B2"}, *absence(PLACE="K2")[1:]],
    ),
    passes("383", "no child", Episodes=[{**row, "CHILD": None} for row in absence(PLACE="K2")]),
    fires("383", "another postcode counts", flags=LAST, year="2025-26", Episodes=absence(PL_POST="AA3 3AA")),
    fires("383", "no postcode counts", flags=LAST, year="2025-26", Episodes=absence(PL_POST=None)),
    fires("383", "another reason still counts", flags=LAST, year="2025-26", Episodes=absence(RNE="T")),
    fires("383", "another placement type still counts", flags=LAST, year="2025-26", Episodes=absence(PLACE="K2")),
    passes("383", "back at the same postcode", year="2025-26", Episodes=absence()),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_temporary_placements(case: Case) -> None:
    check(case)
