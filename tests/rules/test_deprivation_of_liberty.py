"""Orders that deprive a child of liberty: their dates, their order and the placements they go with."""

from __future__ import annotations

from typing import Any

import pytest

from returns903.testing.cases import NOTHING, Case, check, fires, passes, skips

FIRST, SECOND, BOTH = {"DoLo": [0]}, {"DoLo": [1]}, {"DoLo": [0], "Episodes": [0]}
LAST = "DoLo.last_year"


def order(start: str | None, end: str | None = None, **others: Any) -> dict[str, Any]:
    return {"DOLO_START": start, "DOLO_END": end, **others}


def stay(start: str | None, end: str | None = None, place: str | None = "K2", **others: Any) -> dict[str, Any]:
    return {"DECOM": start, "DEC": end, "PLACE": place, **others}


CASES = [
    fires("700", "blank, or no day", flags={"DoLo": [0, 1]}, DoLo=[order(None), order("31/06/2026")]),
    passes("700", "a day", DoLo=order("30/06/2026")),
    skips("700", "no DoLo", reason="no DoLo", Header=NOTHING),
    fires("701", "no day", flags=FIRST, DoLo=order("01/06/2026", "31/06/2026")),
    passes("701", "a day, or a blank", DoLo=[order("X", "30/06/2026"), order("X")]),
    fires(
        "702",
        "the same day, and the day before",
        flags={"DoLo": [0, 1]},
        DoLo=[order("02/06/2026", "02/06/2026"), order("02/06/2026", "01/06/2026")],
    ),
    passes("702", "the day after", DoLo=order("02/06/2026", "03/06/2026")),
    passes(
        "702", "blank or unreadable", DoLo=[order("02/06/2026"), order("X", "01/06/2026"), order("02/06/2026", "X")]
    ),
    fires("703", "the day after the year", flags=FIRST, DoLo=order("01/04/2027")),
    passes("703", "its last day", DoLo=[order("31/03/2027"), order(None), order("X")]),
    fires(
        "704",
        "the day before, and after",
        flags={"DoLo": [0, 1]},
        DoLo=[order("X", "31/03/2026"), order("X", "01/04/2027")],
    ),
    passes("704", "its first and last day", DoLo=[order("X", "01/04/2026"), order("X", "31/03/2027")]),
    passes("704", "blank or unreadable", DoLo=[order("X"), order("X", "X")]),
    fires("705", "the previous one is open", flags=SECOND, DoLo=[order("01/05/2026"), order("01/06/2026")]),
    fires("705", "its end is unreadable", flags=SECOND, DoLo=[order("01/05/2026", "X"), order("01/06/2026")]),
    fires("705", "the day before its end", flags=SECOND, DoLo=[order("01/05/2026", "02/06/2026"), order("01/06/2026")]),
    fires("705", "by start, not by file", flags=FIRST, DoLo=[order("01/06/2026", "01/07/2026"), order("01/05/2026")]),
    fires("705", "of one start the second in the file", flags=SECOND, DoLo=[order("01/05/2026", "02/05/2026")] * 2),
    fires("705", "no start comes last", flags=FIRST, DoLo=[order("X", "01/05/2026"), order("01/06/2026")]),
    passes("705", "the day of its end", DoLo=[order("01/05/2026", "01/06/2026"), order("01/06/2026")]),
    passes("705", "two children", DoLo=[order("01/05/2026"), order("01/06/2026", CHILD="B2")]),
    passes("705", "blank CHILD", DoLo=[order("01/05/2026", CHILD=None), order("01/06/2026", CHILD=None)]),
    fires("706", "another start", flags={LAST: [0]}, DoLo=order("02/01/2026"), previous={"DoLo": order("01/01/2026")}),
    fires(
        "706",
        "an earlier order comes first",
        flags={LAST: [0]},
        previous={"DoLo": order("01/01/2026")},
        DoLo=[order("01/01/2026"), order("01/12/2025")],
    ),
    fires(
        "706",
        "another child's",
        flags={LAST: [0]},
        DoLo=order("01/01/2026", CHILD="B2"),
        previous={"DoLo": order("01/01/2026")},
    ),
    fires(
        "706",
        "no rows",
        flags={LAST: [1]},
        DoLo=NOTHING,
        previous={"DoLo": [order("01/05/2025", "01/06/2025"), order("01/01/2026")]},
    ),
    fires("706", "no DoLo", flags={LAST: [0]}, previous={"DoLo": order("01/01/2026")}),
    fires(
        "706",
        "no start this year that can be read",
        flags={LAST: [0]},
        DoLo=order("X"),
        previous={"DoLo": order("01/01/2026")},
    ),
    passes(
        "706", "the same start", DoLo=[order("01/06/2026"), order("1/1/2026")], previous={"DoLo": order("01/01/2026")}
    ),
    passes("706", "ended last year", DoLo=NOTHING, previous={"DoLo": order("01/01/2026", "01/02/2026")}),
    passes("706", "an unreadable end", previous={"DoLo": order("01/01/2026", "X")}),
    passes(
        "706",
        "only the latest counts",
        DoLo=NOTHING,
        previous={"DoLo": [order("01/05/2025"), order("01/01/2026", "01/02/2026")]},
    ),
    passes("706", "blank CHILD", previous={"DoLo": order("01/01/2026", CHILD=None)}),
    skips("706", "no previous return", reason="no previous return", DoLo=order("01/01/2026")),
    skips(
        "706",
        "it has no DoLo",
        reason="no DoLo in the previous return",
        DoLo=order("01/01/2026"),
        previous={"Header": NOTHING},
    ),
    fires(
        "707",
        "the day after care",
        flags=FIRST,
        DoLo=order("01/05/2026", "02/06/2026"),
        Episodes=stay("01/04/2025", "01/06/2026"),
    ),
    fires("707", "the day before it", flags=FIRST, DoLo=order("01/05/2026", "31/05/2026"), Episodes=stay("01/06/2026")),
    fires("707", "open after care", flags=FIRST, DoLo=order("01/05/2026"), Episodes=stay("01/04/2025", "01/06/2026")),
    fires("707", "open, and began before care", flags=FIRST, DoLo=order("01/05/2026"), Episodes=stay("02/05/2026")),
    fires(
        "707",
        "in the gap between two periods",
        flags=FIRST,
        DoLo=order("01/05/2026", "02/06/2026"),
        Episodes=[stay("01/04/2025", "01/06/2026"), stay("03/06/2026")],
    ),
    fires(
        "707",
        "an unreadable end is open",
        flags=FIRST,
        DoLo=order("01/05/2026", "X"),
        Episodes=stay("01/04/2025", "01/06/2026"),
    ),
    fires(
        "707",
        "one of two orders",
        flags=SECOND,
        Episodes=stay("01/04/2025", "01/06/2026"),
        DoLo=[order("01/05/2026", "01/06/2026"), order("01/05/2026", "02/06/2026")],
    ),
    passes(
        "707", "the last day of care", DoLo=order("01/05/2026", "01/06/2026"), Episodes=stay("01/04/2025", "01/06/2026")
    ),
    passes("707", "the first", DoLo=order("01/05/2026", "01/06/2026"), Episodes=stay("01/06/2026")),
    passes("707", "open in open care", DoLo=order("01/05/2026"), Episodes=stay("01/05/2026")),
    passes(
        "707",
        "the second of two periods",
        DoLo=[order("01/05/2026", "03/06/2026"), order("03/06/2026")],
        Episodes=[stay("01/04/2025", "01/06/2026"), stay("03/06/2026")],
    ),
    passes(
        "707",
        "episodes without a gap",
        DoLo=order("01/05/2026", "02/06/2026"),
        Episodes=[stay("01/04/2025", "01/06/2026"), stay("01/06/2026", "02/06/2026")],
    ),
    passes("707", "no start", DoLo=[order(None, "02/06/2026"), order("X")], Episodes=stay("01/04/2025", "01/06/2026")),
    passes(
        "707",
        "no episode to judge by",
        DoLo=order("01/05/2026"),
        Episodes=[stay("X", "01/06/2026"), stay("01/04/2025", CHILD="B2")],
    ),
    fires("708", "the day of birth", flags=FIRST, DoLo=order("01/05/2026", DOB="01/05/2026")),
    passes("708", "the day after", DoLo=order("02/05/2026", DOB="01/05/2026")),
    passes("708", "blank or unreadable", DoLo=[order("01/05/2026", DOB=None), order("X", DOB="01/05/2026")]),
    fires("709", "U1", flags=BOTH, DoLo=order("01/05/2026", "01/06/2026"), Episodes=stay("01/04/2026", None, "U1")),
    fires("709", "a blank", flags=BOTH, DoLo=order("01/05/2026", "01/06/2026"), Episodes=stay("01/04/2026", "X", None)),
    fires(
        "709",
        "touching on a day",
        flags={"DoLo": [0], "Episodes": [0, 1]},
        DoLo=order("01/05/2026", "01/06/2026"),
        Episodes=[stay("01/04/2026", "01/05/2026", "U1"), stay("01/06/2026", "01/07/2026", "U1")],
    ),
    fires(
        "709",
        "an unreadable start in an open episode",
        flags=BOTH,
        DoLo=order("X", "01/06/2026"),
        Episodes=stay("01/04/2026", None, "U1"),
    ),
    passes(
        "709",
        "each expected",
        DoLo=order("01/05/2026", "01/06/2026"),
        Episodes=[stay("01/04/2026", None, place) for place in ("K2", "Z12", "Z13")],
    ),
    passes(
        "709",
        "not touching",
        DoLo=order("01/05/2026", "01/06/2026"),
        Episodes=[stay("01/04/2026", "30/04/2026", "U1"), stay("02/06/2026", "01/07/2026", "U1")],
    ),
    passes(
        "709",
        "no end, or none that can be read",
        DoLo=[order("01/05/2026"), order("01/05/2026", "X")],
        Episodes=stay("01/04/2026", None, "U1"),
    ),
    passes(
        "709",
        "no episode of the child",
        DoLo=order("01/05/2026", "01/06/2026"),
        Episodes=stay("01/04/2026", None, "U1", CHILD="B2"),
    ),
    fires("710", "K1", flags=BOTH, DoLo=order("01/05/2026", "01/06/2026"), Episodes=stay("01/04/2026", None, "K1")),
    fires(
        "710",
        "each ruled out",
        flags={"DoLo": [0], "Episodes": [0, 1, 2, 3]},
        DoLo=order("01/05/2026", "01/06/2026"),
        Episodes=[stay("01/04/2026", None, place) for place in ("K1", "P1", "R5", "K3")],
    ),
    passes(
        "710",
        "others, or a blank",
        DoLo=order("01/05/2026", "01/06/2026"),
        Episodes=[stay("01/04/2026", None, place) for place in ("U1", "K2", None)],
    ),
    passes("710", "the day after", DoLo=order("01/05/2026", "01/06/2026"), Episodes=stay("02/06/2026", None, "K1")),
    passes("710", "an order without end", DoLo=order("01/05/2026"), Episodes=stay("01/04/2026", None, "K1")),
]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_deprivation_of_liberty(case: Case) -> None:
    check(case)
