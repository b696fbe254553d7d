"""A permanent home that a child had left care for before."""

from __future__ import annotations

import pytest

from returns903.testing.cases import NOTHING, Case, check, fires, passes, skips

STARTED = {"RNE": "S", "DECOM": "01/04/2022"}
COMPLETE = {"PREV_PERM": "P1", "LA_PERM": "301", "DATE_PERM": "ZZ/05/2020"}

CASES = [
    fires("630", "no row", flags={"Episodes": [0]}, Episodes=STARTED, PrevPerm=NOTHING),
    fires(
        "630", "another child's row", flags={"Episodes": [0]}, Episodes=STARTED, PrevPerm={"CHILD": "B2", **COMPLETE}
    ),
    fires("630", "a blank option", flags={"Episodes": [0]}, Episodes=STARTED, PrevPerm={**COMPLETE, "PREV_PERM": None}),
    fires("630", "no authority", flags={"Episodes": [0]}, Episodes=STARTED, PrevPerm={**COMPLETE, "LA_PERM": None}),
    fires("630", "no date", flags={"Episodes": [0]}, Episodes=STARTED, PrevPerm={**COMPLETE, "DATE_PERM": None}),
    fires(
        "630",
        "one of two rows is incomplete",
        flags={"Episodes": [0]},
        Episodes=STARTED,
        PrevPerm=[COMPLETE, {"PREV_PERM": "P1"}],
    ),
    fires(
        "630",
        "blank identifiers are no child",
        flags={"Episodes": [0]},
        Episodes={**STARTED, "CHILD": None},
        PrevPerm={**COMPLETE, "CHILD": None},
    ),
    passes("630", "complete", Episodes=STARTED, PrevPerm=COMPLETE),
    passes("630", "none needs no more", Episodes=STARTED, PrevPerm={"PREV_PERM": "Z1"}),
    passes("630", "started the day before the year", Episodes={**STARTED, "DECOM": "31/03/2022"}, PrevPerm=NOTHING),
    passes("630", "another reason", Episodes={**STARTED, "RNE": "P"}, PrevPerm=NOTHING),
    passes("630", "an unreadable start", Episodes={**STARTED, "DECOM": "April"}, PrevPerm=NOTHING),
    skips("630", "the table is absent", reason="no PrevPerm", Episodes=STARTED),
    fires("631", "no such code", flags={"PrevPerm": [0]}, PrevPerm={"PREV_PERM": "P5"}),
    passes("631", "none", PrevPerm={"PREV_PERM": "Z1"}),
    passes("631", "a blank", PrevPerm={"PREV_PERM": None}),
    fires(
        "632",
        "the day of the first episode",
        flags={"Episodes": [1], "PrevPerm": [0]},
        Episodes=[{"DECOM": "01/06/2022"}, {"DECOM": "02/05/2022"}],
        PrevPerm={"DATE_PERM": "02/05/2022"},
    ),
    passes(
        "632",
        "the day before",
        Episodes=[{"DECOM": "01/06/2022"}, {"DECOM": "02/05/2022"}],
        PrevPerm={"DATE_PERM": "01/05/2022"},
    ),
    fires(
        "632",
        "the month cannot begin before the first episode",
        flags={"Episodes": [0], "PrevPerm": [0]},
        Episodes={"DECOM": "01/05/2022"},
        PrevPerm={"DATE_PERM": "ZZ/05/2022"},
    ),
    passes("632", "the month may begin before", Episodes={"DECOM": "02/05/2022"}, PrevPerm={"DATE_PERM": "ZZ/05/2022"}),
    passes("632", "the year may begin before", Episodes={"DECOM": "01/07/2022"}, PrevPerm={"DATE_PERM": "ZZ/ZZ/2022"}),
    fires(
        "632",
        "a day in an unknown month",
        flags={"Episodes": [0], "PrevPerm": [0]},
        Episodes={"DECOM": "05/01/2022"},
        PrevPerm={"DATE_PERM": "05/ZZ/2022"},
    ),
    passes(
        "632", "any year may be early enough", Episodes={"DECOM": "01/01/1999"}, PrevPerm={"DATE_PERM": "ZZ/ZZ/ZZZZ"}
    ),
    passes(
        "632", "29 February of an unknown year", Episodes={"DECOM": "01/07/2022"}, PrevPerm={"DATE_PERM": "29/02/ZZZZ"}
    ),
    fires(
        "632",
        "ZZ is no year",
        flags={"Episodes": [0], "PrevPerm": [0]},
        Episodes={"DECOM": "01/07/2022"},
        PrevPerm={"DATE_PERM": "ZZ/ZZ/ZZ"},
    ),
    fires(
        "632",
        "31 June is no day",
        flags={"Episodes": [0], "PrevPerm": [0]},
        Episodes={"DECOM": "01/07/2022"},
        PrevPerm={"DATE_PERM": "31/06/2001"},
    ),
    fires(
        "632",
        "ZZZZ is no day, two parts are no date",
        flags={"Episodes": [0], "PrevPerm": [0, 1]},
        Episodes={"DECOM": "01/07/2022"},
        PrevPerm=[{"DATE_PERM": "ZZZZ/01/2001"}, {"DATE_PERM": "01/2001"}],
    ),
    passes("632", "a blank", Episodes={"DECOM": "01/07/2022"}, PrevPerm={"DATE_PERM": None}),
    passes("632", "no readable episode", Episodes={"DECOM": "x"}, PrevPerm={"DATE_PERM": "x"}),
    fires("633", "no such authority", flags={"PrevPerm": [0]}, PrevPerm={"LA_PERM": "458"}),
    passes(
        "633",
        "present, reorganised, outside England, unknown",
        PrevPerm=[{"LA_PERM": code} for code in ("301", "943", "909", "836", "NUK", "999", None)],
    ),
    fires(
        "634",
        "in care since the day before",
        flags={"PrevPerm": [0], "Episodes": [0, 1]},
        Episodes=[{"DECOM": "01/01/2010"}, {"DECOM": "31/03/2016"}],
        PrevPerm={"PREV_PERM": "Z1"},
    ),
    passes(
        "634",
        "the latest episode began on the day",
        Episodes=[{"DECOM": "01/01/2010"}, {"DECOM": "01/04/2016"}],
        PrevPerm={"PREV_PERM": "Z1"},
    ),
    fires(
        "634",
        "a date alone",
        flags={"PrevPerm": [0], "Episodes": [0]},
        Episodes={"DECOM": "31/03/2016"},
        PrevPerm={"DATE_PERM": "x"},
    ),
    passes("634", "an empty row", Episodes={"DECOM": "31/03/2016"}, PrevPerm={"PREV_PERM": None}),
    passes("634", "no readable episode", Episodes={"DECOM": "x"}, PrevPerm={"PREV_PERM": "Z1"}),
    passes("634", "no episode", Episodes=NOTHING, PrevPerm={"PREV_PERM": "Z1"}),
    fires("635", "an authority without an option", flags={"PrevPerm": [0]}, PrevPerm={"LA_PERM": "301"}),
    fires(
        "635", "a date beside none", flags={"PrevPerm": [0]}, PrevPerm={"PREV_PERM": "Z1", "DATE_PERM": "01/05/2020"}
    ),
    passes("635", "none alone", PrevPerm={"PREV_PERM": "Z1"}),
    passes("635", "an option", PrevPerm=COMPLETE),
    passes("635", "an empty row", PrevPerm={"PREV_PERM": None}),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_permanence(case: Case) -> None:
    check(case)
