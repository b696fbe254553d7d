"""Whether a girl in care is a mother, and when her first child was born."""

from __future__ import annotations

import pytest

from returns903.testing.cases import NOTHING, Case, check, fires, passes, skips

HEADER = {"Header": [0]}
IN_CARE = {"LS": "C2", "DECOM": "01/05/2022"}
BEFORE = {"LS": "C2", "DECOM": "01/05/2020", "DEC": "31/03/2022"}
LEFT = {"LS": "C2", "DEC": "31/03/2023", "REC": "E13"}
CASES = [
    fires("165", "neither 0 nor 1", flags=HEADER, Header={"SEX": "2", "MOTHER": "2"}, Episodes=IN_CARE, OC3=NOTHING),
    fires(
        "165", "neither 0 nor 1, whatever the sex", flags=HEADER, Header={"MOTHER": "Y"}, Episodes=IN_CARE, OC3=NOTHING
    ),
    fires("165", "a male", flags=HEADER, Header={"SEX": "1", "MOTHER": "0"}, Episodes=IN_CARE, OC3=NOTHING),
    fires(
        "165",
        "a male of the later code",
        flags=HEADER,
        year="2024-25",
        Header={"SEX": "M", "MOTHER": "0"},
        Episodes=IN_CARE,
        OC3=NOTHING,
    ),
    fires(
        "165",
        "a male care leaver, with his row in OC3",
        flags={"Header": [0], "OC3": [0]},
        Header={"SEX": "M", "MOTHER": "0"},
        Episodes=NOTHING,
        OC3={"IN_TOUCH": "YES"},
    ),
    fires("165", "a blank for a girl in care", flags=HEADER, Header={"SEX": "2"}, Episodes=IN_CARE, OC3=NOTHING),
    fires(
        "165",
        "a blank for a girl of the later code",
        flags=HEADER,
        year="2025-26",
        Header={"SEX": "F"},
        Episodes=IN_CARE,
        OC3=NOTHING,
    ),
    fires(
        "165",
        "a blank for a girl in care who is a care leaver too",
        flags={"Header": [0], "OC3": [0]},
        Header={"SEX": "2"},
        Episodes=IN_CARE,
        OC3={"IN_TOUCH": "YES"},
    ),
    fires(
        "165",
        "an end that cannot be read lasts on",
        flags={"Header": [0], "OC3": [0]},
        Header={"SEX": "2"},
        Episodes={**BEFORE, "DEC": "31/02/2022"},
        OC3={"IN_TOUCH": "YES"},
    ),
    fires(
        "165",
        "an end on the first day of the year",
        flags={"Header": [0], "OC3": [0]},
        Header={"SEX": "2"},
        Episodes={**BEFORE, "DEC": "01/04/2022"},
        OC3={"IN_TOUCH": "YES"},
    ),
    passes(
        "165",
        "an end the day before the year, and a care leaver",
        Header={"SEX": "2"},
        Episodes=BEFORE,
        OC3={"IN_TOUCH": "YES"},
    ),
    fires(
        "165",
        "no care leaver's items",
        flags={"Header": [0], "OC3": [0]},
        Header={"SEX": "2"},
        Episodes=BEFORE,
        OC3={"IN_TOUCH": None},
    ),
    fires(
        "165",
        "neither episodes nor care leaver's items",
        flags=HEADER,
        Header={"SEX": "2"},
        Episodes=NOTHING,
        OC3=NOTHING,
    ),
    passes("165", "a care leaver without episodes", Header={"SEX": "2"}, Episodes=NOTHING, OC3={"ACCOM": "B1"}),
    passes("165", "short breaks alone", Header={"SEX": "2"}, Episodes={**IN_CARE, "LS": "V3"}, OC3=NOTHING),
    passes(
        "165",
        "short breaks are no episodes of a care leaver",
        Header={"SEX": "2"},
        Episodes=[{**IN_CARE, "LS": "V4"}, BEFORE],
        OC3={"ACTIV": "F1"},
    ),
    fires(
        "165",
        "a blank LS is no short break",
        flags=HEADER,
        Header={"SEX": "2"},
        Episodes={**IN_CARE, "LS": None},
        OC3=NOTHING,
    ),
    passes(
        "165",
        "a girl with 0, a mother, a boy without",
        Header=[{"SEX": "2", "MOTHER": "0"}, {"SEX": "F", "MOTHER": "1"}, {"SEX": "1"}],
        Episodes=IN_CARE,
        OC3=NOTHING,
    ),
    passes(
        "165", "a blank where the sex is not known", Header=[{"SEX": "U"}, {"SEX": None}], Episodes=IN_CARE, OC3=NOTHING
    ),
    fires(
        "165",
        "the second Header row",
        flags={"Header": [1]},
        Header=[{"SEX": "2", "MOTHER": "0"}, {"SEX": "2"}],
        Episodes=IN_CARE,
        OC3=NOTHING,
    ),
    skips("165", "no OC3", reason="no OC3", Header={"SEX": "2"}, Episodes=IN_CARE),
    fires("393", "a blank", flags=HEADER, Header={"SEX": "2"}, Episodes={"LS": "C2"}),
    fires("393", "a blank LS counts", flags=HEADER, year="2023-24", Header={"SEX": "2"}, Episodes={"LS": None}),
    fires(
        "393",
        "one episode beside a short break",
        flags=HEADER,
        Header={"SEX": "2"},
        Episodes=[{"LS": "V3"}, {"LS": "C1"}],
    ),
    passes("393", "short breaks alone", Header={"SEX": "2"}, Episodes=[{"LS": "V3"}, {"LS": "v4"}]),
    passes("393", "not a mother", Header={"SEX": "2", "MOTHER": "0"}, Episodes={"LS": "C2"}),
    passes("393", "a boy", Header={"SEX": "1"}, Episodes={"LS": "C2"}),
    passes("393", "a later code", Header={"SEX": "F"}, Episodes={"LS": "C2"}),
    passes("393", "no episodes", Header={"SEX": "2"}, Episodes=NOTHING),
    passes(
        "393", "a blank CHILD is nobody's", Header={"CHILD": None, "SEX": "2"}, Episodes={"CHILD": None, "LS": "C2"}
    ),
    fires("393", "a blank", flags=HEADER, year="2024-25", Header={"SEX": "F"}, Episodes={"LS": "C2"}),
    passes("393", "an earlier code", year="2024-25", Header={"SEX": "2"}, Episodes={"LS": "C2"}),
    passes("393", "short breaks alone", year="2024-25", Header={"SEX": "F"}, Episodes={"LS": "V4"}),
    fires(
        "607", "the last day of the year", flags={"Episodes": [0], "Header": [0]}, Header={"SEX": "2"}, Episodes=LEFT
    ),
    fires(
        "607",
        "the first day of the year",
        flags={"Episodes": [0], "Header": [0]},
        Header={"SEX": "2"},
        Episodes={**LEFT, "DEC": "01/04/2022"},
    ),
    passes("607", "the day before the year", Header={"SEX": "2"}, Episodes={**LEFT, "DEC": "31/03/2022"}),
    passes("607", "the day after the year", Header={"SEX": "2"}, Episodes={**LEFT, "DEC": "01/04/2023"}),
    passes("607", "an end that cannot be read", Header={"SEX": "2"}, Episodes={**LEFT, "DEC": "32/03/2023"}),
    passes("607", "a change of episode", Header={"SEX": "2"}, Episodes={**LEFT, "REC": "X1"}),
    passes("607", "no reason", Header={"SEX": "2"}, Episodes={**LEFT, "REC": None}),
    passes("607", "a short break", Header={"SEX": "2"}, Episodes={**LEFT, "LS": "V3"}),
    fires(
        "607",
        "a blank LS counts",
        flags={"Episodes": [0], "Header": [0]},
        Header={"SEX": "2"},
        Episodes={**LEFT, "LS": None},
    ),
    fires(
        "607",
        "every such episode",
        flags={"Episodes": [0, 2], "Header": [0]},
        Header={"SEX": "2"},
        Episodes=[{**LEFT, "DEC": "01/06/2022"}, {**LEFT, "REC": "X1"}, LEFT],
    ),
    fires(
        "607",
        "the second Header row",
        flags={"Episodes": [0], "Header": [1]},
        Header=[{"SEX": "2", "MOTHER": "0"}, {"SEX": "2"}],
        Episodes=LEFT,
    ),
    passes("607", "not a mother", Header={"SEX": "2", "MOTHER": "0"}, Episodes=LEFT),
    passes("607", "a boy", Header={"SEX": "1"}, Episodes=LEFT),
    passes("607", "a child not in Header", Header={"CHILD": "A2", "SEX": "2"}, Episodes=LEFT),
    fires(
        "607",
        "a girl",
        flags={"Episodes": [0], "Header": [0]},
        year="2024-25",
        Header={"SEX": "F"},
        Episodes={**LEFT, "DEC": "31/03/2025"},
    ),
    passes("607", "an earlier code", year="2024-25", Header={"SEX": "2"}, Episodes={**LEFT, "DEC": "31/03/2025"}),
    passes("607", "the year before", year="2024-25", Header={"SEX": "F"}, Episodes={**LEFT, "DEC": "31/03/2024"}),
    fires("611", "a blank", flags=HEADER, Header={"MOTHER": "1", "MC_DOB": None}),
    passes(
        "611",
        "a date, and one that cannot be read",
        Header=[{"MOTHER": "1", "MC_DOB": "01/05/2022"}, {"MOTHER": "1", "MC_DOB": "?"}],
    ),
    passes(
        "611", "not a mother, and a blank", Header=[{"MOTHER": "0", "MC_DOB": None}, {"MOTHER": None, "MC_DOB": None}]
    ),
    fires("612", "not a mother", flags=HEADER, Header={"SEX": "2", "MOTHER": "0", "MC_DOB": "01/05/2022"}),
    fires("612", "not said to be a mother", flags=HEADER, Header={"SEX": "2", "MOTHER": None, "MC_DOB": "01/05/2022"}),
    fires("612", "the date need not be readable", flags=HEADER, Header={"SEX": "2", "MOTHER": "0", "MC_DOB": "?"}),
    passes("612", "a mother", Header={"SEX": "2", "MOTHER": "1", "MC_DOB": "01/05/2022"}),
    passes("612", "no date", Header={"SEX": "2", "MOTHER": "0", "MC_DOB": None}),
    passes("612", "a boy", year="2023-24", Header={"SEX": "1", "MOTHER": "0", "MC_DOB": "01/05/2022"}),
    fires(
        "612", "not a mother", flags=HEADER, year="2024-25", Header={"SEX": "F", "MOTHER": "0", "MC_DOB": "01/05/2022"}
    ),
    fires("612", "not said to be a mother", flags=HEADER, year="2025-26", Header={"SEX": "F", "MC_DOB": "01/05/2022"}),
    passes("612", "an earlier code", year="2024-25", Header={"SEX": "2", "MOTHER": "0", "MC_DOB": "01/05/2022"}),
    passes("612", "a mother", year="2024-25", Header={"SEX": "F", "MOTHER": "1", "MC_DOB": "01/05/2022"}),
    fires("620", "11 the day after the year began", flags=HEADER, Header={"MOTHER": "1", "DOB": "02/04/2011"}),
    passes("620", "11 on its first day", Header={"MOTHER": "1", "DOB": "01/04/2011"}),
    passes("620", "not a mother", Header={"MOTHER": "0", "DOB": "02/04/2011"}),
    passes("620", "no date of birth", Header=[{"MOTHER": "1", "DOB": None}, {"MOTHER": "1", "DOB": "31/06/2015"}]),
    fires("621", "born on one day", flags=HEADER, Header={"DOB": "01/05/2006", "MC_DOB": "01/05/2006"}),
    fires("621", "born after her child", flags=HEADER, Header={"DOB": "01/05/2006", "MC_DOB": "30/04/2006"}),
    passes("621", "born the day before", Header={"DOB": "01/05/2006", "MC_DOB": "02/05/2006"}),
    passes(
        "621",
        "no date of birth of her own",
        Header=[{"DOB": None, "MC_DOB": "01/05/2006"}, {"DOB": "?", "MC_DOB": "01/05/2006"}],
    ),
    passes(
        "621", "none of the child", Header=[{"DOB": "01/05/2006", "MC_DOB": None}, {"DOB": "01/05/2006", "MC_DOB": "?"}]
    ),
    fires(
        "625",
        "the day after she left",
        flags={"Episodes": [0], "Header": [0]},
        Header={"MC_DOB": "02/06/2022"},
        Episodes={"DECOM": "01/05/2022", "DEC": "01/06/2022"},
    ),
    passes(
        "625",
        "the day she left",
        Header={"MC_DOB": "01/06/2022"},
        Episodes={"DECOM": "01/05/2022", "DEC": "01/06/2022"},
    ),
    fires(
        "625",
        "still in care, after the year",
        flags={"Episodes": [0], "Header": [0]},
        Header={"MC_DOB": "01/04/2023"},
        Episodes={"DECOM": "01/05/2022"},
    ),
    passes("625", "still in care, on its last day", Header={"MC_DOB": "31/03/2023"}, Episodes={"DECOM": "01/05/2022"}),
    passes(
        "625",
        "an end that cannot be read counts as none",
        Header={"MC_DOB": "31/03/2023"},
        Episodes={"DECOM": "01/05/2022", "DEC": "31/06/2022"},
    ),
    passes(
        "625",
        "after an earlier episode, not after the latest",
        Header={"MC_DOB": "01/03/2023"},
        Episodes=[{"DECOM": "01/06/2022"}, {"DECOM": "01/05/2022", "DEC": "01/06/2022"}],
    ),
    fires(
        "625",
        "the latest by DECOM, not by DEC",
        flags={"Episodes": [1], "Header": [0]},
        Header={"MC_DOB": "01/08/2022"},
        Episodes=[{"DECOM": "01/05/2022", "DEC": "01/09/2022"}, {"DECOM": "01/06/2022", "DEC": "01/07/2022"}],
    ),
    passes(
        "625",
        "of two on one day the first in the file",
        Header={"MC_DOB": "01/08/2022"},
        Episodes=[{"DECOM": "01/05/2022", "DEC": "01/09/2022"}, {"DECOM": "01/05/2022", "DEC": "01/07/2022"}],
    ),
    passes("625", "no start that can be read", Header={"MC_DOB": "01/04/2023"}, Episodes={"DECOM": "31/04/2022"}),
    passes("625", "no birth", Header=[{"MC_DOB": None}, {"MC_DOB": "31/06/2024"}], Episodes={"DECOM": "01/05/2022"}),
    fires(
        "625",
        "the second Header row",
        flags={"Episodes": [0], "Header": [1]},
        Header=[{"MC_DOB": None}, {"MC_DOB": "01/04/2023"}],
        Episodes={"DECOM": "01/05/2022"},
    ),
    fires("628", "a care leaver", flags=HEADER, Header={"MOTHER": "0"}, Episodes=NOTHING, OC3={"IN_TOUCH": "YES"}),
    fires(
        "628", "one item is enough", flags=HEADER, Header={"MOTHER": "1"}, Episodes={"CHILD": "A2"}, OC3={"ACCOM": "B1"}
    ),
    passes("628", "a blank", Header={"MOTHER": None}, Episodes=NOTHING, OC3={"IN_TOUCH": "YES"}),
    passes("628", "an episode", Header={"MOTHER": "0"}, Episodes={}, OC3={"IN_TOUCH": "YES"}),
    passes(
        "628",
        "no items",
        Header={"MOTHER": "0"},
        Episodes=NOTHING,
        OC3={"IN_TOUCH": None, "ACTIV": None, "ACCOM": None},
    ),
    passes("628", "another's items", Header={"MOTHER": "0"}, Episodes=NOTHING, OC3={"CHILD": "A2", "IN_TOUCH": "YES"}),
    skips(
        "628", "no episodes to look for her in", reason="no Episodes", Header={"MOTHER": "0"}, OC3={"IN_TOUCH": "YES"}
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_motherhood(case: Case) -> None:
    check(case)
