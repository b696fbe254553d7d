"""Placements, care leavers and breakdowns once more, child by child in plain Python: the second opinion of the tests.

Written from the definitions, not from the library.
"""

from __future__ import annotations

import datetime as dt
from calendar import monthrange
from collections import Counter
from typing import Any

from tests.derive.care_by_hand import age, chains, day, header_of, legal_status_on, looked_after_on
from tests.derive.strategies import SmallReturn

Found = dict[str, Any]
Counts = dict[tuple[str, ...], int]


def later(date: dt.date, months: int) -> dt.date:
    year, month = divmod(date.year * 12 + date.month - 1 + months, 12)
    return dt.date(year, month + 1, min(date.day, monthrange(year, month + 1)[1]))


def _where(row: Found) -> tuple[str | None, ...]:
    return tuple(row["source"].get(name) or None for name in ("PLACE", "PL_POST", "URN"))


def placements(rows: list[Found]) -> list[list[Found]]:
    """The placements of one period of care: lists of its episodes."""
    found: list[list[Found]] = []
    has_been_away = False
    for row in rows:
        if (row["place"] or "").startswith("T"):
            has_been_away = True
        elif not row["respite"]:
            came_back = bool(found) and has_been_away and _where(found[-1][-1]) == _where(row)
            if found and (row["rne"] == "L" or came_back):
                found[-1].append(row)
            else:
                found.append([row])
            has_been_away = False
    return found


def carers(rows: list[Found]) -> list[list[list[Found]]]:
    """The placements of one period of care, those with one carer together."""
    found: list[list[list[Found]]] = []
    for placement in placements(rows):
        if found and placement[0]["rne"] in ("T", "U"):
            found[-1].append(placement)
        else:
            found.append([placement])
    return found


def placement_runs(small: SmallReturn) -> list[tuple[Any, ...]]:
    found, numbers = [], Counter[str]()
    for rows in chains(small):
        if rows[-1]["dec"] is not None and rows[-1]["dec"] < small.year.start:
            continue
        child = rows[0]["child"]
        numbers[child] += 1
        for run in placements(rows):
            start, end = run[0]["decom"], run[-1]["dec"]
            if end is None or end >= small.year.start:
                days = ((end or small.year.end) - start).days
                found.append((child, numbers[child], run[-1]["place"], start, end, days, len(run), end is None))
    return found


def _cared_for(small: SmallReturn, date: dt.date) -> dict[str, tuple[Found, list[Found]]]:
    found = {}
    for rows in chains(small):
        for row in rows:
            told = not row["last_year"] or date < small.year.start
            if told and row["decom"] <= date and (row["dec"] is None or row["dec"] > date) and not row["respite"]:
                found[row["child"]] = (row, rows)
    return found


def stability(small: SmallReturn, date: dt.date, *, by_carer: bool = False) -> dict[str, tuple[int, int | None, int]]:
    """Denominator, children and unknown of each measure."""
    cared_for = _cared_for(small, date)
    next_day = date + dt.timedelta(days=1)
    first = small.year.start if date == small.year.end else later(next_day, -12)
    names = ("no_placement", "one_placement", "two_placements", "three_or_more_placements")
    counts = Counter(names[min(n, 3)] for n in _how_many(small, list(cared_for), first, date, by_carer=by_carer))
    told = first >= (small.year.start if small.previous is None else small.year.previous.start)
    found = {name: (len(cared_for), counts[name] if told else None, 0) for name in names}
    two = _moves_in_two_years(small, cared_for, date, by_carer=by_carer)
    return found | {
        "two_years_in_one_placement": _two_years(small, cared_for, date),
        "three_or_more_placements_in_two_years": two,
    }


def _moves_in_two_years(
    small: SmallReturn, cared_for: dict[str, tuple[Found, list[Found]]], date: dt.date, *, by_carer: bool
) -> tuple[int, int | None, int]:
    first = later(date + dt.timedelta(days=1), -24)
    told = small.previous is not None and first >= small.year.previous.start
    long = [child for child, (_, rows) in cared_for.items() if later(rows[0]["decom"], 24) <= date]
    short = [child for child in cared_for if child not in long and cared_for[child][1][0]["rne"] != "S"]
    many = [n for n in _how_many(small, long, first, date, by_carer=by_carer) if n >= 3]
    return len(long), len(many) if told else None, len(short)


def _how_many(small: SmallReturn, children: list[str], first: dt.date, date: dt.date, *, by_carer: bool) -> list[int]:
    """How many placements each child had from a day to a day."""
    found = []
    for child in children:
        in_year = 0
        for rows in chains(small):
            for together in carers(rows) if rows[0]["child"] == child else []:
                in_time = 0
                for placement in together:
                    begun, ended = placement[0]["decom"], placement[-1]["dec"]
                    told = not placement[-1]["last_year"] or first < small.year.start
                    in_time += told and begun <= date and (ended is None or ended >= first)
                in_year += bool(in_time) if by_carer else in_time
        found.append(in_year)
    return found


def _two_years(
    small: SmallReturn, cared_for: dict[str, tuple[Found, list[Found]]], date: dt.date
) -> tuple[int, int, int]:
    denominator = children = unknown = 0
    for child, (_, rows) in cared_for.items():
        years = age(header_of(small).get(child, {}).get("dob"), date)
        long = later(rows[0]["decom"], 30) <= date
        surely_short = not long and rows[0]["rne"] == "S"
        if surely_short or (years is not None and years >= 16):
            continue
        if not long or years is None:
            unknown += 1
            continue
        denominator += 1
        with_carers = [[p for p in together if p[0]["decom"] <= date] for together in carers(rows)]
        with_carers = [together for together in with_carers if together]
        if not with_carers:
            continue
        present = with_carers[-1]
        since = present[0][0]["decom"]
        # The type of a placement is what its last episode says.
        to_adopt = all(placement[-1]["place"] in ("A3", "A4", "A5", "A6") for placement in (present[0], present[-1]))
        if to_adopt and len(with_carers) > 1:
            since = with_carers[-2][0][0]["decom"]
        children += later(since, 24) <= date
    return denominator, children, unknown


