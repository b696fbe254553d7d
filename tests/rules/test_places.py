"""Where placements lie."""

from __future__ import annotations

from typing import Any

import polars as pl
import pytest

from returns903.testing.cases import NOTHING, Case, check, fires, passes, skips

HERE = {"local_authority": "E09000002"}
OTHER = "E09000008"
ONE = {"Episodes": [0]}
MARKED = {"UASC": "1"}
NOT_MARKED = {"UASC": "0"}
NO_MARKER = "no asylum marker: neither UASC in Header nor the UASC table"
HOMES = {
    "postcodes": pl.DataFrame(
        {"postcode": ["RM1 1AA"], "authority": ["E09000016"], "east": [551000.0], "north": [188000.0]}
    )
}


def far(miles: str | None = "1000", **cells: Any) -> dict[str, Any]:
    return {"LS": "C2", "PL_DISTANCE": miles, **cells}


def no_urn(place: str | None, area: str | None = OTHER, **cells: Any) -> dict[str, Any]:
    return {"PLACE": place, "PL_LA": area, "URN": None, "LS": "C2", **cells}


def own(place: str | None = "K2", area: str | None = OTHER, **cells: Any) -> dict[str, Any]:
    return {"PLACE_PROVIDER": "PR1", "PLACE": place, "PL_LA": area, "LS": "C2", **cells}


