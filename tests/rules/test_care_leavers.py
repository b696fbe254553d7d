"""Care leavers: contact, activity and accommodation around their birthday."""

from __future__ import annotations

import pytest

from tests.rules.case import NOTHING, Case, check, fires, passes, skips

LEAVER = {"IN_TOUCH": "YES", "ACTIV": "F1", "ACCOM": "B1"}
NONE = {"IN_TOUCH": None, "ACTIV": None, "ACCOM": None}
ALL_YEAR = {"DECOM": "01/04/2021", "RNE": "S", "LS": "C2"}
OC3 = {"OC3": [0]}


def leaver(**changes: str | None) -> dict[str, str | None]:
    return {**LEAVER, **changes}


def teenager(start: str | None, end: str | None, dob: str | None = "01/05/2004", **other: str) -> dict[str, object]:
    """A return of one care leaver with one episode, this year and none last year."""
    episode = {"DECOM": start, "DEC": end, "LS": "C2", **other}
    return {"OC3": LEAVER, "Header": {"DOB": dob}, "Episodes": episode, "previous": {"Episodes": {"CHILD": "Z9"}}}


# fmt: off
CASES = [
    fires("131", "no code of the list", flags=OC3, OC3={"IN_TOUCH": "Y"}),
    fires("131", "a blank", flags=OC3, OC3={"IN_TOUCH": None}),
    passes("131", "a code of the list", OC3={"IN_TOUCH": "NREQ"}),
    fires("132", "a code of the accommodation", flags=OC3, OC3={"ACTIV": "B1"}),
    fires("132", "a blank", flags=OC3, OC3={"ACTIV": None}),
    passes("132", "no information", OC3={"ACTIV": "0"}),
    fires("133", "a letter alone", flags=OC3, OC3={"ACCOM": "T"}),
    fires("133", "a blank", flags=OC3, OC3={"ACCOM": None}),
    passes("133", "a letter with its figure", OC3={"ACCOM": "T1"}),

    fires("134", "one item in each", flags={"AD1": [0]}, OC3={"ACTIV": "0"}, AD1={"NB_ADOPTR": "2"}),
    fires("134", "a date that is none", flags={"AD1": [0]}, OC3=LEAVER, AD1={"DATE_INT": "31/06/2022"}),
    fires("134", "the second of the rows in OC3", flags={"AD1": [0]}, OC3=[NONE, LEAVER], AD1={"FOSTER_CARE": "0"}),
    passes("134", "nothing in OC3", OC3=NONE, AD1={"NB_ADOPTR": "2"}),
    passes("134", "nothing in AD1", OC3=LEAVER, AD1={"NB_ADOPTR": None}),
    passes("134", "another child", OC3={**LEAVER, "CHILD": "B2"}, AD1={"NB_ADOPTR": "2"}),
    passes("134", "blanks are no child", OC3={**LEAVER, "CHILD": None}, AD1={"NB_ADOPTR": "2", "CHILD": None}),

    fires("153", "one of three", flags=OC3, OC3=leaver(ACTIV=None, ACCOM=None)),
    fires("153", "two of three", flags=OC3, OC3=leaver(IN_TOUCH=None)),
    passes("153", "all three", OC3=LEAVER),
    passes("153", "none", OC3=NONE),

    fires("187", "in care all year", flags={"AD1": [0], "OC3": [0]}, Episodes=ALL_YEAR, OC3=LEAVER,
          AD1={"LS_ADOPTR": "L0"}),
    fires("187", "each table by itself", flags=OC3, Episodes=ALL_YEAR, OC3=LEAVER, AD1=NOTHING),
    fires("187", "came on the first day", flags=OC3, Episodes={**ALL_YEAR, "DECOM": "01/04/2022"}, OC3=LEAVER,
          AD1=NOTHING),
    fires("187", "left on the last day", flags=OC3, OC3=LEAVER, AD1=NOTHING,
          Episodes={**ALL_YEAR, "DEC": "31/03/2023", "REC": "E4A"}),
    fires("187", "moved in the year", flags=OC3, OC3=LEAVER, AD1=NOTHING,
          Episodes=[{**ALL_YEAR, "DEC": "01/06/2022", "REC": "X1"}, {"DECOM": "01/06/2022", "RNE": "P", "LS": "C2"}]),
    passes("187", "came on the second day", Episodes={**ALL_YEAR, "DECOM": "02/04/2022"}, OC3=LEAVER, AD1=NOTHING),
    passes("187", "left before the last day", OC3=LEAVER, AD1=NOTHING,
           Episodes={**ALL_YEAR, "DEC": "30/03/2023", "REC": "E4A"}),
    passes("187", "an end without reason", Episodes={**ALL_YEAR, "DEC": "01/06/2022"}, OC3=LEAVER, AD1=NOTHING),
    passes("187", "respite care", Episodes={**ALL_YEAR, "LS": "V4"}, OC3=LEAVER, AD1=NOTHING),
    passes("187", "in care until the day before", OC3=LEAVER, AD1=NOTHING,
           Episodes={**ALL_YEAR, "DEC": "31/03/2022", "REC": "E4A"}),
    passes("187", "in care from the day after", Episodes={**ALL_YEAR, "DECOM": "01/04/2023"}, OC3=LEAVER, AD1=NOTHING),
    passes("187", "no episode with a date", Episodes={**ALL_YEAR, "DECOM": "31/06/2021"}, OC3=LEAVER, AD1=NOTHING),
    passes("187", "nothing in OC3", Episodes=ALL_YEAR, OC3=NONE, AD1=NOTHING),
    skips("187", "it needs all three tables", reason="no AD1", Episodes=ALL_YEAR, OC3=LEAVER),

    fires("215", "an item in each", flags={"OC3": [0], "OC2": [1]}, OC3=LEAVER,
          OC2=[{"SDQ_SCORE": "5"}, {"TEETH_CHECK": "0"}]),
    passes("215", "the score alone", OC3=LEAVER, OC2={"SDQ_SCORE": "5"}),
    passes("215", "nothing in OC3", OC3=NONE, OC2={"TEETH_CHECK": "0"}),

    fires("344", "an activity", flags=OC3, OC3={"IN_TOUCH": "DIED", "ACTIV": "F1", "ACCOM": "0"}),
    fires("344", "a blank accommodation", flags=OC3, OC3={"IN_TOUCH": "RHOM", "ACTIV": "0", "ACCOM": None}),
    passes("344", "both are 0", OC3={"IN_TOUCH": "RHOM", "ACTIV": "0", "ACCOM": "0"}),
    passes("344", "in touch", OC3=LEAVER),

    fires("345", "no activity", flags=OC3, OC3=leaver(ACTIV="0")),
    fires("345", "no accommodation beside a blank", flags=OC3, OC3=leaver(ACTIV=None, ACCOM="0")),
    passes("345", "a blank is not 0", OC3=leaver(ACTIV=None)),
    passes("345", "not in touch", OC3={"IN_TOUCH": "NO", "ACTIV": "0", "ACCOM": "0"}),

    fires("347", "18 on the second day", flags=OC3, OC3={"ACCOM": "T", "DOB": "02/04/2005"}),
    passes("347", "18 on the first day", OC3={"ACCOM": "T", "DOB": "01/04/2005"}),
    passes("347", "another accommodation", OC3={"ACCOM": "U1", "DOB": "02/04/2005"}),
    passes("347", "no date of birth", OC3=[{"ACCOM": "T", "DOB": None}, {"ACCOM": "T", "DOB": "02/13/2005"}]),

    fires("348", "in touch again", flags=OC3, OC3={"IN_TOUCH": "YES"}, previous={"OC3": {"IN_TOUCH": "DIED"}}),
    fires("348", "a blank", flags=OC3, OC3={"IN_TOUCH": None}, previous={"OC3": {"IN_TOUCH": "DIED"}}),
    fires("348", "one of two rows of last year", flags=OC3, OC3=LEAVER,
          previous={"OC3": [{"IN_TOUCH": "YES"}, {"IN_TOUCH": "DIED"}]}),
    passes("348", "died, as last year", OC3={"IN_TOUCH": "DIED"}, previous={"OC3": {"IN_TOUCH": "DIED"}}),
    passes("348", "not died last year", OC3=LEAVER, previous={"OC3": {"IN_TOUCH": "RHOM"}}),
    passes("348", "not in this year's table", OC3=NOTHING, previous={"OC3": {"IN_TOUCH": "DIED"}}),

    fires("391", "17 on the day after the year", flags=OC3, OC3={"DOB": "01/04/2006", "ACCOM": "0"}),
    passes("391", "17 on its last day", OC3={"DOB": "31/03/2006", "ACCOM": "0"}),
    passes("391", "no details", OC3={"DOB": "01/04/2006", **NONE}),
    passes("391", "no date of birth", OC3=[{**LEAVER, "DOB": None}, {**LEAVER, "DOB": "2006"}]),

    fires("1000", "died this year", flags=OC3, OC3=NONE, Episodes=[{"REC": "X1"}, {"REC": "E2"}]),
    fires("1000", "died last year", flags=OC3, OC3=LEAVER, Episodes=NOTHING, previous={"Episodes": {"REC": "E2"}}),
    passes("1000", "left otherwise", OC3=LEAVER, Episodes={"REC": "E4A"}, previous={"Episodes": {"REC": "E3"}}),
    passes("1000", "no previous return", OC3=LEAVER, Episodes={"REC": "E4A"}),

    fires("1001", "90 days", flags=OC3, **teenager("01/05/2022", "30/07/2022")),
    passes("1001", "91 days", **teenager("01/05/2022", "31/07/2022")),
    fires("1001", "90 days after the birthday, more before", flags=OC3, **teenager("01/01/2018", "30/07/2018")),
    fires("1001", "91 days, none of them after 16", flags=OC3, **teenager("01/05/2018", "01/05/2020")),
    passes("1001", "one day after 16", **teenager("01/05/2018", "02/05/2020")),
    fires("1001", "respite care", flags=OC3, OC3=LEAVER,
          Header=[{"DOB": "01/05/2004"}, {"DOB": "01/05/2004", "CHILD": "B2"}],
          Episodes=[{"DECOM": "01/05/2022", "LS": "V3"}, {"DECOM": "01/05/2022", "LS": "C2", "CHILD": "B2"}],
          previous={"Episodes": {"CHILD": "Z9"}}),
    passes("1001", "the latest is open until the end of the year", **teenager("30/12/2022", None)),
    fires("1001", "open a day less", flags=OC3, **teenager("31/12/2022", None)),
    fires("1001", "an earlier one that is open adds nothing", flags=OC3, OC3=LEAVER, Header={"DOB": "01/05/2004"},
          Episodes=[{"DECOM": "01/05/2021", "LS": "C2"}, {"DECOM": "01/03/2023", "LS": "C2"}],
          previous={"Episodes": {"CHILD": "Z9"}}),
    fires("1001", "an episode of both returns counts once", flags=OC3, OC3=LEAVER, Header={"DOB": "01/05/2004"},
          Episodes={"DECOM": "01/02/2022", "DEC": "10/04/2022", "LS": "C2"},
          previous={"Episodes": {"DECOM": "01/02/2022", "LS": "C2"}}),
    passes("1001", "without a readable DECOM from the birthday on", **teenager("31/06/2018", "01/05/2021")),
    passes("1001", "20 on the last day", **teenager("01/03/2023", None, dob="31/03/2003")),
    fires("1001", "20 on the day after", flags=OC3, OC3=LEAVER, Header={"DOB": "01/04/2003"},
          Episodes={"DECOM": "01/03/2023", "LS": "C2"}, previous={"Episodes": {"CHILD": "Z9"}}),
    fires("1001", "adopted, at any age", flags=OC3, OC3=LEAVER,
          Header=[{"DOB": "31/03/2003"}, {"CHILD": "B2", "DOB": "01/05/2004"}],
          Episodes=[{"DECOM": "01/03/2022", "DEC": "01/04/2022", "REC": "E11", "LS": "E1"},
                    {"DECOM": "01/03/2022", "LS": "C2", "CHILD": "B2"}],
          previous={"Episodes": {"CHILD": "Z9"}}),
    fires("1001", "no date of birth, and no episode", flags={"OC3": [0, 1]}, OC3=[LEAVER, {**LEAVER, "CHILD": "C3"}],
          Header=[{"DOB": None}, {"DOB": "01/05/2004", "CHILD": "B2"}, {"DOB": "01/05/2004", "CHILD": "C3"}],
          Episodes=[{"DECOM": "01/05/2021", "LS": "C2"}, {"DECOM": "01/05/2021", "LS": "C2", "CHILD": "B2"}],
          previous={"Episodes": {"CHILD": "Z9"}}),
    fires("1001", "two birthdays in Header, one too late", flags=OC3, OC3=LEAVER,
          Header=[{"DOB": "01/05/2004"}, {"DOB": "01/05/2010"}],
          Episodes={"DECOM": "01/05/2021", "LS": "C2"}, previous={"Episodes": {"CHILD": "Z9"}}),
    passes("1001", "a table without rows", **{**teenager("01/05/2022", "30/07/2022"),
                                              "previous": {"Episodes": NOTHING}}),

    fires("1002", "in neither return", flags=OC3, OC3=NONE, Episodes={"CHILD": "B2"}, previous={"Episodes": NOTHING}),
    passes("1002", "in this return", OC3=LEAVER, Episodes={"CHILD": "A1"}, previous={"Episodes": NOTHING}),
    passes("1002", "in the previous return", OC3=LEAVER, Episodes=NOTHING, previous={"Episodes": {"CHILD": "A1"}}),
    skips("1002", "there is no previous return", reason="no previous return", OC3=LEAVER, Episodes=NOTHING),

    fires("1007", "17, and left the day after", flags=OC3, OC3=leaver(DOB="01/05/2005"),
          Episodes={"DECOM": "01/05/2022", "DEC": "02/05/2022"}),
    fires("1007", "18, and still in care", flags=OC3, OC3=leaver(DOB="01/05/2004"), Episodes={"DECOM": "01/01/2020"}),
    fires("1007", "born on 29 February", flags=OC3, year="2025-26", OC3=leaver(DOB="29/02/2008"),
          Episodes={"DECOM": "28/02/2026", "DEC": "01/03/2026"}),
    passes("1007", "left on the birthday", OC3=leaver(DOB="01/05/2005"),
           Episodes={"DECOM": "01/01/2022", "DEC": "01/05/2022"}),
    passes("1007", "came on the day after", OC3=leaver(DOB="01/05/2005"), Episodes={"DECOM": "02/05/2022"}),
    passes("1007", "in care at 17, left before 18", OC3=leaver(DOB="01/05/2004"),
           Episodes={"DECOM": "01/01/2020", "DEC": "30/04/2022"}),
    passes("1007", "19 on the last day", OC3=leaver(DOB="31/03/2004"), Episodes={"DECOM": "01/01/2020"}),
    passes("1007", "not yet 17", OC3=leaver(DOB="01/04/2006"), Episodes={"DECOM": "01/01/2020"}),
    passes("1007", "dates that are none", OC3=leaver(DOB="01/05/2005"),
           Episodes=[{"DECOM": "01/01/2020", "DEC": "31/06/2023"}, {"DECOM": "31/06/2020"}]),
    passes("1007", "no details", OC3={**NONE, "DOB": "01/05/2005"}, Episodes={"DECOM": "01/01/2020"}),

    fires("1010", "left open", flags=OC3, OC3=LEAVER, Episodes=NOTHING,
          previous={"Episodes": [{"DECOM": "01/01/2021", "DEC": "01/06/2021"}, {"DECOM": "01/06/2021"}]}),
    fires("1010", "of one day the last in the file", flags=OC3, OC3=LEAVER, Episodes=NOTHING,
          previous={"Episodes": [{"DECOM": "01/06/2021", "DEC": "01/07/2021"}, {"DECOM": "01/06/2021"}]}),
    passes("1010", "an open one before", OC3=LEAVER, Episodes=NOTHING,
           previous={"Episodes": [{"DECOM": "01/06/2021"}, {"DECOM": "01/06/2021", "DEC": "01/07/2021"}]}),
    passes("1010", "an end that is no date", OC3=LEAVER, Episodes=NOTHING,
           previous={"Episodes": {"DECOM": "01/06/2021", "DEC": "31/06/2021"}}),
    passes("1010", "an open one without a start", OC3=LEAVER, Episodes=NOTHING, previous={"Episodes": {"DECOM": None}}),
    passes("1010", "an episode this year", OC3=LEAVER, Episodes={"DECOM": None},
           previous={"Episodes": {"DECOM": "01/06/2021"}}),

    fires("1011", "the latest ended by a transfer", flags=OC3, OC3=leaver(ACTIV=None),
          Episodes=[{"DECOM": "01/06/2022", "REC": "E3"}, {"DECOM": "01/01/2022", "REC": "X1"}]),
    passes("1011", "an earlier one ended so", OC3=LEAVER,
           Episodes=[{"DECOM": "01/06/2022", "REC": "E4A"}, {"DECOM": "01/01/2022", "REC": "E3"}]),
    passes("1011", "no details", OC3=NONE, Episodes={"DECOM": "01/06/2022", "REC": "E3"}),

    fires("1012", "each table", flags={n: [1] for n in ("PlacedAdoption", "Missing", "Reviews", "AD1", "PrevPerm",
                                                        "OC2")},
          Episodes={"CHILD": "A1"},
          **{n: [{}, {"CHILD": "B2"}] for n in ("PlacedAdoption", "Missing", "Reviews", "AD1", "PrevPerm", "OC2")}),
    fires("1012", "the others are absent", flags={"Missing": [0]}, Episodes=NOTHING, Missing={}),
    passes("1012", "an episode", Episodes={}, Missing={}),
    passes("1012", "none of the tables is there", Episodes=NOTHING),

    fires("1014", "an episode before the year", flags={"UASC": [0], "OC3": [0]}, UASC={"SEX": "1"}, OC3=LEAVER,
          Episodes={"DECOM": "01/01/2020", "DEC": "31/03/2022"}),
    fires("1014", "an episode after the year", flags={"UASC": [0], "OC3": [0]}, UASC={}, OC3=LEAVER,
          Episodes={"DECOM": "01/04/2023"}),
    fires("1014", "no episode", flags={"UASC": [0], "OC3": [0]}, UASC={}, OC3=leaver(ACTIV=None), Episodes=NOTHING),
    passes("1014", "an episode that ended on the first day", UASC={}, OC3=LEAVER,
           Episodes={"DECOM": "01/01/2020", "DEC": "01/04/2022"}),
    passes("1014", "an episode that began on the last day", UASC={}, OC3=LEAVER, Episodes={"DECOM": "31/03/2023"}),
    passes("1014", "an end that is no date", UASC={}, OC3=LEAVER,
           Episodes={"DECOM": "01/01/2020", "DEC": "31/06/2021"}),
    passes("1014", "no details", UASC={}, OC3=NONE, Episodes=NOTHING),
    passes("1014", "no asylum seeker", UASC={"CHILD": "B2"}, OC3=LEAVER, Episodes=NOTHING),

    fires("1016", "left on the seventeenth birthday", flags=OC3, OC3=leaver(DOB="01/05/2006"),
          Episodes={"DECOM": "01/01/2020", "DEC": "01/05/2023", "REC": "E4A"}),
    fires("1016", "18 on the last day of the year, and left on it", flags=OC3, OC3=leaver(DOB="31/03/2006"),
          Episodes={"DECOM": "01/01/2020", "DEC": "31/03/2024", "REC": "E4A"}),
    passes("1016", "left on the day before", OC3=leaver(DOB="01/05/2006"),
           Episodes={"DECOM": "01/01/2020", "DEC": "30/04/2023", "REC": "E4A"}),
    passes("1016", "only moved", OC3=leaver(DOB="01/05/2006"),
           Episodes={"DECOM": "01/01/2020", "DEC": "01/05/2023", "REC": "X1"}),
    passes("1016", "no reason", OC3=leaver(DOB="01/05/2006"), Episodes={"DECOM": "01/01/2020", "DEC": "01/05/2023"}),
    passes("1016", "a later episode ended before", OC3=leaver(DOB="01/05/2006"),
           Episodes=[{"DECOM": "01/01/2020", "DEC": "01/05/2023", "REC": "E4A"},
                     {"DECOM": "01/02/2023", "DEC": "01/03/2023", "REC": "E4A"}]),
    passes("1016", "19 on the last day", OC3=leaver(DOB="31/03/2005"),
           Episodes={"DECOM": "01/01/2020", "DEC": "31/03/2024", "REC": "E4A"}),
    passes("1016", "no details", OC3={**NONE, "DOB": "01/05/2006"},
           Episodes={"DECOM": "01/01/2020", "DEC": "01/05/2023", "REC": "E4A"}),

    fires("3001", "17 on the last day", flags=OC3, OC3={"ACCOM": "Z1"}, Header={"DOB": "31/03/2006"}),
    fires("3001", "17 on the first day, in the second row of Header", flags=OC3, OC3={"ACCOM": "Z2"},
          Header=[{"DOB": "01/01/2000"}, {"DOB": "01/04/2005"}]),
    passes("3001", "17 before the year", OC3={"ACCOM": "Z1"}, Header={"DOB": "31/03/2005"}),
    passes("3001", "17 after the year", OC3={"ACCOM": "Z1"}, Header={"DOB": "01/04/2006"}),
    passes("3001", "lives elsewhere", OC3={"ACCOM": "Y1"}, Header={"DOB": "31/03/2006"}),
    passes("3001", "not in Header, though OC3 has a date", OC3={"ACCOM": "Z1", "DOB": "31/03/2006"}, Header=NOTHING),
]
# fmt: on


@pytest.mark.parametrize("case", CASES, ids=str)
def test_care_leavers(case: Case) -> None:
    check(case)
