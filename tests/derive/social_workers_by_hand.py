"""Social workers and returns into care, child by child in plain Python: the second opinion of the tests."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

from tests.derive.care_by_hand import chains, day, episodes, looked_after_on
from tests.derive.health_by_hand import all_year
from tests.derive.placements_by_hand import later
from tests.derive.strategies import SmallReturn

NUMBERS = ("no_social_worker", "one_social_worker", "two_social_workers", "three_or_more_social_workers")
SAME = "same_social_worker_for_six_months"
IN_TWO_YEARS = "three_or_more_social_workers_in_two_years"
HOMES = {
    "P1": "adoption",
    "P2": "special guardianship order",
    "P3": "residence order or child arrangements order",
    "P4": "a permanent home, not known of which kind",
    "Z1": "none",
}


def social_workers(small: SmallReturn) -> tuple[dict[tuple[str, str], int], dict[str, int], dict[str, int]]:
    """Children by population and measure; denominators and unknown by population."""
    counts: Counter[tuple[str, str]] = Counter()
    whole = {"all": 0, "twelve_months": 0, "two_years": 0}
    unknown = dict.fromkeys(whole, 0)
    for here in looked_after_on(small, small.year.end):
        child, long = here["child"], all_year(small, here["child"])
        unknown["twelve_months"] += long is None
        for population in ("all", "twelve_months") if long else ("all",):
            whole[population] += 1
            counts[population, NUMBERS[min(len(_in_year(small, child)), 3)]] += 1
            counts[population, SAME] += _for_six_months(small, child)
        (rows,) = [rows for rows in chains(small) if here["row"] in rows]
        as_long = later(rows[0]["decom"], 24) <= small.year.end
        whole["two_years"] += as_long
        unknown["two_years"] += not as_long and rows[0]["rne"] != "S"
        counts["two_years", IN_TWO_YEARS] += as_long and len(_in_two_years(small, child)) >= 3
    return dict(counts), whole, unknown


def _stretches(small: SmallReturn, child: str, *, before: bool = False) -> list[tuple[dt.date, dt.date, str]]:
    found = []
    for row in ((small.previous or {}) if before else small.tables).get("SWEpisodes", []):
        start, end = day(row.get("SW_DECOM")), day(row.get("SW_DEC"))
        if row.get("CHILD") == child and row.get("SW_ID") and start:
            found.append((start, end or dt.date.max, str(row["SW_ID"])))
    return sorted(found)


def undated(small: SmallReturn) -> int:
    rows = small.tables.get("SWEpisodes", [])
    return sum(not (row.get("CHILD") and row.get("SW_ID") and day(row.get("SW_DECOM"))) for row in rows)


def _in_year(small: SmallReturn, child: str) -> set[str]:
    year = small.year
    return {who for start, end, who in _stretches(small, child) if start <= year.end and end >= year.start}


def _in_two_years(small: SmallReturn, child: str) -> set[str]:
    first, last = small.year.previous.start, small.year.end
    both = _stretches(small, child) + _stretches(small, child, before=True)
    return {who for start, end, who in both if start <= last and end >= first}


def _for_six_months(small: SmallReturn, child: str) -> bool:
    begun = [each for each in _stretches(small, child) if each[0] <= small.year.end]
    present = [number for number, (_, end, _) in enumerate(begun) if end > small.year.end]
    if not present:
        return False
    number = present[-1]
    while number and begun[number - 1][2] == begun[present[-1]][2]:
        number -= 1
    return later(begun[number][0], 6) <= small.year.end


def previous_permanence(small: SmallReturn, first: dt.date, last: dt.date) -> Counter[tuple[str, str]]:
    started: dict[str, dt.date] = {}
    for row in episodes(small):
        if row["rne"] == "S" and first <= row["decom"] <= last and not row["respite"]:
            started.setdefault(row["child"], row["decom"])
    found: Counter[tuple[str, str]] = Counter()
    for child, date in started.items():
        for measure, said in (("previous_permanence", _home(small, child)), ("re_entry", _back(small, child, date))):
            found[measure, said] += 1
            found[measure, "total"] += 1
    return found


def _home(small: SmallReturn, child: str) -> str:
    for tables in (small.tables, small.previous or {}):
        rows: list[Any] = [row for row in tables.get("PrevPerm", []) if row.get("CHILD") == child]
        if rows:
            given = sorted(row["PREV_PERM"] for row in rows if row.get("PREV_PERM"))
            return HOMES.get(given[0], "not given") if given else "not given"
    return "not given"


def _back(small: SmallReturn, child: str, date: dt.date) -> str:
    left = [
        row["dec"]
        for row in episodes(small)
        if row["child"] == child
        and row["dec"]
        and row["dec"] <= date
        and row["decom"] < date
        and row["rec"] not in (None, "X1")
        and not row["respite"]
    ]
    if not left:
        return "not in care before, as far as the returns tell"
    return "back within 12 months" if date < later(max(left), 12) else "back later"
