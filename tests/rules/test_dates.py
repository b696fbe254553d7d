"""Dates that must be real ones, follow one another, and lie where the collection year allows."""

from __future__ import annotations

import pytest

from returns903.testing.cases import NOTHING, Case, check, fires, passes

FIRST = {"Episodes": [0]}
CASES = [
    fires("141", "31 June is no day", flags=FIRST, Episodes={"DECOM": "31/06/2022"}),
    fires("141", "a year of two figures", flags=FIRST, Episodes={"DECOM": "01/05/22"}),
    fires("141", "the year first", flags=FIRST, Episodes={"DECOM": "2022-05-01"}),
    passes("141", "a blank", Episodes={"DECOM": None}),
    passes("141", "29 February of a leap year", Episodes={"DECOM": "29/02/2020"}),
    fires("147", "29 February of another year", flags=FIRST, Episodes={"DEC": "29/02/2023"}),
    fires("147", "a word", flags={"Episodes": [1]}, Episodes=[{"DEC": "28/02/2023"}, {"DEC": "OPEN"}]),
    passes("147", "a blank", Episodes={"DEC": None}),
    passes("147", "28 February", Episodes={"DEC": "28/02/2023"}),
    fires("301", "the day after the year", flags={"Header": [0]}, Header={"DOB": "01/04/2023"}),
    fires("301", "a later year", flags={"Header": [0]}, year="2024-25", Header={"DOB": "01/04/2025"}),
    passes("301", "the last day of the year", Header={"DOB": "31/03/2023"}),
    passes("301", "no date", Header=[{"DOB": None}, {"DOB": "31/06/2025"}]),
    fires(
        "302",
        "born the day after",
        flags={"Episodes": [0], "Header": [0]},
        Header={"DOB": "02/05/2022"},
        Episodes={"DECOM": "01/05/2022"},
    ),
    passes("302", "born on the day", Header={"DOB": "01/05/2022"}, Episodes={"DECOM": "01/05/2022"}),
    fires(
        "302",
        "the first by date, not by place in the file",
        flags={"Episodes": [1], "Header": [0]},
        Header={"DOB": "02/05/2022"},
        Episodes=[{"DECOM": "01/06/2022"}, {"DECOM": "01/05/2022"}],
    ),
    fires(
        "302",
        "the first of two on one day",
        flags={"Episodes": [0], "Header": [0]},
        Header={"DOB": "02/05/2022"},
        Episodes=[{"DECOM": "01/05/2022"}, {"DECOM": "01/05/2022"}],
    ),
    fires(
        "302",
        "the second Header row",
        flags={"Episodes": [0], "Header": [1]},
        Header=[{"DOB": "01/05/2012"}, {"DOB": "02/05/2022"}],
        Episodes={"DECOM": "01/05/2022"},
    ),
    fires(
        "302",
        "another start that cannot be read",
        flags={"Episodes": [1], "Header": [0]},
        Header={"DOB": "02/05/2022"},
        Episodes=[{"DECOM": "31/04/2022"}, {"DECOM": "01/05/2022"}],
    ),
    passes(
        "302",
        "no start that can be read",
        Header={"DOB": "02/05/2022"},
        Episodes=[{"DECOM": None}, {"DECOM": "31/04/2022"}],
    ),
    passes("302", "no date of birth", Header={"DOB": None}, Episodes={"DECOM": "01/05/2022"}),
    passes("302", "a child not in Header", Header=NOTHING, Episodes={"DECOM": "01/05/2022"}),
    passes(
        "302",
        "a blank CHILD is nobody's",
        Header={"CHILD": None, "DOB": "02/05/2022"},
        Episodes={"CHILD": None, "DECOM": "01/05/2022"},
    ),
    fires("351", "25 the day before the year", flags={"Header": [0]}, Header={"DOB": "31/03/1997"}),
    passes("351", "25 on its first day", Header={"DOB": "01/04/1997"}),
    passes("351", "no date", Header=[{"DOB": None}, {"DOB": "31/02/1990"}]),
    fires(
        "352",
        "on the birthday",
        flags=FIRST,
        Header={"DOB": "01/05/2004"},
        Episodes={"RNE": "S", "DECOM": "01/05/2022"},
    ),
    passes("352", "the day before", Header={"DOB": "01/05/2004"}, Episodes={"RNE": "S", "DECOM": "30/04/2022"}),
    fires(
        "352",
        "a leap day's birthday in another year",
        flags=FIRST,
        Header={"DOB": "29/02/2004"},
        Episodes={"RNE": "S", "DECOM": "28/02/2022"},
    ),
    passes(
        "352",
        "the day before a leap day's birthday",
        Header={"DOB": "29/02/2004"},
        Episodes={"RNE": "S", "DECOM": "27/02/2022"},
    ),
    passes("352", "another reason", Header={"DOB": "01/05/2004"}, Episodes={"RNE": "L", "DECOM": "01/05/2022"}),
    passes("352", "no reason", Header={"DOB": "01/05/2004"}, Episodes={"RNE": None, "DECOM": "01/05/2022"}),
    passes("352", "no date of birth", Header={"DOB": "31/06/2004"}, Episodes={"RNE": "S", "DECOM": "01/05/2022"}),
    passes("352", "no start", Header={"DOB": "01/05/2004"}, Episodes={"RNE": "S", "DECOM": None}),
    fires(
        "352",
        "one of two Header rows",
        flags=FIRST,
        Header=[{"DOB": "01/05/2014"}, {"DOB": "01/05/2004"}],
        Episodes={"RNE": "S", "DECOM": "01/05/2022"},
    ),
    fires("353", "the day before", flags=FIRST, Episodes={"DECOM": "13/10/1991"}),
    passes("353", "the day itself", Episodes={"DECOM": "14/10/1991"}),
    passes("353", "no date", Episodes=[{"DECOM": None}, {"DECOM": "31/06/1990"}]),
    fires("354", "the day after the year", flags=FIRST, Episodes={"DECOM": "01/04/2023"}),
    passes("354", "the last day of the year", Episodes={"DECOM": "31/03/2023"}),
    passes("354", "no date", Episodes=[{"DECOM": None}, {"DECOM": "31/06/2023"}]),
    fires("355", "one day", flags=FIRST, Episodes={"DECOM": "01/05/2022", "DEC": "01/05/2022"}),
    fires("355", "one day written two ways", flags=FIRST, Episodes={"DECOM": "01/05/2022", "DEC": "1/5/2022"}),
    passes("355", "the next day", Episodes={"DECOM": "01/05/2022", "DEC": "02/05/2022"}),
    passes("355", "two blanks", Episodes={"DECOM": None, "DEC": None}),
    passes("355", "the same text, which is no date", Episodes={"DECOM": "31/06/2022", "DEC": "31/06/2022"}),
    fires("356", "a day too early", flags=FIRST, Episodes={"DECOM": "02/05/2022", "DEC": "01/05/2022"}),
    passes("356", "one day", Episodes={"DECOM": "02/05/2022", "DEC": "02/05/2022"}),
    passes("356", "still open", Episodes={"DECOM": "02/05/2022", "DEC": None}),
    passes("356", "an end that cannot be read", Episodes={"DECOM": "02/05/2022", "DEC": "31/04/2022"}),
    fires("385", "the day after the year", flags=FIRST, Episodes={"DEC": "01/04/2023"}),
    passes("385", "the last day of the year", Episodes={"DEC": "31/03/2023"}),
    passes("385", "no date", Episodes=[{"DEC": None}, {"DEC": "31/06/2023"}]),
    fires(
        "501",
        "a day too early",
        flags={"Episodes": [1]},
        Episodes=[{"DECOM": "01/05/2022", "DEC": "01/06/2022"}, {"DECOM": "31/05/2022"}],
    ),
    passes("501", "on the day", Episodes=[{"DECOM": "01/05/2022", "DEC": "01/06/2022"}, {"DECOM": "01/06/2022"}]),
    fires(
        "501",
        "ordered by date, not by place in the file",
        flags=FIRST,
        Episodes=[{"DECOM": "31/05/2022"}, {"DECOM": "01/05/2022", "DEC": "01/06/2022"}],
    ),
    fires(
        "501",
        "of two on one day the second in the file",
        flags={"Episodes": [1]},
        Episodes=[{"DECOM": "01/05/2022", "DEC": "01/06/2022"}, {"DECOM": "01/05/2022", "DEC": "01/06/2022"}],
    ),
    passes(
        "501",
        "only the episode just before is looked at",
        Episodes=[
            {"DECOM": "01/05/2022", "DEC": None},
            {"DECOM": "02/05/2022", "DEC": "03/05/2022"},
            {"DECOM": "03/05/2022"},
        ],
    ),
    passes(
        "501",
        "another child's",
        Episodes=[{"DECOM": "01/05/2022", "DEC": "01/06/2022"}, {"CHILD": "A2", "DECOM": "31/05/2022"}],
    ),
    passes("501", "the one before is open", Episodes=[{"DECOM": "01/05/2022", "DEC": None}, {"DECOM": "31/05/2022"}]),
    passes("501", "no start", Episodes=[{"DECOM": "01/05/2022", "DEC": "01/06/2022"}, {"DECOM": "31/04/2022"}]),
    passes(
        "501",
        "rows without CHILD are nobody's",
        Episodes=[{"CHILD": None, "DECOM": "01/05/2022", "DEC": "01/06/2022"}, {"CHILD": None, "DECOM": "31/05/2022"}],
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_dates(case: Case) -> None:
    check(case)
