"""The type of placement: its codes, who is old enough for it, and what goes with it."""

from __future__ import annotations

import pytest

from returns903.testing.cases import NOTHING, Case, Row, Rows, check, fires, passes, skips

FIRST: dict[str, list[int]] = {"Episodes": [0]}


def then(place: str | None, *, child: str = "A1") -> list[Row]:
    """A placement of A3, and before it in time, after it in the file, another."""
    return [
        {"CHILD": child, "DECOM": "01/06/2022", "PLACE": "A3"},
        {"CHILD": child, "DECOM": "01/05/2022", "PLACE": place},
    ]


def placed(place: str | None, decom: str | None, dob: str | None, dec: str | None = None) -> dict[str, Rows]:
    return {"Episodes": {"PLACE": place, "DECOM": decom, "DEC": dec}, "Header": {"DOB": dob}}


CASES = [
    fires("146", "a code of no list", flags={"Episodes": [1]}, Episodes=[{"PLACE": "H5"}, {"PLACE": "X9"}]),
    fires("146", "K3 before its first year", flags=FIRST, year="2023-24", Episodes={"PLACE": "K3"}),
    fires("146", "a code in small letters", flags=FIRST, Episodes={"PLACE": "k1"}),
    passes("146", "P2 and Z1 in the first list", Episodes=[{"PLACE": "P2"}, {"PLACE": "Z1"}]),
    passes("146", "a blank", Episodes={"PLACE": None}),
    fires("146", "Z11 before its first year", flags=FIRST, year="2024-25", Episodes={"PLACE": "Z11"}),
    passes("146", "K3 beside H5, P2 and Z1", year="2024-25", Episodes=[{"PLACE": p} for p in ("K3", "H5", "P2", "Z1")]),
    fires(
        "146",
        "codes that left the list",
        flags={"Episodes": [0, 1, 2]},
        year="2025-26",
        Episodes=[{"PLACE": "H5"}, {"PLACE": "P2"}, {"PLACE": "Z1"}],
    ),
    passes("146", "codes that joined the list", year="2025-26", Episodes=[{"PLACE": f"Z1{n}"} for n in (1, 2, 3, 4)]),
    fires("214", "a postcode", flags=FIRST, Episodes={"LS": "V3", "PL_POST": "AA1 1AA"}),
    fires("214", "the placeholder is given", flags=FIRST, Episodes={"LS": "V4", "URN": "XXXXXXX"}),
    passes("214", "neither is given", Episodes={"LS": "V4"}),
    passes("214", "another legal status", Episodes={"LS": "V2", "PL_POST": "AA1 1AA", "URN": "1234567"}),
    passes("214", "a blank legal status", Episodes={"LS": None, "PL_POST": "AA1 1AA"}),
    fires("217", "new carers", flags=FIRST, Episodes={"PLACE": "A3", "DECOM": "01/04/2015", "RNE": "P"}),
    fires("217", "no reason", flags=FIRST, Episodes={"PLACE": "A5", "DECOM": "02/04/2015", "RNE": None}),
    passes("217", "the day before the rule began", Episodes={"PLACE": "A3", "DECOM": "31/03/2015", "RNE": "P"}),
    passes(
        "217", "the same carers", Episodes=[{"PLACE": "A3", "DECOM": "01/04/2022", "RNE": r} for r in ("S", "T", "U")]
    ),
    passes("217", "no such day", Episodes={"PLACE": "A3", "DECOM": "31/04/2022", "RNE": "P"}),
    passes("217", "adopters who are new to the child", Episodes={"PLACE": "A4", "DECOM": "01/04/2022", "RNE": "P"}),
    fires("217t", "the day after", flags=FIRST, Episodes={"PLACE": "P2", "DEC": "29/10/2023"}),
    fires(
        "217t",
        "open, or no such day",
        flags={"Episodes": [0, 1]},
        Episodes=[{"PLACE": "P2", "DEC": None}, {"PLACE": "P2", "DEC": "31/09/2023"}],
    ),
    passes("217t", "the last day", Episodes={"PLACE": "P2", "DEC": "28/10/2023"}),
    passes("217t", "another placement", Episodes={"PLACE": "H5", "DEC": None}),
    fires("242", "a children's home", flags=FIRST, Episodes={"URN": "XXXXXXX", "PLACE": "K2"}),
    fires("242", "no placement type", flags=FIRST, Episodes={"URN": "XXXXXXX", "PLACE": None}),
    passes(
        "242", "foster carers and adopters", Episodes=[{"URN": "XXXXXXX", "PLACE": p} for p in ("U1", "U6", "A3", "A6")]
    ),
    passes(
        "242",
        "a real number, and six X",
        Episodes=[{"URN": "1234567", "PLACE": "K2"}, {"URN": "XXXXXX", "PLACE": "K2"}],
    ),
    passes("242", "no number", Episodes={"URN": None, "PLACE": "K2"}),
    fires("336", "from a children's home", flags=FIRST, Episodes=then("K2")),
    fires("336", "from a placement without type", flags=FIRST, Episodes=then(None)),
    fires(
        "336",
        "the day it began is none: it comes last",
        flags={"Episodes": [1]},
        Episodes=[{"DECOM": "01/05/2022", "PLACE": "T1"}, {"DECOM": "x", "PLACE": "A5"}],
    ),
    fires(
        "336",
        "two on one day go by their order in the file",
        flags={"Episodes": [1]},
        Episodes=[{"DECOM": "01/05/2022", "PLACE": "K1"}, {"DECOM": "01/05/2022", "PLACE": "A3"}],
    ),
    passes("336", "from foster carers", Episodes=then("U4")),
    passes("336", "from an adoptive placement", Episodes=then("A4")),
    passes("336", "the child's first episode", Episodes=then("K2")[:1]),
    passes("336", "another child's home before", Episodes=[*then("K2")[:1], *then("K2", child="B2")[1:]]),
    passes("336", "adopters who are new to the child", Episodes=[{**then("K2")[0], "PLACE": "A4"}, then("K2")[1]]),
    passes("336", "no day can be read", Episodes=[{"DECOM": "x", "PLACE": "K2"}, {"DECOM": None, "PLACE": "A3"}]),
    passes("336", "no child", Episodes=[{**row, "CHILD": None} for row in then("K2")]),
    fires("370", "the day before the 15th birthday", flags=FIRST, **placed("P2", "30/06/2022", "01/07/2007")),
    passes("370", "the 15th birthday", **placed("P2", "01/07/2022", "01/07/2007")),
    fires("370", "15 is no longer enough", flags=FIRST, year="2023-24", **placed("P2", "01/07/2022", "01/07/2007")),
    passes("370", "the 16th birthday", year="2023-24", **placed("P2", "01/07/2023", "01/07/2007")),
    fires(
        "371", "the day before the 14th birthday", flags=FIRST, **placed("H5", "30/06/2022", "01/07/2008", "01/08/2022")
    ),
    passes("371", "the 14th birthday", **placed("H5", "01/07/2022", "01/07/2008")),
    fires("371", "15", flags=FIRST, year="2023-24", **placed("H5", "01/07/2023", "01/07/2008")),
    passes("371", "the 16th birthday", year="2023-24", **placed("H5", "01/07/2023", "01/07/2007")),
    fires(
        "371", "15 in supported accommodation", flags=FIRST, year="2024-25", **placed("K3", "01/07/2024", "01/07/2009")
    ),
    passes("371", "H5 is asked about no more", year="2024-25", **placed("H5", "01/07/2024", "01/07/2009")),
    passes("371", "the 16th birthday in K3", year="2024-25", **placed("K3", "01/07/2024", "01/07/2008")),
    fires("372", "the day before the 10th birthday", flags=FIRST, **placed("R5", "30/06/2022", "01/07/2012")),
    passes("372", "the 10th birthday", **placed("R5", "01/07/2022", "01/07/2012")),
    passes("372", "another placement", **placed("R2", "30/06/2022", "01/07/2012")),
    fires("373", "the day before the fourth birthday", flags=FIRST, **placed("S1", "30/06/2022", "01/07/2018")),
    passes("373", "the fourth birthday", **placed("S1", "01/07/2022", "01/07/2018")),
    fires("374", "born on 29 February, a day too young", flags=FIRST, **placed("P3", "27/02/2022", "29/02/2008")),
    passes("374", "born on 29 February: the birthday is the 28th", **placed("P3", "28/02/2022", "29/02/2008")),
    fires(
        "374",
        "one of two Header rows makes the child too young",
        flags=FIRST,
        Episodes={"PLACE": "P3", "DECOM": "01/07/2022"},
        Header=[{"DOB": "01/07/2000"}, {"DOB": "01/07/2010"}],
    ),
    passes("374", "no such birthday", **placed("P3", "01/07/2022", "31/06/2012")),
    passes("374", "no day of beginning", **placed("P3", None, "01/07/2012")),
    passes("374", "no row in Header", Episodes={"PLACE": "P3", "DECOM": "01/07/2022"}, Header=NOTHING),
    skips("374", "no Header", reason="no Header", Episodes={"PLACE": "P3", "DECOM": "01/07/2022"}),
    fires("378", "with parents by agreement", flags=FIRST, Episodes={"PLACE": "P1", "LS": "V2"}),
    passes("378", "with parents under an order", Episodes={"PLACE": "P1", "LS": "C2"}),
    passes(
        "378", "by agreement elsewhere, or nowhere", Episodes=[{"PLACE": "U6", "LS": "V2"}, {"PLACE": None, "LS": "V2"}]
    ),
    fires(
        "384",
        "long-term",
        flags={"Episodes": [0, 1]},
        Episodes=[{"PLACE": "U1", "LS": "V3"}, {"PLACE": "U4", "LS": "V4"}],
    ),
    passes("384", "not long-term", Episodes={"PLACE": "U6", "LS": "V4"}),
    passes("384", "no short break", Episodes=[{"PLACE": "U4", "LS": "V2"}, {"PLACE": "U4", "LS": None}]),
    fires(
        "390",
        "from foster carers, or nowhere",
        flags={"Episodes": [0, 1]},
        Episodes=[{"REC": "E11", "PLACE": "U6"}, {"REC": "E12", "PLACE": None}],
    ),
    passes("390", "from adopters", Episodes={"REC": "E11", "PLACE": "A6"}),
    passes("390", "not adopted, or not ended", Episodes=[{"REC": "E4A", "PLACE": "U6"}, {"REC": None, "PLACE": "U6"}]),
    fires(
        "516",
        "from a children's home, or nowhere",
        flags={"Episodes": [0, 1]},
        Episodes=[{"REC": "E45", "PLACE": "K2"}, {"REC": "E46", "PLACE": None}],
    ),
    passes("516", "from foster carers", Episodes={"REC": "E45", "PLACE": "U3"}),
    passes("516", "guardians who were no foster carers", Episodes={"REC": "E47", "PLACE": "K2"}),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_placements(case: Case) -> None:
    check(case)
