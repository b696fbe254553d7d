"""Who, why, how long, and how many came and went, once more child by child in plain Python.

Written from the definitions, not from the library.
"""

from __future__ import annotations

import datetime as dt
from collections import Counter
from statistics import mean, median
from typing import Any

from tests.derive.care_by_hand import chains, leaving_care, looked_after_on, rows_of
from tests.derive.cuts_by_hand import NEEDS
from tests.derive.placements_by_hand import later, placements
from tests.derive.strategies import SmallReturn

Found = dict[str, Any]
Times = list[tuple[str, int, bool | None]]
"""A band, the days in it, and whether the start is known, of each child or placement."""
CARE = ((120, "10 years and over"), (60, "5 years to under 10 years"), (36, "3 years to under 5 years"))
CARE += ((24, "2 years to under 3 years"), (12, "1 year to under 2 years"), (6, "6 months to under 1 year"))
PLACEMENT = ((60, "5 years and over"), (24, "2 years to under 5 years"), (12, "1 year to under 2 years"))
PLACEMENT += ((6, "6 months to under 1 year"), (3, "3 months to under 6 months"), (1, "1 month to under 3 months"))


def in_year(small: SmallReturn) -> set[str]:
    """Everyone with an episode that touches the year, and everyone who left in it."""
    first, last = small.year.start, small.year.end
    found = {child["child"] for child in leaving_care(small)}
    for row in rows_of(small.tables, last_year=False):
        began = row["child"] and row["decom"] and row["decom"] <= last
        if began and not row["respite"] and (row["dec"] is None or row["dec"] >= first):
            found.add(row["child"])
    return found


def in_year_not_judged(small: SmallReturn) -> int:
    first, last = small.year.start, small.year.end
    doubts = 0
    for row in rows_of(small.tables, last_year=False):
        late, over = row["decom"] and row["decom"] > last, row["dec"] and row["dec"] < first
        if row["respite"] or late or over:
            continue
        left = row["dec"] and first <= row["dec"] <= last and row["rec"] not in (None, "X1")
        if not row["child"] or not row["decom"]:
            doubts += not (row["child"] and left)
        elif row["decom"] < first and row["dec"] is None:
            doubts += row["dec_text"] is not None or row["rec"] is not None
    known = {(row["child"], row["decom"]) for row in rows_of(small.tables, last_year=False)}
    for row in rows_of(small.previous or {}, last_year=True):
        gone = row["child"] and row["decom"] and row["decom"] <= last and row["dec"] is None and not row["respite"]
        doubts += bool(gone) and (row["child"], row["decom"]) not in known
    return doubts


def needs(small: SmallReturn, starts: dict[str, Found]) -> Counter[tuple[str, str]]:
    found: Counter[tuple[str, str]] = Counter()
    for measure, rows in (
        ("looked_after", [child["row"] for child in looked_after_on(small, small.year.end)]),
        ("started", list(starts.values())),
        ("ceased", [child["row"] for child in leaving_care(small)]),
    ):
        for row in rows:
            found[measure, NEEDS.get(row["source"].get("CIN") or "", "unknown")] += 1
            found[measure, "total"] += 1
    return found


def first_starts(small: SmallReturn) -> dict[str, Found]:
    found: dict[str, Found] = {}
    for rows in chains(small):
        for row in rows:
            if row["rne"] == "S" and small.year.start <= row["decom"] <= small.year.end and not row["respite"]:
                found.setdefault(row["child"], row)
    return found


def _care_band(start: dt.date, end: dt.date) -> str:
    longest = next((name for months, name in CARE if later(start, months) <= end), None)
    return longest or ("8 weeks to under 6 months" if (end - start).days >= 56 else "under 8 weeks")


def _placement_band(start: dt.date, end: dt.date) -> str:
    longest = next((name for months, name in PLACEMENT if later(start, months) <= end), None)
    return longest or ("8 days to under 1 month" if (end - start).days >= 8 else "7 days or fewer")


def care_lengths(small: SmallReturn) -> dict[str, Times]:
    end = small.year.end
    now = [(_care_band(c["start"], end), c["days"], c["start_known"]) for c in looked_after_on(small, end)]
    left = [
        (_care_band(c["start"], c["ceased"]), c["days"], c["start_known"]) if c["start"] else ("unknown", None, None)
        for c in leaving_care(small)
    ]
    return {"looked_after": now, "ceased": left}


def placement_lengths(small: SmallReturn) -> dict[str, Times]:
    """Of the current placements, and of those that were over for good in the year."""
    first, last = small.year.start, small.year.end
    current: Times = []
    for child in looked_after_on(small, last):
        rows = next(rows for rows in chains(small) if any(row is child["row"] or row == child["row"] for row in rows))
        place = next(n for n, row in enumerate(rows) if row == child["row"])
        runs = placements(rows[: place + 1])
        if not runs:
            current.append(("no placement", None, None))
        else:
            start = runs[-1][0]["decom"]
            known = start != rows[0]["decom"] or rows[0]["rne"] == "S"
            current.append((_placement_band(start, last), (last - start).days, known))
    ended: Times = []
    for rows in chains(small):
        runs = placements(rows)
        for n, run in enumerate(runs):
            after = rows.index(runs[n + 1][0]) if n + 1 < len(runs) else len(rows)
            telling = rows[after - 1]
            told = not telling["last_year"] or (telling["dec"] and telling["dec"] < first)
            if telling["dec"] and first <= telling["dec"] <= last and told:
                start = run[0]["decom"]
                known = start != rows[0]["decom"] or rows[0]["rne"] == "S"
                ended.append((_placement_band(start, telling["dec"]), (telling["dec"] - start).days, known))
    return {"current": current, "ended": ended}


def row_of(times: Times, band: str) -> tuple[int, int, float | None, float | None]:
    """How many, how many with an unknown start, and the averages of a row."""
    here = [each for each in times if band in (each[0], "total")]
    lasted = [days for _, days, _ in here if days is not None]
    unsure = sum(known is False for *_, known in here)
    return len(here), unsure, mean(lasted) if lasted else None, median(lasted) if lasted else None


def flows(small: SmallReturn) -> dict[int, tuple[int, int, int, int]]:
    """Starts, first starts, ceasings and last ceasings by month of the calendar."""
    starts: Counter[int] = Counter()
    ends: Counter[int] = Counter()
    for rows in chains(small):
        for row in rows:
            if row["rne"] == "S" and small.year.start <= row["decom"] <= small.year.end and not row["respite"]:
                starts[row["decom"].month] += 1
    undated = [row for row in rows_of(small.tables, last_year=False) if row["child"] and not row["decom"]]
    for row in [*undated, *(row for rows in chains(small) for row in rows)]:
        good = row["rec"] not in (None, "X1") and not row["respite"]
        if good and row["dec"] and small.year.start <= row["dec"] <= small.year.end:
            ends[row["dec"].month] += 1
    first = Counter(row["decom"].month for row in first_starts(small).values())
    last = Counter(child["ceased"].month for child in leaving_care(small))
    return {month: (starts[month], first[month], ends[month], last[month]) for month in range(1, 13)}


def flows_not_judged(small: SmallReturn) -> int:
    found = 0
    for row in rows_of(small.tables, last_year=False):
        if row["respite"]:
            continue
        found += row["rne"] == "S" and not (row["child"] and row["decom"])
        in_year = row["dec"] and small.year.start <= row["dec"] <= small.year.end
        found += row["rec"] not in (None, "X1") and (not row["dec"] or bool(not row["child"] and in_year))
    return found
