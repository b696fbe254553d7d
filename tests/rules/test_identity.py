"""Who each child is: sex, date of birth, ethnic background and pupil number."""

from __future__ import annotations

import pytest

from returns903.testing.cases import NOTHING, Case, check, fires, passes, skips

FLAGGED = {"Header": [0]}
CASES = [
    fires("101", "a sex of the later codes", flags=FLAGGED, Header={"SEX": "M"}),
    fires("101", "a blank", flags=FLAGGED, year="2023-24", Header={"SEX": None}),
    passes("101", "male and female", Header=[{"SEX": "1"}, {"CHILD": "A2", "SEX": "2"}]),
    fires("101", "a sex of the earlier codes", flags=FLAGGED, year="2024-25", Header={"SEX": "1"}),
    fires("101", "a blank", flags=FLAGGED, year="2026-27", Header={"SEX": None}),
    passes("101", "the three codes", year="2024-25", Header=[{"SEX": "M"}, {"SEX": "F"}, {"SEX": "U"}]),
    fires("102", "a blank", flags=FLAGGED, Header={"DOB": None}),
    fires("102", "31 June is no day", flags=FLAGGED, Header={"DOB": "31/06/2012"}),
    fires("102", "a year of two figures", flags={"Header": [1]}, Header=[{"DOB": "01/06/2012"}, {"DOB": "01/06/12"}]),
    passes("102", "29 February of a leap year", Header={"DOB": "29/02/2012"}),
    fires("103", "no code of the list", flags=FLAGGED, Header={"ETHNIC": "WHIT"}),
    fires("103", "a blank", flags=FLAGGED, Header={"ETHNIC": None}),
    passes("103", "not obtained yet", Header={"ETHNIC": "NOBT"}),
    fires(
        "168",
        "a first letter that is not used",
        flags={"Header": [0, 1, 2]},
        Header=[{"UPN": "I12345678901A"}, {"UPN": "O123456789012"}, {"UPN": "S123456789012"}],
    ),
    fires("168", "a figure short", flags=FLAGGED, Header={"UPN": "A12345678901"}),
    fires("168", "a figure more", flags=FLAGGED, Header={"UPN": "A1234567890123"}),
    fires("168", "a line break behind it", flags=FLAGGED, Header={"UPN": "A123456789012\n"}),
    fires("168", "no such code for an unknown number", flags=FLAGGED, Header={"UPN": "UN6"}),
    fires("168", "two letters at the end", flags=FLAGGED, Header={"UPN": "A1234567890AB"}),
    passes("168", "12 figures", Header={"UPN": "A123456789012"}),
    passes("168", "11 figures and a letter, which may be I, O or S", Header={"UPN": "Z12345678901S"}),
    passes("168", "a code for an unknown number", Header=[{"UPN": "UN1"}, {"UPN": "UN5"}]),
    passes("168", "a blank", Header={"UPN": None}),
    fires("171", "30 February is no day", flags=FLAGGED, Header={"MC_DOB": "30/02/2022"}),
    passes("171", "a blank", Header={"MC_DOB": None}),
    passes("171", "a date without its leading zeros", Header={"MC_DOB": "1/2/2022"}),
    fires("174", "a male with a child's date of birth", flags=FLAGGED, Header={"SEX": "1", "MC_DOB": "01/02/2022"}),
    fires("174", "it need not be readable", flags=FLAGGED, Header={"SEX": "1", "MC_DOB": "YES"}),
    passes("174", "a female", Header={"SEX": "2", "MC_DOB": "01/02/2022"}),
    passes("174", "no date", year="2023-24", Header={"SEX": "1", "MC_DOB": None}),
    fires("174", "a male", flags=FLAGGED, year="2024-25", Header={"SEX": "M", "MC_DOB": "99/99/2022"}),
    passes("174", "a female", year="2024-25", Header={"SEX": "F", "MC_DOB": "01/02/2022"}),
    passes("174", "an earlier code", year="2024-25", Header={"SEX": "1", "MC_DOB": "01/02/2022"}),
    passes("174", "a blank sex", year="2024-25", Header={"SEX": None, "MC_DOB": "01/02/2022"}),
    fires("209", "4 on the day itself", flags=FLAGGED, Header={"UPN": "UN1", "DOB": "31/08/2017"}),
    passes("209", "4 a day later", Header={"UPN": "UN1", "DOB": "01/09/2017"}),
    passes("209", "another code", Header={"UPN": "UN2", "DOB": "31/08/2017"}),
    passes("209", "no date of birth", Header=[{"UPN": "UN1", "DOB": None}, {"UPN": "UN1", "DOB": "31/06/2017"}]),
    fires(
        "210",
        "in care since 23 March",
        flags={"Header": [0], "Episodes": [0]},
        Header={"UPN": "UN4"},
        Episodes={"DECOM": "23/03/2023"},
    ),
    passes("210", "in care since 24 March", Header={"UPN": "UN4"}, Episodes={"DECOM": "24/03/2023"}),
    passes("210", "another code", Header={"UPN": "UN3"}, Episodes={"DECOM": "23/03/2023"}),
    fires(
        "210",
        "the present episode is new, the period is not",
        flags={"Header": [0], "Episodes": [1]},
        Header={"UPN": "UN4"},
        Episodes=[{"DECOM": "27/03/2023"}, {"DECOM": "01/02/2023", "DEC": "27/03/2023"}],
    ),
    passes(
        "210",
        "back in care after a gap",
        Header={"UPN": "UN4"},
        Episodes=[{"DECOM": "27/03/2023"}, {"DECOM": "01/02/2023", "DEC": "26/03/2023"}],
    ),
    passes(
        "210", "care ended in the year", Header={"UPN": "UN4"}, Episodes={"DECOM": "01/02/2023", "DEC": "31/03/2023"}
    ),
    fires(
        "210",
        "an end in the next year",
        flags={"Header": [0], "Episodes": [0]},
        Header={"UPN": "UN4"},
        Episodes={"DECOM": "01/02/2023", "DEC": "01/04/2023"},
    ),
    fires(
        "210",
        "an end that cannot be read",
        flags={"Header": [0], "Episodes": [0]},
        Header={"UPN": "UN4"},
        Episodes={"DECOM": "01/02/2023", "DEC": "31/02/2023"},
    ),
    passes("210", "a start that cannot be read", Header={"UPN": "UN4"}, Episodes={"DECOM": "31/02/2023"}),
    passes("210", "a child without episodes", Header={"UPN": "UN4"}, Episodes=NOTHING),
    fires(
        "210",
        "the second Header row",
        flags={"Header": [1], "Episodes": [0]},
        Header=[{"UPN": None}, {"UPN": "UN4"}],
        Episodes={"DECOM": "01/02/2023"},
    ),
    passes(
        "210",
        "a blank CHILD is nobody's",
        Header={"CHILD": None, "UPN": "UN4"},
        Episodes={"CHILD": None, "DECOM": "01/02/2023"},
    ),
    fires("232", "unknown", flags={"Header": [0]}, Header={"SEX": "U"}),
    fires("232", "unknown, in a small letter", flags={"Header": [0]}, Header={"SEX": "u"}),
    passes("232", "a known sex, and a blank", Header=[{"SEX": "F"}, {"SEX": None}]),
    fires("442", "a blank in care", flags=FLAGGED, Header={"UPN": None}, Episodes={"LS": "C2"}),
    fires("442", "a blank LS counts", flags=FLAGGED, Header={"UPN": None}, Episodes={"LS": None}),
    fires(
        "442",
        "one episode beside a short break",
        flags=FLAGGED,
        Header={"UPN": None},
        Episodes=[{"LS": "V3"}, {"LS": "V2"}],
    ),
    passes("442", "short breaks alone", Header={"UPN": None}, Episodes=[{"LS": "V3"}, {"LS": "V4"}]),
    passes("442", "a code for an unknown number", Header={"UPN": "UN5"}, Episodes={"LS": "C2"}),
    passes("442", "a child without episodes", Header={"UPN": None}, Episodes={"CHILD": "A2", "LS": "C2"}),
    passes("442", "a blank CHILD is nobody's", Header={"CHILD": None}, Episodes={"CHILD": None, "LS": "C2"}),
    skips("442", "there are no episodes to look at", reason="no Episodes", Header={"UPN": None}),
    fires(
        "444",
        "two children",
        flags={"Header": [0, 2]},
        Header=[
            {"UPN": "A123456789012"},
            {"CHILD": "A2", "UPN": "B123456789012"},
            {"CHILD": "A3", "UPN": "A123456789012"},
        ],
    ),
    fires(
        "444", "one child twice", flags={"Header": [0, 1]}, Header=[{"UPN": "A123456789012"}, {"UPN": "A123456789012"}]
    ),
    fires(
        "444",
        "rows without CHILD",
        flags={"Header": [0, 1]},
        Header=[{"CHILD": None, "UPN": "A123456789012"}, {"CHILD": None, "UPN": "A123456789012"}],
    ),
    passes("444", "two numbers", Header=[{"UPN": "A123456789012"}, {"CHILD": "A2", "UPN": "A123456789013"}]),
    passes("444", "a code for an unknown number", Header=[{"UPN": "UN1"}, {"CHILD": "A2", "UPN": "UN1"}]),
    passes("444", "two blanks", Header=[{"UPN": None}, {"CHILD": "A2", "UPN": None}]),
    fires("EPI", "another child's rows", flags=FLAGGED, Header={}, Episodes={"CHILD": "A2"}, OC3={"CHILD": "A3"}),
    fires("EPI", "neither table is there", flags=FLAGGED, Header={}),
    fires("EPI", "a blank CHILD is nobody's", flags=FLAGGED, Header={"CHILD": None}, Episodes={"CHILD": None}),
    passes("EPI", "an episode", Header={}, Episodes={}),
    passes("EPI", "a care leaver", Header={}, Episodes={"CHILD": "A2"}, OC3={}),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_identity(case: Case) -> None:
    check(case)
