"""How episodes begin, follow each other and end."""

from __future__ import annotations

import pytest

from returns903.testing.cases import Case, check, fires, passes, skips

Cells = dict[str, str | None]

FIRST: Cells = {"DECOM": "01/05/2022", "DEC": "01/06/2022"}
SECOND: Cells = {"DECOM": "01/06/2022"}
UNDATED: Cells = {"DECOM": "31/06/2022"}
A2: Cells = {"CHILD": "A2"}
NOBODY: Cells = {"CHILD": None}


def pair(first: Cells, second: Cells) -> list[Cells]:
    """An episode from 1 May to 1 June 2022 and one that follows it."""
    return [{**FIRST, **first}, {**SECOND, **second}]


MOVED: list[Cells] = [{"REC": "X1", "PLACE": "U1"}, {"RNE": "P", "PLACE": "U4"}]
BORN: Cells = {"DOB": "29/02/2004"}

CASES = [
    fires("143", "no such code", flags={"Episodes": [0, 1]}, Episodes=[{"RNE": "X"}, {"RNE": "s"}]),
    passes("143", "a code, and a blank", Episodes=[{"RNE": "S"}, {"RNE": None}]),
    fires("145", "no such code", flags={"Episodes": [0]}, Episodes={"CIN": "N9"}),
    passes("145", "a code, and a blank", Episodes=[{"CIN": "N8"}, {"CIN": None}]),
    fires(
        "149",
        "a code given up in 2018, and one that never was",
        flags={"Episodes": [0, 1]},
        Episodes=[{"REC": "E43"}, {"REC": "E4"}],
    ),
    passes("149", "a code, and a blank", Episodes=[{"REC": "E4A"}, {"REC": None}]),
    fires("1009", "no such code", flags={"Episodes": [0]}, Episodes={"REASON_PLACE_CHANGE": "CHANGE"}),
    passes("1009", "a code, and a blank", Episodes=[{"REASON_PLACE_CHANGE": "CARPL"}, {"REASON_PLACE_CHANGE": None}]),
    fires(
        "142",
        "no day it ceased, no readable one, no reason",
        flags={"Episodes": [0, 1, 2]},
        Episodes=[
            {"DECOM": "01/05/2022", "REC": "X1"},
            {"DECOM": "01/06/2022", "DEC": "31/06/2022", "REC": "X1"},
            {"DECOM": "01/07/2022", "DEC": "02/07/2022"},
            {"DECOM": "01/08/2022"},
        ],
    ),
    passes("142", "both are given", Episodes=pair({"REC": "X1"}, {})),
    passes("142", "the last one is open, an undated one after it", Episodes=[UNDATED, *pair({"REC": "X1"}, {})]),
    fires("142", "on one day the last in the file is the last", flags={"Episodes": [0]}, Episodes=[SECOND, SECOND]),
    passes(
        "142",
        "episodes of two children, and of nobody",
        Episodes=[SECOND, {**SECOND, **A2}, NOBODY | SECOND, NOBODY | SECOND],
    ),
    fires(
        "148",
        "a day without a reason, a reason without a day",
        flags={"Episodes": [0, 1]},
        Episodes=[{"DEC": "01/06/2022"}, {"REC": "X1"}],
    ),
    fires("148", "an unreadable day counts as given", flags={"Episodes": [0]}, Episodes={"DEC": "31/06/2022"}),
    passes("148", "both, and neither", Episodes=[{"DEC": "31/06/2022", "REC": "X1"}, {"DEC": None, "REC": None}]),
    fires(
        "199",
        "one after an adoption, and another adoption",
        flags={"Episodes": [1, 2]},
        Episodes=[
            {"DECOM": "01/05/2022", "REC": "E11"},
            {"DECOM": "02/05/2022", "REC": "E12"},
            {"DECOM": "03/05/2022"},
        ],
    ),
    passes(
        "199",
        "the adoption comes last",
        Episodes=[{"DECOM": "03/05/2022", "REC": "E11"}, {"DECOM": "02/05/2022", "REC": "X1"}],
    ),
    fires(
        "199",
        "on one day, in the order of the file",
        flags={"Episodes": [1]},
        Episodes=[{**SECOND, "REC": "E11"}, SECOND],
    ),
    passes("199", "no readable DECOM", Episodes=[{**UNDATED, "REC": "E11"}, SECOND, UNDATED]),
    passes(
        "199",
        "another child, or nobody",
        Episodes=[{**FIRST, "REC": "E11"}, A2 | SECOND, {**NOBODY, **FIRST, "REC": "E11"}, NOBODY | SECOND],
    ),
    fires(
        "199",
        "adopted last year",
        flags={"Episodes": [0]},
        previous={"Episodes": {"DECOM": "31/05/2022", "REC": "E12"}},
        Episodes=SECOND,
    ),
    passes(
        "199",
        "the adoption is in both returns",
        previous={"Episodes": {**SECOND, "REC": "E12"}},
        Episodes={**SECOND, "REC": "E12"},
    ),
    passes("199", "a previous return without Episodes", previous={"Header": {}}, Episodes=SECOND),
    fires("225", "no reason for the move", flags={"Episodes": [0]}, Episodes=pair(MOVED[0], MOVED[1])),
    fires("225", "both placements are blank", flags={"Episodes": [0]}, Episodes=pair({"REC": "X1"}, {"RNE": "B"})),
    passes("225", "a reason", Episodes=pair({**MOVED[0], "REASON_PLACE_CHANGE": "CARPL"}, MOVED[1])),
    passes("225", "only the legal status changed", Episodes=pair(MOVED[0], {**MOVED[1], "RNE": "L"})),
    passes("225", "the child left care", Episodes=pair({**MOVED[0], "REC": "E4A"}, MOVED[1])),
    passes("225", "to a temporary placement", Episodes=pair(MOVED[0], {**MOVED[1], "PLACE": "T0"})),
    passes("225", "from a temporary placement", Episodes=pair({**MOVED[0], "PLACE": "T4"}, MOVED[1])),
    passes("225", "another child's next episode", Episodes=pair(MOVED[0], {**MOVED[1], **A2})),
    *[
        case
        for year in ("2022-23", "2025-26")
        for case in (
            fires(
                "226",
                "a reason on the temporary placement",
                year=year,
                flags={"Episodes": [0]},
                Episodes={"PLACE": "T1", "REASON_PLACE_CHANGE": "CARPL"},
            ),
            fires(
                "226",
                "a reason before the temporary placement",
                year=year,
                flags={"Episodes": [1]},
                Episodes=pair({"REASON_PLACE_CHANGE": "CARPL"}, {"PLACE": "T4"}),
            ),
            passes(
                "226",
                "a reason after the temporary placement",
                year=year,
                Episodes=pair({"PLACE": "T4"}, {"REASON_PLACE_CHANGE": "CARPL"}),
            ),
            passes(
                "226",
                "a lasting placement",
                year=year,
                Episodes=pair({"REASON_PLACE_CHANGE": "CARPL"}, {"PLACE": "U4"}),
            ),
        )
    ],
    fires("233", "open with a reason", flags={"Episodes": [0]}, Episodes={"DEC": None, "REASON_PLACE_CHANGE": "CARPL"}),
    passes(
        "233",
        "ended with a reason, on a real day or not",
        Episodes=[{"DEC": day, "REASON_PLACE_CHANGE": "CARPL"} for day in ("01/06/2025", "31/06/2025")],
    ),
    passes("233", "open without a reason", Episodes={"DEC": None, "REASON_PLACE_CHANGE": None}),
    fires(
        "234",
        "nine years old",
        flags={"Episodes": [1], "Header": [0]},
        Header={"DOB": "02/06/2012"},
        Episodes=pair({"REASON_PLACE_CHANGE": "CUSTOD"}, {}),
    ),
    passes(
        "234", "the tenth birthday", Header={"DOB": "01/06/2012"}, Episodes=pair({"REASON_PLACE_CHANGE": "CUSTOD"}, {})
    ),
    passes(
        "234",
        "the reason is on the same episode",
        Header={"DOB": "02/06/2012"},
        Episodes=pair({}, {"REASON_PLACE_CHANGE": "CUSTOD"}),
    ),
    passes("234", "another reason", Header={"DOB": "02/06/2012"}, Episodes=pair({"REASON_PLACE_CHANGE": "CARPL"}, {})),
    passes(
        "234",
        "no date of birth, and an unreadable DECOM",
        Header=[{"DOB": None}, {"DOB": "02/06/2015"}],
        Episodes=[{**FIRST, "REASON_PLACE_CHANGE": "CUSTOD"}, UNDATED],
    ),
    fires(
        "234",
        "two Header rows: the one that makes the child nine",
        flags={"Episodes": [1], "Header": [1]},
        Header=[{"DOB": "01/06/2012"}, {"DOB": "02/06/2012"}],
        Episodes=pair({"REASON_PLACE_CHANGE": "CUSTOD"}, {}),
    ),
    fires(
        "357",
        "first on the first day of the year",
        flags={"Episodes": [0]},
        Episodes={"DECOM": "01/04/2022", "RNE": "P"},
    ),
    fires(
        "357",
        "a blank reason",
        flags={"Episodes": [1]},
        Episodes=[{"DECOM": "02/05/2022"}, {"DECOM": "01/05/2022"}, UNDATED],
    ),
    passes(
        "357",
        "first before the year",
        Episodes=[{"DECOM": "31/03/2022", "RNE": "P"}, {"DECOM": "01/05/2022", "RNE": "P"}],
    ),
    passes("357", "a start", Episodes={"DECOM": "01/04/2022", "RNE": "S"}),
    passes("357", "no readable DECOM at all", Episodes=UNDATED),
    fires("388", "X1 with a gap", flags={"Episodes": [0]}, Episodes=[{**FIRST, "REC": "X1"}, {"DECOM": "02/06/2022"}]),
    fires("388", "X1 on the last one", flags={"Episodes": [0]}, Episodes={**FIRST, "REC": "X1"}),
    fires(
        "388",
        "X1 before an undated one, which stands last",
        flags={"Episodes": [1]},
        Episodes=[UNDATED, {**FIRST, "REC": "X1"}],
    ),
    fires("388", "left care, and back the same day", flags={"Episodes": [0]}, Episodes=pair({"REC": "E4A"}, {})),
    passes("388", "X1, and on the same day the next", Episodes=pair({"REC": "X1"}, {})),
    passes("388", "left care, and back the next day", Episodes=[{**FIRST, "REC": "E4A"}, {"DECOM": "02/06/2022"}]),
    passes(
        "388",
        "no REC, no DEC, an unreadable one",
        Episodes=[FIRST, SECOND, {**A2, **SECOND, "DEC": "31/06/2022", "REC": "X1"}],
    ),
    passes("388", "nobody's", Episodes={**NOBODY, **FIRST, "REC": "X1"}),
    fires(
        "431",
        "on the day the other ended, and before",
        flags={"Episodes": [1, 3]},
        Episodes=[
            *pair({}, {"RNE": "S"}),
            A2 | FIRST,
            {**A2, "DECOM": "31/05/2022", "RNE": "S"},
        ],
    ),
    passes("431", "on the next day", Episodes=[FIRST, {"DECOM": "02/06/2022", "RNE": "S"}]),
    passes("431", "care went on", Episodes=pair({}, {"RNE": "P"})),
    passes("431", "the other has no readable end", Episodes=pair({"DEC": "31/06/2022"}, {"RNE": "S"})),
    fires(
        "432",
        "no start, and a blank",
        flags={"Episodes": [1, 3]},
        Episodes=[
            *pair({"REC": "E2"}, {"RNE": "P"}),
            {**A2, **FIRST, "REC": "E48"},
            A2 | SECOND,
        ],
    ),
    fires(
        "432",
        "an undated one stands last",
        flags={"Episodes": [0]},
        Episodes=[{**UNDATED, "RNE": "P"}, {**FIRST, "REC": "E8"}],
    ),
    passes("432", "a start", Episodes=pair({"REC": "E2"}, {"RNE": "S"})),
    passes(
        "432",
        "care went on, or the reason is no code",
        Episodes=[*pair({"REC": "X1"}, {"RNE": "P"}), {**A2, **FIRST, "REC": "E43"}, A2 | SECOND],
    ),
    fires("433", "a gap", flags={"Episodes": [1]}, Episodes=[FIRST, {"DECOM": "02/06/2022", "RNE": "P"}]),
    fires("433", "the other is open", flags={"Episodes": [1]}, Episodes=pair({"DEC": None}, {"RNE": "L"})),
    fires("433", "no DECOM", flags={"Episodes": [1]}, Episodes=[{**FIRST, "DEC": None}, {"DECOM": None, "RNE": "L"}]),
    fires(
        "433",
        "only one of the days can be read",
        flags={"Episodes": [1]},
        Episodes=pair({"DEC": "31/06/2022"}, {"RNE": "L"}),
    ),
    passes("433", "on the same day, a leading zero wanting", Episodes=pair({}, {"DECOM": "1/6/2022", "RNE": "B"})),
    passes(
        "433",
        "both days unreadable and written alike",
        Episodes=[{**FIRST, "DEC": "31/06/2022"}, {"DECOM": "31/06/2022", "RNE": "T"}],
    ),
    passes("433", "a start after a gap", Episodes=[FIRST, {"DECOM": "02/06/2022", "RNE": "S"}]),
    passes(
        "433",
        "the child's first, another child's, nobody's",
        Episodes=[
            {**SECOND, "RNE": "U"},
            {**A2, "DECOM": "02/06/2022", "RNE": "U"},
            NOBODY | FIRST,
            {**NOBODY, "RNE": "U"},
        ],
    ),
    passes(
        "433",
        "on one day, the one that ends first is first",
        Episodes=[
            {"DECOM": "01/05/2022", "DEC": "01/06/2022", "RNE": "U"},
            {"DECOM": "01/05/2022", "DEC": "01/05/2022", "RNE": "S"},
        ],
    ),
    fires(
        "433",
        "on one day, the open one is last",
        flags={"Episodes": [0]},
        Episodes=[
            {"DECOM": "01/05/2022", "RNE": "U"},
            {"DECOM": "01/05/2022", "DEC": "02/05/2022", "RNE": "S"},
        ],
    ),
    fires(
        "437",
        "one after a death, and after coming of age",
        flags={"Episodes": [0, 2]},
        Episodes=[*pair({"REC": "E2"}, {}), {**A2, **FIRST, "REC": "E15"}, A2 | SECOND],
    ),
    fires(
        "437", "an undated one counts as later", flags={"Episodes": [1]}, Episodes=[UNDATED, {**SECOND, "REC": "E2"}]
    ),
    passes("437", "the last one", Episodes=pair({}, {"REC": "E2"})),
    passes("437", "another reason", Episodes=pair({"REC": "E3"}, {})),
    passes(
        "437",
        "undated itself, or nobody's",
        Episodes=[{**UNDATED, "REC": "E2"}, UNDATED, {**NOBODY, **FIRST, "REC": "E2"}, NOBODY | SECOND],
    ),
    fires("504", "another category", flags={"Episodes": [1]}, Episodes=pair({"REC": "X1", "CIN": "N1"}, {"CIN": "N2"})),
    fires("504", "the category is gone", flags={"Episodes": [1]}, Episodes=pair({"REC": "X1", "CIN": "N1"}, {})),
    passes(
        "504",
        "the same, and two blanks",
        Episodes=[*pair({"REC": "X1", "CIN": "N1"}, {"CIN": "N1"}), {**A2, **FIRST, "REC": "X1"}, A2 | SECOND],
    ),
    passes("504", "left care before", Episodes=pair({"REC": "E4A", "CIN": "N1"}, {"CIN": "N2"})),
    passes(
        "504", "a day between", Episodes=[{**FIRST, "REC": "X1", "CIN": "N1"}, {"DECOM": "02/06/2022", "CIN": "N2"}]
    ),
    fires(
        "386",
        "the eighteenth birthday",
        flags={"Episodes": [0]},
        Header=BORN,
        Episodes={"DEC": "28/02/2022", "REC": "E11"},
    ),
    passes("386", "the day before", Header=BORN, Episodes={"DEC": "27/02/2022", "REC": "E12"}),
    passes("386", "no adoption", Header=BORN, Episodes={"DEC": "01/03/2022", "REC": "E8"}),
    passes(
        "386",
        "days that cannot be judged",
        Header=[BORN, A2 | {"DOB": "31/06/2000"}],
        Episodes=[{"DEC": None, "REC": "E11"}, {**A2, "DEC": "01/03/2022", "REC": "E11"}],
    ),
    fires(
        "386",
        "two Header rows",
        flags={"Episodes": [0]},
        Header=[{"DOB": None}, {"DOB": "01/01/2000"}],
        Episodes={"DEC": "01/03/2022", "REC": "E11"},
    ),
    skips("386", "no Header", reason="no Header", Episodes={"DEC": "01/03/2022", "REC": "E11"}),
    fires(
        "387",
        "thirteen",
        flags={"Episodes": [0, 1]},
        Header={"DOB": "02/06/2008"},
        Episodes=[{"DEC": "01/06/2022", "REC": rec} for rec in ("E5", "E6")],
    ),
    passes("387", "the fourteenth birthday", Header={"DOB": "01/06/2008"}, Episodes={"DEC": "01/06/2022", "REC": "E5"}),
    passes(
        "387",
        "no Header row, no DOB, no DEC",
        Header=[{"DOB": None}, A2 | {"DOB": "02/06/2008"}],
        Episodes=[
            {"DEC": "01/06/2022", "REC": "E5"},
            A2 | {"REC": "E5"},
            {"CHILD": "A3", "DEC": "01/06/2022", "REC": "E5"},
        ],
    ),
    fires(
        "389",
        "fifteen",
        flags={"Episodes": [0]},
        Header={"DOB": "02/06/2006"},
        Episodes={"DEC": "01/06/2022", "REC": "E7"},
    ),
    passes("389", "the sixteenth birthday", Header={"DOB": "01/06/2006"}, Episodes={"DEC": "01/06/2022", "REC": "E7"}),
    passes(
        "389",
        "no Header row, no DEC",
        Header=A2 | {"DOB": "02/06/2006"},
        Episodes=[{"DEC": "01/06/2022", "REC": "E7"}, A2 | {"REC": "E7"}],
    ),
    fires(
        "460",
        "seventeen",
        flags={"Episodes": [0]},
        Header={"DOB": "02/06/2004"},
        Episodes={"DEC": "01/06/2022", "REC": "E17"},
    ),
    passes(
        "460", "the eighteenth birthday", Header={"DOB": "01/06/2004"}, Episodes={"DEC": "01/06/2022", "REC": "E17"}
    ),
    fires(
        "460",
        "two Header rows",
        flags={"Episodes": [0]},
        Header=[{"DOB": "01/06/2004"}, {"DOB": "02/06/2004"}],
        Episodes={"DEC": "01/06/2022", "REC": "E17"},
    ),
    fires(
        "407",
        "the eighteenth birthday",
        flags={"Episodes": [0], "Header": [0]},
        Header=BORN,
        Episodes={"DEC": "28/02/2022", "REC": "E45"},
    ),
    passes("407", "the day before", Header=BORN, Episodes={"DEC": "27/02/2022", "REC": "E48"}),
    passes("407", "adopted", Header=BORN, Episodes={"DEC": "28/02/2022", "REC": "E11"}),
    fires(
        "407",
        "two Header rows: the one that makes an adult",
        flags={"Episodes": [0], "Header": [1]},
        Header=[{"DOB": "01/03/2004"}, BORN],
        Episodes={"DEC": "28/02/2022", "REC": "E46"},
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_episodes(case: Case) -> None:
    check(case)
