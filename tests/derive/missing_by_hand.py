"""Absences counted child by child in plain Python: the second opinion of the tests."""

from __future__ import annotations

import datetime as dt
from collections import Counter, defaultdict
from dataclasses import dataclass
from typing import Any

from tests.derive.care_by_hand import day, episodes, looked_after_on, rows_of
from tests.derive.strategies import SmallReturn

Days = tuple[dt.date, dt.date]
STATUSES = {"M": "missing", "A": "away"}


@dataclass
class Absence:
    child: str
    status: str
    start: dt.date
    end: dt.date | None
    unreadable: bool

    def lasts(self, date: dt.date) -> bool:
        return self.start <= date and (self.end is None or self.end > date)


def in_care(small: SmallReturn, days: Days) -> set[str]:
    """Everyone with an episode that touches the window, and everyone who left care in it."""
    first, last = days
    found = set()
    for row in [*episodes(small), *(row for row in rows_of(small.tables, last_year=False) if not row["decom"])]:
        told = not row["last_year"] or (first < small.year.start and row["decom"] < small.year.start)
        there = row["decom"] and told and row["decom"] <= last and (row["dec"] is None or row["dec"] >= first)
        left = row["rec"] not in (None, "X1") and row["dec"] is not None and first <= row["dec"] <= last
        if row["child"] and not row["respite"] and (there or left):
            found.add(row["child"])
    return found


def _rows(small: SmallReturn, days: Days) -> list[Any]:
    """The rows of Missing that speak of the window, each with what it says."""

    def read(row: Any) -> Any:
        status = STATUSES.get(row.get("MISSING") or "")
        end = day(row.get("MIS_END"))
        return (row.get("CHILD") or None, status, day(row.get("MIS_START")), end, bool(row.get("MIS_END")) and not end)

    found = [read(row) for row in small.tables.get("Missing", [])]
    if days[0] < small.year.start:
        own = {row[:3] for row in found}
        before = [read(row) for row in (small.previous or {}).get("Missing", [])]
        found += [row for row in before if None in row[:3] or row[:3] not in own]
    return found


def absences(small: SmallReturn, days: Days) -> tuple[list[Absence], int]:
    """The incidents of a window, and how many rows may be some."""
    first, last = days
    cared_for = in_care(small, days)
    found: dict[Any, Absence] = {}
    doubts = 0
    for child, status, start, end, unreadable in _rows(small, days):
        if start is not None and start > last:
            continue
        if (start is None or start < first) and end is not None and end < first:
            continue
        if child is None or status is None or start is None or child not in cared_for:
            doubts += 1
            continue
        doubts += unreadable
        this, other = Absence(child, status, start, end, unreadable), found.get((child, status, start))
        if other is None or (end or dt.date.max) < (other.end or dt.date.max):
            found[child, status, start] = this
    return list(found.values()), doubts


def episodes_of(small: SmallReturn, days: Days) -> dict[str, tuple[int, ...]]:
    """By status: looked_after, children, incidents, began, at_end, not_judged."""
    every, doubts = absences(small, days)
    here = {row["child"] for row in looked_after_on(small, days[1])}
    found = {}
    for status in STATUSES.values():
        mine = [each for each in every if each.status == status]
        children = {each.child for each in mine}
        found[status] = (
            len(in_care(small, days)),
            len(children),
            len(mine),
            sum(days[0] <= each.start <= days[1] for each in mine),
            len({each.child for each in mine if each.lasts(days[1])} & here),
            doubts,
        )
    return found


def length(each: Absence) -> str:
    if each.unreadable:
        return "unknown"
    if each.end is None:
        return "not ended"
    days = (each.end - each.start).days
    for least, name in ((29, "more than 28 days"), (7, "7 to 28 days"), (2, "2 to 6 days"), (1, "1 day")):
        if days >= least:
            return name
    return "ended on the same day" if days == 0 else "unknown"


def lengths(small: SmallReturn, days: Days) -> Counter[tuple[str, str]]:
    found: Counter[tuple[str, str]] = Counter()
    for each in absences(small, days)[0]:
        found[each.status, length(each)] += 1
        found[each.status, "total"] += 1
    return found


def by_month(small: SmallReturn) -> dict[tuple[int, str], tuple[int, int, int]]:
    """By the month's number and status: incidents, children, at_end."""
    every, _ = absences(small, (small.year.start, small.year.end))
    found: dict[tuple[int, str], tuple[int, int, int]] = defaultdict(lambda: (0, 0, 0))
    for month in range(1, 13):
        year = small.year.start.year if month > 3 else small.year.end.year
        next_month = dt.date(year + month // 12, month % 12 + 1, 1)
        last = next_month - dt.timedelta(days=1)
        here = {row["child"] for row in looked_after_on(small, last)}
        for status in STATUSES.values():
            mine = [each for each in every if each.status == status]
            new = [each for each in mine if (each.start.year, each.start.month) == (year, month)]
            gone = {each.child for each in mine if each.lasts(last)} & here
            found[month, status] = (len(new), len({each.child for each in new}), len(gone))
    return found
