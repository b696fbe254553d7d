"""Small made-up returns, plausible and faulty, as tables of text rows; for every test of derived tables."""

from __future__ import annotations

import datetime as dt
import random
from dataclasses import dataclass, replace
from typing import Any

import polars as pl
from hypothesis import strategies as st

from returns903 import Return, Year

Row = dict[str, str | None]
Tables = dict[str, list[Row]]

YEAR = Year("2024-25")
COLUMNS = {
    "Episodes": [
        "CHILD",
        "DECOM",
        "RNE",
        "LS",
        "CIN",
        "PLACE",
        "PLACE_PROVIDER",
        "DEC",
        "REC",
        "REASON_PLACE_CHANGE",
        "HOME_POST",
        "PL_POST",
        "URN",
    ],
    "Header": ["CHILD", "SEX", "DOB", "ETHNIC", "UPN", "MOTHER", "MC_DOB"],
    "UASC": ["CHILD", "SEX", "DOB", "DUC"],
    "Reviews": ["CHILD", "DOB", "REVIEW", "REVIEW_CODE"],
    "OC3": ["CHILD", "DOB", "IN_TOUCH", "ACTIV", "ACCOM"],
    "OC2": [
        "CHILD",
        "DOB",
        "SDQ_SCORE",
        "SDQ_REASON",
        "CONVICTED",
        "HEALTH_CHECK",
        "IMMUNISATIONS",
        "TEETH_CHECK",
        "HEALTH_ASSESSMENT",
        "SUBSTANCE_MISUSE",
        "INTERVENTION_RECEIVED",
        "INTERVENTION_OFFERED",
    ],
    "AD1": ["CHILD", "DOB", "DATE_INT", "DATE_MATCH", "FOSTER_CARE", "NB_ADOPTR", "SEX_ADOPTR", "LS_ADOPTR"],
    "PlacedAdoption": ["CHILD", "DOB", "DATE_PLACED", "DATE_PLACED_CEASED", "REASON_PLACED_CEASED"],
    "PrevPerm": ["CHILD", "DOB", "PREV_PERM", "LA_PERM", "DATE_PERM"],
    "Missing": ["CHILD", "DOB", "MISSING", "MIS_START", "MIS_END"],
    "SWEpisodes": ["CHILD", "DOB", "SW_ID", "SW_DECOM", "SW_DEC", "SW_REASON"],
}
UNREADABLE = ("31/02/2024", "2024-05-01", "05/04/24", "soon")
_LS = ("C1", "C2", "C2", "V2", "V2", "E1", "D1", "L1", "L2", "J1", "J2", "V3", "V4")
_PLACE = ("U4", "U6", "U1", "K2", "P1", "A3", "A6", "T0", "T3", "R2", "S1", "K3", "Z1", "H5")
_FOR_GOOD = (
    "E11",
    "E12",
    "E2",
    "E3",
    "E4A",
    "E4A",
    "E4B",
    "E13",
    "E41",
    "E45",
    "E46",
    "E47",
    "E48",
    "E5",
    "E6",
    "E7",
    "E9",
    "E14",
    "E15",
    "E16",
    "E17",
    "E8",
)
_GOES_ON = ("L", "P", "T", "B", "U")
_STEPS = (0, 1, 1, 2, 6, 20, 28, 30, 31, 61, 90, 91, 92, 182, 183, 200, 366, 400)
_EDGES = tuple(
    dt.date(*day)
    for day in (
        (2022, 3, 31),
        (2023, 3, 31),
        (2023, 4, 1),
        (2024, 2, 28),
        (2024, 2, 29),
        (2024, 3, 1),
        (2024, 3, 28),
        (2024, 3, 31),
        (2024, 4, 1),
        (2024, 4, 2),
        (2024, 12, 20),
        (2025, 2, 28),
        (2025, 3, 30),
        (2025, 3, 31),
    )
)
_ENDED = st.one_of(st.none(), st.sampled_from(_EDGES), st.dates(YEAR.previous.start, YEAR.end))
"""When a child ceased to be an asylum seeker."""


