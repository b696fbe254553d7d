"""Decisions that a child should be placed for adoption beside the child's episodes of care."""

from __future__ import annotations

from typing import Any

import pytest

from returns903.rules import definitions
from returns903.testing.cases import NOTHING, Case, check, fires, passes

EPISODE, DECISION = {"Episodes": [0]}, {"PlacedAdoption": [0]}
BOTH = {"Episodes": [0], "PlacedAdoption": [0]}


def made(day: str | None, ended: str | None = None, reason: str | None = None, **others: Any) -> dict[str, Any]:
    return {"DATE_PLACED": day, "DATE_PLACED_CEASED": ended, "REASON_PLACED_CEASED": reason, **others}


def stay(start: str | None, end: str | None = None, why: str | None = None, **others: Any) -> dict[str, Any]:
    return {"DECOM": start, "DEC": end, "REC": why, **others}


LEFT = stay("01/04/2020", "01/12/2022", "E4A")

CASES = [
    fires("117", "made after care", flags=BOTH, Episodes=LEFT, PlacedAdoption=made("02/12/2022")),
    fires("117", "reversed after care", flags=BOTH, Episodes=LEFT, PlacedAdoption=made("01/05/2022", "02/12/2022")),
    fires("117", "made after the year", flags=BOTH, Episodes=stay("01/04/2020"), PlacedAdoption=made("01/04/2023")),
    fires(
        "117",
        "reversed after the year",
        flags=BOTH,
        Episodes=stay("01/04/2020"),
        PlacedAdoption=made("X", "01/04/2023"),
    ),
    fires(
        "117",
        "the latest episode counts",
        flags={"Episodes": [1], "PlacedAdoption": [0]},
        Episodes=[stay("01/01/2020", "01/02/2020", "X1"), LEFT],
        PlacedAdoption=made("02/12/2022"),
    ),
    fires(
        "117",
        "of two on a day the first in the file",
        flags=BOTH,
        Episodes=[LEFT, stay("01/04/2020")],
        PlacedAdoption=made("02/12/2022"),
    ),
    passes("117", "on the last day of care", Episodes=LEFT, PlacedAdoption=made("01/12/2022", "01/12/2022")),
    passes(
        "117",
        "on the last day of the year",
        Episodes=stay("01/04/2020"),
        PlacedAdoption=made("01/05/2022", "31/03/2023"),
    ),
    passes("117", "another episode follows", Episodes={**LEFT, "REC": "X1"}, PlacedAdoption=made("02/12/2022")),
    passes(
        "117",
        "an ended one and a later X1",
        Episodes=[LEFT, stay("01/01/2023", "01/02/2023", "X1")],
        PlacedAdoption=made("02/12/2022"),
    ),
    passes("117", "no reason", Episodes={**LEFT, "REC": None}, PlacedAdoption=made("02/12/2022")),
    passes("117", "unreadable end", Episodes={**LEFT, "DEC": "X"}, PlacedAdoption=made("02/12/2022")),
    passes("117", "no episode with a DECOM", Episodes=stay("X"), PlacedAdoption=made("01/04/2023")),
    fires("118", "before care", flags=BOTH, Episodes=stay("02/06/2022"), PlacedAdoption=made(None, "01/06/2022")),
    fires("118", "before the year", flags=BOTH, Episodes=stay("01/01/2020"), PlacedAdoption=made(None, "31/03/2022")),
    fires(
        "118",
        "respite does not count",
        flags={"Episodes": [1], "PlacedAdoption": [0]},
        Episodes=[stay("01/01/2020", LS="V3"), stay("02/06/2022", LS="C2")],
        PlacedAdoption=made(None, "01/06/2022"),
    ),
    passes("118", "the day care began", Episodes=stay("01/06/2022"), PlacedAdoption=made(None, "01/06/2022")),
    passes("118", "the first day of the year", Episodes=stay("01/01/2020"), PlacedAdoption=made(None, "01/04/2022")),
    passes("118", "respite alone", Episodes=stay("02/06/2022", LS="V4"), PlacedAdoption=made(None, "01/06/2022")),
    passes(
        "118",
        "an earlier start",
        Episodes=[stay("02/06/2022"), stay("01/01/2021")],
        PlacedAdoption=made(None, "01/06/2022"),
    ),
    passes("118", "unreadable or blank", Episodes=stay("02/06/2022"), PlacedAdoption=[made(None, "X"), made(None)]),
    fires("551", "no decision", flags=EPISODE, Episodes={"PLACE": "A3"}, PlacedAdoption=NOTHING),
    fires(
        "551",
        "one of two without a day",
        flags=EPISODE,
        Episodes={"PLACE": "A3"},
        PlacedAdoption=[made("01/05/2022"), made(None)],
    ),
    fires(
        "551",
        "a blank CHILD is nobody",
        flags=EPISODE,
        Episodes={"PLACE": "A3", "CHILD": None},
        PlacedAdoption=made("01/05/2022", CHILD=None),
    ),
    passes("551", "a day", Episodes={"PLACE": "A3"}, PlacedAdoption=made("01/05/2022")),
    passes("551", "an unreadable day", Episodes={"PLACE": "A6"}, PlacedAdoption=made("X")),
    passes("551", "placed elsewhere", Episodes=[{"PLACE": "U1"}, {"PLACE": None}], PlacedAdoption=NOTHING),
    fires(
        "552", "the day before", flags=BOTH, Episodes=stay("30/04/2022", PLACE="A4"), PlacedAdoption=made("01/05/2022")
    ),
    fires(
        "552",
        "first placement, last decision",
        flags={"Episodes": [1], "PlacedAdoption": [1]},
        Episodes=[stay("30/04/2022", PLACE="A4"), stay("01/03/2022", PLACE="A3"), stay("01/01/2022", PLACE="U1")],
        PlacedAdoption=[made("01/01/2022"), made("01/05/2022")],
    ),
    passes("552", "the same day", Episodes=stay("01/05/2022", PLACE="A4"), PlacedAdoption=made("01/05/2022")),
    passes("552", "placed elsewhere", Episodes=stay("30/04/2022", PLACE="U4"), PlacedAdoption=made("01/05/2022")),
    passes("552", "unreadable", Episodes=stay("30/04/2022", PLACE="A4"), PlacedAdoption=made("X")),
    fires("554", "the day after", flags=BOTH, Episodes=stay("30/04/2022", LS="E1"), PlacedAdoption=made("01/05/2022")),
    fires(
        "554",
        "each later decision, the first episode",
        flags={"Episodes": [1], "PlacedAdoption": [0, 2]},
        Episodes=[stay("01/03/2022", LS="E1"), stay("01/02/2022", LS="E1"), stay("01/01/2022", LS="C2")],
        PlacedAdoption=[made("01/05/2022"), made("01/02/2022"), made("02/02/2022")],
    ),
    passes("554", "the same day", Episodes=stay("01/05/2022", LS="E1"), PlacedAdoption=made("01/05/2022")),
    passes("554", "another status", Episodes=stay("30/04/2022", LS="C2"), PlacedAdoption=made("01/05/2022")),
    passes("554", "unreadable start", Episodes=stay("X", LS="E1"), PlacedAdoption=made("01/05/2022")),
    fires(
        "556",
        "the day before",
        flags={"Episodes": [0, 1]},
        PlacedAdoption=made("01/05/2022"),
        Episodes=[stay("30/04/2022", LS="D1"), stay("01/03/2022", LS="D1"), stay("01/05/2022", LS="D1")],
    ),
    fires(
        "556",
        "still in 2023-24",
        flags=EPISODE,
        year="2023-24",
        Episodes=stay("30/04/2022", LS="D1"),
        PlacedAdoption=made("01/05/2022"),
    ),
    passes("556", "the same day", Episodes=stay("01/05/2022", LS="D1"), PlacedAdoption=made("01/05/2022")),
    passes("556", "another status", Episodes=stay("30/04/2022", LS="E1"), PlacedAdoption=made("01/05/2022")),
    fires("557", "no reversal", flags=BOTH, Episodes={**LEFT, "PLACE": "A3"}, PlacedAdoption=made("01/05/2022")),
    fires(
        "557", "no reason for it", flags=BOTH, Episodes={**LEFT, "LS": "E1"}, PlacedAdoption=made(None, "01/06/2022")
    ),
    fires("557", "no decision", flags=EPISODE, Episodes={**LEFT, "LS": "E1"}, PlacedAdoption=NOTHING),
    fires("557", "freed", flags=BOTH, Episodes={**LEFT, "LS": "D1"}, PlacedAdoption=made("01/05/2022")),
    fires(
        "557",
        "one of two incomplete",
        flags={"Episodes": [0], "PlacedAdoption": [1]},
        Episodes={**LEFT, "PLACE": "A3"},
        PlacedAdoption=[made(None, "X", "RD1"), made(None, None, "RD1")],
    ),
    passes("557", "reversed", Episodes={**LEFT, "LS": "D1"}, PlacedAdoption=made("01/05/2022", "01/06/2022", "RD1")),
    passes(
        "557",
        "reversed on a day that cannot be read",
        Episodes={**LEFT, "LS": "E1"},
        PlacedAdoption=made(None, "X", "RD1"),
    ),
    passes(
        "557",
        "adopted, or still in care",
        PlacedAdoption=NOTHING,
        Episodes=[{"PLACE": "A3", "REC": rec} for rec in ("E11", "E12", "X1", None)],
    ),
    passes("557", "never meant for adoption", Episodes={**LEFT, "PLACE": "U1", "LS": "C2"}, PlacedAdoption=NOTHING),
    fires(
        "557", "placement order", year="2024-25", flags=BOTH, Episodes={**LEFT, "LS": "E1"}, PlacedAdoption=made("X")
    ),
    fires("557", "placed", year="2026-27", flags=EPISODE, Episodes={**LEFT, "PLACE": "A6"}, PlacedAdoption=NOTHING),
    passes("557", "freed", year="2024-25", Episodes={**LEFT, "LS": "D1"}, PlacedAdoption=made("01/05/2022")),
    fires(
        "558",
        "two ended in the year",
        flags=EPISODE,
        Episodes=stay("01/04/2020", "01/03/2023", "E11"),
        PlacedAdoption=[made("01/05/2022", "01/06/2022"), made("01/07/2022", "01/08/2022")],
    ),
    fires(
        "558",
        "on its first and its last day",
        flags=EPISODE,
        Episodes=stay("01/04/2020", "01/03/2023", "E12"),
        PlacedAdoption=[made("01/05/2021", "01/04/2022"), made("01/07/2022", "31/03/2023")],
    ),
    fires(
        "558",
        "the latest episode alone",
        flags={"Episodes": [1]},
        Episodes=[stay("01/04/2020", "01/04/2021", "E11"), stay("01/04/2021", "01/03/2023", "E11")],
        PlacedAdoption=[made("01/05/2022", "01/06/2022"), made("01/07/2022", "01/08/2022")],
    ),
    passes(
        "558",
        "the latest stands",
        Episodes=stay("01/04/2020", "01/03/2023", "E11"),
        PlacedAdoption=[made("01/05/2022", "01/06/2022"), made("01/07/2022", "01/08/2022"), made("01/09/2022")],
    ),
    passes(
        "558",
        "one ended before the year",
        Episodes=stay("01/04/2020", "01/03/2023", "E11"),
        PlacedAdoption=[made("01/05/2021", "31/03/2022"), made("01/07/2022", "01/08/2022")],
    ),
    passes(
        "558",
        "an earlier episode",
        PlacedAdoption=[made("01/05/2022", "01/06/2022"), made("01/07/2022", "01/08/2022")],
        Episodes=[stay("01/04/2020", "01/04/2022", "E11"), stay("01/04/2022")],
    ),
    passes(
        "558",
        "only one decision",
        Episodes=stay("01/04/2020", "01/03/2023", "E11"),
        PlacedAdoption=made("01/05/2022", "01/06/2022"),
    ),
    fires(
        "1003", "the day before", flags=BOTH, Episodes=stay("02/05/2022", RNE="S"), PlacedAdoption=made("01/05/2022")
    ),
    fires(
        "1003",
        "the first start counts",
        flags=BOTH,
        Episodes=[stay("02/05/2022", RNE="S"), stay("01/09/2022", RNE="S")],
        PlacedAdoption=[made("01/05/2022"), made("02/05/2022")],
    ),
    passes("1003", "the same day", Episodes=stay("01/05/2022", RNE="S"), PlacedAdoption=made("01/05/2022")),
    passes(
        "1003",
        "before a later start",
        Episodes=[stay("01/01/2020", RNE="S"), stay("02/05/2022", RNE="S")],
        PlacedAdoption=made("01/05/2022"),
    ),
    passes("1003", "no start", Episodes=stay("02/05/2022", RNE="P"), PlacedAdoption=made("01/05/2022")),
    passes("1003", "unreadable", Episodes=stay("02/05/2022", RNE="S"), PlacedAdoption=[made("X"), made(None)]),
]

