"""Small returns with what placements and care leavers need: postcodes, homes, distances, and OC3."""

from __future__ import annotations

import datetime as dt
from dataclasses import replace

from hypothesis import strategies as st

from tests.derive.strategies import UNREADABLE, YEAR, Row, SmallReturn, Tables, small_returns, written

_MILES = ("0.0", "19.9", "20.0", "20.1", "150", "999.9", "NaN", "-1", None)
_AREAS = ("E09000002", "211", "WAL", "CON", None)
_SIDES = ("IN", "OUT", "IN", None, "in")
_POSTS = ("RM8 2AB", "RM8 2AB", "RM9 5AR", None)
_NEEDS = ("N1", "N1", "N2", "N8", "N9", None)
_PROVIDERS = ("PR1", "PR4", "PR5", "PR9", None)
_REASONS = ("CARPL", "CHILD", "OTHER", "XXXX", None)
_HOMES = ("SC000001", "SC000001", None)
_IN_TOUCH = ("YES", "NO", "DIED", "REFU", "NREQ", "RHOM", "yes", None, "")
_ACTIVITY = ("F1", "P2", "F4", "P5", "F3", "G4", "G5", "G6", "0", "X9", None, "")
_ACCOMMODATION = ("B1", "B2", "S2", "T1", "T2", "X2", "Z1", "0", "Q1", None, "")


@st.composite
def placed_returns(draw: st.DrawFn, *, children: int = 4) -> SmallReturn:
    """A small return whose episodes say where the child was, with care leavers."""
    found = draw(small_returns(children=children))
    brought = draw(st.booleans())
    tables = draw(_placed(found.tables, brought))
    previous = None if found.previous is None else draw(_placed(found.previous, brought))
    tables["OC3"] = draw(st.lists(_leavers(found.children()), max_size=6))
    return replace(found, tables=tables, previous=previous)


@st.composite
def _placed(draw: st.DrawFn, tables: Tables, brought: bool) -> Tables:
    always = {"PL_POST": _POSTS, "URN": _HOMES, "CIN": _NEEDS, "PLACE_PROVIDER": _PROVIDERS}
    wanted = (
        always
        | {"REASON_PLACE_CHANGE": _REASONS}
        | ({"PL_DISTANCE": _MILES, "PL_LOCATION": _SIDES, "PL_LA": _AREAS} if brought else {})
    )
    rows = []
    for row in tables["Episodes"]:
        place = {"PLACE": draw(st.sampled_from(("U6", "U6", "T1", "A5")))} if draw(st.booleans()) else {}
        carer = {"RNE": draw(st.sampled_from(("T", "U")))} if row["RNE"] != "S" and draw(st.booleans()) else {}
        rows.append(row | place | carer | {name: draw(st.sampled_from(values)) for name, values in wanted.items()})
    return {**tables, "Episodes": rows}


@st.composite
def _leavers(draw: st.DrawFn, names: list[str]) -> Row:
    born = st.one_of(
        st.sampled_from((dt.date(2008, 2, 29), dt.date(2007, 3, 31), dt.date(2007, 4, 1), dt.date(2004, 2, 29))),
        st.dates(dt.date(2002, 1, 1), dt.date(2010, 1, 1)),
    )
    dob = draw(st.one_of(born.map(written), st.sampled_from((*UNREADABLE, None))))
    return {
        "CHILD": draw(st.sampled_from((*names, "L1", "L2", "L3", None))),
        "DOB": dob,
        "IN_TOUCH": draw(st.sampled_from(_IN_TOUCH)),
        "ACTIV": draw(st.sampled_from(_ACTIVITY)),
        "ACCOM": draw(st.sampled_from(_ACCOMMODATION)),
    }


def days_of_the_year() -> st.SearchStrategy[dt.date]:
    """Days of the year, its first and last often."""
    return st.one_of(st.sampled_from((YEAR.start, YEAR.end)), st.dates(YEAR.start, YEAR.end))