@dataclass(frozen=True)
class SmallReturn:
    """The tables of a return, and of the one before if there is one, as text rows."""

    tables: Tables
    previous: Tables | None = None
    year: Year = YEAR

    def read(self) -> Return:
        previous = None if self.previous is None else frames(self.previous)
        return Return.from_frames(frames(self.tables), previous=previous, year=self.year)

    def shuffled(self, seed: int) -> SmallReturn:
        """The same rows in another order."""
        return self._each(lambda rows: random.Random(seed).sample(rows, len(rows)))

    def relabelled(self, names: dict[str, str]) -> SmallReturn:
        """The same rows with other identifiers."""
        return self._each(lambda rows: [row | {"CHILD": names.get(str(row["CHILD"]), row["CHILD"])} for row in rows])

    def children(self) -> list[str]:
        """Every identifier that stands in a table."""
        every = [self.tables, self.previous or {}]
        return sorted({row["CHILD"] for tables in every for rows in tables.values() for row in rows if row["CHILD"]})

    def _each(self, change: Any) -> SmallReturn:
        tables = {name: change(rows) for name, rows in self.tables.items()}
        previous = None if self.previous is None else {name: change(rows) for name, rows in self.previous.items()}
        return replace(self, tables=tables, previous=previous)


def frames(tables: Tables) -> dict[str, pl.DataFrame]:
    """The frames of tables of text rows; a column that a row does not give is blank."""
    return {
        name: pl.DataFrame(
            [[row.get(column) for column in _columns(name, rows)] for row in rows],
            schema=dict.fromkeys(_columns(name, rows), pl.String),
            orient="row",
        )
        for name, rows in tables.items()
    }


def _columns(name: str, rows: list[Row]) -> list[str]:
    return list(dict.fromkeys([*COLUMNS[name], *(column for row in rows for column in row)]))


def written(day: dt.date | None) -> str | None:
    """A day as the return writes it."""
    return None if day is None else f"{day:%d/%m/%Y}"


def days_near(year: Year = YEAR) -> st.SearchStrategy[dt.date]:
    """Days of the year and the one before, those at edges often."""
    return st.one_of(st.sampled_from(_EDGES), st.dates(year.previous.start, year.end))


@st.composite
def small_returns(
    draw: st.DrawFn, *, children: int = 4, faulty: bool | None = None, previous: bool | None = None
) -> SmallReturn:
    """A return of a few children, with or without the one before.

    `faulty` and `previous` are drawn unless given. A faulty return has cells that are blank, unreadable, no code, or on
    another day; rows twice; and children without an identifier.
    """
    names = [f"C{number}" for number in range(1, draw(st.integers(1, children)) + 1)]
    lives = [row for name in names for row in draw(_lives(name))]
    start, before = YEAR.start, YEAR.previous
    now = [_row(life) for life in lives if life["dec"] is None or life["dec"] >= start]
    earlier = [
        _row(life | ({} if life["dec"] and life["dec"] <= before.end else {"dec": None, "rec": None}))
        for life in lives
        if life["decom"] <= before.end and (life["dec"] is None or life["dec"] >= before.start)
    ]
    tables = {"Episodes": now, **draw(_others(names, YEAR))}
    last = {"Episodes": earlier, **draw(_others(names, before))} if draw(_either(previous)) else None
    if draw(_either(faulty)):
        tables, last = draw(_with_faults(tables)), None if last is None else draw(_with_faults(last))
    return SmallReturn(tables, last)


def _either(given: bool | None) -> st.SearchStrategy[bool]:
    return st.booleans() if given is None else st.just(given)


@st.composite
def _lives(draw: st.DrawFn, child: str) -> list[dict[str, Any]]:
    """A child's episodes without faults: one or more periods of care, each a chain, the last one open or ended."""
    rows: list[dict[str, Any]] = []
    day = draw(st.one_of(st.sampled_from(_EDGES), st.dates(dt.date(2022, 1, 1), YEAR.end)))
    for _ in range(draw(st.sampled_from((1, 1, 1, 2, 3)))):
        respite = draw(st.sampled_from((False,) * 6 + (True,)))
        count = draw(st.integers(1, 4))
        for number in range(count):
            until = day + dt.timedelta(days=draw(st.sampled_from(_STEPS)))
            ends_care = number == count - 1
            rows.append(
                {
                    "child": child,
                    "decom": day,
                    "dec": until,
                    "rne": draw(st.sampled_from(_GOES_ON)) if number else "S",
                    "ls": draw(st.sampled_from(("V3", "V4") if respite else _LS)),
                    "place": draw(st.sampled_from(_PLACE)),
                    "rec": draw(st.sampled_from(_FOR_GOOD)) if ends_care else "X1",
                }
            )
            day = until
        day += dt.timedelta(days=draw(st.sampled_from((0, 1, 2, 30, 100))))
    rows = [row for row in rows if row["decom"] <= YEAR.end]
    if rows and (rows[-1]["dec"] > YEAR.end or draw(st.booleans())):
        rows[-1] |= {"dec": None, "rec": None}
    return rows