CASES = [
    fires("164", "above 999.9", flags=ONE, Episodes=far("1000"), Header=NOT_MARKED),
    passes("164", "999.9", Episodes=far("999.9"), Header=NOT_MARKED),
    fires("164", "below 0; a blank LS", flags=ONE, Episodes=far("-0.1", LS=None), Header=NOT_MARKED),
    passes("164", "0", Episodes=far("0"), Header=NOT_MARKED),
    passes("164", "not known", Episodes=far(None), Header=NOT_MARKED),
    passes("164", "no number", Episodes=far("far"), Header=NOT_MARKED),
    passes("164", "respite", Episodes=[far(LS="V3"), far(LS="V4")], Header=NOT_MARKED),
    passes("164", "an asylum seeker", Episodes=far(), Header=MARKED),
    passes("164", "an asylum seeker in one of two Header rows", Episodes=far(), Header=[NOT_MARKED, MARKED]),
    passes("164", "an asylum seeker last year", Episodes=far(), Header=NOT_MARKED, previous={"Header": MARKED}),
    passes("164", "worked out from the table", Episodes=far(), Header={"SEX": "1"}, UASC={}),
    fires("164", "no row in the table", flags=ONE, Episodes=far(), Header={"SEX": "1"}, UASC=NOTHING),
    passes("164", "no Header: a row of UASC with a date of birth alone", Episodes=far(), UASC={"DOB": "01/05/2010"}),
    fires("164", "no Header: an empty row of UASC", flags=ONE, Episodes=far(), UASC={"SEX": None}),
    fires(
        "164",
        "the marker of Header stands above a row of UASC",
        flags=ONE,
        Episodes=far(),
        Header=NOT_MARKED,
        UASC={"DOB": "01/05/2010", "DUC": "01/05/2028"},
    ),
    passes(
        "164",
        "last year's table without last year's Header",
        Episodes=far(),
        Header=NOT_MARKED,
        previous={"UASC": {"DUC": "01/05/2028"}},
    ),
    fires("164", "the marker of last year alone", flags=ONE, Episodes=far(), previous={"Header": NOT_MARKED}),
    fires(
        "164", "blank identifiers are no child", flags=ONE, Episodes=far(CHILD=None), Header={"CHILD": None, **MARKED}
    ),
    skips("164", "no marker", reason=NO_MARKER, Episodes=far(), Header={"SEX": "1"}),
    fires("169", "no area", flags=ONE, Episodes={"PL_LA": None, "LS": None}),
    passes("169", "an area", Episodes={"PL_LA": "WAL", "LS": "C2"}),
    passes("169", "respite", Episodes={"PL_LA": None, "LS": "V4"}),
    fires(
        "169",
        "an unknown postcode",
        flags={"Episodes": [1]},
        options=HOMES,
        Episodes=[{"PL_POST": "rm11aa"}, {"PL_POST": "RM1 1AB"}],
    ),
    fires("179", "no location", flags=ONE, Episodes={"PL_LOCATION": None, "LS": None}),
    passes("179", "outside", Episodes={"PL_LOCATION": "OUT", "LS": "C2"}),
    passes("179", "respite", Episodes={"PL_LOCATION": None, "LS": "V3"}),
    fires("218", "a children's home", flags=ONE, Episodes=no_urn("K2")),
    passes("218", "one with a URN", Episodes=no_urn("K2", URN="SC123456")),
    fires(
        "218",
        "an unknown area; a blank placement",
        flags={"Episodes": [0, 1]},
        Episodes=[no_urn("K2", None), no_urn(None)],
    ),
    passes(
        "218", "outside England", Episodes=[no_urn("K2", area) for area in ("NIR", "WAL", "SCO", "CON", "W06000008")]
    ),
    passes(
        "218",
        "placements without URN",
        Episodes=[no_urn(place) for place in ("H5", "P1", "P2", "P3", "R1", "R2", "R5", "T0", "T4", "Z1")],
    ),
    passes("218", "respite", Episodes=[no_urn("K2", LS="V3"), no_urn("K2", LS="V4")]),
    fires(
        "218",
        "ended on the first day of the year; a blank LS",
        flags=ONE,
        Episodes=no_urn("K2", DEC="01/04/2022", LS=None),
    ),
    passes("218", "ended before the year", Episodes=no_urn("K2", DEC="31/03/2022")),
    passes("218", "an unreadable end", Episodes=no_urn("K2", DEC="May")),
    fires(
        "218", "H5 and P2 need one", flags={"Episodes": [0, 1]}, year="2024-25", Episodes=[no_urn("H5"), no_urn("P2")]
    ),
    passes("218", "Z1 does not", year="2024-25", Episodes=no_urn("Z1")),
    passes("218", "a Welsh area", year="2024-25", Episodes=no_urn("K2", "W06000008")),
    fires("218", "an unknown area in any year", flags=ONE, year="2025-26", Episodes=no_urn("K2", None)),
    fires(
        "218",
        "Z1 is gone; an area in Wales is WAL",
        flags={"Episodes": [0, 1]},
        year="2025-26",
        Episodes=[no_urn("Z1"), no_urn("K2", "W06000008")],
    ),
    passes("218", "Z11 to Z14", year="2025-26", Episodes=[no_urn(place) for place in ("Z11", "Z12", "Z13", "Z14")]),
    passes(
        "218",
        "outside England by code",
        year="2025-26",
        Episodes=[no_urn("K2", area) for area in ("CON", "NIR", "SCO", "wal", "NUK")],
    ),
    fires("230", "ended on 29 October", flags=ONE, Episodes=no_urn("H5", DEC="29/10/2023")),
    passes("230", "ended on 28 October", Episodes=no_urn("H5", DEC="28/10/2023")),
    fires(
        "230",
        "open, unreadable, or with the code for none",
        flags={"Episodes": [0, 1, 2]},
        Episodes=[no_urn("H5"), no_urn("H5", DEC="May"), no_urn("H5", URN="XXXXXXX")],
    ),
    passes("230", "a URN", Episodes=no_urn("H5", URN="2500001")),
    passes("230", "another placement", Episodes=no_urn("K2")),
    passes(
        "230",
        "outside England, or not known where",
        Episodes=[no_urn("H5", area) for area in ("NIR", "WAL", "SCO", None)],
    ),
    fires("230", "the Channel Islands and others", flags=ONE, Episodes=no_urn("H5", "CON")),
    fires(
        "243",
        "a URN in Wales; the code for none in Scotland",
        flags={"Episodes": [0, 1]},
        Episodes=[{"PL_LA": "WAL", "URN": "SC123456"}, {"PL_LA": "SCO", "URN": "XXXXXXX"}],
    ),
    passes("243", "none in Wales", Episodes={"PL_LA": "WAL", "URN": None}),
    passes(
        "243",
        "a URN in England, or not known where",
        Episodes=[{"PL_LA": OTHER, "URN": "1"}, {"PL_LA": None, "URN": "1"}],
    ),
    fires("392a", "not known; a blank LS", flags=ONE, Episodes=far(None, LS=None), Header=NOT_MARKED),
    passes("392a", "known", Episodes=far("0"), Header=NOT_MARKED),
    passes("392a", "respite", Episodes=far(None, LS="V3"), Header=NOT_MARKED),
    passes("392a", "an asylum seeker", Episodes=far(None), Header=MARKED),
    passes(
        "392a", "an asylum seeker last year", Episodes=far(None), Header=NOT_MARKED, previous={"UASC": {"SEX": "1"}}
    ),
    skips("392a", "no marker", reason=NO_MARKER, Episodes=far(None)),
    fires(
        "392b",
        "no home, no placement",
        flags={"Episodes": [0, 1]},
        Episodes=[{"HOME_POST": None, "PL_POST": "RM1 1AA"}, {"HOME_POST": "RM1 1AA", "LS": "C2"}],
        Header=NOT_MARKED,
    ),
    fires("392b", "without any marker all children are asked", flags=ONE, Episodes={"HOME_POST": None}),
    passes("392b", "both", Episodes={"HOME_POST": "RM1 1AA", "PL_POST": "x"}, Header=NOT_MARKED),
    passes("392b", "respite", Episodes={"LS": "V4", "HOME_POST": None}),
    passes("392b", "an asylum seeker", Episodes={"HOME_POST": None}, UASC={"DOB": "01/05/2010"}),
    fires(
        "392c",
        "no such home, no such placement",
        flags={"Episodes": [0, 1]},
        Episodes=[{"HOME_POST_KNOWN": "0", "PL_POST_KNOWN": None}, {"HOME_POST_KNOWN": "1", "PL_POST_KNOWN": "0"}],
    ),
    passes(
        "392c",
        "real ones and blanks",
        Episodes=[{"HOME_POST_KNOWN": "1", "PL_POST_KNOWN": None}, {"HOME_POST_KNOWN": None, "PL_POST_KNOWN": "1"}],
    ),
    fires(
        "392c",
        "looked up, whatever the spaces",
        flags={"Episodes": [1]},
        options=HOMES,
        Episodes=[{"HOME_POST": "RM11AA", "PL_POST": "rm1 1aa"}, {"HOME_POST": "RM1 1AA", "PL_POST": "RM1 1AB"}],
    ),
    fires(
        "392d",
        "at home; a blank placement",
        flags={"Episodes": [0, 1]},
        Episodes=[{"HOME_POST": "RM1 1AA", "PL_POST": "RM1 1AA", "PLACE": place} for place in ("U6", None)],
    ),
    passes("392d", "with parents", Episodes={"HOME_POST": "RM1 1AA", "PL_POST": "RM1 1AA", "PLACE": "P1"}),
    passes("392d", "spaced in another way", Episodes={"HOME_POST": "RM1 1AA", "PL_POST": "RM11AA", "PLACE": "U6"}),
    passes("392d", "both blank", Episodes={"HOME_POST": None, "PL_POST": None, "PLACE": "U6"}),
    fires(
        "398",
        "a home, a placement",
        flags={"Episodes": [0, 1]},
        Episodes=[{"LS": "V3", "HOME_POST": "x"}, {"LS": "V4", "PL_POST": "x"}],
    ),
    passes("398", "neither", Episodes={"LS": "V3", "HOME_POST": None, "PL_POST": None}),
    passes("398", "no respite", Episodes=[{"LS": "V2", "HOME_POST": "x"}, {"LS": None, "HOME_POST": "x"}]),
    fires("406", "a distance", flags=ONE, Episodes=far("3"), Header=MARKED),
    fires(
        "406",
        "one that is no number; marked last year",
        flags=ONE,
        Episodes=far("far"),
        Header=NOT_MARKED,
        previous={"Header": MARKED},
    ),
    passes("406", "none", Episodes=far(None), Header=MARKED),
    passes("406", "no asylum seeker", Episodes=far("3"), Header=NOT_MARKED),
    skips("406", "no marker", reason=NO_MARKER, Episodes=far("3")),
    fires(
        "411",
        "inside another authority, inside none",
        flags={"Episodes": [0, 1]},
        options=HERE,
        Episodes=[{"PL_LOCATION": "IN", "PL_LA": OTHER}, {"PL_LOCATION": "IN", "PL_LA": None}],
    ),
    passes("411", "inside its own", options=HERE, Episodes={"PL_LOCATION": "IN", "PL_LA": "E09000002"}),
    passes("411", "outside", options=HERE, Episodes={"PL_LOCATION": "OUT", "PL_LA": OTHER}),
    skips("411", "no authority", reason="no local authority", Episodes={"PL_LOCATION": "IN", "PL_LA": OTHER}),
    fires("420", "an area", flags=ONE, Episodes={"LS": "V3", "PL_LA": OTHER}),
    passes("420", "none", Episodes={"LS": "V4", "PL_LA": None}),
    passes("420", "no respite", Episodes=[{"LS": "V2", "PL_LA": OTHER}, {"LS": None, "PL_LA": OTHER}]),
    fires("454", "beyond 350", flags=ONE, Episodes=far("350.1"), Header=NOT_MARKED),
    fires("454", "without any marker", flags=ONE, Episodes=far("1000")),
    passes("454", "350, 999.9 and none", Episodes=[far("350"), far("999.9"), far(None), far("-351")]),
    passes("454", "an asylum seeker last year", Episodes=far("351"), Header=NOT_MARKED, previous={"Header": MARKED}),
    fires(
        "1015",
        "another area, an unknown one",
        flags={"Episodes": [0, 1]},
        options=HERE,
        Episodes=[own(), own(area=None)],
    ),
    passes("1015", "its own area", options=HERE, Episodes=own(area="E09000002")),
    passes("1015", "foster carers and adopters", options=HERE, Episodes=[own("U1"), own("U6"), own("A3"), own("A6")]),
    passes("1015", "another's provision", options=HERE, Episodes=[own(PLACE_PROVIDER="PR2"), own(PLACE_PROVIDER=None)]),
    passes("1015", "respite; a blank", options=HERE, Episodes=[own(LS="V3"), own(LS="V4"), own(LS=None), own(None)]),
    fires("1015", "supported accommodation", flags=ONE, year="2024-25", options=HERE, Episodes=own("K3")),
    fires("1015", "a children's home", flags=ONE, year="2025-26", options=HERE, Episodes=own()),
    passes(
        "1015", "supported accommodation is left out", year="2025-26", options=HERE, Episodes=[own("K3"), own("U1")]
    ),
    skips("1015", "no authority", reason="no local authority", Episodes=own()),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_places(case: Case) -> None:
    check(case)
