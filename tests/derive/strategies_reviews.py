"""Small made-up returns whose episodes and reviews crowd around the days that due dates turn on."""

from __future__ import annotations

import datetime as dt
from typing import Any

import polars as pl
from hypothesis import strategies as st

from returns903 import Return, Year
from tests.derive.reviews_day_by_day import Row, Tables, months, read, twentieth_working_day

YEAR = Year("2024-25")
DAY = dt.timedelta(days=1)
OLD = dt.date(2021, 1, 1)
EPISODES = ("CHILD", "DECOM", "RNE", "LS", "PLACE", "DEC", "REC")
REVIEWS = ("CHILD", "REVIEW", "REVIEW_CODE")
NO_DATE = (None, "31/02/2025", "1.5.24", "05/06/24")
LENGTHS = (0, 1, 10, 20, 27, 28, 29, 30, 60, 91, 120, 184, 250)
CODES = ("PN0", "PN1", "PN2", "PN3", "PN4", "PN5", "PN6", "PN7", "PN9", None)


def text(day: dt.date | None) -> str | None:
    return None if day is None else f"{day:%d/%m/%Y}"


def _often(usual: Any, *other: Any) -> st.SearchStrategy[Any]:
    return st.sampled_from([usual] * 6 + list(other))


@st.composite
def children_episodes(draw: st.DrawFn, child: str) -> list[Row]:
    """The episodes of a child: mostly one after the other, with placements for adoption, gaps and faults."""
    near = [YEAR.previous.start, YEAR.start, dt.date(2024, 12, 20), dt.date(2025, 2, 28), YEAR.end]
    start = draw(st.sampled_from(near)) + draw(st.integers(-90, 10)) * DAY
    rows: list[Row] = []
    goes_on = draw(st.booleans())
    if goes_on:
        start = YEAR.previous.start + draw(st.integers(-20, 400)) * DAY
        rows.append(_before(child, start))
    for _ in range(draw(st.integers(1, 6))):
        end = start + draw(st.sampled_from(LENGTHS)) * DAY
        last = draw(_often(False, True))
        rec = None if last else draw(_often("X1", "E4A"))
        rows.append(
            {
                "CHILD": child,
                "DECOM": text(start),
                "RNE": draw(_often("P", "S", None) if goes_on else _often("S", "P")),
                "LS": draw(_often("C2", "V2", "V3", "E1", "E1", "E1", None)),
                "PLACE": draw(st.sampled_from(["U4", "A5", "A3", "T1", None])),
                "DEC": None if last else text(end),
                "REC": rec,
            }
        )
        if last or end == start:
            break
        goes_on = rec == "X1"
        start = end + draw(_often(0, 1, 40)) * DAY
    if draw(_often(False, True)):
        row = draw(st.sampled_from(rows))
        row[draw(st.sampled_from(["DECOM", "DEC"]))] = draw(st.sampled_from(NO_DATE))
    return rows


def _before(child: str, until: dt.date) -> Row:
    """An episode of years before, so that the child's history is not complete."""
    row = {"CHILD": child, "DECOM": "18/05/2020", "RNE": "S", "LS": "C2", "PLACE": "U4"}
    return row | {"DEC": text(until), "REC": "X1"}


@st.composite
def children_reviews(draw: st.DrawFn, child: str, rows: list[Row]) -> list[Row]:
    """Reviews of a child, on the days that due dates are counted from, near due dates, and anywhere."""
    anchors = [day for row in rows for day in (read(row["DECOM"]), read(row["DEC"])) if day and day > OLD] + [
        YEAR.start,
        YEAR.end,
    ]
    held: list[dt.date] = []
    for _ in range(draw(st.integers(0, 6))):
        base = draw(st.sampled_from(anchors + held))
        due = draw(
            st.sampled_from([base, twentieth_working_day(base), base + 28 * DAY, months(base, 3), months(base, 6)])
        )
        held.append(due + draw(_often(0, -1, 1, -20, 20, 45)) * DAY)
    reviews = [{"CHILD": child, "REVIEW": text(day), "REVIEW_CODE": draw(st.sampled_from(CODES))} for day in held]
    if draw(_often(False, True)):
        reviews.append({"CHILD": child, "REVIEW": draw(st.sampled_from(NO_DATE)), "REVIEW_CODE": "PN1"})
    return reviews


@st.composite
def tables_of_two_years(draw: st.DrawFn) -> tuple[Tables, Tables | None]:
    """This year's tables and the previous return's: what touches a year stands in its return, mostly."""
    now: Tables = {"Episodes": [], "Reviews": [], "UASC": []}
    before: Tables = {"Episodes": [], "Reviews": []}
    for child in draw(st.sampled_from([["A"], ["A", "B"], ["A", "B", "C"]])):
        rows = draw(children_episodes(child))
        for row in rows:
            decom, dec = read(row["DECOM"]), read(row["DEC"])
            if decom and decom < YEAR.start:
                still_open = dec is not None and dec >= YEAR.start
                before["Episodes"].append(row | ({"DEC": None, "REC": None} if still_open else {}))
            if dec is None or dec >= YEAR.start:
                now["Episodes"].append(row)
        for review in draw(children_reviews(child, rows)):
            held = read(review["REVIEW"])
            earlier = held is not None and held < YEAR.start
            target = [before, now] if draw(_often(False, True)) else [before if earlier else now]
            for tables in target:
                tables["Reviews"].append(review)
        if draw(st.booleans()):
            now["UASC"].append({"CHILD": child, "SEX": "M"})
    return now, draw(st.sampled_from([before, before, None]))


def frames(tables: Tables) -> dict[str, pl.DataFrame]:
    columns = {"Episodes": EPISODES, "Reviews": REVIEWS, "UASC": ("CHILD", "SEX"), "Header": ("CHILD", "DOB", "SEX")}
    return {name: pl.DataFrame(rows, schema=dict.fromkeys(columns[name], pl.String)) for name, rows in tables.items()}


def made(now: Tables, before: Tables | None = None, year: Year = YEAR) -> Return:
    return Return.from_frames(frames(now), previous=None if before is None else frames(before), year=year)