for code, status in (("553", "E1"), ("555", "D1")):
    under, ended = {"LS": status, "DEC": None}, {"LS": status, "DEC": "01/06/2022"}
    CASES += [
        fires(code, "no decision", flags={"Episodes": [0, 1]}, Episodes=[under, ended], PlacedAdoption=NOTHING),
        fires(code, "none with a day", flags=EPISODE, Episodes=under, PlacedAdoption=[made(None), made(None)]),
        fires(code, "reversed on a day", flags=DECISION, Episodes=under, PlacedAdoption=made("01/05/2022", "X")),
        fires(
            code,
            "reversed for a reason",
            flags={"PlacedAdoption": [1]},
            Episodes=under,
            PlacedAdoption=[made("01/05/2022"), made("01/01/2022", None, "RD1")],
        ),
        fires(
            code,
            "a blank CHILD is nobody",
            flags=EPISODE,
            Episodes={**under, "CHILD": None},
            PlacedAdoption=made("01/05/2022", "X", CHILD=None),
        ),
        passes(
            code, "a decision, another without a day", Episodes=under, PlacedAdoption=[made("01/05/2022"), made(None)]
        ),
        passes(code, "an unreadable day is given", Episodes=under, PlacedAdoption=made("X")),
        passes(
            code, "reversed, and the order has ended", Episodes=ended, PlacedAdoption=made("01/05/2022", "X", "RD1")
        ),
        passes(code, "an unreadable end is no blank", Episodes={**under, "DEC": "X"}, PlacedAdoption=made("X", "X")),
        passes(code, "another status", Episodes={"LS": "C2"}, PlacedAdoption=made(None, "01/06/2022")),
    ]


@pytest.mark.parametrize("case", CASES, ids=str)
def test_adoption_plans(case: Case) -> None:
    check(case)


@pytest.mark.parametrize("code", ["555", "556"])
def test_freeing_orders_end_with_2023_24(code: str) -> None:
    assert [(d.since, d.until) for d in definitions() if d.code == code] == [("2022-23", "2023-24")]
