"""What must agree with the previous return."""

from __future__ import annotations

from typing import Any

import pytest

from returns903.testing.cases import NOTHING, Case, check, fires, passes, skips

ONE = {"Episodes": [0]}
START = {"DECOM": "01/06/2021"}


def header(code: str, column: str, then: str | None, now: str | None, **case: Any) -> dict[str, Any]:
    return {"code": code, "Header": {column: now}, "previous": {"Header": {column: then}}, **case}


def open_episode(column: str, then: str | None, now: str | None, **case: Any) -> dict[str, Any]:
    """One episode in both returns, open in the first."""
    before = {"Episodes": {**START, column: then}}
    return {"Episodes": {**START, column: now}, "previous": before, **case}


def miles(then: str | None, now: str | None, rne_then: str | None = "S", rne_now: str | None = "S") -> dict[str, Any]:
    before = {"Episodes": {**START, "PL_DISTANCE": then, "RNE": rne_then}}
    return {"Episodes": {**START, "PL_DISTANCE": now, "RNE": rne_now}, "previous": before}


def areas(then: str | None, now: str | None, rne_now: str | None = "S", **cells: str) -> dict[str, Any]:
    before = {"Episodes": {**START, "PL_LA": then, "RNE": "S", **cells}}
    return {"Episodes": {**START, "PL_LA": now, "RNE": rne_now}, "previous": before}


HEADER = {"Header": [0]}
REPEATED = {
    "503A": "RNE",
    "503B": "LS",
    "503C": "CIN",
    "503D": "PLACE",
    "503E": "PLACE_PROVIDER",
    "503F": "URN",
    "503H": "PL_LA",
    "503J": "PL_LOCATION",
}

