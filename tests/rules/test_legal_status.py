"""Legal status: its codes, how long each may last, and what must change or stay with it."""

from __future__ import annotations

import pytest

from returns903.testing.cases import NOTHING, Case, check, fires, passes, skips

Cells = dict[str, str | None]

A2: Cells = {"CHILD": "A2"}
PLACED: Cells = {"PLACE": "U1", "PL_POST": "N1 1AA", "URN": "SC123456", "PLACE_PROVIDER": "PR1"}


def stay(status: str, start: str | None, end: str | None = None, **more: str | None) -> Cells:
    return {"LS": status, "DECOM": start, "DEC": end, **more}


def pair(reason: str, first: Cells, second: Cells) -> list[Cells]:
    """Two episodes of one child, in one placement unless the rows say otherwise."""
    return [{"DECOM": "01/05/2022", **PLACED, **first}, {"DECOM": "01/06/2022", **PLACED, "RNE": reason, **second}]


LONGEST = (
    ("361", "L1", "04/06/2022", "05/06/2022"),
    ("362", "L2", "22/06/2022", "23/06/2022"),
    ("363", "L3", "08/06/2022", "09/06/2022"),
    ("364", "J2", "22/06/2022", "23/06/2022"),
)
"""Of the statuses that may not last longer, the last day that one may end if it began on 1 June, and the day after."""

