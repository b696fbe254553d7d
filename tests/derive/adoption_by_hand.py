"""Adoption once more, child by child in plain Python: the second opinion of the tests."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from typing import Any

from tests.derive.care_by_hand import chains, day, leaving_care, looked_after_on
from tests.derive.placements_by_hand import carers, later, placements
from tests.derive.strategies import SmallReturn

TO_ADOPT = ("A3", "A4", "A5", "A6")
Found = dict[str, Any]


def adoptions(small: SmallReturn, days: tuple[dt.date, dt.date] | None = None) -> list[Found]:
    return [_adoption(small, row) for row in leaving_care(small, days) if row["reason"] in ("E11", "E12")]


def _adoption(small: SmallReturn, left: Found) -> Found:
    rows = next(
        (rows for rows in chains(small) if any(row is left["row"] or _same(row, left["row"]) for row in rows)), []
    )
    if left["start"] is None:
        rows = []
    details = _details(small, left["child"])
    found: Found = {"child": left["child"], "adopted": left["ceased"], "entered": left["start"]}
    found |= {"entered_known": bool(left["start_known"]), "decided": details[0], "matched": details[1]}
    placed, carer_since, with_carer = _family(rows)
    fostered = {"0": False, "1": True}.get(details[2] or "", with_carer)
    ordered, order = _ordered(rows)
    found |= {"placed": placed, "fostered": fostered, "at_home": carer_since if fostered and carer_since else placed}
    found |= {"order": order, "ordered": ordered}
    known = placed is not None and found["entered_known"]
    found["days_to_placement"] = (placed - left["start"]).days if placed and known else None
    found["days_to_home"] = (found["at_home"] - left["start"]).days if known else None
    found["in_time"] = placed < later(left["start"], 14) if placed and known else None
    matched = details[1]
    found["days_to_match"] = max((matched - ordered).days, 0) if placed and matched and ordered else None
    return found


def _same(one: Found, other: Found) -> bool:
    return one["source"] is other["source"]


def _family(rows: list[Found]) -> tuple[dt.date | None, dt.date | None, bool]:
    """When the child moved in with the new family, since when it was with the foster carer before, A3 or A5."""
    runs = placements(rows)
    series = []
    while runs and runs[-1][-1]["place"] in TO_ADOPT:
        series.insert(0, runs.pop())
    if not series:
        return None, None, False
    since = None
    if runs and runs[-1][-1]["place"] in ("U1", "U2", "U3", "U4", "U5", "U6"):
        before = next(together for together in carers(rows) if any(run[0] is runs[-1][0] for run in together))
        since = before[0][0]["decom"]
    return series[0][0]["decom"], since, series[-1][-1]["place"] in ("A3", "A5")


def _ordered(rows: list[Found]) -> tuple[dt.date | None, bool]:
    begun = [
        (number, row)
        for number, row in enumerate(rows)
        if row["ls"] in ("E1", "D1") and (number == 0 or rows[number - 1]["ls"] not in ("E1", "D1"))
    ]
    if not begun:
        return None, False
    number, row = begun[-1]
    return (row["decom"] if number or row["rne"] in ("S", "L", "B", "U") else None), True


def _details(small: SmallReturn, child: str) -> tuple[dt.date | None, dt.date | None, str | None]:
    said = {"0": 0, "1": 1}

    def rank(row: Any) -> Any:
        return [row[0] or dt.date.max, row[1] or dt.date.max, said.get(row[2] or "", 2)]

    for tables in (small.tables, small.previous or {}):
        rows = [
            (day(row.get("DATE_INT")), day(row.get("DATE_MATCH")), row.get("FOSTER_CARE"))
            for row in tables.get("AD1", [])
            if row.get("CHILD") == child
        ]
        if rows:
            return min(rows, key=rank)
    return (None, None, None)


def timeliness(children: list[Found]) -> dict[str, tuple[Any, ...]]:
    """By measure: adopted, children, unknown, left_out, days, in_time."""
    found: dict[str, tuple[Any, ...]] = {}
    columns = {"A1": "days_to_placement", "A10": "days_to_home", "A2": "days_to_match", "A3": "in_time"}
    for measure, column in columns.items():
        values = [child[column] for child in children if child[column] is not None]
        out = 0
        for child in children:
            no_order = measure == "A2" and not child["order"]
            out += child["entered"] is not None and (child["placed"] is None or no_order)
        mean = sum(values) / len(values) if values and measure != "A3" else None
        unknown = len(children) - len(values) - out
        found[measure] = (len(children), len(values), unknown, out, mean, sum(values) if measure == "A3" else None)
    return found


def _decisions(small: SmallReturn) -> list[tuple[str, dt.date, dt.date | None]]:
    rows = small.tables.get("PlacedAdoption", [])
    found = [(row.get("CHILD"), day(row.get("DATE_PLACED")), day(row.get("DATE_PLACED_CEASED"))) for row in rows]
    return [(child, decided, over) for child, decided, over in found if child and decided]


def not_judged(small: SmallReturn) -> int:
    return sum(
        not row.get("CHILD")
        or not day(row.get("DATE_PLACED"))
        or (bool(row.get("DATE_PLACED_CEASED")) and not day(row.get("DATE_PLACED_CEASED")))
        for row in small.tables.get("PlacedAdoption", [])
    )


def waiting(small: SmallReturn, date: dt.date) -> dict[str, tuple[dt.date, bool, dt.date, bool]]:
    """By child: decided, order, entered, entered_known."""
    found = {}
    for here in looked_after_on(small, date):
        stand = [
            decided
            for child, decided, over in _decisions(small)
            if child == here["child"] and decided <= date and (over is None or over > date)
        ]
        rows = next(rows for rows in chains(small) if any(_same(row, here["row"]) for row in rows))
        until = [row for row in rows if row["decom"] <= here["row"]["decom"]]
        until = until[: next(n for n, row in enumerate(until) if _same(row, here["row"])) + 1]
        places = [row["place"] for row in until if row["place"] and row["place"] not in ("T0", "T1", "T2", "T3", "T4")]
        if stand and not (places and places[-1] in TO_ADOPT):
            found[here["child"]] = (
                max(stand),
                here["legal_status"] in ("E1", "D1"),
                here["start"],
                here["start_known"],
            )
    return found


def by_month(small: SmallReturn) -> Counter[tuple[int, str]]:
    """By the month's number and event."""
    found: Counter[tuple[int, str]] = Counter()

    def note(event: str, date: dt.date | None) -> None:
        if date is not None and small.year.start <= date <= small.year.end:
            found[date.month, event] += 1

    for child in adoptions(small):
        note("adopted", child["adopted"])
    for rows in chains(small):
        before = None
        for run in placements(rows):
            begins = run[-1]["place"] in TO_ADOPT and before not in TO_ADOPT
            before = run[-1]["place"]
            if begins and not run[-1]["last_year"]:
                note("placed", run[0]["decom"])
    decisions = _decisions(small)
    for _, decided in {(child, decided) for child, decided, _ in decisions}:
        note("decided", decided)
    for _, over in {(child, over) for child, _, over in decisions}:
        note("reversed", over)
    return found