CASES = [
    fires(**header("202", "SEX", "1", "2"), because="another sex", flags=HEADER),
    fires(**header("202", "SEX", "1", None), because="a blank now", flags=HEADER),
    fires(**header("202", "SEX", "1", "M"), because="the new codes are not yet in use", flags=HEADER, year="2023-24"),
    passes(**header("202", "SEX", "1", "1"), because="the same"),
    passes(**header("202", "SEX", None, None), because="two blanks"),
    passes("202", "another child", Header={"SEX": "1"}, previous={"Header": {"CHILD": "B2", "SEX": "2"}}),
    passes(
        "202",
        "blank identifiers are no child",
        Header={"CHILD": None, "SEX": "1"},
        previous={"Header": {"CHILD": None, "SEX": "2"}},
    ),
    fires(
        "202",
        "two Header rows now and two then",
        flags={"Header": [1]},
        Header=[{"SEX": "1"}, {"SEX": "2"}],
        previous={"Header": [{"SEX": "1"}, {"SEX": "1"}]},
    ),
    fires(**header("202", "SEX", "1", "F"), because="another sex in the new codes", flags=HEADER, year="2024-25"),
    fires(**header("202", "SEX", None, "F"), because="a blank then", flags=HEADER, year="2024-25"),
    passes(**header("202", "SEX", "1", "M"), because="1 is M", year="2024-25"),
    passes(**header("202", "SEX", "2", "F"), because="2 is F", year="2025-26"),
    passes(**header("202", "SEX", "U", "U"), because="the same", year="2024-25"),
    skips(**header("202", "SEX", "1", "2", previous=None), because="no previous return", reason="no previous return"),
    skips(
        "202",
        "no Header last year",
        reason="no Header in the previous return",
        Header={"SEX": "1"},
        previous={"Episodes": NOTHING},
    ),
    fires(**header("203", "DOB", "01/05/2010", "02/05/2010"), because="another day", flags=HEADER),
    fires(**header("203", "DOB", "01/05/2010", "x"), because="an unreadable date now", flags=HEADER),
    passes(**header("203", "DOB", "01/05/2010", "1/5/2010"), because="the same day, written otherwise"),
    passes(**header("203", "DOB", None, "x"), because="neither can be read"),
    fires(**header("204", "ETHNIC", "WBRI", "WIRI"), because="another", flags=HEADER),
    fires(**header("204", "ETHNIC", None, "WIRI"), because="a blank then", flags=HEADER),
    passes(**header("204", "ETHNIC", "WBRI", "wbri"), because="small letters"),
    passes(**header("204", "ETHNIC", None, None), because="two blanks"),
    fires(**header("207", "MOTHER", "1", "0"), because="no longer", flags=HEADER, Episodes={}),
    fires(**header("207", "MOTHER", "1", None), because="a blank", flags=HEADER, Episodes={}),
    passes(**header("207", "MOTHER", "1", "1"), because="still", Episodes={}),
    passes(**header("207", "MOTHER", "0", "0"), because="never", Episodes={}),
    passes(**header("207", "MOTHER", "1", "0"), because="no episode", Episodes={"CHILD": "B2"}),
    skips(**header("207", "MOTHER", "1", "0"), because="no table of episodes", reason="no Episodes"),
    fires(**header("208", "UPN", "H801200001001", "H801200001002"), because="another number", flags=HEADER),
    fires(**header("208", "UPN", "H801200001001", "UN1"), because="a number is lost", flags=HEADER),
    fires(**header("208", "UPN", "UN1", None), because="UN1 to a blank", flags=HEADER),
    fires(**header("208", "UPN", "UN2", "UN3"), because="another reason", flags=HEADER),
    fires(**header("208", "UPN", None, "UN1"), because="a blank to UN1", flags=HEADER),
    passes(**header("208", "UPN", "UN1", "UN2"), because="UN1 to another reason"),
    passes(**header("208", "UPN", None, "UN5"), because="a blank to a reason"),
    passes(**header("208", "UPN", "UN5", "H801200001001"), because="a number is found"),
    passes(**header("208", "UPN", None, "H801200001001"), because="a number for a blank"),
    passes(**header("208", "UPN", "h801200001001", "H801200001001"), because="small letters"),
    passes(**header("208", "UPN", None, None), because="two blanks"),
    fires("452", "another authority", flags=ONE, **areas("E1", "E2")),
    fires("452", "no longer known", flags=ONE, **areas("E1", None)),
    passes("452", "the same", **areas("E1", "E1")),
    passes("452", "neither known", **areas(None, None)),
    passes("452", "another reason", **areas("E1", "E2", "P")),
    passes("452", "no reason", **areas("E1", "E2", None)),
    passes("452", "ended last year", **areas("E1", "E2", DEC="31/03/2022")),
    passes("452", "an end that cannot be read stands there", **areas("E1", "E2", DEC="x")),
    skips("452", "no postcodes, or no previous return", reason="no previous return", Episodes={**START, "PL_LA": "E1"}),
    fires("453", "0.2 miles more", flags=ONE, **miles("10.1", "10.3")),
    passes("453", "0.1 miles more", **miles("10.1", "10.2")),
    fires("453", "known now", flags=ONE, **miles(None, "3")),
    fires("453", "known then", flags=ONE, **miles("3", None)),
    passes("453", "never known", **miles(None, None)),
    passes("453", "another reason", **miles("1", "9", "S", "P")),
    passes("453", "no reasons", **miles("1", "9", None, None)),
    fires(
        "502",
        "another start",
        flags={"Episodes": [1]},
        Episodes=[{"DECOM": "01/08/2022"}, {"DECOM": "02/06/2021"}],
        previous={"Episodes": START},
    ),
    passes("502", "the same start", Episodes=[{"DECOM": "01/08/2022"}, START], previous={"Episodes": START}),
    fires(
        "502",
        "a stray open episode before",
        flags=ONE,
        Episodes=START,
        previous={"Episodes": [START, {"DECOM": "01/01/2020"}]},
    ),
    fires("502", "an unreadable start then", flags=ONE, Episodes=START, previous={"Episodes": {"DECOM": "x"}}),
    passes(
        "502", "an unreadable end is an end", Episodes=START, previous={"Episodes": {"DECOM": "02/06/2021", "DEC": "x"}}
    ),
    passes("502", "an unreadable start now", Episodes={"DECOM": "x"}, previous={"Episodes": START}),
    passes("502", "new this year", Episodes=START, previous={"Episodes": {"CHILD": "B2", **START}}),
    *(fires(code, "another", flags=ONE, **open_episode(column, "A", "B")) for code, column in REPEATED.items()),
    *(fires(code, "a blank now", flags=ONE, **open_episode(column, "A", None)) for code, column in REPEATED.items()),
    *(passes(code, "the same", **open_episode(column, "A", "A")) for code, column in REPEATED.items()),
    *(passes(code, "two blanks", **open_episode(column, None, None)) for code, column in REPEATED.items()),
    fires(
        "503A",
        "the earliest now, the latest then, the first in the file on one day",
        flags={"Episodes": [1]},
        Episodes=[{"DECOM": "01/08/2022", "RNE": "P"}, {**START, "RNE": "L"}, {**START, "RNE": "P"}],
        previous={"Episodes": [{"DECOM": "01/01/2020", "RNE": "L"}, {**START, "RNE": "S"}, {**START, "RNE": "L"}]},
    ),
    fires(
        "503A",
        "an unreadable end leaves it open; the starts need not agree",
        flags=ONE,
        Episodes={"DECOM": "01/04/2022", "RNE": "S"},
        previous={"Episodes": {**START, "RNE": "L", "DEC": "x"}},
    ),
    passes(
        "503A",
        "ended",
        Episodes={**START, "RNE": "S"},
        previous={"Episodes": {**START, "RNE": "L", "DEC": "31/03/2022"}},
    ),
    passes(
        "503A",
        "the latest has ended, though an earlier one is open",
        Episodes={**START, "RNE": "S"},
        previous={"Episodes": [{"DECOM": "01/01/2020", "RNE": "L"}, {**START, "RNE": "L", "DEC": "31/03/2022"}]},
    ),
    passes(
        "503A",
        "no start can be read",
        Episodes={"DECOM": "x", "RNE": "S"},
        previous={"Episodes": {**START, "RNE": "L"}},
    ),
    passes("503A", "new this year", Episodes={**START, "RNE": "S"}, previous={"Episodes": NOTHING}),
    fires("503D", "H5 is not yet K3", flags=ONE, year="2022-23", **open_episode("PLACE", "H5", "K3")),
    passes("503D", "H5 may be K3", year="2023-24", **open_episode("PLACE", "H5", "K3")),
    fires("503D", "H5 is nothing else", flags=ONE, year="2024-25", **open_episode("PLACE", "H5", "K2")),
    fires(
        "503D",
        "Z1 is not yet divided; a blank then",
        flags={"Episodes": [0, 1]},
        year="2024-25",
        Episodes=[{**START, "PLACE": "Z11"}, {**START, "CHILD": "B2", "PLACE": "K3"}],
        previous={"Episodes": [{**START, "PLACE": "Z1"}, {**START, "CHILD": "B2", "PLACE": None}]},
    ),
    passes("503D", "H5 has become K3", year="2024-25", **open_episode("PLACE", "H5", "K3")),
    fires("503D", "H5 should have been K3", flags=ONE, year="2025-26", **open_episode("PLACE", "H5", "K3")),
    passes("503D", "Z1 has become Z14", year="2025-26", **open_episode("PLACE", "Z1", "Z14")),
    fires("503D", "Z1 should have been Z11", flags=ONE, year="2026-27", **open_episode("PLACE", "Z1", "Z11")),
    passes("503D", "the same", year="2026-27", **open_episode("PLACE", "Z11", "Z11")),
    fires("503G", "0.2 miles more, for another reason", flags=ONE, **miles("10.1", "10.3", "S", "P")),
    passes("503G", "0.1 miles more", **miles("10.1", "10.2", "S", "P")),
    fires("503G", "known then", flags=ONE, **miles("3", None)),
    passes("503G", "never known", **miles(None, None)),
    fires(
        "562",
        "last year closed with another",
        flags={"Episodes": [1]},
        Episodes=[{"DECOM": "01/08/2022"}, {"DECOM": "31/03/2022"}],
        previous={"Episodes": [START, {"DECOM": "30/03/2022"}]},
    ),
    passes(
        "562",
        "the one that last year closed with",
        Episodes=[{"DECOM": "01/08/2022"}, {"DECOM": "31/03/2022"}],
        previous={"Episodes": [START, {"DECOM": "31/03/2022"}]},
    ),
    fires(
        "562", "not in last year's return", flags=ONE, Episodes=START, previous={"Episodes": {"CHILD": "B2", **START}}
    ),
    fires("562", "no readable start last year", flags=ONE, Episodes=START, previous={"Episodes": {"DECOM": "x"}}),
    passes("562", "began on the first day of the year", Episodes={"DECOM": "01/04/2022"}, previous={"Episodes": START}),
    fires(**header("624", "MC_DOB", "01/06/2020", "02/06/2020"), because="another day", flags=HEADER),
    fires(**header("624", "MC_DOB", "01/06/2020", None), because="gone", flags=HEADER),
    fires(**header("624", "MC_DOB", "x", "01/06/2020"), because="an unreadable one then", flags=HEADER),
    passes(**header("624", "MC_DOB", "01/06/2020", "1/6/2020"), because="the same day, written otherwise"),
    passes(**header("624", "MC_DOB", "x", "x"), because="the same text"),
    passes(**header("624", "MC_DOB", None, "01/06/2020"), because="none then"),
    fires(
        "626",
        "born before the year",
        flags=HEADER,
        Header={"MOTHER": "1", "MC_DOB": "31/03/2022"},
        previous={"Header": {"MOTHER": "0"}},
    ),
    passes(
        "626", "born in the year", Header={"MOTHER": "1", "MC_DOB": "01/04/2022"}, previous={"Header": {"MOTHER": "0"}}
    ),
    passes(
        "626",
        "a blank last year",
        Header={"MOTHER": "1", "MC_DOB": "31/03/2022"},
        previous={"Header": {"MOTHER": None}},
    ),
    passes(
        "626", "not a mother now", Header={"MOTHER": "0", "MC_DOB": "31/03/2022"}, previous={"Header": {"MOTHER": "0"}}
    ),
    passes(
        "626", "no date", Header=[{"MOTHER": "1"}, {"MOTHER": "1", "MC_DOB": "x"}], previous={"Header": {"MOTHER": "0"}}
    ),
    fires(
        "NoE", "in care before the year", flags=ONE, Episodes={"DECOM": "31/03/2022"}, previous={"Episodes": NOTHING}
    ),
    fires(
        "NoE",
        "blank identifiers are no child",
        flags=ONE,
        Episodes={"CHILD": None, **START},
        previous={"Episodes": {"CHILD": None, **START}},
    ),
    passes("NoE", "from the first day of the year", Episodes={"DECOM": "01/04/2022"}, previous={"Episodes": NOTHING}),
    passes("NoE", "in last year's return", Episodes=START, previous={"Episodes": {"DECOM": "x"}}),
    passes("NoE", "no date", Episodes={"DECOM": "x"}, previous={"Episodes": NOTHING}),
    skips(
        "NoE",
        "no episodes last year",
        reason="no Episodes in the previous return",
        Episodes=START,
        previous={"Header": NOTHING},
    ),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_previous_year(case: Case) -> None:
    check(case)
