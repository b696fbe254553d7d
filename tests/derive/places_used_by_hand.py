"""Which placements are used, which began and how far from home, once more child by child in plain Python."""

from __future__ import annotations

import datetime as dt
from collections import Counter
from statistics import mean, median
from typing import Any

from tests.derive.care_by_hand import chains, looked_after_on
from tests.derive.placements_by_hand import carers, placement_group
from tests.derive.strategies import SmallReturn

Counts = Counter[tuple[str, str]]
PLACES = {
    "U1": "Foster: relative/friend, long term",
    "U4": "Foster: other carer, long term",
    "U6": "Foster: other carer, neither",
    "A5": "Placed for adoption under placement order, with current foster carer",
    "T1": "Temporary: in hospital",
    "P1": "Placed with own parent(s) / person with parental responsibility",
}
PROVIDERS = {"PR1": "Own provision", "PR4": "Private", "PR5": "Voluntary / third sector"}
REASONS = {"CARPL": "Change to / implementing care plan", "CHILD": "Child requests end", "OTHER": "Other"}
SIDED = ("the authority's own area", "another authority of England")
ABROAD = ("Wales", "Scotland", "Northern Ireland", "Outside UK")
BANDS = ((20, "20 miles or less"), (40, "more than 20 to 40 miles"), (60, "more than 40 to 60 miles"))
BANDS += ((80, "more than 60 to 80 miles"), (100, "more than 80 to 100 miles"))


def by_code(small: SmallReturn, date: dt.date) -> Counts:
    found: Counts = Counter()
    for child in looked_after_on(small, date):
        source = child["row"]["source"]
        place, side, area = source.get("PLACE") or "", source.get("PL_LOCATION"), source.get("PL_LA")
        known = placement_group(place) != "unknown"
        found["placement", PLACES.get(place, "another" if known else "unknown")] += 1
        kind = {"U1": "long term", "U4": "long term", "U6": "neither long term nor for adoption"}.get(place)
        carer = {"U1": "relative or friend", "U4": "other foster carer", "U6": "other foster carer"}.get(place)
        otherwise = "not fostered" if known else "unknown"
        found["fostering", kind or otherwise] += 1
        found["carer", carer or otherwise] += 1
        found["provider", PROVIDERS.get(source.get("PLACE_PROVIDER") or "", "unknown")] += 1
        if side == "IN":
            found["area", "the authority's own area"] += 1
        elif area == "WAL":
            found["area", "Wales"] += 1
        else:
            told = side == "OUT" and area not in (None, "CON")
            found["area", "another authority of England" if told else "unknown"] += 1
    return found


def miles_of(source: dict[str, Any]) -> float | None:
    text = source.get("PL_DISTANCE")
    return None if text in (None, "NaN", "999.9") or float(text) < 0 else float(text)


def distances(small: SmallReturn, date: dt.date) -> dict[tuple[str, str], list[float | None]]:
    """The miles of the children in each row."""
    found: dict[tuple[str, str], list[float | None]] = {}
    for child in looked_after_on(small, date):
        source = child["row"]["source"]
        miles = miles_of(source)
        side = {"IN": "inside", "OUT": "outside"}.get(source.get("PL_LOCATION") or "", "unknown")
        band = "unknown"
        if miles is not None:
            band = next((name for most, name in BANDS if miles <= most), "more than 100 miles")
        for row in ((side, band), (side, "total"), ("total", band), ("total", "total")):
            found.setdefault(row, []).append(miles)
    return found


def averages(miles: list[float | None]) -> tuple[float | None, float | None]:
    known = [each for each in miles if each is not None]
    return (mean(known), median(known)) if known else (None, None)


def changes(small: SmallReturn) -> Counts:
    found: Counts = Counter()
    for rows in chains(small):
        with_carers = carers(rows)
        runs = [run for together in with_carers for run in together]
        for n, run in enumerate(runs):
            first = run[0]
            told = not first["last_year"] or first["decom"] < small.year.start
            if not (small.year.start <= first["decom"] <= small.year.end and told):
                continue
            if n:
                new = any(together[0] is run for together in with_carers)
                found["began", "with another carer" if new else "with the same carer"] += 1
                just = rows[rows.index(first) - 1]["source"].get("REASON_PLACE_CHANGE")
                last = runs[n - 1][-1]["source"].get("REASON_PLACE_CHANGE")
                found["reason", REASONS.get(just or last or "", "unknown")] += 1
            else:
                found["began", "first of a period of care"] += 1
            source = first["source"]
            miles = miles_of(source)
            side = {"IN": "inside", "OUT": "outside"}.get(source.get("PL_LOCATION") or "", "unknown")
            near = "unknown" if miles is None else "20 miles or less" if miles <= 20 else "more than 20 miles"
            found["placement_group", placement_group(source.get("PLACE") or "")] += 1
            found["distance", near] += 1
            found["boundary", side] += 1
    return found