CASES = [
    fires("144", "no such code", flags={"Episodes": [0, 1]}, Episodes=[{"LS": "C3"}, {"LS": "c1"}]),
    passes("144", "a code, and a blank", Episodes=[{"LS": "C1"}, {"LS": None}]),
    fires(
        "358",
        "nine years old",
        flags={"Episodes": [0], "Header": [0]},
        Header={"DOB": "02/06/2012"},
        Episodes=stay("J1", "01/06/2022"),
    ),
    passes("358", "the tenth birthday", Header={"DOB": "01/06/2012"}, Episodes=stay("J1", "01/06/2022")),
    passes("358", "another status", Header={"DOB": "02/06/2012"}, Episodes=stay("L1", "01/06/2022")),
    passes(
        "358",
        "days that cannot be judged",
        Header=[{"DOB": None}, A2 | {"DOB": "02/06/2012"}],
        Episodes=[stay("J2", "01/06/2022"), A2 | stay("J3", "31/06/2022")],
    ),
    fires(
        "358",
        "two Header rows: the one that makes the child nine",
        flags={"Episodes": [0], "Header": [1]},
        Header=[{"DOB": "01/06/2012"}, {"DOB": "02/06/2012"}],
        Episodes=stay("J3", "01/06/2022"),
    ),
    fires(
        "359",
        "eighteen the day before the year closed",
        flags={"Episodes": [0]},
        Header={"DOB": "30/03/2005"},
        Episodes=stay("C2", "01/06/2022", PLACE="K2"),
    ),
    fires(
        "359",
        "V2 in another placement, and K2 without a status",
        flags={"Episodes": [0, 1]},
        Header={"DOB": "30/03/2005"},
        Episodes=[{"LS": "V2", "PLACE": None}, {"LS": None, "PLACE": "K2"}],
    ),
    passes(
        "359", "eighteen on the day the year closed", Header={"DOB": "31/03/2005"}, Episodes=stay("C2", "01/06/2022")
    ),
    passes("359", "V2 in K2", Header={"DOB": "30/03/2005"}, Episodes=stay("V2", "01/06/2022", PLACE="K2")),
    passes(
        "359",
        "ended, on a real day or not",
        Header={"DOB": "30/03/2005"},
        Episodes=[stay("C2", "01/06/2022", day) for day in ("01/07/2022", "31/06/2022")],
    ),
    passes("359", "no date of birth", Header={"DOB": None}, Episodes=stay("C2", "01/06/2022")),
    *[
        case
        for code, status, last, over in LONGEST
        for case in (
            fires(code, "a day too long", flags={"Episodes": [0]}, Episodes=stay(status, "01/06/2022", over)),
            passes(code, "as long as may be", Episodes=stay(status, "01/06/2022", last)),
            passes(code, "under another status", Episodes=stay("C1", "01/06/2022", over)),
            fires(
                code,
                "two together, not in order in the file",
                flags={"Episodes": [0, 1]},
                Episodes=[stay(status, "02/06/2022", over), stay(status, "01/06/2022", "02/06/2022")],
            ),
            passes(
                code,
                "a day between",
                Episodes=[stay(status, "01/06/2022", "02/06/2022"), stay(status, "03/06/2022", over)],
            ),
            passes(
                code,
                "another status between",
                Episodes=[
                    stay(status, "01/06/2022", "02/06/2022"),
                    stay("C1", "02/06/2022", "03/06/2022"),
                    stay(status, "03/06/2022", over),
                ],
            ),
            passes(
                code,
                "another child",
                Episodes=[stay(status, "01/06/2022", "02/06/2022"), A2 | stay(status, "02/06/2022", over)],
            ),
            fires(code, "open, until the year closes", flags={"Episodes": [0]}, Episodes=stay(status, "01/06/2022")),
            passes(code, "open, since just before the year closed", Episodes=stay(status, "29/03/2023")),
            passes(code, "no readable DECOM", Episodes=stay(status, "31/06/2022", over)),
            passes(code, "it ends before it begins", Episodes=stay(status, over, "01/06/2022")),
            fires(
                code,
                "one that ends before it begins hides none",
                flags={"Episodes": [0, 1]},
                Episodes=[stay(status, "01/06/2022", over), stay(status, over, "01/05/2022")],
            ),
        )
    ],
    fires(
        "361",
        "an unreadable end counts as open",
        flags={"Episodes": [0]},
        Episodes=stay("L1", "01/06/2022", "31/06/2022"),
    ),
    fires(
        "362",
        "an unreadable end counts as open",
        flags={"Episodes": [0]},
        Episodes=stay("L2", "01/06/2022", "31/06/2022"),
    ),
    passes("363", "an unreadable end is left out", Episodes=stay("L3", "01/06/2022", "31/06/2022")),
    passes("364", "an unreadable end is left out", Episodes=stay("J2", "01/06/2022", "31/06/2022")),
    fires("365", "eighteen days", flags={"Episodes": [0]}, Episodes=stay("V3", "01/06/2022", "19/06/2022")),
    passes("365", "seventeen days", Episodes=stay("V3", "01/06/2022", "18/06/2022")),
    passes("365", "an agreement", Episodes=stay("V4", "01/06/2022", "19/06/2022")),
    fires("365", "open, until the year closes", flags={"Episodes": [0]}, Episodes=stay("V3", "13/03/2023")),
    passes("365", "open, seventeen days before the year closes", Episodes=stay("V3", "14/03/2023")),
    passes(
        "365",
        "days that cannot be judged",
        Episodes=[stay("V3", "01/05/2022", "31/06/2022"), stay("V3", None, "30/06/2022")],
    ),
    fires(
        "366",
        "a change, and a blank",
        flags={"Episodes": [0, 1]},
        Episodes=[{"LS": "V3", "RNE": "P"}, {"LS": "V3", "RNE": None}],
    ),
    passes("366", "a start", Episodes={"LS": "V3", "RNE": "S"}),
    passes("366", "an agreement", Episodes={"LS": "V4", "RNE": "P"}),
    fires(
        "367",
        "76 days in two stays",
        flags={"Episodes": [0, 2]},
        Episodes=[
            stay("V3", "01/05/2022", "01/06/2022"),
            stay("C1", "01/06/2022", "01/07/2022"),
            stay("V3", "01/07/2022", "15/08/2022"),
        ],
    ),
    passes("367", "75 days", Episodes=[stay("V3", "01/05/2022", "01/06/2022"), stay("V3", "01/07/2022", "14/08/2022")]),
    fires(
        "367",
        "from the first to the last day of the year at most",
        flags={"Episodes": [0, 1]},
        Episodes=[
            stay("V3", "01/01/2022", "02/04/2022"),
            stay("V3", "15/01/2023"),
            A2 | stay("V3", "01/01/2022", "02/04/2022"),
        ],
    ),
    passes(
        "367",
        "what lies before and after does not count",
        Episodes=[stay("V3", "01/01/2022", "01/05/2022"), stay("V3", "14/02/2023", "30/06/2023")],
    ),
    passes(
        "367",
        "an unreadable day does not count",
        Episodes=[
            stay("V3", "01/05/2022", "15/07/2022"),
            stay("V3", "01/08/2022", "31/09/2022"),
            stay("V3", None, "01/09/2022"),
        ],
    ),
    fires(
        "367",
        "stays that do not count do not flag",
        flags={"Episodes": [1]},
        Episodes=[stay("V3", "01/05/2022", "01/05/2022"), stay("V3", "01/05/2022", "16/07/2022")],
    ),
    passes(
        "367",
        "two children, and nobody",
        Episodes=[
            stay("V3", "01/05/2022", "30/06/2022"),
            A2 | stay("V3", "01/05/2022", "30/06/2022"),
            *[{"CHILD": None, **stay("V3", "01/05/2022", "30/06/2022")}] * 2,
        ],
    ),
    fires(
        "399",
        "a review",
        flags={"Episodes": [0, 1], "Header": [0], "Reviews": [0]},
        Header={},
        Reviews={"REVIEW": "31/06/2022"},
        Episodes=[{"LS": "V3"}, {"LS": "V4"}],
    ),
    fires(
        "399",
        "a code",
        flags={"Episodes": [0], "Reviews": [1]},
        Header=NOTHING,
        Reviews=[{"REVIEW": None}, {"REVIEW_CODE": "PN1"}],
        Episodes={"LS": "V4"},
    ),
    fires(
        "399",
        "MOTHER, on the second Header row",
        flags={"Episodes": [0], "Header": [1]},
        Header=[{}, {"MOTHER": "0"}],
        Reviews=NOTHING,
        Episodes={"LS": "V4"},
    ),
    passes(
        "399",
        "some other episode, and one without a status",
        Header=[{"MOTHER": "0"}, A2 | {"MOTHER": "0"}],
        Reviews={"REVIEW": "01/06/2022"},
        Episodes=[{"LS": "V3"}, {"LS": "C1"}, A2 | {"LS": "V3"}, A2 | {"LS": None}],
    ),
    passes(
        "399",
        "nothing recorded",
        Header={"MOTHER": None},
        Reviews={"REVIEW": None, "REVIEW_CODE": None},
        Episodes={"LS": "V3"},
    ),
    passes(
        "399", "nobody's", Header={"CHILD": None, "MOTHER": "0"}, Reviews=NOTHING, Episodes={"CHILD": None, "LS": "V3"}
    ),
    skips("399", "no Reviews", reason="no Reviews", Header={"MOTHER": "0"}, Episodes={"LS": "V3"}),
    fires(
        "408",
        "a care order, and a blank",
        flags={"Episodes": [0, 1]},
        Episodes=[{"PLACE": "A5", "LS": "C2"}, {"PLACE": "A6", "LS": None}],
    ),
    passes("408", "a placement order", Episodes={"PLACE": "A5", "LS": "E1"}),
    passes("408", "placed with consent", Episodes={"PLACE": "A3", "LS": "C2"}),
    fires(
        "426",
        "one of each, years apart",
        flags={"Episodes": [0, 2]},
        Episodes=[stay("V3", "01/05/2019"), stay("C1", None), stay("V4", "01/05/2022")],
    ),
    passes("426", "one kind each for two children", Episodes=[{"LS": "V3"}, A2 | {"LS": "V4"}]),
    passes("426", "nobody's", Episodes=[{"CHILD": None, "LS": "V3"}, {"CHILD": None, "LS": "V4"}]),
    fires("434", "the status is the same", flags={"Episodes": [1]}, Episodes=pair("L", {"LS": "C1"}, {"LS": "C1"})),
    *[
        fires(
            "434",
            f"{name} differs too",
            flags={"Episodes": [1]},
            Episodes=pair("L", {"LS": "C1"}, {"LS": "C2", name: "X"}),
        )
        for name in PLACED
    ],
    fires(
        "434", "a blank differs", flags={"Episodes": [1]}, Episodes=pair("L", {"LS": "C1"}, {"LS": "C2", "URN": None})
    ),
    passes("434", "the status alone differs", Episodes=pair("L", {"LS": "C1", "URN": None}, {"LS": "C2", "URN": None})),
    passes("434", "no status on either", Episodes=pair("L", {"LS": None}, {"LS": None})),
    passes("434", "the first episode", Episodes={"RNE": "L", "LS": "C1"}),
    passes("434", "another reason", Episodes=pair("U", {"LS": "C1"}, {"LS": "C1"})),
    fires("435", "nothing differs", flags={"Episodes": [1]}, Episodes=pair("P", {"LS": "C1"}, {"LS": "C1"})),
    fires(
        "435",
        "nothing differs, two blanks being the same",
        flags={"Episodes": [1]},
        Episodes=pair("P", {"LS": None, "URN": None}, {"LS": None, "URN": None}),
    ),
    fires(
        "435",
        "the status differs too",
        flags={"Episodes": [1]},
        Episodes=pair("T", {"LS": "C1"}, {"LS": "C2", "PLACE": "U2"}),
    ),
    fires(
        "435",
        "the status is gone",
        flags={"Episodes": [1]},
        Episodes=pair("T", {"LS": "C1"}, {"LS": None, "PLACE": "U2"}),
    ),
    *[
        passes("435", f"{name} alone differs", Episodes=pair("P", {"LS": "C1"}, {"LS": "C1", name: "X"}))
        for name in PLACED
    ],
    passes("435", "no status on either", Episodes=pair("P", {"LS": None}, {"LS": None, "URN": None})),
    passes("435", "the first episode", Episodes={"RNE": "P", "LS": "C1"}),
    fires(
        "436",
        "the status is the same",
        flags={"Episodes": [1]},
        Episodes=pair("U", {"LS": "C1"}, {"LS": "C1", "PLACE": "U2"}),
    ),
    fires(
        "436",
        "the placement is the same",
        flags={"Episodes": [1]},
        Episodes=pair("B", {"LS": "C1", "URN": None}, {"LS": "C2", "URN": None}),
    ),
    fires(
        "436",
        "two blanks are the same status",
        flags={"Episodes": [1]},
        Episodes=pair("B", {"LS": None}, {"LS": None, "URN": None}),
    ),
    passes("436", "both differ", Episodes=pair("U", {"LS": "C1"}, {"LS": None, "PL_POST": None})),
    passes("436", "the first episode", Episodes={"RNE": "U", "LS": "C1"}),
    passes("436", "another child's", Episodes=pair("U", {"LS": "C1"}, {"LS": "C1", **A2})),
    fires("445", "from 2006 on", flags={"Episodes": [0]}, Episodes=stay("D1", "01/01/2006")),
    passes("445", "in 2005", Episodes=stay("D1", "31/12/2005")),
    passes("445", "no readable DECOM", Episodes=[stay("D1", "31/06/2006"), stay("E1", "01/01/2006")]),
    fires("446", "in November 2005", flags={"Episodes": [0]}, Episodes=stay("E1", "30/11/2005")),
    passes("446", "in December 2005", Episodes=stay("E1", "01/12/2005")),
    passes("446", "no readable DECOM", Episodes=[stay("E1", "31/06/2005"), stay("D1", "30/11/2005")]),
    fires("451", "open", flags={"Episodes": [0]}, Episodes=stay("D1", "01/01/2005")),
    passes(
        "451",
        "a day, even an unreadable one, or a reason",
        Episodes=[stay("D1", "01/01/2005", "31/06/2005"), stay("D1", "01/01/2005", REC="X1")],
    ),
    passes("451", "another status", Episodes=stay("E1", "01/01/2005")),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_legal_status(case: Case) -> None:
    check(case)
