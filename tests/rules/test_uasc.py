"""Unaccompanied asylum-seeking children."""

from __future__ import annotations

import pytest

from returns903.testing.cases import NOTHING, Case, check, fires, passes, skips

ENDED = {"DOB": "01/05/2004", "DUC": "01/06/2021"}
MARKED = {"UASC": "1"}
NOT_MARKED = {"UASC": "0"}
NO_OWN_MARKER = "no asylum marker of its own in Header: it is worked out from the UASC table"
NO_MARKER = "no asylum marker: neither UASC in Header nor the UASC table"

CASES = [
    fires("104", "31 June is no day", flags={"UASC": [0]}, UASC={"DUC": "31/06/2022"}),
    fires("104", "the day before the year", flags={"UASC": [0]}, UASC={"DUC": "31/03/2022"}),
    passes("104", "the first day of the year", UASC={"DUC": "01/04/2022"}),
    passes("104", "a blank", UASC={"DUC": None}),
    fires(
        "105",
        "a blank, a text and another number",
        flags={"Header": [0, 1, 2]},
        Header=[{"UASC": None}, {"UASC": "X"}, {"UASC": "2"}, {"UASC": "1"}],
    ),
    passes("105", "0 and 1", Header=[NOT_MARKED, MARKED]),
    skips("105", "the marker is worked out", reason=NO_OWN_MARKER, Header={"SEX": "1"}, UASC={"DUC": None}),
    fires(
        "205A",
        "ended the year before last",
        flags={"UASC": [0], "Header": [0]},
        Header=NOT_MARKED,
        UASC={},
        previous={"Header": MARKED, "UASC": {"DUC": "31/03/2021"}},
    ),
    passes(
        "205A",
        "ended on the first day of last year",
        Header=NOT_MARKED,
        UASC={},
        previous={"Header": MARKED, "UASC": {"DUC": "01/04/2021"}},
    ),
    fires(
        "205A",
        "no end last year",
        flags={"UASC": [0], "Header": [0]},
        Header=NOT_MARKED,
        UASC={},
        previous={"Header": MARKED, "UASC": {"DUC": None}},
    ),
    fires(
        "205A",
        "an unreadable end last year",
        flags={"UASC": [0], "Header": [0]},
        Header=NOT_MARKED,
        UASC={},
        previous={"Header": MARKED, "UASC": {"DUC": "2021"}},
    ),
    fires(
        "205A",
        "an end this year, though it is unreadable",
        flags={"UASC": [0], "Header": [0]},
        Header=NOT_MARKED,
        UASC={"DUC": "soon"},
        previous={"Header": MARKED, "UASC": ENDED},
    ),
    fires(
        "205A",
        "a blank marker now",
        flags={"UASC": [0], "Header": [0]},
        Header={"UASC": None},
        UASC=ENDED,
        previous={"Header": MARKED, "UASC": ENDED},
    ),
    fires(
        "205A",
        "two Header rows, each judged by its own marker",
        flags={"UASC": [0], "Header": [1]},
        Header=[MARKED, NOT_MARKED],
        UASC=ENDED,
        previous={"Header": MARKED, "UASC": ENDED},
    ),
    fires(
        "205A",
        "a child missing from Header has no marker",
        flags={"UASC": [0]},
        Header={"CHILD": "B2", **MARKED},
        UASC=ENDED,
        previous={"Header": MARKED, "UASC": ENDED},
    ),
    fires(
        "205A",
        "without Header a row that gives neither sex nor end is no marker",
        flags={"UASC": [0]},
        UASC={"DOB": "01/05/2004"},
        previous={"UASC": {"DUC": "31/03/2021"}},
    ),
    passes("205A", "without Header the sex is a marker", UASC={"SEX": "1"}, previous={"UASC": {"DUC": "31/03/2021"}}),
    passes(
        "205A",
        "not in last year's table, whatever last year's Header says",
        Header=NOT_MARKED,
        UASC=ENDED,
        previous={"Header": MARKED, "UASC": {"CHILD": "B2", **ENDED}},
    ),
    passes(
        "205A",
        "a row of UASC is the marker where Header brings none",
        Header={"SEX": "1"},
        UASC=ENDED,
        previous={"Header": {"SEX": "1"}, "UASC": ENDED},
    ),
    passes(
        "205A",
        "blank identifiers are no child",
        Header={"CHILD": None, **NOT_MARKED},
        UASC={"CHILD": None, **ENDED},
        previous={"Header": {"CHILD": None, **MARKED}, "UASC": {"CHILD": None, **ENDED}},
    ),
    skips("205A", "no previous return", reason="no previous return", Header=NOT_MARKED, UASC=ENDED),
    skips(
        "205A",
        "no UASC last year",
        reason="no UASC in the previous return",
        Header=NOT_MARKED,
        UASC=ENDED,
        previous={"Header": MARKED},
    ),
    fires(
        "205B",
        "last year's end was not the 18th birthday",
        flags={"UASC": [0], "Header": [0]},
        Header=MARKED,
        UASC={"DUC": "01/05/2022"},
        previous={"Header": MARKED, "UASC": {"DOB": "01/05/2004", "DUC": "02/05/2022"}},
    ),
    passes(
        "205B",
        "it was, and it comes this year",
        Header=MARKED,
        UASC={"DUC": "01/05/2022"},
        previous={"Header": MARKED, "UASC": {"DOB": "01/05/2004", "DUC": "01/05/2022"}},
    ),
    passes(
        "205B",
        "it is still to come",
        Header=MARKED,
        UASC={"DUC": "01/05/2026"},
        previous={"Header": MARKED, "UASC": {"DOB": "01/05/2008", "DUC": "01/05/2026"}},
    ),
    fires(
        "205B",
        "another end, the day after the year",
        flags={"UASC": [0], "Header": [0]},
        Header=MARKED,
        UASC={"DUC": "01/04/2023"},
        previous={"Header": MARKED, "UASC": {"DOB": "01/05/2008", "DUC": "01/05/2026"}},
    ),
    passes(
        "205B",
        "another end, the last day of the year",
        Header=MARKED,
        UASC={"DUC": "31/03/2023"},
        previous={"Header": MARKED, "UASC": {"DOB": "01/05/2008", "DUC": "01/05/2026"}},
    ),
    passes(
        "205B",
        "born on 29 February",
        Header=MARKED,
        UASC={"DUC": "28/02/2022"},
        previous={"Header": MARKED, "UASC": {"DOB": "29/02/2004", "DUC": "28/02/2022"}},
    ),
    fires(
        "205B",
        "no end now",
        flags={"UASC": [0], "Header": [0]},
        Header=MARKED,
        UASC={"DUC": None},
        previous={"Header": MARKED, "UASC": {"DOB": "01/05/2008", "DUC": "01/05/2026"}},
    ),
    fires(
        "205B",
        "no end last year; no Header",
        flags={"UASC": [0]},
        UASC={"DUC": "01/05/2022"},
        previous={"UASC": {"SEX": "1", "DOB": "01/05/2004"}},
    ),
    passes(
        "205B",
        "marked this year only",
        Header=MARKED,
        UASC={"DUC": None},
        previous={"Header": NOT_MARKED, "UASC": {"DUC": None}},
    ),
    fires(
        "205C",
        "an end this year",
        flags={"UASC": [0], "Header": [0]},
        Header=NOT_MARKED,
        UASC=ENDED,
        previous={"Header": NOT_MARKED, "UASC": {"DUC": None}},
    ),
    fires(
        "205C",
        "an end last year, a blank marker",
        flags={"UASC": [0], "Header": [0]},
        Header={"UASC": None},
        UASC={},
        previous={"Header": NOT_MARKED, "UASC": ENDED},
    ),
    fires(
        "205C",
        "not in last year's table",
        flags={"UASC": [0], "Header": [0]},
        Header=NOT_MARKED,
        UASC=ENDED,
        previous={"Header": MARKED, "UASC": NOTHING},
    ),
    passes(
        "205C",
        "an unreadable end is none",
        Header=NOT_MARKED,
        UASC={"DUC": "soon"},
        previous={"Header": NOT_MARKED, "UASC": {"DUC": None}},
    ),
    passes(
        "205C", "marked last year", Header=NOT_MARKED, UASC=ENDED, previous={"Header": MARKED, "UASC": {"DUC": None}}
    ),
    passes("205C", "marked this year", Header=MARKED, UASC=ENDED, previous={"Header": NOT_MARKED, "UASC": ENDED}),
    fires(
        "205D",
        "marked now and not last year",
        flags={"Header": [0]},
        Header=MARKED,
        UASC=ENDED,
        previous={"Header": NOT_MARKED},
    ),
    fires(
        "205D",
        "a blank last year; two Header rows now",
        flags={"Header": [1]},
        Header=[NOT_MARKED, MARKED],
        previous={"Header": {"UASC": None}},
    ),
    passes("205D", "marked last year too", Header=MARKED, previous={"Header": MARKED}),
    passes("205D", "new this year", Header=MARKED, previous={"Header": {"CHILD": "B2", **NOT_MARKED}}),
    fires(
        "205D",
        "no Header: the row of UASC",
        flags={"UASC": [1]},
        UASC=[{"DOB": "01/05/2004"}, {"SEX": "1"}],
        previous={"UASC": {"DOB": "01/05/2004"}},
    ),
    passes("205D", "no Header, and an end last year", UASC={"SEX": "1"}, previous={"UASC": ENDED}),
    fires(
        "205D",
        "worked out from the UASC tables",
        flags={"Header": [0]},
        Header={"SEX": "1"},
        UASC=ENDED,
        previous={"Header": {"SEX": "1"}, "UASC": NOTHING},
    ),
    skips("205D", "no previous return", reason="no previous return", Header=MARKED),
    skips("205D", "no marker last year", reason=NO_MARKER, Header=MARKED, previous={"Episodes": NOTHING}),
    skips("205D", "no marker this year", reason=NO_MARKER, Header={"SEX": "1"}, previous={"Header": MARKED}),
    skips("205D", "neither table this year", reason=NO_MARKER, Episodes=NOTHING, previous={"Header": MARKED}),
    fires("231", "eleven the day after the year", flags={"Header": [0]}, Header={"DOB": "01/04/2014", **MARKED}),
    passes("231", "eleven on the last day", Header={"DOB": "31/03/2014", **MARKED}),
    passes("231", "no asylum seeker", Header={"DOB": "01/04/2014", **NOT_MARKED}),
    passes("231", "an unreadable date of birth", Header={"DOB": "2014", **MARKED}),
    fires("231", "a row of UASC is the marker", flags={"Header": [0]}, Header={"DOB": "01/04/2020"}, UASC={}),
    skips("231", "no marker", reason=NO_MARKER, Header={"DOB": "01/04/2014"}),
    fires("303", "an end, and 0", flags={"Header": [0], "UASC": [0]}, Header=NOT_MARKED, UASC=ENDED),
    fires(
        "303",
        "an unreadable end, and a blank",
        flags={"Header": [0], "UASC": [1]},
        Header={"UASC": None},
        UASC=[{"DUC": None}, {"DUC": "soon"}],
    ),
    passes("303", "an end, and 1", Header=MARKED, UASC=ENDED),
    passes("303", "0 without an end", Header=NOT_MARKED, UASC={"DUC": None}),
    passes("303", "no Header row", Header={"CHILD": "B2", **NOT_MARKED}, UASC=ENDED),
    passes("303", "a marker worked out from the table", Header={"SEX": "1"}, UASC=ENDED),
    fires(
        "304", "the day after the 18th birthday", flags={"UASC": [0]}, UASC={"DOB": "01/05/2004", "DUC": "02/05/2022"}
    ),
    passes("304", "the birthday itself", UASC={"DOB": "01/05/2004", "DUC": "01/05/2022"}),
    fires(
        "304",
        "born on 29 February: the day after 28 February",
        flags={"UASC": [0]},
        UASC={"DOB": "29/02/2004", "DUC": "01/03/2022"},
    ),
    passes("304", "born on 29 February", UASC={"DOB": "29/02/2004", "DUC": "28/02/2022"}),
    passes(
        "304", "no date of birth, or an unreadable end", UASC=[{"DUC": "02/05/2022"}, {"DOB": "01/05/2004", "DUC": "x"}]
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_uasc(case: Case) -> None:
    check(case)