def told(small: SmallReturn, column: str) -> bool:
    """Whether any row of the two returns brings a column of places."""
    every = [*small.tables.get("Episodes", []), *(small.previous or {}).get("Episodes", [])]
    return any(column in row for row in every)


def distance(small: SmallReturn, date: dt.date) -> Counter[tuple[str, str]]:
    found: Counter[tuple[str, str]] = Counter()
    for row, _ in _cared_for(small, date).values():
        text, side = row["source"].get("PL_DISTANCE"), row["source"].get("PL_LOCATION")
        miles = "unknown"
        if text not in (None, "NaN", "999.9") and float(text) >= 0:
            miles = "20 miles or less" if float(text) <= 20 else "more than 20 miles"
        where = {"IN": "inside", "OUT": "outside"}.get(side or "", "unknown")
        for one in (miles, "total"):
            for two in (where, "total"):
                found[one, two] += 1
    return found


def care_leavers(small: SmallReturn) -> Counter[tuple[str, str, str]]:
    rows: dict[Any, list[Any]] = {}
    for number, row in enumerate(small.tables.get("OC3", [])):
        items = [row.get(name) or None for name in ("IN_TOUCH", "ACTIV", "ACCOM")]
        key = [(born := day(row.get("DOB"))) or dt.date.max, *((item is None, item or "") for item in items)]
        rows.setdefault(row.get("CHILD") or number, []).append((key, born, items))
    found: Counter[tuple[str, str, str]] = Counter()
    for child, several in rows.items():
        _, born, (contact, activity, home) = min(several, key=lambda row: row[0])
        years = age(born or header_of(small).get(child, {}).get("dob"), small.year.end)
        gone = {"DIED": "died after leaving care", "RHOM": "returned home 6+ months"}.get(contact or "")
        for one in _ages(years):
            found["population", one, gone or "in the figures"] += 1
            found["population", one, "total"] += 1
            if not gone:
                found["in_touch", one, _contact(contact)] += 1
                found["education_employment_training", one, _active(activity)] += 1
                found["full_or_part_time", one, _hours(activity)] += 1
                found["suitable_accommodation", one, _suitable(home)] += 1
                found["asked", one, "total"] += 1
    return found


def _ages(years: int | None) -> list[str]:
    if years is None:
        return ["unknown", "total"]
    if 22 <= years <= 25:
        return ["22-25"]
    band = "17-18" if years in (17, 18) else "19-21" if years in (19, 20, 21) else "other"
    return [band, "total"] + ([str(years)] if band != "other" else [])


def _hours(code: str | None) -> str:
    group = _active(code)
    if group != "in education, employment or training":
        return group
    return {"F": "full time", "P": "part time"}[(code or "")[0]]


def _contact(code: str | None) -> str:
    return {
        "YES": "in touch",
        "NO": "not in touch",
        "REFU": "refuses contact",
        "NREQ": "no longer requires services",
    }.get(code or "", "not given")


def _active(code: str | None) -> str:
    if code in ("F1", "P1", "F2", "P2", "F3", "P3", "F4", "P4", "F5", "P5"):
        return "in education, employment or training"
    if code in ("G4", "G5", "G6"):
        return "not in education, employment or training"
    return "no information" if code == "0" else "not given"


def _suitable(code: str | None) -> str:
    letters = "BCDEGHKRTUVWYZ"
    if code in {f"{letter}1" for letter in letters}:
        return "suitable"
    if code in {f"{letter}2" for letter in letters + "SX"}:
        return "not suitable"
    return "no information" if code == "0" else "not given"


def breakdowns(small: SmallReturn, date: dt.date) -> Counter[tuple[str, str]]:
    found: Counter[tuple[str, str]] = Counter()
    for child in looked_after_on(small, date):
        years, place = child["age"], child["placement"] or ""
        band = "unknown"
        for start, name in ((-99, "under 1"), (1, "1 to 4"), (5, "5 to 9"), (10, "10 to 15"), (16, "16 and over")):
            if years is not None and years >= start:
                band = name
        found["sex", {"M": "male", "F": "female"}.get(child["sex"] or "", "unknown")] += 1
        found["age_band", band] += 1
        found["year_of_age", "unknown" if years is None else str(max(years, 0)) if years < 18 else "18 and over"] += 1
        found["legal_status_group", child["group"] or "unknown"] += 1
        found["placement_group", placement_group(place)] += 1
        found["asylum", "unaccompanied asylum-seeking" if child["asylum"] else "others"] += 1
    return found


def placement_group(place: str) -> str:
    groups = {
        "U1 U2 U3 U4 U5 U6": "Foster placements",
        "A3 A4 A5 A6": "Placed for adoption",
        "P1": "Placed with parents or other person with parental responsibility",
        "K1 K2": "Secure homes and children's homes",
        "P2 H5 K3": "Independent and semi-independent living arrangements/supported accommodation",
        "R1 R2 R3 R5": "Other residential settings",
        "S1": "Residential schools",
        "P3 Z1 Z11 Z12 Z13 Z14": "Other placements",
        "T0 T1 T2 T3 T4": "Temporary placements",
    }
    return next((group for codes, group in groups.items() if place in codes.split()), "unknown")


def not_judged(small: SmallReturn, date: dt.date) -> int:
    return sum(doubts for _, _, doubts in legal_status_on(small, date).values())