def _row(life: dict[str, Any]) -> Row:
    return {
        "CHILD": life["child"],
        "DECOM": written(life["decom"]),
        "DEC": written(life["dec"]),
        "RNE": life["rne"],
        "LS": life["ls"],
        "CIN": "N1",
        "PLACE": life["place"],
        "PLACE_PROVIDER": "PR1",
        "REC": life["rec"],
    }


@st.composite
def _others(draw: st.DrawFn, names: list[str], year: Year) -> Tables:
    """Header, UASC or the flag in Header, and Reviews."""
    born = st.one_of(
        st.sampled_from((dt.date(2008, 2, 29), dt.date(2006, 4, 1), dt.date(2020, 3, 31), dt.date(2021, 4, 1))),
        st.dates(dt.date(2006, 1, 1), dt.date(2024, 1, 1)),
    )
    tables: Tables = {"Header": [], "Reviews": []}
    for name in names:
        dob = written(draw(born))
        sex, ethnic = draw(st.sampled_from(("M", "F", "U"))), draw(st.sampled_from(("WBRI", "BAFR", "MWBC")))
        tables["Header"].append({"CHILD": name, "DOB": dob, "SEX": sex, "ETHNIC": ethnic})
        held = draw(st.lists(st.one_of(st.sampled_from(_EDGES), st.dates(year.start, year.end)), max_size=4))
        codes = st.sampled_from(("PN0", "PN1", "PN2", "PN4", "PN5", "PN7"))
        tables["Reviews"] += [
            {"CHILD": name, "DOB": dob, "REVIEW": written(day), "REVIEW_CODE": draw(codes)}
            for day in held
            if year.start <= day <= year.end
        ]
    asylum = [name for name in names if draw(st.sampled_from((True, False, False)))]
    match draw(st.sampled_from(("table", "table", "flag", "neither"))):
        case "table":
            tables["UASC"] = [{"CHILD": name, "SEX": "M", "DUC": written(draw(_ENDED))} for name in asylum]
        case "flag":
            for row in tables["Header"]:
                row["UASC"] = "1" if row["CHILD"] in asylum else "0"
            tables["UASC"] = [{"CHILD": name, "SEX": "M", "DUC": written(draw(_ENDED))} for name in asylum[:1]]
    return tables


_FAULTS = {
    "CHILD": (None, "C1", ""),
    "DECOM": (*UNREADABLE, None, "01/04/2024", "29/02/2024", "31/03/2025", "01/04/2025"),
    "DEC": (*UNREADABLE, None, "", "31/03/2024", "01/04/2024", "31/03/2025", "01/04/2025", "30/06/2024"),
    "RNE": (None, "S", "P", "Q"),
    "LS": (None, "V3", "V2", "C9"),
    "PLACE": (None, "T0", "A5", "Q9"),
    "REC": (None, "X1", "E3", "E99", "x1", ""),
    "DOB": (*UNREADABLE, None),
    "UASC": (None, "1", "0", "2"),
    "DUC": (*UNREADABLE, None, "31/03/2024", "01/04/2024", "31/03/2025"),
    "REVIEW": (*UNREADABLE, None, "01/04/2024"),
    "REVIEW_CODE": (None, "PN9"),
}


@st.composite
def _with_faults(draw: st.DrawFn, tables: Tables) -> Tables:
    found = {name: [dict(row) for row in rows] for name, rows in tables.items()}
    for _ in range(draw(st.integers(1, 6))):
        rows = found[draw(st.sampled_from(("Episodes", "Episodes", "Episodes", *sorted(found))))]
        if not rows:
            continue
        place = draw(st.integers(0, len(rows) - 1))
        kind = draw(st.sampled_from(("cell",) * 6 + ("twice", "gone")))
        if kind == "cell":
            column = draw(st.sampled_from([column for column in rows[place] if column in _FAULTS]))
            rows[place] = rows[place] | {column: draw(st.sampled_from(_FAULTS[column]))}
        elif kind == "twice":
            rows.append(dict(rows[place]))
        else:
            del rows[place]
    return found
